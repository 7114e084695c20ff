using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Rectify.Papers;

namespace Rectify.Tests.Papers;

public sealed class XlsxWriterTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        Gen.Char["=+-@\0\u0001\u000b\r\n\t <>&\"'_x0041整改\uD83D\uDE00\uFFFE"].Array[0, 40].Select(chars => new string(chars)),
        Gen.Const("_x000D_"), Gen.Const("=HYPERLINK(\"http://example.org\")"));

    [Fact]
    public void Reads_back_what_was_written_whatever_the_text() =>
        AnyText.Array[1, 12].Sample(texts =>
        {
            using var book = Open(Write([new("说明")], texts.Select(text => new object?[] { text })));
            var cells = Rows(book, 0).Skip(1).Select(row => Text(row.Elements<Cell>().Single())).ToList();
            return cells.SequenceEqual(texts.Select(Expected)) && IsValid(book);
        });

    [Fact]
    public void Never_writes_a_formula() =>
        AnyText.Select(text => "=" + text).Sample(text =>
        {
            using var book = Open(Write([new("A"), new(text)], [[text, text]]));
            return !Rows(book, 0).SelectMany(row => row.Descendants<CellFormula>()).Any()
                && Rows(book, 0).SelectMany(row => row.Elements<Cell>()).All(cell => cell.DataType! == CellValues.InlineString);
        });

    [Fact]
    public void Types_are_kept()
    {
        using var book = Open(Write(
            [.. Enumerable.Range(1, 9).Select(i => new SheetColumn($"列{i}"))],
            [["文字", 94, 12.5m, new DateOnly(2019, 3, 31), true, null, 1.25d, 12345678901234567L, new DateOnly(1900, 1, 1)]]));
        var cells = Rows(book, 0).Skip(1).Single().Elements<Cell>().ToList();

        Assert.Equal("文字", Text(cells[0]));
        Assert.Equal(["94", "12.5", "43555", "1"], cells[1..5].Select(cell => cell.CellValue!.Text));
        Assert.Equal(164u, Format(book, cells[3]));
        Assert.Null(cells[5].CellValue);
        Assert.Equal("1.25", cells[6].CellValue!.Text);
        Assert.Equal("12345678901234567", Text(cells[7]));
        Assert.Equal("1900-01-01", Text(cells[8]));
        Assert.Equal(new DateTime(2019, 3, 31, 0, 0, 0, DateTimeKind.Unspecified), DateTime.FromOADate(43555));
    }

    [Fact]
    public async Task A_list_to_be_printed_says_on_each_page_what_it_is()
    {
        using var to = new MemoryStream();
        SheetPaper paper = new("Q&A 表", "截至2019年3月31日", "2019 & all", "第&P页");
        await XlsxWriter.WriteAsync(
            to, [new("It's", [new("编号", 8), new("任务", 200)], new object?[][] { [1, "甲"], [2, new string('甲', 150)] }.ToAsyncEnumerable()) { Paper = paper }, new("明细", [new("编号")], new object?[][] { [1] }.ToAsyncEnumerable())], Ct);
        using var book = Open(to.ToArray());
        Assert.True(IsValid(book));
        var sheets = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(sheet => ((WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet!).ToList();
        Assert.Equal(
            ("&L&BQ&&A 表&R截至2019年3月31日", "&L 2019 && all&R第&P页"),
            (sheets[0].Descendants<OddHeader>().Single().Text, sheets[0].Descendants<OddFooter>().Single().Text));
        Assert.Equal(OrientationValues.Landscape, sheets[0].Descendants<PageSetup>().Single().Orientation!.Value);
        Assert.Equal([16.5, 33], sheets[0].Descendants<Row>().Skip(1).Select(row => row.Height!.Value)); // as high as its text
        Assert.Empty(sheets[1].Descendants<PageSetup>());
        Assert.Equal(("'It''s'!$1:$1", 0u), book.WorkbookPart.Workbook.Descendants<DefinedName>().Select(name => (name.Text, name.LocalSheetId!.Value)).Single());
    }

    [Fact]
    public void Head_is_bold_frozen_and_filtered_and_widths_are_set()
    {
        using var book = Open(Write([new("编号", 8), new("整改任务", 60)], [["一", "甲"], ["二", "乙"]]));
        var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        var head = Rows(book, 0)[0].Elements<Cell>().First();
        var style = book.WorkbookPart.WorkbookStylesPart!.Stylesheet!;
        var font = style.CellFormats!.Elements<CellFormat>().ElementAt((int)head.StyleIndex!.Value).FontId!.Value;

        Assert.NotNull(style.Fonts!.Elements<Font>().ElementAt((int)font).Bold);
        Assert.Equal(PaneStateValues.Frozen, sheet.Descendants<Pane>().Single().State!.Value);
        Assert.Equal("A1:B3", sheet.Descendants<AutoFilter>().Single().Reference!.Value);
        Assert.Equal([8d, 60d], sheet.Descendants<Column>().Select(column => column.Width!.Value));
    }

    [Fact]
    public async Task Rows_beyond_a_sheet_go_to_further_sheets_each_with_a_head()
    {
        using var to = new MemoryStream();
        await XlsxWriter.WriteAsync(to, "整改台账", [new("号")], Numbers(10), rowsPerSheet: 5, Ct);
        using var book = Open(to.ToArray());
        var sheets = book.WorkbookPart!.Workbook!.Descendants<Sheet>().ToList();

        Assert.Equal(["整改台账", "整改台账 (2)", "整改台账 (3)"], sheets.Select(sheet => sheet.Name!.Value));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal("号", Text(Rows(book, i)[0].Elements<Cell>().Single())));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            Enumerable.Range(0, 3).SelectMany(i => Rows(book, i).Skip(1)).Select(row => row.Elements<Cell>().Single().CellValue!.Text));
        Assert.True(IsValid(book));
    }

    [Fact]
    public void Sheet_names_are_what_Excel_allows() =>
        Gen.Select(Gen.OneOf(AnyText, Gen.Char["' ?a\u3000"].Array[0, 40].Select(chars => new string(chars))), Gen.Int[1, 12]).Sample((title, count) =>
        {
            var names = XlsxWriter.SheetNames(title, count);
            return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == count
                && names.All(name => name.Length is > 0 and <= 31 && name.IndexOfAny(['[', ']', ':', '*', '?', '/', '\\']) < 0
                    && !name.StartsWith('\'') && !name.EndsWith('\''));
        });

    [Fact]
    public async Task Writes_a_hundred_thousand_rows_through_a_stream_that_neither_seeks_nor_blocks()
    {
        // The process's memory is that of all tests: what is asked is whether rows that were written are let go.
        var (rows, most) = (new List<WeakReference>(), 0);
        await using var to = new OneWay();
        await XlsxWriter.WriteAsync(to, "台账", [new("号"), new("文"), new("日")], Many(100_000, (i, row) =>
        {
            if (i % 100 == 0)
            {
                rows.Add(new(row));
            }

            if (i % 20_000 == 19_999)
            {
                GC.Collect();
                most = Math.Max(most, rows.Count(one => one.IsAlive));
            }
        }), Ct);

        Assert.True(to.Written > 500_000, $"{to.Written} bytes written");
        Assert.Equal(1_000, rows.Count);
        Assert.True(most < 20, $"{most} of 1,000 rows looked at were held while writing");
    }

    private static async IAsyncEnumerable<object?[]> Numbers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return [i];
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<object?[]> Many(int count, Action<int, object?[]> each)
    {
        for (var i = 0; i < count; i++)
        {
            object?[] row = [i, $"第{i}项整改任务：加快推进污水处理设施建设", new DateOnly(2019, 1, 1).AddDays(i % 365)];
            each(i, row);
            yield return row;
        }

        await Task.CompletedTask;
    }

    private static byte[] Write(IReadOnlyList<SheetColumn> columns, IEnumerable<object?[]> rows)
    {
        using var to = new MemoryStream();
        XlsxWriter.WriteAsync(to, "台账", columns, rows.ToAsyncEnumerable(), Ct).GetAwaiter().GetResult();
        return to.ToArray();
    }

    private static SpreadsheetDocument Open(byte[] bytes) => SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);

    private static bool IsValid(OpenXmlPackage package)
    {
        var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package, Ct).Select(error => error.Description).ToList();
        Assert.Empty(errors);
        return true;
    }

    private static List<Row> Rows(SpreadsheetDocument book, int sheet)
    {
        var id = book.WorkbookPart!.Workbook!.Descendants<Sheet>().ElementAt(sheet).Id!.Value!;
        return [.. ((WorksheetPart)book.WorkbookPart.GetPartById(id)).Worksheet!.Descendants<Row>()];
    }

    private static uint Format(SpreadsheetDocument book, Cell cell) => book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!
        .Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId!.Value;

    // As Excel reads it: _xHHHH_ stands for a character.
    private static string Text(Cell cell) => Regex.Replace(cell.InlineString!.Text!.Text, "_x([0-9A-Fa-f]{4})_",
        match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    // Said independently of the product: by rune, so a lone surrogate shows as the replacement it would become.
    private static string Expected(string text)
    {
        text = Regex.Replace(text, "\r\n?", "\n");
        var kept = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (System.Text.Rune.TryGetRuneAt(text, i, out var rune))
            {
                var keep = rune.Value is '\t' or '\n' or >= 0x20 and not 0xFFFE and not 0xFFFF;
                kept.Append(keep ? rune.ToString() : "");
                i += rune.Utf16SequenceLength - 1;
            }
        }

        return kept.ToString();
    }

    /// <summary>A stream as an HTTP answer is one: forward only, and synchronous writing is an error.</summary>
    private sealed class OneWay : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous write");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
