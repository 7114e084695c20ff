namespace Rectify.Grammar;

/// <summary>A label in a line with the place where its value begins.</summary>
/// <param name="Start">Where its words begin; the number in front of them comes before.</param>
/// <param name="End">Where its words end.</param>
/// <param name="Value">Where its value begins; the line's end if the value stands in the next lines.</param>
/// <param name="Mark">The number in front, as in 二、整改目标.</param>
/// <param name="Leads">Whether it opens its line.</param>
/// <param name="Aside">Whether it stands in brackets, as a note to what comes before: （责任单位：市水务局）.</param>
internal sealed record Hit(Field Field, int Start, int End, int Value, Mark? Mark, bool Leads, bool Aside = false);

/// <summary>One line of running text with the labels found in it, or one cell of a label table.</summary>
internal sealed class Line
{
    public required Stretch Text { get; init; }

    /// <summary>1 to 9 for a heading's level; 0 for running text.</summary>
    public int Heading { get; init; }

    /// <summary>The number in front, unless a label follows it.</summary>
    public Mark? Mark { get; init; }

    public required IReadOnlyList<Hit> Hits { get; init; }

    /// <summary>Whether nothing from here to the next label or item belongs to an item.</summary>
    public bool Ends { get; init; }

    /// <summary>Whether it is the value of a table cell, where no item begins.</summary>
    public bool Inert { get; init; }

    /// <summary>Whether a table, sheet or part begins with it.</summary>
    public bool Opens { get; set; }

    /// <summary>Whether it is a cell in the place of a label that nobody knows.</summary>
    public bool Unknown { get; init; }

    /// <summary>The measures of a table that stands here, and what else its columns say.</summary>
    public IReadOnlyList<MeasureRow> Rows { get; init; } = [];

    public IReadOnlyList<Labelled> Beside { get; init; } = [];

    private const string Bullets = "●■◆▲★☆※*·•○◇-[ \t";

    // A paragraph that opens so speaks to the public and is no part of an item.
    private static readonly string[] ToPublic =
        ["现将", "现对", "本公示", "本次公示", "公示内容", "自公示", "自公布", "自发布", "自本公示", "从公示", "在公示", "公示期内", "现予", "特此", "如果", "如有", "如对", "若有", "若对", "欢迎", "请社会", "凡对", "任何单位", "公示期间", "对公示", "社会各界", "广大群众", "以上公示", "公众"];

    private static readonly string[] Closing = ["附件", "附:", "附表", "注:", "注1", "备注:", "说明:", "抄送", "抄报", "主办:", "责任编辑", "来源:", "发布日期", "发布时间", "发表时间", "打印本页", "关闭窗口", "扫一扫", "上一篇", "下一篇", "(此件", "编辑:", "填报", "监督电话"];

    private static readonly string[] Public = ["公示", "异议", "监督", "公开", "反映", "反馈至", "意见"];

    private static readonly string[] Verbs =
        ["制定", "明确", "落实", "细化", "完善", "加强", "推进", "加快", "确保", "严格", "强化", "研究", "督促", "按照", "对照", "提出", "健全", "实施", "开展", "采取有力", "压实", "建立", "组织", "按期", "逐项", "全面"];

    public static Line Read(Stretch text, int heading = 0)
    {
        var folded = text.Folded.AsSpan();
        var hits = new List<Hit>();
        var mark = Rectify.Grammar.Mark.TryRead(folded, SkipBullets(folded, 0));
        if (mark is { Style: not (MarkStyle.Item or MarkStyle.Part or MarkStyle.Ordinal) } place && Rectify.Grammar.Mark.TryRead(folded, place.Rest) is { Style: MarkStyle.Item } named)
        {
            mark = named; // 三、第十五项整改任务, 1.（序号21）
        }

        var lead = Leading(folded, mark, heading);
        if (lead is not null)
        {
            hits.Add(lead);
            if (lead.Field is Field.Number && Code(folded, lead.Value) is { } rest)
            {
                hits.Add(new(Field.Problem, rest, rest, rest, null, Leads: false));
            }
        }

        Within(folded, hits.Count > 0 ? hits[^1].Value : 0, hits);
        if (mark is null && ChineseNumber.TryRead(folded.Trim(), 0, out var digits, out var value) && digits == folded.Trim().Length && value is > 0 and < 1000)
        {
            // 序号 alone in its line, as when the cells of a table come one below the other.
            var at = SkipBullets(folded, 0);
            mark = new(MarkStyle.Digit, value, at, at + digits, folded.Length);
        }

        var ends = lead is null ? IsClosing(folded) : lead.Field is Field.Notice or Field.End;
        return new() { Text = text, Heading = heading, Mark = lead is null ? mark : null, Hits = hits, Ends = ends };
    }

    /// <summary>The lines of a paragraph; a line end inside a label ends no line.</summary>
    public static IEnumerable<Stretch> Of(Stretch text)
    {
        var start = 0;
        for (var end = text.Folded.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = text.Folded.IndexOf('\n', end + 1))
        {
            if (Labels.Match(text.Folded, Skip(text.Folded, start)) is { } label && label.End > end && Colon(text.Folded, label.End) is not null)
            {
                continue;
            }

            if (text.Slice(start, end) is { IsBlank: false } line)
            {
                yield return line;
            }

            start = end + 1;
        }

        if (text.Slice(start, text.Length) is { IsBlank: false } last)
        {
            yield return last;
        }
    }

    /// <summary>A label cell: the whole of it is the label.</summary>
    public static Line Label(Stretch text, Field field, bool opens) => new()
    {
        Text = text,
        Hits = [new(field, 0, text.Length, text.Length, null, Leads: true)],
        Opens = opens,
    };

    /// <summary>Whether a line only counts pages: - 3 -, 第3页 共9页.</summary>
    public static bool IsPageNumber(Stretch text)
    {
        var folded = text.Folded.AsSpan().Trim();
        var inside = folded.Trim("- ");
        return folded.Length is > 2 and < 16 && ((inside.Length < folded.Length && folded[0] == '-' && folded[^1] == '-' && ChineseNumber.Parse(inside) is not null)
            || (folded[0] == '第' && ChineseNumber.TryRead(folded, 1, out var length, out _) && folded[(1 + length)..].Trim().StartsWith("页")));
    }

    public static Line UnknownLabel(Stretch text) => new() { Text = text, Hits = [], Inert = true, Unknown = true };

    public static Line Value(Stretch text) => new() { Text = text, Hits = [], Inert = true };

    /// <summary>A value whose label stands elsewhere.</summary>
    public static Line Value(Field field, Stretch text) => new() { Text = text, Hits = [new(field, 0, 0, 0, null, Leads: false)], Inert = true };

    public static Line Measures(IReadOnlyList<MeasureRow> rows, IReadOnlyList<Labelled> beside) =>
        new() { Text = Stretch.Empty, Hits = [new(Field.Measures, 0, 0, 0, null, Leads: true)], Inert = true, Rows = rows, Beside = beside };

    /// <summary>Ends whatever is open, as the end of a table does.</summary>
    public static Line End() => new() { Text = Stretch.Empty, Hits = [], Inert = true, Ends = true };

    private static int SkipBullets(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && Bullets.Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }

    // 编号：364(35-11) 关于…: after a number the problem may go on in the same line.
    private static int? Code(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || ChineseNumber.IsHan(text[at]) || text[at] is '(' or ')' or '-' or '第' or '项'))
        {
            at++;
        }

        while (at < text.Length && text[at] is (':' or ' ' or '、' or '.' or '\t'))
        {
            at++;
        }

        return at < text.Length && text[at] is not (',' or ';' or '。') && text.Length - at > 3 ? at : null;
    }

    private static Hit? Leading(ReadOnlySpan<char> text, Mark? mark, int heading)
    {
        var at = SkipBullets(text, mark?.Rest ?? 0);
        // 第一项整改任务 and 第17项问题整改情况 are headings of items.
        if (mark is { Style: MarkStyle.Item } && Labels.Match(text, at) is { Field: Field.Problem or Field.Result } bare && Skip(text, bare.End) >= text.Length)
        {
            return null;
        }

        if (Labels.Match(text, at) is { } match && !(match.Field is Field.Number && mark is { Style: not MarkStyle.Item }) && After(text, match, mark, heading) is { } value)
        {
            return new(match.Field, at, match.End, value, mark, Leads: true);
        }

        // 1. 一、 序号1 can be a label's own number: 序号：364(35-11) is not a mark but a label.
        if (mark is { Style: MarkStyle.Item } named && Labels.Match(text, named.Start) is { Field: Field.Number } number
            && Colon(text, number.End) is { } numbered && numbered > named.Rest)
        {
            return new(Field.Number, named.Start, number.End, numbered, null, Leads: true);
        }

        if ((mark is null || mark.Value.Style is MarkStyle.Item or MarkStyle.Ordinal or MarkStyle.Circled) && heading == 0)
        {
            return null;
        }

        // 一、反馈问题及整改措施 is the title of the list.
        if (Labels.Match(text, at) is { Field: Field.Problem } joined && Labels.Joins(text[joined.End..]))
        {
            return null;
        }

        var rest = text[at..];
        var stop = rest.IndexOfAny(" :\t\n");
        var title = stop < 0 ? rest : rest[..stop];
        return title.Length is > 3 and <= 30 && title.IndexOfAny("。,;") < 0 && !StartsWithAny(title, Verbs) && Labels.Ending(title) is { } ending
            ? new(ending.Field, at, at + ending.End, Skip(text, at + ending.End), mark, Leads: true)
            : null;
    }

    // Where the value begins, or null if what was found is no label in this place.
    private static int? After(ReadOnlySpan<char> text, LabelMatch match, Mark? mark, int heading)
    {
        var end = match.End;
        while (end < text.Length && text[end] is ']' or '*')
        {
            end++;
        }

        var closed = end > match.End;
        var next = Skip(text, end);
        if (next >= text.Length)
        {
            return match.Strong || mark is not null || heading > 0 || closed ? text.Length : null;
        }

        if (text[next] == ':')
        {
            return Skip(text, next + 1);
        }

        if (closed || (text[next] == '。' && mark is not null && match.Strong))
        {
            return text[next] == '。' ? next + 1 : next;
        }

        return match switch
        {
            { Field: Field.Notice } when text[next] is '(' or '自' or '为' or '从' or '是' or '共' || ChineseNumber.TryRead(text, next, out _, out _) => next,
            { Field: Field.Number or Field.MeasureNumber } when ChineseNumber.TryRead(text, next, out _, out _) => next,
            { Strong: true } when next > end && match.Field is not Field.End => next,
            { Strong: true, Field: Field.End } when next > end || ChineseNumber.TryRead(text, next, out _, out _) => next,
            _ => null,
        };
    }

    private static int? Colon(ReadOnlySpan<char> text, int at) => Skip(text, at) is var next && next < text.Length && text[next] == ':' ? Skip(text, next + 1) : null;

    // Labels inside a line end with a colon, or stand between spaces: 责任单位：A　责任人：B.
    private static void Within(ReadOnlySpan<char> text, int from, List<Hit> hits)
    {
        for (var i = from; i < text.Length; i++)
        {
            Hit? hit = null;
            if (text[i] == ':')
            {
                hit = EndingAt(text, from, i);
            }
            else if (text[i] == '[' && Labels.Match(text, i + 1) is { Strong: true } boxed && boxed.End < text.Length && text[boxed.End] == ']')
            {
                var value = Skip(text, boxed.End + 1);
                hit = new(boxed.Field, i, boxed.End + 1, value < text.Length && text[value] == ':' ? Skip(text, value + 1) : value, null, Leads: false);
            }
            else if (char.IsWhiteSpace(text[i]) && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && Labels.Match(text, i + 1) is { Strong: true } match
                && match.End < text.Length && char.IsWhiteSpace(text[match.End]) && IsShortField(match.Field))
            {
                hit = new(match.Field, i + 1, match.End, Skip(text, match.End), null, Leads: false);
            }

            if (hit is not null)
            {
                hits.Add(hit);
                from = Math.Max(hit.Value, i + 1);
                i = from - 1;
            }
        }
    }

    private static Hit? EndingAt(ReadOnlySpan<char> text, int from, int colon)
    {
        var end = colon;
        while (end > from && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        Hit? tight = null;
        var open = text[..end].LastIndexOf('(');
        var aside = open >= 0 && text[open..end].IndexOf(')') < 0;
        for (var start = end - 2; start >= Math.Max(from, end - 26); start--)
        {
            if (char.IsWhiteSpace(text[start]) || Labels.Match(text, start) is not { } match || match.End != end)
            {
                continue;
            }

            var hit = new Hit(match.Field, start, end, Skip(text, colon + 1), null, Leads: false, aside && start > open);
            if (start == from || text[start - 1] is '。' or ';' or ':' or ',' or '、' or ')' or '(' or ']' or '.' or ' ' or '\t' or '\n' || start == 0)
            {
                return match.Strong || start == from ? hit : tight;
            }

            // Without a sign before it only the words that nothing else can be are taken, and the shortest of them.
            if (match.Strong && IsShortField(match.Field) && text[start - 1] is not ('对' or '按' or '照' or '将' or '把' or '的' or '就') && (tight is null || text[start..].StartsWith("整改")))
            {
                tight = hit;
            }
        }

        return tight;
    }

    private static bool IsShortField(Field field) =>
        field is Field.Units or Field.Lead or Field.Cooperate or Field.Supervise or Field.Accept or Field.LeadAndCooperate or Field.UnitsAndPersons or Field.Persons or Field.Deadline;

    private static bool IsClosing(ReadOnlySpan<char> text)
    {
        text = text[SkipBullets(text, 0)..];
        if (StartsWithAny(text, Closing))
        {
            return true;
        }

        return StartsWithAny(text, ToPublic) && ContainsAny(text, Public);
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
