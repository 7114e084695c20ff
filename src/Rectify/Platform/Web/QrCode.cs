using System.Globalization;
using System.Text;
using QRCoder;

namespace Rectify.Platform.Web;

/// <summary>A QR code for SVG, error correction M.</summary>
/// <param name="Squares">Path data, one unit a module.</param>
/// <param name="Size">The side in modules, the quiet zone of four included.</param>
public sealed record QrCode(string Squares, int Size)
{
    /// <param name="text">At most some 2,000 characters.</param>
    public static QrCode Of(string text)
    {
        using var codes = new QRCodeGenerator();
        using var data = codes.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var squares = new StringBuilder();
        foreach (var (y, row) in data.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                if (row[x])
                {
                    squares.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new(squares.ToString(), data.ModuleMatrix.Count);
    }

    /// <summary>As a file of its own, for a document that is printed.</summary>
    /// <param name="title">What it leads to.</param>
    public string ToSvg(string title) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Size} {Size}" shape-rendering="crispEdges" role="img"><title>{System.Net.WebUtility.HtmlEncode(title)}</title><rect width="{Size}" height="{Size}" fill="#fff"/><path d="{Squares}"/></svg>
        """;
}
