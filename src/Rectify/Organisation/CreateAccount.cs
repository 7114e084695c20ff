using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>Gives a person an account with a one-time password, to be changed at the first sign-in.</summary>
public sealed class CreateAccount(
    Db db, JournalWriter journal, TimeProvider clock, UserManager<Account> users, ManagedAccounts managed)
{
    /// <returns>The account and its one-time password, which is shown once and kept only as a hash.</returns>
    /// <exception cref="Refusal">
    /// 404: no such person, or out of reach. 409: the person has an account, or the name is taken. 422: no user name.
    /// </exception>
    public async Task<(Account Account, string Password)> RunAsync(Guid person, string userName, Actor by, CancellationToken ct)
    {
        var password = PasswordRule.OneTime();
        return (await CreateAsync(person, userName, password, mustChange: true, by, ct), password);
    }

    /// <summary>Gives a person an account with a password set beforehand: for setting a system up.</summary>
    /// <exception cref="Refusal">As above; and 403: <paramref name="by"/> is a person. 422: the password is not taken.</exception>
    public async Task<Account> WithPasswordAsync(Guid person, string userName, string password, Actor by, CancellationToken ct) =>
        by.IsSystem
            ? await CreateAsync(person, userName, password, mustChange: false, by, ct)
            : throw Refusal.NotAllowed("account.password", "People choose their passwords themselves.");

    private async Task<Account> CreateAsync(
        Guid id, string userName, string password, bool mustChange, Actor by, CancellationToken ct)
    {
        var person = await managed.PersonAsync(id, by, ct);
        var name = UserName(userName);
        var normalized = users.NormalizeName(name)!;
        if (await db.Accounts().AnyAsync(a => a.PersonId == id, ct))
        {
            throw Refusal.Conflict("account.exists", "This person has an account already.");
        }

        if (await db.Accounts().AnyAsync(a => a.NormalizedUserName == normalized, ct))
        {
            throw Refusal.Conflict("account.name-taken", $"The user name {name} is taken.");
        }

        var account = new Account { UserName = name, NormalizedUserName = normalized, PersonId = id, DisplayName = person.Name };
        PasswordRule.Check(password, account);
        account.TakePassword(users.PasswordHasher.HashPassword(account, password), mustChange);
        db.Add(account);

        await journal.CommitAsync(new AccountCreated { Subject = account.Id, By = by, At = clock.NowMs, Person = id }, ct);
        return account;
    }

    // Letters that every keyboard types, and none that looks like another in capitals only.
    private static string UserName(string text) =>
        text.Trim().ToLowerInvariant() is { Length: >= 3 and <= 40 } name
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_')
            ? name
            : throw Refusal.Invalid("account.name", "A user name has 3 to 40 letters, digits, dots, hyphens or underscores.");
}
