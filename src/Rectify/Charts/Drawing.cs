namespace Rectify.Charts;

/// <summary>What a colour is for. Which colour it is, a theme says.</summary>
internal enum Ink
{
    None,

    /// <summary>The ground of the sheet.</summary>
    Paper,

    /// <summary>Heads of tables, tracks of bars.</summary>
    Wash,

    /// <summary>Words.</summary>
    Text,

    /// <summary>Words of less weight.</summary>
    Second,

    /// <summary>Hairlines between rows.</summary>
    Line,

    /// <summary>Stronger lines, outlines.</summary>
    Rule,

    /// <summary>Words that can be pressed.</summary>
    Link,

    /// <summary>What is settled, or not yet begun.</summary>
    Grey,

    /// <summary>A green light.</summary>
    Green,

    /// <summary>A yellow light; never without <see cref="Outline"/>.</summary>
    Yellow,

    /// <summary>A red light.</summary>
    Red,

    /// <summary>Closed (已销号).</summary>
    Deep,

    /// <summary>Complete and on its way to closing.</summary>
    Blue,

    /// <summary>Around what is yellow.</summary>
    Outline,

    /// <summary>Words on a dark fill.</summary>
    OnFill,

    GreenWash,
    YellowWash,
    RedWash,
    BlueWash,
    DeepWash,
}

internal enum Anchor { Start, Middle, End }

/// <summary>How a line is drawn: whole, in dashes, in points. A second series is a dash, not a hue.</summary>
internal enum Dash { None, Dashed, Dotted }

/// <summary>A place on a sheet, in its units from the upper left corner.</summary>
internal readonly record struct Place(float X, float Y);

/// <summary>One thing that is drawn.</summary>
internal abstract record Mark;

internal sealed record Box(float X, float Y, float Width, float Height, Ink Fill, Ink Edge = Ink.None, float Thick = 0) : Mark;

/// <summary>A line through two or more places.</summary>
internal sealed record Stroke(IReadOnlyList<Place> Places, Ink Ink, float Thick, Dash Dash = Dash.None) : Mark;

/// <summary>A closed shape.</summary>
internal sealed record Shape(IReadOnlyList<Place> Places, Ink Fill, Ink Edge = Ink.None, float Thick = 0) : Mark;

internal sealed record Disc(float X, float Y, float Radius, Ink Fill, Ink Edge = Ink.None, float Thick = 0) : Mark;

/// <param name="Y">Of its baseline.</param>
internal sealed record Label(float X, float Y, string Text, float Size, Anchor Anchor, bool Bold, Ink Ink) : Mark;

/// <summary>Marks that belong together: a row, a cell.</summary>
/// <param name="Href">A path of this site that it leads to.</param>
/// <param name="Title">What it is, in words, for whoever points at it or cannot see it.</param>
internal sealed record MarkGroup(IReadOnlyList<Mark> Marks, string? Href, string? Title);

/// <summary>One sheet as data: what page, picture and paper are made of alike.</summary>
/// <param name="Width">In units; on paper one unit is a point.</param>
/// <param name="Says">What the sheet shows, as one sentence.</param>
internal sealed record Drawing(float Width, float Height, string Title, string Says, IReadOnlyList<MarkGroup> Groups)
{
    public IEnumerable<Mark> Marks => Groups.SelectMany(group => group.Marks);

    public IEnumerable<Label> Labels => Marks.OfType<Label>();
}
