using Rectify.Platform.Journal;

namespace Rectify.Platform.Identity;

/// <summary>A person got an account.</summary>
public sealed record AccountCreated : Fact
{
    public override string Kind => "account.created";

    public required Guid? Person { get; init; }
}

/// <summary>The owner chose a new password.</summary>
public sealed record PasswordChanged : Fact
{
    public override string Kind => "account.password-changed";
}

/// <summary>An administrator gave a one-time password.</summary>
public sealed record PasswordReset : Fact
{
    public override string Kind => "account.password-reset";
}

/// <summary>From now on a code from an authenticator is asked after the password.</summary>
public sealed record CodesTurnedOn : Fact
{
    public override string Kind => "account.totp-enabled";
}

/// <summary>No code is asked any more.</summary>
public sealed record CodesTurnedOff : Fact
{
    public override string Kind => "account.totp-disabled";
}

/// <summary>A recovery code was used up.</summary>
public sealed record RecoveryCodeUsed : Fact
{
    public override string Kind => "account.recovery-code-used";

    public required int Left { get; init; }
}

/// <summary>The owner took new recovery codes; those before are void.</summary>
public sealed record RecoveryCodesRenewed : Fact
{
    public override string Kind => "account.recovery-codes-renewed";
}

public sealed record PasskeyAdded : Fact
{
    public override string Kind => "account.passkey-added";
}

public sealed record PasskeyRemoved : Fact
{
    public override string Kind => "account.passkey-removed";
}

/// <summary>The account may not sign in any more.</summary>
public sealed record AccountDisabled : Fact
{
    public override string Kind => "account.disabled";
}

/// <summary>The account may sign in again.</summary>
public sealed record AccountEnabled : Fact
{
    public override string Kind => "account.enabled";
}
