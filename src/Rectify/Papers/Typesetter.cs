using Rectify.Platform.Web;

namespace Rectify.Papers;

/// <summary>Sets a paper's blocks on pages, from the red head to the signature.</summary>
internal sealed class Typesetter(Paper paper, PageFlow flow, FaceShelf shelf, IProgress<int>? progress, CancellationToken ct)
{
    private readonly PaperForm form = flow.Form;
    private readonly bool official = paper.Kind == PaperKind.Official;
    private readonly TableSetter tables = new(flow, shelf, ct);
    private readonly List<(PaperHeading Heading, PdfPage Page, int Number, float Top)> headings = [];
    private readonly List<(PdfPage Page, PdfTag Tag, float Left, float Top, TextForm Form, int Heading)> entries = [];

    public PdfTag Document { get; } = new("Document");

    /// <summary>Each heading with its page, that page's number from 1 and its place on it.</summary>
    public IReadOnlyList<(PaperHeading Heading, PdfPage Page, int Number, float Top)> Headings => headings;

    public void Set()
    {
        Top();
        for (var i = 0; i < paper.Body.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            Block(i);
            progress?.Report((i + 1) * 95 / paper.Body.Count);
        }

        Foot();
        Colophon();
        NumberEntries();
    }

    private float Tighten => form.Tighten(paper.Kind);

    private TextForm BodyForm(PaperAlign align) => new(FaceRole.Body, form.Body, form.Line, align,
        align == PaperAlign.Text ? (form.Body - Tighten) * 2 : 0, Tighten);

    private TextForm TitleForm => new(official ? FaceRole.Mark : FaceRole.Hei, form.Title, form.Title * 1.5f, PaperAlign.Centre, Even: true);

    private void Top()
    {
        if (official && paper.Mark.Count > 0)
        {
            _ = flow.Page;
            flow.Y += paper.Issue is null ? PaperForm.MarkDrop : PaperForm.BulletinDrop;
            var size = paper.Mark.Min(form.Mark);
            foreach (var mark in paper.Mark)
            {
                flow.Flow(SetText.Of(mark, new TextForm(FaceRole.Mark, size, size * 1.3f, PaperAlign.Centre, Red: true), form.TypeWidth, shelf), Document.Add("P"));
            }

            Number();
            flow.Y += PaperForm.RuleDrop;
            flow.Page.Begin(null);
            flow.Page.Line(form.Left, flow.Y, form.Width - form.Right, flow.Y, 1.5f, red: true);
            flow.Page.End();
            flow.Y += form.Line * 2;
        }

        flow.Flow(SetText.Of(paper.Title, TitleForm, form.TypeWidth, shelf), Document.Add("Title"));
        flow.Y += official ? form.Line : 12;
        if (!official && paper.Date is { } day)
        {
            flow.Flow(SetText.Of(paper.Words.Date(day), BodyForm(PaperAlign.Centre), form.TypeWidth, shelf), Document.Add("P"));
            flow.Y += form.Line / 2;
        }

        if (paper.Addressee is { Length: > 0 } whom)
        {
            flow.Flow(SetText.Of(whom, BodyForm(PaperAlign.Left), form.TypeWidth, shelf), Document.Add("P"));
        }
    }

    // The number of a letter stands alone; a bulletin's over its issuer and date, which share a line.
    private void Number()
    {
        if (paper.Issue is not { } issue)
        {
            flow.Y += form.Line * 2;
            flow.Flow(SetText.Of(paper.Number ?? "", BodyForm(PaperAlign.Centre), form.TypeWidth, shelf), Document.Add("P"));
            return;
        }

        flow.Y += form.Line / 2;
        flow.Flow(SetText.Of(issue.Number, BodyForm(PaperAlign.Centre), form.TypeWidth, shelf), Document.Add("P"));
        flow.Y += form.Line / 2;
        Sides(issue.Issuer, issue.Date, BodyForm(PaperAlign.Left), 0);
    }

    /// <summary>Two texts on one line, flush left and flush right; a long left one goes on below.</summary>
    private void Sides(string left, string right, TextForm text, float indent)
    {
        var width = form.TypeWidth - (2 * indent);
        var date = SetText.Of(right, text, width, shelf);
        var name = SetText.Of(left, text, width - date.LastLineWidth - text.Size, shelf);
        flow.Ensure(name.Height);
        name.Draw(flow.Page, Document.Add("P"), form.Left + indent, flow.Y, 0, name.Lines);
        date.Draw(flow.Page, Document.Add("P"), form.Width - form.Right - indent - date.LastLineWidth, flow.Y + name.Height - date.Height, 0, date.Lines);
        flow.Y += name.Height;
    }

    private void Block(int index)
    {
        switch (paper.Body[index])
        {
            case PaperHeading heading:
                Heading(heading, index);
                break;
            case PaperParagraph paragraph:
                flow.Flow(SetText.Of(paragraph.Runs, BodyForm(paragraph.Align), form.TypeWidth, shelf), Document.Add("P"), index == paper.Body.Count - 1 ? FootHeight(Signs()) : 0);
                break;
            case KeyValueTable table:
                tables.Set(table, Document);
                break;
            case DataTable table:
                tables.Set(table, Document);
                break;
            case PaperPageBreak:
                flow.NewPage();
                break;
            case PaperContents contents:
                Contents(contents);
                break;
        }
    }

    // A heading stays with what follows it.
    private void Heading(PaperHeading heading, int index)
    {
        var text = HeadingText(heading);
        flow.Ensure(Least(index));
        if (!official && flow.Y > form.Top)
        {
            flow.Y += 10;
        }

        headings.Add((heading, flow.Page, flow.Pages.Count, flow.Y));
        flow.Flow(text, Document.Add($"H{Math.Clamp(heading.Level, 1, 4)}"));
        flow.Y += official ? 0 : 4;
    }

    private float Least(int index) => index >= paper.Body.Count ? 0 : paper.Body[index] switch
    {
        PaperHeading heading => HeadingText(heading).Height + (official ? 0 : 14) + Math.Min(form.TypeHeight / 2, Least(index + 1)),
        PaperParagraph => form.Line * 2,
        PaperPageBreak or PaperContents => 0,
        var table => tables.Least(table),
    };

    private SetText HeadingText(PaperHeading heading)
    {
        var role = !official ? FaceRole.Hei : heading.Level switch { <= 1 => FaceRole.Hei, 2 => FaceRole.Kai, _ => FaceRole.Body };
        var size = form.Heading(heading.Level);
        return SetText.Of(heading.Text, new TextForm(role, size, Math.Max(form.Line, size * 1.5f), PaperAlign.Left,
            official ? (form.Body - Tighten) * 2 : 0, Tighten), form.TypeWidth, shelf);
    }

    private void Contents(PaperContents contents)
    {
        flow.Flow(SetText.Of(paper.Words["papers.contents"], TitleForm, form.TypeWidth, shelf), Document.Add("P"));
        flow.Y += 12;
        var toc = Document.Add("TOC");
        var entry = new TextForm(FaceRole.Body, Math.Min(form.Body, 14), form.Line, PaperAlign.Left);
        var (number, all) = (0, paper.Body.OfType<PaperHeading>());
        foreach (var heading in all)
        {
            if (heading.Level <= contents.Depth)
            {
                var indent = Math.Max(0, heading.Level - 1) * form.Body;
                var text = SetText.Of(heading.Text.Replace('\n', ' '), entry, form.TypeWidth - indent - (entry.Size * 3), shelf);
                flow.Ensure(text.Height);
                var tag = toc.Add("TOCI");
                text.Draw(flow.Page, tag, form.Left + indent, flow.Y, 0, text.Lines);
                flow.Page.Link(form.Left, flow.Y, form.TypeWidth, text.Height, number);
                flow.Y += text.Height;
                entries.Add((flow.Page, tag, form.Left + indent + text.LastLineWidth, flow.Y - entry.Line, entry, number));
            }

            number++;
        }
    }

    // Only when all pages are set are the numbers known.
    private void NumberEntries()
    {
        foreach (var (page, tag, left, top, entry, heading) in entries)
        {
            var number = SetText.Of($"{headings[heading].Number}", entry with { Align = PaperAlign.Right }, entry.Size * 3, shelf);
            var right = form.Width - form.Right;
            number.Draw(page, tag, right - (entry.Size * 3), top, 0, 1);
            var room = right - left - number.LastLineWidth - entry.Size;
            var dot = SetText.Of(".", entry, form.TypeWidth, shelf).LastLineWidth * 1.6f;
            page.Begin(null);
            for (var x = right - number.LastLineWidth - (entry.Size / 2); x > right - number.LastLineWidth - room; x -= dot)
            {
                page.Line(x - 0.5f, SetText.Baseline(top, entry.Line, entry.Size), x + 0.3f, SetText.Baseline(top, entry.Line, entry.Size), 0.8f);
            }

            page.End();
        }
    }

    /// <summary>What stands at the foot, set.</summary>
    /// <param name="Room">How wide the name may be.</param>
    /// <param name="Beside">Whether the name has room beside the code; else the code stands under it, beside the date.</param>
    private sealed record Signing(SetText? Name, float Room, bool Beside, SetText? Date, SetText? Said);

    // A name that fits on one line stands on one; a longer one is parted into lines of like length.
    private Signing Signs()
    {
        var line = new TextForm(FaceRole.Body, form.Body, form.Line, PaperAlign.Left, Tighten: Tighten);
        var said = paper.Code is { } code ? SetText.Of(code.Printed, new TextForm(FaceRole.Body, form.Table, form.TableLine, PaperAlign.Left), form.TypeWidth, shelf) : null;
        var date = official && paper.Date is { } day ? SetText.Of(paper.Words.Date(day), line, form.TypeWidth, shelf) : null;
        if (!official || paper.Signature is not { Length: > 0 } signature)
        {
            return new(null, 0, true, date, said);
        }

        var name = line with { Align = PaperAlign.Centre, Even = true };
        var room = form.TypeWidth - (said is null ? 0 : PaperForm.CodeSide);
        var text = SetText.Of(signature, name, room, shelf);
        var beside = said is null || text.Lines == 1;
        return beside ? new(text, room, true, date, said) : new(SetText.Of(signature, name, form.TypeWidth, shelf), form.TypeWidth, false, date, said);
    }

    private float FootHeight(Signing foot)
    {
        var (name, date) = (foot.Name?.Height ?? 0, foot.Date is null ? 0 : form.Line);
        var code = foot.Said is null ? 0 : PaperForm.CodeSide;
        return name + date + code == 0 ? 0 : form.Line + (foot.Beside ? Math.Max(name + date, code) : name + Math.Max(date, code)) + (foot.Said?.Height ?? 0);
    }

    // Signature and date on the right, the code for telephones on the left of them, so that neither stands alone on a page.
    private void Foot()
    {
        var foot = Signs();
        var height = FootHeight(foot);
        if (height <= 0)
        {
            return;
        }

        flow.Ensure(height);
        flow.Y += form.Line;
        var top = flow.Y + (foot.Beside ? 0 : foot.Name!.Height);
        Sign(foot);
        if (foot.Said is { } said)
        {
            var squares = QrCode.Of(paper.Code!.Address);
            flow.Page.Begin(Document.Add("Figure", paper.Code.Purpose));
            flow.Page.Fill(squares.Runs, form.Left, top, PaperForm.CodeSide / squares.Size);
            flow.Page.End();
            flow.Y = Math.Max(flow.Y, top + PaperForm.CodeSide);
            said.Draw(flow.Page, Document.Add("P"), form.Left, flow.Y, 0, said.Lines);
            flow.Y += said.Height;
        }
    }

    // The date ends four characters from the right; the signing body's name is centred on it as far as the margins let it (GB/T 9704-2012 §7.3.5.1).
    private void Sign(Signing foot)
    {
        var date = foot.Date?.LastLineWidth ?? 0;
        var (right, dateLeft) = (form.Width - form.Right, form.Width - form.Right - (4 * form.Body) - date);
        if (foot.Name is { } name)
        {
            var half = name.WidestLine / 2;
            var centre = Math.Min(right - half, Math.Max(right - foot.Room + half, dateLeft + (date / 2)));
            name.Draw(flow.Page, Document.Add("P"), centre - (foot.Room / 2), flow.Y, 0, name.Lines);
            flow.Y += name.Height;
        }

        if (foot.Date is { } set)
        {
            set.Draw(flow.Page, Document.Add("P"), dateLeft, flow.Y, 0, 1);
            flow.Y += form.Line;
        }
    }

    // At the foot of the last page; a page of its own only where there is no room (GB/T 9704-2012 §7.4).
    private void Colophon()
    {
        if (!official || paper.Colophon is not { } colophon)
        {
            return;
        }

        var ((size, line), (outer, inner)) = (PaperForm.ColophonText, PaperForm.ColophonRules);
        var text = new TextForm(FaceRole.Body, size, line, PaperAlign.Left);
        var lines = colophon.Lines.Select(one => SetText.Of(one, text, form.TypeWidth - (2 * size), shelf)).ToList();
        var height = lines.Sum(one => one.Height) + line + (colophon.Copies.Length > 0 ? line : 0) + 10;
        flow.Ensure(height);
        flow.Y = flow.Bottom - height;
        Rule(outer);
        foreach (var one in lines)
        {
            one.Draw(flow.Page, Document.Add("P"), form.Left + size, flow.Y, 0, one.Lines);
            flow.Y += one.Height;
        }

        if (lines.Count > 0)
        {
            Rule(inner);
        }

        Sides(colophon.Issuer, colophon.Printed, text, size);
        Rule(outer);
        if (colophon.Copies.Length > 0)
        {
            var copies = SetText.Of(colophon.Copies, text with { Align = PaperAlign.Right }, form.TypeWidth - size, shelf);
            copies.Draw(flow.Page, Document.Add("P"), form.Left, flow.Y, 0, copies.Lines);
            flow.Y += copies.Height;
        }
    }

    private void Rule(float thick)
    {
        flow.Page.Begin(null);
        flow.Page.Line(form.Left, flow.Y + 1, form.Width - form.Right, flow.Y + 1, thick);
        flow.Page.End();
        flow.Y += 3;
    }
}
