using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Evidence;

/// <summary>Puts what pieces say beside the items that they prove, where an older version of the product left it out: see <see cref="PieceUse.Take"/>.</summary>
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
                where use.Title == "" // every piece has one
                join piece in db.PiecesFor(Me) on use.PieceId equals piece.Id
                orderby use.Id
                select new { Use = use, Piece = piece }).Take(Batch).ToListAsync(ct);
            rows.ForEach(row => row.Use.Take(row.Piece));
            await journal.SaveBookkeepingAsync(ct);
            if ((done += rows.Count) == 0 || rows.Count < Batch)
            {
                return done;
            }
        }
    }
}
