using Microsoft.EntityFrameworkCore;
using Rectify.Deadlines;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.CommandLine;

/// <summary>Who acts in the sample: the office, and by unit whoever reports and accepts.</summary>
internal sealed record SampleCast(Access Office, IReadOnlyDictionary<(string Unit, Role Role), Access> ByUnit)
{
    /// <summary>Whoever acts for a unit of the task; the office where the unit has nobody.</summary>
    public Access For(SampleTask task, string role, Role account) =>
        task.Units.Where(unit => unit.Role == role).Select(unit => ByUnit.GetValueOrDefault((unit.Unit, account))).FirstOrDefault(who => who is not null) ?? Office;
}

/// <summary>
/// What people record of one sample task besides its returns and its closing: that work began, measures done, that it was taken up again.
/// Figures and nodes are stated in returns; here only where no return asks for them.
/// </summary>
internal sealed class SampleTaskPlay
{
    private readonly SampleFiles files;
    private readonly SampleCast cast;
    private readonly Access reports;
    private readonly List<(Access By, StatedFact Fact)> script = [];

    /// <param name="item">The task, with its measures and nodes in the plan's order.</param>
    public SampleTaskPlay(SampleFiles files, SampleCast cast, SampleTask task, SampleTaskHistory told, Item item, IReadOnlyList<Item> measures, IReadOnlyList<ItemMilestone> nodes)
    {
        (this.files, this.cast, Task, Told, Item, Measures, Nodes) = (files, cast, task, told, item, measures, nodes);
        reports = cast.For(task, "lead", Role.Responsible);
        Write();
    }

    public SampleTask Task { get; }

    public SampleTaskHistory Told { get; }

    public Item Item { get; }

    public IReadOnlyList<Item> Measures { get; }

    public IReadOnlyList<ItemMilestone> Nodes { get; }

    /// <summary>Acts on one task are played one after another.</summary>
    public string Chain => $"task{Task.Number}";

    /// <summary>Gives the measures their quantities, where they have none yet.</summary>
    public IEnumerable<SampleAct> Quantities(DateTime at) =>
        from pair in Task.Measures.Zip(Measures)
        where pair.First.Quantity is not null && pair.Second.QuantityTarget is null
        let quantity = pair.First.Quantity
        select new SampleAct(at, Chain, async (scope, ct) =>
        {
            var version = await scope.Db.ItemsFor(cast.Office, Right.Plan).Where(item => item.Id == pair.Second.Id).Select(item => item.Version).SingleAsync(ct);
            await scope.SetQuantity.RunAsync(
                pair.Second.Id, version, quantity.Name, quantity.Unit, ScaleOf(pair.First), Whole(pair.First, quantity.Baseline), Whole(pair.First, quantity.Target), cast.Office, ct);
        });

    /// <summary>What happened after one day and until another, each person's share in one act on the last of its days.</summary>
    /// <param name="known">What is recorded already.</param>
    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until, SampleKnown known)
    {
        var due = script.Where(step => step.Fact.On > after && step.Fact.On <= until && !known.Has(Item.Id, step.Fact)).OrderBy(step => step.Fact.On).ToList();
        for (var i = 0; i < due.Count;)
        {
            var by = due[i].By;
            var act = due.Skip(i).TakeWhile(step => step.By == by).Select(step => step.Fact).ToList();
            i += act.Count;
            yield return Recording(act, by);
        }

        foreach (var act in Deadlines().Where(act => DateOnly.FromDateTime(act.At) > after && DateOnly.FromDateTime(act.At) <= until))
        {
            yield return act;
        }
    }

    /// <summary>What no return asked for in a round: figures and nodes of tasks that were declared complete before it opened.</summary>
    public SampleAct? Unasked(SampleRound round, SampleKnown known)
    {
        var (now, before) = Told.ProgressIn(round.Id);
        var facts = Told.Milestones.Where(node => node.ReachedOn <= round.AsOf)
            .Select(node => new StatedFact(FactKind.MilestoneReached, node.ReachedOn!.Value, No: Nodes.First(one => one.Due == node.Due).No))
            .Concat(
                from measure in Task.Measures
                where measure.Quantity is not null && now is not null
                let stated = now!.Quantities[$"{measure.No}"]
                where before is null || before.Quantities[$"{measure.No}"] != stated
                select new StatedFact(FactKind.Measured, round.AsOf, Value: Whole(measure, stated), Part: Measures[measure.No - 1].Id))
            .Where(fact => !known.Has(Item.Id, fact)).ToList();
        return facts.Count == 0 ? null : Recording(facts, reports) with { At = At(round.AsOf, 17) };
    }

    /// <summary>A county's part of the task.</summary>
    public IEnumerable<SampleAct> Parts(DateOnly after, DateOnly until) =>
        from part in files.Dispatch.Parts
        where part.Task == Task.Number && part.AddedOn > after && part.AddedOn <= until
        select new SampleAct(At(part.AddedOn, 10), Chain, (scope, ct) => PartAsync(
            scope, part.Unit, part.Text, new(part.Deadline, DeadlineKind.Fixed, null, part.Due, null), ct));

    /// <summary>A measure's figure as the product keeps it.</summary>
    public long Whole(SampleMeasure measure, decimal figure)
    {
        for (var i = ScaleOf(measure); i > 0; i--)
        {
            figure *= 10;
        }

        return (long)decimal.Round(figure);
    }

    // As many digits as the target or any report has.
    private int ScaleOf(SampleMeasure measure) => Told.Progress.Select(progress => (int)progress.Quantities[$"{measure.No}"].Scale)
        .Concat([measure.Quantity!.Target.Scale, measure.Quantity.Baseline.Scale]).Max();

    public static DateTime At(DateOnly day, int hour, int minute = 0) => day.ToDateTime(new(hour, minute));

    private SampleAct Recording(IReadOnlyList<StatedFact> facts, Access by) => new(
        At(facts.Max(fact => fact.On), 9 + (Task.Number % 8), Task.Number % 60), Chain, (scope, ct) => scope.RecordFacts.RunAsync(Item.Id, facts, by, ct));

    private void Write()
    {
        script.Add((reports, new(FactKind.Started, Told.StartedOn)));
        foreach (var (measure, i) in Told.Measures.Select((measure, i) => (measure, i)))
        {
            Add(reports, FactKind.Started, measure.FirstOn, part: Measures[i].Id);
            Add(reports, FactKind.Completed, measure.DoneOn, part: Measures[i].Id);
        }

        // A check that found it takes the task up again with the act that confirms it.
        foreach (var cycle in Told.Cycles.Where(_ => Task.Number != files.LookBacks.Plan.Chosen))
        {
            Add(cast.Office, FactKind.Reopened, cycle.ReopenedOn, cycle.ReopenReason ?? "");
        }
    }

    private void Add(Access by, FactKind kind, DateOnly? on, string note = "", Guid? part = null)
    {
        if (on is { } day)
        {
            script.Add((by, new(kind, day, Note: note, Part: part)));
        }
    }

    // Requests of the story and the decisions on them; one still waits when it ends.
    private IEnumerable<SampleAct> Deadlines()
    {
        foreach (var change in Told.DeadlineChanges.Concat(files.Dispatch.Requests.Where(one => one.Task == Task.Number)))
        {
            yield return new(At(change.RequestedOn, 10), Chain, async (scope, ct) =>
            {
                if (await RequestAsync(scope, change, ct) is null)
                {
                    await scope.Get<AskDeadline>().RunAsync(
                        new(change.Class, change.Reason, change.DecidedBy, [new(Item.Id, change.ToDate)], []), cast.ByUnit[(change.RequestedBy, Role.Responsible)], ct);
                }
            });
            if (change is { DecidedOn: { } on, Document: { } document })
            {
                yield return new(At(on, 15), Chain, async (scope, ct) =>
                {
                    if (await RequestAsync(scope, change, ct) is { State: RequestState.Asked } asked)
                    {
                        await scope.Get<DecideDeadline>(scope.Get<PlaceFacts>()).RunAsync(asked.Id, new(Agrees: true, on, document, ""), asked.Version, cast.Office, ct);
                    }
                });
            }
        }
    }

    private async Task<DeadlineRequest?> RequestAsync(SampleScope scope, SampleDeadlineChange change, CancellationToken ct) =>
        await scope.Db.DeadlineRequestsFor(cast.Office).AsNoTracking().SingleOrDefaultAsync(request => request.ItemId == Item.Id && request.Explanation == change.Reason, ct);

    /// <summary>A unit's part of the task, made where it does not stand yet.</summary>
    public async Task<Guid> PartAsync(SampleScope scope, string code, string text, ItemDeadline? deadline, CancellationToken ct)
    {
        var unit = await scope.Db.Units().AsNoTracking().SingleAsync(one => one.Code == code, ct);
        return await scope.Db.ItemsFor(cast.Office, Right.Read).Where(part => part.ParentId == Item.Id && part.Kind == ItemKind.SubTask && part.Title == text)
                .Select(part => (Guid?)part.Id).FirstOrDefaultAsync(ct)
            ?? await scope.Get<AddSubTask>().RunAsync(
                Item.Id, ItemKind.SubTask, new("", null, text) { Title = text, Deadline = deadline },
                [new ItemUnit { ItemId = Item.Id, UnitId = unit.Id, Text = unit.Name, Role = DraftRole.Responsible, Order = 0 }], cast.Office, ct);
    }
}

/// <summary>The facts that stand already: of a load that was stopped, or of a round's returns.</summary>
internal sealed class SampleKnown
{
    private readonly HashSet<(Guid Item, FactKind Kind, DateOnly On, int? No)> facts;

    private SampleKnown(IEnumerable<(Guid, FactKind, DateOnly, int?)> facts) => this.facts = [.. facts];

    public static async Task<SampleKnown> ReadAsync(Db db, CancellationToken ct) => new(
        (await db.ItemFacts().AsNoTracking().Select(fact => new { fact.ItemId, fact.Kind, fact.On, fact.No }).ToListAsync(ct))
            .Select(fact => (fact.ItemId, fact.Kind, fact.On, fact.No)));

    public bool Has(Guid item, StatedFact fact) => facts.Contains((fact.Part ?? item, fact.Kind, fact.On, fact.No));
}
