using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Redaction;

/// <summary>Destroys a value in the history of a record, for ever. What is left says that something was destroyed, and why.</summary>
/// <remarks>The files of the database and the key follow some ten minutes later: <see cref="DestroyOpeningKeys"/>.</remarks>
internal sealed class RedactValue(KeptValues kept, RedactOpenings redact, TimeProvider clock)
{
    /// <param name="before">Whether the value before the act is meant, and not the one after it.</param>
    /// <param name="ground"><see langword="null"/>: none was chosen.</param>
    /// <param name="seen">How many openings whoever decides has seen listed.</param>
    /// <param name="places">Documents in which it is blackened, as <see cref="BlackenDocuments.Place.Key"/>.</param>
    /// <param name="othersDiffer">Whether whoever decides says that the same words in records that are in use mean something else.</param>
    /// <returns>What was destroyed; its values are still in this list, which is for the answer alone.</returns>
    /// <exception cref="Refusal">
    /// 403: see <see cref="RedactionRoom.DemandRedaction"/>. 404: no such value, or it is destroyed already. 409: a record still holds it, other records that are in use hold the same words and
    /// nobody says that they mean something else, the history has changed since it was listed, or a document is not what the journal says.
    /// 422: no ground, no reason, or a reason that tells the value.
    /// </exception>
    public async Task<KeptValues.Preview> RunAsync(Guid entry, string commitment, bool before, RedactionGround? ground, string? reason, int seen, IReadOnlyCollection<string> places, bool othersDiffer, Access by, CancellationToken ct)
    {
        var preview = await kept.PreviewAsync(entry, commitment, before, by, ct);
        if (ground is not { } why)
        {
            throw Refusal.Invalid("redaction.ground", "Say on what ground.");
        }

        if (reason?.Trim() is not { Length: > 0 } told)
        {
            throw Refusal.Invalid("redaction.why", "Say why, in a sentence.");
        }

        if (preview.Meant.Count != seen)
        {
            throw Refusal.Stale();
        }

        if (!othersDiffer && preview.Elsewhere.IsInUse)
        {
            throw Refusal.Conflict("redaction.live", "Records that are in use hold the same words. Correct them first, or say that they mean something else there.");
        }

        await redact.RunAsync(preview.Subject, preview.Value, why, told, by.Actor, clock.NowMs, places, ct);
        return preview;
    }
}
