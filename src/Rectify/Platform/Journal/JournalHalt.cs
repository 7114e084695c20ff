namespace Rectify.Platform.Journal;

/// <summary>Whether this process still adds to the journal. It stops where the database turns out to lack what outsiders have seen: each further entry would stand in the place of another.</summary>
/// <remarks>Stays until the product is started again; a start looks by itself. What is read and what needs no entry (sessions, drafts) goes on. See docs/decisions/39.</remarks>
public sealed class JournalHalt
{
    private Refusal? why;
    private long numbered;

    /// <summary>Why nothing is added any more, or <see langword="null"/>.</summary>
    public Refusal? Why => Volatile.Read(ref why);

    /// <summary>Numbers that this process has seen given. They never become fewer, unless the database lost some.</summary>
    internal long Numbered
    {
        get => Interlocked.Read(ref numbered);
        set => Interlocked.Exchange(ref numbered, value);
    }

    /// <summary>Stops it; the first reason stays.</summary>
    public void Stop(Refusal reason) => Interlocked.CompareExchange(ref why, reason, null);
}

/// <summary>Knows what outsiders have seen of the journal. Asked before numbers are given on a database that has fewer of them than it had.</summary>
public interface IGuardNumbers
{
    /// <summary>Looks whether the numbered entries are still those that were published.</summary>
    /// <exception cref="Refusal">409: the database is older than what was published, or another one.</exception>
    Task CheckNumbersAsync(CancellationToken ct);
}
