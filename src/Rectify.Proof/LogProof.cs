using System.Globalization;
using System.Text;

namespace Rectify.Proof;

/// <summary>What shows without the server that an entry is in the journal: its place, the path to the root, the signed checkpoint.</summary>
/// <remarks>A file <c>.tlog-proof</c>. Source: C2SP tlog-proof, "Format".</remarks>
public sealed class LogProof
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int Longest = SignedNote.Longest + MostExtra * 2 + 8192;

    /// <summary>The most bytes beside the proof that are read; nothing here believes them.</summary>
    public const int MostExtra = 64 * 1024;

    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <exception cref="ArgumentException">The index is negative, a hash has not 32 bytes, or they are more than 63.</exception>
    public LogProof(long index, IReadOnlyList<byte[]> path, SignedNote checkpoint, byte[]? extra = null)
    {
        if (index < 0 || !Merkle.AreHashes(path) || extra?.Length is 0 or > MostExtra)
        {
            throw new ArgumentException("Not a proof.", nameof(path));
        }

        (Index, Path, Checkpoint, Extra) = (index, path, checkpoint, extra);
    }

    /// <summary>The entry's place in the journal, from 0.</summary>
    public long Index { get; }

    /// <summary>From the leaf's sibling up to the root's child; 32 bytes each.</summary>
    public IReadOnlyList<byte[]> Path { get; }

    /// <summary>With all its signatures, those of witnesses too.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>Whatever came along. Not authenticated: never to be believed by itself.</summary>
    public byte[]? Extra { get; }

    /// <summary>Reads a file.</summary>
    /// <returns><see langword="null"/> if it is malformed or beyond the limits.</returns>
    public static LogProof? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > Longest || Strict.Text(file) is not { } text)
        {
            return null;
        }

        // The first empty line ends the path; the checkpoint behind it has one of its own.
        if (text.IndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var end)
            || text[..end].Split('\n') is not [Header, .. var lines]
            || SignedNote.Read(Encoding.UTF8.GetBytes(text[(end + 2)..])) is not { } checkpoint || Proof.Checkpoint.Read(checkpoint.Text) is null)
        {
            return null;
        }

        byte[]? extra = null;
        if (lines is [var first, ..] && first.StartsWith("extra ", StringComparison.Ordinal))
        {
            extra = Strict.Base64(first[6..]);
            if (extra?.Length is not (> 0 and <= MostExtra))
            {
                return null;
            }

            lines = lines[1..];
        }

        if (lines is not [var second, .. var hashes] || !second.StartsWith("index ", StringComparison.Ordinal)
            || Strict.Number(second[6..]) is not { } index || hashes.Length > Merkle.LongestPath)
        {
            return null;
        }

        var path = hashes.Select(Strict.Hash).OfType<byte[]>().ToList();
        return path.Count == hashes.Length ? new(index, path, checkpoint, extra) : null;
    }

    /// <summary>Whether the entry is in a journal that the policy trusts.</summary>
    /// <param name="leaf">The entry's leaf hash; 32 bytes.</param>
    public ProofResult Check(ReadOnlySpan<byte> leaf, WitnessPolicy policy)
    {
        var said = policy.Check(Checkpoint.ToBytes());
        return new(said, said.Checkpoint is { } checkpoint && Merkle.Includes(leaf, Index, checkpoint.Size, Path, checkpoint.Root));
    }

    /// <summary>The file <c>.tlog-proof</c>, UTF-8. Source: C2SP tlog-proof.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
        {
            text.Append("extra ").Append(Convert.ToBase64String(extra)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }
}

/// <summary>What a proof is worth under a policy.</summary>
/// <param name="Policy">Whether the checkpoint may be believed.</param>
/// <param name="Included">Whether the path leads from the entry to the root that the checkpoint says.</param>
public sealed record ProofResult(PolicyResult Policy, bool Included)
{
    /// <summary>Both hold: the entry is in the journal.</summary>
    public bool Holds => Included && Policy.Outcome == PolicyOutcome.Met;
}
