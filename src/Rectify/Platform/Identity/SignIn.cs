using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>What a try to sign in leads to. A wrong password is an answer to a stranger, and no refusal.</summary>
public abstract record SignInAnswer
{
    private SignInAnswer() { }

    /// <summary>In: the session is open, and the cookie may be given.</summary>
    public sealed record SignedIn(Account Account, SignInSession Session) : SignInAnswer;

    /// <summary>The password was right; a code is asked now.</summary>
    public sealed record CodeNeeded(Guid Account) : SignInAnswer;

    /// <summary>Wrong, or nobody of that name: the answer does not tell which.</summary>
    /// <param name="Left">Further tries before the lock.</param>
    public sealed record Wrong(int Left) : SignInAnswer;

    public sealed record Locked(DateTimeOffset Until) : SignInAnswer;

    /// <summary>Said only to whoever knows the password.</summary>
    public sealed record Disabled : SignInAnswer;

    /// <summary>The passkey is none of ours, was removed, or answered another question.</summary>
    public sealed record PasskeyUnknown : SignInAnswer;
}

/// <summary>Signs in: a password and, where the owner turned that on, a code; or a passkey.</summary>
/// <remarks>
/// A try is counted before the password is looked at, so that a hundred at once count as a hundred. Names that nobody has
/// are counted too: whoever guesses learns nothing from when the lock falls.
/// </remarks>
public sealed class SignIn(
    Db db, JournalWriter journal, TimeProvider clock, UserManager<Account> users, IPasskeyHandler<Account> passkeys, NobodysTries nobody)
{
    // Hashed when there is no account, so that the answer takes as long as if there were one.
    private static readonly Account Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(Nobody, "nobody has this password");

    /// <exception cref="Refusal">409: too many tries at the same time.</exception>
    public async Task<SignInAnswer> WithPasswordAsync(string name, string password, Visitor from, CancellationToken ct)
    {
        var now = clock.NowMs;
        var normalized = users.NormalizeName(name.Trim()) ?? "";
        var account = await db.Accounts().SingleOrDefaultAsync(a => a.NormalizedUserName == normalized, ct);
        if (account?.PasswordHash is null)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
            return nobody.Count(normalized, now);
        }

        if (await CountTryAsync(account, now, ct) is { } until)
        {
            return new SignInAnswer.Locked(until);
        }

        if (users.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, password) is PasswordVerificationResult.Failed)
        {
            return Failed(account, now);
        }

        if (account.Disabled)
        {
            return new SignInAnswer.Disabled();
        }

        if (account.TwoFactorEnabled)
        {
            account.ForgiveTry(); // only this one: the password alone must not buy further tries at the code
            account.Touch();
            await journal.SaveBookkeepingAsync(ct);
            return new SignInAnswer.CodeNeeded(account.Id);
        }

        var session = Open(account, from, "password", now);
        await journal.SaveBookkeepingAsync(ct);
        return new SignInAnswer.SignedIn(account, session);
    }

    /// <summary>The second step: a code of the authenticator, or a recovery code.</summary>
    /// <param name="id">The account whose password was right a moment ago.</param>
    public async Task<SignInAnswer> WithCodeAsync(Guid id, string code, Visitor from, CancellationToken ct)
    {
        var now = clock.NowMs;
        var account = await db.Accounts().SingleAsync(a => a.Id == id, ct);
        if (await CountTryAsync(account, now, ct) is { } until)
        {
            return new SignInAnswer.Locked(until);
        }

        if (account.Disabled || !account.TwoFactorEnabled)
        {
            return new SignInAnswer.Disabled();
        }

        var typed = new string([.. code.Where(c => !char.IsWhiteSpace(c))]);
        var key = Totp.FromText(await users.GetAuthenticatorKeyAsync(account) ?? "");
        if (key is { Length: > 0 } && Totp.Match(key, typed, now, account.LastCodeStep) is { } step)
        {
            account.LastCodeStep = step; // a second use of the same code is refused
            var session = Open(account, from, "password+totp", now);
            await journal.SaveBookkeepingAsync(ct);
            return new SignInAnswer.SignedIn(account, session);
        }

        if ((await users.RedeemTwoFactorRecoveryCodeAsync(account, typed)).Succeeded)
        {
            var session = Open(account, from, "password+recovery", now);
            var left = await users.CountRecoveryCodesAsync(account);
            await journal.CommitAsync(new RecoveryCodeUsed { Subject = account.Id, By = account.Actor, At = now, Left = left }, ct);
            return new SignInAnswer.SignedIn(account, session);
        }

        return Failed(account, now);
    }

    /// <summary>A passkey is both steps in one: the device checks its owner. The lock does not concern it: it cannot be guessed.</summary>
    /// <param name="credential">What the browser answered, as JSON.</param>
    /// <param name="state">What was asked, as <see cref="IPasskeyHandler{TUser}"/> gave it out; kept from change by the caller.</param>
    public async Task<SignInAnswer> WithPasskeyAsync(string credential, string state, HttpContext http, CancellationToken ct)
    {
        var now = clock.NowMs;
        var result = await passkeys.PerformAssertionAsync(
            new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
        {
            return new SignInAnswer.PasskeyUnknown();
        }

        if (result.User.Disabled)
        {
            return new SignInAnswer.Disabled();
        }

        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey); // its counter went on
        var session = Open(result.User, Visitor.Of(http), "passkey", now);
        await journal.SaveBookkeepingAsync(ct);
        return new SignInAnswer.SignedIn(result.User, session);
    }

    /// <returns>Until when the account is locked; <see langword="null"/> if the try may go on.</returns>
    private async Task<DateTimeOffset?> CountTryAsync(Account account, DateTimeOffset now, CancellationToken ct)
    {
        for (var again = 0; ; again++)
        {
            if (account.LockedUntil(now) is { } until)
            {
                return until;
            }

            account.CountTry(now);
            try
            {
                await journal.SaveBookkeepingAsync(ct);
                return null;
            }
            catch (Refusal stale) when (stale.Code == Refusal.Stale().Code && again < 20)
            {
                await db.Entry(account).ReloadAsync(ct); // someone tried at the same moment: count both
            }
        }
    }

    private static SignInAnswer Failed(Account account, DateTimeOffset now) => account.LockedUntil(now) is { } until
        ? new SignInAnswer.Locked(until)
        : new SignInAnswer.Wrong(Account.MostFailures - account.AccessFailedCount);

    private SignInSession Open(Account account, Visitor from, string method, DateTimeOffset now)
    {
        account.ForgetTries();
        account.Touch();
        var session = new SignInSession
        {
            AccountId = account.Id,
            StartedAt = now,
            SeenAt = now,
            Address = from.Address,
            Device = from.Device,
            Method = method,
        };
        db.Add(session);
        return session;
    }
}

/// <summary>Counts tries at names that nobody has, in this process only. Safe for many requests at once.</summary>
public sealed class NobodysTries
{
    /// <summary>More names than this are being guessed: start over rather than fill the memory.</summary>
    private const int MostNames = 20_000;

    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset? Until)> names = new(StringComparer.Ordinal);

    internal SignInAnswer Count(string name, DateTimeOffset now)
    {
        if (names.Count > MostNames)
        {
            names.Clear();
        }

        var (failures, until) = names.AddOrUpdate(
            name.Length > 40 ? name[..40] : name,
            _ => Account.Count(0, null, now),
            (_, old) => old.Until > now ? old : Account.Count(old.Failures, old.Until, now));
        return until is { } then ? new SignInAnswer.Locked(then) : new SignInAnswer.Wrong(Account.MostFailures - failures);
    }
}
