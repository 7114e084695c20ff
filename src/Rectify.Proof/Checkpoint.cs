using System.Globalization;

namespace Rectify.Proof;

/// <summary>What the operator of a journal signs: which journal, how many entries, and the root over them.</summary>
/// <remarks>Source: C2SP tlog-checkpoint, "Note text". Extension lines are refused: nobody could audit them.</remarks>
public sealed class Checkpoint
{
    /// <exception cref="ArgumentException">The origin is empty or has more than one line, the size is negative or the root not 32 bytes.</exception>
    public Checkpoint(string origin, long size, byte[] root)
    {
        if (origin is "" || origin.Any(c => c < ' ') || size < 0 || root.Length != Merkle.HashSize)
        {
            throw new ArgumentException("Not a checkpoint.", nameof(origin));
        }

        (Origin, Size, Root) = (origin, size, root);
    }

    /// <summary>The journal's name for ever: its published address without the scheme. One line.</summary>
    public string Origin { get; }

    /// <summary>How many entries it covers.</summary>
    public long Size { get; }

    /// <summary>The root over them; 32 bytes.</summary>
    public byte[] Root { get; }

    /// <summary>The text that is signed: three lines, each with its LF.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Reads the text of a note.</summary>
    /// <returns><see langword="null"/> if it is not exactly the text of a checkpoint.</returns>
    public static Checkpoint? Read(string text) =>
        text.Split('\n') is [{ Length: > 0 } origin, var size, var root, ""] && !origin.Any(c => c < ' ')
        && Strict.Number(size) is { } entries && Strict.Hash(root) is { } hash
            ? new(origin, entries, hash)
            : null;

    /// <summary>Whether both say the same.</summary>
    public bool Says(Checkpoint other) => Text == other.Text;
}
