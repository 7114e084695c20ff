using Microsoft.AspNetCore.Identity;

namespace Rectify.Platform.Identity;

/// <summary>What someone signs in with. Its id is the actor in the journal; the person behind it can be erased.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public Account() => Id = Guid.CreateVersion7();

    /// <summary>The person whose account it is; <see langword="null"/> for a machine's account.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>The name shown to others; a copy of the person's, so that a page needs no second look.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Whether it may sign in at all.</summary>
    public bool Disabled { get; set; }

    /// <summary>Whether the password was given by an administrator and must be changed at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }

    public Actor Actor => new(Id.ToString("N"));
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

    /// <summary>How: password, password+totp, passkey.</summary>
    public required string Method { get; init; }
}
