using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rectify.Proof;

/// <summary>A public key with its owner's name: what one has to trust to believe a note.</summary>
/// <remarks>Written <c>name+id+key</c>. Source: C2SP signed-note, "Signatures"; golang.org/x/mod/sumdb/note, "Verifying Notes".</remarks>
public sealed class NoteKey
{
    private const int Longest = 16 * 1024;

    private readonly byte[] publicKey;

    /// <exception cref="ArgumentException">The name or the key is none.</exception>
    public NoteKey(string name, INoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name) || !algorithm.IsPublicKey(publicKey))
        {
            throw new ArgumentException("Not a name, or not a public key of that kind.", nameof(name));
        }

        (Name, Algorithm, this.publicKey) = (name, algorithm, publicKey.ToArray());
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. algorithm.Prefix, .. publicKey]);
        Id = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>Not empty, without space and plus. For a journal, its origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ LF ‖ kind ‖ key).</summary>
    public uint Id { get; }

    /// <summary>What kind of key it is.</summary>
    public INoteAlgorithm Algorithm { get; }

    /// <summary>Whether both wrap the same key, whatever they call it.</summary>
    public bool IsSameKey(NoteKey other) => publicKey.AsSpan().SequenceEqual(other.publicKey);

    /// <summary>Whether a signature is right.</summary>
    /// <param name="text">The note's text with its last newline, UTF-8.</param>
    /// <param name="signature">Without the four bytes of the key's id. Of the wrong size it is not right; nothing is thrown.</param>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Algorithm.Verify(publicKey, text, signature);

    /// <summary>Whether a key may be called so.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    public override string ToString() =>
        $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([.. Algorithm.Prefix, .. publicKey])}";

    /// <exception cref="FormatException"><paramref name="s"/> is not a key, or of a kind that is not known.</exception>
    public static NoteKey Parse(string s) =>
        TryParse(s, out var key) ? key : throw new FormatException("Not a key, or of a kind that is not known.");

    /// <summary>Reads a key as it is printed, <c>name+id+base64</c>; nothing is thrown.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out NoteKey? result)
    {
        result = null;

        // At most three parts: base64 may have a plus of its own, and may end in one.
        if (s is not { Length: <= Longest } || s.Split('+', 3) is not [var name, _, var base64] || !IsName(name)
            || Strict.Base64(base64) is not { } bytes || NoteAlgorithms.Of(bytes) is not { } algorithm
            || !algorithm.IsPublicKey(bytes.AsSpan(algorithm.Prefix.Count)))
        {
            return false;
        }

        // Written again it must be the same, its id with it.
        var key = new NoteKey(name, algorithm, bytes.AsSpan(algorithm.Prefix.Count));
        result = key.ToString() == s ? key : null;
        return result is not null;
    }
}
