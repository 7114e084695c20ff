using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Organisation.Import;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tests.Samples;
using static Rectify.Tests.Organisation.People;
using static Rectify.Tests.Organisation.Workbooks;

namespace Rectify.Tests.Organisation;

public sealed class ImportOrganisationTests
{
    private static readonly Access Everywhere = Access.OfSystem(Setup);

    [Theory, EveryDatabase]
    public async Task The_sample_gives_110_units_and_86_people_in_one_act_and_nothing_the_second_time(string database)
    {
        await using var world = await World.CreateAsync(database);
        var before = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        var (document, preview) = await PreviewAsync(world, SampleFiles.Kept("机构人员.xlsx"));
        Assert.Empty(preview.Errors);
        await RunAsync(world, document, preview.Seal);

        Assert.Equal((110, 86), await world.InAsync(async (Db db) => (await db.Units().CountAsync(Ct), await db.People().CountAsync(Ct))));
        Assert.Equal(before + 1, await world.InAsync((Db db) => db.Journal.CountAsync(Ct)));
        var units = await world.InAsync((Db db) => db.Units().AsNoTracking().ToDictionaryAsync(u => u.Code, Ct));
        Assert.All(SampleFiles.Data.Units, told =>
        {
            var unit = units[told.Id];
            Assert.Equal((told.Name, told.ShortName, told.SigningName, told.Parent is { Length: > 0 } parent ? units[parent].Id : (Guid?)null), (unit.Name, unit.ShortName, unit.SigningName, unit.ParentId));
        });
        var (_, again) = await PreviewAsync(world, SampleFiles.Kept("机构人员.xlsx"));
        Assert.Equal((0, 0, 196), (again.Count(Fate.Added), again.Count(Fate.Changed), again.Count(Fate.Same)));
        await UnitTests.RefusedAsync("organisation.same", () => RunAsync(world, document, null));
    }

    [Theory, EveryDatabase]
    public async Task What_the_preview_says_is_what_confirming_does(string database)
    {
        await using var world = await World.CreateAsync(database);
        // Few codes, names and parents, so that rows meet what stands from the samples before.
        var row = Gen.Select(Gen.Bool, Gen.Int[0, 4], Gen.Int[-1, 3], Gen.Int[0, 3]).Array[8].Select(picks => picks.Index()
            .Where(pick => pick.Index < 4 || pick.Item.Item1)
            .Select(pick => new[]
            {
                $"C{pick.Index}", pick.Item.Item2 == 0 ? $"单位{pick.Index}" : $"单位{pick.Index}之{pick.Item.Item2}", "",
                pick.Item.Item3 < 0 || pick.Index == 0 ? "" : $"C{Math.Min(pick.Item.Item3, pick.Index - 1)}", "部门",
                pick.Item.Item4 == 0 ? $"别名{pick.Index}" : "", "",
            }));
        var person = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3]).Array[0, 4].Select(picks => picks.Index()
            .Select(pick => new[] { $"Y{pick.Index}", $"人员{pick.Item.Item1}", $"C{pick.Item.Item2}", $"职务{pick.Item.Item1}" }));
        var carriedOut = 0;
        await Gen.Select(row, person).SampleAsync(async sheets =>
        {
            var (document, preview) = await PreviewAsync(world, Make(("机构", sheets.Item1.Prepend(UnitHead)), ("人员", sheets.Item2.Prepend(PeopleHead))));
            var before = await StateAsync(world);
            if (preview.Errors.Count > 0)
            {
                await UnitTests.RefusedAsync("organisation.errors", () => RunAsync(world, document, preview.Seal));
                Assert.Equal(before, await StateAsync(world));
                return;
            }

            if (preview.Count(Fate.Added) + preview.Count(Fate.Changed) == 0)
            {
                return;
            }

            carriedOut++;
            Assert.Equal(preview.Seal, (await RunAsync(world, document, preview.Seal)).Seal);
            var after = await StateAsync(world);
            Assert.Equal(preview.Units.Count(unit => unit.Fate is Fate.Added), after.Units.Split('\n').Except(before.Units.Split('\n'), new ByCode()).Count());
            var units = await world.InAsync((Db db) => db.Units().AsNoTracking().ToDictionaryAsync(u => u.Id, Ct));
            Assert.All(units.Values, u => Assert.Equal($"{(u.ParentId is { } p ? units[p].Path : "")}{u.Code}/", u.Path));
            Assert.All(preview.Units, told => Assert.Contains(units.Values, u =>
                u.Name == told.Name && (u.ParentId is { } p ? units[p].Name : "") == told.Detail));
            var again = (await PreviewAsync(world, document)).Preview;
            Assert.Empty(again.Errors);
            Assert.Equal(0, again.Count(Fate.Added) + again.Count(Fate.Changed));
        }, iter: 30, threads: 1);
        Assert.True(carriedOut > 3);
    }

    [Theory, EveryDatabase]
    public async Task Each_error_names_its_cell_and_nothing_is_saved(string database)
    {
        await using var world = await World.CreateAsync(database);
        await world.HaveAsync(Unit.Create(new("K", "老机构", UnitKind.County), null));
        var file = Make(
            ("机构", [
                ["全区机构名单"], ["2019年3月"], UnitHead,
                ["A", "甲", "", "没有的上级", "部门", "", ""],
                ["B", "乙", "", "丙", "部门", "", ""],
                ["C", "丙", "", "乙", "什么", "", "69a"],
                ["B", "丁", "", "", "部门", "", ""],
                ["D D", "", "", "", "", "", ""],
                ["E", "戊", "", "", "部门", "老机构；甲", ""],
            ]),
            ("人员", [PeopleHead, ["Y1", "郭怀远", "没有", ""], ["Y2", "", "甲", ""], ["Y3", "沈立群", "甲", ""], ["Y3", "罗振川", "甲", ""]]));
        var before = await StateAsync(world);

        var (document, preview) = await PreviewAsync(world, file);

        Assert.Equal(
            [
                "人员!A5 twice", "人员!B3 no-person", "人员!C2 unknown-unit", "机构!A7 twice", "机构!B8 no-name", "机构!D4 no-parent",
                "机构!D5 circle", "机构!D6 circle", "机构!E6 kind", "机构!F9 alias-taken", "机构!F9 alias-taken", "机构!G6 division",
            ],
            preview.Errors.Select(error => $"{error.Sheet}!{error.Cell} {error.Code}").Order(StringComparer.Ordinal));
        await UnitTests.RefusedAsync("organisation.errors", () => RunAsync(world, document, null));
        Assert.Equal(before, await StateAsync(world));
    }

    [Theory, EveryDatabase]
    public async Task A_second_import_renames_by_code_moves_and_clears_nothing_that_a_cell_leaves_out(string database)
    {
        await using var world = await World.CreateAsync(database);
        var first = Make(("机构", [UnitHead, ["R", "自治区", "区", "", "自治区", "", "690000"], ["P", "曙泊市", "", "R", "地（州、市）", "曙泊、泊城", "690100"], ["L", "泊港县", "", "曙泊", "县（市、区）", "", ""]]));
        var (document, _) = await PreviewAsync(world, first);
        await RunAsync(world, document, null);

        var second = Make(("单位", [["单位代码", "单位名称", "上级单位"], ["P", "新曙泊市", ""], ["L", "泊港县", "自治区"]]));
        var (changed, preview) = await PreviewAsync(world, second);

        Assert.Empty(preview.Errors);
        Assert.Equal(
            ["Unit.Name 曙泊市→新曙泊市", "Unit.ShortName 曙泊市→新曙泊市", "Unit.ParentId 曙泊市→自治区"],
            preview.Units.SelectMany(row => row.Changes).Select(change => $"{change.Field} {change.Old}→{change.New}").Select(text => text.Replace("新曙泊市→自治区", "曙泊市→自治区", StringComparison.Ordinal)));
        await RunAsync(world, changed, preview.Seal);
        var units = await world.InAsync((Db db) => db.Units().AsNoTracking().ToDictionaryAsync(u => u.Code, Ct));
        Assert.Equal(("690100", UnitKind.Prefecture, "R/P/", "R/L/"), (units["P"].DivisionCode, units["P"].Kind, units["P"].Path, units["L"].Path));
        Assert.Equal(2, await world.InAsync((Db db) => db.Aliases().CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_column_gives_signing_names_and_where_it_says_nothing_they_stay(string database)
    {
        await using var world = await World.CreateAsync(database);
        string[] head = ["编码", "机构名称", "类别", "落款名称"];
        Assert.Equal(2, (await ImportAsync(head, ["C1", "云岭县", "县（市、区）", "云岭县人民政府"], ["C2", "云泽县", "县（市、区）", ""])).Count(Fate.Added));
        Assert.Equal("云岭县人民政府|", await SigningAsync());

        // Neither a column that is missing nor an empty cell takes one away.
        Assert.Equal(2, (await ImportAsync(["编码", "机构名称", "简称"], ["C1", "云岭县", "云岭"], ["C2", "云泽县", "云泽"])).Count(Fate.Changed));
        var changed = await ImportAsync(head, ["C1", "云岭县", "", ""], ["C2", "云泽县", "", "云泽县整改办"]);
        Assert.Equal(["Unit.SigningName →云泽县整改办"], changed.Units.SelectMany(row => row.Changes).Select(change => $"{change.Field} {change.Old}→{change.New}"));
        Assert.Equal("云岭县人民政府|云泽县整改办", await SigningAsync());

        var (_, preview) = await PreviewAsync(world, Make(("机构", [head, ["C1", "云岭县", "", new('县', 101)]])));
        Assert.Equal(["D2 long-name"], preview.Errors.Select(error => $"{error.Cell} {error.Code}"));

        async Task<ImportPreview> ImportAsync(params string[][] rows)
        {
            var (document, seen) = await PreviewAsync(world, Make(("机构", rows)));
            Assert.Empty(seen.Errors);
            return await RunAsync(world, document, seen.Seal);
        }

        Task<string> SigningAsync() => world.InAsync(async (Db db) => string.Join('|', await db.Units().OrderBy(unit => unit.Code).Select(unit => unit.SigningName).ToListAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task What_changed_since_the_preview_must_be_looked_at_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (document, preview) = await PreviewAsync(world, Make(("机构", [UnitHead, ["A", "甲", "", "", "部门", "", ""]])));
        await world.InAsync((CreateUnit create) => create.RunAsync(new("A", "乙", UnitKind.Other), null, Everywhere, Ct));

        await UnitTests.RefusedAsync("organisation.moved-on", () => RunAsync(world, document, preview.Seal));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_organises_a_county_imports_only_there(string database)
    {
        await using var world = await World.CreateAsync(database);
        var region = await world.HaveUnitAsync("R");
        var (own, other) = (await world.HaveUnitAsync("C1", region), await world.HaveUnitAsync("C2", region));
        var account = await world.HaveAccountAsync(own, "county", Role.Administrator);
        var by = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));
        var file = Make(
            ("机构", [UnitHead, ["C1", "Unit C1", "", "R", "部门", "", ""], ["X", "X", "", "C1", "部门", "", ""], ["Y", "Y", "", "X", "部门", "", ""],
                ["C2", "Renamed", "", "", "", "", ""], ["Z", "Z", "", "C2", "部门", "", ""], ["T", "T", "", "", "部门", "", ""]]),
            ("人员", [PeopleHead, ["Y1", "甲", "Y", ""], ["Y2", "乙", "C2", ""]]));

        var (_, preview) = await PreviewAsync(world, file, by);

        Assert.Equal(
            ["人员!C3 reach", "机构!B5 reach", "机构!B6 reach", "机构!B7 reach", "机构!D7 top"],
            preview.Errors.Select(error => $"{error.Sheet}!{error.Cell} {error.Code}").Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Ten_thousand_rows_give_their_errors_cell_by_cell(string database)
    {
        await using var world = await World.CreateAsync(database);
        var rows = Enumerable.Range(0, 10_000).Select(i =>
            new[] { $"U{i}", $"单位{i}", "", i == 0 ? "" : i % 100 == 7 ? $"没有{i}" : $"单位{(i - 1) / 20}", "部门", $"别名{i}", "" });

        var (_, preview) = await PreviewAsync(world, Make(("机构", rows.Prepend(UnitHead))));

        Assert.Equal(
            Enumerable.Range(0, 10_000).Where(i => i % 100 == 7).Select(i => $"D{i + 2} no-parent"),
            preview.Errors.Select(error => $"{error.Cell} {error.Code}"));
        Assert.Equal(10_000, preview.Units.Count);
    }

    private static async Task<(string Document, ImportPreview Preview)> PreviewAsync(World world, byte[] file, Access? by = null) =>
        await PreviewAsync(world, await world.InAsync((ImportOrganisation import) => import.KeepAsync(new MemoryStream(file), by ?? Everywhere, Ct)), by);

    private static async Task<(string Document, ImportPreview Preview)> PreviewAsync(World world, string document, Access? by = null) =>
        (document, await world.InAsync((ImportOrganisation import) => import.PreviewAsync(document, "机构.xlsx", by ?? Everywhere, Ct)));

    private static Task<ImportPreview> RunAsync(World world, string document, string? seal) =>
        world.InAsync((ImportOrganisation import) => import.RunAsync(document, "机构.xlsx", seal, Everywhere, Ct));

    // All that an import could touch, as text.
    private static Task<(string Units, string People, int Entries)> StateAsync(World world) => world.InAsync(async (Db db) => (
        string.Join('\n', (await db.Units().AsNoTracking().OrderBy(u => u.Id).ToListAsync(Ct)).Select(u => $"{u.Id} {u.Code} {u.Name} {u.Path} {u.Version}")),
        string.Join('\n', (await db.People().AsNoTracking().OrderBy(p => p.Id).ToListAsync(Ct)).Select(p => $"{p.Id} {p.Code} {p.Name} {p.UnitId}")),
        await db.Journal.CountAsync(Ct)));

    private sealed class ByCode : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x?.Split(' ')[0] == y?.Split(' ')[0];

        public int GetHashCode(string text) => text.Split(' ')[0].GetHashCode(StringComparison.Ordinal);
    }
}
