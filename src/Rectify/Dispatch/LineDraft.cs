using System.Text.Json;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>What someone typed into a line's form and has not saved yet, kept by the page's script. Proves nothing: saving the line is the act.</summary>
public sealed class LineDraft : IBookkeeping, IKeptAsWritten
{
    /// <summary>Longest kept text, in characters: all fields at their limits fit.</summary>
    public const int Longest = 60_000;

    public required Guid LineId { get; init; }

    /// <summary>Whose it is: two people who type into one line do not see each other's.</summary>
    public required Actor By { get; init; }

    /// <summary>The line's version from which the typing began. With another one the line was saved meanwhile, and this is out of date.</summary>
    public int Version { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The form's fields as typed, JSON of names and values; a number that cannot be read stays as it is.</summary>
    public string Fields { get; set; } = "{}";

    public LineTyping Typing => new(JsonSerializer.Deserialize<Dictionary<string, string[]>>(Fields, JsonSerializerOptions.Web)!);
}

/// <summary>The fields of a line's form as someone typed them.</summary>
public sealed class LineTyping
{
    private readonly IReadOnlyDictionary<string, string[]> fields;

    internal LineTyping(IReadOnlyDictionary<string, string[]> fields) => this.fields = fields;

    public static LineTyping Of(IFormCollection form) => new(form
        .Where(field => !field.Key.StartsWith('_') && field.Key is not ("version" or "step" or "find"))
        .ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal));

    public string this[string field] => fields.TryGetValue(field, out var values) ? string.Join(',', values) : "";

    public bool Has(string field) => fields.ContainsKey(field);

    public IReadOnlyList<string> All(string field) => fields.GetValueOrDefault(field, []);

    /// <summary>The pieces of evidence that are ticked, each once, in the order of the form.</summary>
    public IReadOnlyList<Guid> Pieces => [.. All("e").Select(value => Guid.TryParse(value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];

    internal string ToText() => JsonSerializer.Serialize(fields, JsonSerializerOptions.Web);
}
