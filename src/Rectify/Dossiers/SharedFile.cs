using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Dossiers;

/// <summary>The office's word that a piece may use the same file as an earlier one: a duplicate that counts.</summary>
public sealed class SharedFile : IPartOf, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PieceId { get; init; }

    /// <summary>SHA-256 of the file it was said of: another file of the piece is another matter.</summary>
    public required string Hash { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public required string Reason
    {
        get;
        init => field = value.Trim() is { Length: > 0 and <= 500 } because ? because : throw Refusal.Invalid("dossier.reason", "Say in 1 to 500 characters why.");
    }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? TakenBackAt { get; private set; }

    Guid IPartOf.Whole => PieceId;

    /// <exception cref="Refusal">409: taken back already.</exception>
    internal void TakeBack(DateTimeOffset now) =>
        TakenBackAt = TakenBackAt is null ? now : throw Refusal.Conflict("dossier.not-shared", "This file is not declared as shared.");
}
