using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Bulletins;

/// <summary>Begins a bulletin on a round, with the paragraphs that such a paper usually has.</summary>
public sealed class DraftBulletin(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such round. 403: another office's. 409: the round is being opened, or has its bulletin.</exception>
    public async Task<Guid> RunAsync(Guid round, Access by, CancellationToken ct)
    {
        var of = await db.RoundsFor(by).AsNoTracking().SingleOrDefaultAsync(one => one.Id == round, ct) ?? throw Refusal.NotFound("round", round);
        var programme = await Office.ProgrammeAsync(db, of.ProgrammeId, by, ct);
        if (of.State is RoundState.Opening)
        {
            throw Refusal.Conflict("round.opening", "The round is still being opened. Try again in a moment.");
        }

        var all = db.BulletinsFor(Office.Room).AsNoTracking().Where(bulletin => bulletin.RoundId == round);
        var before = await all.Select(bulletin => bulletin.State).ToListAsync(ct);
        if (before.Exists(state => state is not BulletinState.Withdrawn))
        {
            throw Exists();
        }

        var (series, words) = ((await SetSeries.OfAsync(db, programme, ct)).Details, Words.In(Language.Default));
        var last = await db.BulletinsFor(Office.Room).AsNoTracking().Where(bulletin => bulletin.ProgrammeId == programme.Id && bulletin.No != null)
            .OrderByDescending(bulletin => bulletin.IssuedAt).Select(bulletin => bulletin.Requirements).FirstOrDefaultAsync(ct);
        var bulletin = db.Add(Bulletin.Create(programme.Id, round, before.Count + 1, new(
            words["bulletin.title.usual", words.Title(of)], words["bulletin.foreword.usual", words.Title(of)], last ?? words["bulletin.requirements.usual"],
            series.Report, series.Send, series.Distribute, series.Copies))).Entity;
        try
        {
            await journal.CommitAsync(
                new BulletinDrafted { Subject = bulletin.Id, By = by.Actor, At = clock.NowMs, Programme = JournalBytes.Text(programme.Id), Round = JournalBytes.Text(round) }, ct);
        }
        catch (Refusal lost) when (lost.Status is StatusCodes.Status409Conflict)
        {
            // The unique index let someone else's go first.
            db.ChangeTracker.Clear();
            throw await all.CountAsync(ct) > before.Count ? Exists() : lost;
        }

        return bulletin.Id;
    }

    private static Refusal Exists() => Refusal.Conflict("bulletin.exists", "This round has its bulletin already.");
}

/// <summary>Saves what was written in a draft.</summary>
public sealed class ChangeBulletin(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such bulletin. 403: another office's. 409: issued already, or changed meanwhile. 422: a text missing or too long.</exception>
    public async Task RunAsync(Guid id, BulletinDraft draft, int version, Access by, CancellationToken ct)
    {
        var bulletin = await BulletinView.ForOfficeAsync(db, id, by, ct);

        var changed = bulletin.Change(draft, version, by.Actor, clock.NowMs);

        await journal.CommitAsync(changed, ct);
    }
}

/// <summary>Withdraws an issued bulletin. Its number stays given and its page stays, saying so.</summary>
public sealed class WithdrawBulletin(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such bulletin. 403: another office's. 409: not issued, withdrawn already, or changed meanwhile. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string because, int version, Access by, CancellationToken ct)
    {
        var bulletin = await BulletinView.ForOfficeAsync(db, id, by, ct);

        var withdrawn = bulletin.Withdraw(because, version, by.Actor, clock.NowMs);

        await journal.CommitAsync(withdrawn, ct);
    }
}
