using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>All dates of a network, seen from one day: forward from that day, backward from the deadlines (倒排工期).</summary>
/// <remarks>
/// The forward pass takes what has actual dates as it is, lets what is under way go on with what remains, and begins the rest as soon as the links, the fixed
/// dates and the day looked at allow. What has begun is no longer held back by links to its beginning; its end still waits for links to its end. The backward
/// pass gives each open activity the latest dates with which every deadline is kept. Where no deadline stands after an activity, it may last until the latest
/// deadline or early end, whichever is later, of all that hangs together with it. Time and memory grow with activities and links, not with their length.
/// </remarks>
public sealed class Timetable
{
    private readonly Times[] times;

    private Timetable(Network network, DateOnly on, Times[] times) => (Network, On, this.times) = (network, on, times);

    public Network Network { get; }

    /// <summary>The day looked at. Open work can go on from its morning.</summary>
    public DateOnly On { get; }

    /// <summary>One for each activity, in the network's order.</summary>
    public IReadOnlyList<Times> All => times;

    /// <summary>The early end of the whole; <see langword="null"/> for a network without activities.</summary>
    public DateOnly? Finish => times.Length == 0 ? null : times.Max(one => one.EarlyFinish);

    /// <summary>What lies on the critical path, in the order of its dates.</summary>
    public IEnumerable<Times> CriticalPath => times.Where(one => one.IsCritical).OrderBy(one => one.EarlyStart).ThenBy(one => one.EarlyFinish);

    /// <summary>What can no longer be done in time (已来不及), the worst first.</summary>
    public IEnumerable<Times> TooLate => times.Where(one => one.IsTooLate).OrderBy(one => one.TotalSlack).ThenBy(one => one.LateStart);

    /// <exception cref="KeyNotFoundException">No such activity.</exception>
    public Times this[Guid id] => times[Network.Places[id]];

    /// <summary>What has to begin from the day looked at to the end of its month (本月必须开工), by its latest day; without what is too late already.</summary>
    public IEnumerable<Times> MustStartThisMonth()
    {
        var last = new DateOnly(On.Year, On.Month, DateTime.DaysInMonth(On.Year, On.Month));
        return times.Where(one => !one.IsTooLate && one.MustStartWithin(On, last)).OrderBy(one => one.LateStart);
    }

    /// <summary>The same dates of some of its activities alone; what they wait for outside of the part has had its effect.</summary>
    /// <exception cref="KeyNotFoundException">No such activity.</exception>
    public Timetable Part(IReadOnlyCollection<Guid> activities)
    {
        var wanted = activities.ToHashSet();
        return new(
            new(activities.Select(id => Network[id]), activities.SelectMany(id => Network.Into[Network.Places[id]]).Select(join => join.Link).Where(link => wanted.Contains(link.From))), On, [.. activities.Select(id => this[id])]);
    }

    /// <exception cref="Refusal">422 <c>network.horizon</c>: the end lies after 2079, or the day looked at before 2000.</exception>
    public static Timetable Of(Network network, DateOnly on)
    {
        if (on.DayNumber < DayTable.First)
        {
            throw Horizon();
        }

        var early = EarlyDates.Of(network, on.DayNumber);
        var late = LateDates.Of(network, early, toDeadlines: true);
        var end = LateDates.Of(network, early, toDeadlines: false);
        var times = new Times[network.Activities.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var (activity, state) = (network.Activities[i], early.State[i]);
            if (early.Finish[i] > DayTable.End)
            {
                throw Horizon();
            }

            var slack = Slack(activity, early.Finish[i], late.Finish[i]);
            times[i] = new()
            {
                Activity = activity,
                State = state,
                EarlyStart = Date(activity.IsNode ? early.Finish[i] - 1 : early.Start[i]),
                EarlyFinish = Date(early.Finish[i] - 1),
                LateStart = Date(activity.IsNode ? late.Finish[i] - 1 : late.Start[i]),
                LateFinish = Date(late.Finish[i] - 1),
                TotalSlack = state is ActivityState.Finished ? 0 : slack,
                FreeSlack = state is ActivityState.Finished ? 0 : Math.Clamp(late.Free(i), 0, Math.Max(slack, 0)),
                EndSlack = state is ActivityState.Finished ? 0 : Slack(activity, early.Finish[i], end.Finish[i]),
                HeldBy = early.HeldBy[i],
                HasDeadline = late.HasDeadline[i],
            };
        }

        return new(network, on, times);
    }

    // Late by a day that is none of its pattern is late all the same.
    private static int Slack(Activity activity, int early, int late)
    {
        var days = activity.Pattern.Days.Before(late) - activity.Pattern.Days.Before(early);
        return late < early ? Math.Min(days, -1) : days;
    }

    private static DateOnly Date(int day) => DateOnly.FromDayNumber(Math.Clamp(day, 0, DateOnly.MaxValue.DayNumber));

    private static Refusal Horizon() => Refusal.Invalid("network.horizon", "Dates can be computed from 2000 to 2079.");
}
