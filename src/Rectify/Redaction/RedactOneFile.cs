using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Redaction;

/// <summary>Destroys a kept file, for ever, by someone on the page. What is left says that it was destroyed, and why.</summary>
/// <remarks>Jobs note what they see or make of a file at any moment. Nobody has to read that first, so the act begins again; a use that was added meanwhile is for whoever decides.</remarks>
internal sealed class RedactOneFile(Db db, KeptValues kept, RedactFile redact, TimeProvider clock)
{
    /// <summary>How often the act begins at most.</summary>
    private const int Beginnings = 3;

    /// <param name="ground"><see langword="null"/>: none was chosen.</param>
    /// <param name="seen">How many uses whoever decides has seen listed.</param>
    /// <returns>How many openings were destroyed.</returns>
    /// <exception cref="Refusal">
    /// 403: see <see cref="RedactionRoom.DemandRedaction"/>. 404: no such file, or it is destroyed already. 409: a draft of a plan is read from it, a published page shows it, or it is used elsewhere since it was listed.
    /// 422: no ground, no reason.
    /// </exception>
    public async Task<int> RunAsync(Guid entry, string commitment, RedactionGround? ground, string? reason, int seen, Access by, CancellationToken ct)
    {
        for (var beginning = 1; ; beginning++)
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

            if (preview.Uses.Count != seen)
            {
                throw Refusal.Stale();
            }

            try
            {
                return await redact.RunAsync(preview.File.Hash, why, told, by.Actor, clock.NowMs, ct);
            }
            catch (Refusal moved) when (moved.Code is "stale" or "taken" && beginning < Beginnings)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
