using System.Globalization;
using System.Security;
using System.Text;

namespace Rectify.Papers;

/// <summary>The fixed parts of an exported workbook. Style numbers: 1 head, 2 date, 3 whole number, 4 text, 5 text on several lines.</summary>
internal static class XlsxParts
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Everything but the sheets: part name and XML.</summary>
    public static IEnumerable<(string Name, string Xml)> All(IReadOnlyList<string> sheets, IReadOnlyList<bool> printed)
    {
        yield return ("xl/styles.xml", Styles);
        yield return ("xl/workbook.xml", Head + $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>"
            + string.Concat(sheets.Select((name, i) => $"<sheet name=\"{SecurityElement.Escape(name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))
            + "</sheets>" + Names(sheets, printed) + "</workbook>");
        yield return ("xl/_rels/workbook.xml.rels", Head + $"<Relationships xmlns=\"{Package}/relationships\">"
            + string.Concat(sheets.Select((_, i) =>
                $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))
            + $"<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        yield return ("_rels/.rels", Head + $"<Relationships xmlns=\"{Package}/relationships\">"
            + $"<Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        yield return ("[Content_Types].xml", Head + $"<Types xmlns=\"{Package}/content-types\">"
            + $"<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Sheets}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Sheets}.styles+xml\"/>"
            + string.Concat(sheets.Select((_, i) =>
                $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"{Sheets}.worksheet+xml\"/>"))
            + "</Types>");
    }

    /// <summary>A sheet up to its first row: head row frozen, column widths.</summary>
    public static string SheetStart(IReadOnlyList<SheetColumn> columns, bool selected, bool printed)
    {
        var xml = new StringBuilder(Head);
        xml.Append(CultureInfo.InvariantCulture, $"<worksheet xmlns=\"{Main}\">{(printed ? "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>" : "")}<sheetViews><sheetView ");
        xml.Append(selected ? "tabSelected=\"1\" " : "");
        xml.Append("workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        if (columns.Count > 0)
        {
            xml.Append("<cols>");
            for (var i = 0; i < columns.Count; i++)
            {
                xml.Append(CultureInfo.InvariantCulture,
                    $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Math.Clamp(columns[i].Width, 1, 255)}\" customWidth=\"1\"/>");
            }

            xml.Append("</cols>");
        }

        return xml.Append("<sheetData>").ToString();
    }

    /// <summary>A sheet's last part: its paper, A3 where the list is wide.</summary>
    public static string Printed(SheetPaper paper, IReadOnlyList<SheetColumn> columns)
    {
        // A digit would be taken for the size of the letters.
        static string Said(string text, int most)
        {
            var kept = CleanText.Of(text);
            kept = kept.Length > most ? kept[..(char.IsHighSurrogate(kept[most - 1]) ? most - 1 : most)] + "…" : kept;
            return (kept.Length > 0 && char.IsAsciiDigit(kept[0]) ? " " : "") + kept.Replace("&", "&&", StringComparison.Ordinal);
        }

        var (head, foot) = ($"&L&B{Said(paper.Title, 60)}&R{Said(paper.Day, 60)}", $"&L{Said(paper.About, 120)}&R{paper.Page}");
        return "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"
            + $"<pageSetup paperSize=\"{(columns.Sum(column => column.Width) > 130 ? 8 : 9)}\" fitToHeight=\"0\" orientation=\"landscape\"/>"
            + $"<headerFooter><oddHeader>{SecurityElement.Escape(head)}</oddHeader><oddFooter>{SecurityElement.Escape(foot)}</oddFooter></headerFooter>";
    }

    // The head of a printed list stands on each of its pages.
    private static string Names(IReadOnlyList<string> sheets, IReadOnlyList<bool> printed)
    {
        var names = string.Concat(sheets.Index().Where(sheet => printed[sheet.Index]).Select(sheet =>
            $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{sheet.Index}\">'{SecurityElement.Escape(sheet.Item.Replace("'", "''", StringComparison.Ordinal))}'!$1:$1</definedName>"));
        return names.Length > 0 ? $"<definedNames>{names}</definedNames>" : "";
    }

    private const string Styles = Head + $"<styleSheet xmlns=\"{Main}\">"
        + "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font><font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>"
        + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
        + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EDF2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"6\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">"
        + "<alignment vertical=\"center\" wrapText=\"1\"/></xf>"
        + "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
        + "<xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
        + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
        + "<alignment vertical=\"top\"/></xf>"
        + "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
        + "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>"
        + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
}
