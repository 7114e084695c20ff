using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Rectify.Platform.Identity;

/// <summary>Carries what is known between two steps of one thing in a sealed cookie: whose code is asked, what a passkey was asked.</summary>
/// <remarks>Sealed against change and reading, good for ten minutes, and taken away when it is used.</remarks>
public sealed class StepCookie(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public void Give(HttpContext http, HalfWay step, string content) =>
        http.Response.Cookies.Append(Name(step), Sealed(step).Protect(content, Lasts), new()
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = Lasts,
        });

    /// <returns>What was given; <see langword="null"/> if nothing was, or it is too old or changed.</returns>
    public string? Read(HttpContext http, HalfWay step)
    {
        try
        {
            return http.Request.Cookies[Name(step)] is { Length: > 0 } value ? Sealed(step).Unprotect(value) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Take(HttpContext http, HalfWay step) => http.Response.Cookies.Delete(Name(step));

    private ITimeLimitedDataProtector Sealed(HalfWay step) =>
        protection.CreateProtector("rectify/step", step.ToString()).ToTimeLimitedDataProtector();

    private static string Name(HalfWay step) => $"rectify.{step}".ToLowerInvariant();
}

/// <summary>The things that take two steps.</summary>
public enum HalfWay
{
    /// <summary>A password was right; holds the account's id.</summary>
    Code,

    /// <summary>A passkey was asked for to sign in; holds what was asked.</summary>
    PasskeySignIn,

    /// <summary>A new passkey was asked for; holds what was asked.</summary>
    PasskeyNew,
}
