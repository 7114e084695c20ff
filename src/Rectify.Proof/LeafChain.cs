namespace Rectify.Proof;

/// <summary>What is wrong with the entries about one subject.</summary>
public enum ChainFault
{
    /// <summary>An entry cannot be read.</summary>
    Unreadable,

    /// <summary>An entry is about something else.</summary>
    OtherSubject,

    /// <summary>A number is missing, stands twice or out of order; or the chain does not begin with 1.</summary>
    WrongNumber,

    /// <summary>An entry does not name the hash of the one before it: one of them was changed.</summary>
    WrongPrevious,
}

/// <summary>What checking a chain gave.</summary>
/// <param name="Leaves">The entries up to the first that is wrong.</param>
/// <param name="Fault">What is wrong with the next one; <see langword="null"/> if all hold together.</param>
public sealed record ChainResult(IReadOnlyList<JournalLeaf> Leaves, ChainFault? Fault);

/// <summary>All entries about one subject, from the first on: each names the hash of the one before, so none can be left out or changed.</summary>
/// <remarks>Source: docs/formats/journal.md, members <c>n</c> and <c>prev</c>.</remarks>
public static class LeafChain
{
    /// <summary>Checks entries in their order, from number 1 on.</summary>
    /// <param name="entries">The exact bytes of each.</param>
    public static ChainResult Check(IEnumerable<byte[]> entries)
    {
        var leaves = new List<JournalLeaf>();
        foreach (var entry in entries)
        {
            var before = leaves.LastOrDefault();
            if (JournalLeaf.Read(entry) is not { } leaf)
            {
                return new(leaves, ChainFault.Unreadable);
            }

            ChainFault? fault =
                leaf.Subject != (before ?? leaf).Subject ? ChainFault.OtherSubject
                : leaf.Number != leaves.Count + 1 ? ChainFault.WrongNumber
                : before is not null && !before.Hash.AsSpan().SequenceEqual(leaf.Previous) ? ChainFault.WrongPrevious
                : null;
            if (fault is not null)
            {
                return new(leaves, fault);
            }

            leaves.Add(leaf);
        }

        return new(leaves, null);
    }
}
