namespace Rectify.Grammar;

/// <summary>The dated steps of a staged text: 2024年9月底前完成方案设计；2024年12月底前开工.</summary>
internal static class Milestones
{
    /// <summary>One milestone for each step where a text names at least two days; a text with one day only has a deadline.</summary>
    /// <param name="least">How many different days make a staged text.</param>
    public static List<DraftMilestone> Of(Stretch text, List<DatedStep> steps, int least = 2)
    {
        var milestones = new List<DraftMilestone>();
        if (steps.Select(step => step.Date.To).Distinct().Count() < least)
        {
            return milestones;
        }

        var folded = text.Folded;
        var from = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            var start = Begin(folded, from, steps[i].Start);
            var end = Finish(folded, steps[i].End, i + 1 < steps.Count ? steps[i + 1].Start : folded.Length);
            from = end;
            var clause = text.Slice(start, end).Trim(",;。、:", ",;。、:");
            if (Mark.TryRead(clause.Folded, 0) is { } mark && mark.Rest < clause.Length && mark.Rest <= steps[i].Start - start)
            {
                clause = clause.Slice(mark.Rest, clause.Length).Trim();
            }

            if (!clause.IsBlank)
            {
                milestones.Add(new(string.Join('\n', clause.Lines().Select(line => line.Text.Trim())), steps[i].Date.To, clause.At));
            }
        }

        return milestones;
    }

    /// <summary>The steps of an item's measures: each measure may name one, and together they lead up to the item's deadline.</summary>
    /// <param name="due">The item's deadline: one step on the same day and no other is the deadline said again.</param>
    public static IEnumerable<DraftMilestone> OfMeasures(List<(Stretch Text, List<DatedStep> Steps)> measures, DateOnly? due)
    {
        var days = measures.SelectMany(measure => measure.Steps).Select(step => step.Date.To).ToHashSet();
        if (due is { } day)
        {
            days.Add(day);
        }

        return measures.SelectMany(measure => Of(measure.Text, measure.Steps, days.Count > 1 ? 1 : 2));
    }

    // A step begins after the last sign before its date.
    private static int Begin(string text, int from, int date)
    {
        var sign = text.AsSpan(from, date - from).LastIndexOfAny("。;\n,");
        return sign < 0 ? from : from + sign + 1;
    }

    // It ends with its sentence, or before the clause of the next step.
    private static int Finish(string text, int at, int next)
    {
        var stop = text.AsSpan(at, next - at).IndexOfAny("。;\n");
        if (stop >= 0)
        {
            return at + stop;
        }

        if (next == text.Length)
        {
            return next;
        }

        var comma = text.AsSpan(at, next - at).LastIndexOfAny(",、");
        return comma < 0 ? next : at + comma;
    }
}
