using Microsoft.AspNetCore.Identity;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>Takes an account out of use, or back into it. Disabling ends all its sessions.</summary>
public sealed class DisableAccount(Db db, JournalWriter journal, TimeProvider clock, ManagedAccounts managed, Sessions sessions)
{
    /// <exception cref="Refusal">404: no such account, or out of reach. 403: one's own, or it has a duty out of reach. 409: disabled already.</exception>
    public async Task RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var account = await managed.WholeAsync(id, by, ct);
        if (account.Actor == by)
        {
            throw Refusal.NotAllowed("account.own", "Nobody disables their own account.");
        }

        if (account.Disabled)
        {
            throw Refusal.Conflict("account.disabled", "The account is disabled already.");
        }

        var now = clock.NowMs;
        account.Disabled = true;
        account.Touch();
        var ended = await EndSession.MarkAsync(db, id, keep: null, now, ct);

        await journal.CommitAsync(new AccountDisabled { Subject = id, By = by, At = now }, ct);
        ended.ForEach(sessions.Forget);
    }

    /// <exception cref="Refusal">404: no such account, or out of reach. 409: not disabled, or its owner is off the list.</exception>
    public async Task UndoAsync(Guid id, Actor by, CancellationToken ct)
    {
        var account = await managed.WholeAsync(id, by, ct);
        if (!account.Disabled)
        {
            throw Refusal.Conflict("account.enabled", "The account is not disabled.");
        }

        if (account.PersonId is null)
        {
            throw Refusal.Conflict("account.no-person", "Its owner was taken off the list. Add them again and create an account.");
        }

        account.Disabled = false;
        account.Touch();

        await journal.CommitAsync(new AccountEnabled { Subject = id, By = by, At = clock.NowMs }, ct);
    }
}

/// <summary>Gives an account a new one-time password, for someone who forgot theirs or lost their phone. Ends all its sessions.</summary>
/// <remarks>The authenticator is unbound as well: whoever lost the phone could not sign in otherwise. Passkeys stay.</remarks>
public sealed class ResetPassword(
    Db db, JournalWriter journal, TimeProvider clock, UserManager<Account> users, ManagedAccounts managed, Sessions sessions)
{
    /// <returns>The one-time password, which is shown once and kept only as a hash.</returns>
    /// <exception cref="Refusal">404: no such account, or out of reach. 403: one's own, or it has a duty out of reach.</exception>
    public async Task<string> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var account = await managed.WholeAsync(id, by, ct);
        if (account.Actor == by)
        {
            throw Refusal.NotAllowed("account.own-password", "One's own password is changed, not reset.");
        }

        var now = clock.NowMs;
        var password = PasswordRule.OneTime();
        account.TakePassword(users.PasswordHasher.HashPassword(account, password), mustChange: true);
        if (account.TwoFactorEnabled)
        {
            await DisableTotp.Unbind(users, account);
        }

        var ended = await EndSession.MarkAsync(db, id, keep: null, now, ct);

        await journal.CommitAsync(new PasswordReset { Subject = id, By = by, At = now }, ct);
        ended.ForEach(sessions.Forget);
        return password;
    }
}
