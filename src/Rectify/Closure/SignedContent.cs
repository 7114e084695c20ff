using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>A piece of evidence as it is now.</summary>
/// <param name="Sha256">Of its newest file.</param>
public sealed record PieceNow(Guid Id, Guid PublicId, string Title, int FileNo, string Sha256, bool Withdrawn);

/// <summary>Makes the canonical bytes that a signature covers. Format: docs/formats/closure-signature.md.</summary>
internal static class SignedContent
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JournalBytes.Encoder };

    /// <param name="before">Hashes of the signatures that it rests on, in the order of the way.</param>
    /// <param name="pieces">All pieces that declaration and act name.</param>
    public static byte[] Of(ClosureCase one, ClosureAct act, IEnumerable<string> before, IReadOnlyDictionary<Guid, PieceNow> pieces)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("type", "closure-signature");
            json.WriteString("closure", JournalBytes.Text(one.Closure.PublicId));
            json.WriteNumber("procedure", one.Closure.ProcedureNo);
            json.WriteNumber("cycle", act.Cycle);
            json.WriteString("step", act.StepKey);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(act.StepKind.ToString()));
            json.WriteBoolean("opening", act.Opening);
            json.WriteString("by", act.By.Id);
            json.WriteString("unit", one.UnitCodes.GetValueOrDefault(act.UnitId, ""));
            WriteStatement(json, act, one, pieces);
            json.WriteStartArray("before");
            foreach (var hash in before)
            {
                json.WriteStringValue(hash);
            }

            json.WriteEndArray();
            WriteItem(json, one);
            WriteDeclaration(json, one, pieces);
            if (act.Salt is { } salt)
            {
                json.WriteString("salt", salt);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteStatement(Utf8JsonWriter json, ClosureAct act, ClosureCase one, IReadOnlyDictionary<Guid, PieceNow> pieces)
    {
        var stated = act.Statement;
        json.WriteStartObject("stated");
        json.WriteString("on", Day(act.On));
        json.WriteString("opinion", stated.Opinion);
        json.WriteString("document", stated.Document);
        json.WriteString("place", stated.Place);
        json.WriteString("time", stated.Time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "");
        json.WriteString("present", stated.Present);
        json.WriteStartArray("checks");
        foreach (var check in stated.Checks)
        {
            json.WriteStartObject();
            json.WriteString("line", check.Line);
            json.WriteString("answer", JsonNamingPolicy.CamelCase.ConvertName(check.Answer.ToString()));
            json.WriteString("note", check.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (stated.Fields.Count > 0)
        {
            json.WriteStartArray("fields");
            foreach (var field in stated.Fields)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("value", field.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteEvidence(json, stated.Evidence, pieces);
        if (act.NoticeId is { } notice && one.Notices.TryGetValue(notice, out var stands))
        {
            json.WriteStartObject("notice");
            json.WriteNumber("no", stands.No);
            json.WriteString("from", Day(stands.From));
            json.WriteString("to", Day(stands.To));
            json.WriteString("channel", stands.Channel);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, ClosureCase one)
    {
        json.WriteStartObject("item");
        WriteWords(json, one.Item);
        json.WriteStartArray("measures");
        foreach (var measure in one.Measures)
        {
            json.WriteStartObject();
            WriteWords(json, measure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, Item item)
    {
        json.WriteString("id", JournalBytes.Text(item.PublicId));
        json.WriteString("number", item.NumberText);
        json.WriteString("text", item.Text);
        json.WriteString("goal", item.Goal);
        json.WriteString("deadline", item.DeadlineText);
        json.WriteString("due", item.DueOn is { } due ? Day(due) : "");
    }

    private static void WriteDeclaration(Utf8JsonWriter json, ClosureCase one, IReadOnlyDictionary<Guid, PieceNow> pieces)
    {
        var declared = one.Declaration;
        json.WriteStartObject("declaration");
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(declared.Outcome.ToString()));
        json.WriteString("completed", declared.CompletedOn is { } on ? Day(on) : "");
        json.WriteString("report", declared.Report);
        WriteParts(json, "measures", declared.Measures, one, pieces);
        WriteParts(json, "goals", declared.Goals, one, pieces);
        WriteEvidence(json, declared.Evidence, pieces);
        json.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter json, string name, IReadOnlyList<DeclaredPart> parts, ClosureCase one, IReadOnlyDictionary<Guid, PieceNow> pieces)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            json.WriteStartObject();
            if (part.Item is { } id)
            {
                json.WriteString("measure", one.Measures.FirstOrDefault(measure => measure.Id == id) is { } measure ? JournalBytes.Text(measure.PublicId) : "");
            }
            else
            {
                json.WriteString("goal", part.Goal);
            }

            json.WriteString("on", part.On is { } on ? Day(on) : "");
            json.WriteString("result", part.Result);
            WriteEvidence(json, part.Evidence, pieces);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // In the order of the pieces' own ids, so that the order of ticking says nothing.
    private static void WriteEvidence(Utf8JsonWriter json, IEnumerable<Guid> ids, IReadOnlyDictionary<Guid, PieceNow> pieces)
    {
        json.WriteStartArray("evidence");
        foreach (var piece in ids.Order().Select(id => pieces.GetValueOrDefault(id)).OfType<PieceNow>())
        {
            json.WriteStartObject();
            json.WriteString("piece", JournalBytes.Text(piece.PublicId));
            json.WriteNumber("file", piece.FileNo);
            json.WriteString("sha256", piece.Sha256);
            if (piece.Withdrawn)
            {
                json.WriteBoolean("withdrawn", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What differs between what was signed and what would be signed now.</summary>
public static class SignedDifference
{
    /// <param name="Path">Where, as <c>item.measures[2].text</c>.</param>
    /// <param name="Piece">The public id of the piece that it is about, where it is about one.</param>
    public sealed record Line(string Path, string? Piece, string? Before, string? Now);

    public static IReadOnlyList<Line> Of(string then, string now)
    {
        var (old, current) = (Flat(then), Flat(now));
        return
        [
            .. from path in old.Keys.Union(current.Keys)
               let before = old.GetValueOrDefault(path)
               let after = current.GetValueOrDefault(path)
               where before.Text != after.Text
               select new Line(path, after.Piece ?? before.Piece, before.Text, after.Text),
        ];
    }

    // Members by their path; pieces of evidence by their own id, so that one that came or went does not shift the others.
    private static Dictionary<string, (string? Text, string? Piece)> Flat(string json)
    {
        using var document = JsonDocument.Parse(json);
        var flat = new Dictionary<string, (string?, string?)>();
        Add(flat, "", document.RootElement, null);
        return flat;
    }

    private static void Add(Dictionary<string, (string?, string?)> flat, string path, JsonElement element, string? piece)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Add(flat, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, piece);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (i, one) in element.EnumerateArray().Index())
                {
                    var key = one.ValueKind is JsonValueKind.Object && one.TryGetProperty("piece", out var id) ? id.GetString() : null;
                    Add(flat, $"{path}[{key ?? (i + 1).ToString(CultureInfo.InvariantCulture)}]", one, key ?? piece);
                }

                break;
            default:
                flat[path] = (element.ToString(), piece);
                break;
        }
    }
}
