using System.Text;
using CsCheck;
using Rectify.Platform;
using static Rectify.Tests.Reading.Files;

namespace Rectify.Tests.Reading;

public sealed class DamageTests
{
    private static readonly (string Name, byte[] Bytes)[] Good =
    [
        ("docx", Docx(P("一、甲", "<w:numPr><w:numId w:val='1'/></w:numPr>") + "<w:tbl><w:tr><w:tc>" + P("乙") + "</w:tc></w:tr></w:tbl>",
            ("numbering", Part("numbering", "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>")),
            ("styles", Part("styles", "<w:style w:styleId='a' w:type='paragraph'><w:basedOn w:val='a'/></w:style>")))),
        ("xlsx", Xlsx("<cellXfs><xf numFmtId='14'/></cellXfs>", "<si><t>甲</t></si>",
            ("表", "visible", "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='0'><v>43555.5</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells>"))),
        ("html", Encoding.UTF8.GetBytes("<html><body><h1>甲</h1><table border=1><tr><td rowspan=2>乙<td colspan=3>丙</table><ol start=3><li>丁</ol>")),
        ("txt", Encodings.Get("gb18030").GetBytes("一、整改目标\n甲\t乙\n丙\t丁\n")),
        ("pdf", PdfReaderTests.Pdf((canvas, font, paint) =>
        {
            canvas.DrawText("整改方案", 72, 100, SkiaSharp.SKTextAlign.Left, font, paint);
            canvas.DrawRect(72, 200, 100, 40, paint);
        })),
    ];

    private static readonly Gen<byte[]> Damaged = Gen.Select(
        Gen.Int[0, Good.Length - 1], Gen.Double[0, 1], Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[0, 12], Gen.Bool,
        (which, cut, flips, truncated) =>
        {
            var bytes = Good[which].Bytes.ToArray();
            foreach (var (at, value) in flips)
            {
                bytes[(int)(at * (bytes.Length - 1))] = value;
            }

            return truncated ? bytes[..(int)(cut * bytes.Length)] : bytes;
        });

    [Fact]
    public void Whole_files_are_read() => Assert.All(Good, file => Assert.NotEmpty(Files.Read(file.Bytes).Blocks));

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else() => Damaged.Sample(ReadOrRefused, iter: 400);

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else() => Gen.Select(
        Gen.OneOf(Gen.Const(""), Gen.Const("PK\x03\x04"), Gen.Const("%PDF-1.4\n"), Gen.Const("<html>")), Gen.Byte.Array[0, 2000],
        (head, tail) => Encoding.Latin1.GetBytes(head).Concat(tail).ToArray()).Sample(ReadOrRefused, iter: 400);

    [Fact]
    public void Any_nesting_of_word_markup_is_read_or_refused() => Gen.Int[0, Markup.Length - 1]
        .Array[0, 30].Sample(picks => ReadOrRefused(Docx(
            string.Concat(picks.Select(pick => $"<w:{Markup[pick]}>")) + "甲" + string.Concat(picks.Reverse().Select(pick => $"</w:{Markup[pick]}>")))));

    private static readonly string[] Markup =
    [
        "p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "drawing", "txbxContent", "pPr", "rPr", "numPr", "fldChar", "ruby", "rubyBase", "br",
    ];

    private static bool ReadOrRefused(byte[] bytes)
    {
        try
        {
            return Files.Read(bytes).Blocks.Count > 0;
        }
        catch (Refusal no)
        {
            return no.Code.StartsWith("reading.", StringComparison.Ordinal);
        }
    }
}
