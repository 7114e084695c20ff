using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Rectify.Proof;

/// <summary>Whoever can sign notes: a key in this process, or a machine that keeps the key to itself.</summary>
public interface INoteSigner
{
    /// <summary>The key by which others check.</summary>
    NoteKey Key { get; }

    /// <summary>The signature without the key's id.</summary>
    /// <param name="at">For kinds that say when; else not used.</param>
    byte[] Sign(string text, DateTimeOffset at);
}

/// <summary>A private key in this process's memory.</summary>
/// <remarks>Written <c>PRIVATE+KEY+name+id+key</c>, as golang.org/x/mod/sumdb/note does. Such a text is a secret.</remarks>
public sealed class NoteSigner : INoteSigner
{
    private const string Mark = "PRIVATE+KEY+";
    private const int Longest = 1024;

    private readonly byte[] privateKey;

    private NoteSigner(NoteKey key, byte[] privateKey) => (Key, this.privateKey) = (key, privateKey);

    /// <summary>The public half.</summary>
    public NoteKey Key { get; }

    /// <summary>Makes a new key.</summary>
    /// <exception cref="ArgumentException">No key may be called so.</exception>
    public static NoteSigner Generate(string name, INoteAlgorithm algorithm)
    {
        var secret = algorithm.NewPrivateKey();
        return new(new(name, algorithm, algorithm.PublicKeyOf(secret)), secret);
    }

    /// <summary>Reads what <see cref="ToSecret"/> wrote.</summary>
    /// <returns><see langword="null"/> if it is none, or of a kind that is not known.</returns>
    public static NoteSigner? Read([NotNullWhen(true)] string? secret)
    {
        if (secret is not { Length: <= Longest } || !secret.StartsWith(Mark, StringComparison.Ordinal)
            || secret[Mark.Length..].Split('+', 3) is not [var name, var id, var base64] || !NoteKey.IsName(name)
            || Strict.Base64(base64) is not { } bytes || NoteAlgorithms.Of(bytes) is not { } algorithm)
        {
            return null;
        }

        try
        {
            var key = bytes[algorithm.Prefix.Count..];
            var signer = new NoteSigner(new(name, algorithm, algorithm.PublicKeyOf(key)), key);
            return signer.Key.Id.ToString("x8", CultureInfo.InvariantCulture) == id ? signer : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Signs a note's text.</summary>
    /// <param name="text">With its last newline.</param>
    /// <param name="at">For a countersignature its time, whole seconds; other kinds pass it over.</param>
    /// <returns>The signature without the key's id: 64 bytes by Ed25519, 72 for a countersignature.</returns>
    public byte[] Sign(string text, DateTimeOffset at) => Key.Algorithm.Sign(privateKey, System.Text.Encoding.UTF8.GetBytes(text), at);

    /// <summary>The key with its secret half: for a file that only its owner can read.</summary>
    public string ToSecret() =>
        $"{Mark}{Key.Name}+{Key.Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([.. Key.Algorithm.Prefix, .. privateKey])}";
}
