using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Notices;

/// <summary>Publishes a notice: gives it the next number, fixes its words, opens the notice of every closing in it and states that of their items, all as one act.</summary>
/// <remarks>The number is one more than the highest given so far, and a unique index lets only one take it: whoever comes second takes the next, and none is left out.</remarks>
internal sealed class PublishNotice(Db db, ClosureWork closures, OpenNotice open, NoticeWork work, NoticePass pass, TimeProvider clock)
{
    /// <summary>How often the next number is tried for before it is given up.</summary>
    private const int Tries = 40;

    /// <param name="from">The first day; at most today.</param>
    /// <returns>Year and number.</returns>
    /// <exception cref="Refusal">
    /// 404: no such notice. 403: another duty or unit publishes it. 409: published or dropped, changed since it was seen, or a closing of it is no longer due. 422: a contradiction is neither
    /// corrected nor overruled, nothing shows that it stood elsewhere since a day before today, nowhere to turn with objections, no channel, or a passage to be withheld stands nowhere.
    /// </exception>
    public async Task<(int Year, int No)> RunAsync(Guid id, DateOnly from, string channel, int version, Access by, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await TryAsync(id, from, channel, version, by, ct);
            }
            catch (Refusal lost) when (lost.Code == "taken" && tried < Tries)
            {
                // Another notice took the number in the same moment.
            }
            finally
            {
                pass.Closures.Clear();
            }
        }
    }

    private async Task<(int Year, int No)> TryAsync(Guid id, DateOnly from, string channel, int version, Access by, CancellationToken ct)
    {
        var (notice, parts, cases) = await work.ForWriterAsync(id, by, ct);
        notice.DemandDraft(version);
        if (cases.FirstOrDefault(one => one.Next is not { Kind: Procedures.StepKind.Notice } || one.Closure.NoticeId is not null) is not null)
        {
            throw NoticeWork.NoNotice();
        }

        var doubts = await new NoticeStatement(db, clock).DoubtsAsync(notice, parts, cases, from, ct);
        if (doubts.Where(one => one.Overruled is null).ToList() is { Count: > 0 } standing)
        {
            throw Refusal.Invalid(
                "notice.contradictions", $"{standing.Count} contradictions are neither corrected nor overruled.", standing.Count,
                standing.Select(one => new Phrase($"consistency.rule.{one.Found.Rule}")).Distinct().ToList());
        }

        if (from < clock.Today && !await db.NoticePieces().AnyAsync(one => one.NoticeId == id && db.PiecesFor(NoticeWork.Room).Any(piece => piece.Id == one.PieceId && piece.WithdrawnAt == null), ct))
        {
            throw Refusal.Invalid("notice.backdated", "Name first what shows that the notice stood elsewhere from its first day.");
        }

        if (!await db.ObjectionDesks().AnyAsync(one => one.ProgrammeId == notice.ProgrammeId, ct))
        {
            throw Refusal.Invalid("notice.desk", "Set first where the public turns with objections.");
        }

        pass.Closures.UnionWith(cases.Select(one => one.Closure.Id));
        var (opened, done) = await open.PrepareAsync([.. cases.Select(one => (one.Closure.Id, one.Closure.Version))], channel, new(from), by, ct);
        var no = (await db.NoticesFor(NoticeWork.Room).Where(one => one.ProgrammeId == notice.ProgrammeId && one.Year == from.Year).MaxAsync(one => one.No, ct) ?? 0) + 1;
        var masking = new Masking(notice.Masks);
        var said = await NoticeWork.WordsAsync(db, notice, parts, cases, no, from, ct);
        opened.QuoteAs(said.Number);
        var content = said.Masked(masking);
        notice.Publish(version, no, from, done[0].Case.Next!.Stands!, done[0].Case.Procedure.ObjectionClock, channel, opened.Id, content, cases[0].Calendar, by.Actor, clock.NowMs);

        await closures.CommitAsync(
            done,
            [
                new NoticePublished
                {
                    Subject = notice.Id,
                    By = by.Actor,
                    At = clock.NowMs,
                    Notice = JournalBytes.Text(notice.PublicId),
                    Year = from.Year,
                    No = no,
                    From = from,
                    To = notice.To!.Value,
                    Content = notice.ContentHash,
                    Masks = masking.Masks.Count is > 0 and var many ? many : null,
                },
            ],
            by, ct);
        return (from.Year, no);
    }
}

/// <summary>Names a piece of evidence that shows where the notice stood: a picture of the page, a cutting.</summary>
internal sealed class ProveNotice(Db db, JournalWriter journal, NoticeWork work)
{
    /// <remarks>Of a draft by whoever writes it: what stood elsewhere before it goes out here needs the proof first.</remarks>
    /// <exception cref="Refusal">404: no such notice. 403: another office's, or of a draft another duty or unit publishes it. 409: dropped, or named already. 422: a piece that is no evidence of one of its items.</exception>
    public async Task RunAsync(Guid id, Guid piece, Access by, CancellationToken ct)
    {
        var draft = await db.NoticesFor(by).AnyAsync(one => one.Id == id && one.State == NoticeState.Draft, ct);
        var notice = draft ? (await work.ForWriterAsync(id, by, ct)).Notice : (await work.ForOfficeAsync(id, by, ct)).Notice;
        if (notice.State is NoticeState.Dropped)
        {
            throw Refusal.Conflict("notice.not-published", "This notice has not gone out.");
        }

        var items = await db.NoticeParts().Where(part => part.NoticeId == id).Select(part => part.ItemId).ToArrayAsync(ct);
        var found = await db.PiecesFor(by).SingleOrDefaultAsync(
                one => one.Id == piece && one.WithdrawnAt == null && db.PieceUses().Any(use => use.PieceId == piece && EF.Parameter(items).Contains(use.ItemId)), ct)
            ?? throw Refusal.Invalid("notice.evidence", "That is no evidence of an item of the notice, or it was withdrawn.");
        if (await db.NoticePieces().AnyAsync(one => one.NoticeId == id && one.PieceId == piece, ct))
        {
            throw Refusal.Conflict("notice.proved", "This piece is named already.");
        }

        db.Add(new NoticePiece { NoticeId = id, PieceId = piece });

        await journal.CommitAsync(
            new NoticeProved { Subject = id, By = by.Actor, At = work.Now, Notice = JournalBytes.Text(notice.PublicId), Piece = JournalBytes.Text(found.PublicId) }, ct);
    }
}
