using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;

namespace Rectify.Platform.Identity;

/// <summary>Binds an authenticator app: first a key is shown, then a code proves that the app has it. Nothing is saved before.</summary>
public sealed class EnableTotp(
    UserManager<Account> users, JournalWriter journal, TimeProvider clock, OwnAccount own, IDataProtectionProvider protection)
{
    /// <summary>The name that the app shows above the code.</summary>
    public const string Issuer = "Rectify";

    /// <summary>Codes for the day the phone is lost, each good for once.</summary>
    internal const int RecoveryCodes = 10;

    private static readonly TimeSpan Open = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector tickets = protection.CreateProtector("rectify/totp").ToTimeLimitedDataProtector();

    /// <summary>A key that waits for its proof.</summary>
    /// <param name="Key">As typed into the app by hand, in groups of four.</param>
    /// <param name="Squares">The QR code as path data of an SVG, one unit a module.</param>
    /// <param name="Size">The QR code's side in modules, its quiet zone included.</param>
    /// <param name="Ticket">Comes back with the code; holds the key, sealed, for 30 minutes.</param>
    public sealed record Offer(string Key, string Squares, int Size, string Ticket);

    /// <exception cref="Refusal">404: no account. 409: bound already.</exception>
    public async Task<Offer> OfferAsync(Actor by, CancellationToken ct)
    {
        var account = await UnboundAsync(by, ct);
        return Show(account, Totp.NewKey());
    }

    /// <summary>The same offer again, for a page that comes back with a wrong code.</summary>
    /// <exception cref="Refusal">404: no account. 409: bound already, or the offer is too old.</exception>
    public async Task<Offer> OfferAgainAsync(string ticket, Actor by, CancellationToken ct)
    {
        var account = await UnboundAsync(by, ct);
        return Show(account, KeyIn(ticket, account));
    }

    /// <returns>The recovery codes: shown once, kept only as hashes.</returns>
    /// <exception cref="Refusal">404: no account. 409: bound already, or the offer is too old. 422: the code is wrong.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string ticket, string code, Actor by, CancellationToken ct)
    {
        var now = clock.NowMs;
        var account = await UnboundAsync(by, ct);
        var key = KeyIn(ticket, account);
        account.LastCodeStep = Totp.Match(key, code.Replace(" ", "", StringComparison.Ordinal), now, last: 0)
            ?? throw Refusal.Invalid("totp.code", "The code is wrong. Check the phone's clock and type the code now shown.");
        account.TwoFactorEnabled = true;
        await users.SetAuthenticationTokenAsync(account, AccountStore.Provider, AccountStore.AuthenticatorKey, Totp.ToText(key));
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);

        await journal.CommitAsync(new CodesTurnedOn { Subject = account.Id, By = by, At = now }, ct);
        return [.. codes!];
    }

    private async Task<Account> UnboundAsync(Actor by, CancellationToken ct)
    {
        var account = await own.OfAsync(by, ct);
        return account.TwoFactorEnabled
            ? throw Refusal.Conflict("totp.bound", "An authenticator is bound already. Unbind it first.")
            : account;
    }

    private Offer Show(Account account, byte[] key)
    {
        var code = QrCode.Of(Totp.Uri(Issuer, account.UserName!, key));
        var text = string.Join(' ', Totp.ToText(key).Chunk(4).Select(four => new string(four)));
        return new(text, code.Squares, code.Size, tickets.Protect($"{account.Id:N}:{Totp.ToText(key)}", Open));
    }

    private byte[] KeyIn(string ticket, Account account)
    {
        try
        {
            if (tickets.Unprotect(ticket).Split(':') is [var owner, var key] && owner == account.Id.ToString("N"))
            {
                return Totp.FromText(key)!;
            }
        }
        catch (CryptographicException)
        {
            // Changed, or older than half an hour: said below.
        }

        throw Refusal.Conflict("totp.offer", "This offer is too old. Begin again.");
    }
}

/// <summary>Unbinds the authenticator; recovery codes are void from then on.</summary>
public sealed class DisableTotp(UserManager<Account> users, JournalWriter journal, TimeProvider clock, OwnAccount own)
{
    /// <exception cref="Refusal">404: no account. 409: locked, or none is bound. 422: the password is wrong.</exception>
    public async Task RunAsync(string password, Actor by, CancellationToken ct)
    {
        var account = await own.ProvenAsync(by, password, ct);
        if (!account.TwoFactorEnabled)
        {
            throw Refusal.Conflict("totp.unbound", "No authenticator is bound.");
        }

        await Unbind(users, account);
        await journal.CommitAsync(new CodesTurnedOff { Subject = account.Id, By = by, At = clock.NowMs }, ct);
    }

    internal static async Task Unbind(UserManager<Account> users, Account account)
    {
        account.TwoFactorEnabled = false;
        await users.RemoveAuthenticationTokenAsync(account, AccountStore.Provider, AccountStore.AuthenticatorKey);
        await users.RemoveAuthenticationTokenAsync(account, AccountStore.Provider, AccountStore.RecoveryCodes);
    }
}
