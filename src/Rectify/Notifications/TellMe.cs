using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>How a person is told: their own settings, changed by themselves alone.</summary>
public sealed class TellMe(Db db, JournalWriter journal, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>The settings of whoever asks; not saved yet if they never chose.</summary>
    /// <exception cref="Refusal">404: a part of the system.</exception>
    public async Task<NoticeSettings> OfAsync(Actor by, CancellationToken ct)
    {
        var account = Guid.TryParseExact(by.Id, "N", out var id) ? id : throw Refusal.NotFound("account", by.Id);
        return await db.NoticeSettings().SingleOrDefaultAsync(settings => settings.Id == account, ct) ?? NoticeSettings.Of(account);
    }

    /// <summary>Chooses for each kind where to be told, and the language of mails.</summary>
    public Task ChooseAsync(IReadOnlyDictionary<NoticeKind, Delivery> choices, string language, Actor by, CancellationToken ct) =>
        ActAsync(by, SettingsChange.Choices, settings => settings.Choose(choices, language), ct);

    /// <summary>Takes a mail address and sends a code to it; an empty one takes the address away.</summary>
    /// <exception cref="Refusal">422: no address. 409: no mail server, or a code was asked for within this minute.</exception>
    public async Task TakeAddressAsync(string address, string language, Actor by, CancellationToken ct)
    {
        if (address.Trim().Length == 0)
        {
            await ActAsync(by, SettingsChange.AddressRemoved, settings => settings.Take(""), ct);
            return;
        }

        if (!options.Value.IsOn)
        {
            throw Refusal.Conflict("mail.off", "No mail server is set. Ask whoever runs the product.");
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"code:{by.Id}:{clock.NowMs.ToUnixTimeSeconds() / 60}");
        if (await db.Mails().AnyAsync(mail => mail.Key == key, ct))
        {
            throw Refusal.Conflict("mail.code-wait", "A code was sent a moment ago. Wait a minute before you ask for another one.");
        }

        await ActAsync(by, SettingsChange.AddressTaken, settings =>
        {
            settings.Take(address);
            settings.Choose(new Dictionary<NoticeKind, Delivery>(), language);
            db.Add(MailMessage.Create(settings.Id, MailKind.Code, key, clock.NowMs));
        }, ct);
    }

    /// <summary>Confirms the address with the code that was sent to it.</summary>
    /// <exception cref="Refusal">409: no code holds. 422: another code.</exception>
    public async Task ConfirmAsync(string code, Actor by, CancellationToken ct)
    {
        var settings = await OfAsync(by, ct);
        if (!settings.Confirm(code, clock.NowMs))
        {
            await journal.SaveBookkeepingAsync(ct); // the try counts
            throw Refusal.Invalid("mail.code", "This is not the code that was sent. Look again.");
        }

        await journal.CommitAsync(new NoticeSettingsChanged { Subject = settings.Id, By = by, At = clock.NowMs, Change = SettingsChange.AddressConfirmed }, ct);
    }

    /// <summary>A link to one's calendar; one from before leads nowhere from now on.</summary>
    /// <returns>The secret, told this once.</returns>
    public async Task<string> RenewFeedAsync(Actor by, CancellationToken ct)
    {
        var secret = "";
        await ActAsync(by, SettingsChange.FeedRenewed, settings => secret = settings.RenewFeed(clock.NowMs), ct);
        return secret;
    }

    public Task EndFeedAsync(Actor by, CancellationToken ct) => ActAsync(by, SettingsChange.FeedEnded, settings => settings.EndFeed(), ct);

    private async Task ActAsync(Actor by, SettingsChange change, Action<NoticeSettings> act, CancellationToken ct)
    {
        var settings = await OfAsync(by, ct);
        act(settings);
        if (db.Entry(settings).State is EntityState.Detached)
        {
            db.Add(settings);
        }

        await journal.CommitAsync(new NoticeSettingsChanged { Subject = settings.Id, By = by, At = clock.NowMs, Change = change }, ct);
    }
}
