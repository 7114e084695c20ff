using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;

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

    public sealed record Row(Guid Id, string Url, DateTimeOffset PublishedAt, DateTimeOffset ChangedAt, int Version, PublicSnapshot Snapshot);

    public sealed record Document(string Programme, string Title, string Publisher, string Licence, string LicenceUrl, string Schema, DateTimeOffset? ChangedAt, IReadOnlyList<Row> Items);

    public static string ToJson(Document document) => JsonSerializer.Serialize(document, Json);

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
            var property = new JsonObject { ["type"] = type is "integer" ? "integer" : "string", ["description"] = means };
            if (type is "date" or "datetime")
            {
                property["format"] = type is "date" ? "date" : "date-time";
            }

            if (name == "status")
            {
                property["enum"] = new JsonArray([.. statuses.Prepend("").Select(mark => (JsonNode)mark)]);
            }

            properties[name] = property;
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Published rectification items",
            ["description"] = "The CSV has one column for each property, in this order. In JSON, the properties from number to followUp stand in \"snapshot\", which also holds measures, goals, steps and pictures. A field that is empty was not published.",
            ["type"] = "object",
            ["properties"] = properties,
            ["x-columns"] = new JsonArray([.. Columns.Select(column => (JsonNode)column.Name)]),
        }.ToJsonString(Json);
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
