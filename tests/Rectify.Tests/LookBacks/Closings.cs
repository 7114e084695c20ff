using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Notifications;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>A programme with closed tasks: two counties and a team of supervisors below a region. Today is 26 March 2026.</summary>
/// <remarks>Task 1: county C1, with lasting duties, of type dust. Task 2: county C2 with C1's help, with lasting duties. Tasks 3 to 8: C1 and C2 in turn. None is closed at first.</remarks>
internal sealed class Closings
{
    public required Programme Programme { get; init; }

    /// <summary>R, C1, C2, T.</summary>
    public required IReadOnlyDictionary<string, Unit> Units { get; init; }

    public required IReadOnlyList<Item> Tasks { get; init; }

    /// <summary>office, office2, above (a supervisor at the region), team, c1, c1b, c2.</summary>
    public required IReadOnlyDictionary<string, Access> People { get; init; }

    public Access Office => People["office"];

    public static async Task<Closings> HaveAsync(World world)
    {
        world.Clock.SetUtcNow(new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero));
        var units = new Dictionary<string, Unit> { ["R"] = await world.HaveUnitAsync("R") };
        foreach (var code in new[] { "C1", "C2", "T" })
        {
            units[code] = await world.HaveUnitAsync(code, units["R"]);
        }

        var people = new Dictionary<string, Access>();
        foreach (var (name, unit, role) in new[]
        {
            ("office", "R", Role.Office), ("office2", "R", Role.Office), ("above", "R", Role.Supervisor), ("team", "T", Role.Supervisor), ("c1", "C1", Role.Responsible), ("c1b", "C1", Role.Responsible),
            ("c2", "C2", Role.Responsible),
        })
        {
            var account = await world.HaveAccountAsync(units[unit], name.PadRight(3, 'x'), role);
            people[name] = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));
        }

        var programme = Programme.Create("r1", new("Round one", units["R"].Id));
        programme.Approve(new(2024, 1, 5));
        var tree = new ItemTree();
        tree.Items.AddRange(Enumerable.Range(1, 8).Select(no => Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.")
        {
            AspectNo = no % 2,
            TaskType = no == 1 ? "dust" : "",
            Deadline = new("2027-12-31", no <= 2 ? DeadlineKind.FixedStanding : DeadlineKind.Fixed, null, new(2027, 12, 31), null),
        })));
        tree.Units.AddRange(tree.Items.Select((item, i) => new ItemUnit { ItemId = item.Id, UnitId = units[i % 2 == 0 ? "C1" : "C2"].Id, Text = "unit", Role = DraftRole.Lead, Order = 0 }));
        tree.Units.Add(new() { ItemId = tree.Items[1].Id, UnitId = units["C1"].Id, Text = "unit", Role = DraftRole.Cooperate, Order = 1 });
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Code = "r1", Level = InspectionLevel.Central }, Ct);
        });
        return new() { Programme = programme, Units = units, Tasks = tree.Items, People = people };
    }

    /// <summary>The whole way to the closing, all of it on one day.</summary>
    public Task CloseAsync(World world, int task, DateOnly on) => FactsAsync(world, task, [FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed], on);

    public Task FactsAsync(World world, int task, FactKind[] kinds, DateOnly on) => world.InAsync(async (IServiceProvider services) =>
    {
        var placed = await services.GetRequiredService<PlaceFacts>().RunAsync(
            [(Tasks[task - 1].Id, [.. kinds.Select(kind => new StatedFact(kind, on, Note: "as it was"))])], Access.OfSystem(Setup), Setup, Ct);
        await services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], [.. placed.Skip(1)], Ct);
    });

    public static void Today(World world, DateOnly day) => world.Clock.AdjustTime(new(day.ToDateTime(new(2, 0)), TimeSpan.Zero));

    /// <summary>Numbers the journal and lets the job run, as the server does.</summary>
    public static async Task<int> MakeAsync(World world)
    {
        await world.FollowAsync();
        return await world.InAsync((MakeChecks make) => make.RunAsync(Ct));
    }

    public Task<List<Check>> ChecksAsync(World world, int task) => world.InAsync((Db db) =>
        db.ChecksFor(Office).AsNoTracking().Where(check => check.ItemId == Tasks[task - 1].Id).OrderBy(check => check.DueOn).ThenBy(check => check.Id).ToListAsync(Ct));

    /// <summary>The one check of a task that waits.</summary>
    public async Task<Check> CheckAsync(World world, int task) => (await ChecksAsync(world, task)).Single(check => CheckFlow.IsWaiting(check.State));

    public Task HandInAsync(World world, Check check, CheckResult result, string by, string opinion = "as it should be", DateOnly? on = null, int? version = null, IReadOnlyList<Guid>? proofs = null) =>
        world.InAsync((HandInCheck hand) => hand.RunAsync(
            check.Id, new(result, result is CheckResult.NotDone ? null : on ?? world.Clock.Today, result is CheckResult.NotDone ? "" : "on site", opinion, proofs ?? []), version ?? check.Version, People[by], Ct));

    public Task ReviewAsync(World world, Guid check, CheckReview review, string by, int version = 1) => world.InAsync((ReviewCheck look) => look.RunAsync(check, review, version, People[by], Ct));

    public Task<ItemStatus> StatusAsync(World world, int task, DateOnly on) => world.InAsync(async (Db db) => (await ItemView.ReadAsync(db, Office, Tasks[task - 1].Id, on, Ct))!.Status);

    public static async Task<string> NoAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
