using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tests.Organisation;

namespace Rectify.Tests.Tasks;

public sealed class RefreshScopesTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_unit_that_moves_takes_its_items_along(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var (left, right) = (await world.HaveUnitAsync("P1", top), await world.HaveUnitAsync("P2", top));
        var county = await world.HaveUnitAsync("C1", left);
        var (leftReader, rightReader) = (await world.HaveAccountAsync(left, "left", Role.Reader), await world.HaveAccountAsync(right, "right", Role.Reader));
        var system = Access.OfSystem(People.Setup);
        var programme = await world.InAsync((CreateProgramme create) => create.RunAsync("one", new("One", top.Id), [], [], system, Ct));
        var item = Item.Create(programme, null, ItemKind.Task, 1, new("1", 1, "Something"));
        await world.HaveAsync(item, new ItemUnit { ItemId = item.Id, UnitId = county.Id, Text = "C1", Role = Rectify.Grammar.DraftRole.Lead, Order = 0 });
        await world.InAsync((ChangeUnit change) => change.RunAsync(top.Id, top.Version, new("R", "Renamed", UnitKind.Region), null, system, Ct));
        await RefreshAsync(world);
        Assert.Equal((1, 0), await SeenAsync(world, leftReader, rightReader));

        var version = await world.InAsync((Db db) => db.Units().Where(unit => unit.Id == county.Id).Select(unit => unit.Version).SingleAsync(Ct));
        await world.InAsync((ChangeUnit change) => change.RunAsync(county.Id, version, new("C1", "Unit C1", UnitKind.County), right.Id, system, Ct));
        await RefreshAsync(world);

        Assert.Equal((0, 1), await SeenAsync(world, leftReader, rightReader));
    }

    // A version before took spans and scopes away with an item.
    [Theory, EveryDatabase]
    public async Task What_was_taken_out_before_gets_its_days_and_its_readers_back_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var (left, right) = (await world.HaveUnitAsync("P1", top), await world.HaveUnitAsync("P2", top));
        var (leftReader, rightReader) = (await world.HaveAccountAsync(left, "left", Role.Reader), await world.HaveAccountAsync(right, "right", Role.Reader));
        var programme = await world.InAsync((CreateProgramme create) => create.RunAsync("one", new("One", top.Id), [], [], Access.OfSystem(People.Setup), Ct));
        var item = Item.Create(programme, null, ItemKind.Task, 1, new("1", 1, "Something"));
        item.Remove(new(2026, 3, 1));
        await world.HaveAsync(item, new ItemUnit { ItemId = item.Id, UnitId = left.Id, Text = "P1", Role = Rectify.Grammar.DraftRole.Lead, Order = 0 });
        Assert.Equal((0, 0), await SeenAsync(world, leftReader, rightReader));

        await RefreshAsync(world);

        Assert.Equal((1, 0), await SeenAsync(world, leftReader, rightReader));
        Assert.Equal(new DateOnly(2026, 3, 1), await world.InAsync((Db db) => db.StatusSpans().Where(span => span.ItemId == item.Id).MaxAsync(span => span.Until, Ct)));
        Assert.Equal(0, await world.InAsync((RefreshScopes refresh) => refresh.RunAsync(Ct)));
    }

    private static async Task RefreshAsync(World world)
    {
        await world.InAsync((NumberEntries number) => number.RunAsync(Ct));
        await world.InAsync((RefreshScopes refresh) => refresh.RunAsync(Ct));
    }

    private static Task<(int, int)> SeenAsync(World world, Rectify.Platform.Identity.Account left, Rectify.Platform.Identity.Account right) =>
        world.InAsync(async (Db db) =>
        {
            var today = world.Clock.Today;
            var (a, b) = (await Reader.AccessOf(db, left.Actor, today, Ct), await Reader.AccessOf(db, right.Actor, today, Ct));
            return (await db.ItemsFor(a, Right.Read).CountAsync(Ct), await db.ItemsFor(b, Right.Read).CountAsync(Ct));
        });
}
