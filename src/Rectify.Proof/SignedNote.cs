using System.Buffers.Binary;
using System.Text;

namespace Rectify.Proof;

/// <summary>One signature line of a note, whoever made it.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">Four bytes that tell keys of the same name apart; no proof of anything.</param>
/// <param name="Signature">What the key's algorithm made; at least one byte.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    private string? written;

    /// <summary>The line with its LF; one that was read is given as it stood.</summary>
    public string Line
    {
        get
        {
            if (written is not null)
            {
                return $"\u2014 {Name} {written}\n";
            }

            var bytes = new byte[4 + Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
            Signature.CopyTo(bytes, 4);
            return $"\u2014 {Name} {Convert.ToBase64String(bytes)}\n";
        }
    }

    /// <summary>
    /// Whether its base64 was written as anybody would write it. Others read lines with stray bits behind the last byte; a stranger's line
    /// may have them, but what claims a known key must be written in the one way, or two files would say the same.
    /// </summary>
    internal bool IsWellWritten => written is null || Strict.Base64(written) is not null;

    internal static NoteSignature? Read(string name, string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return base64.Length % 4 == 0 && !base64.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(base64, bytes, out var length) && length > 4
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]) { written = base64 }
            : null;
    }
}

/// <summary>A signature of a key that one knows, checked.</summary>
public sealed record CheckedSignature(NoteKey Key, NoteSignature Signature)
{
    /// <summary>When it was made, as its maker says; only cosignatures say it.</summary>
    public DateTimeOffset? At => Key.Algorithm.TimeOf(Signature.Signature);
}

/// <summary>A text with the signatures under it. Nothing in it may be believed before <see cref="Check"/>.</summary>
/// <remarks>Source: C2SP signed-note, "Format" and "Signatures".</remarks>
public sealed class SignedNote
{
    /// <summary>The longest note that is read, in bytes.</summary>
    public const int Longest = 256 * 1024;

    /// <summary>The most signature lines that are read; the specification asks for at least 16.</summary>
    public const int MostSignatures = 64;

    private const string Dash = "\u2014 ";

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The signed text; ends in LF.</summary>
    public string Text { get; }

    /// <summary>The signature lines in their order, 1 to 64, of known kinds and of others.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text with each of the keys.</summary>
    /// <param name="text">Ends in LF; no control characters but LF.</param>
    /// <exception cref="ArgumentException">The text is not of that kind, or nobody signs.</exception>
    public static SignedNote Sign(string text, DateTimeOffset at, params IEnumerable<INoteSigner> signers)
    {
        var signatures = signers.Select(signer => new NoteSignature(signer.Key.Name, signer.Key.Id, signer.Sign(text, at))).ToList();
        var note = new SignedNote(text, signatures);
        return Read(note.ToBytes()) ?? throw new ArgumentException("Not a text that a note can carry, or no signature.", nameof(text));
    }

    /// <summary>The same note with more signature lines under it, such as those of witnesses.</summary>
    public SignedNote With(params IEnumerable<NoteSignature> more) => new(Text, [.. Signatures, .. more]);

    /// <summary>The same text with these signature lines and no others.</summary>
    public SignedNote Only(params IEnumerable<NoteSignature> lines) => new(Text, [.. lines]);

    /// <summary>Reads a note.</summary>
    /// <returns><see langword="null"/> if it is malformed or beyond the limits.</returns>
    public static SignedNote? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest || Strict.Text(bytes) is not { } note || !note.EndsWith('\n'))
        {
            return null;
        }

        // The text may have empty lines of its own: the last one ends it.
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        return end >= 0 && ReadSignatures(note[(end + 2)..]) is { } signatures ? new(note[..(end + 1)], signatures) : null;
    }

    /// <summary>Reads signature lines alone, as witnesses answer them.</summary>
    /// <returns><see langword="null"/> if there is none, one is malformed, or they are too many.</returns>
    public static IReadOnlyList<NoteSignature>? ReadSignatures(string lines)
    {
        if (!lines.EndsWith('\n') || lines.Count(c => c == '\n') > MostSignatures)
        {
            return null;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in lines[..^1].Split('\n'))
        {
            if (!line.StartsWith(Dash, StringComparison.Ordinal)
                || line[Dash.Length..].Split(' ') is not [var name, var base64]
                || !NoteKey.IsName(name)
                || NoteSignature.Read(name, base64) is not { } signature)
            {
                return null;
            }

            signatures.Add(signature);
        }

        return signatures;
    }

    /// <summary>Checks the signatures of keys that one knows. Others' lines are passed over, as the specification demands.</summary>
    /// <returns>
    /// The good signatures, one for each key; empty if none of the keys signed. <see langword="null"/> if a signature that
    /// claims one of the keys is wrong: then the whole note is refused.
    /// </returns>
    public IReadOnlyList<CheckedSignature>? Check(IEnumerable<NoteKey> keys)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var good = new List<CheckedSignature>();
        foreach (var key in keys)
        {
            // Of several lines of one key the first counts, as in other implementations.
            if (Signatures.FirstOrDefault(line => line.Name == key.Name && line.KeyId == key.Id) is { } claimed)
            {
                if (!claimed.IsWellWritten || !key.Verify(text, claimed.Signature))
                {
                    return null;
                }

                good.Add(new(key, claimed));
            }
        }

        return good;
    }

    /// <summary>The note as it is published, UTF-8. Source: C2SP signed-note.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(line => line.Line))}";
}
