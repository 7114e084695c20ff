namespace Rectify.Consistency;

/// <summary>A rule that a closing is held against before it goes before the public.</summary>
/// <remarks>Source of each: cases of false rectification that inspections found, and published notices that contradict themselves.</remarks>
public enum ConsistencyRule
{
    /// <summary>A share or n of m that the goal does not allow: 61.34 % of the work, 5 of 6 waters.</summary>
    Share,

    /// <summary>Something is said to be left: 剩余1座, 其余3处.</summary>
    Remainder,

    /// <summary>A goal or measure of which nothing is said.</summary>
    Unanswered,

    /// <summary>Said to be under way, prepared or to come, where the closing says that all is done.</summary>
    Unfinished,

    /// <summary>Two days in an order that cannot be.</summary>
    Order,

    /// <summary>Before the public long before the plan expected it: early, or a year mistyped.</summary>
    Early,

    /// <summary>A paper older than the one it carries out.</summary>
    Document,

    /// <summary>Words taken from another item or unit.</summary>
    Copied,

    /// <summary>The days of the notice do not add up, or are fewer than the procedure asks for.</summary>
    NoticeDays,

    /// <summary>A quantity of the problem of which the result does not say what became.</summary>
    Quantity,

    /// <summary>A place without its pair of pictures before and after.</summary>
    Pair,

    /// <summary>A goal of whose indicator, or of which at all, nothing comes back in what is said.</summary>
    Unrelated,

    /// <summary>A notice whose first day was over before it went out here.</summary>
    Backdated,

    /// <summary>A date that cannot be, or that lost characters: 2018522日.</summary>
    Date,

    /// <summary>Measures that do not lead to the goal: they count fewer, end later, or have no word of it.</summary>
    Measures,
}

/// <summary>Which text of a closing something was found in.</summary>
public enum StatementField { Result, Goal, Measure, Problem, Days, Notice, Document, Pictures }

/// <summary>One place where a closing contradicts itself. It does not say that anything is wrong: somebody must correct it, or say why it holds.</summary>
/// <param name="No">Of a goal, measure or document, counted from 1; 0 where the field has no parts.</param>
/// <param name="Quote">The words found, as written; empty if words are missing.</param>
/// <param name="Against">What they stand against: the goal's words, a day, a count, another item.</param>
public sealed record Contradiction(ConsistencyRule Rule, StatementField Field, int No, string Quote, string Against)
{
    /// <summary>Names the contradiction over time: the same words against the same words give the same key, so that a reason given for it still holds.</summary>
    public string Key => $"{Rule}/{Field}/{No}/{Quote}/{Against}";
}
