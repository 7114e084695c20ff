using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>Encrypts the openings that a version before wrote in the clear. The operator's command; nothing is lost if it is stopped and run again.</summary>
internal sealed class EncryptOpenings(Db db, JournalWriter journal)
{
    private const int Batch = 500;

    /// <returns>How many rows it encrypted.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (done, last) = (0, 0L);
        while (await db.PlainOpeningRows().Where(row => row.Id > last).OrderBy(row => row.Id).Take(Batch).ToListAsync(ct) is { Count: > 0 } rows)
        {
            rows.ForEach(row => row.SealAgain(db.OpeningKeys()));
            await journal.SaveBookkeepingAsync(ct);
            db.ChangeTracker.Clear();
            (last, done) = (rows[^1].Id, done + rows.Count);
        }

        await db.ShredAsync(ct); // the files hold what they were, perhaps since an earlier run that did not come so far
        return done;
    }
}
