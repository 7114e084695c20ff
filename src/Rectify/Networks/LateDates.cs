namespace Rectify.Networks;

/// <summary>The backward pass: the latest beginning and end of each activity as instants (see <see cref="DayTable"/>).</summary>
internal sealed class LateDates
{
    private readonly Network network;
    private readonly EarlyDates early;

    private LateDates(Network network, EarlyDates early)
    {
        (this.network, this.early) = (network, early);
        (Start, Finish, HasDeadline) = (new int[network.Activities.Count], new int[network.Activities.Count], new bool[network.Activities.Count]);
    }

    public int[] Start { get; }

    public int[] Finish { get; }

    /// <summary>Whether a deadline of its own or of something that waits for it holds it.</summary>
    public bool[] HasDeadline { get; }

    /// <param name="toDeadlines">Whether from the deadlines, or from the early end of all that hangs together.</param>
    public static LateDates Of(Network network, EarlyDates early, bool toDeadlines)
    {
        var dates = new LateDates(network, early);
        var ends = Ends(network, early, toDeadlines);
        foreach (var i in network.Order.Reverse())
        {
            dates.Place(i, ends[i], toDeadlines);
        }

        return dates;
    }

    /// <summary>By how many of its working days an activity can slip before one that depends on it moves; the greatest number if none does.</summary>
    public int Free(int i)
    {
        var days = network.Activities[i].Pattern.Days;
        var (free, node) = (int.MaxValue, network.Activities[i].IsNode);
        foreach (var (other, link) in network.OutOf[i])
        {
            if (Binds(i, other, link))
            {
                var latest = Back(i, other, link, link.HoldsStart ? early.Start[other] : early.Finish[other]);
                free = Math.Min(free, link.FromStart && !node
                    ? days.LastBeginning(latest) - days.Before(early.Start[i])
                    : days.Before(latest) - days.Before(early.Finish[i]));
            }
        }

        return free;
    }

    /// <summary>Where a link lets its earlier end be at the latest, given where its later end is: the greatest instant that <see cref="EarlyDates.Shift"/> takes no further.</summary>
    private int Back(int earlier, int later, Link link, int instant)
    {
        var days = network.Activities[later].Pattern.Days;
        var latest = link switch
        {
            { Lag: 0 } => instant,
            { CalendarDays: true } => instant - link.Lag,
            _ => days.Day(days.Before(instant) - link.Lag),
        };
        return link.FromStart ? latest - EarlyDates.Evening(network, earlier, later) : latest;
    }

    // What is done or begun is no longer held back by what it once waited for.
    private bool Binds(int earlier, int later, Link link) =>
        early.State[later] is not ActivityState.Finished
        && !(link.HoldsStart && early.State[later] is ActivityState.Underway)
        && !(link.FromStart && early.State[earlier] is ActivityState.Underway);

    private void Place(int i, int end, bool toDeadlines)
    {
        var (activity, days) = (network.Activities[i], network.Activities[i].Pattern.Days);
        if (early.State[i] is ActivityState.Finished)
        {
            (Start[i], Finish[i]) = (early.Start[i], early.Finish[i]);
            return;
        }

        var (ends, starts) = (end, int.MaxValue);
        if (toDeadlines && activity.FinishBy?.DayNumber is { } deadline)
        {
            ends = Math.Min(ends, deadline + 1);
            HasDeadline[i] = true;
        }

        foreach (var (other, link) in network.OutOf[i])
        {
            if (Binds(i, other, link))
            {
                HasDeadline[i] |= HasDeadline[other];
                var latest = Back(i, other, link, link.HoldsStart ? Start[other] : Finish[other]);
                (ends, starts) = link.FromStart ? (ends, Math.Min(starts, latest)) : (Math.Min(ends, latest), starts);
            }
        }

        if (activity.IsNode)
        {
            Start[i] = Finish[i] = Math.Min(ends, starts);
        }
        else if (early.State[i] is ActivityState.Underway)
        {
            (Start[i], Finish[i]) = (early.Start[i], days.EndBefore(ends));
        }
        else
        {
            var begins = Math.Min(days.Before(ends) - activity.Days, starts == int.MaxValue ? int.MaxValue : days.LastBeginning(starts));
            (Start[i], Finish[i]) = (days.Day(begins), days.Day(begins + activity.Days - 1) + 1);
        }
    }

    // Everything that hangs together has one end: the latest early finish, and with deadlines the latest of these too.
    private static int[] Ends(Network network, EarlyDates early, bool toDeadlines)
    {
        var group = Enumerable.Range(0, network.Activities.Count).ToArray();
        int Root(int i)
        {
            while (group[i] != i)
            {
                i = group[i] = group[group[i]];
            }

            return i;
        }

        foreach (var link in network.Links)
        {
            group[Root(network.Places[link.From])] = Root(network.Places[link.To]);
        }

        var end = new int[group.Length];
        for (var i = 0; i < group.Length; i++)
        {
            var root = Root(i);
            end[root] = Math.Max(end[root], early.Finish[i]);
            if (toDeadlines && early.State[i] is not ActivityState.Finished && network.Activities[i].FinishBy?.DayNumber is { } deadline)
            {
                end[root] = Math.Max(end[root], deadline + 1);
            }
        }

        return [.. Enumerable.Range(0, group.Length).Select(i => end[Root(i)])];
    }
}
