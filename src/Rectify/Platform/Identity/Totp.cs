using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Rectify.Platform.Identity;

/// <summary>Codes of an authenticator app. Source: RFC 6238, with HMAC-SHA-1, 30 seconds and 6 digits, which every app knows.</summary>
internal static class Totp
{
    /// <summary>Steps to either side that are still taken: clocks go wrong by half a minute.</summary>
    private const int Drift = 1;

    /// <summary>A new key: 160 bits, as RFC 4226 §4 asks.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step a moment lies in.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;

    /// <summary>The code of one step; 6 digits. Source: RFC 4226 §5.3.</summary>
    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // HMAC-SHA-1 is what the standard and the apps use; collisions do not matter to it
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var offset = hash[19] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, among those near <paramref name="now"/> and after <paramref name="last"/>.</summary>
    /// <returns><see langword="null"/> if it is none of them: wrong, too old, or used before.</returns>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long last)
    {
        var here = StepAt(now);
        for (var step = here - Drift; step <= here + Drift; step++)
        {
            if (step > last && CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(Code(key, step)), System.Text.Encoding.UTF8.GetBytes(code)))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>A key as people type it. Source: RFC 4648 §6, without padding.</summary>
    public static string ToText(ReadOnlySpan<byte> key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new System.Text.StringBuilder((key.Length * 8 + 4) / 5);
        var (bits, count) = (0, 0);
        foreach (var b in key)
        {
            (bits, count) = (((bits << 8) | b) & 0xFFFF, count + 8);
            while (count >= 5)
            {
                count -= 5;
                text.Append(Alphabet[(bits >> count) & 31]);
            }
        }

        return count > 0 ? text.Append(Alphabet[(bits << (5 - count)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The key behind a typed text; <see langword="null"/> if it is none.</summary>
    public static byte[]? FromText(string text)
    {
        var key = new List<byte>(text.Length * 5 / 8);
        var (bits, count) = (0, 0);
        foreach (var c in text)
        {
            var digit = c switch { >= 'A' and <= 'Z' => c - 'A', >= '2' and <= '7' => c - '2' + 26, _ => -1 };
            if (digit < 0)
            {
                return null;
            }

            (bits, count) = (((bits << 5) | digit) & 0xFFFF, count + 5);
            if (count >= 8)
            {
                count -= 8;
                key.Add((byte)(bits >> count));
            }
        }

        return [.. key];
    }

    /// <summary>What the QR code says. Source: the key URI format that authenticator apps share.</summary>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}" +
        $"?secret={ToText(key)}&issuer={System.Uri.EscapeDataString(issuer)}&digits=6&period=30";
}
