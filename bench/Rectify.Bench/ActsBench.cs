using System.Data.Common;
using System.Globalization;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Bench;

/// <summary>Acts that are on the disk when their call returns, one act per commit, by 16 callers on 16 subjects.</summary>
internal static class ActsBench
{
    private const int Callers = 16;
    private static readonly Access Everything = Access.OfSystem(Actor.System("bench"));

    /// <summary>The smallest act: an entry in the journal and nothing else.</summary>
    private sealed record Noted : Fact
    {
        public override string Kind => "bench.noted";

        public required string Code { get; init; }
    }

    /// <param name="acts">For each database and way, in all.</param>
    public static async Task RunAsync(int acts)
    {
        await using (var sqlite = await Bed.SqliteAsync())
        {
            var settings = new List<string>();
            foreach (var pragma in new[] { "journal_mode", "synchronous", "busy_timeout", "foreign_keys" })
            {
                settings.Add($"{pragma}={await sqlite.SqlAsync($"PRAGMA {pragma}")}");
            }

            Report.Note($"SQLite as the product opens it: {string.Join(", ", settings)} (synchronous 2 is FULL)");
            await RunAsync(sqlite, acts, "≥ 1,000/s");
        }

        await using var postgres = await Bed.PostgresAsync();
        Report.Note($"PostgreSQL: fsync={await postgres.SqlAsync("SHOW fsync")}, synchronous_commit={await postgres.SqlAsync("SHOW synchronous_commit")}");
        await RunAsync(postgres, acts, "≥ 3,000/s");
    }

    private static async Task RunAsync(Bed bed, int acts, string budget)
    {
        var each = Math.Max(1, acts / Callers);
        var units = await UnitsAsync(bed);
        await bed.SqlAsync("""CREATE TABLE "Bare" ("Id" varchar(36) PRIMARY KEY, "Body" varchar(1000) NOT NULL)""");

        await BareAsync(bed, Math.Max(1, each / 4)); // warm
        await NotedAsync(bed, Math.Max(1, each / 4));
        var bare = await BareAsync(bed, each);
        var noted = await NotedAsync(bed, each);
        var changed = await ChangedAsync(bed, units, each);
        var limit = $"bare insert and commit, {Callers} callers: {Report.PerSecond(bare.PerSecond)}";
        Report.Row($"durable acts, {Callers} callers, {bed.Name}: a journal entry", $"{Report.PerSecond(noted.PerSecond)}; {noted}", budget,
            $"{limit}; ratio {Report.Percent(noted.PerSecond, bare.PerSecond)}; program's work {Report.Ms(noted.ProcessorEach)} an act");
        Report.Row($"durable acts, {Callers} callers, {bed.Name}: a unit renamed (rights, checks, openings)", $"{Report.PerSecond(changed.PerSecond)}; {changed}", budget,
            $"{limit}; ratio {Report.Percent(changed.PerSecond, bare.PerSecond)}; program's work {Report.Ms(changed.ProcessorEach)} an act");
    }

    private static async Task<Unit[]> UnitsAsync(Bed bed)
    {
        var units = new Unit[Callers];
        for (var i = 0; i < Callers; i++)
        {
            units[i] = await bed.InAsync((CreateUnit create) =>
                create.RunAsync(new($"U{i}", $"第{i}单位", UnitKind.County), null, Everything, default));
        }

        return units;
    }

    // Each caller keeps its connection and its statement: nothing a program does above the database can be cheaper.
    private static async Task<Timing> BareAsync(Bed bed, int each)
    {
        var body = new string('x', 400);
        var connections = new TaskCompletionSource<DbConnection>[Callers];
        var done = new TaskCompletionSource();
        var held = Enumerable.Range(0, Callers).Select(i =>
        {
            connections[i] = new();
            return bed.ConnectedAsync(async connection =>
            {
                connections[i].SetResult(connection);
                await done.Task;
            });
        }).ToArray();
        var open = await Task.WhenAll(connections.Select(c => c.Task));
        var timing = await Timing.RunAsync(Callers, each, async (caller, _) =>
        {
            await using var insert = open[caller].CreateCommand();
            insert.CommandText = string.Create(CultureInfo.InvariantCulture, $"""INSERT INTO "Bare" VALUES ('{Guid.CreateVersion7()}', '{body}')""");
            await insert.ExecuteNonQueryAsync(); // commits by itself
        });
        done.SetResult();
        await Task.WhenAll(held);
        return timing;
    }

    private static async Task<Timing> NotedAsync(Bed bed, int each)
    {
        var subjects = Enumerable.Range(0, Callers).Select(_ => Guid.CreateVersion7()).ToArray();
        return await Timing.RunAsync(Callers, each, (caller, i) => bed.InAsync((JournalWriter journal) => journal.CommitAsync(
            new Noted { Subject = subjects[caller], By = Everything.Actor, At = TimeProvider.System.NowMs, Code = $"N{i}" }, default)));
    }

    private static async Task<Timing> ChangedAsync(Bed bed, Unit[] units, int each)
    {
        return await Timing.RunAsync(Callers, each, (caller, i) => bed.InAsync((ChangeUnit change) => change.RunAsync(
            units[caller].Id, i, new(units[caller].Code, $"第{caller}单位（{i}）", UnitKind.County), null, Everything, default)));
    }
}
