using System.Text;
using Rectify.Verify;

Console.OutputEncoding = Encoding.UTF8;
return await Commands.RunAsync(args, Console.Out);
