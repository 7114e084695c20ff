using System.CommandLine;

namespace Rectify.Verify;

/// <summary>What a reader can ask on the command line. Works without a network.</summary>
internal static class Commands
{
    private static readonly Option<FileInfo?> Policy = new("--policy")
    {
        Description = "Whose keys you trust; get it from elsewhere than the download. 您信任的公钥文件，请从下载以外的途径取得。",
        Recursive = true,
    };

    private static readonly Option<Language> In = new("--language")
    {
        Description = "zh, en or both. 输出语言。",
        DefaultValueFactory = _ => Language.Both,
        Recursive = true,
    };

    /// <returns>The exit code; a line that is not understood and a disk that cannot be read are no proof against anybody.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var parsed = Root(output).Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output });
            return parsed.Errors.Count > 0 ? Verdict.CannotBeRead : code;
        }
        catch (Exception no) when (no is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(no.Message);
            return Verdict.CannotBeRead;
        }
    }

    private static RootCommand Root(TextWriter output)
    {
        var root = new RootCommand(
            "Checks what was published, without the server. Exit codes: 0 it holds, 1 it does not, 2 it cannot be read, 3 it holds if the keys that came along are genuine. "
            + "脱机核验公开的资料。退出码：0 通过，1 不通过，2 无法核验，3 如果随附的公钥是真的则通过。")
        {
            Policy, In,
        };
        root.Add(Closure(output));
        root.Add(Journal(output));
        return root;
    }

    private static Command Closure(TextWriter output)
    {
        var folder = Folder("A downloaded closure: a folder or its ZIP. 下载的销号资料：文件夹或者 ZIP。");
        var authorities = new Option<FileInfo?>("--tsa") { Description = "Certificates of time-stamp authorities you trust, PEM. 您信任的时间戳机构证书。" };
        var command = new Command("closure", "Checks one closure. 核验一项销号。") { folder, authorities };
        command.SetAction(parsed =>
        {
            using var download = Unpacked.Open(parsed.GetValue(folder)!);
            return Say(CheckClosure.Run(download.Folder, parsed.GetValue(Policy)?.FullName, parsed.GetValue(authorities)?.FullName), parsed.GetValue(In), output);
        });
        return command;
    }

    private static Command Journal(TextWriter output)
    {
        var folder = Folder("A copy of the published journal: a folder or its ZIP. 公开日志的副本：文件夹或者 ZIP。");
        var earlier = new Option<FileInfo?>("--earlier") { Description = "A checkpoint that you kept from before. 您以前保存的检查点。" };
        var command = new Command("journal", "Checks a whole journal. 核验整个日志。") { folder, earlier };
        command.SetAction(async (parsed, ct) =>
        {
            using var download = Unpacked.Open(parsed.GetValue(folder)!);
            return Say(
                await CheckJournal.RunAsync(download.Folder, parsed.GetValue(Policy)?.FullName, parsed.GetValue(earlier)?.FullName, ct),
                parsed.GetValue(In), output);
        });
        return command;
    }

    private static Argument<string> Folder(string description) => new("FOLDER") { Description = description };

    private static int Say(Verdict verdict, Language language, TextWriter output)
    {
        Words.Print(verdict, language, output);
        return verdict.ExitCode;
    }
}
