namespace Rectify.Grammar;

/// <summary>The rows of one item in a table: its measures, and what stands beside them.</summary>
internal sealed class TableRows
{
    private readonly List<(Labelled Part, int Row, int Rows)> beside = [];
    private readonly List<(int Row, MeasureRow Measure)> measures = [];

    /// <summary>The row below the last; 0 if there is none.</summary>
    public int End => beside.Select(entry => entry.Row + entry.Rows).Concat(measures.Select(measure => measure.Row + 1)).DefaultIfEmpty(0).Max();

    public static bool IsUnit(Field field) => field is Field.Units or Field.Lead or Field.Cooperate or Field.Supervise or Field.Accept or Field.LeadAndCooperate or Field.UnitsAndPersons;

    /// <param name="height">How many rows it stands beside.</param>
    public void Add(int row, int height, Labelled part) => beside.Add((part, row, height));

    /// <param name="goesOn">Whether it may be the rest of the measure above.</param>
    public void Add(int row, MeasureRow measure, bool goesOn = false)
    {
        if (goesOn && IsRest(measure))
        {
            measures[^1].Measure.Text = Stretch.Join([measures[^1].Measure.Text, measure.Text]);
        }
        else if (!measure.Text.IsBlank)
        {
            measures.Add((row, measure));
        }
    }

    /// <summary>Gives an item what stands in its rows, and forgets them.</summary>
    /// <remarks>With one row of measures everything is the item's; with several, what differs from row to row is the measure's.</remarks>
    public void Settle(ItemParts item)
    {
        var last = measures.Count > 0 ? measures[^1].Row : 0;
        foreach (var field in beside.GroupBy(entry => IsUnit(entry.Part.Field) ? Field.Units : entry.Part.Field))
        {
            var perRow = (field.Key is Field.Deadline || IsUnit(field.Key)) && measures.Count > 1 && field.Any(entry => entry.Row > measures[0].Row);
            foreach (var (part, row, height) in field)
            {
                if (perRow && !(row <= measures[0].Row && row + height > last))
                {
                    Attach(part, row, height);
                }
                else
                {
                    item.Fields.Add(part);
                }
            }
        }

        if (measures is [(_, { Number.IsBlank: true, Text: var only })])
        {
            item.Fields.Add(new(Field.Measures, Stretch.Empty, only));
        }
        else
        {
            item.Rows.AddRange(measures.Select(measure => measure.Measure));
        }

        beside.Clear();
        measures.Clear();
    }

    // A sentence cut by the end of a page goes on in the row below.
    private bool IsRest(MeasureRow next) =>
        measures is [.., (_, var last)] && !next.Text.IsBlank && next.Number.IsBlank && Mark.TryRead(next.Text.Folded, 0) is null
        && Mark.TryRead(last.Text.Folded, 0) is not null && last.Text.Folded.TrimEnd() is [.., not ('。' or ';' or '!' or '.' or ':')];

    private void Attach(Labelled part, int from, int height)
    {
        foreach (var (row, measure) in measures.Where(measure => measure.Row >= from && measure.Row < from + height))
        {
            if (part.Field == Field.Deadline)
            {
                measure.Deadline = Stretch.Join([measure.Deadline, part.Value]);
            }
            else
            {
                measure.Units.Add(part);
            }
        }
    }
}
