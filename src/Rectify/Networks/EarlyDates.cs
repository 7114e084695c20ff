namespace Rectify.Networks;

/// <summary>The forward pass: the earliest beginning and end of each activity as instants (see <see cref="DayTable"/>).</summary>
internal sealed class EarlyDates
{
    private EarlyDates(int count)
    {
        (Start, Finish) = (new int[count], new int[count]);
        (State, HeldBy) = (new ActivityState[count], new Link?[count]);
    }

    public int[] Start { get; }

    /// <summary>The instant after its last day; for a node, the evening of its day.</summary>
    public int[] Finish { get; }

    public ActivityState[] State { get; }

    public Link?[] HeldBy { get; }

    public static EarlyDates Of(Network network, int on)
    {
        var dates = new EarlyDates(network.Activities.Count);
        foreach (var i in network.Order)
        {
            dates.Place(network, i, on);
        }

        return dates;
    }

    /// <summary>Where a link lets its later end be at the earliest, given where its earlier end is.</summary>
    public static int Shift(Link link, DayTable days, int instant) => link switch
    {
        { Lag: 0 } => instant,
        { CalendarDays: true } => instant + link.Lag,
        _ => days.Day(days.Before(instant) + link.Lag - 1) + 1, // the evening of the last working day counted
    };

    /// <summary>1 where a node is reached by the beginning of some work: in the evening of its first day. Otherwise 0.</summary>
    public static int Evening(Network network, int earlier, int later) => network.Activities[later].IsNode && !network.Activities[earlier].IsNode ? 1 : 0;

    private void Place(Network network, int i, int on)
    {
        var (activity, days) = (network.Activities[i], network.Activities[i].Pattern.Days);
        var begun = activity.Started?.DayNumber is { } started && started <= on && !activity.IsNode ? started : (int?)null;
        if (activity.Finished?.DayNumber is { } finished && finished <= on)
        {
            // Done without a word of when it began: as if it had taken what was planned.
            State[i] = ActivityState.Finished;
            Finish[i] = finished + 1;
            Start[i] = activity.IsNode ? finished + 1 : Math.Min(begun ?? days.Day(days.Before(finished + 1) - activity.Days), finished);
            return;
        }

        var (starts, ends, startLink, endLink) = (activity.IsNode ? on + 1 : on, int.MinValue, (Link?)null, (Link?)null);
        if (activity.NotBefore?.DayNumber is { } notBefore)
        {
            starts = Math.Max(starts, activity.IsNode ? notBefore + 1 : notBefore);
        }

        if (activity.NotFinishedBefore?.DayNumber is { } notFinished)
        {
            ends = notFinished + 1;
        }

        foreach (var (other, link) in network.Into[i])
        {
            var bound = Shift(link, days, link.FromStart ? Start[other] + Evening(network, other, i) : Finish[other]);
            if (link.HoldsStart && bound > starts)
            {
                (starts, startLink) = (bound, link);
            }
            else if (!link.HoldsStart && bound > ends)
            {
                (ends, endLink) = (bound, link);
            }
        }

        if (activity.IsNode)
        {
            Start[i] = Finish[i] = Math.Max(starts, ends);
            HeldBy[i] = ends > starts ? endLink : startLink;
            return;
        }

        if (begun is { } first)
        {
            var remaining = activity.Remaining ?? Math.Max(1, activity.Days - Math.Max(0, days.Before(on) - days.Before(first)));
            var (own, held) = (days.Before(on) + remaining - 1, ends == int.MinValue ? int.MinValue : days.Before(ends - 1));
            (State[i], Start[i], Finish[i]) = (ActivityState.Underway, first, days.Day(Math.Max(own, held)) + 1);
            HeldBy[i] = held > own ? endLink : null;
            return;
        }

        // The first working day on which it can begin, or, if later, the one that lets it end no earlier than it may.
        var (byStart, byEnd) = (days.Before(starts), ends == int.MinValue ? int.MinValue : days.Before(ends - 1) - activity.Days + 1);
        var begins = Math.Max(byStart, byEnd);
        (Start[i], Finish[i]) = (days.Day(begins), days.Day(begins + activity.Days - 1) + 1);
        HeldBy[i] = byEnd > byStart ? endLink : startLink;
    }
}
