using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

/// <summary>Compares every field of a draft with what the document says at its passages. Layout does not count.</summary>
internal static class PassageCheck
{
    public static List<string> Errors(SourceDocument source, PlanDraft draft)
    {
        var texts = new Dictionary<int, string>();
        Collect(source.Blocks, texts);
        return [.. Fields(draft).SelectMany(field => Error(field.Text, field.At, texts))];
    }

    private static IEnumerable<string> Error(string text, IReadOnlyList<Passage> at, Dictionary<int, string> texts)
    {
        foreach (var passage in at)
        {
            if (passage.Length < 1 || !texts.TryGetValue(passage.Paragraph, out var paragraph) || passage.Start < 0 || passage.Start + passage.Length > paragraph.Length)
            {
                yield return $"«{text}» has no such passage: {passage}";
                yield break;
            }
        }

        var found = string.Concat(at.Select(passage => texts[passage.Paragraph].Substring(passage.Start, passage.Length)));
        if (Bare(found) != Bare(text))
        {
            yield return $"«{text}» stands as «{found}»";
        }
    }

    private static IEnumerable<(string Text, IReadOnlyList<Passage> At)> Fields(PlanDraft draft) => draft.Items.SelectMany(item =>
        ((string, IReadOnlyList<Passage>)[])
        [
            (item.Number.Text, item.Number.At), (item.Section.Text, item.Section.At), (item.Problem.Text, item.Problem.At), (item.Goal.Text, item.Goal.At), (item.Result.Text, item.Result.At),
            .. Deadline(item.Deadline),
            .. item.Units.Select(unit => (unit.Text, unit.At)), .. item.Persons.Select(person => (person.Text, person.At)), .. item.Milestones.Select(step => (step.Text, step.At)),
            .. item.Others.Select(other => (other.Text.Text, other.Text.At)),
            .. item.Measures.SelectMany(measure => ((string, IReadOnlyList<Passage>)[])
                [(measure.Text.Text, measure.Text.At), .. Deadline(measure.Deadline), .. measure.Units.Select(unit => (unit.Text, unit.At)), .. measure.Milestones.Select(step => (step.Text, step.At))]),
        ]);

    private static IEnumerable<(string, IReadOnlyList<Passage>)> Deadline(DraftDeadline? deadline) => deadline is null ? [] : [(deadline.Text, deadline.At)];

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static void Collect(IReadOnlyList<Block> blocks, Dictionary<int, string> texts)
    {
        foreach (var block in blocks)
        {
            if (block is Paragraph paragraph)
            {
                texts[paragraph.Id] = paragraph.Text;
            }
            else if (block is Table table)
            {
                foreach (var cell in table.Cells)
                {
                    Collect(cell.Blocks, texts);
                }
            }
        }
    }
}
