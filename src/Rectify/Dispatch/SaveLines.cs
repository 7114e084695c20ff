using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Saves several lines of one return as one act: all of them or none.</summary>
public sealed class SaveLines(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Version">The line's version that the person saw.</param>
    public sealed record Line(Guid Id, int Version, StatedLine Stated);

    /// <param name="lines">At least one, each of this return.</param>
    /// <param name="document">SHA-256 of the file that they come from, 64 hexadecimal digits.</param>
    /// <exception cref="Refusal">As <see cref="SaveLine"/>; nothing is saved then.</exception>
    public async Task RunAsync(Guid id, IReadOnlyCollection<Line> lines, string document, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        whole.DemandWritable();
        var rows = await db.ReturnLines().Where(line => line.ReturnId == id).ToDictionaryAsync(line => line.Id, ct);
        var wanted = lines.Select(line => rows.GetValueOrDefault(line.Id) ?? throw Refusal.NotFound("line", line.Id)).ToList();
        var questions = await Questions.ReadAsync(db, round, [.. wanted.Select(line => line.ItemId)], round.AsOf(clock.Today), ct);
        foreach (var (line, row) in lines.Zip(wanted))
        {
            Demand(questions.For(row.ItemId, whole.UnitId), line.Stated);
            var first = !row.Filled;
            row.Save(line.Stated, line.Version);
            whole.Save(row, first, by.Actor, clock.NowMs);
        }

        await journal.CommitAsync(
            new ReturnLinesSaved { Subject = id, By = by.Actor, At = clock.NowMs, Count = lines.Count, Document = document }, ct);
    }

    private static void Demand(AskedLine asked, StatedLine stated)
    {
        if (stated.Figures.Any(figure => !asked.Figures.Any(one => one.Quantity.Id == figure.Quantity)) || stated.Nodes.Any(node => !asked.Nodes.Any(one => one.No == node.No))
            || (stated.Percent is not null && !asked.AsksPercent))
        {
            throw Refusal.Invalid("return.not-asked", "This unit is not asked for that figure or node.");
        }
    }
}
