using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.CommandLine;

/// <summary>Plays what happened to one sample task: whoever answers for a step records it, in the order of days.</summary>
internal sealed class SampleTaskPlay(
    IServiceProvider services, string programme, IReadOnlyDictionary<(string Unit, Role Role), Access> byUnit, Access office,
    IReadOnlyDictionary<string, DateOnly> rounds)
{
    private readonly Db db = services.GetRequiredService<Db>();
    private readonly List<(Access By, StatedFact Fact)> script = [];

    public async Task RunAsync(SampleTask task, SampleTaskHistory told, CancellationToken ct)
    {
        var item = await db.ItemsFor(office, Right.Read).AsNoTracking()
            .Join(db.ProgrammesFor(office, Right.Read).Where(p => p.Code == programme), i => i.ProgrammeId, p => p.Id, (i, _) => i)
            .SingleAsync(i => i.Kind == ItemKind.Task && i.NumberValue == task.Number, ct);
        var measures = await db.ItemsFor(office, Right.Read).Where(i => i.ParentId == item.Id && i.Kind == ItemKind.Measure)
            .OrderBy(i => i.SortKey).ToListAsync(ct);
        var nodes = await db.ItemMilestones().AsNoTracking().Where(node => node.ItemId == item.Id).ToListAsync(ct);
        db.ChangeTracker.Clear();

        await QuantitiesAsync(task, measures, ct);
        Write(task, told, measures, nodes);
        await PlayAsync(item, ct);
        await OutcomesAsync(item, told, ct);
    }

    private async Task QuantitiesAsync(SampleTask task, List<Item> measures, CancellationToken ct)
    {
        foreach (var (sample, measure) in task.Measures.Zip(measures))
        {
            if (sample.Quantity is { } quantity)
            {
                var scale = ScaleOf(quantity);
                await services.GetRequiredService<SetQuantity>().RunAsync(
                    measure.Id, measure.Version, quantity.Name, quantity.Unit, scale, Whole(quantity.Baseline, scale), Whole(quantity.Target, scale),
                    office, ct);
                db.ChangeTracker.Clear();
            }
        }
    }

    private void Write(SampleTask task, SampleTaskHistory told, List<Item> measures, List<ItemMilestone> nodes)
    {
        var reports = Who(task, "lead", Role.Responsible);
        script.Add((reports, new(FactKind.Started, told.StartedOn)));
        foreach (var node in told.Milestones.Where(node => node.ReachedOn is not null))
        {
            script.Add((reports, new(FactKind.MilestoneReached, node.ReachedOn!.Value, No: nodes.First(known => known.Due == node.Due).No)));
        }

        foreach (var (measure, i) in told.Measures.Select((measure, i) => (measure, i)))
        {
            if (measure.FirstOn is { } first)
            {
                script.Add((reports, new(FactKind.Started, first, Part: measures[i].Id)));
            }

            if (measure.DoneOn is { } done)
            {
                script.Add((reports, new(FactKind.Completed, done, Part: measures[i].Id)));
            }
        }

        foreach (var progress in told.Progress)
        {
            foreach (var (no, value) in progress.Quantities)
            {
                var i = int.Parse(no, CultureInfo.InvariantCulture) - 1;
                var quantity = task.Measures[i].Quantity!;
                var scale = ScaleOf(quantity);
                script.Add((reports, new(FactKind.Measured, rounds[progress.Round], Value: Whole(value, scale), Part: measures[i].Id)));
            }
        }

        foreach (var change in told.DeadlineChanges)
        {
            script.Add((office, new(FactKind.DeadlineChanged, change.DecidedOn, To: change.ToDate, Note: change.Reason, Document: change.Document)));
        }

        Cycles(told, reports, Who(task, "accept", Role.Acceptor));
    }

    private void Cycles(SampleTaskHistory told, Access reports, Access accepts)
    {
        foreach (var cycle in told.Cycles)
        {
            script.Add((reports, new(FactKind.Completed, cycle.CompletedOn)));
            foreach (var application in cycle.Applications)
            {
                script.Add((reports, new(FactKind.Applied, application.AppliedOn)));
                Add(accepts, FactKind.Returned, application.ReturnedOn, application.ReturnReason ?? "");
            }

            Add(accepts, FactKind.Accepted, cycle.AcceptedOn);
            Add(office, FactKind.NoticeOpened, cycle.NoticeFrom);
            Add(office, FactKind.NoticeEnded, cycle.NoticeTo);
            Add(office, FactKind.Closed, cycle.ClosedOn);
            Add(office, FactKind.Reopened, cycle.ReopenedOn, cycle.ReopenReason ?? "");
        }
    }

    private void Add(Access by, FactKind kind, DateOnly? on, string note = "")
    {
        if (on is { } day)
        {
            script.Add((by, new(kind, day, Note: note)));
        }
    }

    // What one person records one after another is one act.
    private async Task PlayAsync(Item item, CancellationToken ct)
    {
        var ordered = script.OrderBy(step => step.Fact.On).ToList();
        for (var i = 0; i < ordered.Count;)
        {
            var by = ordered[i].By;
            var act = ordered.Skip(i).TakeWhile(step => step.By == by).Select(step => step.Fact).ToList();
            await services.GetRequiredService<RecordFacts>().RunAsync(item.Id, act, by, ct);
            db.ChangeTracker.Clear();
            i += act.Count;
        }
    }

    private async Task OutcomesAsync(Item item, SampleTaskHistory told, CancellationToken ct)
    {
        foreach (var outcome in told.UnitOutcomes)
        {
            var unit = await db.Units().AsNoTracking().SingleAsync(u => u.Code == outcome.Unit, ct);
            var part = await services.GetRequiredService<AddSubTask>().RunAsync(
                item.Id, ItemKind.SubTask, new("", null, unit.Name) { Title = unit.Name },
                [new ItemUnit { ItemId = item.Id, UnitId = unit.Id, Text = unit.Name, Role = DraftRole.Responsible, Order = 0 }], office, ct);
            db.ChangeTracker.Clear();
            var kind = outcome.Outcome == "not_involved" ? FactKind.NotInvolved : FactKind.Completed;
            await services.GetRequiredService<RecordFacts>().RunAsync(part, [new(kind, outcome.DecidedOn, Note: outcome.Basis)], office, ct);
            db.ChangeTracker.Clear();
        }
    }

    private Access Who(SampleTask task, string role, Role account) =>
        task.Units.Where(unit => unit.Role == role).Select(unit => byUnit.GetValueOrDefault((unit.Unit, account))).FirstOrDefault(who => who is not null) ?? office;

    // Progress is reported with one digit where the target has none.
    private static int ScaleOf(SampleQuantity quantity) => new int[] { 1, quantity.Target.Scale, quantity.Baseline.Scale }.Max();

    private static long Whole(decimal figure, int scale)
    {
        for (var i = 0; i < scale; i++)
        {
            figure *= 10;
        }

        return (long)decimal.Round(figure);
    }
}
