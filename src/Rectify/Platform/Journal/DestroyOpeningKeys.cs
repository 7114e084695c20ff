using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;

namespace Rectify.Platform.Journal;

/// <summary>Encrypts anew what stands under a key that a redaction replaced, and destroys that key: what logs and old pages of the database hold under it is lost for good.</summary>
/// <remarks>The database's files are built anew before (<see cref="Db.ShredAsync"/>).</remarks>
internal sealed class DestroyOpeningKeys(Db db, JournalWriter journal, OpeningKeys keys, TimeProvider clock) : IJob
{
    /// <summary>How long a replaced key stays: an act that was under way may still write with it.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private const int Batch = 500;

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var replaced = keys.Replaced(clock.GetUtcNow() - Grace).ToList();
        await using var lead = replaced.Count > 0 ? await db.TryLeadAsync("opening-keys", ct) : null;
        if (lead is null)
        {
            return 0;
        }

        var done = 0;
        foreach (var (path, id) in replaced)
        {
            for (var last = 0L; ;)
            {
                db.ChangeTracker.Clear();
                var rows = await db.OpeningRowsUnder(id).Where(row => row.Id > last).OrderBy(row => row.Id).Take(Batch).ToListAsync(ct);
                if (rows.Count == 0)
                {
                    break;
                }

                rows.ForEach(row => row.SealAgain(keys));
                await journal.SaveBookkeepingAsync(ct);
                (last, done) = (rows[^1].Id, done + rows.Count);
            }
        }

        // First what the files still hold in the clear of the record itself: were it left to later, nobody would know that it is due.
        db.ChangeTracker.Clear();
        await db.ShredAsync(ct);
        foreach (var (path, id) in replaced)
        {
            keys.Destroy(path, id);
        }

        return done;
    }
}
