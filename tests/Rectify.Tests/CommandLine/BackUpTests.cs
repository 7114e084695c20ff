using System.Buffers.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rectify.CommandLine;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Proof;
using Rectify.Tasks;
using Rectify.Tests.Plans;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.CommandLine;

public sealed class BackUpTests : IAsyncLifetime
{
    private static readonly Access Everywhere = Access.OfSystem(Setup);

    private readonly string folder = Directory.CreateTempSubdirectory("rectify-backup").FullName;
    private readonly List<string> servers = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        foreach (var server in servers)
        {
            var name = new NpgsqlConnectionStringBuilder(server).Database;
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres" }.ConnectionString);
            await connection.OpenAsync(CancellationToken.None);
            await using var drop = new NpgsqlCommand($"DROP DATABASE \"{name}\" WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_backup_taken_while_acts_are_committed_comes_back_with_the_same_chains_and_items(string database)
    {
        await using var source = await FilledAsync(database);
        using var enough = new CancellationTokenSource();
        var (acts, here) = (0, Path.Combine(folder, "backup"));
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await AddUnitAsync(source, $"W{writer}-{i}");
                Interlocked.Increment(ref acts);
            }
        })).ToList();
        await UntilAsync(5);

        var done = await source.Services.BackUpAsync(here, withKeys: false, Ct);

        await UntilAsync(acts + 5); // they went on
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal((1, database), (done.Note.Originals, done.Note.Database));
        await using var restored = await EmptyAsync(database);
        await restored.Services.RestoreAsync(here, Ct);

        var (before, after) = (await StateAsync(source), await StateAsync(restored));
        Assert.InRange(after.Journal.Count, 5, before.Journal.Count - 5);
        Assert.Equal(before.Journal.Where(row => after.Journal.Exists(other => other.Id == row.Id)), after.Journal);
        Assert.Equal(before.Items, after.Items);
        Assert.Equal(after.Journal.Count(row => row.Kind == "unit.created"), after.Units); // each act whole: the row with its entry
        Assert.Equal(before.Original, after.Original);
        DemandChains(after.Journal);

        await restored.Services.MigrateAsync(Ct);
        await AddUnitAsync(restored, "AFTER");
        DemandChains((await StateAsync(restored)).Journal);

        async Task UntilAsync(int count)
        {
            while (Volatile.Read(ref acts) < count)
            {
                Assert.DoesNotContain(writers, writer => writer.IsFaulted);
                await Task.Delay(5, Ct);
            }
        }
    }

    [Fact]
    public async Task A_backup_with_one_byte_changed_one_file_less_or_one_more_is_refused_and_leaves_nothing()
    {
        await using var source = await FilledAsync("sqlite");
        var here = Path.Combine(folder, "backup");
        await source.Services.BackUpAsync(here, withKeys: false, Ct);
        var names = Directory.GetFiles(here, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        await using var target = await EmptyAsync("sqlite");

        await Gen.Select(Gen.Int[0, names.Length - 1], Gen.Double[0, 0.999], Gen.Byte[1, 255], Gen.Int[0, 3]).SampleAsync(
            async (file, place, change, damage) =>
            {
                var (path, whole) = (names[file], await File.ReadAllBytesAsync(names[file], Ct));
                var added = Path.Combine(here, "files", "added");
                switch (damage)
                {
                    case 0:
                        File.Delete(path);
                        break;
                    case 1:
                        await File.WriteAllTextAsync(added, "", Ct);
                        break;
                    case 2:
                        await File.WriteAllBytesAsync(path, whole[..(int)(place * whole.Length)], Ct);
                        break;
                    default:
                        var changed = (byte[])whole.Clone();
                        changed[(int)(place * whole.Length)] ^= change;
                        await File.WriteAllBytesAsync(path, changed, Ct);
                        break;
                }

                var no = await Assert.ThrowsAsync<Refusal>(() => target.Services.RestoreAsync(here, Ct));

                File.Delete(added);
                await File.WriteAllBytesAsync(path, whole, Ct);
                Assert.Equal(damage == 0 && path.EndsWith("SHA256SUMS", StringComparison.Ordinal) ? "restore.no-backup" : "restore.damaged", no.Code);
                Assert.False(Directory.Exists(FolderOf(target)));
            }, iter: 60, threads: 1);

        Assert.Equal(1, (await target.Services.RestoreAsync(here, Ct)).Originals); // whole again, it is taken
    }

    [Theory, EveryDatabase]
    public async Task A_backup_overwrites_nothing(string database)
    {
        await using var source = await FilledAsync(database);
        var here = Path.Combine(folder, "backup");
        await source.Services.BackUpAsync(here, withKeys: false, Ct);
        var before = await StateAsync(source);

        Assert.Equal("backup.target", await RefusedAsync(() => source.Services.BackUpAsync(here, withKeys: false, Ct)));
        Assert.Equal("restore.target", await RefusedAsync(() => source.Services.RestoreAsync(here, Ct)));
        if (database is "postgres")
        {
            await using var other = Product.Build([$"--ConnectionStrings:Db={servers[0]}"], Path.Combine(folder, "empty"));
            Assert.Equal("restore.database", await RefusedAsync(() => other.Services.RestoreAsync(here, Ct)));
            Assert.False(Directory.Exists(Path.Combine(folder, "empty")));
        }

        Assert.Equal(before.Journal, (await StateAsync(source)).Journal);
        Assert.Equal(["backup"], Directory.GetDirectories(folder, "backup*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_backup_of_the_other_database_a_newer_program_or_none_at_all_is_refused_with_a_sentence()
    {
        await using var source = await FilledAsync("sqlite");
        var here = Path.Combine(folder, "backup");
        await source.Services.BackUpAsync(here, withKeys: false, Ct);
        await using var postgres = await EmptyAsync("postgres");
        await using var sqlite = await EmptyAsync("sqlite");

        Assert.Equal("restore.sqlite", await RefusedAsync(() => postgres.Services.RestoreAsync(here, Ct)));
        Assert.Equal("restore.no-backup", await RefusedAsync(() => sqlite.Services.RestoreAsync(Path.Combine(folder, "nowhere"), Ct)));
        Assert.Equal("backup.no-database", await RefusedAsync(() => sqlite.Services.BackUpAsync(Path.Combine(folder, "other"), withKeys: false, Ct)));

        // As a later version would write it: whole, but of a shape that this program does not know.
        var note = Path.Combine(here, "backup.json");
        var newer = (await File.ReadAllTextAsync(note, Ct)).Replace("\"lastMigration\": \"2", "\"lastMigration\": \"3", StringComparison.Ordinal);
        await File.WriteAllTextAsync(note, newer, Ct);
        var (sums, hash) = (Path.Combine(here, "SHA256SUMS"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(note, Ct))));
        await File.WriteAllLinesAsync(
            sums, (await File.ReadAllLinesAsync(sums, Ct)).Select(line => line.EndsWith("backup.json", StringComparison.Ordinal) ? $"{hash}  backup.json" : line), Ct);
        Assert.Equal("restore.newer", await RefusedAsync(() => sqlite.Services.RestoreAsync(here, Ct)));
    }

    [Fact]
    public async Task Keys_come_only_when_asked_for_and_nobody_else_may_open_the_folder()
    {
        await using var source = await FilledAsync("sqlite");
        var key = Path.Combine(FolderOf(source), "keys", "key-1.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        await File.WriteAllTextAsync(key, "<key />", Ct);
        var (without, with) = (Path.Combine(folder, "without"), Path.Combine(folder, "with"));
        await source.Services.BackUpAsync(without, withKeys: false, Ct);
        await source.Services.BackUpAsync(with, withKeys: true, Ct);
        await using var target = await EmptyAsync("sqlite");

        await target.Services.RestoreAsync(with, Ct);

        Assert.False(Directory.Exists(Path.Combine(without, "keys")));
        Assert.Equal("<key />", await File.ReadAllTextAsync(Path.Combine(FolderOf(target), "keys", "key-1.xml"), Ct));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(with));
        }
    }

    [Fact]
    public async Task An_original_that_no_longer_fits_its_name_is_named()
    {
        await using var source = await FilledAsync("sqlite");
        var original = Directory.GetFiles(Path.Combine(FolderOf(source), "files"), "*", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(original, "x", Ct);

        var done = await source.Services.BackUpAsync(Path.Combine(folder, "backup"), withKeys: false, Ct);

        Assert.Equal([Path.GetFileName(original)], done.Damaged);
    }

    /// <summary>A product with a plan and its original.</summary>
    private async Task<WebApplication> FilledAsync(string database)
    {
        var product = await EmptyAsync(database);
        Directory.CreateDirectory(FolderOf(product));
        await product.Services.MigrateAsync(Ct);
        await InAsync(product, async services =>
        {
            var region = await services.GetRequiredService<CreateUnit>().RunAsync(new("R", "云岭自治区", UnitKind.Region), null, Everywhere, Ct);
            await services.GetRequiredService<CreateProgramme>().RunAsync(Imports.Code, new("Plan of a region", region.Id), [], [], Everywhere, Ct);
            using var plan = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Imports.Plan));
            var preview = await services.GetRequiredService<StartImport>().RunAsync(Imports.Code, plan, "plan.txt", Everywhere, Ct);
            await services.GetRequiredService<ConfirmImport>().RunAsync(preview, [], keepAliases: false, Everywhere, Ct);
        });
        return product;
    }

    private async Task<WebApplication> EmptyAsync(string database)
    {
        var data = Path.Combine(folder, $"data{Guid.CreateVersion7():N}");
        if (database is "sqlite")
        {
            return Product.Build([], data);
        }

        servers.Add(await EmptyDatabase.BarePostgresAsync());
        return Product.Build([$"--ConnectionStrings:Db={servers[^1]}"], data);
    }

    private static string FolderOf(WebApplication product) => product.Configuration["DataFolder"]!;

    private static Task AddUnitAsync(WebApplication product, string code) => InAsync(product, services =>
        services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", UnitKind.Department), null, Everywhere, Ct));

    private static async Task InAsync(WebApplication product, Func<IServiceProvider, Task> act)
    {
        await using var scope = product.Services.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }

    private static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;

    private static async Task<State> StateAsync(WebApplication product)
    {
        State? state = null;
        await InAsync(product, async services =>
        {
            var db = services.GetRequiredService<Db>();
            var hash = await db.PlanVersionsFor(Everywhere, Right.Read).Select(version => version.FileHash).SingleAsync(Ct);
            using var original = new MemoryStream();
            await using (var kept = services.GetRequiredService<FileStore>().Open(hash))
            {
                await kept.CopyToAsync(original, Ct);
            }

            state = new(
                [.. (await db.Journal.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Ct))
                    .Select(row => new Entry(row.Id, row.Kind, row.Subject, row.N, Convert.ToHexStringLower(row.Body)))],
                [.. (await db.ItemsFor(Everywhere, Right.Read).AsNoTracking().OrderBy(item => item.Id).ToListAsync(Ct))
                    .Select(item => (item.Id, item.NumberText, item.Text, item.DueOn, item.Version))],
                await db.Units().CountAsync(Ct),
                Convert.ToHexStringLower(original.ToArray()));
        });
        return state!;
    }

    // Each subject's entries are counted without gaps, and each names the leaf hash of the one before.
    private static void DemandChains(List<Entry> journal)
    {
        foreach (var chain in journal.GroupBy(row => row.Subject))
        {
            var before = "";
            foreach (var (i, row) in chain.OrderBy(row => row.N).Index())
            {
                var body = Convert.FromHexString(row.Body);
                using var entry = JsonDocument.Parse(body);
                Assert.Equal((i + 1, before), (row.N, entry.RootElement.GetProperty("prev").GetString()));
                before = Base64Url.EncodeToString(Merkle.Leaf(body));
            }
        }
    }

    private sealed record Entry(long Id, string Kind, Guid Subject, int N, string Body);

    private sealed record State(
        List<Entry> Journal, List<(Guid Id, string Number, string Text, DateOnly? Due, int Version)> Items, int Units, string Original);
}
