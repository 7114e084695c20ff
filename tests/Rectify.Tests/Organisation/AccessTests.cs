using CsCheck;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Organisation;

public sealed class AccessTests
{
    private static readonly Gen<string> Path =
        Gen.Int[0, 2].Array[1, 4].Select(steps => string.Concat(steps.Select(step => $"{"ABC"[step]}/")));

    private static readonly Gen<Access.Held> Held = Gen.Select(
        Gen.Enum<Role>(), Path, (role, path) => new Access.Held(role, Guid.CreateVersion7(), path, path.Length == 2));

    [Fact]
    public void Roots_reach_exactly_what_the_duties_reach() =>
        Gen.Select(Held.List[0, 6], Path, Gen.Enum<Right>()).Sample((duties, path, right) =>
        {
            var access = new Access(new Actor("x"), duties);
            var roots = access.ScopePaths(right);

            var byDuty = duties.Exists(duty => RoleRights.Has(duty.Role, right) && path.StartsWith(duty.Path, StringComparison.Ordinal));
            var byRoot = roots.Any(root => path.StartsWith(root, StringComparison.Ordinal));
            var noneBelowAnother = roots.All(root => roots.Count(other => root.StartsWith(other, StringComparison.Ordinal)) == 1);
            return byDuty == byRoot && byDuty == (access.Has(right) && roots.Any(root => path.StartsWith(root, StringComparison.Ordinal)))
                && noneBelowAnother && access.UnitIds(right).Length == roots.Count
                && access.Has(right) == (roots.Count > 0);
        });

    [Theory, EveryDatabase]
    public async Task A_duty_counts_from_its_first_to_its_last_day(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("R");
        var account = await world.HaveAccountAsync(unit, "liufang");
        var (first, last) = (new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 20));
        await world.InAsync((GiveDuty give) => give.RunAsync(account.Id, Role.Office, unit.Id, first, last, Setup, Ct));

        var days = new[] { first.AddDays(-1), first, last, last.AddDays(1) };
        var may = new List<bool>();
        foreach (var day in days)
        {
            may.Add((await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, day, Ct))).Has(Right.Plan));
        }

        Assert.Equal([false, true, true, false], may);
    }

    [Theory, EveryDatabase]
    public async Task A_duty_at_the_top_is_everywhere_and_one_below_is_not(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var below = await world.HaveUnitAsync("P1", top);
        var office = await world.HaveAccountAsync(top, "zhoumin", Role.Office);
        var local = await world.HaveAccountAsync(below, "liufang", Role.Responsible);
        var day = new DateOnly(2026, 3, 2);

        var (wide, narrow) = await world.InAsync(async (Db db) =>
            (await Reader.AccessOf(db, office.Actor, day, Ct), await Reader.AccessOf(db, local.Actor, day, Ct)));

        Assert.True(wide.IsEverywhere(Right.Read));
        Assert.False(narrow.IsEverywhere(Right.Read));
        Assert.Equal(["R/P1/"], narrow.ScopePaths(Right.Report));
        Assert.Equal([below.Id], narrow.UnitIds(Right.Report));
        Assert.Empty(narrow.ScopePaths(Right.Plan));
        Assert.True(narrow.Reaches(Right.Read, "R/P1/C1/"));
        Assert.False(narrow.Reaches(Right.Read, "R/P10/"));
    }

    [Theory, EveryDatabase]
    public async Task Strangers_may_nothing_and_the_system_everything(string database)
    {
        await using var world = await World.CreateAsync(database);
        var day = new DateOnly(2026, 3, 2);

        var (stranger, nobody, system) = await world.InAsync(async (Db db) => (
            await Reader.AccessOf(db, new Actor(Guid.CreateVersion7().ToString("N")), day, Ct),
            await Reader.AccessOf(db, new Actor("nobody"), day, Ct),
            await Reader.AccessOf(db, Setup, day, Ct)));

        Assert.All(Enum.GetValues<Right>(), right =>
        {
            Assert.False(stranger.Has(right) || nobody.Has(right));
            Assert.True(system.Has(right) && system.IsEverywhere(right) && system.Reaches(right, "R/"));
        });
    }
}
