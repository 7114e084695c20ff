using System.CommandLine;
using System.Globalization;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Publishing;

namespace Rectify.CommandLine;

/// <summary>What the operator does with the published journal: make its key, read it, prove an entry, recover it.</summary>
internal static class JournalCommands
{
    /// <param name="data">The data folder.</param>
    public static Command All(Option<DirectoryInfo> data)
    {
        var command = new Command("journal", "The published journal: its key, reading it, proofs, recovery.");
        command.Add(Key(data));
        command.Add(Check(data));
        command.Add(Prove(data));
        command.Add(Recover(data));
        command.Add(Redact(data));
        command.Add(Encrypt(data));
        return command;
    }

    private static Command Key(Option<DirectoryInfo> data)
    {
        var origin = new Option<string>("--origin") { Description = "The journal's name for ever: its public address without the scheme.", Required = true };
        var file = new Option<FileInfo?>("--file") { Description = "Where the private key goes; journal.key in the data folder unless said. No backup has it: keep a copy apart." };
        var sm2 = new Option<bool>("--sm2") { Description = "The key of the second signature, by SM2." };
        var command = new Command("key", "Makes a private key and prints the public half, for policies.") { origin, file, sm2 };
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            var second = parsed.GetValue(sm2);
            var path = parsed.GetValue(file)?.FullName ?? Path.Combine(parsed.GetValue(data)!.FullName, second ? "journal.sm2.key" : "journal.key");
            var key = await JournalKeys.MakeAsync(path, parsed.GetValue(origin)!, second, ct);
            Console.WriteLine($"log {key}");
        }));
        return command;
    }

    private static Command Check(Option<DirectoryInfo> data)
    {
        var command = new Command("check", "Reads everything that was published and holds it against the database.");
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(data)!.FullName);
            await app.Services.MigrateAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            var monitor = scope.ServiceProvider.GetService<MonitorJournal>() ?? throw Unpublished();
            Console.WriteLine(await monitor.CheckAsync(ct) is { } found
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Size}: {found.Finding} {found.Place}").TrimEnd()
                : "0");
        }));
        return command;
    }

    // The value is read, not passed: arguments stand in the shell's history and in the list of processes.
    private static Command Redact(Option<DirectoryInfo> data)
    {
        var subject = new Argument<Guid>("SUBJECT") { Description = "The id of the item, unit, person or other record whose history shows the value." };
        var ground = new Argument<RedactionGround>("GROUND") { Description = "Erasure (the person concerned asked for it), Order (of a court or an authority) or Misplaced (should never have been entered)." };
        var reason = new Option<string>("--reason") { Description = "Why, in a sentence that does not tell the value; the history keeps it.", Required = true };
        var documents = new Option<bool>("--documents") { Description = "Also blackens the value in every document that holds it: signed, handed in, frozen, withdrawn. Without it they are named." };
        var command = new Command(
            "redact", "Destroys a value, read from standard input, in the history of a record that does not hold it any more. Old proofs stay good. Builds the database's files anew: writers wait.") { subject, ground, reason, documents };
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            // As the page that does the same asks for it.
            var told = parsed.GetValue(reason)!.Trim() is { Length: > 0 } why ? why : throw Refusal.Invalid("redaction.why", "Say why, in a sentence.");
            await using var app = Product.Build([], parsed.GetValue(data)!.FullName);
            await app.Services.MigrateAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var value = (await Console.In.ReadToEndAsync(ct)).TrimEnd('\n', '\r');
            var db = services.GetRequiredService<Db>();
            var black = parsed.GetValue(documents) && value.Length > 0 ? (await BlackenDocuments.FindAsync(db, value, ct)).Where(place => place.IsDocument).Select(place => place.Key).ToList() : [];
            var destroyed = await services.GetRequiredService<RedactOpenings>().RunAsync(
                parsed.GetValue(subject), value, parsed.GetValue(ground), told, Actor.System("redact"), services.GetRequiredService<TimeProvider>().NowMs, black, ct);
            await db.ShredAsync(ct);
            Console.WriteLine(Commands.Texts["journal.redacted", destroyed]);
            foreach (var place in value.Length > 0 ? await BlackenDocuments.FindAsync(db, value, ct) : [])
            {
                Console.WriteLine(Commands.Texts["journal.redacted.left", place.Key, place.Rows]);
            }
        }));
        return command;
    }

    private static Command Encrypt(Option<DirectoryInfo> data)
    {
        var command = new Command("encrypt", "Encrypts what a version of the product before wrote into the history in the clear. Builds the database's files anew: writers wait.");
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(data)!.FullName);
            await app.Services.MigrateAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            Console.WriteLine(Commands.Texts["journal.encrypted", await scope.ServiceProvider.GetRequiredService<EncryptOpenings>().RunAsync(ct)]);
        }));
        return command;
    }

    private static Command Prove(Option<DirectoryInfo> data)
    {
        var entry = new Argument<Guid>("ENTRY") { Description = "The entry's id." };
        var file = new Argument<FileInfo>("FILE") { Description = "The ZIP to write, for rectify-verify closure." };
        var command = new Command("prove", "Writes the proof that an entry stands in the published journal.") { entry, file };
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(data)!.FullName);
            await app.Services.MigrateAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            var proof = await scope.ServiceProvider.GetRequiredService<ProveEntry>().RunAsync(parsed.GetValue(entry), ct)
                ?? throw Refusal.NotFound("proof", parsed.GetValue(entry));
            await using var zip = parsed.GetValue(file)!.Create();
            await ProofPackage.WriteAsync(zip, proof, null, [], ct);
        }));
        return command;
    }

    private static Command Recover(Option<DirectoryInfo> data)
    {
        var command = new Command("recover", "After an old backup was put back: takes the entries published since from the published journal, so that it can go on.");
        command.SetAction((parsed, ct) => Commands.SayingNoAsync(async () =>
        {
            await using var app = Product.Build([], parsed.GetValue(data)!.FullName);
            await app.Services.MigrateAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            var recover = scope.ServiceProvider.GetService<RecoverJournal>() ?? throw Unpublished();
            var done = await recover.RunAsync(ct);
            foreach (var one in done)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Index}\t{one.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\t{one.Kind}\t{one.Subject}\t{one.By}\t{(one.WasThere ? "=" : "+")}"));
            }

            Console.WriteLine(Commands.Texts["recover.done", done.Count(one => !one.WasThere)]);
        }));
        return command;
    }

    private static Refusal Unpublished() => Refusal.Invalid("publishing.off", "The journal is not published: neither Publishing:Folder nor Publishing:S3:Bucket is set.");
}
