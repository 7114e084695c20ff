namespace Rectify.Papers;

/// <summary>How a text is set; lengths in points.</summary>
/// <param name="Indent">Of each paragraph's first line.</param>
/// <param name="Tighten">Taken from each full-width character.</param>
/// <param name="Even">Lines of like length, for titles.</param>
internal sealed record TextForm(
    FaceRole Role, float Size, float Line, PaperAlign Align, float Indent = 0, float Tighten = 0, bool Red = false, bool Even = false);

/// <summary>A text broken into lines, ready to be drawn anywhere.</summary>
internal sealed class SetText
{
    private readonly TextForm form;
    private readonly float width;
    private readonly Glyph[] glyphs;
    private readonly List<(int Start, int End, bool First, bool Last)> lines = [];

    private SetText(TextForm form, float width, Glyph[] glyphs) => (this.form, this.width, this.glyphs) = (form, width, glyphs);

    public int Lines => lines.Count;

    public float LineHeight => form.Line;

    public float Height => lines.Count * form.Line;

    public static SetText Of(string text, TextForm form, float width, FaceShelf shelf) => Of([new PaperRun(text)], form, width, shelf);

    public static SetText Of(IReadOnlyList<PaperRun> runs, TextForm form, float width, FaceShelf shelf)
    {
        var glyphs = new List<Glyph>();
        foreach (var run in runs)
        {
            var role = run.Bold && form.Role == FaceRole.Body ? FaceRole.Bold : form.Role;
            foreach (var rune in CleanText.Of(run.Text).EnumerateRunes())
            {
                // Chinese faces have no narrow no-break space, which groups figures: the plain one stands for it.
                glyphs.Add(GlyphOf(rune.Value switch { '\t' => ' ', '\u202F' => '\u00A0', var other => other }, role, form, shelf));
            }
        }

        var set = new SetText(form, width, [.. glyphs]);
        set.Break();
        return set;
    }

    /// <summary>Draws some of the lines, the first one at <paramref name="top"/>.</summary>
    public void Draw(PdfPage page, PdfTag? tag, float x, float top, int from, int count)
    {
        page.Begin(tag);
        for (var i = 0; i < count; i++)
        {
            DrawLine(page, lines[from + i], x, top + (i * form.Line));
        }

        page.End();
    }

    /// <summary>How far the last line reaches from the left.</summary>
    public float LastLineWidth => lines[^1] is var (start, end, first, _) ? Natural(start, Ink(start, end)) + (first ? form.Indent : 0) : 0;

    /// <summary>The widest line, no wider than the room it was broken for: half a closing mark at a line's end may stand out.</summary>
    public float WidestLine => lines.Select(line => Math.Min(width, Natural(line.Start, Ink(line.Start, line.End)) + (line.First ? form.Indent : 0))).Max();

    // The em box stands in the middle of the line; Chinese faces have 0.88 em of it over the baseline.
    public static float Baseline(float top, float line, float size) => top + ((line - size) / 2) + (size * 0.88f);

    private void DrawLine(PdfPage page, (int Start, int End, bool First, bool Last) line, float x, float top)
    {
        var end = Ink(line.Start, line.End);
        var drawn = glyphs.AsSpan(line.Start, end - line.Start);
        var indent = line.First ? form.Indent : 0;
        var hang = drawn.Length > 0 ? LineBreaker.Overhang(drawn[^1].Rune, drawn[^1].Width) : 0;
        var free = width - indent - Natural(line.Start, end);
        Span<float> extra = drawn.Length <= 256 ? stackalloc float[drawn.Length] : new float[drawn.Length];
        extra.Clear();
        switch (form.Align)
        {
            case PaperAlign.Centre:
                x += Math.Max(0, free / 2);
                break;
            case PaperAlign.Right:
                x += Math.Max(0, free);
                break;
            case PaperAlign.Text when !line.Last:
                Justify(drawn, extra, free + hang);
                break;
        }

        page.Text(drawn, extra, form.Size, x + indent, Baseline(top, form.Line, form.Size), form.Red);
    }

    // Words are not spread; a line with few places to spread, or too much to fill, is left ragged.
    private void Justify(ReadOnlySpan<Glyph> drawn, Span<float> extra, float free)
    {
        var gaps = 0;
        for (var i = 0; i + 1 < drawn.Length; i++)
        {
            gaps += IsGap(drawn, i) ? 1 : 0;
        }

        if (gaps == 0 || free <= 0 || free / gaps > form.Size / 2)
        {
            return;
        }

        for (var i = 0; i + 1 < drawn.Length; i++)
        {
            extra[i] = IsGap(drawn, i) ? free / gaps : 0;
        }
    }

    private static bool IsGap(ReadOnlySpan<Glyph> drawn, int i) =>
        LineBreaker.IsSpace(drawn[i].Rune) || !(drawn[i].Rune < 0x2000 && drawn[i + 1].Rune < 0x2000);

    private int Ink(int start, int end)
    {
        while (end > start && LineBreaker.IsSpace(glyphs[end - 1].Rune))
        {
            end--;
        }

        return end;
    }

    private float Natural(int start, int end)
    {
        var sum = 0f;
        for (var i = start; i < end; i++)
        {
            sum += glyphs[i].Width;
        }

        return sum;
    }

    private void Break()
    {
        var start = 0;
        for (var i = 0; i <= glyphs.Length; i++)
        {
            if (i < glyphs.Length && glyphs[i].Rune != '\n')
            {
                continue;
            }

            int[] runes = [.. glyphs[start..i].Select(glyph => glyph.Rune)];
            float[] widths = [.. glyphs[start..i].Select(glyph => glyph.Width)];
            var spans = LineBreaker.Break(runes, widths, width - form.Indent, width);
            if (form.Even && spans.Count > 1)
            {
                spans = Evened(runes, widths, spans.Count);
            }

            for (var line = 0; line < spans.Count; line++)
            {
                lines.Add((start + spans[line].Start, start + spans[line].End, line == 0, line == spans.Count - 1));
            }

            start = i + 1;
        }
    }

    private List<LineSpan> Evened(int[] runes, float[] widths, int count)
    {
        var (low, high) = (width / 4, width);
        while (high - low > form.Size / 4)
        {
            var middle = (low + high) / 2;
            (low, high) = LineBreaker.Break(runes, widths, middle, middle).Count > count ? (middle, high) : (low, middle);
        }

        return LineBreaker.Break(runes, widths, high, high);
    }

    private static Glyph GlyphOf(int rune, FaceRole role, TextForm form, FaceShelf shelf)
    {
        var (face, thicken) = shelf.For(role);
        if (face.Glyph(rune).Glyph == 0 && shelf.All.FirstOrDefault(other => other.Glyph(rune).Glyph > 0) is { } better)
        {
            face = better;
        }

        var (id, advance) = face.Glyph(rune);
        return new Glyph(rune, face, id, (advance * form.Size) - (advance > 0.95f ? form.Tighten : 0), thicken);
    }
}
