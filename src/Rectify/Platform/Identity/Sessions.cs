using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Ties the cookie to its session row: a cookie whose session has ended opens nothing.</summary>
public sealed partial class Sessions(IMemoryCache cache, TimeProvider clock, IServiceScopeFactory scopes, ILogger<Sessions> log)
{
    /// <summary>The claim that names the session.</summary>
    public const string SessionClaim = "session";

    /// <summary>The claim of whoever must choose a password before anything else.</summary>
    public const string MustChangeClaim = "must-change-password";

    /// <summary>How long a session lasts without use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>For so long an ended session may still pass on another server: the price of not asking each time.</summary>
    private static readonly TimeSpan Cached = TimeSpan.FromSeconds(30);

    /// <summary>How exact <see cref="SignInSession.SeenAt"/> is.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>The session a principal belongs to; <see langword="null"/> if none.</summary>
    public static Guid? Of(ClaimsPrincipal user) =>
        Guid.TryParseExact(user.FindFirstValue(SessionClaim), "N", out var id) ? id : null;

    /// <summary>Gives the cookie of a session just opened, and takes away the one it replaces.</summary>
    public static Task GiveCookieAsync(HttpContext http, Account account, Guid session)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, account.Actor.Id),
            new(ClaimTypes.Name, account.DisplayName),
            new(SessionClaim, session.ToString("N")),
        ];
        if (account.MustChangePassword)
        {
            claims.Add(new(MustChangeClaim, "1"));
        }

        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(identity));
    }

    /// <summary>Lets an ended session be looked up anew at once on this server.</summary>
    public void Forget(Guid session) => cache.Remove(Key(session));

    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is null || Of(context.Principal) is not { } id
            || !Guid.TryParseExact(context.Principal.FindFirstValue(ClaimTypes.NameIdentifier), "N", out var account)
            || !await IsOpenAsync(id, account, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
    }

    // Open, and the account's own: a session is no key to another account.
    private async Task<bool> IsOpenAsync(Guid id, Guid account, CancellationToken ct)
    {
        var now = clock.NowMs;
        if (cache.TryGetValue(Key(id), out Seen? seen) && seen!.LookedAt + Cached > now)
        {
            return seen.Owner == account;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var session = await db.OpenSession(id).SingleOrDefaultAsync(ct);
        var open = session is not null && session.SeenAt + Idle > now;
        if (open && session!.SeenAt + SeenEvery <= now)
        {
            session.SeenAt = now;
            try
            {
                await scope.ServiceProvider.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(ct);
            }
            catch (Exception failure) when (failure is DbUpdateException or Refusal)
            {
                NotNoted(failure, id); // a page must not fail because its reader could not be noted
            }
        }

        Guid? owner = open ? session!.AccountId : null;
        cache.Set(Key(id), new Seen(owner, now), Cached);
        return owner == account;
    }

    private static string Key(Guid session) => $"session:{session:N}";

    [LoggerMessage(LogLevel.Warning, "Could not note that session {Session} was used")]
    private partial void NotNoted(Exception failure, Guid session);

    private sealed record Seen(Guid? Owner, DateTimeOffset LookedAt);
}
