using CsCheck;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

public sealed class ItemListTests
{
    private static readonly Gen<ItemFilter> Filters =
        from text in Gen.OneOf("", "", "污水", "目标", "逐户走访", "沙漠", "污水 配套", "。")
        from aspect in Gen.OneOf<int?>(null, null, 1, 2)
        from statuses in Gen.OneOf<IReadOnlyList<ItemStatus>>([], [], Overview.DoneStatuses, Overview.OpenStatuses, [ItemStatus.Overdue, ItemStatus.Closed])
        from lights in Gen.OneOf<IReadOnlyList<Light>>([], [], [Light.Red, Light.Yellow], [Light.None])
        from to in Gen.OneOf<DateOnly?>(null, null, new DateOnly(2018, 12, 31))
        from dated in Gen.OneOf<bool?>(null, null, true, false)
        from standing in Gen.OneOf<bool?>(null, null, true, false)
        select new ItemFilter { Text = text, AspectNo = aspect, Statuses = statuses, Lights = lights, DueTo = to, HasDate = dated, Standing = standing };

    [Fact]
    public void A_query_is_read_as_it_was_written() => Filters.Sample(filter =>
    {
        var query = new ItemQuery
        {
            Filter = filter with { UnitId = Guid.CreateVersion7(), Roles = [DraftRole.Lead, DraftRole.Accept], UnitKind = UnitKind.Park, DueYear = 2019, Kind = ItemKind.Measure },
            Order = ItemOrder.Due,
            After = new(new(2019, 3, 1), "00001.00002"),
            Row = 51,
        };
        var again = ItemQuery.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query.Href("")[1..]));
        return again.Href("/x") == query.Href("/x");
    });

    [Theory]
    [InlineData("status=finished")]
    [InlineData("light=3")]
    [InlineData("from=2019-02-30")]
    [InlineData("after=x")]
    [InlineData("aspect=-1")]
    public void A_value_that_its_name_does_not_have_is_refused(string query) =>
        Assert.Equal(400, Assert.Throws<Refusal>(() => ItemQuery.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query))).Status);

    // Every way of reading a list must give what the plain query gives, for everyone and for a reader of few units.
    [Theory, EveryDatabase]
    public async Task Pages_forth_and_back_are_the_whole_list_in_order_whatever_the_filter(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        await SmallProgramme.MakeAsync(world, "other");
        var units = Gen.OneOf<Guid?>(null, null, small.Town.Id, small.Region.Id);
        var roles = Gen.OneOf<IReadOnlyList<DraftRole>>([], [DraftRole.Lead]);
        var readers = Gen.OneOf(SmallProgramme.Everyone, OverviewTests.Only(small.Town), OverviewTests.Only(small.Office, small.Lake));
        await Gen.Select(Filters, units, roles, readers, Gen.OneOf(ItemOrder.Number, ItemOrder.Due), Gen.Int[0, 8]).SampleAsync(async (filter, unit, role, reader, order, few) =>
        {
            filter = filter with { UnitId = unit, Roles = unit is null ? [] : role };
            await world.InAsync(async (Db db) =>
            {
                var expected = (await ItemList.AllAsync(db, reader, small.Programme.Id, filter, SmallProgramme.On, Ct))
                    .OrderBy(row => order is ItemOrder.Due ? row.DueOn ?? DateOnly.MaxValue : default).ThenBy(row => row.Key, StringComparer.Ordinal).ToList();
                var keys = new ItemKeys(db, reader, small.Programme.Id, filter, SmallProgramme.On) { Few = few };
                var query = new ItemQuery { Filter = filter, Order = order };

                var forth = new List<Guid>();
                var page = await keys.PageAsync(query, 2, Ct);
                while (true)
                {
                    Assert.Equal(expected.Count, page.Total.Count);
                    forth.AddRange(page.Ids);
                    if (!page.HasNext)
                    {
                        break;
                    }

                    page = await keys.PageAsync(query with { After = ItemKey.Of(expected[forth.Count - 1]) }, 2, Ct);
                }

                Assert.Equal(expected.Select(row => row.Id), forth);
                for (var at = expected.Count - 1; at > 0; at--)
                {
                    var before = await keys.PageAsync(query with { Before = ItemKey.Of(expected[at]) }, 2, Ct);
                    Assert.Equal(forth[Math.Max(0, at - 2)..at], before.Ids);
                    Assert.Equal((true, at > 2), (before.HasNext, before.HasPrevious));
                }
            });
        }, iter: 60, threads: 1);
    }

    // However little a count looks at, it never tells more than there is, and says so where it stopped before the end.
    [Theory, EveryDatabase]
    public async Task A_count_that_stops_early_says_so_and_never_tells_too_many(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        var readers = Gen.OneOf(SmallProgramme.Everyone, OverviewTests.Only(small.Town), OverviewTests.Only(small.Office, small.Lake));
        await Gen.Select(Filters, readers, Gen.Int[1, 12]).SampleAsync(async (filter, reader, most) => await world.InAsync(async (Db db) =>
        {
            var expected = (await ItemList.AllAsync(db, reader, small.Programme.Id, filter, SmallProgramme.On, Ct)).Count;
            var total = await new ItemKeys(db, reader, small.Programme.Id, filter, SmallProgramme.On) { Few = 0, MostLookedAt = most }.CountAsync(Ct);
            Assert.True(total.More ? total.Count <= expected : total.Count == expected, $"{total} of {expected}");
        }), iter: 60, threads: 1);
    }

    [Theory, EveryDatabase]
    public async Task A_hit_names_its_field_and_marks_the_words(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);

        var found = await world.InAsync((Db db) => SearchEverywhere.RunAsync(db, SmallProgramme.Everyone, "逐户走访", SmallProgramme.On, Ct));

        var item = Assert.Single(found.Items);
        Assert.Equal((small.Tasks[4].Id, "small"), (item.Row.Id, item.Code));
        var hit = Assert.Single(item.Hits);
        Assert.Equal(("measure", "对料场周边居民逐户走访"), (hit.Field, hit.Text));
        Assert.Equal(["逐户走访"], hit.Pieces.Where(piece => piece.IsHit).Select(piece => piece.Text));
    }

    [Theory, EveryDatabase]
    public async Task Search_passes_all_programmes_and_never_the_readers_rights(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        var other = await SmallProgramme.MakeAsync(world, "other");

        async Task<IEnumerable<string>> FindAsync(Access reader) =>
            (await world.InAsync((Db db) => SearchEverywhere.RunAsync(db, reader, "污水", SmallProgramme.On, Ct))).Items.Select(item => $"{item.Code}-{item.Row.NumberValue}");

        Assert.Equal(["other-1", "other-4", "small-1", "small-4"], await FindAsync(SmallProgramme.Everyone));
        Assert.Equal(["small-1"], await FindAsync(OverviewTests.Only(small.Town)));
        Assert.Equal(["other-4", "small-1"], await FindAsync(OverviewTests.Only(small.Town, other.Lake)));
        Assert.Empty(await FindAsync(OverviewTests.Only()));
    }

    [Theory, EveryDatabase]
    public async Task The_workbook_holds_the_filtered_rows_and_their_measures(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        using var file = new MemoryStream();

        await world.InAsync((Db db) => new ItemExport(
            db, Words.In(Language.Default), SmallProgramme.Everyone, small.Programme.Id, new() { Filter = new() { AspectNo = 2 } }, SmallProgramme.On).WriteAsync(file, Ct));

        file.Position = 0;
        var tasks = file.Query(useHeaderRow: true, sheetName: "任务").Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["砂石料场扬尘", "环境监测能力不足", "党政同责落实不力"], tasks.Select(row => row["整改任务"]));
        Assert.Equal("已销号·长期坚持", tasks[2]["状态"]);
        Assert.Equal(small.Town.ShortName, tasks[0]["牵头单位"]);
        var measure = Assert.Single(file.Query(useHeaderRow: true, sheetName: "措施").Cast<IDictionary<string, object>>());
        Assert.Equal("对料场周边居民逐户走访", measure["措施"]);
    }

    [Theory, EveryDatabase]
    public async Task A_view_is_its_owners_alone_and_its_name_is_taken_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        var mine = OverviewTests.Only(small.Town);
        var others = new Access(new("someone else"), [new(Role.Reader, small.Town.Id, small.Town.Path, false)]);

        await world.InAsync((SaveView save) => save.RunAsync("small", " 红灯 ", "light=red", mine, Ct));
        await world.InAsync((SaveView save) => save.RunAsync("small", "红灯", "light=yellow", mine, Ct));

        var view = await world.InAsync((Db db) => db.SavedViewsOf(mine.Actor).SingleAsync(Ct));
        Assert.Equal(("红灯", "light=yellow"), (view.Name, view.Query));
        Assert.Equal(404, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((DropView drop) => drop.RunAsync(view.Id, others, Ct)))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SaveView save) => save.RunAsync("small", "x", "", OverviewTests.Only(), Ct)))).Status);
        await world.InAsync((DropView drop) => drop.RunAsync(view.Id, mine, Ct));
        Assert.False(await world.InAsync((Db db) => db.SavedViewsOf(mine.Actor).AnyAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task New_margins_compute_the_past_anew_and_wrong_ones_change_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        var lakeNode = new DateOnly(2018, 10, 10); // ten days after the node of task 3 was missed
        async Task<Light> LightAsync() => (await world.InAsync((Db db) => Overview.ReadAsync(db, SmallProgramme.Everyone, small.Programme.Id, lakeNode, Ct))).Cells[2].Light;
        var version = small.Programme.Version;

        Assert.Equal(Light.Yellow, await LightAsync());
        Assert.Equal(422, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((ChangeRules change) =>
            change.RunAsync("small", version, new() { RedPoints = 5 }, SmallProgramme.Everyone, Ct)))).Status);
        await world.InAsync((ChangeRules change) => change.RunAsync("small", version, new() { RedAfterDays = 5 }, SmallProgramme.Everyone, Ct));

        Assert.Equal(Light.Red, await LightAsync());
        Assert.Equal(409, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((ChangeRules change) =>
            change.RunAsync("small", version, new(), SmallProgramme.Everyone, Ct)))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Nodes_come_by_date_and_those_of_settled_items_are_not_open(string database)
    {
        await using var world = await World.CreateAsync(database);
        var small = await SmallProgramme.MakeAsync(world);
        Task<List<MilestoneList.Row>> Read(MilestoneList.Which which, MilestoneList.Place? after = null) => world.InAsync((Db db) =>
            MilestoneList.PageAsync(db, SmallProgramme.Everyone, small.Programme.Id, which, null, null, after, SmallProgramme.On, Ct));

        var all = await Read(MilestoneList.Which.All);

        Assert.Equal(["拆除违建", "开工"], all.Select(row => row.Text));
        Assert.Equal(["拆除违建"], (await Read(MilestoneList.Which.Missed)).Select(row => row.Text));
        Assert.Equal(["开工"], (await Read(MilestoneList.Which.All, new(all[0].Due, all[0].Key, all[0].No))).Select(row => row.Text));
    }
}
