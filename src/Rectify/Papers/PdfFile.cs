using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Rectify.Papers;

/// <summary>Writes the objects of a PDF one after the other and keeps only their places.</summary>
/// <remarks>Source: ISO 32000-1 §7.3 (objects) and §7.5 (file structure).</remarks>
internal sealed class PdfFile : IDisposable
{
    private readonly Stream to;
    private readonly List<long> places = [];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long written;

    public PdfFile(Stream to)
    {
        this.to = to;

        // Four bytes above 127 tell programs that move files that this one is binary.
        Put([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>Takes a number for an object that is written later.</summary>
    public int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    public int Add(string content)
    {
        var number = Reserve();
        Write(number, content);
        return number;
    }

    public void Write(int number, string content)
    {
        places[number - 1] = written;
        Put(Latin($"{number} 0 obj\n{content}\nendobj\n"));
    }

    /// <param name="entries">The stream's dictionary without length and filter.</param>
    /// <param name="plain">Uncompressed: PDF/A wants its metadata readable.</param>
    public int AddStream(string entries, ReadOnlySpan<byte> content, bool plain = false)
    {
        var number = Reserve();
        places[number - 1] = written;
        var packed = plain ? content.ToArray() : Deflate(content);
        Put(Latin($"{number} 0 obj\n<<{entries}{(plain ? "" : "/Filter/FlateDecode")}/Length {packed.Length}>>\nstream\n"));
        Put(packed);
        Put("\nendstream\nendobj\n"u8);
        return number;
    }

    public void Finish(int catalog, int info)
    {
        var table = written;
        var xref = new StringBuilder();
        xref.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            xref.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        }

        Put(Latin(xref.ToString()));
        var id = Convert.ToHexString(hash.GetCurrentHash(), 0, 16);
        Put(Latin($"trailer\n<</Size {places.Count + 1}/Root {catalog} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table}\n%%EOF\n"));
        to.Flush();
    }

    /// <summary>A text string (§7.9.2.2): UTF-16 with its mark, as hexadecimal.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Number(float value) => MathF.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset instant) => $"(D:{instant.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}+00'00')";

    public void Dispose() => hash.Dispose();

    private void Put(ReadOnlySpan<byte> bytes)
    {
        to.Write(bytes);
        hash.AppendData(bytes);
        written += bytes.Length;
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }
}
