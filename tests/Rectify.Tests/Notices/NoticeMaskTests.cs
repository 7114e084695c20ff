using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Grammar;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Proof;
using Rectify.Tasks;
using Rectify.Tests.Closure;
using Rectify.Tests.Papers;
using static Rectify.Tests.Notices.NoticeTests;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>What a notice withholds stands in nothing that the public is given, and that it is withheld is seen.</summary>
public sealed class NoticeMaskTests
{
    // One in each part of a notice: title, problem, goal, unit, deadline, measures, result, what is next.
    private static readonly string[] Secrets = ["QtitleQ", "QproblemQ", "QgoalQ", "Unit C1", "QdeadlineQ", "QmeasureQ", "QresultQ", "QnextQ"];

    [Theory, EveryDatabase]
    public async Task Withheld_passages_stand_in_nothing_that_goes_out_and_the_record_keeps_them(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, id, by) = await DraftedAsync(world);
        Mask[] masks = [.. Secrets.Select((secret, i) => new Mask(secret.ToLowerInvariant(), (MaskReason)(i % 4)))];

        // What stands nowhere would hide nothing: it is refused, and nothing is saved.
        Assert.Equal("mask.unused", await NoAsync(() => WriteAsync(world, closing, by, id, [.. masks, new("Qnowhere", MaskReason.Other)])));
        Assert.Equal("mask.many", await NoAsync(() => WriteAsync(world, closing, by, id, [new(new('x', 501), MaskReason.Other)])));
        Assert.Empty((await NoticeAsync(world, id)).Masks);
        Assert.Equal("closure.duty", await NoAsync(() => WriteAsync(world, closing, "county", id, masks)));
        await WriteAsync(world, closing, by, id, masks);
        await WriteAsync(world, closing, by, id, null); // who says nothing of them leaves them
        Demand((await ViewAsync(world, closing, by, id)).Content, Secrets, shown: false);
        Assert.Equal(masks, (await ViewAsync(world, closing, by, id)).Masks);
        Assert.Empty((await ViewAsync(world, closing, "reader", id)).Masks);

        // A text that was changed so that a passage is written otherwise cannot go out as if nothing were to be hidden.
        await WriteAsync(world, closing, by, id, null, "It came to Q-result-Q.");
        await OverruleAllAsync(world, closing, by, id);
        Assert.Equal("mask.unused", await NoAsync(() => PublishAsync(world, closing, by, id)));
        await WriteAsync(world, closing, by, id, null);
        await OverruleAllAsync(world, closing, by, id);
        await PublishAsync(world, closing, by, id);

        var notice = await NoticeAsync(world, id);
        var content = NoticeContent.Read(notice.Content);
        Demand(content, Secrets, shown: false);
        Assert.Equal(content.Title, notice.Title);
        foreach (var reason in Enum.GetValues<MaskReason>())
        {
            Assert.Contains(Masking.MarkOf(reason), notice.Content, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Secrets, secret => JsonSerializer.Serialize(Row(world)).Contains(secret, StringComparison.OrdinalIgnoreCase));
        foreach (var kind in new[] { "docx", "pdf" })
        {
            var paper = await PaperAsync(notice, kind);
            Assert.Contains("0991-555 0101", paper, StringComparison.Ordinal); // it is read at all
            Assert.DoesNotContain(Secrets, secret => paper.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        // Inside nothing is lost, and the journal says how many there are.
        var part = (await ViewAsync(world, closing, by, id)).Parts.Single();
        Assert.Contains("QresultQ", part.Result, StringComparison.Ordinal);
        Assert.Contains("QmeasureQ", part.Done, StringComparison.Ordinal);
        var said = Data(await EntryAsync(world, id, "notice.published"));
        Assert.Equal((Secrets.Length, notice.ContentHash), (said.GetProperty("masks").GetInt32(), said.GetProperty("content").GetString()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Content))), notice.ContentHash);
        Assert.Null(notice.MaskedAt);
    }

    [Theory, EveryDatabase]
    public async Task A_notice_that_is_out_can_still_withhold_and_everyone_sees_when_and_the_office_what(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, id, by) = await DraftedAsync(world);
        Mask[] first = [new("QtitleQ", MaskReason.Personal), new("QproblemQ", MaskReason.Commercial)];
        Assert.Equal("notice.not-published", await NoAsync(() => MaskAsync(world, closing, "office", id, first)));
        await OverruleAllAsync(world, closing, by, id);
        await PublishAsync(world, closing, by, id);
        var was = await NoticeAsync(world, id);
        Demand(NoticeContent.Read(was.Content), Secrets, shown: true);
        foreach (var who in new[] { "county", "reader", "bureau", "leader" })
        {
            Assert.Equal("notice.office", await NoAsync(() => MaskAsync(world, closing, who, id, first)));
        }

        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("notice.no-masks", await NoAsync(() => MaskAsync(world, closing, "office", id, [new(" ", MaskReason.Other)])));
        Assert.Equal("mask.unused", await NoAsync(() => MaskAsync(world, closing, "office", id, [.. first, new("Qnowhere", MaskReason.Other)])));
        Assert.Equal("stale", await NoAsync(() => world.InAsync((MaskNotice mask) => mask.RunAsync(id, first, was.Version - 1, closing.People["office"], Ct))));
        Assert.Equal(was.Content, (await NoticeAsync(world, id)).Content);

        await MaskAsync(world, closing, "office", id, first);
        var now = await NoticeAsync(world, id);
        Demand(NoticeContent.Read(now.Content), ["QtitleQ", "QproblemQ"], shown: false);
        Demand(NoticeContent.Read(now.Content), [.. Secrets.Except(["QtitleQ", "QproblemQ"])], shown: true);
        Assert.DoesNotContain("QtitleQ", now.Title, StringComparison.Ordinal);
        Assert.Equal((world.Clock.NowMs, was.EndsOn, was.No, NoticeState.Open), (now.MaskedAt, now.EndsOn, now.No, now.State));
        Assert.Equal(now.MaskedAt, Row(world).ChangedAt);
        var entry = Data(await EntryAsync(world, id, "notice.masked"));
        Assert.Equal((was.ContentHash, now.ContentHash, 2), (entry.GetProperty("before").GetString(), entry.GetProperty("content").GetString(), entry.GetProperty("masks").GetInt32()));

        // Once more: what was withheld stays so, and each text that once stood is kept with the hash that the journal has.
        await MaskAsync(world, closing, "office", id, [new("QGOALQ", MaskReason.Personal)]);
        var kept = await world.InAsync((Db db) => db.NoticeMaskings().AsNoTracking().Where(one => one.NoticeId == id).OrderBy(one => one.At).ThenBy(one => one.Id).ToListAsync(Ct));
        Assert.Equal([(was.Content, was.ContentHash), (now.Content, now.ContentHash)], kept.Select(one => (one.Content, one.Hash)));
        now = await NoticeAsync(world, id);
        Demand(NoticeContent.Read(now.Content), ["QtitleQ", "QproblemQ", "QgoalQ"], shown: false);
        Assert.Equal([.. first, new Mask("QGOALQ", MaskReason.Personal)], now.Masks);
    }

    // All but the withheld passage is public: whoever guesses it right must not see it confirmed by a hash in the journal.
    [Theory, EveryDatabase]
    public async Task A_withheld_passage_cannot_be_tried_out_against_the_journal(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (closing, id, by) = await DraftedAsync(world);
        await OverruleAllAsync(world, closing, by, id);
        await PublishAsync(world, closing, by, id);
        var was = NoticeContent.Read((await NoticeAsync(world, id)).Content);
        await MaskAsync(world, closing, "office", id, [new("QtitleQ", MaskReason.Personal)]);

        var now = NoticeContent.Read((await NoticeAsync(world, id)).Content);
        var journal = await world.InAsync((Db db) => db.Journal.Where(row => row.Subject == id).Select(row => row.Body).ToListAsync(Ct));
        var said = string.Join('\n', journal.Select(Encoding.UTF8.GetString));
        Assert.Contains(HashOf(was), said, StringComparison.Ordinal); // with the random part, which nobody outside is given
        Assert.All([was with { Salt = null }, was with { Salt = now.Salt }], guess => Assert.DoesNotContain(HashOf(guess), said, StringComparison.Ordinal));
        Assert.Equal((22, 22), (was.Salt!.Length, now.Salt!.Length));
    }

    private static string HashOf(NoticeContent content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToJson())));

    [Fact]
    public void No_masked_passage_is_left_in_any_text_and_all_else_is()
    {
        // Letters of a passage are none of a mark's.
        var text = Gen.String[Gen.Char["abAB \n"], 0, 30];
        Gen.Select(text.Array[8], Gen.String[Gen.Char["ab"], 1, 3].Array[0, 4]).Sample((texts, passages) =>
        {
            var content = new NoticeContent("zh-CN", "1", texts[0], texts[1], [new(1, texts[2]), new(0, texts[3]), new(2, texts[4])], "", "", [new("Name", texts[5])], texts[6], "") { Points = [new("", "", texts[0], texts[1], "", texts[2])] };
            var masked = content.Apply(new(passages.Select(passage => new Mask(passage, MaskReason.Other))));
            foreach (var (before, after) in Texts(content).Zip(Texts(masked)))
            {
                var rest = after.Replace(Masking.MarkOf(MaskReason.Other), "|", StringComparison.Ordinal);
                Assert.DoesNotContain(passages, passage => rest.Contains(passage, StringComparison.OrdinalIgnoreCase));
                Assert.Equal(Expected(before, passages), rest);
            }
        });

        // Character by character: one is hidden if it lies in some passage; neighbouring passages that overlap give one mark.
        static string Expected(string text, string[] passages)
        {
            var spans = passages.Distinct().SelectMany(passage => Enumerable.Range(0, Math.Max(0, text.Length - passage.Length + 1))
                .Where(at => string.Equals(text.Substring(at, passage.Length), passage, StringComparison.OrdinalIgnoreCase)).Select(at => (From: at, To: at + passage.Length))).ToList();
            var (written, end) = (new StringBuilder(), 0);
            for (var i = 0; i < text.Length; i++)
            {
                if (spans.Where(span => span.From <= i && i < span.To).ToList() is not { Count: > 0 } hiding)
                {
                    written.Append(text[i]);
                    end = i + 1;
                }
                else if (i >= end)
                {
                    // A passage begins that no mark covers yet: its mark goes on over all that begin before it ends.
                    written.Append('|');
                    end = hiding.Max(span => span.To);
                    for (var more = true; more;)
                    {
                        var reach = spans.Where(span => span.From < end).Max(span => span.To);
                        (more, end) = (reach > end, Math.Max(reach, end));
                    }

                    i = end - 1;
                }
            }

            return written.ToString();
        }
    }

    private static IEnumerable<string> Texts(NoticeContent content) => [content.Title, content.Summary, .. content.Body.Select(block => block.Text), .. content.Contact.Select(line => line.Value), content.Issuer, .. (content.Points ?? []).SelectMany(point => new[] { point.Name, point.Unit, point.Result })];

    private static void Demand(NoticeContent content, IEnumerable<string> secrets, bool shown) =>
        Assert.All(secrets, secret => Assert.Equal((secret, shown), (secret, Texts(content).Any(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))));

    private static async Task<(Closing Closing, Guid Notice, string By)> DraftedAsync(World world)
    {
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var items = services.GetRequiredService<Db>().ItemsFor(Access.OfSystem(Setup), Right.Read);
            var (item, measure) = (await items.SingleAsync(one => one.Id == closing.Tasks[0].Id, Ct), await items.SingleAsync(one => one.Id == closing.Measures[0].Id, Ct));
            item.Change(new(item.NumberText, item.NumberValue, "It was QproblemQ.") { Title = "A title", Goal = "Reach QgoalQ.", Deadline = new("by QdeadlineQ", DeadlineKind.Fixed, null, new(2026, 12, 31), null) });
            measure.Reword("", "Do QmeasureQ.", "");
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ItemChanged { Subject = item.Id, By = Setup, At = world.Clock.NowMs, Item = "x" }, Ct);
        });
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, Desk, 0, closing.People["office"], Ct));
        var closure = await closing.HaveAtAsync(world, closing.Tasks[0].Id, "notice");
        var by = await closing.TakerAsync(world, await closing.CaseAsync(world, closure));
        var id = await DraftAsync(world, closing, by, closure);
        await WriteAsync(world, closing, by, id, null);
        return (closing, id, by);
    }

    private static async Task WriteAsync(World world, Closing closing, string by, Guid id, IReadOnlyList<Mask>? masks, string result = "It came to QresultQ.")
    {
        var now = await ViewAsync(world, closing, "office", id);
        await world.InAsync((ChangeNotice change) => change.RunAsync(
            id, "Of QtitleQ", [new(now.Parts[0].Done, result, "Then QnextQ.")], masks, now.Notice.Version, closing.People[by], Ct));
    }

    private static async Task MaskAsync(World world, Closing closing, string by, Guid id, IReadOnlyList<Mask> masks)
    {
        var now = await NoticeAsync(world, id);
        await world.InAsync((MaskNotice mask) => mask.RunAsync(id, masks, now.Version, closing.People[by], Ct));
    }

    private static async Task OverruleAllAsync(World world, Closing closing, string by, Guid id)
    {
        foreach (var doubt in (await DoubtsAsync(world, closing, by, id)).Where(doubt => doubt.Overruled is null))
        {
            await OverruleAsync(world, closing, by, id, doubt, "It holds all the same.");
        }
    }

    private static Task<NoticeView> ViewAsync(World world, Closing closing, string by, Guid id) => world.InAsync((IServiceProvider services) =>
        NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, closing.People[by], id, Ct));

    private static NoticeInPublic Row(World world) => world.InAsync((Db db) => NoticesInPublic.ReadAsync(db, null, true, 10, world.Clock.Today, Ct)).GetAwaiter().GetResult().Single();

    private static async Task<string> PaperAsync(PublicNotice notice, string kind)
    {
        var bytes = NoticePaper.Write(NoticePaper.Of(NoticeContent.Read(notice.Content), notice.From, notice.PublishedAt!.Value, notice.MaskedOn, "https://example.org/x"), kind, Ct);
        if (kind == "docx")
        {
            using var word = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return word.MainDocumentPart!.Document!.OuterXml + word.PackageProperties.Title;
        }

        return await PdfText.ReadAsync(bytes);
    }

    private static Task<JournalLeaf> EntryAsync(World world, Guid id, string kind) => world.InAsync(async (Db db) =>
        JournalLeaf.Read(await db.Journal.AsNoTracking().Where(row => row.Subject == id && row.Kind == kind).Select(row => row.Body).SingleAsync(Ct))!);

    private static JsonElement Data(JournalLeaf leaf) => JsonDocument.Parse(leaf.Data).RootElement;
}
