using Rectify.Platform.Text;

namespace Rectify.Consistency;

/// <summary>What was found, in the reader's words.</summary>
internal static class ConsistencyWords
{
    extension(Words words)
    {
        /// <summary>比例与目标不符.</summary>
        public string Rule(ConsistencyRule rule) => words[$"consistency.rule.{rule}"];

        /// <summary>What contradicts what, and what to do about it: one sentence or two.</summary>
        public string Why(Contradiction found) => found.Rule is ConsistencyRule.Order
            ? words[$"consistency.why.{found.Rule}", words.NamedDay(found.Quote), words.NamedDay(found.Against)]
            : found is { Rule: ConsistencyRule.NoticeDays, Quote.Length: > 3 } ? words["consistency.why.NoticeDays.dates", found.Quote, found.Against]
            : found is { Rule: ConsistencyRule.Measures, Field: StatementField.Measure } ? words["consistency.why.Measures.late", found.Quote, found.Against]
            : words[$"consistency.why.{found.Rule}", found.Quote, found.Against.Length > 0 ? found.Against : words["consistency.none"]];

        /// <summary>整改措施第2条.</summary>
        public string Where(Contradiction found) => found.No > 0
            ? words["consistency.field.no", words[$"consistency.field.{found.Field}"], found.No]
            : words[$"consistency.field.{found.Field}"];

        // "accepted 2018-12-04": the step and its day.
        private string NamedDay(string day) => day.Split(' ') is [var step, var on] ? $"{words[$"consistency.day.{step}"]} {on}" : day;
    }
}
