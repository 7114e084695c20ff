using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tests.Organisation;
using Rectify.Tests.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.CommandLine;

/// <summary>What an operator types about the journal, with the real program: reading it, a proof, a value destroyed, and the way back from an old backup as the manual describes it.</summary>
public sealed class JournalCommandsTests
{
    private const string Secret = "举报人电话13800138000";

    [Theory, EveryDatabase]
    public async Task The_program_checks_proves_and_redacts_refuses_an_old_backup_and_recovers_it(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var key = Path.Combine(published.Folder.FullName, "..", $"{published.Folder.Name}.key");
        var backup = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.backup");
        await File.WriteAllTextAsync(key, published.Log.ToSecret() + "\n", Ct);
        string[] settings = [$"Publishing__Folder={published.Folder.FullName}", $"Publishing__Key={key}"];
        try
        {
            var unit = await published.World.HaveUnitAsync("A1");
            var written = await RenameAsync(published, unit, Secret);
            await RenameAsync(published, unit, "Unit A1");
            await published.NumberAsync();
            await published.PublishAsync();
            await published.World.InAsync((Db db) => DatabaseCopy.SaveAsync(db, backup, Ct));
            await published.ActAsync(3);
            await published.NumberAsync();
            await published.PublishAsync();
            var size = (await published.ShownCheckpointAsync()).Size;

            var check = await RunAsync(published.World, settings, "", "journal", "check");
            Assert.True(check is (0, _) && check.Said.StartsWith($"{size}: Whole", StringComparison.Ordinal), check.Said);

            var zip = Path.Combine(published.World.Folder, "proof.zip");
            var prove = await RunAsync(published.World, settings, "", "journal", "prove", written.ToString(), zip);
            Assert.True(prove.Code == 0, prove.Said);
            using var verdict = new StringWriter();
            Assert.True(await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", await published.PolicyFileAsync(), "--language", "en"], verdict) == 0, verdict.ToString());

            // Without a reason nothing is destroyed, as on the page; with one, what the history says of it.
            foreach (var reason in new string[][] { [], ["--reason", " "] })
            {
                Assert.Equal(1, (await RunAsync(published.World, settings, Secret, ["journal", "redact", unit.Id.ToString(), "Erasure", .. reason])).Code);
            }

            Assert.Equal(0, await published.World.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "journal.values-redacted", Ct)));
            var redact = await RunAsync(published.World, settings, Secret, "journal", "redact", unit.Id.ToString(), "Erasure", "--reason", "asked for");
            Assert.True(redact.Code == 0 && redact.Said.Contains('4', StringComparison.Ordinal), redact.Said);
            Assert.Equal(1, await published.World.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "journal.values-redacted", Ct)));

            // The old backup: the program does not serve, and says what to do.
            await using var world = World.On(database is "sqlite" ? $"Data Source={Path.Combine(Path.GetTempPath(), $"t{Guid.CreateVersion7():N}.db")}" : await EmptyDatabase.BarePostgresAsync());
            await world.InAsync((Db db) => DatabaseCopy.LoadAsync(db, backup, Ct));
            NpgsqlConnection.ClearAllPools();
            var serve = await RunAsync(world, settings, "", "serve", "--urls", $"http://127.0.0.1:{FreePorts.Next()}");
            Assert.Equal(1, serve.Code);
            Assert.Matches($"{size}.*rectify journal recover", serve.Said);

            var recover = await RunAsync(world, settings, "", "journal", "recover");
            Assert.True(recover.Code == 0, recover.Said);
            Assert.Equal(
                Enumerable.Range((int)size - 3, 3).Select(i => i.ToString(CultureInfo.InvariantCulture)),
                Regex.Matches(recover.Said, @"^(\d+)\t.*\ttest\.noted\t.*\+\r?$", RegexOptions.Multiline).Select(line => line.Groups[1].Value));
            var again = await RunAsync(world, settings, "", "journal", "recover");
            Assert.True(again.Code == 0 && !again.Said.Contains('\t', StringComparison.Ordinal), again.Said);

            await KilledProgram.RunUntilAsync(world, () => world.InAsync(async (Db db) => await db.Journal.AnyAsync(row => row.Kind == "journal.recovered" && row.Index != null, Ct)), settings: settings);
        }
        finally
        {
            File.Delete(key);
            File.Delete(backup);
        }
    }

    private static Task<Guid> RenameAsync(PublishedWorld published, Unit unit, string name) => published.World.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        (await db.Units().SingleAsync(one => one.Id == unit.Id, Ct)).Change(new("A1", name, UnitKind.Department), null);
        await services.GetRequiredService<JournalWriter>().CommitAsync(new Noted { Subject = unit.Id, By = Setup, At = published.World.Clock.GetUtcNow(), Number = 1 }, Ct);
        return await db.Journal.OrderBy(row => row.Id).Select(row => row.EntryId).LastAsync(Ct);
    });

    private static async Task<(int Code, string Said)> RunAsync(World world, string[] settings, string input, params string[] arguments)
    {
        Directory.CreateDirectory(world.Folder);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rectify"), [.. arguments, "--data", world.Folder])
        {
            WorkingDirectory = world.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["ConnectionStrings__Db"] = await world.InAsync((Db db) => Task.FromResult(db.Database.GetConnectionString()!));
        foreach (var setting in settings)
        {
            start.Environment[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        }

        using var program = Process.Start(start)!;
        var (said, complained) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await said + await complained);
    }
}
