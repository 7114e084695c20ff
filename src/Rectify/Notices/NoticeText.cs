using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rectify.Closure;
using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Notices;

/// <summary>One paragraph of a notice, or a heading above some.</summary>
/// <param name="Level">1 or 2 for a heading; 0 for a paragraph.</param>
public sealed record NoticeBlock(int Level, string Text);

/// <summary>A line of the list that a notice carries: a place or a sub-task, and how far it is.</summary>
/// <param name="Item">The item that it belongs to; empty in a notice of one item.</param>
/// <param name="On">The day of completion, or since when it is so; empty where none is known.</param>
public sealed record NoticePoint(string Item, string Kind, string Name, string Unit, string On, string Result);

/// <summary>A notice word for word: what its pages, its Word file and its PDF alike are made of, and what is kept when it is published.</summary>
/// <param name="Number">公示〔2026〕3号, or that it has none yet.</param>
/// <param name="Summary">Items and units in one line.</param>
/// <param name="Contact">Names and values: where to turn.</param>
public sealed record NoticeContent(
    string Language, string Number, string Title, string Summary, IReadOnlyList<NoticeBlock> Body, string Period, string How, IReadOnlyList<NoticeLine> Contact, string Issuer, string Date)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Another one in each text that goes out, for its hash in the journal; <see langword="null"/> in drafts, and in what went out before there were any.</summary>
    public string? Salt { get; init; }

    /// <summary>Places and sub-tasks one by one; <see langword="null"/> where there are none, and in what went out before there were any.</summary>
    public IReadOnlyList<NoticePoint>? Points { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static NoticeContent Read(string json) => JsonSerializer.Deserialize<NoticeContent>(json, Options)!;

    /// <summary>The same with passages withheld, wherever they stand.</summary>
    /// <exception cref="Platform.Refusal">422: a passage stands nowhere.</exception>
    internal NoticeContent Masked(Masking masking)
    {
        var masked = Apply(masking);
        masking.DemandFound();
        return masked;
    }

    /// <summary>As <see cref="Masked"/>, for a draft: a passage may wait for words that are still to come.</summary>
    internal NoticeContent Apply(Masking masking) => this with
    {
        Title = masking.Apply(Title),
        Summary = masking.Apply(Summary),
        Body = [.. Body.Select(block => block with { Text = masking.Apply(block.Text) })],
        Contact = [.. Contact.Select(line => line with { Value = masking.Apply(line.Value) })],
        Issuer = masking.Apply(Issuer),
        Points = Points is null ? null : [.. Points.Select(point => point with { Name = masking.Apply(point.Name), Unit = masking.Apply(point.Unit), Result = masking.Apply(point.Result) })],
    };
}

/// <summary>A line of a card.</summary>
public sealed record NoticeLine(string Name, string Value);

/// <summary>Writes notices in the shape in which offices publish them, from the record.</summary>
internal static class NoticeText
{
    private static Words Own => Words.In(Language.Default);

    /// <summary>关于第六十九项整改任务完成情况的公示.</summary>
    public static string Title(IReadOnlyList<ClosureCase> cases) => cases.Count == 1
        ? Own["notice.title.one", Named(cases[0])]
        : Own["notice.title.many", Named(cases[0]), cases.Count];

    /// <summary>What a new notice says of an item: what was declared, measure by measure.</summary>
    public static PartText Of(ClosureCase one) => new(DoneOf(one), one.Declaration.Report, one.Item.Standing ? Own["notice.next.standing"] : "");

    public static string DoneOf(ClosureCase one) => string.Join('\n',
    [
        .. one.Declaration.Measures.Zip(one.Measures).Select((pair, i) => Own["notice.measure", i + 1, Stopped(pair.Second.Text.Length > 0 ? pair.Second.Text : pair.Second.Title), Stopped(pair.First.Result)]),
    ]);

    /// <param name="units">Names of the units that accepted.</param>
    /// <param name="receivers">Where the public turns with objections.</param>
    /// <param name="acceptors">Where the units that accepted are reached, but for those that receive.</param>
    /// <param name="number">Its number; <see langword="null"/> in a draft.</param>
    public static NoticeContent Content(
        PublicNotice notice, IReadOnlyList<NoticePart> parts, IReadOnlyList<ClosureCase> cases, IReadOnlyDictionary<Guid, string> units, string mark, IReadOnlyList<ReceiverDetails> receivers,
        IReadOnlyList<ReceiverDetails> acceptors, string issuer, int? number, DateOnly from, DaySpan stands)
    {
        var words = Own;
        var opening = cases.All(one => one.InForce.Any(act => act.StepKind is StepKind.Acceptance)) ? "notice.opening.accepted" : "notice.opening";
        var body = new List<NoticeBlock> { new(0, words[opening, cases[0].Programme.Name, cases.Count == 1 ? Named(cases[0]) : words["notice.opening.many", Named(cases[0]), cases.Count]]) };
        foreach (var (i, (part, one)) in parts.Zip(cases).Index())
        {
            if (cases.Count > 1)
            {
                body.Add(new(1, words["notice.item", words[$"notice.no.{i + 1}"], Named(one)]));
            }

            var no = 0;
            void Section(string key, string text)
            {
                if (text.Length > 0)
                {
                    body.Add(new(cases.Count > 1 ? 2 : 1, words[cases.Count > 1 ? "notice.section.2" : "notice.section.1", words[$"notice.no.{++no}"], words[$"notice.section.{key}"]]));
                    body.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => new NoticeBlock(0, line)));
                }
            }

            Section("problem", one.Item.Text.Length > 0 ? one.Item.Text : one.Item.Title);
            Section("goal", string.Join('\n', Declaration.GoalsOf(one.Item)));
            Section("unit", one.Unit.Name);
            Section("deadline", one.Item.DeadlineText);
            Section("done", part.Done);
            Section("accepted", string.Join('\n', one.InForce.Where(act => act.StepKind is StepKind.Acceptance && !act.Opening).Select(act => words["notice.accepted", units[act.UnitId], one.Taken(act).On])));
            Section("result", part.Result);
            Section("next", part.Next);
        }

        var last = stands.LastDay(from, firstCounts: true, cases[0].Calendar);
        return new(
            words.Language.Tag, number is { } no_ ? Number(mark, from.Year, no_) : words["notice.number.none"], notice.Title,
            words[units.Count > 0 ? "notice.summary.accepted" : "notice.summary", words.List(cases.Select(one => words.Heading(one)).Distinct()), words.List(cases.Select(one => one.Unit.ShortName).Distinct()), words.List(units.Values)], body,
            words[stands.Working ? "notice.period.working" : "notice.period.calendar", from, last, stands.Days], words["notice.how"], [.. receivers.SelectMany(one => Contact(one, "receiver", words)), .. acceptors.SelectMany(one => Contact(one, "acceptor", words))], issuer, words.Date(from));
    }

    /// <summary>The list of a notice: of several measures or places that are closed together each, of any other item its places and sub-tasks as they stand. Measures have their results in the text.</summary>
    /// <param name="under">Places and sub-tasks by their item, each with its unit and what it is on that day and since when.</param>
    public static IReadOnlyList<NoticePoint>? Points(IReadOnlyList<NoticePart> parts, IReadOnlyList<ClosureCase> cases, ILookup<Guid, (Item Item, string Unit, StatusSpan? Now)> under)
    {
        IEnumerable<NoticePoint> Of(NoticePart part, ClosureCase one)
        {
            NoticePoint Line(Item item, string unit, DateOnly? on, string result) =>
                new(cases.Count > 1 ? Named(one) : "", Own[$"item.kind.{item.Kind}"], Stopped(item.Title.Length > 0 ? item.Title : item.Text), unit.Length > 0 ? unit : one.Unit.Name, on is { } day ? Own.Date(day) : "", result);
            return one.Item.Kind is ItemKind.Measure or ItemKind.Point
                ? cases.Count > 1 ? [Line(one.Item, "", one.Declaration.CompletedOn, part.Result)] : []
                : under[one.Item.Id].Select(place => Line(place.Item, place.Unit, place.Now?.From, place.Now is { } now ? Own[now.Status.TextKey] : ""));
        }

        List<NoticePoint> all = [.. parts.Zip(cases).SelectMany(pair => Of(pair.First, pair.Second))];
        return all.Count > 0 ? all : null;
    }

    /// <summary>公示〔2026〕3号: years are never grouped.</summary>
    public static string Number(string mark, int year, int no) => Own["notice.number", mark, year.ToString(System.Globalization.CultureInfo.InvariantCulture), no];

    private static IEnumerable<NoticeLine> Contact(ReceiverDetails desk, string who, Words words)
    {
        foreach (var (key, value) in new[] { (who, desk.Receiver), ("phone", desk.Phone), ("email", desk.Email), ("address", desk.Address) })
        {
            if (value.Length > 0)
            {
                yield return new(words[$"notice.contact.{key}"], value);
            }
        }
    }

    private static string Named(ClosureCase one) => one.Above is { } above ? Own["notice.part", Own.Crumb(above), Own.Crumb(one.Item)] : Own.Crumb(one.Item);

    private static string Stopped(string text) => text.Trim().TrimEnd('。', ';', '；');
}

/// <summary>Notices and decisions on objections as official documents.</summary>
internal static class NoticePaper
{
    /// <param name="page">The notice's public page, whole; the address holds from the draft on.</param>
    /// <param name="masked">When passages were withheld after it had gone out.</param>
    public static Paper Of(NoticeContent content, DateOnly? date, DateTimeOffset made, DateOnly? masked, string page) => new(
        content.Title, made,
        [
            .. content.Body.Select(block => block.Level > 0 ? (PaperBlock)new PaperHeading(block.Level, block.Text) : new PaperParagraph(block.Text)),
            .. List(content),
            new PaperParagraph(content.Period), new PaperParagraph(content.How),
            .. content.Contact.Select(line => new PaperParagraph(Words.In(Language.Default)["notice.contact.line", line.Name, line.Value])),
            .. masked is { } day ? [new PaperParagraph(Words.In(Language.Default)["notice.masked.public", day])] : Array.Empty<PaperBlock>(),
        ])
    {
        Kind = PaperKind.Official,
        Mark = [content.Issuer],
        Number = content.Number,
        Signature = content.Issuer,
        Date = date,
        Code = new(page, Words.In(Language.Default)["notice.code"]),
        Words = Words.In(Language.Default),
    };

    /// <summary>The answer to whoever objected: without their name, which the office adds to the envelope.</summary>
    public static Paper Decision(PublicNotice notice, NoticeContent content, Objection objection, DateTimeOffset made)
    {
        var words = Words.In(Language.Default);
        return new(
            words["objection.paper.title"], made,
            [
                new PaperParagraph(words["objection.paper.opening", objection.ReceivedOn, content.Number, notice.Title]),
                new PaperHeading(1, words["objection.paper.said"]), .. Lines(objection.Text),
                new PaperHeading(1, words["objection.paper.outcome"]), new PaperParagraph(words[$"objection.outcome.{objection.Outcome}"]), .. Lines(objection.Answer),
                .. objection.SendsBack ? [new PaperParagraph(words["objection.paper.back"])] : Array.Empty<PaperBlock>(),
            ])
        {
            Kind = PaperKind.Official,
            Mark = [content.Issuer],
            Addressee = words["objection.paper.to"],
            Signature = content.Issuer,
            Date = objection.SettledOn,
            Words = words,
        };
    }

    private static IEnumerable<PaperBlock> List(NoticeContent content)
    {
        if (content.Points is not { Count: > 0 } points)
        {
            yield break;
        }

        var words = Words.In(Language.Default);
        var several = points.Any(point => point.Item.Length > 0);
        yield return new PaperHeading(1, words["notice.list"]);
        yield return new DataTable(
            [
                .. several ? [new PaperColumn(words["notice.list.item"], 12)] : Array.Empty<PaperColumn>(),
                new PaperColumn(words["notice.list.point"], 34), new PaperColumn(words["notice.list.unit"], 16), new PaperColumn(words["notice.list.on"], 14),
                new PaperColumn(words["notice.list.result"], 36),
            ],
            [.. points.Select(point => (IReadOnlyList<string>)[.. several ? [point.Item] : Array.Empty<string>(), words["notice.list.named", point.Kind, point.Name], point.Unit, point.On, point.Result])]);
    }

    private static IEnumerable<PaperBlock> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new PaperParagraph(line));

    /// <exception cref="Platform.Refusal">409: no font on this computer.</exception>
    public static byte[] Write(Paper paper, string ending, CancellationToken ct)
    {
        using var file = new MemoryStream();
        if (ending == "pdf")
        {
            PdfWriter.Write(paper, file, null, ct);
        }
        else
        {
            DocxWriter.Write(paper, file);
        }

        return file.ToArray();
    }
}
