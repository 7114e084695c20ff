using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Rectify.Portal;

/// <summary>What can be published of an item, each for itself. Its number and its public title always are.</summary>
public enum PublicField
{
    /// <summary>方面</summary>
    Aspect,

    /// <summary>问题</summary>
    Problem,

    /// <summary>整改目标</summary>
    Goal,

    /// <summary>整改措施, with what was done of each once it is declared.</summary>
    Measures,

    /// <summary>责任单位, and who takes the steps.</summary>
    Units,

    /// <summary>整改时限</summary>
    Deadline,

    /// <summary>状态 on the day of publication.</summary>
    Status,

    /// <summary>目标的结果, one by one.</summary>
    GoalResults,

    /// <summary>整改情况</summary>
    Result,

    /// <summary>办理经过: steps with their days.</summary>
    Steps,

    /// <summary>销号日期、销号编号</summary>
    Closing,

    /// <summary>整改前后照片: masked copies.</summary>
    Pictures,

    /// <summary>后续检查</summary>
    FollowUp,
}

public sealed record PublicMeasure(string Number, string Text, string Result, DateOnly? On);

public sealed record PublicGoal(string Goal, string Result, DateOnly? On);

/// <param name="Key">The text that names what was done, as <c>procedure.kind.SiteCheck</c>.</param>
/// <param name="Title">What the programme calls it; empty for the usual word.</param>
/// <param name="Unit">Who did it; empty where that is not published.</param>
public sealed record PublicStep(DateOnly On, string Key, string Title, string Unit);

/// <summary>A check after the closing that was reviewed.</summary>
/// <param name="Result">As <c>check.result.Held</c> names it.</param>
public sealed record PublicCheck(DateOnly On, string Result);

/// <param name="Name">A random name, never the original's.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record PublicPhoto(string Name, bool After, string Caption, string Alt, int Width, int Height);

/// <summary>Exactly what the public sees of an item: frozen by an act, and the only thing that any public door gives.</summary>
/// <remarks>What was not chosen is empty here. Format: docs/formats/public.md.</remarks>
public sealed record PublicSnapshot
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required IReadOnlyList<PublicField> Fields { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public string Aspect { get; init; } = "";

    public string Problem { get; init; } = "";

    public string Goal { get; init; } = "";

    public IReadOnlyList<PublicMeasure> Measures { get; init; } = [];

    /// <summary>The lead first.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>As the plan words it.</summary>
    public string Deadline { get; init; } = "";

    public DateOnly? DueOn { get; init; }

    /// <summary>A status by its mark, as <c>closed</c>; empty where it is not published.</summary>
    public string Status { get; init; } = "";

    /// <summary>The day on which it stood so.</summary>
    public DateOnly? StatusOn { get; init; }

    public IReadOnlyList<PublicGoal> Goals { get; init; } = [];

    public string Result { get; init; } = "";

    public IReadOnlyList<PublicStep> Steps { get; init; } = [];

    public DateOnly? ClosedOn { get; init; }

    public string ClosingNumber { get; init; } = "";

    public IReadOnlyList<PublicPhoto> Pictures { get; init; } = [];

    public string FollowUp { get; init; } = "";

    /// <summary>Checks after the closing, the first one first; <see langword="null"/> for none. Published with <see cref="FollowUp"/>.</summary>
    public IReadOnlyList<PublicCheck>? Checks { get; init; }

    /// <summary>Another one in each version, for its hash in the journal; <see langword="null"/> in previews, and in what was published before there were any.</summary>
    public string? Salt { get; init; }

    public bool Has(PublicField field) => Fields.Contains(field);

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static PublicSnapshot Read(string text) => JsonSerializer.Deserialize<PublicSnapshot>(text, Json)!;

    /// <summary>SHA-256 of the snapshot as it is written, 64 small hexadecimal digits.</summary>
    public static string HashOf(string written) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(written)));

    /// <summary>The same with each of its texts changed. Names of files and keys stay.</summary>
    internal PublicSnapshot With(Func<string, string> change) => this with
    {
        Number = change(Number),
        Title = change(Title),
        Aspect = change(Aspect),
        Problem = change(Problem),
        Goal = change(Goal),
        Measures = [.. Measures.Select(measure => measure with { Number = change(measure.Number), Text = change(measure.Text), Result = change(measure.Result) })],
        Units = [.. Units.Select(change)],
        Deadline = change(Deadline),
        Goals = [.. Goals.Select(goal => goal with { Goal = change(goal.Goal), Result = change(goal.Result) })],
        Result = change(Result),
        Steps = [.. Steps.Select(step => step with { Title = change(step.Title), Unit = change(step.Unit) })],
        ClosingNumber = change(ClosingNumber),
        Pictures = [.. Pictures.Select(picture => picture with { Caption = change(picture.Caption), Alt = change(picture.Alt) })],
        FollowUp = change(FollowUp),
    };

    /// <summary>All its texts, for searching.</summary>
    internal string Words => string.Join('\n', (IEnumerable<string>)
    [
        Number, Title, Aspect, Problem, Goal, Deadline, Result, ClosingNumber, FollowUp, .. Units, .. Measures.SelectMany(one => new[] { one.Text, one.Result }), .. Goals.SelectMany(one => new[] { one.Goal, one.Result }),
    ]);
}
