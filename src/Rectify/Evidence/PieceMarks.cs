using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Evidence;

/// <summary>Stands for all that is known of the pieces on one item: while it stays the same, so did they.</summary>
/// <param name="Sum">Of random marks, one for each piece.</param>
internal sealed record PiecesMark(int Count, long Sum);

/// <summary>Tells whether the pieces of items changed, without reading them: each act on a piece gives it another mark on every item that it proves.</summary>
internal static class PieceMarks
{
    private const int Tries = 3;

    /// <summary>The marks of items that have pieces. The caller has the items from a door.</summary>
    public static async Task<Dictionary<Guid, PiecesMark>> OfAsync(Db db, Guid[] items, CancellationToken ct) =>
        await db.PieceUses().Where(use => EF.Parameter(items).Contains(use.ItemId)).GroupBy(use => use.ItemId)
            .Select(uses => new { uses.Key, Count = uses.Count(), Sum = uses.Sum(use => (long)use.Mark) })
            .ToDictionaryAsync(one => one.Key, one => new PiecesMark(one.Count, one.Sum), ct);

    /// <summary>Commits an act on a piece, with another mark for it and for every piece that has or had one of the files: which one had a file first may have changed.</summary>
    /// <param name="files">SHA-256 of files that came or went with the act.</param>
    /// <exception cref="Refusal">As <see cref="JournalWriter.CommitAsync(Fact, CancellationToken)"/>.</exception>
    public static async Task CommitAsync(Db db, JournalWriter journal, Fact act, IReadOnlyCollection<string> files, CancellationToken ct)
    {
        var known = await UsesAsync(db, act.Subject, files, ct);
        known.ForEach(use => use.Renew());
        await journal.CommitAsync(act, ct);

        // Of two acts with one file at once neither saw the other above; whichever was committed later sees it now.
        var seen = known.Select(use => use.Id).ToHashSet();
        for (var left = Tries; left > 0; left--)
        {
            var missed = (await UsesAsync(db, act.Subject, files, CancellationToken.None)).FindAll(use => use.PieceId != act.Subject && !seen.Contains(use.Id));
            if (missed.Count == 0)
            {
                return;
            }

            try
            {
                missed.ForEach(use => use.Renew());
                await journal.SaveBookkeepingAsync(CancellationToken.None);
                return;
            }
            catch (Refusal)
            {
                db.ChangeTracker.Clear(); // somebody else's act on that piece came first: once more
            }
        }
    }

    private static async Task<List<PieceUse>> UsesAsync(Db db, Guid piece, IReadOnlyCollection<string> files, CancellationToken ct)
    {
        Guid[] pieces =
        [
            piece,
            .. files.Count == 0 ? [] : await db.PieceVersions().Where(version => files.Contains(version.FileHash) && version.PieceId != piece).Select(version => version.PieceId).Distinct().ToListAsync(ct),
        ];
        return await db.PieceUses().Where(use => EF.Parameter(pieces).Contains(use.PieceId)).ToListAsync(ct);
    }
}
