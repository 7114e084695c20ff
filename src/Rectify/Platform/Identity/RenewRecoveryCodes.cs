using Microsoft.AspNetCore.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Gives the owner new recovery codes: for a list that was used up, lost, or seen by someone. The old ones are void at once.</summary>
public sealed class RenewRecoveryCodes(UserManager<Account> users, JournalWriter journal, TimeProvider clock, OwnAccount own)
{
    /// <returns>The recovery codes: shown once, kept only as hashes.</returns>
    /// <exception cref="Refusal">404: no account. 409: locked, or no authenticator is bound. 422: the password is wrong.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string password, Actor by, CancellationToken ct)
    {
        var account = await own.ProvenAsync(by, password, ct);
        if (!account.TwoFactorEnabled)
        {
            throw Refusal.Conflict("totp.unbound", "No authenticator is bound.");
        }

        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, EnableTotp.RecoveryCodes);

        await journal.CommitAsync(new RecoveryCodesRenewed { Subject = account.Id, By = by, At = clock.NowMs }, ct);
        return [.. codes!];
    }

    /// <summary>How many of the owner's codes are still good.</summary>
    public async Task<int> LeftAsync(Actor by, CancellationToken ct) => await users.CountRecoveryCodesAsync(await own.OfAsync(by, ct));
}
