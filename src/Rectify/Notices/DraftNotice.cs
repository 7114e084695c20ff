using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;

namespace Rectify.Notices;

/// <summary>Begins a notice of closings that wait for one, with the text that the record gives.</summary>
internal sealed class DraftNotice(Db db, JournalWriter journal, NoticeWork work, TimeProvider clock)
{
    /// <summary>Items that one notice tells of.</summary>
    public const int Most = 20;

    /// <exception cref="Refusal">
    /// 404: no such closing, or not theirs to read. 403: another duty or unit publishes it. 409: no notice is due, or one is being written or stands. 422: several where the procedure allows one.
    /// </exception>
    public async Task<Guid> RunAsync(IReadOnlyList<Guid> closures, Access by, CancellationToken ct)
    {
        if (closures.Count is 0 or > Most || closures.Distinct().Count() != closures.Count)
        {
            throw Refusal.Malformed($"One notice tells of 1 to {Most} closings, each once.");
        }

        var ids = closures.ToArray();
        var found = await db.ClosuresFor(by).AsNoTracking().Where(one => EF.Parameter(ids).Contains(one.Id)).ToListAsync(ct);
        var cases = await new ClosureReading(db).ReadAsync([.. closures.Select(id => found.Find(one => one.Id == id) ?? throw Refusal.NotFound("closure", id))], ct);
        Guid unit = default;
        foreach (var one in cases)
        {
            if (one.Next is not { Kind: StepKind.Notice } || one.Closure.NoticeId is not null)
            {
                throw NoticeWork.NoNotice();
            }

            unit = await work.DemandWriterAsync(one, by, ct);
        }

        if (cases.Count > 1 && cases.Exists(one => one.Programme.Id != cases[0].Programme.Id || !one.Procedure.SharedNotice || one.Next!.Stands != cases[0].Next!.Stands || one.Next.Duty != cases[0].Next!.Duty))
        {
            throw Refusal.Invalid("closure.notice-alone", "By the procedure each item has a notice of its own.");
        }

        if (await db.NoticeParts().AnyAsync(part => EF.Parameter(ids).Contains(part.ClosureId) && db.NoticesFor(NoticeWork.Room).Any(one => one.Id == part.NoticeId && one.State == NoticeState.Draft), ct))
        {
            throw Refusal.Conflict("notice.drafted", "A notice of this closing is being written already.");
        }

        var notice = db.Add(PublicNotice.Create(cases[0].Programme.Id, unit, NoticeText.Title(cases), cases[0].Next!.Duty is Role.Acceptor)).Entity;
        foreach (var (i, one) in cases.Index())
        {
            var part = db.Add(new NoticePart { NoticeId = notice.Id, ClosureId = one.Closure.Id, ItemId = one.Item.Id, No = i + 1 }).Entity;
            part.Write(NoticeText.Of(one));
        }

        await journal.CommitAsync(
            new NoticeDrafted
            {
                Subject = notice.Id,
                By = by.Actor,
                At = clock.NowMs,
                Notice = JournalBytes.Text(notice.PublicId),
                Closures = [.. cases.Select(one => JournalBytes.Text(one.Closure.PublicId))],
            },
            ct);
        return notice.Id;
    }
}

/// <summary>Saves what was written in a draft, or gives it up.</summary>
internal sealed class ChangeNotice(Db db, JournalWriter journal, NoticeWork work)
{
    /// <param name="texts">One for each part, in order.</param>
    /// <param name="masks">All passages that will be withheld; <see langword="null"/> for those that were chosen before.</param>
    /// <param name="receivers">Units with desks to which it sends objections; empty for the usual desk, <see langword="null"/> for what was chosen before.</param>
    /// <exception cref="Refusal">
    /// 404: no such notice. 403: another duty or unit publishes it. 409: published or dropped, or changed since it was seen. 422: a text missing or too long, a passage to be withheld stands nowhere, or a receiver without a desk.
    /// </exception>
    public async Task RunAsync(Guid id, string title, IReadOnlyList<PartText> texts, IReadOnlyList<Mask>? masks, int version, Access by, CancellationToken ct, IReadOnlyList<Guid>? receivers = null)
    {
        var (notice, parts, cases) = await work.ForWriterAsync(id, by, ct);
        if (texts.Count != parts.Count)
        {
            throw Refusal.Malformed("There is one text for each item of the notice.");
        }

        notice.Retitle(title, version);
        foreach (var (part, text) in parts.Zip(texts))
        {
            part.Write(text);
        }

        if (receivers is not null)
        {
            await work.DemandDesksAsync(notice.ProgrammeId, receivers, ct);
            notice.ReceivedBy(receivers);
        }

        if (masks is not null)
        {
            var masking = new Masking(masks);
            (await NoticeWork.WordsAsync(db, notice, parts, cases, null, work.Today, ct)).Masked(masking);
            notice.Withhold(masking.Masks);
        }

        await CommitAsync(notice, by, ct);
    }

    /// <exception cref="Refusal">404: no such notice. 403: another duty or unit publishes it. 409: published or dropped, or changed since it was seen.</exception>
    public async Task DropAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var (notice, _, _) = await work.ForWriterAsync(id, by, ct);

        notice.Drop(version);

        await CommitAsync(notice, by, ct);
    }

    private Task CommitAsync(PublicNotice notice, Access by, CancellationToken ct) => journal.CommitAsync(
        new NoticeChanged { Subject = notice.Id, By = by.Actor, At = work.Now, Notice = JournalBytes.Text(notice.PublicId), State = notice.State }, ct);
}

/// <summary>Says why a contradiction does not keep a notice from going out. The reason holds for these very words.</summary>
internal sealed class OverruleContradiction(Db db, JournalWriter journal, NoticeWork work, TimeProvider clock)
{
    /// <param name="tag">As <see cref="Doubt.Tag"/>.</param>
    /// <param name="from">The first day that will be announced; <see langword="null"/> for today.</param>
    /// <exception cref="Refusal">
    /// 404: no such notice. 403: another duty or unit publishes it. 409: published, or changed since it was seen. 422: no such contradiction now, or no reason.
    /// </exception>
    public async Task RunAsync(Guid id, Guid closure, string tag, string reason, int version, Access by, CancellationToken ct, DateOnly? from = null)
    {
        var (notice, parts, cases) = await work.ForWriterAsync(id, by, ct);
        notice.DemandDraft(version);
        var doubts = await new NoticeStatement(db, clock).DoubtsAsync(notice, parts, cases, from ?? clock.Today, ct);
        var doubt = doubts.Find(one => one.Part.ClosureId == closure && one.Tag == tag && one.Overruled is null)
            ?? throw Refusal.Invalid("notice.no-contradiction", "Nothing of that kind stands in the notice now.");
        db.Add(Overruling.Create(id, closure, doubt.Found.Key, Words.In(Language.Default).Why(doubt.Found), reason, by.Actor, clock.NowMs));
        notice.Touch();

        await journal.CommitAsync(
            new NoticeOverruled { Subject = id, By = by.Actor, At = clock.NowMs, Notice = JournalBytes.Text(notice.PublicId), Rule = doubt.Found.Rule }, ct);
    }
}
