using System.Globalization;
using System.Text;

namespace Rectify.Papers;

/// <summary>A character as it is set: from which face, and how wide in points.</summary>
/// <param name="Thicken">Drawn with an outline because no bold face is there.</param>
internal readonly record struct Glyph(int Rune, Face Face, uint Id, float Width, bool Thicken);

/// <summary>The fonts of one PDF: what was used of each face is embedded at the end, with the way back to characters.</summary>
/// <remarks>Source: ISO 32000-1 §9.7 (composite fonts) and §9.10.3 (ToUnicode).</remarks>
internal sealed class PdfFonts(PdfFile file)
{
    private readonly Dictionary<Face, (string Name, int Object, SortedDictionary<int, (uint Glyph, int Rune)> Used)> fonts = [];

    public IEnumerable<string> Families => fonts.Keys.Select(face => face.Family).Distinct();

    /// <summary>The font resources of a page: all fonts so far.</summary>
    public string Resources => string.Concat(fonts.Values.Select(font => $"/{font.Name} {font.Object} 0 R"));

    public string Name(Face face)
    {
        if (!fonts.TryGetValue(face, out var font))
        {
            fonts[face] = font = ($"F{fonts.Count + 1}", file.Reserve(), []);
        }

        return font.Name;
    }

    /// <summary>The code that stands for a glyph in the page's text.</summary>
    public int Use(Glyph glyph)
    {
        var code = glyph.Face.Code(glyph.Id);
        Name(glyph.Face);

        // One drawing may serve two characters (一 and the radical ⼀): the first one used is the one that is read back.
        fonts[glyph.Face].Used.TryAdd(code, (glyph.Id, glyph.Rune));
        return code;
    }

    public void Write()
    {
        foreach (var (face, font) in fonts)
        {
            Write(face, font.Object, font.Used);
        }
    }

    private void Write(Face face, int number, SortedDictionary<int, (uint Glyph, int Rune)> used)
    {
        // Six letters before the name say that the font is a part (§9.6.4); here they number the font.
        var name = $"AAAAA{(char)('A' + (number % 26))}+{string.Concat(face.Family.Where(char.IsAsciiLetterOrDigit))}";
        var program = face.Subset(used.Values.Select(entry => entry.Glyph));
        var embedded = face.IsCff
            ? $"/FontFile3 {file.AddStream("/Subtype/CIDFontType0C", program)} 0 R"
            : $"/FontFile2 {file.AddStream($"/Length1 {program.Length}", program)} 0 R";
        var descriptor = file.Add($"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 -400 3000 1200]/ItalicAngle 0"
            + $"/Ascent 880/Descent -120/CapHeight 733/StemV 80{embedded}>>");
        var widths = string.Concat(used.Select(entry =>
            $"{entry.Key}[{PdfFile.Number(face.Glyph(entry.Value.Rune).Advance * 1000)}]"));
        var descendant = file.Add($"<</Type/Font/Subtype/{(face.IsCff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity")}/BaseFont/{name}"
            + $"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 1000/W[{widths}]>>");
        var unicode = file.AddStream("", Encoding.Latin1.GetBytes(ToUnicode(used)));
        file.Write(number, $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    private static string ToUnicode(SortedDictionary<int, (uint Glyph, int Rune)> used)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            + "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var part in used.Chunk(100))
        {
            map.Append(part.Length).Append(" beginbfchar\n");
            foreach (var (code, entry) in part)
            {
                var utf16 = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(entry.Rune)));
                map.Append(CultureInfo.InvariantCulture, $"<{code:X4}> <{utf16}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
