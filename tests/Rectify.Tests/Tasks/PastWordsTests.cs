using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

/// <summary>What an item says on a day that lies behind.</summary>
public sealed class PastWordsTests
{
    // Whatever was changed on which day: each day's words are those that stood when the day ended.
    [Theory, EveryDatabase]
    public Task Every_day_says_what_stood_at_its_end(string database) =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]).Array[1, 6].SampleAsync(async changes =>
        {
            await using var world = await World.CreateAsync(database);
            var here = await Rectifying.HaveAsync(world);
            var days = new Dictionary<DateOnly, string>();
            await NoteAsync();
            var last = days[world.Clock.Today]; // what was recorded first holds for the days before too
            foreach (var (i, (kind, wait)) in changes.Index())
            {
                world.Clock.Advance(TimeSpan.FromDays(wait));
                await ChangeAsync(world, here, kind, i);
                await NoteAsync();
            }

            world.Clock.Advance(TimeSpan.FromDays(1));
            for (var day = days.Keys.Min().AddDays(-1); day < world.Clock.Today; day = day.AddDays(1))
            {
                last = days.GetValueOrDefault(day, last);
                Assert.Equal(last, Written(await ViewAsync(world, here.Task, day)));
            }

            async Task NoteAsync() => days[world.Clock.Today] = Written(await ViewAsync(world, here.Task, world.Clock.Today));
        }, iter: 6, threads: 1);

    [Theory, EveryDatabase]
    public async Task A_day_ends_by_the_legal_time(string database)
    {
        await using var world = await World.CreateAsync(database);
        world.Clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        world.Clock.AdjustTime(new(2026, 3, 3, 15, 59, 0, TimeSpan.Zero)); // 23:59 there
        var here = await Rectifying.HaveAsync(world);
        var third = world.Clock.Today;
        await ChangeAsync(world, here, 0, 1);
        world.Clock.Advance(TimeSpan.FromMinutes(2)); // the fourth there, the third in Greenwich
        await ChangeAsync(world, here, 0, 2);

        Assert.Equal(third.AddDays(1), world.Clock.Today);
        Assert.Equal("text 1", (await ViewAsync(world, here.Task, third)).Item.Text);
        Assert.Equal("text 2", (await ViewAsync(world, here.Task, third.AddDays(1))).Item.Text);
    }

    [Theory, EveryDatabase]
    public async Task The_words_recorded_first_hold_for_all_days_before(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        world.Clock.Advance(TimeSpan.FromDays(3));
        await ChangeAsync(world, here, 0, 1);

        var view = await ViewAsync(world, here.Task, new(2018, 5, 1));

        Assert.Equal(("The lake is not clean.", true), (view.Item.Text, view.Stood));
        Assert.Equal(2, view.Units.Count);
        Assert.Equal("Build 9 plants.", Assert.Single(view.Measures).Item.Text);
    }

    [Theory, EveryDatabase]
    public async Task What_was_added_by_hand_says_that_it_was_not_there_yet(string database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await Rectifying.HaveAsync(world);
        world.Clock.Advance(TimeSpan.FromDays(3));
        var part = await world.InAsync((AddSubTask add) => add.RunAsync(here.Task, ItemKind.SubTask, new("", null, "Dig."), [], here.Reporter, Ct));

        Assert.False((await ViewAsync(world, part, world.Clock.Today.AddDays(-1))).Stood);
        Assert.True((await ViewAsync(world, part, world.Clock.Today)).Stood);
    }

    private static async Task ChangeAsync(World world, Rectifying here, int kind, int i)
    {
        var item = await world.InAsync((Db db) => db.ItemsFor(here.Office, Rectify.Organisation.Right.Read).AsNoTracking().SingleAsync(one => one.Id == here.Task, Ct));
        var units = await world.InAsync((Db db) => db.ItemUnits().AsNoTracking().Where(unit => unit.ItemId == here.Task).OrderBy(unit => unit.Order).ToListAsync(Ct));
        var nodes = await world.InAsync((Db db) => db.ItemMilestones().AsNoTracking().Where(node => node.ItemId == here.Task).OrderBy(node => node.No).ToListAsync(Ct));
        await (kind switch
        {
            0 => world.InAsync((ChangeItemWords change) => change.RunAsync(here.Task, item.Version, "", $"text {i}", $"goal {i}", here.Office, Ct)),
            1 => world.InAsync((ChangeItemUnits change) => change.RunAsync(
                here.Task, item.Version, [.. units.Skip(1).Select(unit => new StatedUnit(unit.Id, $"body {i}", unit.Role)), new StatedUnit(null, $"new body {i}", DraftRole.Supervise)], here.Office, Ct)),
            2 => world.InAsync((ChangeItemPersons change) => change.RunAsync(here.Task, item.Version, [$"person {i}", "someone"], here.Office, Ct)),
            3 => world.InAsync((ChangeMilestones change) => change.RunAsync(
                here.Task, item.Version, [.. nodes.Skip(1).Select(node => new StatedMilestone(node.No, $"node {i}", null)), .. nodes.Take(1).Select(node => new StatedMilestone(node.No, "", null)), new(null, $"new node {i}", new(2026, 5, 31))],
                here.Office, Ct)),
            _ => world.InAsync((ChangeItemUnits change) => change.RunAsync(
                here.Task, item.Version, [.. units.AsEnumerable().Reverse().Select(unit => new StatedUnit(unit.Id, unit.Text, unit.Role))], here.Office, Ct)),
        });
    }

    private static Task<ItemView> ViewAsync(World world, Guid item, DateOnly on) => world.InAsync(async (Db db) =>
        (await ItemView.ReadAsync(db, SmallProgramme.Everyone, item, on, Ct, world.Clock))!);

    private static string Written(ItemView view) => string.Join(
        "; ", view.Item.Title, view.Item.Text, view.Item.Goal, view.Item.DeadlineText,
        string.Join(',', view.Units.Select(unit => $"{unit.Role} {unit.Text} {unit.UnitId}")), string.Join(',', view.Persons.Select(person => $"{person.Text} {person.Generic}")),
        string.Join(',', view.Milestones.Select(node => $"{node.No} {node.Text} {node.Due}")));
}
