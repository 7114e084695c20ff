using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Rectify.Platform.Identity;

/// <summary>Which passwords are taken: long ones that are not the first to be guessed. No rules about kinds of characters.</summary>
/// <remarks>Source: NIST SP 800-63B §3.1.1.2: length and a list of common ones, no composition rules.</remarks>
internal static class PasswordRule
{
    public const int Shortest = 10;
    public const int Longest = 128;

    private static readonly FrozenSet<string> Common = Load();

    /// <exception cref="Refusal">422: too short, too long, contains the user name or is a common one.</exception>
    public static void Check(string password, Account account)
    {
        if (password.Length is < Shortest or > Longest)
        {
            throw Refusal.Invalid("password.length", $"A password has {Shortest} to {Longest} characters.");
        }

        if (Contains(password, account.UserName) || Contains(password, account.DisplayName))
        {
            throw Refusal.Invalid("password.name", "A password does not contain the name of its owner.");
        }

        if (Common.Contains(password.ToLowerInvariant()) || password.Distinct().Count() < 4 || IsRun(password))
        {
            throw Refusal.Invalid("password.common", "This password is among the first to be guessed.");
        }
    }

    /// <summary>A password to be used once: 14 characters that cannot be taken for one another, about 70 bits.</summary>
    public static string OneTime() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 14);

    private static bool Contains(string password, string? name) =>
        name is { Length: >= 3 } && password.Contains(name, StringComparison.OrdinalIgnoreCase);

    // 0123456789, 9876543210, abcdefghij: every character follows from the one before.
    private static bool IsRun(string password) =>
        password.Zip(password.Skip(1), (a, b) => b - a).Distinct().ToList() is [1 or -1];

    private static FrozenSet<string> Load()
    {
        using var list = new StreamReader(typeof(PasswordRule).Assembly.GetManifestResourceStream("CommonPasswords.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
