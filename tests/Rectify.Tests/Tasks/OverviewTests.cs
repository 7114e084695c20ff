using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

public sealed class OverviewTests
{
    [Theory, EveryDatabase]
    public async Task The_figures_are_those_counted_by_hand(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);

        var overview = await ReadAsync(world, small, SmallProgramme.Everyone);

        Assert.Equal((7, 3, 42.9m), (overview.Tasks.Count, overview.Done.Count, overview.Share));
        Assert.Equal((2, 1, 4), (overview.Closed.Count, overview.Standing.Count, overview.Open.Count));
        Assert.Equal((4, 3, 1), (overview.Due.Count, overview.DueDone.Count, overview.Overdue.Count));
        Assert.Equal((4, 4), (overview.FindingAspects, overview.AdviceAspects));
        Assert.Equal(2, overview.ResponsibleUnits[UnitKind.Prefecture]);
        Assert.Equal(1, overview.ResponsibleUnits[UnitKind.Department]);
        Assert.Equal([("水和大气", 4, 2), ("责任落实", 3, 1)], overview.ByAspect.Select(line => (line.Name, line.All.Count, line.Done.Count)));
        Assert.Equal([("2018", 4), ("2019", 1), ("2020", 1), ("", 1)], overview.ByDueYear.Select(line => (line.Key, line.All.Count)));
        Assert.Equal(Enumerable.Range(1, 7), overview.Cells.Select(cell => cell.Number!.Value));
        Assert.Equal([3], overview.Cells.Where(cell => cell.Light is Light.Red).Select(cell => cell.Number!.Value));
    }

    [Theory, EveryDatabase]
    public async Task Every_number_equals_the_list_that_it_opens_on_any_day_for_any_reader(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        Access[] readers = [SmallProgramme.Everyone, Only(small.Town), Only(small.Lake, small.Office)];
        foreach (var (reader, on) in readers.SelectMany(reader => new DateOnly[] { new(2018, 4, 1), new(2018, 6, 3), SmallProgramme.On }.Select(on => (reader, on))))
        {
            var overview = await world.InAsync((Db db) => Overview.ReadAsync(db, reader, small.Programme.Id, on, Ct));
            foreach (var figure in Figures(overview))
            {
                var query = ItemQuery.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new ItemQuery { Filter = figure.Rows }.Text()));
                var total = await world.InAsync((Db db) => ItemList.CountAsync(db, reader, small.Programme.Id, query.Filter, on, Ct));
                var page = await world.InAsync((Db db) => ItemList.PageAsync(db, reader, small.Programme.Id, query, on, Ct));
                Assert.True(total == new ItemList.Total(figure.Count, false), $"{query.Text()} on {on}: {figure.Count}, but {total}");
                Assert.Equal(figure.Count, page.Rows.Count);
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Nothing_beyond_a_readers_units_is_counted(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);

        Assert.Equal([1, 2, 5], (await ReadAsync(world, small, Only(small.Town))).Cells.Select(cell => cell.Number!.Value));
        Assert.Empty((await ReadAsync(world, small, Only())).Cells);
    }

    [Theory, EveryDatabase]
    public async Task The_curve_ends_where_the_figures_stand(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);

        var overview = await ReadAsync(world, small, SmallProgramme.Everyone);

        var now = Assert.Single(overview.Curve, point => point.On == SmallProgramme.On);
        Assert.Equal((overview.Due.Count, overview.Done.Count), (now.Due, now.Done));
        Assert.All(overview.Curve, point => Assert.Equal(point.On > SmallProgramme.On, point.Done is null));
        Assert.Equal(new DateOnly(2020, 12, 31), overview.Curve[^1].On);
    }

    internal static Access Only(params Unit[] units) =>
        new(Setup, [.. units.Select(unit => new Access.Held(Role.Reader, unit.Id, unit.Path, false))]);

    private static Task<Overview> ReadAsync(World world, SmallProgramme small, Access reader) =>
        world.InAsync((Db db) => Overview.ReadAsync(db, reader, small.Programme.Id, SmallProgramme.On, Ct));

    private static IEnumerable<Overview.Figure> Figures(Overview o) =>
    [
        o.Tasks, o.Done, o.Closed, o.Standing, o.Due, o.DueDone, o.Overdue, o.Open,
        .. o.ByStatus.Select(line => line.Figure), .. o.ByLight.Select(line => line.Figure),
        .. new[] { o.ByAspect, o.ByUnit, o.ByUnitKind, o.ByDueYear }.SelectMany(lines => lines)
            .SelectMany(line => new[] { line.All, line.Done, line.Closed, line.Overdue, line.Green, line.Yellow, line.Red }),
    ];
}
