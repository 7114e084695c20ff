using Rectify.Platform.Text;

namespace Rectify.Organisation.Import;

/// <summary>What an import says to people.</summary>
internal static class ImportTexts
{
    public static string Of(Words words, CellError error) => words[$"organisation.error.{error.Code}", [.. error.Arguments]];

    public static string Sum(Words words, ImportPreview preview) => preview.Errors.Count > 0
        ? words["organisation.import.sum.errors", preview.Errors.Count]
        : words["organisation.import.sum", Of(preview.Units, Fate.Added), Of(preview.Units, Fate.Changed), Of(preview.People, Fate.Added), Of(preview.People, Fate.Changed)];

    public static string Value(Words words, FieldChange change, string? value) =>
        change.Field == "Unit.Kind" && value is not null ? words[$"organisation.kind.{value}"] : value ?? "";

    private static int Of(IReadOnlyList<ImportedRow> rows, Fate fate) => rows.Count(row => row.Fate == fate);
}
