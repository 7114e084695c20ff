namespace Rectify.Papers;

/// <summary>A QR code under the text of a paper, with words that say what it is for.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Purpose">One line: what whoever scans it finds.</param>
public sealed record PaperCode(string Address, string Purpose)
{
    /// <summary>What stands beside the code: its purpose, and the address as far as a reader would type it; what is behind # is for machines.</summary>
    internal string Printed => $"{Purpose}\n{Address.Split('#')[0]}";
}
