namespace Rectify.Papers;

/// <summary>Measures of a paper, in points unless said; the DOCX and the PDF both follow them.</summary>
/// <remarks>Source: GB/T 9704-2012 §5 and §6 for official documents. Reports are set smaller, to carry tables.</remarks>
internal sealed record PaperForm(
    float Width, float Height, float Top, float Bottom, float Left, float Right,
    float Body, float Line, float Title, float Table, float TableLine, float PageNumber)
{
    private const float Mm = 72f / 25.4f;

    public float TypeWidth => Width - Left - Right;

    public float TypeHeight => Height - Top - Bottom;

    /// <summary>From the type area's top edge to the mark's upper edge (§7.2.4).</summary>
    public static float MarkDrop => 35 * Mm;

    /// <summary>From the type area's top edge to a bulletin's mark: higher than a letter's, as printed heads have it.</summary>
    public static float BulletinDrop => 12 * Mm;

    /// <summary>Rules of the colophon: the first and the last, and those between (§7.4.1).</summary>
    public static (float Outer, float Inner) ColophonRules => (0.35f * Mm, 0.25f * Mm);

    /// <summary>Size and line of the colophon: 4号 (§7.4.2).</summary>
    public static (float Size, float Line) ColophonText => (14, 22);

    /// <summary>The side of a QR code, its quiet zone included: a telephone reads 80 modules of it at an arm's length.</summary>
    public static float CodeSide => 36 * Mm;

    /// <summary>Red rule under the number (§7.2.7).</summary>
    public static float RuleDrop => 4 * Mm;

    /// <summary>From the type area's lower edge to the line of the page number (§7.5).</summary>
    public static float NumberDrop => 7 * Mm;

    /// <summary>
    /// What a full-width character is drawn together, so that 28 of 16 points stand in a line of 156 mm (§5.2.3); 0 in reports.
    /// </summary>
    public float Tighten(PaperKind kind) => kind == PaperKind.Official ? Math.Max(0, Body - (TypeWidth / MathF.Round(TypeWidth / Body))) : 0;

    /// <summary>Size of a heading of level 1 to 4.</summary>
    public float Heading(int level) => Body switch
    {
        >= 16 => Body,
        _ => level switch { 1 => Body + 4, 2 => Body + 2, _ => Body },
    };

    /// <summary>The mark's size: as wide as the type area allows, 22 mm at most high as practised.</summary>
    public float Mark(string mark) => Math.Clamp(TypeWidth / Math.Max(1, mark.Length) * 0.96f, 20, 54);

    public static PaperForm Of(Paper paper)
    {
        var (width, height) = paper.Turn == PaperTurn.Portrait ? (210 * Mm, 297 * Mm) : (297 * Mm, 210 * Mm);
        return (paper.Kind, paper.Turn) switch
        {
            (PaperKind.Official, PaperTurn.Portrait) =>
                new(width, height, 37 * Mm, 35 * Mm, 28 * Mm, 26 * Mm, 16, 225 * Mm / 22, 22, 10.5f, 15, 14),
            (PaperKind.Official, _) =>
                new(width, height, 28 * Mm, 26 * Mm, 35 * Mm, 37 * Mm, 16, 156 * Mm / 15, 22, 10.5f, 15, 14),
            _ => new(width, height, 25 * Mm, 22 * Mm, 22 * Mm, 22 * Mm, 12, 20, 18, 9, 13, 10.5f),
        };
    }
}
