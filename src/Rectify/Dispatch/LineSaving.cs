using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Dispatch;

/// <summary>What holds whenever lines are saved, one or many, from the page, the API or a workbook.</summary>
internal static class LineSaving
{
    /// <summary>Checks every line, then takes what is stated into all of them and drops what their author had typed and not saved. The caller commits.</summary>
    /// <param name="whole">The return of the lines, one that <paramref name="by"/> may write.</param>
    /// <param name="lines">Each with the version that the person saw.</param>
    /// <exception cref="Refusal">
    /// 409: the round is closed, the return submitted, a line changed meanwhile. 422: a text too long, an answer to what is not asked, a piece that is no evidence of the item.
    /// </exception>
    public static async Task<List<ReturnLineSaved>> TakeAsync(
        Db db, UnitReturn whole, IReadOnlyCollection<(ReturnLine Row, int Version, StatedLine Stated)> lines, Access by, TimeProvider clock, CancellationToken ct)
    {
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        whole.DemandWritable();
        var questions = await Questions.ReadAsync(db, round, [.. lines.Select(line => line.Row.ItemId)], round.AsOf(clock.Today), ct, whole);
        foreach (var line in lines)
        {
            DemandAsked(questions.For(line.Row.ItemId, whole.UnitId), line.Stated);
        }

        await DemandEvidenceAsync(db, lines, ct);
        var saved = new List<ReturnLineSaved>();
        foreach (var (row, version, stated) in lines)
        {
            var first = !row.Filled;
            row.Save(stated, version);
            saved.Add(whole.Save(row, first, by.Actor, clock.NowMs));
        }

        foreach (var ids in lines.Select(line => line.Row.Id).Chunk(500))
        {
            db.RemoveRange(await db.LineDrafts().Where(draft => ids.Contains(draft.LineId) && draft.By == by.Actor).ToListAsync(ct));
        }

        return saved;
    }

    private static void DemandAsked(AskedLine asked, StatedLine stated)
    {
        if (stated.Figures.Any(figure => !asked.Figures.Any(one => one.Quantity.Id == figure.Quantity)) || stated.Nodes.Any(node => !asked.Nodes.Any(one => one.No == node.No))
            || stated.Measures.Any(done => !asked.Measures.Any(one => one.Measure.Id == done.Measure)) || (stated.Percent is not null && !asked.AsksPercent))
        {
            throw Refusal.Invalid("return.not-asked", "This unit is not asked for that figure, node or measure.");
        }

        // Accepted, a node said twice would be two facts.
        if (IsTwice(stated.Figures.Select(figure => figure.Quantity)) || IsTwice(stated.Nodes.Select(node => node.No)) || IsTwice(stated.Measures.Select(done => done.Measure)) || IsTwice(stated.Evidence))
        {
            throw Refusal.Invalid("return.twice", "A figure, node, measure or piece of evidence is named twice.");
        }

        static bool IsTwice<T>(IEnumerable<T> named) where T : notnull => named.CountBy(one => one).Any(one => one.Value > 1);
    }

    // What was chosen before stays, withdrawn or not: the page shows that it was withdrawn.
    private static async Task DemandEvidenceAsync(Db db, IReadOnlyCollection<(ReturnLine Row, int Version, StatedLine Stated)> lines, CancellationToken ct)
    {
        var chosen = lines.SelectMany(line => line.Stated.Evidence.Except(line.Row.Stated.Evidence).Select(piece => (Item: line.Row.ItemId, Piece: piece))).ToList();
        var pieces = await LineEvidence.NamedAsync(db, chosen, ct);
        if (chosen.Exists(one => !pieces[one.Item].Any(piece => piece.Id == one.Piece && !piece.Withdrawn)))
        {
            throw Refusal.Invalid("return.evidence", "That piece is no evidence of this item, or was withdrawn.");
        }
    }
}
