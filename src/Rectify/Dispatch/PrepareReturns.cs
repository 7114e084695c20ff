using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>Makes the returns of a round that was opened: one for each responsible unit, with a line for each open item.</summary>
/// <remarks>
/// Some units in each transaction, so that others can write meanwhile and progress shows. Units that have their return are passed
/// over: after a crash the next run goes on.
/// </remarks>
public sealed class PrepareReturns(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <summary>Units whose returns are made in one transaction.</summary>
    private const int Batch = 200;

    private static readonly DraftRole[] Answering = [DraftRole.Lead, DraftRole.Cooperate, DraftRole.Responsible];

    /// <param name="batches">At most so many transactions in this run.</param>
    /// <returns>How many returns were made.</returns>
    /// <exception cref="Refusal">409: another server is making them too; what it made stays.</exception>
    public async Task<int> RunAsync(Guid id, int batches, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var round = await db.RoundsFor(Office.Room).SingleAsync(r => r.Id == id, ct);
        if (round.State is not RoundState.Opening)
        {
            return 0;
        }

        var by = Actor.System(nameof(PrepareReturns));
        var on = round.AsOf(clock.Today);
        var items = await ItemsOfUnitsAsync(round.ProgrammeId, on, ct);
        var region = await db.ProgrammesFor(Office.Room, Right.Read).Where(p => p.Id == round.ProgrammeId).Select(p => p.RegionId).SingleAsync(ct);
        var levels = await ReviewLevels.ReadAsync(db, region, items.Keys, clock.Today, ct);
        var have = (await db.ReturnsFor(Office.Room).Where(one => one.RoundId == id).Select(one => one.UnitId).ToListAsync(ct)).ToHashSet();
        var questions = await Questions.ReadAsync(db, round, [.. items.SelectMany(unit => unit.Value)], on, ct);
        var made = 0;
        foreach (var units in items.Keys.Where(unit => !have.Contains(unit)).Order().Chunk(Batch).Take(batches))
        {
            round = await db.RoundsFor(Office.Room).SingleAsync(r => r.Id == id, ct);
            var before = await BeforeAsync(round, units, ct);
            foreach (var unit in units)
            {
                var one = UnitReturn.Create(round, unit, levels.Above(unit), items[unit].Count, clock.NowMs);
                db.AddInBulk([one]);
                db.AddInBulk(items[unit].Select((item, i) => ReturnLine.Create(
                    one, item, i + 1, Prefill(questions.For(item, unit), before.GetValueOrDefault((unit, item))))));
            }

            await journal.CommitAsync(round.Make(units.Length, items.Count, by, clock.NowMs), ct);
            made += units.Length;
            db.ChangeTracker.Clear();
        }

        if (have.Count + made >= items.Count)
        {
            round = await db.RoundsFor(Office.Room).SingleAsync(r => r.Id == id, ct);
            await journal.CommitAsync(round.Ready(by, clock.NowMs), ct);
        }

        return made;
    }

    // What a measure's unit does is reported under the task. An item is open until it is declared complete; before the plan is approved too.
    // Where one unit leads, those that only carry the work out (落实单位) answer to it; a part of their own makes them report.
    private async Task<Dictionary<Guid, List<Guid>>> ItemsOfUnitsAsync(Guid programme, DateOnly on, CancellationToken ct)
    {
        // Roles are looked at here: right after a plan came in PostgreSQL knows nothing of its rows yet, and went through all units of all items for each item.
        var all = await db.ItemUnits().AsNoTracking()
            .Join(
                db.ItemsFor(Office.Room, Right.Read).Where(item => item.ProgrammeId == programme && item.RemovedOn == null && item.Kind != ItemKind.Finding),
                part => part.ItemId, item => item.Id,
                (part, item) => new { part.ItemId, part.UnitId, part.Role, Whole = item.Kind == ItemKind.Measure && item.ParentId != null ? item.ParentId.Value : item.Id })
            .ToListAsync(ct);
        var dissolved = (await db.Units().Where(unit => unit.Dissolved).Select(unit => unit.Id).ToListAsync(ct)).ToHashSet();
        var led = all.Where(part => part.Role is DraftRole.Lead).Select(part => part.ItemId).ToHashSet();
        var parts =
            from part in all
            where part.UnitId is { } unit && !dissolved.Contains(unit) && Answering.Contains(part.Role) && (part.Role is not DraftRole.Responsible || !led.Contains(part.ItemId))
            select new { Unit = part.UnitId!.Value, Item = part.Whole };
        var status = await db.SpansSince(on).AsNoTracking().Where(span => span.ProgrammeId == programme)
            .Select(span => new { span.ItemId, span.Status, span.SortKey }).ToDictionaryAsync(span => span.ItemId, ct);
        return parts.Distinct().Where(part => status.TryGetValue(part.Item, out var now) && (now.Status.IsOpen || now.Status is ItemStatus.Draft))
            .GroupBy(part => part.Unit, part => part.Item)
            .ToDictionary(unit => unit.Key, unit => unit.OrderBy(item => status[item].SortKey, StringComparer.Ordinal).ToList());
    }

    /// <summary>What a unit stated last of an item.</summary>
    /// <param name="Waits">Whether nobody accepted it yet: nothing else knows its figures.</param>
    private sealed record Before(StatedLine Stated, bool Waits);

    // What each unit stated last, accepted or waiting: the base of what it states now.
    private async Task<Dictionary<(Guid Unit, Guid Item), Before>> BeforeAsync(DispatchRound round, Guid[] units, CancellationToken ct)
    {
        var earlier = await db.ReturnsFor(Office.Room).AsNoTracking()
            .Where(one => units.Contains(one.UnitId) && (one.State == ReturnState.Accepted || one.State == ReturnState.Submitted))
            .Join(
                db.RoundsFor(Office.Room).Where(r => r.ProgrammeId == round.ProgrammeId && r.To <= round.To && r.Id != round.Id), one => one.RoundId, r => r.Id,
                (one, r) => new { one.Id, one.UnitId, r.To, r.Kind, one.State })
            .ToListAsync(ct);
        var last = earlier.GroupBy(one => one.UnitId)
            .Select(unit => unit.OrderBy(one => one.To).ThenBy(one => one.State is ReturnState.Accepted).ThenBy(one => one.Kind).Last()).ToDictionary(one => one.Id);
        var ids = last.Keys.ToArray();
        return (await db.ReturnLines().AsNoTracking().Where(line => ids.Contains(line.ReturnId)).ToListAsync(ct))
            .ToDictionary(line => (last[line.ReturnId].UnitId, line.ItemId), line => new Before(line.Stated, last[line.ReturnId].State is ReturnState.Submitted));
    }

    // Figures go on from where they stood; reasons, corrections, nodes, measures and evidence belong to the period in which they were stated.
    // Of what waits and what is known, the further counts.
    private static StatedLine Prefill(AskedLine asked, Before? before) => (before?.Stated ?? new()) with
    {
        Percent = !asked.AsksPercent ? null : before is { Waits: true, Stated.Percent: { } percent } && !(percent < asked.PercentKnown) ? percent : asked.PercentKnown,
        PercentReason = "",
        Nodes = [],
        Measures = [],
        Evidence = [],
        Figures =
        [
            .. from figure in asked.Figures
               let waits = before is { Waits: true } ? before.Stated.Figures.FirstOrDefault(one => one.Quantity == figure.Quantity.Id)?.Value : null
               let latest = figure.Latest()
               select new StatedFigure(figure.Quantity.Id, waits is { } value && figure.ShareOf(value) >= figure.ShareOf(latest) ? value : latest),
        ],
    };
}
