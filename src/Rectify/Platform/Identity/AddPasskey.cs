using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>Adds a passkey: the browser is asked for a new key pair, and its answer is checked and kept.</summary>
public sealed class AddPasskey(
    Db db, JournalWriter journal, TimeProvider clock, UserManager<Account> users, IPasskeyHandler<Account> passkeys, OwnAccount own)
{
    /// <summary>Passkeys of one account at most: a phone, a computer and a few keys for the drawer.</summary>
    private const int Most = 10;

    /// <returns>What the browser is to be asked, as JSON, and what must be kept from change until its answer.</returns>
    /// <exception cref="Refusal">404: no account. 409: enough passkeys.</exception>
    public async Task<(string Options, string State)> AskAsync(HttpContext http, Actor by, CancellationToken ct)
    {
        var account = await WithRoomAsync(by, ct);
        var asked = await passkeys.MakeCreationOptionsAsync(
            new() { Id = await users.GetUserIdAsync(account), Name = account.UserName!, DisplayName = account.DisplayName }, http);
        return (asked.CreationOptionsJson, asked.AttestationState ?? "");
    }

    /// <param name="name">What the owner calls it, 1 to 60 characters.</param>
    /// <exception cref="Refusal">404: no account. 409: enough passkeys. 422: the answer does not fit, or no name.</exception>
    public async Task RunAsync(string credential, string state, string name, HttpContext http, Actor by, CancellationToken ct)
    {
        if (name.Trim() is not { Length: > 0 and <= 60 } called)
        {
            throw Refusal.Invalid("passkey.name", "A passkey's name has 1 to 60 characters.");
        }

        var account = await WithRoomAsync(by, ct);
        var result = await passkeys.PerformAttestationAsync(
            new() { HttpContext = http, CredentialJson = credential, AttestationState = state });

        // Who was asked must be who answers: the state says for whom the key was made.
        if (!result.Succeeded || result.UserEntity.Id != await users.GetUserIdAsync(account))
        {
            throw Refusal.Invalid("passkey.answer", "The device's answer does not fit. Try again.");
        }

        result.Passkey.Name = called;
        await users.AddOrUpdatePasskeyAsync(account, result.Passkey);

        await journal.CommitAsync(new PasskeyAdded { Subject = account.Id, By = by, At = clock.NowMs }, ct);
    }

    private async Task<Account> WithRoomAsync(Actor by, CancellationToken ct)
    {
        var account = await own.OfAsync(by, ct);
        return await db.PasskeysOf(account.Id).CountAsync(ct) < Most
            ? account
            : throw Refusal.Conflict("passkey.many", $"An account has at most {Most} passkeys. Remove one first.");
    }
}

/// <summary>Removes one of one's own passkeys.</summary>
public sealed class RemovePasskey(Db db, JournalWriter journal, TimeProvider clock, OwnAccount own)
{
    /// <exception cref="Refusal">404: no account, or no such passkey of it.</exception>
    public async Task RunAsync(byte[] credential, Actor by, CancellationToken ct)
    {
        var account = await own.OfAsync(by, ct);
        var passkey = await db.PasskeysOf(account.Id).SingleOrDefaultAsync(p => p.CredentialId == credential, ct)
            ?? throw Refusal.NotFound("passkey", Convert.ToHexStringLower(credential));
        db.Remove(passkey);

        await journal.CommitAsync(new PasskeyRemoved { Subject = account.Id, By = by, At = clock.NowMs }, ct);
    }
}
