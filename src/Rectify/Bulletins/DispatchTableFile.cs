using System.Runtime.CompilerServices;
using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>A dispatch table as a file: A4 landscape with repeated heads as Word or PDF, and as a workbook.</summary>
internal static class DispatchTableFile
{
    /// <param name="by">Who prints.</param>
    public static Paper Paper(DispatchTable table, Words words, string by, DateTimeOffset now) => new(
        words.TableTitle(table), now,
        [
            new PaperParagraph(words[table.Frozen ? "table.frozen" : "table.live", table.On], PaperAlign.Left),
            new DataTable(
                [
                    new(words["table.no"], 1, PaperAlign.Centre), new(words["table.task"], 3.8), new(words["table.deadline.head"], 3.3), new(words["table.measures"], 7.6),
                    new(words["table.progress"], 7.6), new(words["table.tick"], 2.9), new(words["table.note"], 1.8),
                ],
                [
                    .. table.Rows.Select(row => (IReadOnlyList<string>)
                    [
                        words.Number(row.No), words.TaskOf(row), words.DeadlineOf(row), row.Task.Measures.Length > 0 ? row.Task.Measures : words["text.none"],
                        string.Join('\n', words.ProgressOf(table, row)), string.Join('\n', words.BoxesOf(row)), words.NoteOf(row),
                    ]),
                ]) { RowsSplit = true },
        ])
    {
        Turn = PaperTurn.Landscape,
        CountsPages = true,
        Words = words,
        Header = new(table.Programme.ShortName, table.On, by, now),
    };

    public static Task WorkbookAsync(DispatchTable table, Words words, Stream to, CancellationToken ct) => XlsxWriter.WriteAsync(
        to, words["table.sheet"],
        [
            new(words["table.no"], 6), new(words["table.task"], 44), new(words["table.deadline.head"], 20), new(words["table.due"], 12), new(words["table.units"], 24),
            new(words["table.aspect"], 24), new(words["table.measures"], 60), new(words["table.progress"], 60), new(words["table.tick"], 20), new(words["table.boxes"], 24),
            new(words["bulletin.status"], 16), new(words["table.light"], 6), new(words["table.note"], 16), new(words["table.on"], 12),
        ],
        RowsAsync(table, words, ct), ct);

    private static async IAsyncEnumerable<object?[]> RowsAsync(DispatchTable table, Words words, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var row in table.Rows)
        {
            ct.ThrowIfCancellationRequested();
            yield return
            [
                row.No, words.TaskOf(row), row.Task.DeadlineText, row.Task.DueOn, words.List(row.Task.Answering.Select(unit => unit.Name).Distinct()), row.Task.Aspect,
                row.Task.Measures, string.Join('\n', words.ProgressOf(table, row)), words[$"tick.{row.Tick}"], string.Join('\n', words.BoxesOf(row)),
                words[row.Task.Status.TextKey], row.Task.Light is Light.None ? "" : words[row.Task.Light.TextKey],
                words.NoteOf(row), table.On,
            ];
        }
    }
}
