using System.Globalization;
using System.Text;

namespace Rectify.Workbooks;

/// <summary>The looks of a workbook's cells. Source: ECMA-376 part 1 §18.8.</summary>
internal static class BookStyles
{
    private static readonly string[] Sides = ["left", "right", "top", "bottom"];

    public const int Title = 1;
    public const int Facts = 2;
    public const int Head = 3;
    public const int InputHead = 4;
    public const int GivenText = 5;
    public const int GivenMiddle = 6;
    public const int LastText = 7;
    public const int NotAsked = 8;
    public const int InputText = 9;
    public const int InputNumber = 10;
    public const int InputDay = 11;
    public const int InputChoice = 12;
    public const int Help = 13;
    public const int HelpHead = 14;

    /// <summary>The most decimals that a figure has.</summary>
    private const int LargestScale = 6;

    private const int Plain = 0;
    private const int Bold = 1;
    private const int Large = 2;
    private const int Grey = 3;
    private const string Top = "<alignment vertical=\"top\" wrapText=\"1\"/>";
    private const string Middle = "<alignment horizontal=\"center\" vertical=\"top\" wrapText=\"1\"/>";
    private const string Centre = "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/>";
    private const string Right = "<alignment horizontal=\"right\" vertical=\"top\"/>";
    private const string Unlocked = "<protection locked=\"0\"/>";

    public static int GivenNumber(int scale) => HelpHead + 1 + Math.Min(scale, LargestScale);

    public static int LastNumber(int scale) => HelpHead + 1 + LargestScale + 1 + Math.Min(scale, LargestScale);

    public static string Xml()
    {
        var looks = new List<string>
        {
            Look(0, Plain, 0, false, "", ""),
            Look(0, Large, 0, false, Centre, ""),
            Look(0, Plain, 0, false, Centre, ""),
            Look(0, Bold, 2, true, Centre, ""),
            Look(0, Bold, 3, true, Centre, ""),
            Look(0, Plain, 4, true, Top, ""),
            Look(0, Plain, 4, true, Middle, ""),
            Look(0, Grey, 4, true, Middle, ""),
            Look(0, Grey, 5, true, "", ""),
            Look(49, Plain, 0, true, Top, Unlocked),
            Look(0, Plain, 0, true, Right, Unlocked),
            Look(200, Plain, 0, true, Middle, Unlocked),
            Look(0, Plain, 0, true, Middle, Unlocked),
            Look(0, Plain, 0, false, Top, ""),
            Look(0, Bold, 0, false, Top, ""),
        };
        looks.AddRange(Enumerable.Range(0, LargestScale + 1).Select(scale => Look(201 + scale, Plain, 4, true, Right, "")));
        looks.AddRange(Enumerable.Range(0, LargestScale + 1).Select(scale => Look(201 + scale, Grey, 4, true, Right, "")));
        var formats = new StringBuilder("<numFmt numFmtId=\"200\" formatCode=\"yyyy\\-mm\\-dd\"/>");
        foreach (var scale in Enumerable.Range(0, LargestScale + 1))
        {
            formats.Append(CultureInfo.InvariantCulture, $"<numFmt numFmtId=\"{201 + scale}\" formatCode=\"0{(scale > 0 ? "." : "")}{new string('0', scale)}\"/>");
        }

        return BookWriter.Declaration + $"<styleSheet xmlns=\"{BookWriter.Main}\">"
            + $"<numFmts count=\"{LargestScale + 2}\">{formats}</numFmts>"
            + "<fonts count=\"4\"><font><sz val=\"10.5\"/><name val=\"宋体\"/><charset val=\"134\"/></font>"
            + "<font><b/><sz val=\"10.5\"/><name val=\"黑体\"/><charset val=\"134\"/></font>"
            + "<font><b/><sz val=\"18\"/><name val=\"黑体\"/><charset val=\"134\"/></font>"
            + "<font><sz val=\"10.5\"/><color rgb=\"FF767676\"/><name val=\"宋体\"/><charset val=\"134\"/></font></fonts>"
            + "<fills count=\"6\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
            + Fill("FFE3E9F0") + Fill("FFFFF2CC") + Fill("FFF5F6F8")
            + "<fill><patternFill patternType=\"lightUp\"><fgColor rgb=\"FFBFBFBF\"/><bgColor rgb=\"FFF5F6F8\"/></patternFill></fill></fills>"
            + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border>"
            + string.Concat(Sides.Select(side => $"<{side} style=\"thin\"><color rgb=\"FF8C96A3\"/></{side}>"))
            + "<diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + $"<cellXfs count=\"{looks.Count}\">{string.Concat(looks)}</cellXfs>"
            + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
            + "<dxfs count=\"1\"><dxf><font><color rgb=\"FF9C0006\"/></font><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFD9D6\"/><bgColor rgb=\"FFFFD9D6\"/></patternFill></fill></dxf></dxfs>"
            + "</styleSheet>";
    }

    private static string Fill(string colour) =>
        $"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>";

    private static string Look(int format, int font, int fill, bool framed, string alignment, string protection) =>
        $"<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{(framed ? 1 : 0)}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\""
        + $" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\">{alignment}{protection}</xf>";
}
