using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Platform;
using Rectify.Platform.Jobs;
using Rectify.Platform.Text;
using Rectify.Publishing;
using Rectify.Reading;

namespace Rectify.CommandLine;

/// <summary>What whoever runs the product can say on the command line. Words are the manual's.</summary>
internal static class Commands
{
    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "The data folder: database, files, keys.",
        DefaultValueFactory = _ => new("data"),
        Recursive = true,
    };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Rectify: puts right what an environmental inspection found, and proves it.") { Data };
        root.Add(Serve());
        root.Add(Migrate());
        root.Add(Setup());
        root.Add(Import());
        root.Add(BackUp());
        root.Add(Restore());
        root.Add(JournalCommands.All(Data));
        return root.Parse(args).InvokeAsync();
    }

    private static Command Serve()
    {
        var urls = new Option<string>("--urls") { Description = "Where to serve.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var sample = new Option<string?>("--sample")
        {
            Description = "Load the sample programme into an empty database, from this folder.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("serve", "Serves the product.") { urls, sample };
        command.SetAction(async (parsed, ct) =>
        {
            var address = parsed.GetValue(urls)!;
            return await SayingNoAsync(async () =>
            {
                await using var app = Product.Build([$"--urls={address}"], parsed.GetValue(Data)!.FullName);
                app.Services.GetRequiredService<JobPauses>(); // a wrong one is said before anything is written
                Directory.CreateDirectory(parsed.GetValue(Data)!.FullName);
                await app.Services.MigrateAsync(ct);
                await app.Services.CheckPublishedAsync(ct);
                var signIns = parsed.GetResult(sample) is null
                    ? []
                    : await app.Services.LoadSampleAsync(parsed.GetValue(sample) ?? "samples/yunling", Console.Out, ct);
                await app.StartAsync(ct);
                Console.WriteLine($"Rectify: {address}");
                foreach (var line in signIns)
                {
                    Console.WriteLine(line);
                }

                Console.WriteLine("Ctrl-C stops it.");
                await app.WaitForShutdownAsync(ct);
            });
        });
        return command;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", "Brings the database to this version's shape.");
        command.SetAction((parsed, ct) => SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(Data)!.FullName);
            await app.Services.MigrateAsync(ct);
        }));
        return command;
    }

    private static Command Setup()
    {
        var unit = new Option<string>("--unit") { Description = "The unit at the top: the region or the office that runs the programme.", Required = true };
        var code = new Option<string>("--code") { Description = "Its short code.", DefaultValueFactory = _ => "R" };
        var name = new Option<string>("--name") { Description = "The name of the person who administers.", Required = true };
        var user = new Option<string>("--user") { Description = "Their user name.", DefaultValueFactory = _ => "admin" };
        var command = new Command("setup", "Gives an empty database its first unit and its first account.") { unit, code, name, user };
        command.SetAction((parsed, ct) => SayingNoAsync(async () =>
        {
            Directory.CreateDirectory(parsed.GetValue(Data)!.FullName);
            await using var app = Product.Build([], parsed.GetValue(Data)!.FullName);
            await app.Services.MigrateAsync(ct);
            var password = await app.Services.SetUpAsync(
                parsed.GetValue(code)!, parsed.GetValue(unit)!, parsed.GetValue(name)!, parsed.GetValue(user)!, ct);
            Console.WriteLine($"{parsed.GetValue(user)}: {password}");
            Console.WriteLine("This password is shown once. Sign in and choose one of your own.");
        }));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A plan, list or notice: .docx .xlsx .html .pdf .txt" };
        var preview = new Option<bool>("--preview") { Description = "Only say what was understood; save nothing." };
        var json = new Option<bool>("--json") { Description = "Print JSON (docs/import.md) instead of a summary." };
        var programme = new Option<string?>("--programme") { Description = "The programme's code, to save the plan as its next version." };
        var user = new Option<string?>("--as") { Description = "The user name of whoever imports; for --programme." };
        var command = new Command("import", "Reads a published rectification plan.") { file, preview, json, programme, user };
        command.SetAction((parsed, ct) => SayingNoAsync(async () =>
        {
            var path = parsed.GetValue(file)!;
            if (!path.Exists)
            {
                throw Refusal.Invalid("import.no-file", $"There is no file {path.FullName}.", path.FullName);
            }

            if (parsed.GetValue(preview) || parsed.GetValue(programme) is null)
            {
                await using var content = path.OpenRead();
                var document = DocumentReader.Read(content, path.Name, ct: ct);
                var draft = PlanGrammar.Read(document);
                Console.WriteLine(parsed.GetValue(json) ? PlanJson.Write(draft, document) : ImportSummary.Write(draft, document));
                return;
            }

            await using var app = Product.Build([], parsed.GetValue(Data)!.FullName);
            await app.Services.MigrateAsync(ct);
            Console.WriteLine(await app.Services.ImportAsync(parsed.GetValue(programme)!, path, parsed.GetValue(user), ct));
        }));
        return command;
    }

    private static Command BackUp()
    {
        var target = new Argument<DirectoryInfo>("TARGET") { Description = "The folder to make; it must not exist yet." };
        var keys = new Option<bool>("--keys") { Description = "Also the keys of cookies and of the history: without them everyone signs in again after a restore, and values stay unread in the history." };
        var command = new Command("backup", "Copies the database and the original files into a folder, while the product runs.") { target, keys };
        command.SetAction((parsed, ct) => SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(Data)!.FullName);
            var done = await app.Services.BackUpAsync(parsed.GetValue(target)!.FullName, parsed.GetValue(keys), ct);
            Console.WriteLine(Texts["backup.done", parsed.GetValue(target)!.FullName, done.Note.Originals]);
            foreach (var hash in done.Damaged)
            {
                await Console.Error.WriteLineAsync(Texts["backup.damaged", hash]);
            }
        }));
        return command;
    }

    private static Command Restore()
    {
        var source = new Argument<DirectoryInfo>("SOURCE") { Description = "The folder that backup made." };
        var command = new Command("restore", "Puts a backup into an empty data folder and, for PostgreSQL, an empty database.") { source };
        command.SetAction((parsed, ct) => SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(Data)!.FullName);
            var note = await app.Services.RestoreAsync(parsed.GetValue(source)!.FullName, ct);
            Console.WriteLine(Texts["restore.done", note.TakenAt, note.Originals]);
        }));
        return command;
    }

    internal static Words Texts => Words.In(Language.Find(CultureInfo.CurrentUICulture.Name) ?? Language.Default);

    // A refusal is an answer: one sentence, exit code 1. So is what the operator can put right: a port, a folder, a disk.
    internal static async Task<int> SayingNoAsync(Func<Task> act)
    {
        try
        {
            await act();
            return 0;
        }
        catch (Exception no) when (Sentence(no) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static string? Sentence(Exception no) => no switch
    {
        Refusal refusal => Texts.Of(refusal),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            "The address is in use by another program. Choose another port: --urls http://127.0.0.1:8081",
        UnauthorizedAccessException denied => $"{denied.Message} Choose a folder that can be written: --data FOLDER",
        IOException { HResult: unchecked((int)0x80070070) or 28 } => "The disk is full. Free some space, or choose another folder: --data FOLDER",
        DbUpdateException { InnerException: { } inner } when Sentence(inner) is { } sentence => sentence,
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 13 } => "The disk is full. Free some space, or choose another folder: --data FOLDER",
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 8 or 14 } => "The database in the data folder cannot be opened for writing. Choose a folder that can be written: --data FOLDER",
        Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.InvalidCatalogName or Npgsql.PostgresErrorCodes.InvalidPassword } said =>
            $"PostgreSQL: {said.MessageText}. Check ConnectionStrings:Db.",
        Npgsql.NpgsqlException { InnerException: SocketException } => "PostgreSQL does not answer at the address in ConnectionStrings:Db.",
        _ => null,
    };
}
