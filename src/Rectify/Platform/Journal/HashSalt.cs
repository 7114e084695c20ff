using System.Buffers.Text;
using System.Security.Cryptography;

namespace Rectify.Platform.Journal;

/// <summary>A random part of a text whose hash stands in the journal: what is withheld of that text later cannot be found out by trying values against the hash.</summary>
/// <remarks>It stands in the text itself, so that whoever has the text can check the hash. Source: docs/formats/journal.md, "Hashes of texts".</remarks>
internal static class HashSalt
{
    /// <returns>128 random bits; 22 characters of base64url.</returns>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
