using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>A cumulative figure as a unit states it.</summary>
/// <param name="Quantity">The item or measure whose quantity it is.</param>
/// <param name="Value">At the item's scale; <see langword="null"/> while nothing was stated.</param>
/// <param name="Reason">Why it falls, or goes beyond the target.</param>
/// <param name="Corrects">What the last closed round's figure should have been, where it was wrong.</param>
/// <param name="CorrectsReason">Why it was wrong.</param>
public sealed record StatedFigure(Guid Quantity, long? Value, string Reason = "", long? Corrects = null, string CorrectsReason = "");

/// <summary>A node that the unit says it has reached.</summary>
/// <param name="On">The day; <see langword="null"/> while none was given.</param>
public sealed record StatedNode(int No, DateOnly? On);

/// <summary>A measure that the unit says is done (措施完成).</summary>
/// <param name="Measure">The measure's item.</param>
/// <param name="On">The day; <see langword="null"/> while none was given.</param>
public sealed record StatedMeasure(Guid Measure, DateOnly? On);

/// <summary>What a unit states of one item.</summary>
public sealed record StatedLine
{
    /// <summary>Work of the period.</summary>
    public string Work { get; init; } = "";

    public string Problems { get; init; } = "";

    /// <summary>Next steps, and by when the delay is made good.</summary>
    public string NextSteps { get; init; } = "";

    /// <summary>Progress in percent, where the item has no figure of its own.</summary>
    public int? Percent { get; init; }

    /// <summary>Why <see cref="Percent"/> falls.</summary>
    public string PercentReason { get; init; } = "";

    public IReadOnlyList<StatedFigure> Figures { get; init; } = [];

    public IReadOnlyList<StatedNode> Nodes { get; init; } = [];

    public IReadOnlyList<StatedMeasure> Measures { get; init; } = [];

    /// <summary>The pieces of evidence that prove it: ids of pieces of the item, its measures and points.</summary>
    public IReadOnlyList<Guid> Evidence { get; init; } = [];
}

/// <summary>One item in a unit's return.</summary>
public sealed class ReturnLine : IBulkRow, IPartOf, IKeptAsWritten
{
    private ReturnLine() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ReturnId { get; private init; }

    public Guid ItemId { get; private init; }

    /// <summary>Place in the return, counted from 1, as the plan orders the items.</summary>
    public int No { get; private init; }

    public string Work { get; private set; } = "";

    public string Problems { get; private set; } = "";

    public string NextSteps { get; private set; } = "";

    public int? Percent { get; private set; }

    public string PercentReason { get; private set; } = "";

    /// <summary>JSON of <see cref="StatedLine.Figures"/>.</summary>
    public string Figures { get; private set; } = "[]";

    /// <summary>JSON of <see cref="StatedLine.Nodes"/>.</summary>
    public string Nodes { get; private set; } = "[]";

    /// <summary>JSON of <see cref="StatedLine.Measures"/>.</summary>
    public string Measures { get; private set; } = "[]";

    /// <summary>JSON of <see cref="StatedLine.Evidence"/>.</summary>
    public string Evidence { get; private set; } = "[]";

    /// <summary>Whether someone saved it in this round; until then it holds what was brought over.</summary>
    public bool Filled { get; private set; }

    public int Version { get; private set; }

    Guid IPartOf.Whole => ReturnId;

    public StatedLine Stated => new()
    {
        Work = Work,
        Problems = Problems,
        NextSteps = NextSteps,
        Percent = Percent,
        PercentReason = PercentReason,
        Figures = FiguresOf(Figures),
        Nodes = NodesOf(Nodes),
        Measures = MeasuresOf(Measures),
        Evidence = JsonSerializer.Deserialize<List<Guid>>(Evidence, JsonSerializerOptions.Web)!,
    };

    /// <summary>What <see cref="Figures"/> says.</summary>
    public static List<StatedFigure> FiguresOf(string json) => JsonSerializer.Deserialize<List<StatedFigure>>(json, JsonSerializerOptions.Web)!;

    internal static List<StatedNode> NodesOf(string json) => JsonSerializer.Deserialize<List<StatedNode>>(json, JsonSerializerOptions.Web)!;

    internal static List<StatedMeasure> MeasuresOf(string json) => JsonSerializer.Deserialize<List<StatedMeasure>>(json, JsonSerializerOptions.Web)!;

    /// <summary>SHA-256 over all that it says, as a JSON array: a closed round keeps it, so that not even words change unnoticed.</summary>
    /// <param name="salt">The round's, the first of the array if it has one.</param>
    internal string Seal(string salt) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        (object?[])[.. salt.Length > 0 ? [salt] : Array.Empty<object?>(), Work, Problems, NextSteps, Percent, PercentReason, Figures, Nodes, Measures, Evidence], JsonSerializerOptions.Web))));

    /// <param name="before">What is brought over from the last return.</param>
    public static ReturnLine Create(UnitReturn of, Guid item, int no, StatedLine before)
    {
        var line = new ReturnLine { ReturnId = of.Id, ItemId = item, No = no };
        line.Take(before);
        return line;
    }

    /// <exception cref="Refusal">409: changed since it was seen. 422: a text too long.</exception>
    internal void Save(StatedLine stated, int version)
    {
        if (version != Version)
        {
            throw Refusal.Conflict("return.stale", "Someone else changed or submitted this return meanwhile. Load it again.");
        }

        if (new[] { stated.Work, stated.Problems, stated.NextSteps }.Any(text => text.Length > 4_000)
            || stated.Figures.SelectMany(figure => new[] { figure.Reason, figure.CorrectsReason }).Append(stated.PercentReason).Any(text => text.Length > 500))
        {
            throw Refusal.Invalid("return.long", "A text has at most 4,000 characters, a reason 500.");
        }

        Take(stated);
        Filled = true;
        Version++;
    }

    private void Take(StatedLine stated)
    {
        (Work, Problems, NextSteps) = (stated.Work.Trim(), stated.Problems.Trim(), stated.NextSteps.Trim());
        (Percent, PercentReason) = (stated.Percent, stated.PercentReason.Trim());
        // A reason of spaces alone is none.
        Figures = JsonSerializer.Serialize(
            stated.Figures.Select(figure => figure with { Reason = figure.Reason.Trim(), CorrectsReason = figure.CorrectsReason.Trim() }), JsonSerializerOptions.Web);
        Nodes = JsonSerializer.Serialize(stated.Nodes, JsonSerializerOptions.Web);
        Measures = JsonSerializer.Serialize(stated.Measures, JsonSerializerOptions.Web);
        Evidence = JsonSerializer.Serialize(stated.Evidence, JsonSerializerOptions.Web);
    }
}
