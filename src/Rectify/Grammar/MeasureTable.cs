namespace Rectify.Grammar;

/// <summary>A table of measures below an item that stands in running text: 整改措施 | 责任单位 | 完成时限, without a column of problems.</summary>
internal static class MeasureTable
{
    /// <summary>Whether the columns speak of measures alone, and the text above of the item they belong to.</summary>
    public static bool Fits(Grid grid, IReadOnlyList<Line> above)
    {
        if (TableHeader.Find(grid) is not { } header || above.Count == 0)
        {
            return false;
        }

        var fields = grid.Starting(header).Select(cell => Labels.Whole(cell.Text.Folded)).OfType<Field>().ToList();
        return fields.Contains(Field.Measures) && !fields.Exists(field => field is Field.Problem or Field.Goal or Field.GoalAndMeasures or Field.GoalAndDeadline or Field.Result or Field.MeasuresAndResult)
            && IsItem(above);
    }

    /// <summary>Each row as a measure; what its columns say beside that is kept for the item.</summary>
    public static Line Read(Grid grid)
    {
        var shape = new RowTableShape();
        shape.Read(grid);
        var rows = shape.Take();
        return Line.Measures(
        [
            .. rows.Select(row =>
            {
                var measure = new MeasureRow { Number = row.Number, Text = row.Text(Field.Measures), Deadline = row.Text(Field.Deadline) };
                measure.Units.AddRange(row.Fields.Where(part => TableRows.IsUnit(part.Field)));
                return measure;
            }),
        ],
        [.. rows.SelectMany(row => row.Fields).Where(part => part.Field is not (Field.Measures or Field.Deadline) && !TableRows.IsUnit(part.Field))]);
    }

    // The lines since the last table name a problem, a goal or a date; or a numbered problem stands right above.
    private static bool IsItem(IReadOnlyList<Line> above)
    {
        for (var i = above.Count - 1; i >= 0 && above[i].Rows.Count == 0; i--)
        {
            if (above[i].Hits.Any(hit => hit.Leads && hit.Field is Field.Problem or Field.Goal or Field.Deadline or Field.Units or Field.Lead))
            {
                return true;
            }
        }

        return above[^1] is { Mark: { } mark, Hits.Count: 0 } last && (mark.Style == MarkStyle.Item || last.Text.Folded.Contains("问题", StringComparison.Ordinal) || last.Text.Folded.TrimEnd().EndsWith('。'));
    }
}
