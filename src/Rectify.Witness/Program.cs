using Rectify.Witness;

return await Commands.RunAsync(args);
