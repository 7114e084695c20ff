using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Evidence;

/// <summary>Puts the dates of pieces beside the items that they prove, where an older version of the product left none: see <see cref="PieceUse.On"/>.</summary>
internal sealed class SortEvidence(Db db, JournalWriter journal) : IJob
{
    private const int Batch = 1_000;

    private static readonly Access Me = Access.OfSystem(Actor.System("sort-evidence"));

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var done = 0; ;)
        {
            db.ChangeTracker.Clear();
            var rows = await (
                from use in db.PieceUses()
                where use.On == PieceQuery.Undated
                join piece in db.PiecesFor(Me) on use.PieceId equals piece.Id
                where piece.EffectiveOn != null
                orderby use.Id
                select new { Use = use, piece.EffectiveOn }).Take(Batch).ToListAsync(ct);
            rows.ForEach(row => row.Use.On = row.EffectiveOn!.Value);
            await journal.SaveBookkeepingAsync(ct);
            if ((done += rows.Count) == 0 || rows.Count < Batch)
            {
                return done;
            }
        }
    }
}
