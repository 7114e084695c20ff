using System.Globalization;
using QRCoder;

namespace Rectify.Platform.Web;

/// <summary>A QR code, error correction M.</summary>
/// <param name="Runs">Dark stretches of its rows, one unit a module; places count from the upper left corner.</param>
/// <param name="Size">The side in modules, the quiet zone of four included.</param>
public sealed record QrCode(IReadOnlyList<(int X, int Y, int Width)> Runs, int Size)
{
    /// <summary>Path data for SVG, one unit a module.</summary>
    public string Squares => string.Concat(Runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"M{run.X} {run.Y}h{run.Width}v1h-{run.Width}z")));

    /// <param name="text">At most some 2,000 characters.</param>
    public static QrCode Of(string text)
    {
        using var codes = new QRCodeGenerator();
        using var data = codes.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var runs = new List<(int, int, int)>();
        foreach (var (y, row) in data.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                var from = x;
                while (x < row.Count && row[x])
                {
                    x++;
                }

                if (x > from)
                {
                    runs.Add((from, y, x - from));
                }
            }
        }

        return new(runs, data.ModuleMatrix.Count);
    }

    /// <summary>As a black and white PNG, for papers of programs that draw no paths.</summary>
    /// <param name="module">Pixels along a module's side.</param>
    public static byte[] ToPng(string text, int module)
    {
        using var codes = new QRCodeGenerator();
        using var data = codes.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(module);
    }

    /// <summary>As a file of its own, for a document that is printed.</summary>
    /// <param name="title">What it leads to.</param>
    public string ToSvg(string title) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Size} {Size}" shape-rendering="crispEdges" role="img"><title>{System.Net.WebUtility.HtmlEncode(title)}</title><rect width="{Size}" height="{Size}" fill="#fff"/><path d="{Squares}"/></svg>
        """;
}
