using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Rectify.Samples;

/// <summary>Writes what a revision changed so that Word shows it as inserted and deleted.</summary>
internal sealed class TrackedChanges(string author, DateOnly on)
{
    private readonly DateTime at = on.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
    private int used;

    /// <summary>Only the middle that differs is deleted and inserted; what both texts begin and end with stays plain.</summary>
    public IEnumerable<OpenXmlElement> Runs(string before, string after)
    {
        var longest = Math.Min(before.Length, after.Length);
        var head = Enumerable.Range(0, longest).TakeWhile(i => before[i] == after[i]).Count();
        var tail = Enumerable.Range(1, longest - head).TakeWhile(i => before[^i] == after[^i]).Count();
        OpenXmlElement?[] runs =
        [
            head > 0 ? Word.Run(after[..head]) : null,
            before.Length > head + tail ? Deleted(before[head..^tail]) : null,
            after.Length > head + tail ? Inserted(after[head..^tail]) : null,
            tail > 0 ? Word.Run(after[^tail..]) : null,
        ];
        return runs.OfType<OpenXmlElement>();
    }

    /// <summary>Says of a whole paragraph that it was inserted.</summary>
    public Paragraph Inserted(Paragraph paragraph)
    {
        var runs = paragraph.Elements<Run>().ToList();
        foreach (var run in runs)
        {
            run.Remove();
            paragraph.Append(new InsertedRun(run) { Id = NextId(), Author = author, Date = at });
        }

        paragraph.ParagraphProperties ??= new();
        paragraph.ParagraphProperties.ParagraphMarkRunProperties = new(new Inserted { Id = NextId(), Author = author, Date = at });
        return paragraph;
    }

    private InsertedRun Inserted(string text) => new(Word.Run(text)) { Id = NextId(), Author = author, Date = at };

    private DeletedRun Deleted(string text) => new(new Run(new DeletedText(text) { Space = SpaceProcessingModeValues.Preserve }))
    {
        Id = NextId(),
        Author = author,
        Date = at,
    };

    private string NextId() => (++used).ToString(CultureInfo.InvariantCulture);
}
