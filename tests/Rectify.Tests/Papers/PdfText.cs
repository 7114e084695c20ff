using System.Diagnostics;
using System.Text;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Papers;

/// <summary>What another program reads in a PDF.</summary>
internal static class PdfText
{
    public static async Task<string> ReadAsync(byte[] file)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(path, file, Ct);
        try
        {
            using var program = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", path, "-"]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var text = await program.StandardOutput.ReadToEndAsync(Ct);
            await program.WaitForExitAsync(Ct);
            return text;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
