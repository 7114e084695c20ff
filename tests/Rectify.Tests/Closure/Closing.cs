using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tests.Evidence;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>A programme that closes: a region with a department, a prefecture with a bureau, two counties, and somebody for every duty. Today is 3 March 2026, a Tuesday.</summary>
/// <remarks>
/// Task 1: county C1 leads, two measures, two goals. Task 2: C1 and C2 answer for it, and the plan names C2 once more among those that help. Task 3: C1 leads, the region's department accepts by the plan. Task 4: C1 leads, two points, no measure.
/// The dossier asks for one report once completion is declared.
/// </remarks>
internal sealed class Closing
{
    public const string Code = "r1";

    public required Programme Programme { get; init; }

    /// <summary>R, D, P, B, C1, C2, and T, a town of C1.</summary>
    public required IReadOnlyDictionary<string, Unit> Units { get; init; }

    public required IReadOnlyList<Item> Tasks { get; init; }

    public required IReadOnlyList<Item> Measures { get; init; }

    public required IReadOnlyList<Item> Points { get; init; }

    /// <summary>By account name, as in <see cref="Accounts"/>.</summary>
    public required IReadOnlyDictionary<string, Access> People { get; init; }

    private static readonly (string Name, string Unit, Role Role)[] Accounts =
    [
        ("office", "R", Role.Office), ("office2", "R", Role.Office), ("office3", "R", Role.Office), ("leader", "R", Role.Leader), ("reader", "R", Role.Reader), ("admin", "R", Role.Administrator),
        ("dept", "D", Role.Acceptor), ("poffice", "P", Role.Office), ("poffice2", "P", Role.Office), ("poffice3", "P", Role.Office), ("pleader", "P", Role.Leader), ("bureau", "P", Role.Acceptor),
        ("bureau2", "P", Role.Acceptor), ("desk", "B", Role.Acceptor), ("team", "P", Role.Supervisor), ("coffice", "C1", Role.Office), ("coffice2", "C1", Role.Office), ("cleader", "C1", Role.Leader),
        ("county", "C1", Role.Responsible), ("county2", "C1", Role.Responsible), ("other", "C2", Role.Responsible), ("own", "C1", Role.Acceptor),
        ("region", "R", Role.Acceptor), ("town", "T", Role.Responsible),
    ];

    /// <param name="on">Today, where that is not 3 March 2026.</param>
    /// <param name="more">Adds tasks to the programme: they get numbers from 5 on.</param>
    public static async Task<Closing> HaveAsync(
        World world, Procedure? procedure = null, DateOnly? on = null, Action<Programme, IReadOnlyDictionary<string, Unit>, ItemTree>? more = null)
    {
        Today(world, on ?? new(2026, 3, 3));
        var units = new Dictionary<string, Unit>();
        foreach (var (code, kind, above) in new[]
        {
            ("R", UnitKind.Region, ""), ("D", UnitKind.Department, "R"), ("P", UnitKind.Prefecture, "R"), ("B", UnitKind.Department, "P"), ("C1", UnitKind.County, "P"), ("C2", UnitKind.County, "P"), ("T", UnitKind.Other, "C1"),
        })
        {
            units[code] = Unit.Create(new(code, $"Unit {code}", kind), above.Length == 0 ? null : units[above]);
        }

        // Nobody signs in here: accounts without passwords, all at once, save a third of the time.
        var people = new Dictionary<string, Access>();
        var rows = new List<object>(units.Values);
        foreach (var (name, unit, role) in Accounts)
        {
            var at = units[unit];
            var person = Person.Create(null, at.Id, $"Person {name}", "clerk");
            var account = new Account { UserName = name, NormalizedUserName = name.ToUpperInvariant(), PersonId = person.Id, DisplayName = person.Name };
            rows.AddRange([person, account, new Duty { AccountId = account.Id, UnitId = at.Id, Role = role, From = world.Clock.Today }]);
            people[name] = new(account.Actor, [new(role, at.Id, at.Path, at.ParentId is null)]);
        }

        await world.HaveAsync([.. rows]);

        var programme = Programme.Create(Code, new("Round one", units["R"].Id));
        programme.Approve(new(2026, 1, 5));
        var tree = new ItemTree();
        Item Task(int no, string goal) => Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.")
        {
            Goal = goal,
            Deadline = new("2026-12-31", DeadlineKind.Fixed, null, new(2026, 12, 31), null),
        });
        Item Part(Item task, ItemKind kind, int no) => Item.Create(programme.Id, task, kind, no, new($"{no}.", no, $"{kind} {no} of {task.NumberText}."));
        List<Item> tasks = [Task(1, "Wells closed.\nGroundwater rises."), Task(2, "No plant left."), Task(3, ""), Task(4, "")];
        List<Item> measures = [Part(tasks[0], ItemKind.Measure, 1), Part(tasks[0], ItemKind.Measure, 2)];
        List<Item> points = [Part(tasks[3], ItemKind.Point, 1), Part(tasks[3], ItemKind.Point, 2)];
        tree.Items.AddRange([.. tasks, .. measures, .. points]);
        var order = 0;
        ItemUnit Unit_(Item item, string unit, DraftRole role) => new() { ItemId = item.Id, UnitId = units[unit].Id, Text = unit, Role = role, Order = order++ };
        tree.Units.AddRange(
        [
            Unit_(tasks[0], "C1", DraftRole.Lead), Unit_(tasks[1], "C1", DraftRole.Responsible), Unit_(tasks[1], "C2", DraftRole.Responsible), Unit_(tasks[1], "C2", DraftRole.Cooperate),
            Unit_(tasks[2], "C1", DraftRole.Lead), Unit_(tasks[2], "D", DraftRole.Accept), Unit_(tasks[3], "C1", DraftRole.Lead),
        ]);
        more?.Invoke(programme, units, tree);
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Code = Code, Level = InspectionLevel.Central }, Ct);
        });
        var closing = new Closing { Programme = programme, Units = units, Tasks = tasks, Measures = measures, Points = points, People = people };
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            Code, new(["01"], [new("report", "01", "整改报告", PieceKind.Document) { From = RequiredFrom.Completed, Words = "report" }]), "as agreed", 0, people["office"], Ct));
        if (procedure is not null)
        {
            await world.InAsync((SetProcedure set) => set.RunAsync(Code, procedure, "as agreed", 0, people["office"], Ct));
        }

        return closing;
    }

    public static Procedure Preset(string key) => ProcedurePresets.Find(key)!;

    /// <summary>A piece of evidence of the item, by the county that answers for it.</summary>
    public async Task<Guid> ProofAsync(World world, Guid item, string title = "The report", PieceKind kind = PieceKind.Document, string by = "county") =>
        await EvidenceTests.AddAsync(world, People[by], Encoding.UTF8.GetBytes($"{title} {Guid.NewGuid()}"), new(title, kind, world.Clock.Today.AddDays(-1)), item);

    public Task<ItemClosure> ClosureAsync(World world, Guid id) => world.InAsync((Db db) => db.ClosuresFor(ClosureReading.Room).AsNoTracking().SingleAsync(one => one.Id == id, Ct));

    public Task<ClosureCase> CaseAsync(World world, Guid id) => world.InAsync(async (Db db) => await new ClosureReading(db).ReadAsync(await ClosureAsync(world, id), Ct));

    public Task<Guid> BeginAsync(World world, Guid item, string by = "county", string? unit = null) =>
        world.InAsync((BeginClosure begin) => begin.RunAsync(item, unit is null ? null : Units[unit].Id, People[by], Ct));

    /// <summary>Writes a declaration that leaves nothing out, with one piece of evidence for everything.</summary>
    public async Task WriteAsync(World world, Guid id, string by = "county", ClosureOutcome outcome = ClosureOutcome.PutRight)
    {
        var one = await CaseAsync(world, id);
        var proof = await ProofAsync(world, one.Item.Id, by: by);
        var on = world.Clock.Today.AddDays(-1);
        var declaration = Declaration.Empty.For(one.Item, one.Measures);
        await world.InAsync((SaveDeclaration save) => save.RunAsync(
            id,
            declaration with
            {
                Outcome = outcome,
                CompletedOn = on,
                Report = "All of it was done.",
                Measures = [.. declaration.Measures.Select(part => part with { On = on, Result = "done", Evidence = [proof] })],
                Goals = [.. declaration.Goals.Select(part => part with { On = on, Result = "reached", Evidence = [proof] })],
                Evidence = [proof],
            },
            one.Closure.Version, People[by], Ct));
    }

    /// <summary>What anybody would state with the next step.</summary>
    public async Task<StepStatement> StatementAsync(World world, ClosureCase one, DateOnly? on = null)
    {
        var step = one.Next!;
        return new(on ?? world.Clock.Today, $"{step.Key}: agreed.")
        {
            Checks = [.. one.LinesOf(step).Select(line => new CheckedLine(line, CheckAnswer.Met))],
            Fields = [.. (one.FormOf(step)?.Fields ?? []).Select(field => new FilledField(field.Name, field.Needed ? $"{field.Name}: as it is" : ""))],
            Place = step.Kind is StepKind.SiteCheck ? "The river bank" : "",
            Time = step.Kind is StepKind.SiteCheck ? new(14, 30) : null,
            Present = step.Kind is StepKind.SiteCheck ? "Five people" : "",
            Evidence = step.Kind is StepKind.SiteCheck ? [await ProofAsync(world, one.Item.Id, "Photo", PieceKind.Photo, one.Closure.UnitId == Units["C2"].Id ? "other" : "county")] : [],
        };
    }

    /// <summary>Somebody who may take the next step.</summary>
    public async Task<string> TakerAsync(World world, ClosureCase one) => await world.InAsync(async (Db db) =>
    {
        var duties = await StepDuties.OfAsync(db, one, Ct);
        return People.First(person => duties.NameFor(one.Next!, person.Value) is { } unit && !duties.JudgesItself(one.Next!, unit) && duties.Excluded(one.Next!, person.Value) is null).Key;
    });

    public async Task TakeAsync(World world, Guid id, string? by = null, Func<StepStatement, StepStatement>? change = null)
    {
        var one = await CaseAsync(world, id);
        var stated = await StatementAsync(world, one);
        await world.InAsync((TakeStep take) => take.RunAsync(id, one.Closure.Version, change?.Invoke(stated) ?? stated, by is null ? PersonOf(one, world).Result : People[by], Ct));
    }

    private async Task<Access> PersonOf(ClosureCase one, World world) => People[await TakerAsync(world, one)];

    public async Task<Guid> OpenNoticeAsync(World world, Guid id, string? by = null)
    {
        var one = await CaseAsync(world, id);
        return await OpenAsync(world, [(id, one.Closure.Version)], "The government's site", People[by ?? await TakerAsync(world, one)]);
    }

    /// <summary>Opens a notice as the room Notices does once it has checked one; only that room is let through.</summary>
    public static Task<Guid> OpenAsync(World world, IReadOnlyList<(Guid Id, int Version)> which, string channel, Access by) => world.InAsync(async (IServiceProvider services) =>
    {
        services.GetRequiredService<Rectify.Notices.NoticePass>().Closures.UnionWith(which.Select(one => one.Id));
        return await services.GetRequiredService<OpenNotice>().RunAsync(which, channel, new(world.Clock.Today), by, Ct);
    });

    /// <summary>Goes on step by step, a day each and a notice in full, until a step of the key is next, or to the end.</summary>
    public async Task GoAsync(World world, Guid id, string? until = null, string? declares = null)
    {
        for (var one = await CaseAsync(world, id); one.Next is { } step && step.Key != until; one = await CaseAsync(world, id))
        {
            if (step.Kind is StepKind.Declare && one.Declaration.CompletedOn is null)
            {
                await WriteAsync(world, id, declares ?? (one.Closure.UnitId == Units["C2"].Id ? "other" : "county"));
            }

            if (step.Kind is StepKind.Notice)
            {
                var notice = await OpenNoticeAsync(world, id);
                var last = await world.InAsync((Db db) => db.ClosureNotices().Where(known => known.Id == notice).Select(known => known.To).SingleAsync(Ct));
                Today(world, last);
            }

            Today(world, world.Clock.Today.AddDays(1));
            await TakeAsync(world, id, step.Duty is Role.Responsible ? declares : null);
        }
    }

    /// <summary>Begins and goes on to a step, or to the end.</summary>
    public async Task<Guid> HaveAtAsync(World world, Guid item, string? until = null, string by = "county", string? unit = null)
    {
        var id = await BeginAsync(world, item, by, unit);
        await GoAsync(world, id, until, by);
        return id;
    }

    /// <summary>Gives a unit the name under which it signs.</summary>
    public async Task SignAsAsync(World world, string code, string name)
    {
        var unit = await world.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(one => one.Code == code, Ct));
        await world.InAsync((ChangeUnit change) => change.RunAsync(unit.Id, unit.Version, UnitTests.Details(unit) with { SigningName = name }, unit.ParentId, Access.OfSystem(Setup), Ct));
    }

    public static void Today(World world, DateOnly day) => world.Clock.SetUtcNow(new(day.ToDateTime(new(2, 0)), TimeSpan.Zero));

    public Task<ItemView> ViewAsync(World world, Guid item, DateOnly? on = null) => world.InAsync(async (Db db) => (await ItemView.ReadAsync(db, People["office"], item, on ?? world.Clock.Today, Ct))!);
}
