using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Sets a hand-over manual as a paper: cover, contents, then each task on a page of its own, with space for signatures.</summary>
internal static class HandbookPaper
{
    private static readonly string[] Signers = ["handbook.sign.over", "handbook.sign.take", "handbook.sign.watch"];

    /// <param name="by">Who prints.</param>
    public static Paper Of(Handbook book, Words words, string by, DateTimeOffset now)
    {
        var title = book.Unit is { } unit ? words["handbook.of", unit.Name] : words["handbook.of", words.Heading(book.Parts[0].Items[0].Item)];
        var body = new List<PaperBlock>();
        Cover(body, book, words, by, now);
        foreach (var part in book.Parts)
        {
            if (part.Role is { } role && book.Parts.Count > 1)
            {
                body.Add(new PaperPageBreak());
                body.Add(new PaperHeading(1, words["handbook.part", words[$"item.role.{role}"], part.Items.Count]));
            }

            foreach (var (index, view) in part.Items.Index())
            {
                if (index > 0 || book.Parts.Count == 1)
                {
                    body.Add(new PaperPageBreak());
                }

                Task(body, book, view, words, book.Parts.Count > 1 ? 2 : 1);
            }
        }

        return new(title, now, body)
        {
            Date = book.On,
            Words = words,
            Header = new(book.Programme.ShortName, book.On, by, now),
        };
    }

    private static void Cover(List<PaperBlock> body, Handbook book, Words words, string by, DateTimeOffset now)
    {
        var rows = new List<KeyValuePair<string, string>> { new(words["item.programme"], book.Programme.Name) };
        if (book.Unit is { } unit)
        {
            rows.Add(new(words["handbook.unit"], unit.Name));
            rows.Add(new(words["handbook.count"], words["handbook.count.value", book.Count]));
            rows.AddRange(book.Parts.Select(part => KeyValuePair.Create(words[$"item.role.{part.Role}"], words["handbook.count.value", part.Items.Count])));
        }

        var items = book.Parts.SelectMany(part => part.Items).ToList();
        if (items.Count > 1)
        {
            rows.Add(new(words["handbook.status"], string.Join('\n', items.GroupBy(view => view.Status).OrderBy(group => group.Key)
                .Select(group => words["handbook.status.count", words[group.Key.TextKey], group.Count()]))));
            rows.Add(new(words["handbook.lights"], string.Join(words["history.join"], new[] { Light.Red, Light.Yellow, Light.Green }
                .Select(light => words["handbook.status.count", words[$"light.{light.Mark}.long"], items.Count(view => view.Light == light)]))));
        }

        rows.Add(new(words["handbook.asof"], words.Date(book.On)));
        rows.Add(new(words["handbook.printed"], words["handbook.printed.value", by, words.Time(now)]));
        body.Add(new KeyValueTable(rows));
        if (items.Count > 1)
        {
            body.Add(new PaperPageBreak());
            body.Add(new PaperContents(2));
        }
    }

    private static void Task(List<PaperBlock> body, Handbook book, ItemView view, Words words, int level)
    {
        var item = view.Item;
        body.Add(new PaperHeading(level, words.Heading(item)));
        body.Add(new KeyValueTable(
        [
            new(words["item.status"], words[view.Status.TextKey]),
            new(words["item.light"], view.Light is Light.None ? words["text.none"] : words[$"light.{view.Light.Mark}.long"]),
            new(words["handbook.reason"], words.Reason(view)),
            new(words["item.deadline"], Deadline(view, words)),
            .. view.Units.GroupBy(part => part.Role).OrderBy(group => group.Key)
                .Select(group => KeyValuePair.Create(words[$"item.role.{group.Key}"], words.List(group.Select(part => Name(part, book))))),
            .. view.Persons.Count == 0 ? [] : new[] { KeyValuePair.Create(words["item.persons"], string.Join('\n', view.Persons.Select(person => person.Text))) },
            .. view.Percent is { } done ? new[] { KeyValuePair.Create(words["item.progress"], Progress(view, done, words)) } : [],
        ]));
        Texts(body, view, words, level + 1);
        Measures(body, book, view, words, level + 1);
        Nodes(body, view, words, level + 1);
        Facts(body, view, words, level + 1);
        Signatures(body, words, level + 1);
    }

    private static string Deadline(ItemView view, Words words)
    {
        var lines = new List<string> { view.Item.DeadlineText.Length > 0 ? view.Item.DeadlineText : words["item.deadline.none"] };
        if (view.Item.DeadlineDate is { } first)
        {
            lines.Add(words["handbook.due", first]);
        }

        lines.AddRange(view.Changes.Select(change => $"{words["item.deadline.changed", change.On]} {words.Date(change.To!.Value)} {change.Document}".TrimEnd()));
        if (words.Days(view) is { Length: > 0 } days)
        {
            lines.Add(days);
        }

        return string.Join('\n', lines);
    }

    private static string Progress(ItemView view, int done, Words words) =>
        view.Expected is { } expected ? words["handbook.progress", done, expected] : words["item.percent", done];

    private static void Texts(List<PaperBlock> body, ItemView view, Words words, int level)
    {
        body.Add(new PaperHeading(level, words["item.problem"]));
        body.AddRange(Paragraphs(view.Item.Text));
        if (view.Item.Goal.Length > 0)
        {
            body.Add(new PaperHeading(level, words["item.goal"]));
            body.AddRange(Paragraphs(view.Item.Goal));
        }
    }

    private static IEnumerable<PaperBlock> Paragraphs(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new PaperParagraph(line));

    private static void Measures(List<PaperBlock> body, Handbook book, ItemView view, Words words, int level)
    {
        var children = view.Measures.Concat(view.Parts).ToList();
        if (children.Count == 0)
        {
            return;
        }

        body.Add(new PaperHeading(level, words["item.measures"]));
        body.Add(new DataTable(
            [
                new(words["item.no"], 6, PaperAlign.Centre), new(words["item.measure"], 46), new(words["item.doers"], 20),
                new(words["item.deadline"], 16), new(words["handbook.progress.head"], 20),
            ],
            [
                .. children.Select((child, index) => (IReadOnlyList<string>)
                [
                    words.Number(index + 1), child.Item.Text,
                    child.Units.Count > 0 ? words.List(child.Units.Select(part => Name(part, book))) : words["text.none"],
                    child.Item.DeadlineText.Length > 0 ? child.Item.DeadlineText : child.Item.RecurrenceText.Length > 0 ? child.Item.RecurrenceText : words["handbook.with-task"],
                    Standing(child, words),
                ]),
            ]));
    }

    private static string Standing(ItemView.Child child, Words words)
    {
        var lines = new List<string> { child.Span is { } span ? words[span.Status.TextKey] : words["text.none"] };
        if (child.Item.QuantityTarget is { } target)
        {
            var at = ItemView.FigureOf(child.Item, child.Facts);
            lines.Add(words["handbook.figure",
                at is { } figure ? words.Number(figure, child.Item.QuantityScale) : words["text.none"],
                words.Figure(ItemDerivation.AtScale(target, child.Item.QuantityScale), child.Item)]);
        }

        if (child.Facts.LastOrDefault(fact => fact is { VoidedAt: null, Kind: FactKind.Completed }) is { } done)
        {
            lines.Add(words.Day(done.On));
        }

        return string.Join('\n', lines);
    }

    private static void Nodes(List<PaperBlock> body, ItemView view, Words words, int level)
    {
        if (view.Milestones.Count == 0)
        {
            return;
        }

        body.Add(new PaperHeading(level, words["item.nodes"]));
        body.Add(new DataTable(
            [new(words["item.no"], 6, PaperAlign.Centre), new(words["item.node"], 60), new(words["item.deadline"], 18, PaperAlign.Centre), new(words["handbook.reached"], 18, PaperAlign.Centre)],
            [
                .. view.Milestones.Select(node => (IReadOnlyList<string>)
                [
                    words.Number(node.No), node.Text, words.Day(node.Due),
                    view.ReachedOn(node.No) is { } on ? words.Day(on) : node.Due < view.On ? words["handbook.missed"] : words["text.none"],
                ]),
            ]));
    }

    private static void Facts(List<PaperBlock> body, ItemView view, Words words, int level)
    {
        var standing = view.Facts.Where(fact => fact.VoidedAt is null).ToList();
        if (standing.Count == 0)
        {
            return;
        }

        body.Add(new PaperHeading(level, words["item.facts"]));
        body.Add(new DataTable(
            [new(words["item.fact.on"], 16, PaperAlign.Centre), new(words["item.fact.what"], 34), new(words["item.fact.document"], 26), new(words["item.fact.note"], 28)],
            [.. standing.Select(fact => (IReadOnlyList<string>)[words.Day(fact.On), words.Fact(fact, view.Item), fact.Document, fact.Note])]));
    }

    private static void Signatures(List<PaperBlock> body, Words words, int level)
    {
        body.Add(new PaperHeading(level, words["handbook.signatures"]));
        body.Add(new DataTable(
            [new(words["handbook.signer"], 28), new(words["handbook.opinion"], 42), new(words["handbook.signature"], 20), new(words["handbook.date"], 16)],
            [.. Signers.Select(key => (IReadOnlyList<string>)[words[key] + "\n\u3000", "", "", ""])]));
    }

    private static string Name(ItemUnit part, Handbook book) => part.UnitId is { } id ? book.Names.GetValueOrDefault(id, part.Text) : part.Text;
}
