using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Notifications;

/// <summary>The last days of one's units as a calendar: items, nodes and returns. Names no person. Source: RFC 5545.</summary>
public static class CalendarFeed
{
    /// <summary>Entries of one kind in a calendar.</summary>
    private const int Most = 2_000;

    /// <summary>How long what is over stays in it, so that calendars learn that it was called off.</summary>
    private const int DaysBack = 400;

    private static readonly DraftRole[] Responsible = [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate];

    /// <summary>One all-day entry.</summary>
    /// <param name="Uid">The same for ever.</param>
    /// <param name="Sequence">Grows with each change of the matter.</param>
    internal sealed record Entry(string Uid, DateOnly On, string Summary, string Href, string Status, long Sequence, DateTimeOffset Modified);

    /// <summary>The calendar that a secret opens.</summary>
    /// <returns><see langword="null"/> if it opens none: unknown, renewed, turned off, or the account disabled.</returns>
    public static async Task<string?> ReadAsync(Db db, string secret, string site, DateOnly today, CancellationToken ct)
    {
        var hash = Notifications.NoticeSettings.Hash(secret);
        var settings = await NotificationsTables.NoticeSettings(db).AsNoTracking().SingleOrDefaultAsync(one => one.FeedHash == hash, ct);
        if (settings is null || await db.Accounts().AsNoTracking().SingleOrDefaultAsync(one => one.Id == settings.Id && !one.Disabled, ct) is not { } account)
        {
            return null;
        }

        var reader = await Reader.AccessOf(db, account.Actor, today, ct);
        var words = Words.In(Language.Find(settings.Language) ?? Language.Default);
        return Write([.. await ItemsAsync(db, reader, words, today, ct), .. await ReturnsAsync(db, reader, words, today, ct), .. await ChecksAsync(db, reader, words, today, ct)], words["feed.name"], site);
    }

    /// <summary>Lines end with CR LF and have at most 75 octets. Source: RFC 5545 §3.1.</summary>
    internal static string Write(IEnumerable<Entry> entries, string name, string site)
    {
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Rectify//Deadlines//ZH");
        Line("CALSCALE:GREGORIAN");
        Line($"NAME:{Escaped(name)}");
        Line($"X-WR-CALNAME:{Escaped(name)}");
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
        Line("X-PUBLISHED-TTL:PT6H");
        foreach (var entry in entries.OrderBy(entry => entry.Uid, StringComparer.Ordinal))
        {
            var at = entry.Modified.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            Line("BEGIN:VEVENT");
            Line($"UID:{entry.Uid}");
            Line($"DTSTAMP:{at}"); // without a METHOD: when the matter last changed. Source: RFC 5545 §3.8.7.2
            Line($"LAST-MODIFIED:{at}");
            Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"));
            Line($"DTSTART;VALUE=DATE:{Day(entry.On)}");
            Line($"DTEND;VALUE=DATE:{Day(entry.On.AddDays(1))}"); // the day after the last. Source: RFC 5545 §3.6.1
            Line($"SUMMARY:{Escaped(entry.Summary)}");
            Line($"URL:{site}{entry.Href}");
            Line($"STATUS:{entry.Status}");
            Line("TRANSP:TRANSPARENT");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();
    }

    private static async Task<List<Entry>> ItemsAsync(Db db, Access reader, Words words, DateOnly today, CancellationToken ct)
    {
        var (units, since) = (reader.HeldAt(Right.Report), today.AddDays(-DaysBack));
        var own = db.ItemUnits().Where(part => part.UnitId != null && units.Contains(part.UnitId.Value) && Responsible.Contains(part.Role)).Select(part => part.ItemId);
        var items = await db.ItemsFor(reader, Right.Report).AsNoTracking()
            .Where(item => item.Kind != ItemKind.Finding && own.Contains(item.Id) && (item.DueOn >= since || db.ItemMilestones().Any(node => node.ItemId == item.Id && node.Due >= since)))
            .OrderBy(item => item.DueOn).ThenBy(item => item.Id).Take(Most).ToListAsync(ct);
        var (ids, chains) = (items.Select(item => item.Id).ToArray(), items.Select(item => item.Chain).Distinct().ToArray());
        var status = await db.StatusSpans().AsNoTracking().Where(span => ids.Contains(span.ItemId) && span.From <= today && span.Until > today).ToDictionaryAsync(span => span.ItemId, span => span.Status, ct);
        var nodes = (await db.ItemMilestones().AsNoTracking().Where(node => ids.Contains(node.ItemId) && node.Due >= since).ToListAsync(ct)).ToLookup(node => node.ItemId);
        var reached = (await db.ItemFacts().AsNoTracking().Where(fact => ids.Contains(fact.ItemId) && fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null).Select(fact => new { fact.ItemId, fact.No }).ToListAsync(ct))
            .Select(fact => (fact.ItemId, fact.No)).ToHashSet();
        var changes = await db.Journal.Where(row => chains.Contains(row.Subject)).GroupBy(row => row.Subject)
            .Select(group => new { group.Key, N = group.Max(row => row.N), At = group.Max(row => row.At) }).ToDictionaryAsync(group => group.Key, ct);
        List<Entry> entries = [];
        foreach (var item in items)
        {
            var key = JournalBytes.Text(item.PublicId);
            var change = changes.GetValueOrDefault(item.Chain);
            var (sequence, at) = (change?.N ?? 0, change?.At ?? DateTimeOffset.UnixEpoch);
            var now = item.RemovedOn <= today || !status.TryGetValue(item.Id, out var mark) ? "CANCELLED" : mark is ItemStatus.Draft ? "TENTATIVE" : mark.IsOpen ? "CONFIRMED" : "CANCELLED";
            var title = $"{item.NumberText} {item.Title}".Trim();
            if (item.DueOn >= since)
            {
                entries.Add(new($"item-{key}@rectify", item.DueOn.Value, words["feed.item", title], $"/items/{item.Id}", now, sequence, at));
            }

            entries.AddRange(nodes[item.Id].Select(node => new Entry(
                string.Create(CultureInfo.InvariantCulture, $"node-{key}-{node.No}@rectify"), node.Due, words["feed.node", title, node.No.ToString(CultureInfo.InvariantCulture)], $"/items/{item.Id}",
                reached.Contains((item.Id, node.No)) ? "CANCELLED" : now, sequence, at)));
        }

        return entries;
    }

    private static async Task<List<Entry>> ReturnsAsync(Db db, Access reader, Words words, DateOnly today, CancellationToken ct)
    {
        var since = today.AddDays(-DaysBack);
        var returns = await db.ReturnsToWriteFor(reader).AsNoTracking()
            .Join(db.RoundsFor(Access.OfSystem(Platform.Actor.System("notifications"))).Where(round => round.DueOn >= since), one => one.RoundId, round => round.Id, (one, round) => new { one, round })
            .Join(db.Units(), pair => pair.one.UnitId, unit => unit.Id, (pair, unit) => new { pair.one, pair.round, unit.ShortName })
            .OrderBy(row => row.round.DueOn).ThenBy(row => row.one.Id).Take(Most).ToListAsync(ct);
        return
        [
            .. returns.Select(row => new Entry(
                $"return-{row.one.Id:N}@rectify", row.round.DueOn, words["feed.return", row.ShortName, words.Title(row.round)], $"/returns/{row.one.Id}",
                !row.one.Closed && ReturnFlow.IsWritable(row.one.State) ? "CONFIRMED" : "CANCELLED", row.one.Version, row.one.Since)),
        ];
    }

    private static async Task<List<Entry>> ChecksAsync(Db db, Access reader, Words words, DateOnly today, CancellationToken ct)
    {
        var since = today.AddDays(-DaysBack);
        var checks = await db.ChecksToHandInFor(reader).AsNoTracking().Where(check => check.DueOn >= since)
            .Join(db.ItemsFor(Access.OfSystem(Platform.Actor.System("notifications")), Right.Read), check => check.ItemId, item => item.Id, (check, item) => new { check, item.NumberText, item.Title })
            .OrderBy(row => row.check.DueOn).ThenBy(row => row.check.Id).Take(Most).ToListAsync(ct);
        return
        [
            .. checks.Select(row => new Entry(
                $"check-{row.check.Id:N}@rectify", row.check.DueOn, words["feed.check", $"{row.NumberText} {row.Title}".Trim()], $"/checks/{row.check.Id}",
                row.check.State is CheckState.Open ? "CONFIRMED" : "CANCELLED", row.check.Version, row.check.ReviewedAt ?? row.check.HandedInAt ?? row.check.MadeAt)),
        ];
    }

    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            // A fold never parts the octets of one character.
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    // Source: RFC 5545 §3.3.11.
    private static string Escaped(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").Replace("\r\n", "\\n").Replace("\n", "\\n").Replace("\r", "").ToString();

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
