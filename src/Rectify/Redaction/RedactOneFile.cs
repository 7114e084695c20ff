using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Redaction;

/// <summary>Destroys a kept file, for ever, by someone on the page. What is left says that it was destroyed, and why.</summary>
internal sealed class RedactOneFile(KeptValues kept, RedactFile redact, TimeProvider clock)
{
    /// <param name="ground"><see langword="null"/>: none was chosen.</param>
    /// <param name="seen">How many uses whoever decides has seen listed.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">
    /// 403: see <see cref="RedactionRoom.DemandRedaction"/>. 404: no such file, or it is destroyed already. 409: a draft of a plan is read from it, a published page shows it, or it is used elsewhere since it was listed.
    /// 422: no ground, no reason.
    /// </exception>
    public async Task<int> RunAsync(Guid entry, string commitment, RedactionGround? ground, string? reason, int seen, Access by, CancellationToken ct)
    {
        var preview = await kept.PreviewFileAsync(entry, commitment, by, ct);
        if (ground is not { } why)
        {
            throw Refusal.Invalid("redaction.ground", "Say on what ground.");
        }

        if (reason?.Trim() is not { Length: > 0 } told)
        {
            throw Refusal.Invalid("redaction.why", "Say why, in a sentence.");
        }

        return preview.Uses.Count == seen ? await redact.RunAsync(preview.File.Hash, why, told, by.Actor, clock.NowMs, ct) : throw Refusal.Stale();
    }
}
