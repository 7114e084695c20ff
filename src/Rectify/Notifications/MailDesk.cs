using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>What administrators see and do about mail: how much waits, what failed or is in doubt. They see no text and no address.</summary>
public sealed class MailDesk(Db db, JournalWriter journal, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Stuck mails shown.</summary>
    private const int Shown = 200;

    /// <param name="Who">The name shown of the account.</param>
    public sealed record Stuck(Guid Id, string Who, MailKind Kind, MailState State, int Attempts, string Error, DateTimeOffset MadeAt);

    /// <param name="Retrying">Of those that wait, how many were tried before.</param>
    /// <param name="Off">Whether no mail server is set.</param>
    public sealed record State(bool Off, int Waiting, int Retrying, int Sending, int SentToday, DateTimeOffset? LastSent, IReadOnlyList<Stuck> Problems);

    /// <exception cref="Refusal">403: not an administrator of everything.</exception>
    public async Task<State> ReadAsync(Access reader, CancellationToken ct)
    {
        Demand(reader);
        var counts = await db.Mails().GroupBy(mail => mail.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var day = clock.NowMs.AddDays(-1);
        var problems = await db.Mails().AsNoTracking().Where(mail => mail.State == MailState.Failed || mail.State == MailState.InDoubt || (mail.State == MailState.Queued && mail.Attempts > 0))
            .OrderByDescending(mail => mail.Id).Take(Shown)
            .Join(Platform.Identity.AccountTables.Accounts(db), mail => mail.AccountId, account => account.Id, (mail, account) => new Stuck(mail.Id, account.DisplayName, mail.Kind, mail.State, mail.Attempts, mail.Error, mail.MadeAt))
            .ToListAsync(ct);
        return new(
            !options.Value.IsOn, counts.GetValueOrDefault(MailState.Queued), await db.Mails().CountAsync(mail => mail.State == MailState.Queued && mail.Attempts > 0, ct), counts.GetValueOrDefault(MailState.Sending),
            await db.Mails().CountAsync(mail => mail.State == MailState.Sent && mail.SentAt >= day, ct), await db.Mails().MaxAsync(mail => mail.SentAt, ct), problems);
    }

    /// <summary>Sends a test to one's own confirmed address.</summary>
    /// <exception cref="Refusal">403: not an administrator. 409: no mail server, no confirmed address, or one was sent within this minute.</exception>
    public async Task TestAsync(Access by, CancellationToken ct)
    {
        Demand(by);
        if (!options.Value.IsOn)
        {
            throw Refusal.Conflict("mail.off", "No mail server is set. Ask whoever runs the product.");
        }

        var account = Guid.ParseExact(by.Actor.Id, "N");
        if (await db.NoticeSettings().AsNoTracking().SingleOrDefaultAsync(settings => settings.Id == account, ct) is not { HasAddress: true })
        {
            throw Refusal.Conflict("mail.no-address", "You have no confirmed mail address. Set one first.");
        }

        db.Add(MailMessage.Create(account, MailKind.Test, string.Create(CultureInfo.InvariantCulture, $"test:{account:N}:{clock.NowMs.ToUnixTimeSeconds() / 60}"), clock.NowMs));
        await journal.SaveBookkeepingAsync(ct);
    }

    /// <summary>Sends a mail once more that failed or is in doubt, under the same Message-ID.</summary>
    /// <exception cref="Refusal">403: not an administrator. 404: no such mail. 409: it neither failed nor is in doubt.</exception>
    public async Task SendAgainAsync(Guid id, Access by, CancellationToken ct)
    {
        Demand(by);
        var mail = await db.Mails().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("mail", id);
        mail.SendAgain(clock.NowMs);
        await journal.SaveBookkeepingAsync(ct);
    }

    private static void Demand(Access by)
    {
        if (!by.IsEverywhere(Right.Organise))
        {
            throw Refusal.NotAllowed("access.denied", "Your duties do not include this.");
        }
    }
}
