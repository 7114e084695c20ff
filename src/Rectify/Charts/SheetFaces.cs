using Rectify.Papers;

namespace Rectify.Charts;

/// <summary>The words of a drawing as glyphs of this computer's faces, for paper and pictures.</summary>
internal static class SheetFaces
{
    /// <summary>Glyphs with their widths in the units of the drawing.</summary>
    public static Glyph[] Of(Label label)
    {
        var shelf = FaceShelf.OfThisComputer;
        var (usual, thicken) = shelf.For(label.Bold ? FaceRole.Hei : FaceRole.Chart);
        return
        [
            .. CleanText.Of(label.Text).EnumerateRunes().Select(rune =>
            {
                // Chinese faces have no narrow no-break space, which groups figures: the plain one stands for it.
                var value = rune.Value is '\u202F' or '\t' or '\n' ? ' ' : rune.Value;
                var face = usual.Glyph(value).Glyph > 0 ? usual : shelf.All.FirstOrDefault(other => other.Glyph(value).Glyph > 0) ?? usual;
                var (id, advance) = face.Glyph(value);
                return new Glyph(value, face, id, advance * label.Size, thicken);
            }),
        ];
    }

    /// <summary>Where its first glyph begins.</summary>
    public static float Start(Label label, Glyph[] glyphs) => label.Anchor switch
    {
        Anchor.Start => label.X,
        Anchor.Middle => label.X - (glyphs.Sum(glyph => glyph.Width) / 2),
        Anchor.End => label.X - glyphs.Sum(glyph => glyph.Width),
    };
}
