using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Rectify.Papers;

/// <summary>A column of an exported list.</summary>
/// <param name="Width">In characters of the standard font, 1 to 255; a Chinese character takes two.</param>
public sealed record SheetColumn(string Head, double Width = 16);

/// <summary>One list of a workbook.</summary>
/// <param name="Title">The sheet's name; cut to 31 characters, forbidden characters become spaces.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>, or shorter. Read once, when the sheet's turn comes.</param>
public sealed record SheetList(string Title, IReadOnlyList<SheetColumn> Columns, IAsyncEnumerable<object?[]> Rows)
{
    /// <summary>How it is printed; <see langword="null"/> where nobody is expected to.</summary>
    public SheetPaper? Paper { get; init; }
}

/// <summary>What stands on each printed page: landscape, as wide as the list, with the list's head repeated and long texts on several lines.</summary>
/// <param name="Page">The number of the page, with <c>&amp;P</c> for it and <c>&amp;N</c> for how many there are.</param>
public sealed record SheetPaper(string Title, string Day, string About, string Page);

/// <summary>Writes a list as a workbook while it is read: memory does not grow with the number of rows.</summary>
/// <remarks>
/// Cells by type of value: text, whole numbers, decimal and double, <see cref="DateOnly"/> as a real date, bool; anything else
/// by its invariant text; <see langword="null"/> is an empty cell. No formula is ever written: a text that begins with = + - @
/// stays text. Characters that XML forbids are left out, line ends become <c>\n</c>. Whole numbers of more than 15 digits
/// become text because Excel would round them; so do dates before 1 March 1900, which Excel counts wrongly.
/// The stream need not seek and is never written synchronously, so an HTTP answer can be written straight.
/// Source: ECMA-376 part 1 §18.3 and §22.9.2.19 (escapes); limits from Excel's specification.
/// </remarks>
public static class XlsxWriter
{
    /// <summary>Rows on one sheet, the head among them; further rows go to further sheets.</summary>
    public const int RowsPerSheet = 1_048_576;

    private const int LongestText = 32_767;
    private const int FlushAt = 32 * 1024;
    private const long LargestExact = 999_999_999_999_999;
    private static readonly DateOnly FirstDay = new(1900, 3, 1);
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    // A sheet's name has no quotation mark at either end, behind a space neither.
    private static readonly char[] Edges = ['\'', ' ', '\u00A0', '\u3000'];

    /// <summary>Writes the workbook; the stream is left open.</summary>
    /// <param name="title">The sheet's name; cut to 31 characters, forbidden characters become spaces.</param>
    /// <param name="rows">Each as long as <paramref name="columns"/>, or shorter.</param>
    public static Task WriteAsync(
        Stream to, string title, IReadOnlyList<SheetColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken ct) =>
        WriteAsync(to, [new(title, columns, rows)], RowsPerSheet, ct);

    /// <summary>Writes a workbook of several lists, one after another; the stream is left open.</summary>
    /// <param name="lists">At least one; their titles differ.</param>
    public static Task WriteAsync(Stream to, IReadOnlyList<SheetList> lists, CancellationToken ct) => WriteAsync(to, lists, RowsPerSheet, ct);

    internal static Task WriteAsync(
        Stream to, string title, IReadOnlyList<SheetColumn> columns, IAsyncEnumerable<object?[]> rows, int rowsPerSheet,
        CancellationToken ct) => WriteAsync(to, [new(title, columns, rows)], rowsPerSheet, ct);

    private static async Task WriteAsync(Stream to, IReadOnlyList<SheetList> lists, int rowsPerSheet, CancellationToken ct)
    {
        var held = new HeldStream(to);
        using (var zip = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            var (names, printed) = (new List<string>(), new List<bool>());
            foreach (var list in lists)
            {
                await using var source = list.Rows.GetAsyncEnumerator(ct);
                var (sheets, before) = (0, names.Count);
                var more = await source.MoveNextAsync();
                do
                {
                    sheets++;
                    using var part = Open(zip, $"xl/worksheets/sheet{before + sheets}.xml");
                    more = await WriteSheetAsync(held, part, list, source, more, rowsPerSheet, before + sheets == 1, ct);
                }
                while (more);

                names.AddRange(SheetNames(list.Title, sheets));
                printed.AddRange(Enumerable.Repeat(list.Paper is not null, sheets));
            }

            foreach (var (name, xml) in XlsxParts.All(names, printed))
            {
                using var part = Open(zip, name);
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }

        await held.PassOnAsync(ct);
    }

    /// <returns>Whether rows are left for another sheet.</returns>
    private static async Task<bool> WriteSheetAsync(
        HeldStream held, Stream part, SheetList list, IAsyncEnumerator<object?[]> source, bool more,
        int limit, bool first, CancellationToken ct)
    {
        var columns = list.Columns;
        var xml = new StringBuilder(FlushAt + 4096);
        xml.Append(XlsxParts.SheetStart(columns, first, list.Paper is not null));
        xml.Append("<row r=\"1\">");
        for (var i = 0; i < columns.Count; i++)
        {
            AppendText(xml, columns[i].Head, style: 1);
        }

        xml.Append("</row>");
        var row = 1;
        while (more && row < limit)
        {
            row++;
            AppendRow(xml, row, source.Current, columns, list.Paper is not null);
            if (xml.Length > FlushAt)
            {
                Flush(part, xml);
                await held.PassOnAsync(ct);
            }

            more = await source.MoveNextAsync();
        }

        xml.Append("</sheetData>");
        if (columns.Count > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<autoFilter ref=\"A1:{ColumnName(columns.Count)}{row}\"/>");
        }

        xml.Append(list.Paper is { } paper ? XlsxParts.Printed(paper, columns) : "").Append("</worksheet>");
        Flush(part, xml);
        return more;
    }

    private static void AppendRow(StringBuilder xml, int number, object?[] values, IReadOnlyList<SheetColumn> columns, bool printed)
    {
        xml.Append("<row r=\"").Append(number).Append('"');
        if (printed)
        {
            // Not every program finds out by itself how many lines a text takes.
            var lines = columns.Zip(values, (column, value) => value is string text ? (int)Math.Ceiling(text.Sum(c => c < '\u2E80' ? 1.0 : 2.0) / Math.Max(1, column.Width - 1)) : 1).DefaultIfEmpty(1).Max();
            xml.Append(CultureInfo.InvariantCulture, $" ht=\"{16.5 * Math.Clamp(lines, 1, 25)}\" customHeight=\"1\"");
        }

        xml.Append('>');
        for (var i = 0; i < columns.Count; i++)
        {
            AppendCell(xml, i < values.Length ? values[i] : null, printed ? 5 : 4);
        }

        xml.Append("</row>");
    }

    private static void AppendCell(StringBuilder xml, object? value, int style)
    {
        switch (value)
        {
            case null or DBNull:
                xml.Append("<c/>");
                break;
            case string text:
                AppendText(xml, text, style);
                break;
            case bool yes:
                xml.Append("<c t=\"b\"><v>").Append(yes ? '1' : '0').Append("</v></c>");
                break;
            case DateOnly day when day >= FirstDay:
                xml.Append("<c s=\"2\"><v>").Append(day.DayNumber - DayZero.DayNumber).Append("</v></c>");
                break;
            case DateOnly day:
                AppendText(xml, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), style: 4);
                break;
            case byte or sbyte or short or ushort or int or uint:
            case long and >= -LargestExact and <= LargestExact:
                xml.Append(CultureInfo.InvariantCulture, $"<c s=\"3\"><v>{value}</v></c>");
                break;
            case decimal number:
                xml.Append(CultureInfo.InvariantCulture, $"<c><v>{number}</v></c>");
                break;
            case double number when double.IsFinite(number):
                xml.Append(CultureInfo.InvariantCulture, $"<c><v>{number:R}</v></c>");
                break;
            default:
                AppendText(xml, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", style: 4);
                break;
        }
    }

    /// <param name="at">The cell's address; needed only where cells are left out before it.</param>
    internal static void AppendText(StringBuilder xml, string text, int style, string? at = null)
    {
        var kept = CleanText.Of(text);
        if (kept.Length > LongestText)
        {
            // A cell that Excel cannot hold makes it reject the whole file; the mark shows that something is missing.
            var cut = LongestText - 1;
            kept = string.Concat(kept.AsSpan(0, char.IsHighSurrogate(kept[cut - 1]) ? cut - 1 : cut), "…");
        }

        xml.Append(at is null ? "<c" : $"<c r=\"{at}\"").Append(" t=\"inlineStr\" s=\"").Append(style).Append("\"><is><t xml:space=\"preserve\">");
        for (var i = 0; i < kept.Length; i++)
        {
            _ = kept[i] switch
            {
                '&' => xml.Append("&amp;"),
                '<' => xml.Append("&lt;"),
                '>' => xml.Append("&gt;"),
                '_' when IsEscape(kept, i) => xml.Append("_x005F_"),
                var c => xml.Append(c),
            };
        }

        xml.Append("</t></is></c>");
    }

    // Excel reads _x0041_ as A, so a text that looks like such an escape must itself be escaped.
    private static bool IsEscape(string text, int at) =>
        at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_'
        && text.Skip(at + 2).Take(4).All(char.IsAsciiHexDigit);

    internal static IReadOnlyList<string> SheetNames(string title, int count)
    {
        var clean = string.Concat(CleanText.Of(title).Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\n' or '\t' ? ' ' : c))
            .Trim(Edges);
        clean = clean.Length == 0 ? "Sheet" : clean;
        return [.. Enumerable.Range(1, count).Select(i =>
        {
            var end = i == 1 ? "" : $" ({i})";
            var stem = clean.Length + end.Length <= 31 ? clean : clean[..(31 - end.Length)];
            return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem).TrimEnd('\'') + end;
        })];
    }

    internal static string ColumnName(int number)
    {
        var name = "";
        for (; number > 0; number = (number - 1) / 26)
        {
            name = (char)('A' + ((number - 1) % 26)) + name;
        }

        return name;
    }

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    private static void Flush(Stream part, StringBuilder xml)
    {
        part.Write(Encoding.UTF8.GetBytes(xml.ToString()));
        xml.Clear();
    }
}
