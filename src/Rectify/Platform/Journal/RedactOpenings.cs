using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>On what ground a value is destroyed.</summary>
public enum RedactionGround
{
    /// <summary>The person concerned asked for it. Source: Personal Information Protection Law, article 47.</summary>
    Erasure,

    /// <summary>A court or an authority ordered it.</summary>
    Order,

    /// <summary>It should never have been entered: a secret, another person's data, a slip.</summary>
    Misplaced,
}

/// <summary>Values of fields were destroyed: what the journal committed to can no longer be opened.</summary>
public sealed record ValuesRedacted : Fact
{
    public override string Kind => "journal.values-redacted";

    public required RedactionGround Ground { get; init; }

    /// <summary>The commitments that have no opening any more, sorted.</summary>
    public required IReadOnlyList<string> Commitments { get; init; }
}

/// <summary>Destroys the openings of a value. All proofs stay as good as they were: entries carry commitments, and these stay.</summary>
/// <remarks>
/// The caller has checked the right and taken the value out of the record itself, which the journal opens once more as "before": that opening goes too.
/// Afterwards <see cref="Db.ShredAsync"/> clears what the database's files still hold, and <see cref="DestroyOpeningKeys"/> the key that could read what logs hold.
/// </remarks>
public sealed class RedactOpenings(Db db, JournalWriter journal)
{
    /// <summary>Destroys each opening of the subject in which the value stands, before or after, in whichever field: a name is kept as a short name too.</summary>
    /// <param name="value">As the history shows it.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">409: someone else changed the subject meanwhile.</exception>
    public async Task<int> RunAsync(Guid subject, string value, RedactionGround ground, Actor by, DateTimeOffset at, CancellationToken ct)
    {
        var (destroyed, keys) = (new List<string>(), db.OpeningKeys());
        foreach (var row in await db.OpeningRowsOf(subject).OrderBy(row => row.Id).ToListAsync(ct))
        {
            destroyed.AddRange(row.Redact(one => one.Before == value || one.After == value, keys));
        }

        if (destroyed.Count > 0)
        {
            keys.Replace(subject, at);
            await journal.CommitAsync(
                new ValuesRedacted { Subject = subject, By = by, At = at, Ground = ground, Commitments = [.. destroyed.Order(StringComparer.Ordinal)] }, ct);
        }

        return destroyed.Count;
    }
}
