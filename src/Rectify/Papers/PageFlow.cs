namespace Rectify.Papers;

/// <summary>Pages one after the other: where the next thing stands, header line and page number.</summary>
/// <param name="total">How many pages there will be, where each says so; 0 while that is not known.</param>
internal sealed class PageFlow(Paper paper, PdfFile file, PdfFonts fonts, FaceShelf shelf, int total)
{
    private readonly List<PdfPage> pages = [];
    private PdfPage? page;

    public PaperForm Form { get; } = paper.Form;

    /// <summary>From the page's upper edge, in points.</summary>
    public float Y { get; set; }

    public float Bottom => Form.Height - Form.Bottom;

    public float Room => Bottom - Y;

    public IReadOnlyList<PdfPage> Pages => pages;

    public PdfPage Page => page ?? NewPage();

    public PdfPage NewPage()
    {
        if (page is { IsAwaited: false })
        {
            page.Seal();
        }

        page = new PdfPage(file, fonts, Form);
        pages.Add(page);
        Y = Form.Top;
        Margins(page);
        return page;
    }

    /// <summary>Begins a new page unless so much room is left, or the page is still empty.</summary>
    public void Ensure(float height)
    {
        _ = Page;
        if (Room + 0.01f < height && Y > Form.Top)
        {
            NewPage();
        }
    }

    /// <summary>Lets a text flow, over pages where needed; no single first line is left at a page's foot.</summary>
    /// <param name="follows">The height of what must not stand alone on the next page: the text's last two lines go there with it, or all of a short one.</param>
    public void Flow(SetText text, PdfTag tag, float follows = 0)
    {
        Ensure(text.LineHeight * Math.Min(2, text.Lines));
        if (follows > 0 && text.Lines <= 3)
        {
            Ensure(text.Height + follows);
        }

        for (var line = 0; line < text.Lines;)
        {
            Ensure(text.LineHeight);
            var left = text.Lines - line;
            var count = Math.Clamp((int)((Room + 0.01f) / text.LineHeight), 1, left);
            var apart = follows > 0 && left > 3 && count > left - 2 && Room + 0.01f < (text.LineHeight * left) + follows;
            count = apart ? left - 2 : count;
            text.Draw(Page, tag, Form.Left, Y, line, count);
            Y += count * text.LineHeight;
            line += count;
            if (apart)
            {
                NewPage();
            }
        }
    }

    private void Margins(PdfPage on)
    {
        if (paper.HeaderLine is { } header)
        {
            var top = Form.Top - 34;
            SetText.Of(header, new TextForm(FaceRole.Body, 9, 12, PaperAlign.Left), Form.TypeWidth, shelf).Draw(on, null, Form.Left, top, 0, 1);
            on.Begin(null);
            on.Line(Form.Left, top + 14, Form.Width - Form.Right, top + 14, 0.5f);
            on.End();
        }

        // GB/T 9704-2012 §7.5: outside, one character free; reports have it in the middle.
        var official = paper.Kind == PaperKind.Official;
        var align = !official ? PaperAlign.Centre : pages.Count % 2 == 1 ? PaperAlign.Right : PaperAlign.Left;
        var free = official ? Form.PageNumber : 0;
        var number = paper.CountsPages ? paper.Words["papers.page-of", pages.Count, total] : $"— {pages.Count} —";
        SetText.Of(number, new TextForm(FaceRole.Body, Form.PageNumber, Form.PageNumber + 2, align), Form.TypeWidth - (2 * free), shelf)
            .Draw(on, null, Form.Left + free, Bottom + PaperForm.NumberDrop, 0, 1);
    }
}
