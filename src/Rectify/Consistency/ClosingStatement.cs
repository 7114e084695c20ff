using Rectify.Grammar;

namespace Rectify.Consistency;

/// <summary>What a closing tells the public, as the rules read it: the plan's words beside what is said to have become of them.</summary>
/// <param name="Goals">The goals as planned, each with what is said of it. A goal that the plan does not number is one of one.</param>
/// <param name="Measures">The measures as planned, each with what is said of it.</param>
/// <param name="Result">What is said of the whole (整改完成情况).</param>
/// <param name="DeadlineOn">The day in force; <see langword="null"/> for 立行立改、长期坚持.</param>
/// <param name="Documents">Papers that the closing names or rests on.</param>
/// <param name="Others">What other items, and other units on the same item, say.</param>
/// <param name="PairsMissing">Places that must show a pair of pictures before and after, and do not.</param>
public sealed record ClosingStatement(
    string Problem,
    IReadOnlyList<PlannedPart> Goals,
    IReadOnlyList<PlannedPart> Measures,
    string Result,
    DateOnly? DeadlineOn,
    ClosingDays Days,
    NoticePeriod? Notice,
    IReadOnlyList<NamedDocument> Documents,
    IReadOnlyList<OtherText> Others,
    IReadOnlyList<string> PairsMissing);

/// <summary>One goal or measure of the plan and its answer.</summary>
/// <param name="Planned">Its words in the plan.</param>
/// <param name="Answer">What is said to have been done; empty if nothing is.</param>
/// <param name="Standing">Whether it goes on after the closing (长期坚持), so that work under way is no contradiction.</param>
public sealed record PlannedPart(string Planned, string Answer, bool Standing = false);

/// <summary>The days of a closing, each <see langword="null"/> until it has one.</summary>
public sealed record ClosingDays(DateOnly? Completed, DateOnly? Applied, DateOnly? Accepted, DateOnly? SignedOff, DateOnly? Closed);

/// <summary>A public notice as announced.</summary>
/// <param name="Days">How many days it says it runs; <see langword="null"/> if it says none.</param>
/// <param name="Working">Whether those are working days.</param>
/// <param name="Least">How many days, of the same kind, the programme's procedure asks for; 0 for none.</param>
/// <param name="OutOn">The day on which it goes out here; <see langword="null"/> if that is not asked.</param>
public sealed record NoticePeriod(DateOnly From, DateOnly To, int? Days, bool Working, int Least = 0, DateOnly? OutOn = null)
{
    /// <summary>What people wrote in it: days and dates that they name are held against those announced.</summary>
    public string Words { get; init; } = "";
}

/// <summary>A paper with its own day, and the paper that it carries out.</summary>
/// <param name="BasisOn">The day of the paper that it carries out; <see langword="null"/> if it carries out none or its day is unknown.</param>
public sealed record NamedDocument(string Title, DateOnly On, string Basis = "", DateOnly? BasisOn = null)
{
    /// <summary>Whether only the year of its day is known, as of 云环督〔2018〕3号: it is the last day of it.</summary>
    public bool YearAlone { get; init; }

    /// <summary>Whether a paper is by its title one of rectification itself: a notification (通知), minutes (纪要), a letter. It cannot be older than the inspection.</summary>
    public static bool IsOfRectification(string title) =>
        (title.Contains("整改", StringComparison.Ordinal) || title.Contains("督察", StringComparison.Ordinal)) && title.ContainsAny("通知", "纪要", "函", "决定", "意见", "通报");

    /// <summary>Whether a paper is by its title a plan of its own (整改方案、实施方案), which carries out the one above it.</summary>
    public static bool IsPlan(string title) => title.Contains("整改方案", StringComparison.Ordinal) || title.Contains("实施方案", StringComparison.Ordinal);
}

/// <summary>What is said elsewhere.</summary>
/// <param name="where">As people name it: 第十六项 东岭县.</param>
public sealed class OtherText(string where, string text)
{
    private HashSet<int>? pairs;

    public string Where => where;

    public string Text => text;

    /// <summary>Whether it is long enough to be compared.</summary>
    internal bool IsCompared { get; } = CopyRule.IsCompared(text);

    /// <summary>Its pairs of characters, made once for all the texts that are compared with it.</summary>
    internal HashSet<int> Pairs => pairs ??= Likeness.PairsOf(text);
}
