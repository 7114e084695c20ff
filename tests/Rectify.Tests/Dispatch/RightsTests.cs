using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Over trees of units as they come: a unit reads its own return and those below it, writes its own, and nothing else.</summary>
public sealed class RightsTests
{
    /// <summary>For each unit but the first, above which earlier one it stands.</summary>
    private static readonly Gen<int[]> Trees = Gen.Int[0, 1_000].Array[2, 7].Select(picks => picks.Select((pick, i) => pick % (i + 1)).ToArray());

    [Theory, EveryDatabase]
    public async Task No_unit_reads_or_writes_another_s_return(string database)
    {
        var trees = new List<int[]> { new[] { 0, 1, 1, 0, 4 } };
        Trees.Sample(tree => trees.Add(tree), iter: 5, threads: 1);
        foreach (var above in trees)
        {
            await using var world = await World.CreateAsync(database);
            world.Clock.SetUtcNow(new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero));
            var units = new List<Unit> { await world.HaveUnitAsync("U0") };
            foreach (var (i, parent) in above.Index())
            {
                units.Add(await world.HaveUnitAsync($"U{i + 1}", units[parent]));
            }

            var people = new List<Access>();
            foreach (var (i, unit) in units.Index())
            {
                var account = await world.HaveAccountAsync(unit, $"person{i}", i == 0 ? Role.Office : Role.Responsible);
                people.Add(await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct)));
            }

            // Whoever else holds a duty at a unit reads what stands below it, and writes nothing.
            var (others, at) = (new List<(int Unit, Access Who)>(), 0);
            foreach (var role in new[] { Role.Acceptor, Role.Supervisor, Role.Leader, Role.Archivist })
            {
                at = (at + 1) % units.Count;
                var account = await world.HaveAccountAsync(units[at], $"{role}", role);
                others.Add((at, await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct))));
            }

            await PlanAsync(world, units);
            var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Monthly, new(2026, 3, 31), null, null, people[0], Ct));
            await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
            var returns = await world.InAsync((Db db) => db.ReturnsFor(Office.Room).AsNoTracking().ToDictionaryAsync(one => one.UnitId, Ct));
            Assert.Equal(units.Count - 1, returns.Count);

            foreach (var (reader, who) in people.Index().Concat(others))
            {
                var (reads, writes) = await world.InAsync(async (Db db) => (
                    await db.ReturnsFor(who).Select(one => one.UnitId).ToListAsync(Ct), await db.ReturnsToWriteFor(who).Select(one => one.UnitId).ToListAsync(Ct)));
                Assert.Equal(units.Skip(1).Where((_, i) => IsBelow(i + 1, reader, above)).Select(unit => unit.Id).Order(), reads.Order());
                Assert.Equal(reader == 0 || !people.Contains(who) ? [] : [units[reader].Id], writes);
                foreach (var (i, unit) in units.Index().Skip(1).Where(one => one.Index != reader || !people.Contains(who)))
                {
                    await NothingIsWrittenAsync(world, returns[unit.Id], who);
                }
            }
        }
    }

    private static bool IsBelow(int unit, int top, int[] above)
    {
        for (var here = unit; ; here = above[here - 1])
        {
            if (here == top || here == 0)
            {
                return here == top;
            }
        }
    }

    private static async Task NothingIsWrittenAsync(World world, UnitReturn whole, Access who)
    {
        var line = await world.InAsync((Db db) => db.ReturnLines().AsNoTracking().FirstAsync(one => one.ReturnId == whole.Id, Ct));
        foreach (var act in new Func<Task>[]
        {
            () => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, line.Stated with { Work = "worked" }, who, Ct)),
            () => world.InAsync((KeepDraft keep) => keep.RunAsync(whole.Id, line.Id, line.Version, LineTyping.Of(new Microsoft.AspNetCore.Http.FormCollection([])), who, Ct)),
            () => world.InAsync((SubmitReturn submit) => submit.RunAsync(whole.Id, whole.Version, who, Ct)),
            () => world.InAsync((RecallReturn recall) => recall.RunAsync(whole.Id, whole.Version, who, Ct)),
        })
        {
            Assert.Equal(404, (await Assert.ThrowsAsync<Refusal>(act)).Status);
        }
    }

    // Each unit but the first leads one task.
    private static Task PlanAsync(World world, List<Unit> units) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        var programme = Programme.Create("r1", new("Round one", units[0].Id));
        programme.Approve(new(2026, 1, 5));
        var tree = new ItemTree();
        foreach (var (i, unit) in units.Index().Skip(1))
        {
            var task = Item.Create(programme.Id, null, ItemKind.Task, i, new($"{i}", i, $"Task {i}."));
            tree.Items.Add(task);
            tree.Units.Add(new() { ItemId = task.Id, UnitId = unit.Id, Text = unit.Name, Role = DraftRole.Lead, Order = 0 });
        }

        db.Add(programme);
        db.AddRange(tree.Items);
        db.AddRange(tree.Units);
        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
        await services.GetRequiredService<JournalWriter>().CommitAsync(
            new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.NowMs, Code = "r1", Level = InspectionLevel.Central }, Ct);
    });
}
