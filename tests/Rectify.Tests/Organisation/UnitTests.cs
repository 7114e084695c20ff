using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Organisation;

public sealed class UnitTests
{
    private static readonly Access Everywhere = Access.OfSystem(Setup);

    /// <summary>A tree: the parent of each unit after the first is one before it. Then moves of one unit below another.</summary>
    private static readonly Gen<(int[] Parents, (int Unit, int Below)[] Moves)> Trees =
        Gen.Int[2, 14].SelectMany(size => Gen.Select(
            Gen.Int[0, 1_000].Array[size - 1].Select(picks => picks.Select((pick, i) => pick % (i + 1)).ToArray()),
            Gen.Select(Gen.Int[0, size - 1], Gen.Int[0, size - 1]).Array[1, 6]));

    [Theory, EveryDatabase]
    public async Task Whatever_moves_a_path_is_the_parents_path_and_the_own_code(string database)
    {
        await using var world = await World.CreateAsync(database);
        var tree = 0;
        await Trees.SampleAsync(async sample =>
        {
            var prefix = $"T{Interlocked.Increment(ref tree)}-";
            var ids = new List<Guid>();
            foreach (var parent in sample.Parents.Prepend(-1))
            {
                try
                {
                    ids.Add((await CreateAsync(world, $"{prefix}{ids.Count}", parent < 0 ? null : ids[parent])).Id);
                }
                catch (Refusal no) when (no.Code == "unit.too-deep")
                {
                    ids.Add((await CreateAsync(world, $"{prefix}{ids.Count}", ids[0])).Id);
                }
            }

            foreach (var (unit, below) in sample.Moves)
            {
                var (moved, target) = (await UnitAsync(world, ids[unit]), await UnitAsync(world, ids[below]));
                var inside = target.Path.StartsWith(moved.Path, StringComparison.Ordinal);
                try
                {
                    await world.InAsync((ChangeUnit change) => change.RunAsync(moved.Id, moved.Version, Details(moved), target.Id, Everywhere, Ct));
                    Assert.False(inside);
                }
                catch (Refusal no)
                {
                    Assert.Contains(no.Code, inside ? ["unit.own-parent", "unit.too-deep"] : new[] { "unit.too-deep" });
                }
            }

            var units = await world.InAsync((Db db) => db.Units().AsNoTracking().Where(u => u.Code.StartsWith(prefix)).ToDictionaryAsync(u => u.Id, Ct));
            Assert.All(units.Values, u => Assert.Equal($"{(u.ParentId is { } p ? units[p].Path : "")}{u.Code}/", u.Path));
            Assert.All(units.Values, u => Assert.InRange(u.Level, 1, Unit.DeepestLevel));
        }, iter: 12, threads: 1);
    }

    [Theory, EveryDatabase]
    public async Task A_move_is_one_act_and_the_history_of_each_unit_below_shows_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (top, a, b) = (await CreateAsync(world, "R", null), Guid.Empty, Guid.Empty);
        (a, b) = ((await CreateAsync(world, "A", top.Id)).Id, (await CreateAsync(world, "B", top.Id)).Id);
        var leaf = await CreateAsync(world, "L", a);
        var moved = await UnitAsync(world, a);
        var before = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        await world.InAsync((ChangeUnit change) => change.RunAsync(a, moved.Version, Details(moved), b, Everywhere, Ct));

        Assert.Equal("R/B/A/L/", (await UnitAsync(world, leaf.Id)).Path);
        Assert.Equal(before + 1, await world.InAsync((Db db) => db.Journal.CountAsync(Ct)));
        Assert.Contains("\"moved\":1", await LastBytesAsync(world), StringComparison.Ordinal);
        Assert.Equal(
            ("R/A/L/", "R/B/A/L/"),
            await world.InAsync(async (Db db) => (await db.OpeningsOfAsync(leaf.Id, null, Ct)).Single(o => o is { Field: "Path", Before: not null }) is var opening
                ? (opening.Before, opening.After) : default));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_saw_an_older_version_is_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await CreateAsync(world, "R", null);
        await world.InAsync((ChangeUnit change) => change.RunAsync(unit.Id, 0, Details(unit) with { Name = "New" }, null, Everywhere, Ct));

        await RefusedAsync("stale", () => world.InAsync((ChangeUnit change) => change.RunAsync(unit.Id, 0, Details(unit), null, Everywhere, Ct)));
        Assert.Equal("New", (await UnitAsync(world, unit.Id)).Name);
    }

    [Theory, EveryDatabase]
    public async Task A_spelling_stands_for_one_unit_and_the_refusal_says_for_which(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (a, b) = (await CreateAsync(world, "A", null), await CreateAsync(world, "B", null));
        await AddAsync(world, a.Id, "雁湖 局");

        foreach (var taken in new[] { "雁湖局", " 雁 湖局 ", "Unit A", "ｕｎｉｔ　ａ" })
        {
            var no = await RefusedAsync("alias.taken", () => AddAsync(world, b.Id, taken));
            Assert.Contains("Unit A", no.Message, StringComparison.Ordinal);
        }

        await RefusedAsync("unit.name-taken", () => CreateAsync(world, "C", null, "雁湖局"));
        var alias = await world.InAsync((Db db) => db.Aliases().Select(x => x.Id).SingleAsync(Ct));
        await RefusedAsync("alias.not-found", () => world.InAsync((RemoveAlias remove) => remove.RunAsync(b.Id, alias, Everywhere, Ct)));
        await world.InAsync((RemoveAlias remove) => remove.RunAsync(a.Id, alias, Everywhere, Ct));
        await AddAsync(world, b.Id, "雁湖局");
        Assert.Equal(b.Id, (await world.InAsync((Db db) => UnitNames.LoadAsync(db, Ct))).Find("雁湖局"));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_organises_a_county_touches_nothing_else(string database)
    {
        await using var world = await World.CreateAsync(database);
        var region = await world.HaveUnitAsync("R");
        var (own, other) = (await world.HaveUnitAsync("C1", region), await world.HaveUnitAsync("C2", region));
        var stranger = Person.Create("Y1", other.Id, "Somebody", "clerk");
        await world.HaveAsync(stranger);
        var account = await world.HaveAccountAsync(own, "county", Role.Administrator);
        var by = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));
        var before = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        await RefusedAsync("unit.not-found", () => world.InAsync((CreateUnit create) => create.RunAsync(new("X", "X", UnitKind.Other), other.Id, by, Ct)));
        await RefusedAsync("unit.top", () => world.InAsync((CreateUnit create) => create.RunAsync(new("X", "X", UnitKind.Other), null, by, Ct)));
        await RefusedAsync("unit.not-found", () => world.InAsync((ChangeUnit change) => change.RunAsync(other.Id, other.Version, Details(other), region.Id, by, Ct)));
        await RefusedAsync("unit.not-found", () => world.InAsync((ChangeUnit change) => change.RunAsync(own.Id, own.Version, Details(own), other.Id, by, Ct)));
        await RefusedAsync("unit.not-found", () => world.InAsync((AddAlias add) => add.RunAsync(other.Id, "x", by, Ct)));
        await RefusedAsync("person.not-found", () => world.InAsync((RemovePerson remove) => remove.RunAsync(stranger.Id, by, Ct)));
        await RefusedAsync("unit.not-found", () => world.InAsync((CreatePerson create) => create.RunAsync(new(null, other.Id, "Z"), by, Ct)));
        Assert.Equal(before, await world.InAsync((Db db) => db.Journal.CountAsync(Ct)));

        await world.InAsync((ChangeUnit change) => change.RunAsync(own.Id, own.Version, Details(own) with { Name = "Own" }, region.Id, by, Ct));
        await world.InAsync((CreateUnit create) => create.RunAsync(new("X", "X", UnitKind.Other), own.Id, by, Ct));
        Assert.Equal("R/C1/X/", await world.InAsync((Db db) => db.Units().Where(u => u.Code == "X").Select(u => u.Path).SingleAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_reader_organises_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("R");
        var account = await world.HaveAccountAsync(unit, "reader", Role.Reader);
        var by = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));

        await RefusedAsync("access.denied", () => world.InAsync((AddAlias add) => add.RunAsync(unit.Id, "x", by, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_unit_signs_by_its_signing_name_and_without_one_by_its_own(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await CreateAsync(world, "C1", null, "云岭县");
        Assert.Equal(("", "云岭县"), (unit.SigningName, unit.SignsAs));

        await SignAsync(0, " 云岭县人民政府 ");
        var now = await UnitAsync(world, unit.Id);
        Assert.Equal(("云岭县人民政府", "云岭县人民政府", "云岭县"), (now.SigningName, now.SignsAs, now.Name));
        await RefusedAsync("unit.signing-name", () => SignAsync(1, new('县', 101)));
        await RefusedAsync("unit.signing-name", () => world.InAsync((CreateUnit create) => create.RunAsync(new("C2", "云泽县", UnitKind.County, SigningName: new('县', 101)), null, Everywhere, Ct)));
        Assert.Equal(("云岭县人民政府", 1), ((await UnitAsync(world, unit.Id)).SigningName, (await UnitAsync(world, unit.Id)).Version));

        await SignAsync(1, new('县', 100));
        await SignAsync(2, " ");
        Assert.Equal("云岭县", (await UnitAsync(world, unit.Id)).SignsAs);
        var changes = (await world.InAsync((Db db) => db.OpeningsOfAsync(unit.Id, null, Ct))).Where(one => one is { Field: "SigningName", Before: not null });
        Assert.Equal([("", "云岭县人民政府"), ("云岭县人民政府", new('县', 100)), (new('县', 100), "")], changes.Select(one => (one.Before!, one.After!)).OrderBy(one => one.Item1.Length));

        Task SignAsync(int version, string name) => world.InAsync((ChangeUnit change) => change.RunAsync(unit.Id, version, Details(unit) with { SigningName = name }, null, Everywhere, Ct));
    }

    [Theory, EveryDatabase]
    public async Task Names_of_people_never_stand_in_the_journals_bytes(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("R");

        var person = await world.InAsync((CreatePerson create) => create.RunAsync(new("Y1", unit.Id, "郭怀远", "整改办主任"), Everywhere, Ct));
        await world.InAsync((ChangePerson change) => change.RunAsync(person.Id, 0, new("Y1", unit.Id, "沈立群", "副主任"), Everywhere, Ct));
        await RefusedAsync("person.code-taken", () => world.InAsync((CreatePerson create) => create.RunAsync(new("Y1", unit.Id, "罗振川"), Everywhere, Ct)));
        await world.InAsync((RemovePerson remove) => remove.RunAsync(person.Id, Everywhere, Ct));

        var bytes = await world.InAsync((Db db) => db.Journal.Where(row => row.Subject == person.Id).OrderBy(row => row.N).Select(row => new { row.Kind, row.Body }).ToListAsync(Ct));
        Assert.Equal(["person.created", "person.changed", "person.removed"], bytes.Select(row => row.Kind));
        Assert.All(bytes, row => Assert.DoesNotContain(["郭怀远", "沈立群", "主任"], word => Encoding.UTF8.GetString(row.Body).Contains(word, StringComparison.Ordinal)));
        Assert.All(bytes, row => Assert.Contains("\"sd\":[", Encoding.UTF8.GetString(row.Body), StringComparison.Ordinal));
    }

    internal static UnitDetails Details(Unit unit) =>
        new(unit.Code, unit.Name, unit.Kind, unit.ShortName, unit.DivisionCode, unit.Order, unit.Dissolved, unit.SigningName);

    internal static async Task<Refusal> RefusedAsync(string code, Func<Task> act)
    {
        var no = await Assert.ThrowsAsync<Refusal>(act);
        Assert.Equal(code, no.Code);
        return no;
    }

    private static Task<Unit> CreateAsync(World world, string code, Guid? parent, string? name = null) =>
        world.InAsync((CreateUnit create) => create.RunAsync(new(code, name ?? $"Unit {code}", UnitKind.Other), parent, Everywhere, Ct));

    private static Task<UnitAlias> AddAsync(World world, Guid unit, string text) =>
        world.InAsync((AddAlias add) => add.RunAsync(unit, text, Everywhere, Ct));

    private static Task<Unit> UnitAsync(World world, Guid id) => world.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(u => u.Id == id, Ct));

    private static Task<string> LastBytesAsync(World world) => world.InAsync(async (Db db) =>
        Encoding.UTF8.GetString(await db.Journal.OrderByDescending(row => row.Id).Select(row => row.Body).FirstAsync(Ct)));
}
