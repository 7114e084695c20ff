using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Files;

namespace Rectify.Platform.Journal;

/// <summary>Destroys one kept file for ever: its content, what was made of it, what its records tell of it, and the salts that open its commitments. All proofs stay as good as they were.</summary>
/// <remarks>
/// The caller has checked the right. A file is kept by content, so it goes wherever it is used. First all is saved, each subject with an entry of its own; then the content goes.
/// Is that cut off, the next look at the files makes up for it. <see cref="DestroyOpeningKeys"/> sees to the database's files and to the key, as for values.
/// </remarks>
public sealed class RedactFile(Db db, JournalWriter journal, FileStore files, IEnumerable<IForgetFiles> rooms)
{
    /// <param name="hash">SHA-256, 64 small hexadecimal digits.</param>
    /// <param name="reason">1 to <see cref="RedactionRecord.LongestReason"/> characters.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">404: no record of such a file. 409: a draft of a plan is read from it, something public shows it, or someone else changed a subject meanwhile. 422: the reason.</exception>
    public async Task<int> RunAsync(string hash, RedactionGround ground, string reason, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        if (reason.Length is 0 or > RedactionRecord.LongestReason)
        {
            throw Refusal.Invalid("redaction.reason", $"A reason has up to {RedactionRecord.LongestReason} characters, and the value does not stand in it.", RedactionRecord.LongestReason);
        }

        var records = await db.FileRecordsAsync(hash, ct);
        if (records.Count == 0)
        {
            throw Refusal.NotFound("file", hash);
        }

        if (await db.UsesFileAsync(hash, entity => !typeof(IFileRecord).IsAssignableFrom(entity), ct))
        {
            throw Refusal.Conflict("redaction.file-used", "A draft of a plan that is not confirmed uses this file. Confirm or discard the draft first.");
        }

        var copies = new List<string>();
        foreach (var room in rooms)
        {
            copies.AddRange(await room.ForgetAsync(hash, at, ct));
        }

        foreach (var (room, copy) in rooms.SelectMany(room => copies.Select(copy => (room, copy))))
        {
            await room.ForgetAsync(copy, at, ct);
        }

        var (keys, facts, sum) = (db.OpeningKeys(), new List<Fact>(), 0);
        foreach (var subject in records.GroupBy(record => record.Whole))
        {
            var told = subject.ToDictionary(record => (Record: record.GetType().Name, Id: record.Id.ToString()), record => record.Forget());
            var rows = await db.OpeningRowsOf(subject.Key).OrderBy(row => row.Id).ToListAsync(ct);
            List<string> destroyed =
            [
                .. rows.SelectMany(row => row.RedactFile(hash, keys)),
                .. rows.SelectMany(row => row.Redact(one => told.TryGetValue((one.Record, one.RecordId), out var fields) && fields.Contains(one.Field), keys)),
                .. subject.Where(record => record.Salt.Length > 0).Select(record => JournalBytes.Commitment(new JournalFile(record.FileHash, record.Sm3, record.Salt))),
            ];
            subject.ToList().ForEach(record => record.DropSalt());
            keys.Replace(subject.Key, at);
            db.Add(new RedactionRecord { Subject = subject.Key, Ground = ground, Reason = reason, Openings = destroyed.Count, By = by, At = at });
            facts.Add(new ValuesRedacted { Subject = subject.Key, By = by, At = at, Ground = ground, Commitments = [.. destroyed.Order(StringComparer.Ordinal)] });
            sum += destroyed.Count;
        }

        await journal.CommitAsync(facts[0], facts[1..], ct);
        foreach (var gone in copies.Prepend(hash))
        {
            Destroy(gone, files, rooms);
        }

        return sum;
    }

    /// <summary>Takes away the content of a file, and what stands of it beside the database.</summary>
    internal static void Destroy(string hash, FileStore files, IEnumerable<IForgetFiles> rooms)
    {
        files.Destroy(hash);
        foreach (var room in rooms)
        {
            room.Destroy(hash);
        }
    }
}
