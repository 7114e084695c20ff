using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Reading;

namespace Rectify.Plans;

/// <summary>A preview's contents: the document, what was understood of it, and which units are meant.</summary>
internal static class PlanPreview
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true, // labelled texts are tuples
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameBlocks } },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static SourceDocument Source(ImportDraft draft) => JsonSerializer.Deserialize<SourceDocument>(draft.Source, Json)!;

    public static PlanDraft Draft(ImportDraft draft) => JsonSerializer.Deserialize<PlanDraft>(draft.Draft, Json)!;

    public static Dictionary<string, Guid> Units(ImportDraft draft) => JsonSerializer.Deserialize<Dictionary<string, Guid>>(draft.Units, Json)!;

    /// <summary>The draft with its doubts judged anew, after a correction.</summary>
    public static PlanDraft Judged(PlanDraft draft) => draft with
    {
        Items = Doubts.Add(
            [.. draft.Items.Select(item => item with { Doubts = [] })],
            [.. draft.Items.Select(item => (IReadOnlyList<string>)[.. item.Doubts.Where(d => d.Code == "unread-label").SelectMany(d => d.Arguments)])]),
    };

    /// <summary>The draft with a doubt at each unit that nobody knows, and at each item that says nothing.</summary>
    public static PlanDraft WithUnknownUnits(PlanDraft draft, UnitNames names, IReadOnlyDictionary<string, Guid> chosen)
    {
        // A workbook names the same few units ten thousand times.
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        bool IsUnknown(DraftUnit unit)
        {
            if (!known.TryGetValue(unit.Text, out var found))
            {
                known[unit.Text] = found = chosen.ContainsKey(unit.Text) || names.Find(unit.Text) is not null;
            }

            return !found;
        }

        return draft with
        {
            Items =
            [
                .. draft.Items.Select(item => item with
                {
                    Doubts =
                    [
                        .. item.Doubts.Where(doubt => doubt.Code is not ("unknown-unit" or "missing-problem")),
                        .. item.Problem.Text.Length == 0 && item.Goal.Text.Length == 0 ? [new Doubt("missing-problem", "problem", [])] : Array.Empty<Doubt>(),
                        .. item.Units.Index().Where(unit => IsUnknown(unit.Item))
                            .Select(unit => new Doubt("unknown-unit", $"units[{unit.Index}]", [unit.Item.Text])),
                        .. from measure in item.Measures.Index()
                           from unit in measure.Item.Units.Index()
                           where IsUnknown(unit.Item)
                           select new Doubt("unknown-unit", $"measures[{measure.Index}].units[{unit.Index}]", [unit.Item.Text]),
                    ],
                }),
            ],
        };
    }

    private static void NameBlocks(JsonTypeInfo type)
    {
        if (type.Type == typeof(Block))
        {
            type.PolymorphismOptions = new()
            {
                TypeDiscriminatorPropertyName = "is",
                DerivedTypes = { new(typeof(Paragraph), "p"), new(typeof(Table), "t"), new(typeof(Break), "b") },
            };
        }
    }
}
