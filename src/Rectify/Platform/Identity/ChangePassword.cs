using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Chooses a new password; all other sessions of the account end.</summary>
public sealed class ChangePassword(
    Db db, JournalWriter journal, TimeProvider clock, IPasswordHasher<Account> hasher, OwnAccount own, Sessions sessions)
{
    /// <param name="keep">The session from which this is asked; it goes on.</param>
    /// <exception cref="Refusal">422: the old password is wrong, or the new one is not taken (see <see cref="PasswordRule"/>). 409: locked after too many wrong ones.</exception>
    public async Task<Account> RunAsync(string old, string password, Guid? keep, Actor by, CancellationToken ct)
    {
        var account = await own.ProvenAsync(by, old, ct);
        PasswordRule.Check(password, account);
        if (password == old)
        {
            throw Refusal.Invalid("password.same", "The new password is the old one.");
        }

        var now = clock.NowMs;
        account.TakePassword(hasher.HashPassword(account, password), mustChange: false);
        var ended = await EndSession.MarkAsync(db, account.Id, keep, now, ct);

        await journal.CommitAsync(new PasswordChanged { Subject = account.Id, By = by, At = now }, ct);
        ended.ForEach(sessions.Forget);
        return account;
    }
}

/// <summary>The account of whoever acts.</summary>
public sealed class OwnAccount(Db db, JournalWriter journal, TimeProvider clock, IPasswordHasher<Account> hasher)
{
    /// <exception cref="Refusal">404: <paramref name="by"/> is no account.</exception>
    public async Task<Account> OfAsync(Actor by, CancellationToken ct) =>
        Guid.TryParseExact(by.Id, "N", out var id) && await db.Accounts().SingleOrDefaultAsync(a => a.Id == id, ct) is { } account
            ? account
            : throw Refusal.NotFound("account", by);

    /// <summary>The account, once its owner has typed the password again; wrong ones count towards the lock as at sign-in.</summary>
    /// <exception cref="Refusal">404: no account. 409: locked. 422: the password is wrong.</exception>
    public async Task<Account> ProvenAsync(Actor by, string password, CancellationToken ct)
    {
        var now = clock.NowMs;
        var account = await OfAsync(by, ct);
        if (account.LockedUntil(now) is not null)
        {
            throw Refusal.Conflict("password.locked", "Too many wrong passwords: the account is locked for 15 minutes.");
        }

        account.CountTry(now);
        await journal.SaveBookkeepingAsync(ct);
        if (account.PasswordHash is null || hasher.VerifyHashedPassword(account, account.PasswordHash, password) is PasswordVerificationResult.Failed)
        {
            throw Refusal.Invalid("password.wrong", "The current password is wrong.");
        }

        account.ForgetTries();
        account.Touch();
        return account;
    }
}
