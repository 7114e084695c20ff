namespace Rectify.Grammar;

/// <summary>What a cell says: its column's or row's label, or labels of its own inside it (牵头单位：A 配合单位：B).</summary>
internal static class CellFields
{
    private static readonly DateOnly AnyDay = new(2001, 1, 1);

    public static List<Labelled> Of(Field field, Stretch label, Stretch value)
    {
        var fields = new List<Labelled>();
        if (!MayHoldLabels(field) && !(field == Field.Other && HoldsLabels(value)))
        {
            fields.Add(new(field, label, value));
            return fields;
        }

        var (open, words) = (field, label);
        var dated = TableRows.IsUnit(field) && Labels.SpeaksOfTime(label.Folded);
        var texts = new List<Stretch>();
        foreach (var text in value.Lines())
        {
            var from = 0;
            foreach (var hit in Line.Read(text).Hits.Where(hit => !hit.Aside && hit.Field is not (Field.End or Field.Notice) && !IsValue(field, text, hit)))
            {
                texts.Add(text.Slice(from, hit.Leads ? from : hit.Start));
                Close();
                (open, words, from) = (hit.Field, text.Slice(hit.Start, hit.End), hit.Value);
            }

            // 责任单位及完成时限: the line with a date is the date.
            if (from == 0 && dated && DeadlineGrammar.Read(text, AnyDay) is { Date: not null } or { Kind: not DeadlineKind.Fixed })
            {
                Close();
                fields.Add(new(Field.Deadline, label, text));
            }
            else
            {
                texts.Add(text.Slice(from, text.Length));
            }
        }

        Close();
        return fields;

        void Close()
        {
            if (Stretch.Join(texts) is { IsBlank: false } joined)
            {
                fields.Add(new(open, words, joined));
            }

            texts.Clear();
        }
    }

    // A column of its own making, in which each cell says 整改目标：… 整改措施：….
    private static bool HoldsLabels(Stretch value)
    {
        var hits = value.Lines().SelectMany(line => Line.Read(line).Hits).Where(hit => hit.Field is not (Field.Other or Field.End or Field.Notice)).ToList();
        return hits is [{ Start: 0 }, ..] && hits.DistinctBy(hit => hit.Field).Count() > 1;
    }

    // 分管领导 alone in a cell of persons is who answers for it, although it is a label elsewhere.
    private static bool IsValue(Field column, Stretch text, Hit hit) => hit.Field == column && hit.Value >= text.Length && !text.Folded.Contains(':', StringComparison.Ordinal);

    private static bool MayHoldLabels(Field field) => field is Field.Units or Field.Lead or Field.LeadAndCooperate or Field.UnitsAndPersons or Field.Persons or Field.GoalAndMeasures
        or Field.MeasuresAndResult or Field.GoalAndResult or Field.Cooperate;
}
