using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>Something a line lacks, or states against a rule.</summary>
/// <param name="Field">The id of the input: <c>work</c>, <c>problems</c>, <c>percent</c>, <c>f1</c>, <c>c1</c>, <c>t2</c>, <c>m3</c>.</param>
/// <param name="Key">The text under <c>line.fault.</c> and this.</param>
/// <param name="Figure">The figure that the text names, if it names one.</param>
public sealed record LineFault(string Field, string Key, AskedFigure? Figure = null, long? Value = null, string Text = "")
{
    /// <summary>The known figure that the stated one falls below or differs from.</summary>
    public long? Against { get; init; }

    /// <summary>The period of the round that states <see cref="Against"/>, where it differs.</summary>
    public ReportPeriod? Said { get; init; }

    /// <summary>Whether what is known elsewhere makes it one: it can become a fault after the return was submitted.</summary>
    public bool IsOvertaken => Key is "figure-back" or "figure-differs" or "percent-falls" or "percent-differs";
}

/// <summary>The rules for one line of a return. A draft may break them; what is submitted may not.</summary>
public static class LineCheck
{
    /// <param name="today">Nodes are not reached and measures not done after it.</param>
    public static IEnumerable<LineFault> Faults(AskedLine asked, StatedLine stated, DateOnly today)
    {
        foreach (var (i, figure) in asked.Figures.Index())
        {
            foreach (var fault in Faults(figure, stated.Figures.FirstOrDefault(one => one.Quantity == figure.Quantity.Id), i + 1))
            {
                yield return fault;
            }
        }

        if (asked.AsksPercent)
        {
            if (stated.Percent is not (>= 0 and <= 100))
            {
                yield return new("percent", "percent");
            }
            else if (stated.Percent < asked.PercentKnown && stated.PercentReason.Length == 0)
            {
                yield return new("percent", "percent-falls", Text: $"{asked.PercentKnown}%");
            }
            else if (asked.PercentSaid is { } said && stated.Percent != asked.PercentKnown && stated.PercentReason.Length == 0)
            {
                yield return new("percent", "percent-differs", Text: $"{asked.PercentKnown}%") { Said = said };
            }
        }

        foreach (var node in stated.Nodes)
        {
            if (asked.Nodes.FirstOrDefault(one => one.No == node.No) is { } milestone && (node.On is null || node.On > today))
            {
                yield return new($"t{node.No}", node.On is null ? "node-day" : "node-future", Text: milestone.Text);
            }
        }

        foreach (var done in stated.Measures)
        {
            if (asked.Measures.FirstOrDefault(one => one.Measure.Id == done.Measure) is { } measure && (done.On is null || done.On > today))
            {
                yield return new($"m{measure.No}", done.On is null ? "measure-day" : "measure-future", Text: measure.Measure.Title);
            }
        }

        if (stated.Work.Length == 0)
        {
            yield return new("work", "work");
        }

        if (stated.Problems.Length == 0 && asked.Light is Light.Yellow or Light.Red)
        {
            yield return new("problems", asked.Light is Light.Red ? "problems-red" : "problems-yellow");
        }
    }

    private static IEnumerable<LineFault> Faults(AskedFigure asked, StatedFigure? stated, int number)
    {
        if (stated is not { Value: { } value })
        {
            yield return new($"f{number}", "figure", asked);
            yield break;
        }

        if (stated.Corrects is not null && (stated.CorrectsReason.Length == 0 || asked.Frozen is null))
        {
            yield return new($"c{number}", "corrects", asked, stated.Corrects);
        }

        if (stated.Reason.Length > 0)
        {
            yield break;
        }

        var latest = asked.Latest(stated.Corrects);
        if (asked.ShareOf(value) < asked.ShareOf(latest))
        {
            yield return new($"f{number}", "figure-back", asked, value) { Against = latest };
        }
        else if (asked.Said is { } said && value != latest)
        {
            yield return new($"f{number}", "figure-differs", asked, value) { Against = latest, Said = said };
        }
        else if (asked.ShareOf(value) > 1)
        {
            yield return new($"f{number}", "figure-beyond", asked, value);
        }
    }
}
