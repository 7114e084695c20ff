using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;
using DraftNotice = Rectify.Notices.DraftNotice;

namespace Rectify.Tests.Notices;

/// <summary>Closings that governments published, done again step by step by the units that did them: their ways, their days, and what is wrong with them.</summary>
public sealed class ReenactedTests
{
    // From the first step to the last before a notice, a day each.
    private const int StepDays = 12;

    private static readonly Role[] Duties = [Role.Responsible, Role.Acceptor, Role.Supervisor, Role.Office, Role.Office, Role.Leader];

    private sealed record Node(RealItem Told, Item Item, string Result, string Unit);

    [Theory, EveryDatabase]
    public async Task Closings_as_published_come_through_with_their_units_steps_and_days_and_their_flaws_are_found(string database)
    {
        Assert.True(RealClosing.All.Count >= 12);
        Assert.All(RealClosing.All.Zip(RealClosing.All.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.From, pair.Second.Name));
        await using var world = await World.CreateAsync(database, new(RealClosing.All[0].From.AddDays(-2 * StepDays).ToDateTime(new(1, 0)), TimeSpan.Zero));
        var (units, people) = await PeopleAsync(world);
        foreach (var (region, closings) in RealClosing.All.GroupBy(real => real.Items[0].Unit.Split('/')[0]).Select((group, i) => (group.Key, group.ToList())))
        {
            await ProgrammeAsync(world, units, people, region, closings);
        }

        var wrongs = new List<string>();
        foreach (var (version, real) in RealClosing.All.GroupBy(CodeOf).SelectMany(group => group.Index()).OrderBy(one => one.Item.From).Select(one => (one.Index, one.Item)))
        {
            try
            {
                await EnactAsync(world, new() { Programme = null!, Units = units, Tasks = [], Measures = [], Points = [], People = people }, real, version);
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                wrongs.Add($"{real.Name}: {wrong.Message}");
            }
        }

        Assert.True(wrongs.Count == 0, string.Join("\n\n", wrongs));
    }

    private static string CodeOf(RealClosing real) => $"real-{RealClosing.All.Select(one => one.Items[0].Unit.Split('/')[0]).Distinct().ToList().IndexOf(real.Items[0].Unit.Split('/')[0])}";

    // Every unit that a notice names, by the letter of its kind and its name, and somebody in it for every duty: those of the lowest first.
    private static async Task<(Dictionary<string, Unit> Units, Dictionary<string, Access> People)> PeopleAsync(World world)
    {
        var units = new Dictionary<string, Unit>();
        foreach (var path in RealClosing.All.SelectMany(real => real.Items.SelectMany(item => item.PointUnits.Append(item.Unit)).Concat(Above(real))))
        {
            Unit? above = null;
            foreach (var name in path.Split('/'))
            {
                above = units.TryGetValue(name, out var known) ? known : units[name] = Unit.Create(
                    new($"U{units.Count:000}", name[1..], name[0] switch { 'R' => UnitKind.Region, 'P' => UnitKind.Prefecture, 'C' => UnitKind.County, _ => UnitKind.Department }), above);
            }
        }

        var people = new Dictionary<string, Access>();
        var rows = new List<object>(units.Values);
        foreach (var (name, unit) in units.OrderByDescending(one => one.Value.Path.Length).ThenBy(one => one.Value.Code))
        {
            foreach (var (i, role) in Duties.Index())
            {
                var person = Person.Create(null, unit.Id, $"Person {unit.Code} {i}", "");
                var account = new Account { UserName = $"{unit.Code}-{i}", NormalizedUserName = $"{unit.Code}-{i}", PersonId = person.Id, DisplayName = person.Name };
                rows.AddRange([person, account, new Duty { AccountId = account.Id, UnitId = unit.Id, Role = role, From = world.Clock.Today }]);
                people[$"{name} {role} {i}"] = new(account.Actor, [new(role, unit.Id, unit.Path, unit.ParentId is null)]);
            }
        }

        await world.HaveAsync([.. rows]);
        return (units, people);
    }

    // A bureau that accepts stands beside the unit that answers, at the bureau's own city.
    private static IEnumerable<string> Above(RealClosing real) =>
        from step in real.Steps
        where step.Duty is Role.Acceptor && step.Unit[0] == 'D'
        select $"{string.Join('/', real.Items[0].Unit.Split('/')[..2])}/{step.Unit}";

    private static async Task ProgrammeAsync(World world, Dictionary<string, Unit> units, Dictionary<string, Access> people, string region, List<RealClosing> closings)
    {
        var (code, office) = (CodeOf(closings[0]), people[$"{region} Office 3"]);
        var programme = Programme.Create(code, new($"Round of {region[1..]}", units[region].Id));
        programme.Approve(world.Clock.Today);
        var tree = new ItemTree();
        foreach (var (real, told) in closings.SelectMany(real => real.Items, (real, told) => (real, told)))
        {
            var no = tree.Items.Count(item => item.Kind is ItemKind.Task) + 1;
            var task = Item.Create(programme.Id, null, ItemKind.Task, no, new(told.Number, no, told.Problem) { Goal = told.Goals, Deadline = real.Deadline });
            List<Item> points = [.. told.Points.Select((one, i) => Item.Create(programme.Id, task, ItemKind.Point, i + 1, new($"{i + 1}.", i + 1, one.Place)))];
            tree.Items.AddRange([task, .. told.Measures.Select((one, i) => Item.Create(programme.Id, task, ItemKind.Measure, i + 1, new($"{i + 1}.", i + 1, one.Planned))), .. points]);
            void Have(Item item, string unit, DraftRole role) => tree.Units.Add(new() { ItemId = item.Id, UnitId = units[unit].Id, Text = unit[1..], Role = role, Order = tree.Units.Count });
            Have(task, told.Unit.Split('/')[^1], DraftRole.Responsible);
            foreach (var acceptor in real.Steps.Where(step => step.Duty is Role.Acceptor && step.Unit[0] == 'D').Select(step => step.Unit).Distinct())
            {
                Have(task, acceptor, DraftRole.Accept);
            }

            foreach (var (point, unit) in points.Zip(told.PointUnits))
            {
                Have(point, unit.Split('/')[^1], DraftRole.Responsible);
            }
        }

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Code = code, Level = InspectionLevel.Central }, Ct);
        });
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            code, new(["01"], [new("report", "01", "整改报告", PieceKind.Document) { From = RequiredFrom.Completed, Words = "report" }]), "as agreed", 0, office, Ct));
        await world.InAsync((SetDesk set) => set.RunAsync(code, new("公示", "The office", "0991-555 0101", "", "1 People's Road", "The site", true), 0, office, Ct));
    }

    private static StepLevel LevelOf(RealClosing real, string unit) => unit == real.Items[0].Unit.Split('/')[^1] ? StepLevel.Unit : unit[0] switch
    {
        'R' => StepLevel.Region,
        'P' => StepLevel.Prefecture,
        'C' => StepLevel.County,
        _ => StepLevel.Above,
    };

    private static async Task EnactAsync(World world, Closing closing, RealClosing real, int version)
    {
        var (region, code) = (real.Items[0].Unit.Split('/')[0], CodeOf(real));
        var procedure = new Procedure(
            real.Name,
            [
                .. real.Steps.Select(step => new ProcedureStep(step.Kind.ToString().ToLowerInvariant(), step.Kind, step.Duty, LevelOf(real, step.Unit)) { Stands = step.Kind is StepKind.Notice ? real.Stands : null }),
            ])
        { Node = real.Node, PerUnit = real.PerUnit, SharedNotice = real.Items.Length > 1 || real.Node is ClosingNode.Point };
        await world.InAsync((SetProcedure set) => set.RunAsync(code, procedure, real.Name, version, closing.People[$"{region} Office 3"], Ct));

        // What is closed by itself: the task, each of its measures, or each of its points.
        var nodes = await NodesAsync(world, code, real);
        Today(real.From.AddDays(-StepDays));
        var closures = new List<Guid>();
        foreach (var (told, item, result, unit) in nodes)
        {
            var by = $"{unit} Responsible 0";
            var id = await closing.BeginAsync(world, item.Id, by, real.PerUnit ? unit : null);
            await DeclareAsync(world, closing, id, real, told, result, by);
            await GoAsync(id, by);
            closures.Add(id);
        }

        Assert.True(world.Clock.Today <= real.From, "Its steps took longer than there is time.");
        Today(real.From);
        Assert.All(await StatusesAsync(), status => Assert.Equal(real.Steps.TakeWhile(step => step.Kind is not StepKind.Notice).Any(step => step.Kind is StepKind.Close), status is ItemStatus.Closed));
        var taker = closing.People[await closing.TakerAsync(world, await closing.CaseAsync(world, closures[0]))];
        var notice = await world.InAsync((DraftNotice draft) => draft.RunAsync(closures, taker, Ct));
        if (real.Words.Length > 0)
        {
            var draft = await ViewAsync();
            await world.InAsync((ChangeNotice change) => change.RunAsync(
                notice, draft.Notice.Title, [.. draft.Parts.Select((part, i) => new PartText(part.Done, part.Result, i == 0 ? real.Words : part.Next))], null, draft.Notice.Version, taker, Ct));
        }

        var doubts = (await ViewAsync()).Doubts;
        Assert.Equal(real.Flaws.Order(), doubts.Select(doubt => doubt.Found.Rule).Distinct().Order());
        if (doubts.Count > 0)
        {
            Assert.Equal("notice.contradictions", (await Assert.ThrowsAsync<Refusal>(PublishAsync)).Code);
        }

        foreach (var doubt in doubts)
        {
            var now = await NoticeAsync();
            await world.InAsync((OverruleContradiction overrule) => overrule.RunAsync(notice, doubt.Part.ClosureId, doubt.Tag, "It was published like this.", now.Version, taker, Ct));
        }

        await PublishAsync();
        var published = await NoticeAsync();
        Assert.Equal(real.DaysDiffer, published.To != real.Last);
        var issued = real.Steps.Single(step => step.Kind is StepKind.Notice);
        Assert.Equal((issued.Unit, closing.Units[issued.Unit].Id), (issued.Unit, published.UnitId));
        Today(published.To!.Value);
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Today(published.To.Value.AddDays(1));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        foreach (var (id, node) in closures.Zip(nodes))
        {
            await GoAsync(id, $"{node.Unit} Responsible 0");
            var one = await closing.CaseAsync(world, id);
            Assert.Equal(ClosureState.Finished, one.Closure.State);

            // Each step once, in the notice's order, in the name of the unit that took it; of many units that answer each for itself.
            Assert.Equal(
                real.Steps.Select(step => (step.Kind, step.Duty is Role.Responsible && step.Kind is not StepKind.Notice ? node.Unit : step.Unit)),
                one.Acts.Select(act => (act.StepKind, closing.Units.Single(unit => unit.Value.Id == act.UnitId).Key)).Distinct()); // a notice begins and ends
            if (real.Accepted is { } accepted)
            {
                Assert.Equal(accepted, one.Acts.Single(act => act.StepKind is StepKind.Acceptance).On);
            }
        }

        Assert.Equal(
            nodes.Select(node => node.Told.NotInvolved ? ItemStatus.NotInvolved : node.Item.Standing ? ItemStatus.Standing : ItemStatus.Closed), await StatusesAsync());

        void Today(DateOnly day) => Closing.Today(world, day > world.Clock.Today ? day : world.Clock.Today);

        // To the notice or to the end, a day each while there are days.
        async Task GoAsync(Guid id, string by)
        {
            for (var one = await closing.CaseAsync(world, id); one.Next is { Kind: not StepKind.Notice } step; one = await closing.CaseAsync(world, id))
            {
                if (real.Accepted is { } accepted && step.Kind is StepKind.Acceptance)
                {
                    Today(accepted);
                }
                else if (world.Clock.Today < (real.Accepted ?? real.From.AddDays(-1)) || world.Clock.Today > real.From)
                {
                    Today(world.Clock.Today.AddDays(1));
                }

                await closing.TakeAsync(world, id, step.Duty is Role.Responsible ? by : null);
            }
        }

        Task<NoticeView> ViewAsync() => world.InAsync((IServiceProvider services) => NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, taker, notice, Ct));

        async Task PublishAsync()
        {
            var now = await NoticeAsync();
            await world.InAsync((PublishNotice publish) => publish.RunAsync(notice, world.Clock.Today, "The site", now.Version, taker, Ct));
        }

        Task<PublicNotice> NoticeAsync() => world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == notice, Ct));

        async Task<List<ItemStatus>> StatusesAsync()
        {
            var all = new List<ItemStatus>();
            foreach (var node in nodes)
            {
                all.Add((await world.InAsync((Db db) => ItemView.ReadAsync(db, closing.People[$"{region} Office 3"], node.Item.Id, world.Clock.Today, Ct)))!.Status);
            }

            return all;
        }
    }

    private static async Task<List<Node>> NodesAsync(World world, string code, RealClosing real) => await world.InAsync(async (Db db) =>
    {
        var items = await (from programme in db.ProgrammesFor(NoticeWork.Room, Right.Read).AsNoTracking()
                           where programme.Code == code
                           join item in db.ItemsFor(NoticeWork.Room, Right.Read).AsNoTracking() on programme.Id equals item.ProgrammeId
                           orderby item.SortKey
                           select item).ToListAsync(Ct);
        var nodes = new List<Node>();
        foreach (var told in real.Items)
        {
            var (task, unit) = (items.Single(item => item.NumberText == told.Number && item.Text == told.Problem && item.Goal == told.Goals && Tells(item, told)), told.Unit.Split('/')[^1]);
            nodes.AddRange(real.Node switch
            {
                ClosingNode.Task => [new(told, task, told.Result, unit)],
                ClosingNode.Measure => items.Where(item => item.ParentId == task.Id).Select(part => new Node(told, part, told.Result, unit)),
                _ => items.Where(item => item.ParentId == task.Id).Select((part, i) => new Node(told, part, told.Points[i].Answer, i < told.PointUnits.Length ? told.PointUnits[i].Split('/')[^1] : unit)),
            });
        }

        return nodes;

        bool Tells(Item task, RealItem told)
        {
            var named = told.Unit.Split('/')[^1][1..];
            return items.Count(item => item.ParentId == task.Id) == told.Measures.Length + told.Points.Length
            && db.ItemUnits().Any(part => part.ItemId == task.Id && part.Text == named);
        }
    });

    private static async Task DeclareAsync(World world, Closing closing, Guid id, RealClosing real, RealItem told, string result, string by)
    {
        var one = await closing.CaseAsync(world, id);
        var proof = await closing.ProofAsync(world, one.Item.Id, by: by);
        var on = real.Completed ?? world.Clock.Today.AddDays(-1);
        var declaration = Declaration.Empty.For(one.Item, one.Measures);
        await world.InAsync((SaveDeclaration save) => save.RunAsync(
            id,
            declaration with
            {
                Outcome = told.NotInvolved ? ClosureOutcome.NotInvolved : ClosureOutcome.PutRight,
                CompletedOn = on,
                Report = result,
                Measures = [.. declaration.Measures.Select((part, i) => part with { On = on, Result = told.Measures[i].Answer, Evidence = [proof] })],
                Goals = [.. declaration.Goals.Select((part, i) => part with { On = on, Result = told.Reached.ElementAtOrDefault(i) ?? "目标已实现。", Evidence = [proof] })],
                Evidence = [proof],
            },
            one.Closure.Version, closing.People[by], Ct));
    }
}
