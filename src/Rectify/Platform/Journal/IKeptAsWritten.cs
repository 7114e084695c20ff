namespace Rectify.Platform.Journal;

/// <summary>A record that stays as it was written: what was signed, handed in, frozen, sent out or decided, and drafts of it. No page corrects a word of it.</summary>
/// <remarks>A value that must go by law is blackened in it: <see cref="BlackenDocuments"/>. Records that have a page to correct them are none, nor is what stands before the public now.</remarks>
public interface IKeptAsWritten;

/// <summary>A room that makes something of documents: hashes them again to compare them with the journal, or keeps their words for searches. It has to go along once something is blackened in them.</summary>
public interface IFollowBlackening
{
    /// <summary>Makes anew what is made of these records, as they are now in the context's memory. Saves nothing.</summary>
    /// <param name="blackened">Records in which something was blackened, of whichever room.</param>
    /// <returns>What documents say now that are compared with the journal.</returns>
    /// <exception cref="Refusal">409: one of the documents was not what the journal says even before: nothing may hide that.</exception>
    Task<IReadOnlyList<DocumentSeal>> FollowAsync(IReadOnlyCollection<object> blackened, CancellationToken ct);
}

/// <param name="Document">The id of the document: a round, a bulletin.</param>
/// <param name="Part">What of it the hash covers; at most 20 characters.</param>
/// <param name="Hash">SHA-256, 64 small hexadecimal digits.</param>
public sealed record DocumentSeal(Guid Document, string Part, string Hash);

/// <summary>What a document says since something was blackened in it. The hash of what it said before stays in its own entry.</summary>
public sealed class BlackenedDocument : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid DocumentId { get; init; }

    public required string Part { get; init; }

    /// <summary>As <see cref="DocumentSeal.Hash"/>.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset At { get; init; }

    Guid IPartOf.Whole => DocumentId;
}
