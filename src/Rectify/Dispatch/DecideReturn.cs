using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>Reviews a submitted return: sends it back with remarks, hands it on to the next level, or, as the office, accepts it.</summary>
/// <remarks>Accepting records its figures, nodes, measures done and progress as facts of the items, as of the round's day, in the same transaction.</remarks>
public sealed class DecideReturn(Db db, JournalWriter journal, TimeProvider clock, PlaceFacts place)
{
    /// <param name="version">The return's version that the person saw.</param>
    /// <exception cref="Refusal">
    /// 404: no such return, or it does not wait for them. 403: they submitted it. 409: closed, or changed meanwhile; accepted, its figures would contradict
    /// what became known since it was submitted. 422: no remarks.
    /// </exception>
    public async Task RunAsync(Guid id, ReturnAct act, int version, string note, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToReviewFor(by).SingleOrDefaultAsync(one => one.Id == id, ct)
            ?? throw (await db.ReturnsFor(by).AnyAsync(one => one.Id == id, ct)
                ? Refusal.Conflict("return.not-waiting", "The return does not wait for you: it was decided already, or lies with someone else.")
                : Refusal.NotFound("return", id));
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        var region = await db.ProgrammesFor(Office.Room, Right.Read).Where(p => p.Id == whole.ProgrammeId).Select(p => p.RegionId).SingleAsync(ct);
        var at = whole.AtId;
        var next = act is ReturnAct.PassUp ? await AboveAsync(round, at, region, ct) : region;
        var step = db.Add(whole.Decide(act, version, next, region, note, by.Actor, clock.NowMs)).Entity;
        IReadOnlyList<Fact> also = act is ReturnAct.Accept ? await RecordAsync(round, whole, by, ct) : [];

        await journal.CommitAsync(new ReturnStepTaken { Subject = id, By = by.Actor, At = step.At, Act = act, State = whole.State }, [.. also], ct);
    }

    // As it was settled when the round opened, where the level reports itself.
    private async Task<Guid> AboveAsync(DispatchRound round, Guid at, Guid region, CancellationToken ct)
    {
        var reporting = await db.ReturnsFor(Office.Room).Where(one => one.RoundId == round.Id).Select(one => new { one.UnitId, one.AboveId }).ToDictionaryAsync(one => one.UnitId, one => one.AboveId, ct);
        return reporting.TryGetValue(at, out var settled) ? settled : (await ReviewLevels.ReadAsync(db, region, reporting.Keys, clock.Today, ct)).Above(at);
    }

    private async Task<IReadOnlyList<Fact>> RecordAsync(DispatchRound round, UnitReturn whole, Access by, CancellationToken ct)
    {
        var on = round.AsOf(clock.Today);
        var lines = await db.ReturnLines().AsNoTracking().Where(line => line.ReturnId == whole.Id).OrderBy(line => line.No).ToListAsync(ct);
        var questions = await Questions.ReadAsync(db, round, [.. lines.Select(line => line.ItemId)], on, ct, whole);
        if (lines.Count(line => LineCheck.Faults(questions.For(line.ItemId, whole.UnitId), line.Stated, clock.Today).Any(fault => fault.IsOvertaken)) is > 0 and var overtaken)
        {
            db.ChangeTracker.Clear();
            throw Refusal.Conflict(
                "return.overtaken",
                $"Since it was submitted, figures became known that those of {overtaken} items fall below or contradict. Send it back, so that the unit checks them or gives the reason.",
                overtaken);
        }

        var (corrected, withdrawn) = await CorrectedAsync(whole, ct);
        var stated = lines
            .Select(line => (line.ItemId, Facts: Facts(questions.For(line.ItemId, whole.UnitId), line.Stated, questions.Last, on)))
            .Concat(corrected).GroupBy(line => line.ItemId, line => line.Facts)
            // What is corrected comes first: of one day the last that was stated counts.
            .Select(item => (item.Key, Facts: (IReadOnlyList<StatedFact>)[.. item.Reverse().SelectMany(facts => facts)]))
            .Where(item => item.Facts.Count > 0 || withdrawn.Exists(one => one.Item == item.Key)).ToList();
        return stated.Count == 0 ? [] : await place.RunAsync(stated, withdrawn, by, whole.SubmittedBy!.Value, ct);
    }

    // A figure is said again of the old day. A day that was wrong is withdrawn, and said again if there is another.
    private async Task<(List<(Guid ItemId, IEnumerable<StatedFact> Facts)> Stated, List<WithdrawnFact> Withdrawn)> CorrectedAsync(UnitReturn whole, CancellationToken ct)
    {
        var corrections = await NamedCorrection.ReadAsync(db, whole.Corrected, ct);
        return (
            [
                .. from one in corrections
                   group one by one.Stated.Item into item
                   select (item.Key, Facts: item.Where(one => !one.Stated.IsDay || one.Stated.On is not null).Select(one => new StatedFact(
                       one.Stated.FactKind, one.Stated.On ?? one.Round.To, one.Stated.No, one.Stated.Value, Note: one.Stated.Reason, Part: one.Stated.Part == item.Key ? null : one.Stated.Part))),
            ],
            [
                .. from one in corrections
                   where one.Stated.IsDay
                   select new WithdrawnFact(one.Stated.Item, one.Stated.FactKind, one.Stated.Reason, one.Stated.No, one.Stated.Part),
            ]);
    }

    // What is known already is not said again.
    private static IEnumerable<StatedFact> Facts(AskedLine asked, StatedLine stated, DispatchRound? last, DateOnly on)
    {
        // A first figure beyond the start says that work began, where nobody has said when.
        if (asked.Status is ItemStatus.NotStarted or ItemStatus.Draft && (stated.Percent > 0 || stated.Measures.Any(done => done.On is not null)
            || asked.Figures.Any(figure => stated.Figures.Any(one => one.Quantity == figure.Quantity.Id && one.Value is { } value && figure.ShareOf(value) > 0))))
        {
            yield return new(FactKind.Started, on);
        }

        foreach (var figure in asked.Figures)
        {
            if (stated.Figures.FirstOrDefault(one => one.Quantity == figure.Quantity.Id) is not { Value: { } value } one)
            {
                continue;
            }

            var part = figure.Quantity.Id == asked.Item.Id ? (Guid?)null : figure.Quantity.Id;
            if (one.Corrects is { } corrected && figure.Frozen is not null && last is not null)
            {
                yield return new(FactKind.Measured, last.To, Value: corrected, Note: one.CorrectsReason, Part: part);
            }

            if (value != figure.Known || one.Corrects is not null)
            {
                yield return new(FactKind.Measured, on, Value: value, Note: one.Reason, Part: part);
            }
        }

        if (asked.AsksPercent && stated.Percent is { } percent && percent != asked.PercentKnown)
        {
            yield return new(FactKind.Progress, on, Value: percent, Note: stated.PercentReason);
        }

        foreach (var done in stated.Measures)
        {
            if (done.On is { } day && asked.Measures.Any(one => one.Measure.Id == done.Measure))
            {
                yield return new(FactKind.Completed, day, Part: done.Measure);
            }
        }

        foreach (var node in stated.Nodes)
        {
            if (node.On is { } day && asked.Nodes.Any(one => one.No == node.No))
            {
                yield return new(FactKind.MilestoneReached, day, No: node.No);
            }
        }
    }
}
