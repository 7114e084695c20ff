using System.CommandLine;
using Rectify.Proof;

namespace Rectify.Witness;

/// <summary>What whoever runs a witness can say on the command line.</summary>
internal static class Commands
{
    private static readonly Option<FileInfo> Key = new("--key") { Description = "The file of the witness's private key.", Required = true, Recursive = true };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("A witness: countersigns the checkpoints of journals that it never saw rewritten. To be run by a body that does not run the platform.") { Key };
        root.Add(NewKey());
        root.Add(Serve());
        return root.Parse(args).InvokeAsync();
    }

    private static Command NewKey()
    {
        var name = new Option<string>("--name") { Description = "The witness's name for ever, such as its address without the scheme.", Required = true };
        var command = new Command("new-key", "Makes a key and prints the public half, for policies.") { name };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetValue(Key)!.FullName;
            if (!NoteKey.IsName(parsed.GetValue(name)!))
            {
                return await SayNoAsync("A name has no space, no plus and no control character.");
            }

            if (File.Exists(path))
            {
                return await SayNoAsync($"{path} is there already, and a key is never overwritten.");
            }

            var signer = NoteSigner.Generate(parsed.GetValue(name)!, NoteAlgorithms.Cosignature);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var file = new StreamWriter(path, options))
            {
                await file.WriteLineAsync(signer.ToSecret().AsMemory(), ct);
            }

            Console.WriteLine(signer.Key);
            return 0;
        });
        return command;
    }

    private static Command Serve()
    {
        var urls = new Option<string>("--urls") { Description = "Where to serve; TLS is for the proxy in front.", DefaultValueFactory = _ => "http://127.0.0.1:8090" };
        var logs = new Option<FileInfo>("--logs") { Description = "A policy file; its log lines are the journals that are known.", Required = true };
        var folder = new Option<DirectoryInfo>("--state") { Description = "What was countersigned last. Never put an older copy back.", Required = true };
        var command = new Command("serve", "Serves add-checkpoint.") { urls, logs, folder };
        command.SetAction(async (parsed, ct) =>
        {
            if (NoteSigner.Read((await File.ReadAllTextAsync(parsed.GetValue(Key)!.FullName, ct)).TrimEnd('\n')) is not { } signer
                || signer.Key.Algorithm != NoteAlgorithms.Cosignature)
            {
                return await SayNoAsync($"{parsed.GetValue(Key)} is not the private key of a witness.");
            }

            try
            {
                var policy = WitnessPolicy.Parse(await File.ReadAllBytesAsync(parsed.GetValue(logs)!.FullName, ct));
                using var state = WitnessState.Open(parsed.GetValue(folder)!.FullName, new WitnessDisk());
                await using var app = WitnessApp.Build(parsed.GetValue(urls)!, policy, signer, state, TimeProvider.System);
                await app.StartAsync(ct);
                Console.WriteLine($"{signer.Key.Name}: {string.Join(' ', app.Urls)}");
                await app.WaitForShutdownAsync(ct);
                return 0;
            }
            catch (Exception no) when (no is FormatException or IOException or InvalidDataException)
            {
                return await SayNoAsync(no.Message);
            }
        });
        return command;
    }

    private static async Task<int> SayNoAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
