namespace Rectify.Proof;

/// <summary>How many of whom must have countersigned: one witness, or at least so many members of a group, which may be groups themselves.</summary>
/// <remarks>Source: C2SP tlog-policy, "Defining a witness group".</remarks>
public sealed class Quorum
{
    private readonly string? witness;
    private readonly int needed;
    private readonly IReadOnlyList<Quorum> members;

    private Quorum(string? witness, int needed, IReadOnlyList<Quorum> members) => (this.witness, this.needed, this.members) = (witness, needed, members);

    /// <summary>Nobody has to.</summary>
    public static Quorum None { get; } = new(null, 0, []);

    /// <summary>That one has to.</summary>
    public static Quorum Of(string witness) => new(witness, 1, []);

    /// <summary>At least <paramref name="needed"/> members have to; 0 asks for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That many members there are not.</exception>
    public static Quorum Of(int needed, params IReadOnlyList<Quorum> members)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(needed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, members.Count);
        return new(null, needed, members);
    }

    /// <summary>Whether these witnesses are enough.</summary>
    public bool IsMetBy(IReadOnlySet<string> witnesses) =>
        witness is not null ? witnesses.Contains(witness) : members.Count(member => member.IsMetBy(witnesses)) >= needed;

    /// <summary>The fewest witnesses that can be enough.</summary>
    public int Fewest => witness is not null ? 1 : members.Select(member => member.Fewest).Order().Take(needed).Sum();
}
