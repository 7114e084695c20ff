namespace Rectify.Proof;

/// <summary>A kind of signature that a note can carry. All kinds stand in <see cref="NoteAlgorithms"/>.</summary>
public interface INoteAlgorithm
{
    /// <summary>Its name here, such as <c>ed25519</c>; stored beside everything that it made.</summary>
    string Id { get; }

    /// <summary>The bytes that come before a public key of this kind where it is written down, and in its id.</summary>
    IReadOnlyList<byte> Prefix { get; }

    /// <summary>Whether these bytes are a public key of this kind.</summary>
    bool IsPublicKey(ReadOnlySpan<byte> key);

    /// <summary>Whether the signature is right. Wrong lengths and wrong encodings are answered <see langword="false"/>.</summary>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>When a right signature of this kind was made, if it says so. Whole seconds.</summary>
    DateTimeOffset? TimeOf(ReadOnlySpan<byte> signature);

    /// <summary>A new private key.</summary>
    byte[] NewPrivateKey();

    /// <summary>The public key of a private one.</summary>
    /// <exception cref="ArgumentException">It is no private key of this kind.</exception>
    byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey);

    /// <summary>Signs a text.</summary>
    byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> text, DateTimeOffset at);
}

/// <summary>The kinds of signatures that are known. What is not here is refused, never guessed.</summary>
public static class NoteAlgorithms
{
    /// <summary>What a journal signs its checkpoints with.</summary>
    public static INoteAlgorithm Ed25519 { get; } = new Ed25519Signature();

    /// <summary>What a witness signs with: says when.</summary>
    public static INoteAlgorithm Cosignature { get; } = new Ed25519Cosignature();

    /// <summary>The second signature of a journal, by the national algorithms.</summary>
    public static INoteAlgorithm Sm2 { get; } = new Sm2Signature();

    /// <summary>All kinds of keys that are known; a prefix that none of them has is refused.</summary>
    public static IReadOnlyList<INoteAlgorithm> All { get; } = [Ed25519, Cosignature, Sm2];

    /// <summary>The kind of that name, or <see langword="null"/>.</summary>
    public static INoteAlgorithm? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>The kind that a key with its prefix is of, or <see langword="null"/>.</summary>
    internal static INoteAlgorithm? Of(byte[] key) => All.FirstOrDefault(one => key.AsSpan().StartsWith(one.Prefix.ToArray()));
}
