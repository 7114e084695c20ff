using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Plans;

/// <summary>The passage of the document from which one item was read, with its fields marked and numbered.</summary>
/// <param name="Lines">Paragraphs in reading order; <see langword="null"/> where some were left out between two.</param>
/// <param name="Numbers">The number of each field that has a mark, by its path.</param>
public sealed record SourceView(IReadOnlyList<SourceLine?> Lines, IReadOnlyDictionary<string, int> Numbers)
{
    /// <summary>Paragraphs without a mark that are still shown between two that have one.</summary>
    private const int Gap = 3;

    /// <param name="place">Where the first marked paragraph stands: a page, or a sheet's cell.</param>
    public static SourceView Of(SourceDocument document, DraftItem item, out string place)
    {
        var marks = Fields(item).SelectMany(field => field.At.Select(at => (field.Path, At: at))).ToLookup(mark => mark.At.Paragraph);
        var (lines, numbers) = (new List<SourceLine?>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var waiting = new List<Paragraph>();
        place = "";
        foreach (var paragraph in Paragraphs(document.Blocks))
        {
            if (!marks.Contains(paragraph.Id))
            {
                waiting.Add(paragraph);
                continue;
            }

            if (lines.Count == 0)
            {
                place = paragraph.Place;
            }
            else if (waiting.Count <= Gap)
            {
                lines.AddRange(waiting.Select(between => new SourceLine(between.Id, between.Place, [new(between.Text, null)])));
            }
            else
            {
                lines.Add(null);
            }

            waiting.Clear();
            lines.Add(new(paragraph.Id, paragraph.Place, Cut(paragraph, marks[paragraph.Id], numbers)));
        }

        return new(lines, numbers);
    }

    // Where passages overlap, as a date within a measure, the longer one is marked.
    private static List<SourcePiece> Cut(Paragraph paragraph, IEnumerable<(string Path, Passage At)> marks, Dictionary<string, int> numbers)
    {
        var pieces = new List<SourcePiece>();
        var at = 0;
        foreach (var (path, passage) in marks.OrderBy(mark => mark.At.Start).ThenByDescending(mark => mark.At.Length))
        {
            var end = Math.Min(passage.Start + passage.Length, paragraph.Text.Length);
            if (passage.Start < at || end <= passage.Start)
            {
                continue;
            }

            if (passage.Start > at)
            {
                pieces.Add(new(paragraph.Text[at..passage.Start], null));
            }

            numbers.TryAdd(path, numbers.Count + 1);
            pieces.Add(new(paragraph.Text[passage.Start..end], path));
            at = end;
        }

        if (at < paragraph.Text.Length)
        {
            pieces.Add(new(paragraph.Text[at..], null));
        }

        return pieces;
    }

    private static IEnumerable<(string Path, IReadOnlyList<Passage> At)> Fields(DraftItem item) =>
    [
        ("number", item.Number.At), ("section", item.Section.At), ("finding", item.Finding?.At ?? []), ("problem", item.Problem.At), ("goal", item.Goal.At),
        .. item.Units.Select((unit, i) => ($"units[{i}]", unit.At)),
        .. item.Persons.Select((person, i) => ($"persons[{i}]", person.At)),
        .. item.Deadline is { } deadline ? [("deadline", deadline.At)] : Array.Empty<(string, IReadOnlyList<Passage>)>(),
        .. item.Milestones.Select((milestone, i) => ($"milestones[{i}]", milestone.At)),
        .. item.Measures.Select((measure, i) => ($"measures[{i}]", measure.Text.At)),
    ];

    private static IEnumerable<Paragraph> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        Paragraph paragraph => [paragraph],
        Table table => table.Cells.SelectMany(cell => Paragraphs(cell.Blocks)),
        _ => [],
    });
}

/// <summary>A paragraph of the document in pieces.</summary>
public sealed record SourceLine(int Id, string Place, IReadOnlyList<SourcePiece> Pieces);

/// <param name="Field">The path of the field that was read here, or <see langword="null"/> for text in between.</param>
public readonly record struct SourcePiece(string Text, string? Field);
