using System.Text;
using CsCheck;
using Rectify.Reading;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class SameContentTests
{
    /// <summary>A line of Chinese text with figures, without space at its ends.</summary>
    internal static readonly Gen<string> Line = Gen.OneOf(
        Gen.Char["整改方案责任单位州林业局人民政府年月日，。：；（）一二三0123456789&<>"].Array[1, 30].Select(chars => "第" + new string(chars) + "项"),
        Gen.Const("PM2.5 平均浓度 ≤ 35 μg/m³"));

    /// <summary>A table cut from a full grid by merging rectangles; each cell has a text.</summary>
    private static readonly Gen<Cell[]> Grid = Gen.Select(
        Gen.Int[2, 5], Gen.Int[2, 5], Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 3], Gen.Int[1, 3]).Array[0, 4], Cut);

    [Fact]
    public void A_document_reads_the_same_as_docx_html_and_text() => Line.Array[1, 12].Sample(lines =>
    {
        var docx = Files.Read(Docx(string.Concat(lines.Select(line => P(line))))).Texts();
        var html = Files.Read(Encoding.UTF8.GetBytes("<html>" + string.Concat(lines.Select(line => $"<p>{Escape(line)}</p>")))).Texts();
        var text = Files.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Texts();
        return docx.SequenceEqual(lines) && html.SequenceEqual(lines) && text.SequenceEqual(lines);
    });

    [Fact]
    public void A_merged_table_reads_the_same_as_docx_and_html() => Grid.Sample(cells =>
    {
        var expected = cells.Select(cell => $"{cell.Row},{cell.Column},{cell.RowSpan},{cell.ColumnSpan}:{cell.Text}");
        var docx = Files.Read(Docx(AsDocx(cells))).OnlyTable().Cells();
        var html = Files.Read(Encoding.UTF8.GetBytes(AsHtml(cells))).OnlyTable().Cells();
        return docx.SequenceEqual(expected) && html.SequenceEqual(expected);
    });

    private static Cell[] Cut(int rows, int columns, (int Row, int Column, int Rows, int Columns)[] merges)
    {
        var taken = new bool[rows, columns];
        var cells = new List<Cell>();

        // The last row and column stay whole, so that the grid has its size in any notation.
        foreach (var (row, column, height, width) in merges)
        {
            var places = Places(row, column, height, width);
            if (row + height < rows && column + width < columns && places.All(place => !taken[place.Row, place.Column]))
            {
                Take(row, column, height, width);
            }
        }

        foreach (var (row, column) in Places(0, 0, rows, columns).Where(place => !taken[place.Row, place.Column]))
        {
            Take(row, column, 1, 1);
        }

        return [.. cells.OrderBy(cell => (cell.Row, cell.Column))];

        void Take(int row, int column, int height, int width)
        {
            foreach (var place in Places(row, column, height, width))
            {
                taken[place.Row, place.Column] = true;
            }

            cells.Add(new(row, column, height, width, [new Paragraph(1, $"格{row}-{column}")]));
        }
    }

    private static IEnumerable<(int Row, int Column)> Places(int row, int column, int rows, int columns) =>
        from r in Enumerable.Range(row, rows)
        from c in Enumerable.Range(column, columns)
        select (r, c);

    private static string AsHtml(Cell[] cells) => "<html><table border=1>" + string.Concat(cells.GroupBy(cell => cell.Row).Select(row =>
        "<tr>" + string.Concat(row.Select(cell => $"<td rowspan={cell.RowSpan} colspan={cell.ColumnSpan}>{cell.Text}</td>")) + "</tr>")) + "</table>";

    private static string AsDocx(Cell[] cells)
    {
        var xml = new StringBuilder("<w:tbl>");
        for (var row = 0; row <= cells.Max(cell => cell.Row); row++)
        {
            xml.Append("<w:tr>");
            foreach (var cell in cells.Where(cell => cell.Row <= row && row < cell.Row + cell.RowSpan).OrderBy(cell => cell.Column))
            {
                var merge = cell.RowSpan == 1 ? "" : cell.Row == row ? "<w:vMerge w:val='restart'/>" : "<w:vMerge/>";
                xml.Append(null, $"<w:tc><w:tcPr><w:gridSpan w:val='{cell.ColumnSpan}'/>{merge}</w:tcPr>{(cell.Row == row ? P(cell.Text) : "<w:p/>")}</w:tc>");
            }

            xml.Append("</w:tr>");
        }

        return xml.Append("</w:tbl>").ToString();
    }
}
