using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Platform.Identity;

/// <summary>Lets ASP.NET Core Identity keep accounts in <see cref="Db"/>. It changes rows and never saves: commands do, with a fact.</summary>
internal sealed class AccountStore : UserOnlyStore<
    Account, Db, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, AccountToken, Passkey>
{
    // The names under which the base keeps its tokens.
    internal const string Provider = "[AspNetUserStore]";
    internal const string AuthenticatorKey = "AuthenticatorKey";
    internal const string RecoveryCodes = "RecoveryCodes";

    public AccountStore(Db db, IdentityErrorDescriber? describer = null) : base(db, describer) => AutoSaveChanges = false;

    // The base marks the whole row as changed and forgets what it was before, which the history needs.
    public override Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken = default)
    {
        user.Touch();
        return Task.FromResult(IdentityResult.Success);
    }

    // The base keeps recovery codes as they are; a copy of the database would open every account.
    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, RecoveryCodes, string.Join(';', recoveryCodes.Select(code => Hash(user, code))), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var left = (await GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken) ?? "").Split(';');
        var hash = Hash(user, code);
        if (!left.Contains(hash))
        {
            return false;
        }

        var others = string.Join(';', left.Where(other => other != hash));
        await SetTokenAsync(user, Provider, RecoveryCodes, others, cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        (await GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken) ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries).Length;

    // The codes are random, so a fast hash serves; the account's id keeps two accounts' codes apart.
    private static string Hash(Account user, string code) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id:N}:{code.Trim().ToUpperInvariant()}")));
}
