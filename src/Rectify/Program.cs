using Rectify.Operator;

return await OperatorCommands.RunAsync(args);
