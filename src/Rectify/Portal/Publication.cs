using System.Text.Json;
using System.Text.Json.Serialization;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Search;

namespace Rectify.Portal;

public enum PublicationState
{
    /// <summary>已公开</summary>
    Published,

    /// <summary>已撤下: what it showed is shown no more; that it was withdrawn, and when, is.</summary>
    Withdrawn,
}

/// <summary>What was done to a publication.</summary>
public enum PublicationAct
{
    /// <summary>公开</summary>
    Publish,

    /// <summary>更正: a further snapshot took the place of the one before.</summary>
    Correct,

    /// <summary>撤下</summary>
    Withdraw,
}

/// <summary>One line of a publication's own history, as the public reads it.</summary>
/// <param name="Remark">What the office says of it to everyone; may be empty.</param>
public sealed record PublicChange(int No, PublicationAct Act, DateOnly On, string Remark);

/// <summary>What the public sees of one item now. Each of its columns holds public matter alone.</summary>
/// <remarks>Derived as a whole from the newest <see cref="PublicationVersion"/>, so that a public page reads nothing else.</remarks>
public sealed class Publication
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private Publication() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public Guid ItemId { get; private init; }

    /// <summary>The item's random public id: part of its address.</summary>
    public Guid PublicId { get; private init; }

    /// <summary>The item's place in the plan.</summary>
    public string SortKey { get; private set; } = "";

    public PublicationState State { get; private set; }

    /// <summary>The number of the newest version, counted from 1.</summary>
    public int No { get; private set; }

    public DateTimeOffset PublishedAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The snapshot as JSON; empty once withdrawn.</summary>
    public string Content { get; private set; } = "";

    /// <summary>Public lines about publishing, correcting and withdrawing, as JSON.</summary>
    public string Said { get; private set; } = "[]";

    // Copies of the snapshot's, for lists and counts; empty once withdrawn.

    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Aspect { get; private set; } = "";

    public string Status { get; private set; } = "";

    public DateOnly? ClosedOn { get; private set; }

    /// <summary>All published texts, folded for searching.</summary>
    public string Folded { get; private set; } = "";

    public int Version { get; private set; }

    public PublicSnapshot? Snapshot => Content.Length == 0 ? null : PublicSnapshot.Read(Content);

    public IReadOnlyList<PublicChange> Changes => JsonSerializer.Deserialize<List<PublicChange>>(Said, Json)!;

    internal static Publication Create(Guid programme, Guid item, Guid publicId, DateTimeOffset now) => new() { ProgrammeId = programme, ItemId = item, PublicId = publicId, PublishedAt = now };

    /// <param name="mask">Hides what this act hides: in what was said of earlier acts as well.</param>
    /// <returns>The version that says so.</returns>
    internal PublicationVersion Publish(PublicSnapshot snapshot, string choice, Func<string, string> mask, string sortKey, string remark, Actor by, DateTimeOffset now, DateOnly today)
    {
        Said = Write(Changes.Select(change => change with { Remark = mask(change.Remark) }));
        var act = No > 0 && State is PublicationState.Published ? PublicationAct.Correct : PublicationAct.Publish;
        (State, SortKey, Content) = (PublicationState.Published, sortKey, (snapshot with { Salt = HashSalt.New() }).Write());
        (Number, Title, Aspect, Status, ClosedOn) = (Cut(snapshot.Number, 400), Cut(snapshot.Title, 600), Cut(snapshot.Aspect, 400), snapshot.Status, snapshot.ClosedOn);
        Folded = Bigrams.Fold(snapshot.Words);
        return Next(act, choice, remark, by, now, today);
    }

    /// <exception cref="Refusal">409: withdrawn already.</exception>
    internal PublicationVersion Withdraw(string remark, Actor by, DateTimeOffset now, DateOnly today)
    {
        if (State is PublicationState.Withdrawn)
        {
            throw Refusal.Conflict("portal.withdrawn", "It was withdrawn already.");
        }

        State = PublicationState.Withdrawn;
        (Content, Number, Title, Aspect, Status, ClosedOn, Folded) = ("", "", "", "", "", null, "");
        return Next(PublicationAct.Withdraw, "", remark, by, now, today);
    }

    private PublicationVersion Next(PublicationAct act, string choice, string remark, Actor by, DateTimeOffset now, DateOnly today)
    {
        No++;
        Version++;
        ChangedAt = now;
        Said = Write([.. Changes, new(No, act, today, remark)]);
        return new() { PublicationId = Id, No = No, Act = act, At = now, By = by, Remark = remark, Choice = choice, Content = Content, Hash = Content.Length == 0 ? "" : PublicSnapshot.HashOf(Content) };
    }

    private static string Write(IEnumerable<PublicChange> changes) => JsonSerializer.Serialize(changes, Json);

    // A mark is longer than what it hides: a title of marks alone may be longer than any title.
    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <summary>What one act made public, or that it withdrew it. Never changed; the office alone reads earlier ones.</summary>
public sealed class PublicationVersion : IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PublicationId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int No { get; init; }

    public required PublicationAct Act { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor By { get; init; }

    /// <summary>Said to everyone; at most 500 characters.</summary>
    public required string Remark { get; init; }

    /// <summary>What was chosen and masked, as JSON: holds the very passages that are kept from the public.</summary>
    public required string Choice { get; init; }

    public required string Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>; empty for a withdrawal. The journal's entry carries it.</summary>
    public required string Hash { get; init; }
}

/// <summary>A unit that a published item names.</summary>
public sealed class PublicationUnit : IBookkeeping
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PublicationId { get; init; }

    /// <summary>As it is published, masked where the office masked it.</summary>
    public required string Name { get; init; }

    public required int Order { get; init; }
}
