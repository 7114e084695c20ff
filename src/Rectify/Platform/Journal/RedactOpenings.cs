using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>Destroys the openings of a value, and blackens it in documents. All proofs stay as good as they were: entries carry commitments, and these stay.</summary>
/// <remarks>
/// The caller has checked the right. The value was taken out of the record itself before, which the journal opens once more as "before": that opening goes too.
/// Afterwards <see cref="Db.ShredAsync"/> clears what the database's files still hold, and <see cref="DestroyOpeningKeys"/> the key that could read what logs hold.
/// </remarks>
public sealed class RedactOpenings(Db db, JournalWriter journal, BlackenDocuments blacken)
{
    /// <summary>Commitments that one entry names at most: an entry has 65,535 bytes.</summary>
    private const int MostCommitments = 1_200;

    /// <summary>Whether destroying a value would destroy this opening: the value stands in it, before or after, in whichever field. A name is kept as a short name too.</summary>
    public static bool IsMeant(Opening opening, string value) => opening.Before == value || opening.After == value;

    /// <summary>Destroys each opening of the subject that <see cref="IsMeant"/>, and each opening of a field in which the value is blackened, whosever it is.</summary>
    /// <param name="value">As the history shows it.</param>
    /// <param name="reason">At most <see cref="RedactionRecord.LongestReason"/> characters.</param>
    /// <param name="places">Where it is blackened, each a <see cref="BlackenDocuments.Place.Key"/>.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">
    /// 409: a record still holds the value, a document is not what the journal says, or someone else changed the subject meanwhile. 422: no value, the reason tells it, a place that is no document,
    /// or more openings of one subject than an entry names.
    /// </exception>
    public async Task<int> RunAsync(
        Guid subject, string value, RedactionGround ground, string reason, Actor by, DateTimeOffset at, IReadOnlyCollection<string> places, CancellationToken ct)
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
        var (fields, seals) = await blacken.RunAsync(value, places, ct);
        var black = fields.ToHashSet();
        var rows = await db.OpeningRowsOf(subject).OrderBy(row => row.Id).ToListAsync(ct);
        foreach (var opening in rows.SelectMany(row => row.Openings(keys)).Where(one => IsMeant(one, value)).DistinctBy(one => (one.RecordId, one.Record, one.Field)))
        {
            if (!IsBlack(opening) && await db.IsHeldAsync(opening, value, ct))
            {
                throw Refusal.Conflict("redaction.held", $"{opening.Record}.{opening.Field} still holds the value. Correct it on its page first.", $"{opening.Record}.{opening.Field}");
            }
        }

        // What was blackened may be part of the history of anything.
        var others = black.Count > 0 ? await db.OpeningRowsWithAsync(opening => opening.Subject != subject && IsBlack(opening) && IsTold(opening), ct) : [];
        var (facts, sum) = (new List<Fact>(), 0);
        foreach (var whose in rows.Concat(others).GroupBy(row => row.Subject))
        {
            var destroyed = whose.SelectMany(row => row.Redact(one => (one.Subject == subject && IsMeant(one, value)) || (IsBlack(one) && IsTold(one)), keys)).ToList();
            if (destroyed.Count > MostCommitments)
            {
                throw Refusal.Invalid("redaction.many", $"One history tells the value in {destroyed.Count} places; {MostCommitments} go at once. Leave out some of the documents.", destroyed.Count, MostCommitments);
            }

            if (destroyed.Count > 0 || (whose.Key == subject && black.Count > 0))
            {
                keys.Replace(whose.Key, at);
                db.Add(new RedactionRecord { Subject = whose.Key, Ground = ground, Reason = reason, Openings = destroyed.Count, Blackened = whose.Key == subject ? black.Count : 0, By = by, At = at });
                facts.Add(new ValuesRedacted { Subject = whose.Key, By = by, At = at, Ground = ground, Commitments = [.. destroyed.Order(StringComparer.Ordinal)] });
                sum += destroyed.Count;
            }
        }

        if (facts.Count > 0)
        {
            db.AddRange(seals.Select(seal => new BlackenedDocument { DocumentId = seal.Document, Part = seal.Part, Hash = seal.Hash, At = at }));
            await journal.CommitAsync(facts[0], facts[1..], ct);
        }

        return sum;

        bool IsBlack(Opening opening) => black.Contains(new(opening.Record, opening.RecordId, opening.Field));
        bool IsTold(Opening opening) => Blackening.Holds(opening.Before, value) || Blackening.Holds(opening.After, value);
    }
}
