using System.Text;
using CsCheck;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>The calendar: read back by another hand, and looked at octet by octet.</summary>
public sealed class CalendarFeedTests
{
    private const string Site = "https://zg.example.org";

    [Fact]
    public void Whatever_a_title_holds_lines_keep_their_limits_and_the_title_comes_back() => Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['一', '龥'], Gen.Int[0, 5].Select(i => ",;\\\n，é"[i])), 0, 200].Sample(title =>
    {
        var text = CalendarFeed.Write([new("u@rectify", new(2026, 3, 31), $"x{title}x", "/items/1", "CONFIRMED", 3, DateTimeOffset.UnixEpoch)], "期限", Site);
        CheckLines(text);

        var entry = Calendar.Load(text)!.Events.Single();
        Assert.Equal($"x{title}x", entry.Summary);
    });

    // RFC 5545 §3.3.11: a reader may be strict where ours is not.
    [Fact]
    public void What_parts_values_is_escaped()
    {
        var text = CalendarFeed.Write([new("u@rectify", new(2026, 3, 31), "a;b,c\\d\ne", "/", "CONFIRMED", 0, DateTimeOffset.UnixEpoch)], "x", Site);

        Assert.Contains("\r\nSUMMARY:a\\;b\\,c\\\\d\\ne\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_of_four_octets_is_never_parted()
    {
        for (var lead = 0; lead < 8; lead++)
        {
            var title = new string('a', lead) + string.Concat(Enumerable.Repeat("𠮷", 60));
            var text = CalendarFeed.Write([new("u@rectify", new(2026, 3, 31), title, "/", "CONFIRMED", 0, DateTimeOffset.UnixEpoch)], "x", Site);
            CheckLines(text);
            Assert.Contains(title, text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task It_holds_one_s_units_deadlines_nodes_and_returns_as_whole_days_and_nobody_else_s(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, new(2026, 3, 10));
        var secret = await world.InAsync((TellMe tell) => tell.RenewFeedAsync(reporting.People["c1"].Actor, Ct));
        var text = await ReadAsync(world, secret);
        CheckLines(text!);
        Assert.DoesNotContain("Person", text, StringComparison.Ordinal);

        var entries = Calendar.Load(text!)!.Events.ToList();
        Assert.Equal(4, entries.Count); // tasks 1 and 2, the node of task 1, the return
        Assert.All(entries, entry =>
        {
            Assert.True(entry.IsAllDay);
            Assert.Equal(1, entry.End!.Date.DayNumber - entry.Start!.Date.DayNumber);
            Assert.Equal("CONFIRMED", entry.Status);
        });
        Assert.Equal(
            [new(2026, 3, 31), new(2026, 12, 31), new(2027, 12, 31)],
            entries.Where(entry => !entry.Uid!.StartsWith("return", StringComparison.Ordinal)).Select(entry => entry.Start!.Date).Order());
        var whole = await reporting.ReturnAsync(world, round, "C1");
        Assert.Contains(entries, entry => entry.Uid == $"return-{whole.Id:N}@rectify");
    }

    [Theory, EveryDatabase]
    public async Task A_changed_deadline_keeps_the_uid_and_raises_the_sequence_and_what_is_done_is_called_off(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var secret = await world.InAsync((TellMe tell) => tell.RenewFeedAsync(reporting.People["c1"].Actor, Ct));
        var uid = $"item-{Rectify.Platform.Journal.JournalBytes.Text(reporting.Tasks[0].PublicId)}@rectify";
        async Task<CalendarEvent> EntryAsync() => Calendar.Load((await ReadAsync(world, secret))!)!.Events.Single(entry => entry.Uid == uid);
        var before = await EntryAsync();
        Assert.Equal(await ReadAsync(world, secret), await ReadAsync(world, secret)); // unchanged is answered unchanged

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await Decided.MoveDeadlineAsync(world, reporting.Tasks[0].Id, new(2026, 3, 26), new(2027, 3, 31), reporting.Office);
        var moved = await EntryAsync();
        Assert.Equal(new(2027, 3, 31), moved.Start!.Date);
        Assert.True(moved.Sequence > before.Sequence);
        Assert.True(moved.LastModified!.AsUtc > before.LastModified!.AsUtc);

        await world.InAsync((RecordFacts record) => record.RunAsync(reporting.Tasks[0].Id, [new(FactKind.Completed, new(2026, 3, 26))], reporting.People["c1"], Ct));
        var done = await EntryAsync();
        Assert.Equal("CANCELLED", done.Status);
        Assert.True(done.Sequence > moved.Sequence);
    }

    [Theory, EveryDatabase]
    public async Task Only_the_last_secret_opens_it_while_the_account_may_sign_in_and_has_the_duty(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var by = reporting.People["c1"].Actor;
        var first = await world.InAsync((TellMe tell) => tell.RenewFeedAsync(by, Ct));
        var second = await world.InAsync((TellMe tell) => tell.RenewFeedAsync(by, Ct));
        Assert.Null(await ReadAsync(world, first));
        Assert.NotNull(await ReadAsync(world, second));
        Assert.Null(await ReadAsync(world, NoticeSettings.Hash(second))); // what the database holds opens nothing
        await world.InAsync(async (Db db) => Assert.DoesNotContain(second, string.Join(' ', await db.NoticeSettings().Select(one => one.FeedHash).ToListAsync(Ct)), StringComparison.Ordinal));

        var account = Guid.ParseExact(by.Id, "N");
        var duty = await world.InAsync((Db db) => db.DutiesOf(account).SingleAsync(Ct));
        reporting.Today(world, new(2026, 3, 27));
        await world.InAsync((EndDuty end) => end.RunAsync(duty.Id, null, Setup, Ct));
        Assert.Empty(Calendar.Load((await ReadAsync(world, second))!)!.Events);

        await world.InAsync((TellMe tell) => tell.EndFeedAsync(by, Ct));
        Assert.Null(await ReadAsync(world, second));

        var third = await world.InAsync((TellMe tell) => tell.RenewFeedAsync(by, Ct));
        Assert.NotNull(await ReadAsync(world, third));
        await world.InAsync((DisableAccount disable) => disable.RunAsync(account, Setup, Ct));
        Assert.Null(await ReadAsync(world, third));
    }

    private static Task<string?> ReadAsync(World world, string secret) => world.InAsync((Db db) => CalendarFeed.ReadAsync(db, secret, Site, world.Clock.Today, Ct));

    // RFC 5545 §3.1: lines end with CR LF, and have at most 75 octets without it.
    private static void CheckLines(string text)
    {
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
            Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line);
        });
        Assert.All(lines.SkipLast(1), line => Assert.Matches(@"^( |[A-Z-]+[:;])", line));
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))); // no half of a pair anywhere
    }
}
