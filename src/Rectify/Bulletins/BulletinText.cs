using System.Globalization;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>Writes a bulletin: sentences and tables from its figures, and between them what people wrote.</summary>
internal sealed class BulletinText(RoundRecord record, BulletinFigures figures, Words words, bool links)
{
    // Around an argument that is a link, so that sentences stay whole in the resources: address, separator, text.
    private const char Open = '\uE000', Between = '\uE001', Close = '\uE002';

    /// <param name="issue">第13期, or that it has no number yet.</param>
    /// <param name="links">Whether figures lead to the rows behind them.</param>
    public static BulletinContent Of(
        RoundRecord record, BulletinFigures figures, BulletinDraft draft, SeriesDetails series, string issue, DateOnly on, Words words, bool links)
    {
        var writer = new BulletinText(record, figures, words, links);
        string[] receivers =
        [
            .. new[] { ("report", draft.Report), ("send", draft.Send), ("distribute", draft.Distribute) }
                .Where(one => one.Item2.Length > 0).Select(one => words[$"bulletin.{one.Item1}.line", one.Item2]),
        ];
        return new(
            words.Language.Tag, series.Mark, issue, series.Issuer, words.Date(on), draft.Title, [.. writer.Body(draft)], receivers,
            words["bulletin.printed", on], draft.Copies > 0 ? words["bulletin.copies.line", draft.Copies] : "");
    }

    private IEnumerable<ContentBlock> Body(BulletinDraft draft) =>
    [
        .. Free(draft.Foreword), .. Whole(), .. Units(), .. Returns(), .. Red(), .. Corrections(),
        .. draft.Requirements.Length > 0 ? [Heading("bulletin.part.next"), .. Free(draft.Requirements)] : Array.Empty<ContentBlock>(),
    ];

    private IEnumerable<ContentBlock> Whole()
    {
        var now = figures.Now;
        yield return Heading("bulletin.part.whole");
        yield return Sentence(
            "bulletin.whole", record.On, record.Programme.ShortName, Count(now.All, new()), Count(now.Done, new(TableWhich.Done)),
            Share(now.Share), Count(now.Closed, new(TableWhich.Closed)));
        if (now.Open > 0)
        {
            yield return Sentence(
                "bulletin.whole.open", now.Open, Count(now.OnSchedule, new(TableWhich.OnSchedule)), Count(now.Behind, new(TableWhich.BehindSchedule)),
                Count(now.NotStarted, new(TableWhich.NotStarted)));
        }

        yield return figures.Last is { } last && record.Last is { } round
            ? Sentence("bulletin.whole.last", words.Title(round), last.Done, Share(last.Share), figures.NewlyDone, Moved(now.Share - last.Share))
            : Sentence("bulletin.whole.first");
        if (figures.FallenBack > 0)
        {
            yield return Sentence("bulletin.whole.back", figures.FallenBack);
        }

        yield return Table("bulletin.table.status", [new(words["bulletin.status"], 4), new(words["bulletin.tasks"], 2, true), new(words["bulletin.of-all"], 2, true)],
            figures.ByStatus.Select(one => new[] { Plain(words[one.Status.TextKey]), Cell(one.Count, new(Status: one.Status)), Plain(Share(Overview.ShareOf(one.Count, now.All))) }));
        yield return Table("bulletin.table.aspect",
            [new(words["bulletin.aspect"], 7), new(words["bulletin.tasks"], 2, true), new(words["bulletin.done"], 2, true), new(words["bulletin.behind"], 2, true), new(words["bulletin.share"], 2, true)],
            figures.ByAspect.Select(aspect =>
            {
                var rows = new TableFilter(Aspect: aspect.No ?? 0);
                return new[]
                {
                    Plain(aspect.No is null ? words["bulletin.aspect.none"] : aspect.Name), Cell(aspect.Now.All, rows), Cell(aspect.Now.Done, rows with { Which = TableWhich.Done }),
                    Cell(aspect.Now.Behind, rows with { Which = TableWhich.BehindSchedule }), Plain(Share(aspect.Now.Share)),
                };
            }));
    }

    private IEnumerable<ContentBlock> Units()
    {
        yield return Heading("bulletin.part.units");
        yield return Sentence("bulletin.units.rule");
        yield return Table("bulletin.table.units",
            [
                new(words["bulletin.place"], 1.6, true), new(words["bulletin.unit"], 5), new(words["bulletin.tasks"], 1.8, true), new(words["bulletin.done"], 1.8, true),
                new(words["bulletin.closed"], 1.8, true), new(words["bulletin.behind"], 1.8, true), new(words["bulletin.share"], 2.2, true), new(words["bulletin.last"], 2.2, true),
                new(words["bulletin.change"], 2.4, true),
            ],
            figures.ByUnit.Select(unit =>
            {
                var rows = new TableFilter(Unit: unit.Unit);
                return new[]
                {
                    Plain(words.Number(unit.Place)), Plain(unit.Name), Cell(unit.Now.All, rows), Cell(unit.Now.Done, rows with { Which = TableWhich.Done }),
                    Cell(unit.Now.Closed, rows with { Which = TableWhich.Closed }), Cell(unit.Now.Behind, rows with { Which = TableWhich.BehindSchedule }),
                    Plain(Share(unit.Now.Share)), Plain(Share(unit.Last?.Share)), Plain(Arrow(unit.Change)),
                };
            }));
    }

    private IEnumerable<ContentBlock> Returns()
    {
        yield return Heading("bulletin.part.returns");
        string Of(int count, ReturnFilter which) => links ? $"{Open}/dispatch/{record.Round.Id}?which={which.ToString().ToLowerInvariant()}{Between}{words.Number(count)}{Close}" : words.Number(count);
        yield return Sentence(
            "bulletin.returns", Of(figures.Expected, ReturnFilter.All), figures.InTime, Of(figures.Late.Count, ReturnFilter.Late), Of(figures.Missing.Count, ReturnFilter.Missing));
        if (figures.Late.Count > 0)
        {
            yield return Sentence("bulletin.returns.late", words.List(figures.Late.Select(late => late.Days > 0 ? words["bulletin.late.unit", late.Unit, late.Days] : words["bulletin.late.hour", late.Unit])));
        }

        if (figures.Missing.Count > 0)
        {
            yield return Sentence("bulletin.returns.missing", words.List(figures.Missing.Select(one => one.Name)));
        }

        if (figures.NotAccepted.Count > 0)
        {
            yield return Sentence("bulletin.returns.waiting", words.List(figures.NotAccepted.Select(one => one.Name)));
        }
    }

    private IEnumerable<ContentBlock> Red()
    {
        yield return Heading("bulletin.part.red");
        if (figures.Red.Count == 0)
        {
            yield return Sentence("bulletin.red.none");
            yield break;
        }

        yield return Sentence("bulletin.red", Count(figures.Red.Count, new(TableWhich.Red)));
        yield return Table("bulletin.table.red",
            [new(words["bulletin.task"], 5), new(words["bulletin.lead"], 3), new(words["bulletin.deadline"], 3), new(words["bulletin.reason"], 6)],
            figures.Red.Select(task =>
            {
                var reason = ReasonText.Read(task.Reason);
                return new[]
                {
                    new TextPart(Heading(task)) { Rows = links ? $"/items/{task.ItemId}?on={record.On:yyyy-MM-dd}" : null },
                    Plain(words.List(Leads(task))), Plain(task.DeadlineText), Plain(words[reason.TextKey, [.. reason.Arguments(record.On)]]),
                };
            }));
    }

    private IEnumerable<ContentBlock> Corrections()
    {
        yield return Heading("bulletin.part.corrections");
        if (figures.Corrections.Count == 0)
        {
            yield return Sentence("bulletin.corrections.none");
            yield break;
        }

        yield return Sentence("bulletin.corrections", figures.Corrections.Count);
        yield return Table("bulletin.table.corrections",
            [new(words["bulletin.task"], 5), new(words["bulletin.figure"], 3), new(words["bulletin.stated"], 2.4, true), new(words["bulletin.corrected"], 2.4, true), new(words["bulletin.because"], 4)],
            figures.Corrections.Select(one => new[]
            {
                new TextPart(Heading(one.Number, one.Title)) { Rows = links ? $"/items/{one.Item}" : null },
                Plain(words["bulletin.figure.of", words.Dated(ReportPeriod.Of(one.Cycle, one.To)), words.Corrected(one.Kind, one.Name)]),
                Plain(words.Standing(one.Kind, one.Stated, one.Scale, one.Unit, one.StatedOn)), Plain(words.Standing(one.Kind, one.Corrected, one.Scale, one.Unit, one.CorrectedOn)), Plain(one.Reason),
            }));
    }

    private string Heading(FrozenTask task) => Heading(task.NumberText, task.Title);

    private string Heading(string number, string title) => number.Length > 0 ? words["item.heading", number, title] : title;

    // The lead; where the plan names none, all who are responsible.
    internal static IEnumerable<string> Leads(FrozenTask task) => task.Answering is var all && all.Any(unit => unit.Role is DraftRole.Lead)
        ? all.Where(unit => unit.Role is DraftRole.Lead).Select(unit => unit.Name)
        : all.Where(unit => unit.Role is DraftRole.Responsible).Select(unit => unit.Name);

    private ContentBlock Heading(string key) => new() { Heading = words[key] };

    private static IEnumerable<ContentBlock> Free(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new ContentBlock { Paragraph = [new(line)] });

    private ContentBlock Table(string caption, IReadOnlyList<ContentColumn> columns, IEnumerable<TextPart[]> rows) =>
        new() { Caption = words[caption], Columns = columns, Rows = [.. rows] };

    private static TextPart Plain(string text) => new(text);

    private TextPart Cell(int count, TableFilter rows) => new(words.Number(count)) { Rows = links ? Address(rows) : null };

    // Parts of tasks are not counted, so the rows behind a figure leave them out.
    private string Address(TableFilter rows) => $"/dispatch/{record.Round.Id}/table{(rows with { TasksOnly = true }).Query}";

    private string Count(int count, TableFilter rows) => links ? $"{Open}{Address(rows)}{Between}{words.Number(count)}{Close}" : words.Number(count);

    private string Share(decimal? share) => share is { } percent ? words.Number(percent, 1) + "%" : words["text.none"];

    private string Arrow(decimal? change) => change switch
    {
        null => words["text.none"],
        > 0 => "↑" + words.Number(change.Value, 1),
        < 0 => "↓" + words.Number(-change.Value, 1),
        _ => words["bulletin.change.none"],
    };

    private string Moved(decimal? change) => change switch
    {
        null or 0 => words["bulletin.moved.none"],
        > 0 => words["bulletin.moved.up", words.Number(change.Value, 1)],
        < 0 => words["bulletin.moved.down", words.Number(-change.Value, 1)],
    };

    private ContentBlock Sentence(string key, params ReadOnlySpan<object?> arguments)
    {
        var (text, parts) = (words[key, arguments], new List<TextPart>());
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(Open, at);
            if (open != at)
            {
                parts.Add(new(text[at..(open < 0 ? text.Length : open)]));
                at = open < 0 ? text.Length : open;
                continue;
            }

            var between = text.IndexOf(Between, open);
            var close = between < 0 ? -1 : text.IndexOf(Close, between);
            if (close < 0 || text[open + 1] != '/')
            {
                // No mark of ours: a name that was typed holds this sign.
                parts.Add(new(text[at..(open + 1)]));
                at = open + 1;
                continue;
            }

            parts.Add(new(text[(between + 1)..close]) { Rows = text[(open + 1)..between] });
            at = close + 1;
        }

        return new() { Paragraph = parts };
    }

    /// <summary>第13期, 2026年第13期; that it has no number yet for a draft.</summary>
    public static string Issue(int? year, int? no, Words words) => (year, no) switch
    {
        (_, null) => words["bulletin.no.none"],
        (0 or null, { } number) => words["bulletin.no", number.ToString(CultureInfo.InvariantCulture)],
        ({ } within, { } number) => words["bulletin.no.year", within.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture)],
    };
}
