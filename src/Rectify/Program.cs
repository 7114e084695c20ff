using Rectify.CommandLine;

return await Commands.RunAsync(args);
