using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rectify.Proof;

/// <summary>What an entry carries instead of a value or a file: a salted hash, 43 characters of base64url.</summary>
/// <remarks>Source: docs/formats/journal.md, "Openings"; RFC 9901 §4.2 (SD-JWT) for fields.</remarks>
public static class Commitments
{
    /// <summary>Length of a file's salt, in bytes.</summary>
    public const int FileSaltSize = 32;

    private const int Length = 43;

    private static readonly byte[] FileMark = [.. "zg-file-v1"u8, 0];

    /// <summary>Whether a text has the form of a commitment.</summary>
    public static bool IsOne([NotNullWhen(true)] string? text) => text?.Length == Length && Strict.Base64Url(text)?.Length == SHA256.HashSizeInBytes;

    /// <summary>The commitment to a field, from the text that opens it.</summary>
    /// <param name="disclosure">Base64url of the JSON array; only ASCII.</param>
    public static string OfField(string disclosure) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(disclosure)));

    /// <summary>The commitment to a file: 32 bytes of salt, of SHA-256 and of SM3.</summary>
    public static string OfFile(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> sm3) =>
        Base64Url.EncodeToString(SHA256.HashData([.. FileMark, .. salt, .. sha256, .. sm3]));

    /// <summary>The one commitment over many, for entries that change more than 800 fields.</summary>
    /// <param name="commitments">In any order.</param>
    public static string OfMany(IEnumerable<string> commitments) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', commitments.Order(StringComparer.Ordinal)))));
}
