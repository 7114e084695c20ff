namespace Rectify.Papers;

/// <summary>A QR code beside the signature of a paper, with words below that say what it is for.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Purpose">One line: what whoever scans it finds.</param>
public sealed record PaperCode(string Address, string Purpose)
{
    /// <summary>What stands below the code: its purpose, and the address as far as a reader would type it; what is behind # is for machines.</summary>
    internal string Printed => $"{Purpose}\n{Address.Split('#')[0]}";
}
