using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>A programme that reports: two counties below a prefecture, a department of the region, and the office. Today is 26 March 2026.</summary>
/// <remarks>
/// Task 1: county C1 leads, one measure counts 9 plants, another is training crews, a node is due on 31 March. Task 2: county C2 leads, C1 cooperates, progress in
/// percent. Task 3: prefecture P1 leads, a quantity of its own that has to fall from 100 to 0. Task 4: department D1 leads.
/// </remarks>
internal sealed class Reporting
{
    public required Programme Programme { get; init; }

    /// <summary>R, P1, C1, C2, D1.</summary>
    public required IReadOnlyDictionary<string, Unit> Units { get; init; }

    public required IReadOnlyList<Item> Tasks { get; init; }

    public required Item Plants { get; init; }

    /// <summary>A measure without a figure.</summary>
    public required Item Crews { get; init; }

    /// <summary>office, office2, p1, c1, c1b, c2, d1: one who reports for each unit, two for C1 and the office.</summary>
    public required IReadOnlyDictionary<string, Access> People { get; init; }

    public Access Office => People["office"];

    public static async Task<Reporting> HaveAsync(World world, DateOnly? approved = null, bool unapproved = false)
    {
        world.Clock.SetUtcNow(new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero));
        var units = new Dictionary<string, Unit> { ["R"] = await world.HaveUnitAsync("R") };
        units["P1"] = await world.HaveUnitAsync("P1", units["R"]);
        units["C1"] = await world.HaveUnitAsync("C1", units["P1"]);
        units["C2"] = await world.HaveUnitAsync("C2", units["P1"]);
        units["D1"] = await world.HaveUnitAsync("D1", units["R"]);
        var people = new Dictionary<string, Access>();
        foreach (var (name, unit, role) in new[]
        {
            ("office", "R", Role.Office), ("office2", "R", Role.Office), ("p1", "P1", Role.Responsible), ("c1", "C1", Role.Responsible),
            ("c1b", "C1", Role.Responsible), ("c2", "C2", Role.Responsible), ("d1", "D1", Role.Responsible),
        })
        {
            var account = await world.HaveAccountAsync(units[unit], name.PadRight(3, 'x'), role);
            people[name] = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, DateOnly.FromDateTime(world.Clock.GetLocalNow().DateTime), Ct));
        }

        var programme = Programme.Create("r1", new("Round one", units["R"].Id));
        if (!unapproved)
        {
            programme.Approve(approved ?? new(2026, 1, 5));
        }

        var tree = new ItemTree();
        Item Task(int no, string due) => Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.")
        {
            Deadline = new(due, DeadlineKind.Fixed, null, DateOnly.ParseExact(due, "yyyy-MM-dd", null), null),
        });
        List<Item> tasks = [Task(1, "2026-12-31"), Task(2, "2027-12-31"), Task(3, "2027-12-31"), Task(4, "2027-12-31")];
        tasks[2].Measure("boilers", "台", 0, 100, 0);
        var plants = Item.Create(programme.Id, tasks[0], ItemKind.Measure, 1, new("1.", 1, "Build 9 plants."));
        plants.Measure("plants", "座", 1, 0, 90);
        var crews = Item.Create(programme.Id, tasks[0], ItemKind.Measure, 2, new("2.", 2, "Train the crews."));
        tree.Items.AddRange([.. tasks, plants, crews]);
        ItemUnit Part(Item item, string unit, DraftRole role) => new() { ItemId = item.Id, UnitId = units[unit].Id, Text = unit, Role = role, Order = (int)role };
        tree.Units.AddRange(
        [
            Part(tasks[0], "C1", DraftRole.Lead), Part(tasks[1], "C2", DraftRole.Lead), Part(tasks[1], "C1", DraftRole.Cooperate),
            Part(tasks[2], "P1", DraftRole.Lead), Part(tasks[3], "D1", DraftRole.Lead), Part(tasks[3], "R", DraftRole.Supervise),
        ]);
        tree.Milestones.Add(new() { ItemId = tasks[0].Id, No = 1, Text = "three plants run", Due = new(2026, 3, 31) });
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            db.AddRange(tree.Milestones);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Code = "r1", Level = InspectionLevel.Central }, Ct);
        });
        return new() { Programme = programme, Units = units, Tasks = tasks, Plants = plants, Crews = crews, People = people };
    }

    /// <summary>Opens the round of a month, week or quarter by hand and makes its returns.</summary>
    public async Task<Guid> OpenAsync(World world, DateOnly within, CycleKind kind = CycleKind.Monthly)
    {
        var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", kind, within, null, null, Office, Ct));
        await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
        return round;
    }

    public Task<UnitReturn> ReturnAsync(World world, Guid round, string unit) => world.InAsync((Db db) =>
        db.ReturnsFor(Rectify.Dispatch.Office.Room).AsNoTracking().SingleAsync(one => one.RoundId == round && one.UnitId == Units[unit].Id, Ct));

    public Task<List<ReturnLine>> LinesAsync(World world, Guid whole) => world.InAsync((Db db) =>
        db.ReturnLines().AsNoTracking().Where(line => line.ReturnId == whole).OrderBy(line => line.No).ToListAsync(Ct));

    /// <summary>Fills every line of a unit's return, going on from what was brought over.</summary>
    /// <param name="figure">The cumulative figure, at the scale, or the percentage; <see langword="null"/> for what was brought over.</param>
    public async Task FillAsync(World world, Guid round, string unit, long? figure = null, Func<StatedLine, StatedLine>? change = null, string? by = null)
    {
        var whole = await ReturnAsync(world, round, unit);
        foreach (var line in await LinesAsync(world, whole.Id))
        {
            var stated = line.Stated with { Work = "worked", Problems = "none", NextSteps = "go on" };
            stated = stated with
            {
                Figures = [.. stated.Figures.Select(one => one with { Value = figure ?? one.Value })],
                Percent = stated.Percent is null && !(unit == "C2" || unit == "D1") ? null : (int?)figure ?? stated.Percent ?? 0,
            };
            await world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, change?.Invoke(stated) ?? stated, People[by ?? unit.ToLowerInvariant()], Ct));
        }
    }

    public async Task SubmitAsync(World world, Guid round, string unit, string? by = null)
    {
        var whole = await ReturnAsync(world, round, unit);
        await world.InAsync((SubmitReturn submit) => submit.RunAsync(whole.Id, whole.Version, People[by ?? unit.ToLowerInvariant()], Ct));
    }

    public async Task DecideAsync(World world, Guid round, string unit, ReturnAct act, string by, string note = "")
    {
        var whole = await ReturnAsync(world, round, unit);
        await world.InAsync((DecideReturn decide) => decide.RunAsync(whole.Id, act, whole.Version, note, People[by], Ct));
    }

    /// <summary>The whole way of a county's return.</summary>
    public async Task ReportAsync(World world, Guid round, string county, long? figure = null, Func<StatedLine, StatedLine>? change = null)
    {
        await FillAsync(world, round, county, figure, change);
        await SubmitAsync(world, round, county);
        await DecideAsync(world, round, county, ReturnAct.PassUp, "p1");
        await DecideAsync(world, round, county, ReturnAct.Accept, "office");
    }

    public Task CloseAsync(World world, Guid round) => world.InAsync((CloseRound close) => close.RunAsync(round, Office, Ct));

    public void Today(World world, DateOnly day) => world.Clock.AdjustTime(new(day.ToDateTime(new(2, 0)), TimeSpan.Zero));
}
