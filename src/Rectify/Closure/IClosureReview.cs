using Rectify.Organisation;

namespace Rectify.Closure;

/// <summary>What the room of notices tells of a closing, for its page: how it stands against the rules of consistency, and what was objected.</summary>
public interface IClosureReview
{
    Task<ClosureReview> OfAsync(ClosureCase one, Access reader, CancellationToken ct);
}

/// <summary>How a closing stands against one rule.</summary>
public enum RuleStanding
{
    /// <summary>不一致: to be corrected, or a reason to be given, before its notice goes out.</summary>
    Contradicts,

    /// <summary>已说明: somebody said why it holds all the same.</summary>
    Explained,

    /// <summary>一致</summary>
    Agrees,
}

/// <param name="Rule">What the rule is about, in the reader's words.</param>
/// <param name="What">What contradicts what; empty where nothing does.</param>
/// <param name="Reason">Why it holds, who said so and when; empty while nobody did.</param>
public sealed record ReviewedRule(RuleStanding Standing, string Rule, string What, string Reason);

/// <param name="Line">What it is about, how and when it came, and what was decided, in the reader's words.</param>
/// <param name="Href">Its page.</param>
public sealed record ReviewedObjection(string Line, string Href);

/// <param name="Rules">What contradicts first; empty before anything was declared.</param>
/// <param name="Notice">The page of its notice; <see langword="null"/> while none is written.</param>
/// <param name="Told">Whether a notice of it went out, so that anyone could object.</param>
/// <param name="Objections">How many there were, and how many wait for a decision.</param>
/// <param name="Lines">Each of them, for the office that receives them; for others empty.</param>
public sealed record ClosureReview(IReadOnlyList<ReviewedRule> Rules, string? Notice, bool Told, int Objections, int Open, IReadOnlyList<ReviewedObjection> Lines);
