using System.Globalization;
using System.Text;

namespace Rectify.Proof;

/// <summary>Texts that have one spelling only: what is read here was written exactly so, or it is refused.</summary>
internal static class Strict
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Standard base64 with padding. Source: RFC 4648 §4; bits behind the last byte must be 0 (§3.5).</summary>
    public static byte[]? Base64(string text)
    {
        if (text.Length % 4 != 0)
        {
            return null;
        }

        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }

    /// <summary>Base64url without padding. Source: RFC 4648 §5.</summary>
    /// <param name="text">JSON's <c>null</c> is no text, and refused like any other.</param>
    public static byte[]? Base64Url(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return System.Buffers.Text.Base64Url.IsValid(text)
            && System.Buffers.Text.Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && System.Buffers.Text.Base64Url.EncodeToString(bytes.AsSpan(0, length)) == text ? bytes[..length] : null;
    }

    /// <summary>A hash of 32 bytes in standard base64.</summary>
    public static byte[]? Hash(string text) => text.Length == 44 && Base64(text) is { Length: Merkle.HashSize } hash ? hash : null;

    /// <summary>A decimal number from 0 to 2⁶³−1 without leading zero or sign.</summary>
    public static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text ? number : null;

    /// <summary>UTF-8 without control characters but LF. Source: C2SP signed-note, "Format".</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one is < 0x20 and not (byte)'\n')
            {
                return null;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8.GetString(bytes) : null;
    }
}
