using Rectify.Networks;

namespace Rectify.Tests.Networks;

/// <summary>
/// A scheduler that nobody could call clever: everything begins as early as it may, and whatever is broken moves by one day until nothing is broken;
/// backward the same from the end. It shares no code and no table with the product's.
/// </summary>
internal sealed class DayByDay
{
    private readonly Network network;
    private readonly DateOnly on;
    private readonly Dictionary<WorkPattern, HashSet<int>> working = [];

    public DayByDay(Network network, DateOnly on)
    {
        (this.network, this.on) = (network, on);
        foreach (var pattern in network.Activities.Select(one => one.Pattern).Distinct())
        {
            working[pattern] = [.. Enumerable.Range(on.DayNumber - 1500, 3000).Where(day => pattern.IsWorking(DateOnly.FromDayNumber(day)))];
        }

        Early = network.Activities.ToDictionary(one => one.Id, First);
        Settle(Early, link => link.To, 1, link => Done(link.To) || (link.HoldsStart && Begun(link.To)));
        Late = Latest(toDeadlines: true);
        AtEnd = Latest(toDeadlines: false);
    }

    /// <summary>First and last day of an activity; the day of a node twice.</summary>
    public readonly record struct Span(int From, int To);

    public Dictionary<Guid, Span> Early { get; }

    public Dictionary<Guid, Span> Late { get; }

    public Dictionary<Guid, Span> AtEnd { get; }

    public int TotalSlack(Guid id) => Slack(id, Late[id]);

    public int EndSlack(Guid id) => Slack(id, AtEnd[id]);

    public int FreeSlack(Guid id)
    {
        if (Done(id) || TotalSlack(id) <= 0)
        {
            return 0;
        }

        var moved = Early[id];
        while (moved.To < Late[id].To)
        {
            var next = Step(id, moved, 1);
            var tried = new Dictionary<Guid, Span>(Early) { [id] = next };
            if (network.Links.Any(link => link.From == id && !Frees(link) && !Holds(link, tried)))
            {
                break;
            }

            moved = next;
        }

        return Count(network[id], Early[id].To + 1, moved.To + 1);
    }

    private int Slack(Guid id, Span late)
    {
        var days = Count(network[id], Early[id].To + 1, late.To + 1);
        return Done(id) ? 0 : late.To < Early[id].To ? Math.Min(days, -1) : days;
    }

    private bool Done(Guid id) => network[id].Finished <= on;

    private bool Begun(Guid id) => !network[id].IsNode && network[id].Started <= on && !Done(id);

    // Backward, a link binds no more where its later end is fact, or its earlier.
    private bool Frees(Link link) => Done(link.To) || (link.HoldsStart && Begun(link.To)) || Done(link.From) || (link.FromStart && Begun(link.From));

    private Span First(Activity one)
    {
        if (Done(one.Id))
        {
            var last = one.Finished!.Value.DayNumber;
            var start = one.IsNode ? last : one.Started <= on ? Math.Min(one.Started!.Value.DayNumber, last) : Begin(one, last);
            return new(start, last);
        }

        var day = Math.Max(on.DayNumber, Begun(one.Id) ? 0 : one.NotBefore?.DayNumber ?? 0);
        Span span;
        if (one.IsNode)
        {
            span = new(day, day);
        }
        else if (Begun(one.Id))
        {
            var left = one.Remaining ?? Math.Max(1, one.Days - Count(one, one.Started!.Value.DayNumber, on.DayNumber));
            span = new(one.Started!.Value.DayNumber, LastOf(one, day, left));
        }
        else
        {
            span = From(one, day, 1);
        }

        while (span.To < one.NotFinishedBefore?.DayNumber)
        {
            span = Step(one.Id, span, 1);
        }

        return span;
    }

    private Dictionary<Guid, Span> Latest(bool toDeadlines)
    {
        Dictionary<Guid, Span> late = [];
        foreach (var one in network.Activities)
        {
            var group = Group(one.Id);
            var end = group.Max(id => Early[id].To);
            if (toDeadlines)
            {
                end = Math.Max(end, group.Max(id => Done(id) ? 0 : network[id].FinishBy?.DayNumber ?? 0));
                end = Math.Min(end, one.FinishBy?.DayNumber ?? int.MaxValue);
            }

            late[one.Id] = Early[one.Id];
            if (!Done(one.Id))
            {
                while (late[one.Id].To <= end)
                {
                    late[one.Id] = Step(one.Id, late[one.Id], 1);
                }

                while (late[one.Id].To > end)
                {
                    late[one.Id] = Step(one.Id, late[one.Id], -1);
                }
            }
        }

        Settle(late, link => link.From, -1, Frees);
        return late;
    }

    private void Settle(Dictionary<Guid, Span> spans, Func<Link, Guid> moves, int by, Predicate<Link> frees)
    {
        while (network.Links.FirstOrDefault(link => !frees(link) && !Holds(link, spans)) is { } broken)
        {
            spans[moves(broken)] = Step(moves(broken), spans[moves(broken)], by);
        }
    }

    // Moments: a day's number is its morning, the next number its evening. Work begins in the morning and ends in the evening; a node is reached in the evening.
    private bool Holds(Link link, Dictionary<Guid, Span> spans)
    {
        var (from, to) = (network[link.From], network[link.To]);
        var x = !link.FromStart || from.IsNode ? spans[from.Id].To + 1 : spans[from.Id].From + (to.IsNode ? 1 : 0);
        var y = !link.HoldsStart || to.IsNode ? spans[to.Id].To + 1 : spans[to.Id].From;
        return link.Lag == 0 ? y >= x : link.CalendarDays ? y - x >= link.Lag : Count(to, x, y) >= link.Lag;
    }

    private int Count(Activity one, int x, int y) =>
        x <= y ? Enumerable.Range(x, y - x).Count(working[one.Pattern].Contains) : -Enumerable.Range(y, x - y).Count(working[one.Pattern].Contains);

    private Span Step(Guid id, Span span, int by)
    {
        var one = network[id];
        if (one.IsNode)
        {
            return new(span.To + by, span.To + by);
        }

        if (!Begun(id))
        {
            return From(one, span.From + by, by);
        }

        var last = span.To + by;
        while (!working[one.Pattern].Contains(last))
        {
            last += by;
        }

        return span with { To = last };
    }

    private Span From(Activity one, int day, int by)
    {
        while (!working[one.Pattern].Contains(day))
        {
            day += by;
        }

        return new(day, LastOf(one, day, one.Days));
    }

    private int LastOf(Activity one, int day, int count)
    {
        for (; ; day++)
        {
            if (working[one.Pattern].Contains(day) && --count == 0)
            {
                return day;
            }
        }
    }

    // What ended on a day without a word of its beginning began as many working days before.
    private int Begin(Activity one, int last)
    {
        for (var (day, left) = (last, one.Days); ; day--)
        {
            if (working[one.Pattern].Contains(day) && --left == 0)
            {
                return day;
            }
        }
    }

    private HashSet<Guid> Group(Guid id)
    {
        HashSet<Guid> group = [id];
        while (network.Links.Any(link => group.Contains(link.From) != group.Contains(link.To)))
        {
            group.UnionWith(network.Links.Where(link => group.Contains(link.From) || group.Contains(link.To)).SelectMany(link => new[] { link.From, link.To }));
        }

        return group;
    }
}
