using System.Globalization;
using System.Text;

namespace Rectify.Proof;

/// <summary>What a journal asks of a witness: countersign this checkpoint, which follows the one you know.</summary>
/// <param name="Old">Entries of the checkpoint that the witness countersigned last; 0 if none.</param>
/// <param name="Path">Proof that the new one only adds to it; 32 bytes each, at most 63.</param>
/// <param name="Note">The new checkpoint as signed.</param>
/// <param name="Checkpoint">What it says.</param>
/// <remarks>The body of <c>POST …/add-checkpoint</c>. Source: C2SP tlog-witness, "add-checkpoint".</remarks>
public sealed record AddCheckpoint(long Old, IReadOnlyList<byte[]> Path, SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int Longest = SignedNote.Longest + 4096;

    /// <summary>Reads a body.</summary>
    /// <param name="wrong">What is wrong with it, for the answer 400.</param>
    /// <returns><see langword="null"/> if it is malformed or beyond the limits.</returns>
    public static AddCheckpoint? Read(ReadOnlySpan<byte> body, out string wrong)
    {
        wrong = "invalid input";
        if (body.Length > Longest || Strict.Text(body) is not { } text
            || text.IndexOf("\n\n", StringComparison.Ordinal) is not (> 0 and var end)
            || text[..end].Split('\n') is not [var first, .. var hashes]
            || !first.StartsWith("old ", StringComparison.Ordinal) || Strict.Number(first[4..]) is not { } old
            || hashes.Length > Merkle.LongestPath)
        {
            return null;
        }

        var path = hashes.Select(Strict.Hash).OfType<byte[]>().ToList();
        if (path.Count < hashes.Length || SignedNote.Read(Encoding.UTF8.GetBytes(text[(end + 2)..])) is not { } note)
        {
            return null;
        }

        wrong = "invalid checkpoint";
        return Proof.Checkpoint.Read(note.Text) is { } checkpoint ? new(old, path, note, checkpoint) : null;
    }

    /// <summary>The body of the request, UTF-8. Source: C2SP tlog-witness, "add-checkpoint".</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {Old}\n");
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Note).ToString());
    }
}

/// <summary>What a witness answers to <see cref="AddCheckpoint"/>.</summary>
/// <param name="Status">The status of HTTP: 200, 400, 403, 404, 409 or 422.</param>
/// <param name="Why">One line in English; for 409 the size that the witness knows.</param>
public sealed record WitnessAnswer(int Status, string Why)
{
    /// <summary>Media type of the body of 409.</summary>
    public const string SizeType = "text/x.tlog.size";
}

/// <summary>When a witness may countersign. The caller must hold the journal's lock and write before it answers 200.</summary>
/// <remarks>Source: C2SP tlog-witness, "add-checkpoint".</remarks>
public static class WitnessRules
{
    /// <summary>What can be said without knowing what was countersigned before.</summary>
    /// <param name="keys">The keys that the witness trusts; each speaks for the journal whose origin is its name.</param>
    /// <returns>The refusal, or <see langword="null"/> if <see cref="Follows"/> has to decide.</returns>
    public static WitnessAnswer? Refuses(AddCheckpoint request, IEnumerable<NoteKey> keys)
    {
        var known = keys.Where(key => key.Name == request.Checkpoint.Origin).ToList();
        return known.Count == 0 ? new(404, "unknown log")
            : request.Note.Check(known) is not { Count: > 0 } ? new(403, "invalid signature")
            : request.Old > request.Checkpoint.Size ? new(400, "old size is above the checkpoint's size")
            : null;
    }

    /// <summary>Whether the new checkpoint follows the one countersigned last.</summary>
    /// <param name="last">What was countersigned last for this origin, or <see langword="null"/>.</param>
    /// <returns>200, 409 or 422.</returns>
    public static WitnessAnswer Follows(AddCheckpoint request, Checkpoint? last)
    {
        var known = last?.Size ?? 0;
        if (request.Old != known)
        {
            return new(409, known.ToString(CultureInfo.InvariantCulture));
        }

        var (next, path) = (request.Checkpoint, request.Path);
        var empty = new RightEdge().Root();
        var follows = known > 0
            ? Merkle.Extends(known, last!.Root, next.Size, next.Root, path)
            : path.Count == 0 && (next.Size > 0 || next.Root.AsSpan().SequenceEqual(empty));
        return follows ? new(200, "") : new(422, "the consistency proof does not hold");
    }
}
