namespace Rectify.Verify;

/// <summary>How a statement stands.</summary>
internal enum Standing
{
    /// <summary>Checked, and it holds.</summary>
    Proved,

    /// <summary>Checked, and it does not hold: something was changed, or does not belong together.</summary>
    Contradicted,

    /// <summary>Not checked, or it cannot be checked from this.</summary>
    NotProved,
}

/// <summary>One statement in words of <see cref="Words"/>.</summary>
internal sealed record Statement(Standing Standing, string Key, params object[] Arguments);

/// <summary>All that a check has to say, and the exit code that sums it up.</summary>
/// <remarks>Source of the codes: docs/verify.md.</remarks>
internal sealed class Verdict
{
    public const int Holds = 0;
    public const int DoesNotHold = 1;
    public const int CannotBeRead = 2;
    public const int HoldsIfTheKeysAreRight = 3;

    private readonly List<Statement> statements = [];

    public IReadOnlyList<Statement> Statements => statements;

    /// <summary>Set where the keys came with the download: then all depends on them.</summary>
    public bool WithTheirKeys { get; set; }

    /// <summary>Set where a file is missing or malformed, so that the main thing could not be checked.</summary>
    public bool IsUnreadable { get; private set; }

    public int ExitCode =>
        statements.Exists(one => one.Standing == Standing.Contradicted) ? DoesNotHold
        : IsUnreadable ? CannotBeRead
        : WithTheirKeys ? HoldsIfTheKeysAreRight
        : Holds;

    public void Proved(string key, params object[] arguments) => statements.Add(new(Standing.Proved, key, arguments));

    public void Contradicted(string key, params object[] arguments) => statements.Add(new(Standing.Contradicted, key, arguments));

    public void NotProved(string key, params object[] arguments) => statements.Add(new(Standing.NotProved, key, arguments));

    public void Unreadable(string key, params object[] arguments)
    {
        IsUnreadable = true;
        NotProved(key, arguments);
    }
}
