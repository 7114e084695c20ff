using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using UglyToad.PdfPig;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

/// <summary>What is done to an item: refusals change nothing, acts leave their trace, and a day shows what happened until it.</summary>
public sealed class ItemActsTests
{
    private static readonly Gen<(FactKind Kind, int Day)[]> Lives =
        Gen.Select(Gen.Enum<FactKind>(), Gen.Int[0, 60]).Array[1, 14];

    [Theory, EveryDatabase]
    public async Task A_refused_fact_changes_nothing_and_a_recorded_one_leaves_its_openings(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);

        await Lives.SampleAsync(async life =>
        {
            foreach (var (kind, day) in life)
            {
                var before = await SnapshotAsync(world, here.Task);
                var stated = new StatedFact(
                    kind, Rectifying.Approved.AddDays(day), kind is FactKind.MilestoneReached ? 1 : null, kind is FactKind.Progress ? day : null,
                    kind is FactKind.DeadlineChanged ? new DateOnly(2026, 12, 31).AddDays(-day) : null, day % 3 == 0 ? "why" : "");
                var refused = await RefusesAsync(() => world.InAsync((RecordFacts record) => record.RunAsync(here.Task, [stated], here.For(kind), Ct)));
                var after = await SnapshotAsync(world, here.Task);

                Assert.True(refused || kind is not FactKind.DeadlineChanged, "another deadline is asked for");
                if (refused)
                {
                    Assert.Equal(before, after);
                }
                else
                {
                    Assert.Equal(before.Facts + 1, after.Facts);
                    Assert.Equal(before.Entries + 1, after.Entries);
                    Assert.True(after.Openings >= before.Openings + 4, "kind, day, sequence and time of a fact are opened");
                }
            }
        }, iter: 4, threads: 1);
    }

    [Theory, EveryDatabase]
    public async Task A_day_shows_the_facts_until_it_and_the_withdrawn_ones_with_their_reason(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        await RecordAsync(world, here, FactKind.Started, new(2026, 1, 10));
        await RecordAsync(world, here, FactKind.Completed, new(2026, 2, 20));

        var early = await ViewAsync(world, here, new(2026, 2, 19));
        var late = await ViewAsync(world, here, new(2026, 2, 20));

        Assert.Equal([FactKind.Started], early.Facts.Select(fact => fact.Kind));
        Assert.Equal((ItemStatus.Done, true), (late.Status, early.Status.IsOpen));

        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(late.Facts[1].Id, "the wrong task", here.Reporter, Ct));

        var after = await ViewAsync(world, here, new(2026, 2, 20));
        Assert.Equal(("the wrong task", true), (after.Facts[1].VoidedBecause, after.Status.IsOpen));
        var history = await HistoryAsync(world, here.Task, here.Office);
        Assert.Equal("item.fact-voided", history.Entries[0].Kind);
        Assert.Equal(FactKind.Completed, Assert.Single(history.Entries[0].Facts).Fact.Kind);
        Assert.Equal("Person reporter", history.Entries[0].Who);
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawn_change_of_the_deadline_puts_the_date_before_it_in_force(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        await Decided.MoveDeadlineAsync(world, here.Task, new(2026, 2, 1), new(2026, 9, 30), here.Office);
        await Decided.MoveDeadlineAsync(world, here.Task, new(2026, 2, 20), new(2026, 12, 31), here.Office);
        var view = await ViewAsync(world, here, new(2026, 3, 1));
        Assert.Equal((new(2026, 6, 30), new(2026, 12, 31), 2), (view.Item.DeadlineDate, view.Item.DueOn, view.Item.DeadlineChanges));
        Assert.Equal(new DateOnly(2026, 9, 30), (await ViewAsync(world, here, new(2026, 2, 10))).DueOn);

        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(view.Changes[1].Id, "not decided", here.Office, Ct));
        Assert.Equal(new DateOnly(2026, 9, 30), (await ViewAsync(world, here, new(2026, 3, 1))).Item.DueOn);
        await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(view.Changes[0].Id, "not decided", here.Office, Ct));
        Assert.Equal(new DateOnly(2026, 6, 30), (await ViewAsync(world, here, new(2026, 3, 1))).Item.DueOn);
    }

    [Theory, EveryDatabase]
    public async Task Every_correction_stands_in_the_history_with_before_and_after(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        async Task<int> Version() => (await ViewAsync(world, here, new(2026, 3, 1))).Item.Version;
        var view = await ViewAsync(world, here, new(2026, 3, 1));

        await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(here.Task, await Version(), "Lake", "The lake is dirty.", "Clean.", here.Office, Ct));
        Assert.Contains(new("Item", "Text", "The lake is not clean.", "The lake is dirty."), await LastAsync());

        await world.InAsync(async (ChangeItemUnits change) => await change.RunAsync(
            here.Task, await Version(), [new(view.Units[1].Id, view.Units[1].Text, DraftRole.Accept), new(null, "Unit C2", DraftRole.Lead)], here.Office, Ct));
        Assert.Equal(
            [new("ItemUnit", "Lead", null, "Unit C2"), new("ItemUnit", "Lead", "Unit C1", null)],
            (await LastAsync()).OrderBy(change => change.Before, StringComparer.Ordinal));

        await world.InAsync(async (ChangeItemPersons change) => await change.RunAsync(here.Task, await Version(), ["甲县长", " "], here.Office, Ct));
        Assert.Equal([new("ItemPerson", "Text", null, "甲县长")], await LastAsync());

        await world.InAsync(async (ChangeMilestones change) => await change.RunAsync(
            here.Task, await Version(), [new(1, "", null), new(null, "all plants run", new(2026, 5, 31))], here.Office, Ct));
        Assert.Equal(
            [new("ItemMilestone", "Due", null, "2026-05-31 all plants run"), new("ItemMilestone", "Due", "2026-03-31 three plants run", null)],
            (await LastAsync()).OrderBy(change => change.Before, StringComparer.Ordinal));

        await world.InAsync(async (SetQuantity set) => await set.RunAsync(here.Task, await Version(), "plants", "座", 0, 0, 9, here.Office, Ct));
        Assert.Contains(new("Item", "QuantityTarget", null, "9"), await LastAsync());

        async Task<IReadOnlyList<ItemHistory.FieldChanged>> LastAsync() => (await HistoryAsync(world, here.Task, here.Office)).Entries[0].Changes;
    }

    [Theory, EveryDatabase]
    public async Task A_removed_sub_task_stays_in_the_days_before_and_in_the_history(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(here.Task, ItemKind.SubTask, new("", null, "Dig the ditch."), [], here.Reporter, Ct));

        world.Clock.Advance(TimeSpan.FromDays(2));

        foreach (var reason in new[] { " ", new string('x', 501) })
        {
            Assert.Equal("item.reason", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RemoveItem remove) => remove.RunAsync(part, 0, reason, here.Reporter, Ct)))).Code);
        }

        await world.InAsync((RemoveItem remove) => remove.RunAsync(part, 0, "counted twice", here.Reporter, Ct));

        Assert.Empty((await ViewAsync(world, here, world.Clock.Today)).Parts);
        Assert.Equal([part], (await ViewAsync(world, here, world.Clock.Today.AddDays(-1))).Parts.Select(child => child.Item.Id));
        Assert.Empty((await ViewAsync(world, here, world.Clock.Today.AddDays(-3))).Parts); // it was not there yet
        var history = await HistoryAsync(world, here.Task, here.Office);
        Assert.Equal([("item.removed", "Dig the ditch."), ("item.created", "Dig the ditch.")], history.Entries.Take(2).Select(entry => (entry.Kind, entry.Of)));
        Assert.Equal(("counted twice", null), (history.Entries[0].Because, history.Entries[1].Because));
        var own = (await HistoryAsync(world, part, here.Office)).Entries[0];
        Assert.Contains(own.Changes, change => change.Field == "RemovedOn");
        Assert.Equal("counted twice", own.Because);
        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RemoveItem remove) => remove.RunAsync(here.Measure, 0, "not wanted", here.Office, Ct)));
        Assert.Equal("item.planned", no.Code);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_accepts_what_they_reported_or_what_the_plan_gives_to_another_unit(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        await RecordAsync(world, here, FactKind.Completed, new(2026, 2, 1));
        await RecordAsync(world, here, FactKind.Applied, new(2026, 2, 2));
        async Task<string> CodeAsync(Access by) => (await Assert.ThrowsAsync<Refusal>(() =>
            world.InAsync((RecordFacts record) => record.RunAsync(here.Task, [new(FactKind.Accepted, new(2026, 2, 3))], by, Ct)))).Code;

        Assert.Equal("fact.not-acceptor", await CodeAsync(here.OwnAcceptor));
        Assert.Equal("item.not-found", await CodeAsync(here.Reporter));

        // The same person is given the accepting unit's duty as well.
        var account = Guid.ParseExact(here.Reporter.Actor.Id, "N");
        await world.InAsync((GiveDuty give) => give.RunAsync(account, Role.Acceptor, here.Department.Id, null, null, Setup, Ct));
        var both = await world.InAsync((Db db) => Reader.AccessOf(db, here.Reporter.Actor, world.Clock.Today, Ct));
        Assert.Equal("fact.own", await CodeAsync(both));
        var acts = await world.InAsync(async (Db db) => await ItemActs.ReadAsync(db, both, await ViewAsync(world, here, world.Clock.Today), [], Ct));
        Assert.Equal("fact.why.own", acts.Later.Single(later => later.Kind is FactKind.Accepted).Why);

        await RecordAsync(world, here, FactKind.Accepted, new(2026, 2, 3));
        Assert.Equal(ItemStatus.Accept, (await ViewAsync(world, here, new(2026, 2, 3))).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_county_finds_its_own_items_and_no_others(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);

        Assert.NotNull(await world.InAsync((Db db) => ItemView.ReadAsync(db, here.Reporter, here.Task, world.Clock.Today, Ct)));
        Assert.Null(await world.InAsync((Db db) => ItemView.ReadAsync(db, here.Neighbour, here.Task, world.Clock.Today, Ct)));
        Assert.Null(await world.InAsync((Db db) => ItemHistory.ReadAsync(db, here.Neighbour, here.Task, 9, Ct)));
        Assert.Null(await world.InAsync((Db db) => Handbook.OfUnitAsync(db, here.Neighbour, here.County.Id, "", world.Clock.Today, world.Clock, Ct)));
        Assert.True(await RefusesAsync(() => world.InAsync((RecordFacts record) =>
            record.RunAsync(here.Task, [new(FactKind.Started, new(2026, 2, 1))], here.Neighbour, Ct))));
    }

    [Theory, EveryDatabase]
    public async Task A_manual_prints_each_task_of_the_unit_once_with_what_happened(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        await RecordAsync(world, here, FactKind.MilestoneReached, new(2026, 2, 20));

        foreach (var (unit, role) in new[] { (here.County, DraftRole.Lead), (here.Department, DraftRole.Accept) })
        {
            var book = await world.InAsync((Db db) => Handbook.OfUnitAsync(db, here.Office, unit.Id, "r1", world.Clock.Today, world.Clock, Ct));
            Assert.Equal([(role, 1)], book!.Parts.Select(part => (part.Role!.Value, part.Items.Count)));
        }

        var order = new HandbookOrder(null, here.County.Id, "r1", new(2026, 2, 28), Pdf: true, Language.Find("en")!, "Person office");
        var file = await world.InAsync((Db db) => HandbookFile.MakeAsync(db, here.Office, order, world.Clock, null, Ct));
        using var pdf = PdfDocument.Open(file);
        var text = new StringBuilder().AppendJoin(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text)).ToString();
        Assert.All(["第一项", "three plants run", "2026-02-20", "Build 9 plants.", "Unit D1", "Person office"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    private static Task RecordAsync(World world, Rectifying here, FactKind kind, DateOnly on, DateOnly? to = null) =>
        world.InAsync((RecordFacts record) => record.RunAsync(
            here.Task, [new(kind, on, kind is FactKind.MilestoneReached ? 1 : null, To: to, Note: "note")], here.For(kind), Ct));

    private static async Task<ItemView> ViewAsync(World world, Rectifying here, DateOnly on) =>
        (await world.InAsync((Db db) => ItemView.ReadAsync(db, here.Office, here.Task, on, Ct)))!;

    private static async Task<ItemHistory> HistoryAsync(World world, Guid item, Access reader) =>
        (await world.InAsync((Db db) => ItemHistory.ReadAsync(db, reader, item, 100, Ct)))!;

    private static async Task<bool> RefusesAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (Refusal)
        {
            return true;
        }
    }

    private sealed record Snapshot(int Facts, int Entries, int Openings, int Version, string Spans);

    private static Task<Snapshot> SnapshotAsync(World world, Guid item) => world.InAsync(async (Db db) => new Snapshot(
        await db.ItemFacts().CountAsync(Ct), await db.Journal.CountAsync(Ct), (await db.OpeningsOfAsync(item, null, Ct)).Count,
        await db.ItemsFor(Access.OfSystem(Setup), Right.Read).Where(one => one.Id == item).Select(one => one.Version).SingleAsync(Ct),
        string.Join(' ', (await db.StatusSpans().OrderBy(span => span.ItemId).ThenBy(span => span.From).ToListAsync(Ct))
            .Select(span => $"{span.From:O}{span.Status}{span.Light}{span.Reason}"))));
}
