using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Dossiers;

/// <summary>One version of a programme's requirements. Never changed: a change makes the next.</summary>
public sealed class RequirementSet : IKeptAsWritten
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private RequirementSet() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int No { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Why it was made; 1 to 500 characters.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The requirements as JSON: read and replaced as a whole, never asked by a query.</summary>
    public string Content { get; private init; } = "";

    public Requirements Requirements => JsonSerializer.Deserialize<Requirements>(Content, Json)!;

    /// <exception cref="Refusal">422: no reason, or requirements that cannot be.</exception>
    internal static RequirementSet Create(Guid programme, int no, Requirements requirements, string reason, DateTimeOffset now) => new()
    {
        ProgrammeId = programme,
        No = no,
        MadeAt = now,
        Reason = reason.Trim() is { Length: > 0 and <= 500 } because ? because : throw Refusal.Invalid("dossier.reason", "Say in 1 to 500 characters why."),
        Content = JsonSerializer.Serialize(requirements.Checked(), Json),
    };
}

/// <summary>What two versions of requirements differ in, by key.</summary>
internal sealed record RequirementDifference(
    IReadOnlyList<Requirement> Added, IReadOnlyList<Requirement> Removed, IReadOnlyList<(Requirement Old, Requirement New)> Changed, bool FoldersChanged)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count == 0 && !FoldersChanged;

    public static RequirementDifference Of(Requirements old, Requirements now)
    {
        var before = old.List.ToDictionary(one => one.Key);
        var after = now.List.ToDictionary(one => one.Key);
        return new(
            [.. now.List.Where(one => !before.ContainsKey(one.Key))], [.. old.List.Where(one => !after.ContainsKey(one.Key))],
            [.. now.List.Where(one => before.TryGetValue(one.Key, out var was) && was != one).Select(one => (before[one.Key], one))],
            !old.Folders.SequenceEqual(now.Folders));
    }
}
