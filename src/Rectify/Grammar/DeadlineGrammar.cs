namespace Rectify.Grammar;

/// <summary>A date inside running text by which something is to be done.</summary>
/// <param name="Start">Where the deadline's own words begin.</param>
/// <param name="End">Where they end, 前 included.</param>
internal readonly record struct DatedStep(DateSpan Date, int Start, int End);

/// <summary>What a deadline says: a field such as <c>2024年底前，并长期坚持</c>, or a clause inside a measure.</summary>
internal static class DeadlineGrammar
{
    private static readonly string[] Immediate = ["立行立改", "立即整改", "立整立改", "即知即改", "即行即改", "边督边改", "立查立改", "立即完成", "马上整改"];

    private static readonly string[] Standing =
        ["长期坚持", "持续坚持", "长期推进", "持续推进", "长期整改", "持续整改", "长期落实", "长期执行", "持续加强", "常态化", "长期保持", "持续开展", "长期开展", "持续巩固", "坚持不懈", "长期"];

    /// <summary>Reads a deadline field; <see langword="null"/> if it is blank.</summary>
    /// <param name="before">The date before it in the document, for a missing year.</param>
    /// <remarks>A text that cannot be understood is kept as fixed without a date: a doubt for the person to settle.</remarks>
    public static DraftDeadline? Read(Stretch field, DateOnly? before)
    {
        var text = field.Trim(":、,;-", "。;,、");
        if (ItemBuilder.SaysNothing(text))
        {
            return null;
        }

        var folded = text.Folded;
        var tight = string.Concat(folded.Where(c => !char.IsWhiteSpace(c))); // 立 行 立 改, as scanning leaves it
        var immediate = Has(tight, Immediate);
        var standing = Has(tight, Standing);
        var repeated = RecurrenceGrammar.Find(folded);
        var recurrence = repeated is { } r ? new Recurrence(Words(text, r.Start, r.End), r.Every, r.Times) : null;
        if (recurrence is null && folded.EndsWith("期间", StringComparison.Ordinal) && folded.Length <= 12)
        {
            // 治理期间: as long as something else lasts.
            recurrence = new(text.Text, "other", 1);
        }

        var dates = Dates(folded, before, repeated);
        var start = dates.FirstOrDefault(date => IsStart(folded, date));
        var ends = standing ? dates.FindAll(date => date.Range || !IsStart(folded, date)) : dates; // 2023年11月起，长期坚持
        var last = ends.Count > 0 ? ends.MaxBy(date => date.To) : (DateSpan?)null;
        DateOnly? from = last is { Range: true } ? last.Value.From : ends.Count < dates.Count ? start.From : null;
        if (recurrence is not null && !immediate && dates.TrueForAll(date => IsStart(folded, date)))
        {
            return new(text.Text, DeadlineKind.Recurring, start.End > 0 ? start.From : null, null, recurrence, text.At);
        }

        var kind = (last, immediate, standing) switch
        {
            (_, true, true) => DeadlineKind.ImmediateStanding,
            (_, true, false) => DeadlineKind.Immediate,
            (not null, false, true) => DeadlineKind.FixedStanding,
            (null, false, true) => DeadlineKind.ImmediateStanding,
            ({ Range: true }, false, false) => DeadlineKind.Period,
            _ => DeadlineKind.Fixed,
        };
        return new(text.Text, kind, from, last?.To, recurrence, text.At);
    }

    /// <summary>Whether a deadline as read still needs a person: neither a date nor a word that stands for one.</summary>
    public static bool IsUnread(DraftDeadline deadline) => deadline is { Kind: DeadlineKind.Fixed or DeadlineKind.FixedStanding, Date: null };

    /// <summary>The deadline of a measure from the dates in its text: the last of them.</summary>
    public static DraftDeadline? Last(Stretch text, List<DatedStep> steps)
    {
        if (steps.Count == 0)
        {
            return null;
        }

        var last = steps.MaxBy(step => step.Date.To);
        var words = text.Slice(last.Start, last.End).Trim();
        var standing = text.Folded.AsSpan(last.End).TrimStart(",、完成并") is var after && (after.StartsWith("长期坚持") || after.StartsWith("持续坚持"));
        return last.Date.Range
            ? new(words.Text, DeadlineKind.Period, last.Date.From, last.Date.To, null, words.At)
            : new(words.Text, standing ? DeadlineKind.FixedStanding : DeadlineKind.Fixed, null, last.Date.To, null, words.At);
    }

    /// <summary>The dates in running text by which something is to be done, in order. Facts of the past are left out.</summary>
    public static List<DatedStep> Steps(ReadOnlySpan<char> text, DateOnly? before)
    {
        var steps = new List<DatedStep>();
        var within = before;
        var quoted = Quoted(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (!DateGrammar.TryRead(text, i, within, out var span))
            {
                continue;
            }

            i = span.End - 1;
            if (quoted[span.Start])
            {
                continue;
            }

            if (!Recurs(text, span.Start) && DueDate.Is(text, span, within, out var end))
            {
                steps.Add(new(span, span.Start, end));
            }

            // Only a written year carries over: 11月底前 after 2018年5月.
            within = span.Dated || within is null ? span.To : within;
        }

        return steps;
    }

    private static List<DateSpan> Dates(string folded, DateOnly? before, (int Start, int End, string Every, int Times)? repeated)
    {
        var dates = DateGrammar.All(folded, before);
        return dates.FindAll(date => !(repeated is { } r && date.Start >= r.Start && date.Start < r.End) && !Unknown(folded, date));
    }

    // 国庆前, 春节前: a day that the words do not give. 8月榨季前 still ends with August.
    private static bool Unknown(string folded, DateSpan date)
    {
        if (date.Grain != Grain.Year || date.Closing)
        {
            return false;
        }

        var end = date.End;
        while (end < folded.Length && end - date.End < 8 && folded[end] is >= '一' and <= '龥' and not '前' and not '内' and not '度')
        {
            end++;
        }

        var between = folded[date.End..end];
        return end < folded.Length && folded[end] == '前' && between.Length > 0 && !between.EndsWith('之') && !between.EndsWith('以')
            && !between.Contains("完成", StringComparison.Ordinal);
    }

    private static bool IsStart(string folded, DateSpan date) =>
        Follows(folded, date.End, "起", "开始", "启动") || Precedes(folded, date.Start, "从", "自");

    private static bool Recurs(ReadOnlySpan<char> text, int start) => start > 0 && (text[start - 1] == '每' || (start > 1 && text[(start - 2)..start] is "每年"));

    // What stands in 《》, 〔〕 or [] belongs to the name or number of a document.
    private static bool[] Quoted(ReadOnlySpan<char> text)
    {
        var quoted = new bool[text.Length];
        var open = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '《' or '〔' or '[')
            {
                open = open < 0 ? i : open;
            }
            else if (text[i] is '》' or '〕' or ']' && open >= 0)
            {
                quoted.AsSpan(open, i - open).Fill(true);
                open = -1;
            }
        }

        return quoted;
    }

    private static string Words(Stretch text, int start, int end) => text.Text[start..end];

    private static bool Has(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));

    internal static bool Follows(ReadOnlySpan<char> text, int at, params ReadOnlySpan<string> words)
    {
        while (at < text.Length && text[at] is ' ' or '\n')
        {
            at++;
        }

        foreach (var word in words)
        {
            if (text[at..].StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Precedes(ReadOnlySpan<char> text, int at, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text[..at].TrimEnd(' ').EndsWith(word))
            {
                return true;
            }
        }

        return false;
    }
}
