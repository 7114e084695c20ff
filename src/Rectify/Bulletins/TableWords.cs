using Rectify.Dispatch;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>The cells of a dispatch table in the reader's words, alike on its page, on paper and in its workbook.</summary>
internal static class TableWords
{
    extension(Words words)
    {
        /// <summary>The table's title: 2026年3月整改任务月调度表.</summary>
        public string TableTitle(DispatchTable table) => table.Unit is { } unit
            ? words["table.title.unit", words.Title(table.Round), unit.Name]
            : words["table.title", words.Title(table.Round)];

        /// <summary>整改任务.</summary>
        public string TaskOf(DispatchTable.Row row) => row.Task.NumberText.Length > 0 ? words["item.heading", row.Task.NumberText, row.Task.Title] : row.Task.Title;

        /// <summary>整改时限, with the deadline in force where the plan's words do not say it.</summary>
        public string DeadlineOf(DispatchTable.Row row) => (row.Task.DeadlineText, row.Task.DueOn) switch
        {
            ("", null) => words["text.none"],
            ("", { } due) => words.Day(due),
            (var text, null) => text,
            (var text, { } due) => words["table.deadline", text, words.Day(due)],
        };

        /// <summary>目前进展情况及存在问题, a line for each paragraph.</summary>
        public IReadOnlyList<string> ProgressOf(DispatchTable table, DispatchTable.Row row)
        {
            if (row.Statements.Count == 0)
            {
                return [words[row.Tick is DispatchTick.Closed or DispatchTick.Done ? "table.stated.done" : "table.stated.none", words[row.Task.Status.TextKey]]];
            }

            return [.. row.Statements.Select(one => words.StatementOf(one, named: table.Unit is null))];
        }

        /// <summary>完成进度: the five boxes, a line for each.</summary>
        public IReadOnlyList<string> BoxesOf(DispatchTable.Row row) => [.. Ticks.All.Select(tick => words.Box(tick, tick == row.Tick))];

        public string Box(DispatchTick tick, bool ticked) => (ticked ? "☑" : "□") + words[$"tick.{tick}"];

        /// <summary>备注: whether it was stated anew, and the status where the box says less.</summary>
        public string NoteOf(DispatchTable.Row row) => string.Join('\n', new[]
        {
            row.Fresh ? words["table.fresh"] : "",
            row.Task.Status.IsWholeTick ? "" : words[row.Task.Status.TextKey],
        }.Where(text => text.Length > 0));

        private string StatementOf(DispatchTable.Statement one, bool named) => string.Concat(
            named ? words["table.unit", one.Unit] : "",
            one.Waiting ? words["table.waiting"] : "",
            ((string[])
            [
                one.Work,
                one.Problems.Length > 0 ? words["table.problems", one.Problems] : "",
                one.NextSteps.Length > 0 ? words["table.next", one.NextSteps] : "",
                .. one.Corrections.Select(correction => words.Correction(correction)),
            ]).Where(text => text.Length > 0).Aggregate("", (before, text) => before.Length == 0 || before.EndsWith('。') ? before + text : $"{before} {text}"));
    }
}
