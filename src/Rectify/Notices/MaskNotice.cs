using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Notices;

/// <summary>Withholds passages of a notice that went out, for good. That it was done, and when, is public; what it said before is kept for the office.</summary>
internal sealed class MaskNotice(Db db, JournalWriter journal, NoticeWork work)
{
    /// <param name="masks">Passages to withhold besides those that are withheld already.</param>
    /// <exception cref="Refusal">
    /// 404: no such notice. 403: another office's. 409: not published, or changed since it was seen. 422: no passage, too many, one that stands nowhere, or the title grows too long.
    /// </exception>
    public async Task RunAsync(Guid id, IReadOnlyList<Mask> masks, int version, Access by, CancellationToken ct)
    {
        var (notice, _) = await work.ForOfficeAsync(id, by, ct);

        var before = db.Add(notice.Mask(masks, version, by.Actor, work.Now)).Entity;

        await journal.CommitAsync(
            new NoticeMasked
            {
                Subject = id,
                By = by.Actor,
                At = before.At,
                Notice = JournalBytes.Text(notice.PublicId),
                Before = before.Hash,
                Content = notice.ContentHash,
                Masks = new Masking(masks).Masks.Count,
            }, ct);
    }
}
