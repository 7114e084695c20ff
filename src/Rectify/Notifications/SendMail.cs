using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>Sends what waits in the outbox, each mail once.</summary>
/// <remarks>
/// A mail is claimed in one transaction, sent, and marked in another. Dies the server in between, the claim grows old and the mail is in
/// doubt: it is shown to administrators and not sent again by itself. What certainly did not arrive is tried again after a pause.
/// </remarks>
internal sealed class SendMail(Db db, JournalWriter journal, MailTexts texts, MailLine line, IOptions<MailOptions> options, TimeProvider clock) : IJob
{
    /// <summary>Mails sent in one run, over one connection.</summary>
    private const int Batch = 50;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await DoubtAsync(ct);
        if (!options.Value.IsOn)
        {
            return 0;
        }

        var now = clock.NowMs;
        var waiting = await db.Mails().Where(mail => mail.State == MailState.Queued && mail.NextAt <= now).OrderBy(mail => mail.NextAt).ThenBy(mail => mail.Id)
            .Select(mail => mail.Id).Take(Batch).ToListAsync(ct);
        await using var open = line;
        foreach (var id in waiting)
        {
            db.ChangeTracker.Clear();
            await SendAsync(id, ct);
        }

        return waiting.Count;
    }

    // Whoever claimed these is gone: what came of them nobody knows.
    private async Task DoubtAsync(CancellationToken ct)
    {
        var before = clock.NowMs - MailMessage.ClaimLife;
        foreach (var id in await db.Mails().Where(mail => mail.State == MailState.Sending && mail.ClaimedAt < before).Select(mail => mail.Id).ToListAsync(ct))
        {
            db.ChangeTracker.Clear();
            var mail = await db.Mails().SingleAsync(one => one.Id == id, ct);
            if (mail.State is MailState.Sending && mail.ClaimedAt < before)
            {
                mail.End(MailState.InDoubt, "server stopped", clock.NowMs);
                await SavedAsync(ct);
            }
        }
    }

    private async Task SendAsync(Guid id, CancellationToken ct)
    {
        var mail = await db.Mails().SingleAsync(one => one.Id == id, ct);
        if (mail.State is not MailState.Queued)
        {
            return;
        }

        var message = await texts.WriteAsync(mail, ct);
        if (message is null)
        {
            mail.End(MailState.Dropped, "", clock.NowMs);
            await SavedAsync(ct);
            return;
        }

        mail.Claim(clock.NowMs);
        if (!await SavedAsync(ct))
        {
            return; // another server has it
        }

        var sent = await line.SendAsync(message, ct);
        switch (sent.Outcome)
        {
            case MailOutcome.Taken:
                mail.End(MailState.Sent, "", clock.NowMs);
                break;
            case MailOutcome.NotNow:
                mail.Retry(sent.Error, clock.NowMs);
                break;
            case MailOutcome.Refused:
                mail.End(MailState.Failed, sent.Error, clock.NowMs);
                break;
            case MailOutcome.Unknown:
                mail.End(MailState.InDoubt, sent.Error, clock.NowMs);
                break;
        }

        await SavedAsync(CancellationToken.None); // the answer is known: a server told to stop writes it down first
        ct.ThrowIfCancellationRequested();
    }

    private async Task<bool> SavedAsync(CancellationToken ct)
    {
        try
        {
            await journal.SaveBookkeepingAsync(ct);
            return true;
        }
        catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
        {
            return false;
        }
    }
}
