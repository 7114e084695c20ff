using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;

namespace Rectify.Papers;

/// <summary>A font face on this computer, read as needed from its file. Thread-safe.</summary>
internal sealed class Face
{
    private static readonly Tag CffTable = new('C', 'F', 'F', ' ');

    private readonly HarfBuzzSharp.Face face;
    private readonly Font font;
    private readonly ConcurrentDictionary<int, (uint Glyph, float Advance)> known = new();
    private readonly Func<uint, int> codes;

    private Face(HarfBuzzSharp.Face face, string family, string path, int index)
    {
        (this.face, Family, Path, Index, font) = (face, family, path, index, new Font(face));
        IsCff = face.Tables.Contains(CffTable);
        codes = IsCff ? CffCodes.Of(face.ReferenceTable(CffTable).AsSpan()) : glyph => (int)glyph;
    }

    /// <summary>The family name, such as <c>Noto Serif CJK SC</c>.</summary>
    public string Family { get; }

    /// <summary>The file that it stands in, and its place in it, counted from 0.</summary>
    public string Path { get; }

    public int Index { get; }

    /// <summary>Whether outlines are PostScript (CFF) and not TrueType.</summary>
    public bool IsCff { get; }

    /// <summary>Opens the face of that family in a font file or collection; <see langword="null"/> when it is not there.</summary>
    /// <param name="family">The family name, or empty for the first face.</param>
    public static Face? Open(string path, string family)
    {
        var blob = Blob.FromFile(path);
        for (var i = 0; i < blob.FaceCount; i++)
        {
            var face = new HarfBuzzSharp.Face(blob, i);
            if (Name(face) is var name && (family.Length == 0 || name.Equals(family, StringComparison.OrdinalIgnoreCase)))
            {
                return new Face(face, name, path, i);
            }
        }

        return null;
    }

    /// <summary>The glyph for a character and its advance in ems; glyph 0 when the face has none.</summary>
    public (uint Glyph, float Advance) Glyph(int rune) => known.GetOrAdd(rune, static (rune, self) =>
        self.font.TryGetGlyph((uint)rune, out var glyph)
            ? (glyph, self.font.GetHorizontalGlyphAdvance(glyph) / (float)self.face.UnitsPerEm)
            : (0u, 1f), this);

    /// <summary>The two-byte code by which a PDF names a glyph of this face (its CID).</summary>
    public int Code(uint glyph) => codes(glyph);

    /// <summary>A font program with these glyphs alone, as PDF embeds it: bare CFF, or TrueType with its glyph numbers kept.</summary>
    public byte[] Subset(IEnumerable<uint> glyphs)
    {
        var input = HarfBuzzSubset.hb_subset_input_create_or_fail();
        var kept = IntPtr.Zero;
        try
        {
            var set = HarfBuzzSubset.hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs)
            {
                HarfBuzzSubset.hb_set_add(set, glyph);
            }

            HarfBuzzSubset.hb_subset_input_set_flags(input, HarfBuzzSubset.NoHinting | HarfBuzzSubset.NotdefOutline
                | HarfBuzzSubset.NoLayoutClosure | (IsCff ? 0 : HarfBuzzSubset.RetainGids));
            kept = HarfBuzzSubset.hb_subset_or_fail(face.Handle, input);
            return kept == IntPtr.Zero
                ? throw new InvalidOperationException($"The font {Family} cannot be cut down.")
                : HarfBuzzSubset.Bytes(IsCff ? HarfBuzzSubset.hb_face_reference_table(kept, CffTable) : HarfBuzzSubset.hb_face_reference_blob(kept));
        }
        finally
        {
            HarfBuzzSubset.hb_subset_input_destroy(input);
            HarfBuzzSubset.hb_face_destroy(kept);
        }
    }

    // OpenType name ids: 16 typographic family, 1 family.
    private static string Name(HarfBuzzSharp.Face face) =>
        HarfBuzzSubset.Name(face.Handle, 16) is { Length: > 0 } name ? name : HarfBuzzSubset.Name(face.Handle, 1);
}

/// <summary>The subsetting functions of the HarfBuzz library that HarfBuzzSharp carries but does not wrap.</summary>
/// <remarks>Source: HarfBuzz manual, hb-subset.h. SkiaSharp's own PDF writer was tried: it turns CFF fonts, which Noto CJK are, into
/// Type 3 drawings and gives 一 back as the radical U+2F00 when text is copied or searched.</remarks>
internal static class HarfBuzzSubset
{
    public const uint NoHinting = 0x1, RetainGids = 0x2, NotdefOutline = 0x40, NoLayoutClosure = 0x200;

    private const string Library = "libHarfBuzzSharp";

    [DllImport(Library)]
    public static extern IntPtr hb_subset_input_create_or_fail();

    [DllImport(Library)]
    public static extern void hb_subset_input_destroy(IntPtr input);

    [DllImport(Library)]
    public static extern IntPtr hb_subset_input_glyph_set(IntPtr input);

    [DllImport(Library)]
    public static extern void hb_subset_input_set_flags(IntPtr input, uint flags);

    [DllImport(Library)]
    public static extern void hb_set_add(IntPtr set, uint value);

    [DllImport(Library)]
    public static extern IntPtr hb_subset_or_fail(IntPtr face, IntPtr input);

    [DllImport(Library)]
    public static extern void hb_face_destroy(IntPtr face);

    [DllImport(Library)]
    public static extern IntPtr hb_face_reference_table(IntPtr face, uint tag);

    [DllImport(Library)]
    public static extern IntPtr hb_face_reference_blob(IntPtr face);

    [DllImport(Library)]
    private static extern IntPtr hb_blob_get_data(IntPtr blob, out uint length);

    [DllImport(Library)]
    private static extern void hb_blob_destroy(IntPtr blob);

    [DllImport(Library)]
    private static extern uint hb_ot_name_get_utf16(IntPtr face, uint name, IntPtr language, ref uint size, [Out] byte[] text);

    [DllImport(Library)]
    private static extern IntPtr hb_language_from_string(byte[] text, int length);

    /// <summary>Copies a blob and lets it go.</summary>
    public static byte[] Bytes(IntPtr blob)
    {
        var data = hb_blob_get_data(blob, out var length);
        var bytes = new byte[length];
        Marshal.Copy(data, bytes, 0, bytes.Length);
        hb_blob_destroy(blob);
        return bytes;
    }

    public static string Name(IntPtr face, uint id)
    {
        var text = new byte[256];
        var size = (uint)text.Length / 2;
        return hb_ot_name_get_utf16(face, id, hb_language_from_string([.. "en"u8], 2), ref size, text) == 0
            ? ""
            : Encoding.Unicode.GetString(text, 0, (int)size * 2);
    }
}

/// <summary>Reads from a CFF font which CID each glyph has.</summary>
/// <remarks>Source: Adobe Technical Note 5176, §5 (INDEX), §9 (Top DICT), §13 (charsets).</remarks>
internal static class CffCodes
{
    /// <returns>From glyph number to CID; for fonts that are not CID-keyed PDF takes the glyph number itself.</returns>
    public static Func<uint, int> Of(ReadOnlySpan<byte> cff)
    {
        var at = SkipIndex(cff, cff[2]);
        var (charset, cidKeyed) = TopDict(FirstOfIndex(cff, at));
        if (!cidKeyed || charset <= 2)
        {
            return glyph => (int)glyph;
        }

        var (first, at0, format) = (new List<(int Glyph, int Cid)> { (0, 0) }, charset + 1, cff[charset]);
        for (var glyph = 1; at0 + 2 < cff.Length && glyph < 65536;)
        {
            first.Add((glyph, BinaryPrimitives.ReadUInt16BigEndian(cff[at0..])));
            var more = format switch { 0 => 0, 1 => cff[at0 + 2], _ => BinaryPrimitives.ReadUInt16BigEndian(cff[(at0 + 2)..]) };
            glyph += more + 1;
            at0 += format switch { 0 => 2, 1 => 3, _ => 4 };
        }

        var ranges = first.ToArray();
        return glyph =>
        {
            var found = Array.BinarySearch(ranges, ((int)glyph, int.MaxValue));
            var range = ranges[(found < 0 ? ~found : found) - 1];
            return range.Cid + (int)glyph - range.Glyph;
        };
    }

    private static (int Charset, bool CidKeyed) TopDict(ReadOnlySpan<byte> dict)
    {
        var (charset, cid, last) = (0, false, 0);
        for (var i = 0; i < dict.Length;)
        {
            int b = dict[i++];
            switch (b)
            {
                case 15:
                    charset = last;
                    break;
                case 12:
                    cid |= dict[i++] == 30;
                    break;
                case 28:
                    last = BinaryPrimitives.ReadInt16BigEndian(dict[i..]);
                    i += 2;
                    break;
                case 29:
                    last = BinaryPrimitives.ReadInt32BigEndian(dict[i..]);
                    i += 4;
                    break;
                case 30:
                    while ((dict[i] & 0xF) != 0xF && dict[i] >> 4 != 0xF)
                    {
                        i++;
                    }

                    i++;
                    break;
                case >= 32 and <= 246:
                    last = b - 139;
                    break;
                case >= 247 and <= 250:
                    last = ((b - 247) * 256) + dict[i++] + 108;
                    break;
                case >= 251 and <= 254:
                    last = (-(b - 251) * 256) - dict[i++] - 108;
                    break;
            }
        }

        return (charset, cid);
    }

    private static int SkipIndex(ReadOnlySpan<byte> cff, int at)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(cff[at..]);
        return count == 0 ? at + 2 : Data(cff, at, count) + Offset(cff, at, count);
    }

    private static ReadOnlySpan<byte> FirstOfIndex(ReadOnlySpan<byte> cff, int at)
    {
        var data = Data(cff, at, BinaryPrimitives.ReadUInt16BigEndian(cff[at..]));
        return cff[(data + Offset(cff, at, 0))..(data + Offset(cff, at, 1))];
    }

    // Offsets count from the byte before the data.
    private static int Data(ReadOnlySpan<byte> cff, int at, int count) => at + 2 + ((count + 1) * cff[at + 2]);

    private static int Offset(ReadOnlySpan<byte> cff, int at, int entry)
    {
        var (size, value) = (cff[at + 2], 0);
        for (var i = 0; i < size; i++)
        {
            value = (value << 8) | cff[at + 3 + (entry * size) + i];
        }

        return value;
    }
}
