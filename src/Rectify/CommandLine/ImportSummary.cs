using System.Globalization;
using System.Text;
using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.CommandLine;

/// <summary>What was understood of a document, for reading on a terminal.</summary>
internal static class ImportSummary
{
    public static string Write(PlanDraft draft, SourceDocument document)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{document.Name}: {document.Format}, {draft.Items.Count} items, {draft.Items.Sum(item => item.Measures.Count)} measures, {draft.Items.Sum(item => item.Doubts.Count)} doubts");
        foreach (var item in draft.Items)
        {
            var problem = item.Problem.Text.ReplaceLineEndings(" ");
            text.AppendLine(CultureInfo.InvariantCulture, $"{item.Number.Text,-12} {problem[..Math.Min(problem.Length, 40)]}  [{item.Deadline?.Text ?? "—"}]  {string.Join('、', item.Units.Select(unit => unit.Text))}");
            foreach (var doubt in item.Doubts)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    ? {doubt.Code} {doubt.Field} {string.Join(' ', doubt.Arguments)}");
            }
        }

        return text.ToString().TrimEnd();
    }
}
