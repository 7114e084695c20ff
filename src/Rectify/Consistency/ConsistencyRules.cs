using Rectify.Calendars;

namespace Rectify.Consistency;

/// <summary>Holds a closing against the rules of consistency before it goes before the public.</summary>
/// <remarks>
/// Only words, numbers and days of the statement itself are judged, so the same statement gives the same contradictions anywhere. What is found is for a person to
/// correct or to explain: a rule knows patterns, not the place.
/// </remarks>
public static class ConsistencyRules
{
    /// <returns>In the order of the rules, then of the text; empty if nothing was found.</returns>
    public static IReadOnlyList<Contradiction> Check(ClosingStatement said, WorkingCalendar calendar)
    {
        var found = new List<Contradiction>();
        var goals = string.Join('。', said.Goals.Select(goal => goal.Planned));
        found.AddRange(ShareRule.Check(said.Result, goals, StatementField.Result, 0));
        found.AddRange(WrittenDates.Check(said.Result, StatementField.Result, 0));
        found.AddRange(AnswerRule.Unfinished(said.Result, said.Goals.Any(goal => goal.Standing), StatementField.Result, 0, Shown(said)));
        found.AddRange(CopyRule.Check(said.Result, StatementField.Result, 0, said.Others));
        Parts(said.Goals, StatementField.Goal);
        Parts(said.Measures, StatementField.Measure);
        var all = string.Join('。', [said.Result, .. said.Goals.Concat(said.Measures).Select(part => part.Answer)]);
        found.AddRange(QuantityRule.Check(said.Problem, all));
        found.AddRange(GoalRule.Check(said.Goals, all));
        found.AddRange(GoalRule.Measures(said.Goals, said.Measures, said.DeadlineOn));
        found.AddRange(DayRules.Order(said));
        found.AddRange(DayRules.Documents(said.Documents));
        if (said.Notice is { } notice)
        {
            found.AddRange(DayRules.Notice(notice, calendar));
            found.AddRange(WrittenDates.Check(notice.Words, StatementField.Notice, 0));
            found.AddRange(WrittenDates.Days(notice, calendar));
        }

        found.AddRange(said.PairsMissing.Select(place => new Contradiction(ConsistencyRule.Pair, StatementField.Pictures, 0, "", place)));

        // The same words in the whole and in a part are one contradiction, of the part; and those in the whole and in the notice are one, of the whole.
        var inParts = found.Where(one => one.No > 0 && one.Quote.Length > 0).Select(one => (one.Rule, one.Quote)).ToHashSet();
        var inWhole = found.Where(one => one.Field is not StatementField.Notice && one.Quote.Length > 0).Select(one => (one.Rule, one.Quote)).ToHashSet();
        return
        [
            .. found.Where(one => (one.Field is not StatementField.Result || !inParts.Contains((one.Rule, one.Quote))) && (one.Field is not StatementField.Notice || !inWhole.Contains((one.Rule, one.Quote))))
                .Distinct().OrderBy(one => one.Rule),
        ];

        void Parts(IReadOnlyList<PlannedPart> parts, StatementField field)
        {
            found.AddRange(AnswerRule.Answers(parts, field));
            for (var i = 0; i < parts.Count; i++)
            {
                var part = parts[i];
                found.AddRange(ShareRule.Check(part.Answer, part.Planned, field, i + 1));
                found.AddRange(WrittenDates.Check(part.Answer, field, i + 1));
                found.AddRange(AnswerRule.Unfinished(part.Answer, part.Standing, field, i + 1, Shown(said)));
                found.AddRange(CopyRule.Check(part.Answer, field, i + 1, said.Others));
            }
        }
    }

    // The day on which the public is told that all is done; without one the day of completion.
    private static DateOnly? Shown(ClosingStatement said) => said.Notice?.From ?? said.Days.Closed ?? said.Days.Completed;
}
