using Rectify.Reading;

namespace Rectify.Grammar;

/// <summary>Understands plans, lists and closure notices, whatever file they came in.</summary>
/// <remarks>
/// Reads three shapes: items in running text (with label tables among it), tables with a header, and notices without
/// labels. Never throws and always gives the same answer for the same document. The words of Chinese documents are part
/// of the grammar; nothing here is shown to a person.
/// </remarks>
public static class PlanGrammar
{
    // A workbook's title and what stands below it, such as when it was filled in.
    private const int Opening = 3;

    public static PlanDraft Read(SourceDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var reading = new DocumentReading(document.Format);
        reading.Read(document.Blocks, depth: 0);
        var parts = reading.Finish();
        var lines = reading.Lines;
        var date = DocumentDate.Of(lines);
        var notice = NoticeGrammar.Read(reading.Texts, date);
        var title = FreeNotice.Title(lines);
        if (title.IsBlank)
        {
            title = FreeNotice.Title([.. reading.Texts.Take(Opening).TakeWhile(text => Labels.Whole(text.Folded) is null).Select(text => Line.Read(text))]);
        }

        if (parts.Count == 0 && FreeNotice.Read(lines, title) is { } free)
        {
            parts = [free];
        }

        // A notice names its item in the title or in the first sentence.
        var fallback = parts.Count == 1 ? FreeNotice.Number(lines, title) : null;
        if (parts is [var only] && FreeNotice.Leader(lines) is { IsBlank: false } leader && !only.Of(Field.Units, Field.Lead, Field.LeadAndCooperate, Field.UnitsAndPersons).Any())
        {
            only.Fields.Add(new(Field.Lead, Stretch.Empty, leader));
        }

        parts = [.. parts.SelectMany(part => parts.Count > 1 || fallback is not null ? [part] : SharedNotice.Split(part))];
        // A plan that lays down how long notices last is no notice itself.
        if (notice is { From: null } && !title.Folded.Contains("公示", StringComparison.Ordinal) && !parts.Exists(part => part.Of(Field.Result, Field.MeasuresAndResult).Any()))
        {
            notice = null;
        }

        var builder = new ItemBuilder(date ?? reading.Texts.Take(Opening).Prepend(title).SelectMany(text => DateGrammar.All(text.Folded, null)).Select(named => (DateOnly?)named.To).FirstOrDefault());
        var items = parts.Select(part => (Parts: part, Item: builder.Build(part, notice, fallback))).Where(read => IsFilled(read.Item)).ToList();
        return new(string.Concat(title.Text.Split('\n', StringSplitOptions.TrimEntries)), Doubts.Add([.. items.Select(read => read.Item)], [.. items.Select(read => (IReadOnlyList<string>)read.Parts.Unread)]));
    }

    private static bool IsFilled(DraftItem item) =>
        item.Problem.Text.Length > 0 || item.Goal.Text.Length > 0 || item.Measures.Count > 0 || item.Result.Text.Length > 0 || item.Units.Count > 0;

    /// <summary>Goes through the blocks in reading order and hands each to its shape.</summary>
    private sealed class DocumentReading(SourceFormat format)
    {
        private const int MostDepth = 24;

        private readonly RowTableShape table = new();
        private readonly List<ItemParts> items = [];
        private readonly HashSet<ItemParts> prose = [];
        private readonly List<Line> flow = [];
        private readonly List<Stretch> ruled = [];
        private char sign;

        // Whether a field of an item was read, and whether the article ended after it.
        private bool anchored;
        private bool over;

        /// <summary>Every line of running text.</summary>
        public List<Line> Lines { get; } = [];

        /// <summary>Every text, those of cells too.</summary>
        public List<Stretch> Texts { get; } = [];

        public void Read(IReadOnlyList<Block> blocks, int depth)
        {
            foreach (var block in blocks)
            {
                switch (block)
                {
                    case Paragraph paragraph:
                        Read(paragraph);
                        break;
                    case Table grid when depth < MostDepth:
                        CloseRuled();
                        Read(Grid.Of(grid), depth);
                        break;
                    case Break when format != SourceFormat.Xlsx:
                        // An item may go on over the end of a page.
                        CloseRuled();
                        break;
                    case Break:
                        CloseRuled();
                        CloseFlow();
                        items.AddRange(table.Take());
                        table.Reset();
                        break;
                    default:
                        break;
                }
            }
        }

        public List<ItemParts> Finish()
        {
            CloseRuled();
            CloseFlow();
            items.AddRange(table.Take());
            if (items.Exists(item => !prose.Contains(item) && HasDuty(item)))
            {
                // Where a table lists the items, sections of the overall part are none, whatever goals, units and dates they name.
                items.RemoveAll(item => prose.Contains(item) && !HasMeasures(item) && !item.Of(Field.Result).Any());
            }

            return items;
        }

        private static bool HasMeasures(ItemParts item) => HasDuty(item) && (item.Rows.Count > 0 || item.Of(Field.Measures, Field.GoalAndMeasures).Any());

        private static bool HasDuty(ItemParts item) =>
            item.Of(Field.Units, Field.Lead, Field.LeadAndCooperate, Field.UnitsAndPersons, Field.Deadline).Any() || item.Rows.Exists(row => row.Units.Count > 0 || !row.Deadline.IsBlank);

        private void Read(Paragraph paragraph)
        {
            // A heading that runs over two lines is one heading.
            var text = Stretch.Of(paragraph);
            foreach (var line in paragraph.Heading > 0 && !text.IsBlank ? [text] : Line.Of(text))
            {
                over |= anchored && PageLines.IsAfter(line.Folded);
                if (over || Line.IsPageNumber(line) || PageLines.IsAround(line.Folded) || PageLines.IsContents(line.Folded) || PageLines.IsAfter(line.Folded))
                {
                    continue;
                }

                Texts.Add(line);

                // A table saved as text: cells between | or tabs, line after line.
                if ((Sign(line) ?? Hanging(line)) is { } found)
                {
                    if (found != sign)
                    {
                        CloseRuled();
                        sign = found;
                    }

                    ruled.Add(line);
                }
                else
                {
                    CloseRuled();
                    Add(Line.Read(line, paragraph.Heading));
                }
            }
        }

        private void Add(Line line)
        {
            flow.Add(line);
            Lines.Add(line);
            anchored |= line.Hits.Any(hit => hit.Field is Field.Problem or Field.Measures or Field.Result && hit.Leads);
        }

        private static char? Sign(Stretch line) => line.Folded.AsSpan().Count('|') >= 2 ? '|' : line.Folded.AsSpan().Trim().Count('\t') >= 1 ? '\t' : null;

        // A line that begins with a tab goes on below the value of the label before it.
        private char? Hanging(Stretch line) => ruled.Count > 0 && sign == '\t' && line.Folded.StartsWith('\t') && !line.IsBlank ? sign : null;

        private void CloseRuled()
        {
            if (ruled.Count == 0)
            {
                return;
            }

            var lines = ruled.ToList();
            ruled.Clear();
            var grid = Grid.Of(lines, sign);
            if (grid.Columns > 1 && (lines.Count > 1 || table.Fits(grid)) && (table.Fits(grid) || LabelTableShape.Fits(grid)))
            {
                Read(grid, MostDepth, tabbed: sign == '\t');
                return;
            }

            foreach (var line in lines)
            {
                Add(Line.Read(line));
            }
        }

        private void Read(Grid grid, int depth, bool tabbed = false)
        {
            for (var row = 0; row < grid.Rows; row++)
            {
                Texts.AddRange(grid.Starting(row).SelectMany(cell => cell.Text.Lines()));
            }

            if (SidewaysTable.Turned(grid) is { } turned && table.Fits(turned))
            {
                CloseFlow();
                table.Reset();
                table.Read(turned);
                table.Reset();
            }
            else if (LabelTableShape.Fits(grid))
            {
                items.AddRange(table.Take());
                table.Reset();
                foreach (var line in LabelTableShape.Read(grid, ruled: !tabbed))
                {
                    flow.Add(line);
                }
            }
            else if (MeasureTable.Fits(grid, flow))
            {
                flow.Add(MeasureTable.Read(grid));
            }
            else if (table.Fits(grid))
            {
                CloseFlow();
                table.Read(grid);
            }
            else
            {
                Lay(grid, depth);
            }
        }

        // A table that only lays out a page holds text like any other; one with figures is a part of what it stands in.
        private void Lay(Grid grid, int depth)
        {
            for (var row = 0; row < grid.Rows; row++)
            {
                var labelled = grid.Starting(row).Any(cell => cell.Text.Lines().SelectMany(line => Line.Read(line).Hits).Where(hit => !hit.Aside).DistinctBy(hit => hit.Field).Count() > 2);
                foreach (var cell in grid.Starting(row))
                {
                    if (grid.Columns == 1 || grid.Rows == 1 || cell.Blocks.Count > 4 || cell.Blocks.Any(block => block is Table))
                    {
                        Read(cell.Blocks, depth + 1);
                        CloseRuled();
                    }
                    else if (labelled)
                    {
                        cell.Text.Lines().Select(line => Line.Read(line)).ToList().ForEach(Add); // an item in each row: 一 | 某河超标。整改目标：… 责任单位：…
                    }
                    else
                    {
                        flow.AddRange(cell.Text.Lines().Select(Line.Value));
                    }
                }
            }
        }

        private void CloseFlow()
        {
            if (flow.Count > 0)
            {
                Signature.Strip(flow);
                flow.RemoveRange(0, OverallPart.End(flow));
                items.AddRange(table.Take());
                var read = ParagraphShape.Read(flow);
                items.AddRange(read);
                if (!flow.Exists(line => line is { Inert: true, Ends: false }))
                {
                    prose.UnionWith(read);
                }

                flow.Clear();
            }
        }
    }
}
