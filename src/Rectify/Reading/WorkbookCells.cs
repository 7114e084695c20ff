using System.Globalization;
using Rectify.Platform;

namespace Rectify.Reading;

/// <summary>A sheet of a workbook, hidden ones too, with its filled cells in the order of the file.</summary>
public sealed record SheetCells(string Name, IReadOnlyList<SheetCell> Cells);

/// <summary>A filled cell, with what stands in it and not only what it shows.</summary>
/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="Text">What it shows, tidied.</param>
/// <param name="Number">The number in it, unrounded; <see langword="null"/> for texts and errors.</param>
/// <param name="Day">The day in it, where it holds a number that is shown as a date.</param>
/// <param name="IsError">Whether a formula failed, or was never computed.</param>
public sealed record SheetCell(int Row, int Column, string Text, double? Number = null, DateOnly? Day = null, bool IsError = false)
{
    /// <summary>As Excel calls it: <c>F7</c>.</summary>
    public string Name => NameOf(Row, Column);

    public static string NameOf(int row, int column) => SheetScan.ColumnName(column) + (row + 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads a workbook cell by cell, for whoever knows what stands where.</summary>
public static class WorkbookCells
{
    // Day numbers that dates of this time have: 1927 to 2173.
    private const double FirstDay = 10_000;
    private const double LastDay = 100_000;
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>Reads a file from its present position to its end; the stream stays open.</summary>
    /// <param name="name">The file's name, for messages only.</param>
    /// <exception cref="Refusal">
    /// 422 as <see cref="DocumentReader"/>, and <c>reading.no-workbook</c>, <c>reading.has-macros</c>. Whatever bytes come in,
    /// no other exception leaves.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> asked to stop.</exception>
    public static IReadOnlyList<SheetCells> Read(Stream content, string name, ReadingLimits limits, CancellationToken ct)
    {
        var draft = new Draft(name, limits, ct);
        var bytes = DocumentReader.Bytes(content, draft);
        switch (FileKinds.Tell(bytes))
        {
            case FileKind.Zip:
                break;
            case FileKind.EncryptedOffice:
                throw draft.No("reading.encrypted");
            case FileKind.OldOffice:
                throw draft.No("reading.legacy");
            case FileKind.Pdf or FileKind.OtherBinary or FileKind.Text:
                throw draft.No("reading.no-workbook");
        }

        try
        {
            using var package = Package.Open(bytes, draft);
            return package.MainKind is not MainPart.Workbook ? throw draft.No("reading.no-workbook")
                : package.HasMacros ? throw draft.No("reading.has-macros")
                : Read(package, draft);
        }
        catch (Exception failure) when (failure is not (Refusal or OperationCanceledException))
        {
            // As DocumentReader: what damaged files make the libraries throw has no end.
            throw draft.No("reading.corrupt");
        }
    }

    private static List<SheetCells> Read(Package package, Draft draft)
    {
        var workbook = package.Tree(package.MainPath)!;
        var from1904 = workbook.Element("workbookPr") is { } properties && WordStyles.IsOn(properties.Attribute("date1904"));
        string? Part(string kind) => package.Related(package.MainPath, kind).FirstOrDefault();
        var formats = WorkbookReader.Formats(package.Tree(Part("styles")));
        var strings = WorkbookReader.Strings(package, Part("sharedStrings"));
        var sheets = new List<SheetCells>();
        foreach (var sheet in workbook.Element("sheets")?.Elements("sheet") ?? [])
        {
            var cells = new List<SheetCell>();
            var path = package.Target(package.MainPath, (string?)sheet.Attribute("id") ?? "");
            new SheetScan(package).Run(path, scanned =>
            {
                if (Of(scanned, strings, formats, from1904) is { } cell)
                {
                    draft.CountCell();
                    cells.Add(cell);
                }
            }, _ => { });
            sheets.Add(new((string?)sheet.Attribute("name") ?? "", cells));
        }

        return sheets;
    }

    private static SheetCell? Of(ScannedCell cell, List<string> strings, List<NumberFormat> formats, bool from1904)
    {
        var text = Draft.Tidy(cell.Shown(strings, formats, from1904));
        var failed = cell.Type is "e" || cell.LacksValue;
        double? number = cell.Type is "n" && double.TryParse(cell.Value, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
        if (text.Length == 0 && number is null && !failed)
        {
            return null;
        }

        var isDate = cell.Type is "d" || (cell.Style >= 0 && cell.Style < formats.Count && formats[cell.Style].IsDate);
        var days = cell.Type is "d" && DateTime.TryParse(cell.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)
            ? (moment - new DateTime(1899, 12, 30)).TotalDays
            : number + (from1904 ? 1462 : 0);
        DateOnly? day = isDate && days is >= FirstDay and <= LastDay ? DayZero.AddDays((int)days) : null;
        return new(cell.Row, cell.Column, text, isDate ? null : number, day, failed);
    }
}
