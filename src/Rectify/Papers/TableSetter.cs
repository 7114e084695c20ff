namespace Rectify.Papers;

/// <summary>Sets tables: heads repeat on every page, rows are not split unless taller than a page or allowed to.</summary>
internal sealed class TableSetter(PageFlow flow, FaceShelf shelf, CancellationToken ct)
{
    /// <summary>Lines of a row that have to stand together on a page.</summary>
    private const int LeastLines = 4;

    private const float PadX = 4, PadY = 3, Rule = 0.5f;

    private readonly PaperForm form = flow.Form;

    private sealed record Cell(SetText Text, float X, float Width, bool Shaded, string Tag);

    /// <summary>What a table needs so that a heading may stand over it: head and first row, but no more than half a page.</summary>
    public float Least(PaperBlock block) => Math.Min(form.TypeHeight / 2, block switch
    {
        DataTable data => (data.Caption is null ? 0 : CaptionForm.Line + 6) + HeadHeight(data) + FirstRows(data, Lefts(data)),
        KeyValueTable { Rows: [var row, ..] } => Height(Row(row)),
        _ => 0,
    });

    public void Set(KeyValueTable data, PdfTag document)
    {
        var table = document.Add("Table");
        foreach (var row in data.Rows)
        {
            ct.ThrowIfCancellationRequested();
            Body(Row(row), table, head: null, headHeight: 0, split: false);
        }

        flow.Y += form.Line / 2;
    }

    public void Set(DataTable data, PdfTag document)
    {
        if (data.Caption is { Length: > 0 } caption)
        {
            flow.Ensure(Least(data));
            flow.Y += 6;
            flow.Flow(SetText.Of(caption, CaptionForm, form.TypeWidth, shelf), document.Add("P"));
        }

        var table = document.Add("Table");
        var lefts = Lefts(data);
        var headHeight = HeadHeight(data);
        flow.Ensure(Math.Min(form.TypeHeight / 2, headHeight + FirstRows(data, lefts)));
        Head(data, lefts, table.Add("TR"));
        for (var i = 0; i < data.Rows.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var last = !data.RowsSplit && i > 0 && i == data.Rows.Count - 2 ? Height(Row(data, i + 1, lefts)) : 0; // does not stand alone on a page
            Body(Row(data, i, lefts), table, () => Head(data, lefts, null), headHeight, data.RowsSplit, last);
        }

        flow.Y += form.Line / 2;
    }

    // What stands with the head: one row, or both of two.
    private float FirstRows(DataTable data, float[] lefts) =>
        Enumerable.Range(0, data is { RowsSplit: false, Rows.Count: 2 } ? 2 : Math.Min(1, data.Rows.Count)).Sum(row => Height(Row(data, row, lefts)));

    private TextForm CaptionForm => new(FaceRole.Hei, form.Table + 1, form.TableLine + 3, PaperAlign.Centre);

    private TextForm CellForm(PaperAlign align) => new(FaceRole.Body, form.Table, form.TableLine, align);

    private TextForm NameForm(PaperAlign align) => new(FaceRole.Hei, form.Table, form.TableLine, align);

    private Cell[] Row(KeyValuePair<string, string> row)
    {
        var name = form.TypeWidth * 0.22f;
        return
        [
            new(SetText.Of(row.Key, NameForm(PaperAlign.Left), name - (2 * PadX), shelf), form.Left, name, true, "TH"),
            new(SetText.Of(row.Value, CellForm(PaperAlign.Text), form.TypeWidth - name - (2 * PadX), shelf), form.Left + name, form.TypeWidth - name, false, "TD"),
        ];
    }

    private Cell[] Row(DataTable data, int row, float[] lefts) => [.. data.Columns.Select((column, i) => new Cell(
        SetText.Of(data.Cell(row, i), CellForm(column.Align), lefts[i + 1] - lefts[i] - (2 * PadX), shelf), lefts[i], lefts[i + 1] - lefts[i], false, "TD"))];

    private float[] Lefts(DataTable data)
    {
        var total = data.Columns.Sum(column => Math.Max(0.01, column.Width));
        var (lefts, sum) = (new float[data.Columns.Count + 1], 0d);
        for (var i = 0; i <= data.Columns.Count; i++)
        {
            lefts[i] = form.Left + (float)(sum / total * form.TypeWidth);
            sum += i < data.Columns.Count ? Math.Max(0.01, data.Columns[i].Width) : 0;
        }

        return lefts;
    }

    private static float Height(Cell[] row) => row.Max(cell => cell.Text.Height) + (2 * PadY);

    private float HeadHeight(DataTable data) => Heads(data, Lefts(data)) is var (upper, lower, _, _) ? upper + lower : 0;

    // Upper row: groups. Lower row: the columns in groups. What is in no group takes both.
    private (float Upper, float Lower, List<(Cell Cell, bool Tall)> Over, List<Cell> Under) Heads(DataTable data, float[] lefts)
    {
        var (over, under) = (new List<(Cell Cell, bool Tall)>(), new List<Cell>());
        Cell At(string text, int column, int span) => new(
            SetText.Of(text, NameForm(PaperAlign.Centre), lefts[column + span] - lefts[column] - (2 * PadX), shelf),
            lefts[column], lefts[column + span] - lefts[column], true, "TH");
        foreach (var (column, span, head) in data.HeadCells())
        {
            over.Add((At(head ?? data.Columns[column].Head, column, span), head is null));
            under.AddRange(head is null ? [] : Enumerable.Range(column, span).Select(i => At(data.Columns[i].Head, i, 1)));
        }

        var upper = over.Where(entry => !entry.Tall).Select(entry => entry.Cell.Text.Height + (2 * PadY)).DefaultIfEmpty(0).Max();
        var lower = under.Select(cell => cell.Text.Height + (2 * PadY)).DefaultIfEmpty(0).Max();
        var tall = over.Where(entry => entry.Tall).Select(entry => entry.Cell.Text.Height + (2 * PadY)).DefaultIfEmpty(0).Max();
        return (upper, Math.Max(lower, tall - upper), over, under);
    }

    // Repeated heads are decoration: a reader that speaks hears them once.
    private void Head(DataTable data, float[] lefts, PdfTag? row)
    {
        var (upper, lower, over, under) = Heads(data, lefts);
        foreach (var (cell, tall) in over)
        {
            Box(cell, flow.Y, tall ? upper + lower : upper, row?.Add("TH"), 0, cell.Text.Lines);
        }

        foreach (var cell in under)
        {
            Box(cell, flow.Y + upper, lower, row?.Add("TH"), 0, cell.Text.Lines);
        }

        flow.Y += upper + lower;
    }

    private void Body(Cell[] row, PdfTag table, Action? head, float headHeight, bool split, float next = 0)
    {
        var height = Height(row);
        height += height + next <= form.TypeHeight - headHeight ? next : 0;
        var whole = height <= form.TypeHeight - headHeight && !split;
        if (height > flow.Room + 0.01f && (whole || flow.Room < (row.Max(cell => cell.Text.LineHeight) * LeastLines) + (2 * PadY)) && flow.Y > form.Top + headHeight)
        {
            flow.NewPage();
            head?.Invoke();
        }

        _ = flow.Page;
        var tag = table.Add("TR");
        var tags = row.Select(cell => tag.Add(cell.Tag)).ToArray();
        var from = new int[row.Length];
        while (true)
        {
            var room = flow.Room - (2 * PadY) + 0.01f;
            var counts = row.Select((cell, i) => Math.Min(cell.Text.Lines - from[i], Math.Max(1, (int)(room / cell.Text.LineHeight)))).ToArray();
            var part = row.Select((cell, i) => counts[i] * cell.Text.LineHeight).Max() + (2 * PadY);
            for (var i = 0; i < row.Length; i++)
            {
                Box(row[i], flow.Y, part, tags[i], from[i], counts[i]);
                from[i] += counts[i];
            }

            flow.Y += part;
            if (row.Select((cell, i) => cell.Text.Lines - from[i]).All(left => left == 0))
            {
                return;
            }

            flow.NewPage();
            head?.Invoke();
        }
    }

    private void Box(Cell cell, float top, float height, PdfTag? tag, int from, int count)
    {
        var page = flow.Page;
        page.Begin(null);
        if (cell.Shaded)
        {
            page.Shade(cell.X, top, cell.Width, height);
        }

        var (right, bottom) = (cell.X + cell.Width, top + height);
        page.Line(cell.X, top, right, top, Rule);
        page.Line(cell.X, bottom, right, bottom, Rule);
        page.Line(cell.X, top, cell.X, bottom, Rule);
        page.Line(right, top, right, bottom, Rule);
        page.End();
        if (count > 0)
        {
            cell.Text.Draw(page, tag, cell.X + PadX, top + Math.Max(PadY, (height - (count * cell.Text.LineHeight)) / 2), from, count);
        }
    }
}
