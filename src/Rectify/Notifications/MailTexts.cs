using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Text;

namespace Rectify.Notifications;

/// <summary>Writes a mail when its turn comes, in its reader's language, with what its reader may see at that moment.</summary>
/// <remarks>Says titles, days and links, nothing else: a mailbox is not ours to guard.</remarks>
internal sealed class MailTexts(Db db, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Lines in one mail; the rest is a number and a link.</summary>
    private const int Most = 50;

    /// <returns><see langword="null"/> if there is nothing left to tell, or nobody to tell it to.</returns>
    public async Task<MimeMessage?> WriteAsync(MailMessage mail, CancellationToken ct)
    {
        var settings = await db.NoticeSettings().SingleOrDefaultAsync(one => one.Id == mail.AccountId, ct);
        var account = await db.Accounts().AsNoTracking().SingleOrDefaultAsync(one => one.Id == mail.AccountId, ct);
        if (settings is not { Address.Length: > 0 } || account is not { Disabled: false } || (settings.ConfirmedAt is null) != (mail.Kind is MailKind.Code))
        {
            return null;
        }

        var words = Words.In(Language.Find(settings.Language) ?? Language.Default);
        if (mail.Kind is MailKind.Code)
        {
            return Of(mail, settings, words, words["mail.code.subject"], words["mail.code.text", settings.NewCode(clock.NowMs)], [], "/account/notices", 0);
        }

        if (mail.Kind is MailKind.Test)
        {
            return Of(mail, settings, words, words["mail.test.subject"], words["mail.test.text"], [], "/mail", 0);
        }

        var reader = await Reader.AccessOf(db, account.Actor, clock.Today, ct);
        var notices = await db.NoticesFor(reader).AsNoTracking().Where(notice => notice.MailId == mail.Id && notice.SettledAt == null).OrderBy(notice => notice.Id).ToListAsync(ct);
        notices = [.. notices.Where(notice => settings.For(notice.Kind) is not Delivery.None).OrderBy(notice => notice.Kind).ThenBy(notice => notice.Due)];
        var lines = await NoticeLines.ReadAsync(db, reader, [.. notices.Take(Most)], words, clock.Today, ct);
        return lines.Count == 0 ? null
            : Of(mail, settings, words, words[$"mail.{(mail.Kind is MailKind.Digest ? "digest" : "now")}.subject", notices.Count], words["mail.lead", notices.Count], lines, "/inbox", notices.Count - lines.Count);
    }

    private MimeMessage Of(MailMessage mail, NoticeSettings settings, Words words, string subject, string lead, List<NoticeLine> lines, string href, int more)
    {
        var site = options.Value.Site.TrimEnd('/');
        var sender = MailboxAddress.Parse(options.Value.From);
        var message = new MimeMessage
        {
            // The same whenever this mail is sent: a server that has it already drops the double.
            MessageId = $"{mail.Id:N}@{sender.Domain}",
            Subject = subject,
            Date = words.Local(clock.NowMs),
        };
        message.From.Add(new MailboxAddress(words["brand.name"], sender.Address));
        message.To.Add(MailboxAddress.Parse(settings.Address));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // so that absence notes do not answer. Source: RFC 3834 §5
        var foot = words["mail.foot", $"{site}/account/notices"];
        var (plain, html) = (new StringBuilder(), new StringBuilder());
        plain.Append(lead).Append("\n\n");
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{words.Language.Tag}\" dir=\"{words.Language.Direction}\"><head><meta charset=\"utf-8\"></head><body><p>{Html(lead)}</p>");
        if (lines.Count > 0)
        {
            html.Append("<ul>");
        }

        foreach (var line in lines)
        {
            var kind = words[$"notices.kind.{line.Notice.Kind}"];
            var detail = line.Detail.Length > 0 ? words["mail.detail", line.Detail] : "";
            plain.Append(CultureInfo.InvariantCulture, $"{words["mail.line", kind, line.Title, detail]}\n{site}{line.Href}\n\n");
            html.Append(CultureInfo.InvariantCulture, $"<li>{Html(kind)} <a href=\"{Html(site + line.Href)}\">{Html(line.Title)}</a>{Html(detail)}</li>");
        }

        if (lines.Count > 0)
        {
            html.Append("</ul>");
        }

        if (more > 0)
        {
            plain.Append(words["mail.more", more]).Append("\n\n");
            html.Append(CultureInfo.InvariantCulture, $"<p>{Html(words["mail.more", more])}</p>");
        }

        plain.Append(CultureInfo.InvariantCulture, $"{site}{href}\n\n{foot}\n");
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Html(site + href)}\">{Html(words["mail.open"])}</a></p><p><small>{Html(foot)}</small></p></body></html>");
        message.Body = new MultipartAlternative(
            new TextPart(TextFormat.Plain) { Text = plain.ToString() },
            new TextPart(TextFormat.Html) { Text = html.ToString() });
        return message;
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
