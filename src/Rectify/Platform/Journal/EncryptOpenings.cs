using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Files;

namespace Rectify.Platform.Journal;

/// <summary>Encrypts the openings that a version before wrote in the clear, and moves the salts of files among them. The operator's command; nothing is lost if it is stopped and run again.</summary>
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

        while (await db.FileRecordsWithSaltAsync(Batch, ct) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                await MoveSaltAsync(record, ct);
                done++;
            }

            await journal.SaveBookkeepingAsync(ct);
            db.ChangeTracker.Clear();
        }

        await db.ShredAsync(ct); // the files hold what they were, perhaps since an earlier run that did not come so far
        return done;
    }

    private async Task MoveSaltAsync(IFileRecord record, CancellationToken ct)
    {
        var (keys, file) = (db.OpeningKeys(), new JournalFile(record.FileHash, record.Sm3, record.Salt));
        var commitment = Encoding.ASCII.GetBytes(JournalBytes.Commitment(file));
        foreach (var entry in await db.Journal.AsNoTracking().Where(row => row.Subject == record.Whole).OrderBy(row => row.N).ToListAsync(ct))
        {
            if (entry.Body.AsSpan().IndexOf(commitment) >= 0)
            {
                var row = await db.OpeningRowsOf(record.Whole).FirstOrDefaultAsync(one => one.EntryId == entry.EntryId, ct);
                if (row is null)
                {
                    db.Add(OpeningRow.Of(entry.EntryId, record.Whole, [], [file], keys));
                }
                else
                {
                    row.Add(file, keys);
                }

                break;
            }
        }

        record.DropSalt();
    }
}
