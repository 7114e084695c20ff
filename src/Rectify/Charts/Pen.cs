using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>Draws a sheet: what every chart draws alike has one form here.</summary>
internal sealed class Pen(Sheet sheet)
{
    private readonly List<MarkGroup> groups = [];
    private List<Mark> marks = [];
    private bool inGroup;

    public Sheet Sheet { get; } = sheet;

    public float Em => Sheet.Em;

    /// <summary>The thickness of a hairline.</summary>
    public float Hair => Em * 0.06f;

    /// <summary>A size of words in ems, not below what its sheet allows.</summary>
    public float Size(float times) => Math.Max(times, Sheet.Least / Em);

    public void Group(string? href, string? title, Action draw)
    {
        if (inGroup)
        {
            draw();
            return;
        }

        Flush();
        inGroup = true;
        draw();
        inGroup = false;
        if (marks.Count > 0)
        {
            groups.Add(new(marks, href, title));
            marks = [];
        }
    }

    public void Box(float x, float y, float width, float height, Ink fill, Ink edge = Ink.None, float thick = 0) =>
        marks.Add(new Box(x, y, Math.Max(0, width), Math.Max(0, height), fill, edge, edge is Ink.None ? 0 : thick > 0 ? thick : Hair * 1.6f));

    public void Line(float x1, float y1, float x2, float y2, Ink ink, float thick = 0, Dash dash = Dash.None) => Line([new(x1, y1), new(x2, y2)], ink, thick, dash);

    public void Line(IReadOnlyList<Place> places, Ink ink, float thick = 0, Dash dash = Dash.None)
    {
        if (places.Count > 1)
        {
            marks.Add(new Stroke(places, ink, thick > 0 ? thick : Hair, dash));
        }
    }

    public void Shape(Ink fill, Ink edge, params Place[] places) => marks.Add(new Shape(places, fill, edge, edge is Ink.None ? 0 : Hair * 1.6f));

    public void Disc(float x, float y, float radius, Ink fill, Ink edge = Ink.None, float thick = 0) =>
        marks.Add(new Disc(x, y, radius, fill, edge, edge is Ink.None ? 0 : thick > 0 ? thick : Hair * 1.6f));

    /// <param name="y">The middle of its line.</param>
    /// <param name="width">Cut to it; 0 for as wide as it is.</param>
    public void Text(float x, float y, string text, Anchor anchor = Anchor.Start, bool bold = false, Ink ink = Ink.Text, float size = 1, float width = 0)
    {
        size = Size(size);
        var shown = width > 0 ? TextWidth.Fit(text, width, Em * size, bold) : text;
        if (shown.Length > 0)
        {
            marks.Add(new Label(x, y + (Em * size * 0.36f), shown, Em * size, anchor, bold, ink));
        }
    }

    /// <summary>A traffic light: disc, triangle or square, with its word beside it where one is given. What carries none has a dash.</summary>
    /// <param name="x">Its left side.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="width">What both have room in; 0 for as wide as they are.</param>
    public void Light(float x, float y, Light light, string word, float width = 0)
    {
        var r = Em * 0.42f;
        Lamp(x + r, y, light, r);
        Text(x + (r * 2) + (Em * 0.3f), y, word, width: Math.Max(0, width - (r * 2) - (Em * 0.3f)));
    }

    /// <summary>The form of a light alone, around its middle.</summary>
    public void Lamp(float x, float y, Light light, float r)
    {
        switch (light)
        {
            case Tasks.Timeline.Light.Green:
                Disc(x, y, r, Ink.Green);
                break;
            case Tasks.Timeline.Light.Yellow:
                Shape(Ink.Yellow, Ink.Outline, new(x, y - r), new(x + (r * 1.15f), y + r), new(x - (r * 1.15f), y + r));
                break;
            case Tasks.Timeline.Light.Red:
                Box(x - r, y - r, r * 2, r * 2, Ink.Red);
                break;
            case Tasks.Timeline.Light.None:
                Line(x - r, y, x + r, y, Ink.Rule, Hair * 2);
                break;
        }
    }

    /// <summary>A step that was taken: a disc with a tick, so that nobody takes it for a green light.</summary>
    public void Tick(float x, float y, float r)
    {
        Disc(x, y, r, Ink.Deep);
        Line([new(x - (r * 0.5f), y), new(x - (r * 0.1f), y + (r * 0.4f)), new(x + (r * 0.5f), y - (r * 0.4f))], Ink.OnFill, r * 0.28f);
    }

    /// <summary>The middle of a step: its left half filled.</summary>
    public void Half(float x, float y, float r)
    {
        Disc(x, y, r, Ink.Paper, Ink.Blue, Em * 0.1f);
        marks.Add(new Shape([.. Enumerable.Range(0, 13).Select(i => (Math.PI / 2) + (Math.PI * i / 12)).Select(angle => new Place(x + (r * (float)Math.Cos(angle)), y - (r * (float)Math.Sin(angle))))], Ink.Blue));
    }

    /// <summary>A node (交账节点): a square on its corner.</summary>
    public void Diamond(float x, float y, float r, Ink fill, Ink edge) => Shape(fill, edge, new(x, y - r), new(x + r, y), new(x, y + r), new(x - r, y));

    /// <summary>Slanted lines within a rectangle: critical, told by form.</summary>
    public void Hatch(float x, float y, float width, float height, Ink fill)
    {
        Box(x, y, width, height, fill);
        for (var at = x + (Em * 0.3f); at < x + width + height; at += Em * 0.5f)
        {
            var (top, bottom) = (Math.Min(at, x + width), Math.Max(at - height, x));
            if (bottom < top)
            {
                Line(top, y + (at - top), bottom, y + (at - bottom), Ink.Paper, Em * 0.09f);
            }
        }
    }

    /// <summary>Signs and what they mean, one after another, as many lines as they need.</summary>
    /// <param name="y">The top.</param>
    /// <returns>The height it took.</returns>
    public float Legend(float y, IReadOnlyList<(Action<float, float> Sign, float Width, string Words)> entries)
    {
        var (x, line) = (Sheet.Left, Em * 1.8f);
        var top = y;
        foreach (var (sign, width, words) in entries)
        {
            var needs = width + (Em * 0.45f) + TextWidth.Of(words, Em) + (Em * 1.5f);
            if (x + needs > Sheet.Right + (Em * 1.5f) && x > Sheet.Left)
            {
                (x, y) = (Sheet.Left, y + line);
            }

            sign(x, y + (line / 2));
            Text(x + width + (Em * 0.45f), y + (line / 2), words, ink: Ink.Second, width: Sheet.Right - x - width - (Em * 0.45f));
            x += needs;
        }

        return y + line - top;
    }

    public Drawing Finish(float height, string title, string says)
    {
        Flush();
        return new(Sheet.Width, height, title, says, groups);
    }

    private void Flush()
    {
        if (marks.Count > 0)
        {
            groups.Add(new(marks, null, null));
            marks = [];
        }
    }
}
