using Microsoft.AspNetCore.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>What someone signs in with. Its id is the actor in the journal; the person behind it can be erased.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>Wrong answers in a row before the account is locked.</summary>
    public const int MostFailures = 5;

    /// <summary>How long a locked account stays locked.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public Account() => (Id, SecurityStamp, LockoutEnabled) = (Guid.CreateVersion7(), Stamp(), true);

    /// <summary>The person whose account it is; <see langword="null"/> once they are off the list.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>The name shown to others; a copy of the person's, so that a page needs no second look.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Whether it may not sign in at all.</summary>
    public bool Disabled { get; set; }

    /// <summary>Whether the password was given by an administrator and must be changed at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The 30-second step of the last code accepted; a code of that step or before is refused. Source: RFC 6238 §5.2.</summary>
    public long LastCodeStep { get; set; }

    public Actor Actor => new(Id.ToString("N"));

    /// <summary>When the lock falls; <see langword="null"/> if the account is not locked.</summary>
    public DateTimeOffset? LockedUntil(DateTimeOffset now) => LockoutEnd > now ? LockoutEnd : null;

    /// <summary>Counts one try at the password or the code, before it is looked at.</summary>
    internal void CountTry(DateTimeOffset now)
    {
        (AccessFailedCount, LockoutEnd) = Count(AccessFailedCount, LockoutEnd, now);
        Touch();
    }

    /// <summary>Takes back the last counted try: it was right, though more is asked.</summary>
    internal void ForgiveTry() => (AccessFailedCount, LockoutEnd) = (Math.Max(0, AccessFailedCount - 1), null);

    internal void ForgetTries() => (AccessFailedCount, LockoutEnd) = (0, null);

    /// <summary>Takes a new password's hash.</summary>
    internal void TakePassword(string hash, bool mustChange)
    {
        (PasswordHash, MustChangePassword, SecurityStamp) = (hash, mustChange, Stamp());
        ForgetTries();
        Touch();
    }

    /// <summary>Its owner was taken off the list: nobody may sign in with it again.</summary>
    internal void LosePerson()
    {
        (PersonId, Disabled) = (null, true);
        Touch();
    }

    /// <summary>Makes a second writer's save fail.</summary>
    internal void Touch() => ConcurrencyStamp = Stamp();

    /// <summary>The next state of a counter of failures; also used for names that nobody has, so that both answer alike.</summary>
    internal static (int Failures, DateTimeOffset? Until) Count(int failures, DateTimeOffset? until, DateTimeOffset now)
    {
        var next = until <= now ? 1 : failures + 1;
        return (next, next >= MostFailures ? now + LockedFor : null);
    }

    private static string Stamp() => Guid.CreateVersion7().ToString("N");
}

/// <summary>A secret of an account that is no password: the authenticator's key, the recovery codes' hashes.</summary>
public sealed class AccountToken : IdentityUserToken<Guid>, IPartOf
{
    Guid IPartOf.Whole => UserId;
}

/// <summary>A passkey of an account: the public half of a key pair that stays in the owner's device.</summary>
public sealed class Passkey : IdentityUserPasskey<Guid>, IPartOf
{
    Guid IPartOf.Whole => UserId;
}

/// <summary>One place where an account is signed in: a browser on a machine.</summary>
public sealed class SignInSession : Data.IBookkeeping
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last used, to five minutes.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it ended by sign-out, by the owner's or an administrator's act, or by age.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Browser and system in words, such as <c>Chrome, Windows</c>; never the whole user agent.</summary>
    public required string Device { get; init; }

    /// <summary>The network address it began from.</summary>
    public required string Address { get; init; }

    /// <summary>How: password, password+totp, password+recovery, passkey.</summary>
    public required string Method { get; init; }
}
