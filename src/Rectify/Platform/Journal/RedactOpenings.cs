using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>Destroys the openings of a value. All proofs stay as good as they were: entries carry commitments, and these stay.</summary>
/// <remarks>
/// The caller has checked the right. The value was taken out of the record itself before, which the journal opens once more as "before": that opening goes too.
/// Afterwards <see cref="Db.ShredAsync"/> clears what the database's files still hold, and <see cref="DestroyOpeningKeys"/> the key that could read what logs hold.
/// </remarks>
public sealed class RedactOpenings(Db db, JournalWriter journal)
{
    /// <summary>Whether destroying a value would destroy this opening: the value stands in it, before or after, in whichever field. A name is kept as a short name too.</summary>
    public static bool IsMeant(Opening opening, string value) => opening.Before == value || opening.After == value;

    /// <summary>Destroys each opening of the subject that <see cref="IsMeant"/>.</summary>
    /// <param name="value">As the history shows it.</param>
    /// <param name="reason">At most <see cref="RedactionRecord.LongestReason"/> characters.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">409: a record still holds the value, or someone else changed the subject meanwhile. 422: no value, or the reason tells it.</exception>
    public async Task<int> RunAsync(Guid subject, string value, RedactionGround ground, string reason, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        if (value.Length == 0)
        {
            throw Refusal.Invalid("redaction.value", "Say which value is to be destroyed.");
        }

        if (reason.Length > RedactionRecord.LongestReason || reason.Contains(value, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.Invalid("redaction.reason", $"A reason has up to {RedactionRecord.LongestReason} characters, and the value does not stand in it.", RedactionRecord.LongestReason);
        }

        var keys = db.OpeningKeys();
        var rows = await db.OpeningRowsOf(subject).OrderBy(row => row.Id).ToListAsync(ct);
        foreach (var opening in rows.SelectMany(row => row.Openings(keys)).Where(one => IsMeant(one, value)).DistinctBy(one => (one.RecordId, one.Record, one.Field)))
        {
            if (await db.IsHeldAsync(opening, value, ct))
            {
                throw Refusal.Conflict("redaction.held", $"{opening.Record}.{opening.Field} still holds the value. Correct it on its page first.", $"{opening.Record}.{opening.Field}");
            }
        }

        var destroyed = rows.SelectMany(row => row.Redact(one => IsMeant(one, value), keys)).ToList();
        if (destroyed.Count > 0)
        {
            keys.Replace(subject, at);
            db.Add(new RedactionRecord { Subject = subject, Ground = ground, Reason = reason, Openings = destroyed.Count, By = by, At = at });
            await journal.CommitAsync(
                new ValuesRedacted { Subject = subject, By = by, At = at, Ground = ground, Commitments = [.. destroyed.Order(StringComparer.Ordinal)] }, ct);
        }

        return destroyed.Count;
    }
}
