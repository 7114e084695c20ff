namespace Rectify.Tasks.Timeline;

/// <summary>The status and light of a finding on every day: those of its tasks.</summary>
/// <remarks>
/// A finding stands where the task stands that is furthest behind: it is closed when all its tasks are. A task found not to concern
/// the unit holds nothing up. The light is the worst of the tasks' lights, with that task's reason.
/// </remarks>
public static class FindingTimeline
{
    // From the furthest behind to the furthest on the way.
    private static readonly ItemStatus[] Order =
    [
        ItemStatus.Overdue, ItemStatus.Returned, ItemStatus.Reopened, ItemStatus.Behind, ItemStatus.Policy, ItemStatus.Draft, ItemStatus.NotStarted,
        ItemStatus.OnTrack, ItemStatus.Ahead, ItemStatus.Nearly, ItemStatus.Stage, ItemStatus.Done, ItemStatus.Accept, ItemStatus.Objected, ItemStatus.Notice,
        ItemStatus.Signing, ItemStatus.Filed, ItemStatus.Standing, ItemStatus.Closed, ItemStatus.NotInvolved,
    ];

    /// <param name="tasks">The spans of each task, over all days on which it stood in the plan; at least one task.</param>
    /// <param name="own">What holds on days on which none stood: its own, over all days.</param>
    /// <returns>Spans in order, without gaps, in which neighbours differ.</returns>
    public static IReadOnlyList<Span> Compute(IReadOnlyList<IReadOnlyList<Span>> tasks, IReadOnlyList<Span> own)
    {
        var spans = new List<Span>();
        DateOnly[] cuts = [.. tasks.Append(own).SelectMany(task => task).SelectMany(span => new[] { span.From, span.Until }).Append(DateOnly.MaxValue).Distinct().Order()];
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            var day = tasks.Where(task => task.Count > 0).Select(task => task.On(cuts[i])).Where(span => span.From <= cuts[i] && span.Until > cuts[i]).DefaultIfEmpty(own.On(cuts[i])).ToList();
            var status = day.MinBy(span => Array.IndexOf(Order, span.Status))!.Status;
            var lit = day.MaxBy(span => span.Light)!;
            if (spans is [.., var last] && (last.Status, last.Light, last.Reason) == (status, lit.Light, lit.Reason))
            {
                spans[^1] = last with { Until = cuts[i + 1] };
            }
            else
            {
                spans.Add(new(cuts[i], cuts[i + 1], status, lit.Light, lit.Reason));
            }
        }

        return spans;
    }
}
