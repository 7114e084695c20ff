namespace Rectify.Papers;

/// <summary>How wide a text is in full-width characters, where no font is at hand to measure.</summary>
internal static class CharacterWidth
{
    /// <summary>Latin letters, digits and signs count half, all else one.</summary>
    public static float Of(string text) => text.EnumerateRunes().Sum(rune => rune.Value < 0x2000 ? 0.5f : 1f);
}
