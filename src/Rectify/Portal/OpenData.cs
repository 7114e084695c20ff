using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Rectify.Platform.Text;

namespace Rectify.Portal;

/// <summary>Published items as open data: CSV for tables, JSON for programs, and what each field means. Format: docs/formats/public.md.</summary>
internal static class OpenData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    private static readonly (string Name, string Type, string Means, Func<Row, string> Cell)[] Columns =
    [
        ("id", "string", "Permanent id of the item.", row => row.Id.ToString()),
        ("number", "string", "Number as the plan writes it.", row => row.Snapshot.Number),
        ("title", "string", "A few words that name the item.", row => row.Snapshot.Title),
        ("aspect", "string", "Heading under which the plan lists it.", row => row.Snapshot.Aspect),
        ("units", "string", "Responsible units, the lead first; parted by |.", row => string.Join('|', row.Snapshot.Units)),
        ("problem", "string", "What the inspection found.", row => row.Snapshot.Problem),
        ("goal", "string", "What has to be reached.", row => row.Snapshot.Goal),
        ("deadline", "string", "Deadline as the plan words it.", row => row.Snapshot.Deadline),
        ("dueOn", "date", "Last day of the deadline in force, ISO 8601.", row => Day(row.Snapshot.DueOn)),
        ("status", "string", "Status on statusOn; one of the marks listed in the schema.", row => row.Snapshot.Status),
        ("statusOn", "date", "The day of that status, ISO 8601.", row => Day(row.Snapshot.StatusOn)),
        ("result", "string", "What was done, as the responsible unit declared it.", row => row.Snapshot.Result),
        ("closedOn", "date", "The day of closing, ISO 8601.", row => Day(row.Snapshot.ClosedOn)),
        ("closingNumber", "string", "Number of the closing.", row => row.Snapshot.ClosingNumber),
        ("followUp", "string", "Checks after closing.", row => row.Snapshot.FollowUp),
        ("publishedAt", "datetime", "First publication, UTC, ISO 8601.", row => Time(row.PublishedAt)),
        ("changedAt", "datetime", "Last publication or correction, UTC, ISO 8601.", row => Time(row.ChangedAt)),
        ("version", "integer", "Counts publications and corrections from 1.", row => row.Version.ToString(CultureInfo.InvariantCulture)),
        ("url", "string", "Page of the item.", row => row.Url),
    ];

    private static readonly (string Name, string Means, (string Name, string Type, string Means)[] Members)[] Lists =
    [
        ("measures", "Measures of the plan, with what was done of each once it is declared.",
            [("number", "string", "Number within the plan; empty where it has none."), ("text", "string", "What was to be done."), ("result", "string", "What was done."), ("on", "date", "The day on which it was done.")]),
        ("goals", "Goals, with what came of each.",
            [("goal", "string", "What has to be reached."), ("result", "string", "What was reached."), ("on", "date", "The day on which it was reached.")]),
        ("steps", "What was done until the closing, in order.",
            [("on", "date", "The day."), ("key", "string", "What was done, as a word for programs."), ("name", "string", "The same for people, in the language of the record."), ("title", "string", "What the programme calls it; empty for the usual word."), ("unit", "string", "Who did it; empty where that was not published.")]),
        ("pictures", "Masked copies of photos.",
            [("name", "string", "Stands at /public/pictures/{name}.webp."), ("after", "boolean", "Whether it shows the place after the work."), ("caption", "string", "What stands under it."), ("alt", "string", "What it shows, in words."), ("width", "integer", "In pixels."), ("height", "integer", "In pixels.")]),
    ];

    public sealed record Row(Guid Id, string Url, DateTimeOffset PublishedAt, DateTimeOffset ChangedAt, int Version, PublicSnapshot Snapshot);

    public sealed record Document(string Programme, string Title, string Publisher, string Licence, string LicenceUrl, string Schema, DateTimeOffset? ChangedAt, IReadOnlyList<Row> Items);

    /// <summary>Each step has its name in the record's own language beside the key. It is added here: a snapshot stays as it was hashed.</summary>
    public static string ToJson(Document document)
    {
        var words = Words.In(Language.Default);
        var json = JsonSerializer.SerializeToNode(document, Json)!;
        foreach (var (row, item) in document.Items.Zip(json["items"]!.AsArray()))
        {
            foreach (var (step, node) in row.Snapshot.Steps.Zip(item!["snapshot"]!["steps"]!.AsArray()))
            {
                node!["name"] = step.Title.Length > 0 ? step.Title : words[step.Key];
            }
        }

        return json.ToJsonString(Json);
    }

    /// <summary>RFC 4180 with a byte-order mark, so that spreadsheets take it for UTF-8.</summary>
    public static byte[] ToCsv(IEnumerable<Row> rows)
    {
        var csv = new StringBuilder("\uFEFF").AppendJoin(',', Columns.Select(column => column.Name)).Append("\r\n");
        foreach (var row in rows)
        {
            csv.AppendJoin(',', Columns.Select(column => Cell(column.Cell(row)))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it.</summary>
    /// <remarks>Full-width signs too: some spreadsheets read them like the narrow ones. Source: OWASP, CSV Injection.</remarks>
    internal static string Cell(string text)
    {
        var safe = text.AsSpan().TrimStart() is [('=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20'), ..] || text is ['\t' or '\r' or '\n', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny("\",\r\n") || safe.StartsWith('\'') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>What the fields of both files mean: JSON Schema 2020-12 of one item, with the columns of the CSV.</summary>
    public static string Schema(IEnumerable<string> statuses)
    {
        var properties = new JsonObject();
        foreach (var (name, type, means, _) in Columns)
        {
            properties[name] = Property(type, means);
        }

        properties["status"]!["enum"] = new JsonArray([.. statuses.Prepend("").Select(mark => (JsonNode)mark)]);
        var fields = Enum.GetNames<PublicField>().Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name));
        properties["fields"] = new JsonObject { ["type"] = "array", ["description"] = "What was published of the item.", ["items"] = new JsonObject { ["enum"] = new JsonArray([.. fields]) } };
        foreach (var (name, means, members) in Lists)
        {
            var one = new JsonObject([.. members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Property(member.Type, member.Means)))]);
            properties[name] = new JsonObject { ["type"] = "array", ["description"] = means, ["items"] = new JsonObject { ["type"] = "object", ["properties"] = one } };
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Published rectification items",
            ["description"] = "The CSV has the columns of x-columns, in this order. In JSON, the properties from number to followUp stand in \"snapshot\", with fields, measures, goals, steps and pictures, which the CSV does not have. fields tells what was published: what is not named there is empty, and what is named may be empty too, as closingNumber where a closing has no number.",
            ["type"] = "object",
            ["properties"] = properties,
            ["x-columns"] = new JsonArray([.. Columns.Select(column => (JsonNode)column.Name)]),
        }.ToJsonString(Json);
    }

    private static JsonObject Property(string type, string means)
    {
        var property = new JsonObject { ["type"] = type is "date" or "datetime" ? "string" : type, ["description"] = means };
        if (type is "date" or "datetime")
        {
            property["format"] = type is "date" ? "date" : "date-time";
        }

        return property;
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
