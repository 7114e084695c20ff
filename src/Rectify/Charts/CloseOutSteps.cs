using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>How far tasks are on the way to closing on a day, by the steps of the programme's procedure.</summary>
/// <remarks>
/// The status of the day decides what is complete and what is closed, so that the first step counts what the overview counts as done, and the step of closing what it counts as closed. Between
/// the two stand the acts of closings, or, of a task that was closed without them, its dated facts. Where parts of a task close for themselves it is as far as the last of them.
/// </remarks>
internal sealed class CloseOutSteps
{
    private sealed record Fact(Guid Item, FactKind Kind, DateOnly On, long Sequence);

    private sealed record Case(Guid Id, Guid Task, Guid Item, Guid Unit, int ProcedureNo, DateTimeOffset BeganAt, ClosureOutcome Outcome);

    private sealed record Act(Guid Closure, int No, ClosureActKind Kind, string Step, StepKind StepKind, RenewalEffect? Effect);

    private readonly Dictionary<int, Procedure> procedures;
    private readonly ILookup<Guid, Fact> facts;
    private readonly ILookup<Guid, Case> cases;
    private readonly ILookup<Guid, Act> acts;

    private CloseOutSteps(Procedure shown, Dictionary<int, Procedure> procedures, IEnumerable<Fact> facts, IEnumerable<Case> cases, IEnumerable<Act> acts)
    {
        (Steps, this.procedures) = (shown.Steps, procedures);
        this.facts = facts.OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToLookup(fact => fact.Item);
        this.acts = acts.OrderBy(act => act.No).ToLookup(act => act.Closure);
        this.cases = cases.ToLookup(one => one.Task);
    }

    /// <summary>The steps of the procedure in force on the day; of a programme without one, those that it is offered first.</summary>
    public IReadOnlyList<ProcedureStep> Steps { get; }

    /// <summary>How many steps are taken when the item is closed.</summary>
    public int Closing => Steps.Index().First(step => step.Item.Kind is StepKind.Close).Index + 1;

    public static async Task<CloseOutSteps> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var (db, reader, programme, today) = (ask.Db, ask.Reader, ask.Programme.Id, ask.On); // a query takes "on" for its own
        var versions = await db.ProceduresFor(reader).AsNoTracking().Where(one => one.ProgrammeId == programme).OrderBy(one => one.No).ToListAsync(ct);
        var shown = (versions.LastOrDefault(one => one.From <= today) ?? versions.FirstOrDefault())?.Procedure ?? ProcedurePresets.Find(ProcedurePresets.Default)!;
        var items = db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme);
        var facts = await (
            from fact in db.ItemFacts()
            where fact.VoidedAt == null && fact.On <= today
            join item in items on fact.ItemId equals item.Id
            where item.Kind == ItemKind.Task
            select new Fact(fact.ItemId, fact.Kind, fact.On, fact.Sequence)).ToListAsync(ct);
        var cases = await (
            from closure in db.ClosuresFor(reader)
            where closure.ProgrammeId == programme
            join item in items on closure.ItemId equals item.Id
            select new Case(closure.Id, item.Kind == ItemKind.Task || item.ParentId == null ? item.Id : item.ParentId.Value, item.Id, closure.UnitId, closure.ProcedureNo, closure.BeganAt, closure.Outcome)).ToListAsync(ct);
        var closures = db.ClosuresFor(reader).Where(closure => closure.ProgrammeId == programme);
        var acts = await (
            from act in db.ClosureActs()
            where act.On <= today
            join closure in closures on act.ClosureId equals closure.Id
            select new Act(act.ClosureId, act.No, act.Act, act.StepKey, act.StepKind, act.Effect)).ToListAsync(ct);
        var begun = acts.Select(act => act.Closure).ToHashSet(); // or nothing was done yet, but it had begun
        return new(
            shown, versions.ToDictionary(one => one.No, one => one.Procedure), facts,
            cases.Where(one => begun.Contains(one.Id) || DateOnly.FromDateTime(ask.Words.Local(one.BeganAt).DateTime) <= today), acts);
    }

    /// <param name="Taken">Steps taken.</param>
    /// <param name="Now">The place of the one that is worked on, counted from 0; <see langword="null"/> where none is.</param>
    public readonly record struct Standing(int Taken, int? Now);

    public Standing Of(ItemList.Row task)
    {
        if (task.Status is ItemStatus.NotInvolved)
        {
            return new(1, null);
        }

        var byActs = ByActs(task.Id);
        if (!ChartTasks.IsDone(task))
        {
            return new(0, byActs is null ? null : 0);
        }

        var closed = ChartTasks.IsClosed(task);
        var reached = Math.Max(ByFacts(task.Id), byActs ?? 0);
        var taken = closed ? Math.Max(Closing, reached) : Math.Clamp(reached, 1, Closing - 1);
        return new(taken, taken == Steps.Count || (closed && byActs is null) ? null : taken);
    }

    private int ByFacts(Guid task)
    {
        int Before(params ReadOnlySpan<StepKind> kinds)
        {
            for (var i = 0; i < Steps.Count; i++)
            {
                if (kinds.Contains(Steps[i].Kind))
                {
                    return i;
                }
            }

            return 0;
        }

        int Through(StepKind kind) => Steps.Index().Where(step => step.Item.Kind == kind).Select(step => step.Index + 1).DefaultIfEmpty(0).Last();

        var reached = 0;
        foreach (var fact in facts[task])
        {
            reached = fact.Kind switch
            {
                FactKind.Reopened or FactKind.TakenBack => 0,
                FactKind.Returned => 1,
                FactKind.Completed => Math.Max(reached, 1),
                FactKind.Applied => Math.Max(reached, Through(StepKind.Apply)),
                FactKind.AcceptanceStarted => Math.Max(reached, Before(StepKind.MaterialReview, StepKind.SiteCheck, StepKind.Acceptance)),
                FactKind.Accepted => Math.Max(reached, Through(StepKind.Acceptance)),
                FactKind.NoticeOpened => Math.Max(reached, Before(StepKind.Notice)),
                FactKind.NoticeEnded => Math.Max(reached, Through(StepKind.Notice)),
                FactKind.ObjectionSettled => Math.Max(reached, Through(StepKind.Objections)),
                FactKind.SentForSignature => Math.Max(reached, Before(StepKind.SignOff)),
                FactKind.SignedOff => Math.Max(reached, Through(StepKind.SignOff)),
                FactKind.Closed => Math.Max(reached, Closing),
                _ => reached,
            };
        }

        return reached;
    }

    // Of each item and unit the closing begun last; one that was taken up again is begun anew.
    private int? ByActs(Guid task)
    {
        var running = cases[task].GroupBy(one => (one.Item, one.Unit)).Select(group => group.MaxBy(one => one.BeganAt)!).ToList();
        return running.Count == 0 ? null : running.Min(Reached);
    }

    private int Reached(Case one)
    {
        var way = procedures.TryGetValue(one.ProcedureNo, out var procedure) ? ClosureFlow.Way(procedure, one.Outcome) : Steps;
        int At(string key) => way.Index().Where(step => step.Item.Key == key).Select(step => step.Index).DefaultIfEmpty(0).First();
        var place = 0;
        foreach (var act in acts[one.Id])
        {
            place = act.Kind switch
            {
                ClosureActKind.Take => At(act.Step) + 1,
                ClosureActKind.Open => At(act.Step),
                ClosureActKind.Renew => act.Effect is { } effect ? ClosureFlow.BackTo(way, place, effect) ?? place : place,
                ClosureActKind.Return or ClosureActKind.Withdraw => 0,
            };
        }

        // Another version of the procedure may call steps by other keys, or have others.
        return way.Take(place).Select(step => Steps.Index()
            .Where(shown => shown.Item.Key == step.Key || shown.Item.Kind == step.Kind).Select(shown => shown.Index + 1).DefaultIfEmpty(0).First()).DefaultIfEmpty(0).Max();
    }
}
