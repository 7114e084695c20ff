using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Procedures;

/// <summary>One version of a programme's closing procedure. Never changed: a change makes the next, and a running closure keeps the version it began with.</summary>
public sealed class ProcedureVersion : IKeptAsWritten
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private ProcedureVersion() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int No { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The first day on which it holds, by the region's legal time.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Why it was made; 1 to 500 characters.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The procedure as JSON: read and replaced as a whole, never asked by a query.</summary>
    public string Content { get; private init; } = "";

    public Procedure Procedure => JsonSerializer.Deserialize<Procedure>(Content, Json)!;

    /// <exception cref="Refusal">422: no reason, or a procedure that cannot be.</exception>
    internal static ProcedureVersion Create(Guid programme, int no, Procedure procedure, string reason, DateTimeOffset now, DateOnly today) => new()
    {
        ProgrammeId = programme,
        No = no,
        MadeAt = now,
        From = today,
        Reason = reason.Trim() is { Length: > 0 and <= 500 } because ? because : throw Refusal.Invalid("procedure.reason", "Say in 1 to 500 characters why."),
        Content = Write(procedure.Checked()),
    };

    /// <summary>Two procedures are the same if this is.</summary>
    internal static string Write(Procedure procedure) => JsonSerializer.Serialize(procedure, Json);

    /// <inheritdoc cref="Write(Procedure)" />
    internal static string Write(ProcedureStep step) => JsonSerializer.Serialize(step, Json);
}
