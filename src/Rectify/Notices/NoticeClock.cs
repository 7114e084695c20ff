using Rectify.Calendars;
using Rectify.Procedures;

namespace Rectify.Notices;

/// <summary>Days on which the clock of a notice stands still, both ends included: from the day on which an objection was received to the day of its decision.</summary>
/// <param name="To"><see langword="null"/> while it is open.</param>
public sealed record Pause(DateOnly From, DateOnly? To);

/// <summary>One day of a notice's strip.</summary>
/// <param name="No">Which of the days that count it is, from 1; <see langword="null"/> if it does not count.</param>
/// <param name="Paused">Whether it does not count because the clock stands still.</param>
public sealed record NoticeDay(DateOnly On, int? No, bool Paused);

/// <summary>Counts the days of a notice (公示期): the first day counts, days made up for holidays (调休) count, days of a pause do not.</summary>
/// <remarks>
/// No source says how the clock stops and starts: it is the programme's to say (<see cref="ObjectionClock"/>). Where it says nothing, neither the day on which an objection is received
/// nor the day of its decision counts, and counting goes on with the days that are left.
/// </remarks>
/// <param name="Days">From the first day to the last that is known: the last of the notice, or the last before a pause that is open.</param>
/// <param name="Last">The last day of the notice; <see langword="null"/> while the clock stands still with days left.</param>
public sealed record NoticeClock(IReadOnlyList<NoticeDay> Days, DateOnly? Last)
{
    /// <summary>Whether counting begins anew after a pause.</summary>
    public bool Restarts { get; private init; }

    public static NoticeClock Of(DateOnly from, DaySpan stands, IReadOnlyCollection<Pause> pauses, WorkingCalendar calendar, ObjectionClock rule = ObjectionClock.Suspends)
    {
        pauses = rule is ObjectionClock.RunsOn ? [] : pauses;
        var days = new List<NoticeDay>();
        var stopped = pauses.Where(pause => pause.To is null).Select(pause => pause.From).DefaultIfEmpty(DateOnly.MaxValue).Min();
        var counted = 0;
        for (var day = from; counted < stands.Days; day = day.AddDays(1))
        {
            if (day >= stopped)
            {
                return new(days, null) { Restarts = rule is ObjectionClock.Restarts };
            }

            var paused = pauses.Any(pause => pause.From <= day && day <= pause.To);
            counted = paused && rule is ObjectionClock.Restarts ? 0 : counted;
            var counts = !paused && (!stands.Working || calendar.IsWorking(day));
            days.Add(new(day, counts ? ++counted : null, paused));
        }

        return new(days, days[^1].On) { Restarts = rule is ObjectionClock.Restarts };
    }

    /// <summary>How many days that count are still to come, today among them.</summary>
    public int Left(int all, DateOnly today)
    {
        // After a day from which counting begins anew the numbers do: what was counted is the number of the last day that counts, or nothing yet.
        var gone = Days.TakeWhile(day => day.On < today).ToList();
        var last = gone.FindLastIndex(day => day.No is not null);
        var anew = Last is null ? Restarts : Days.Skip(gone.Count).FirstOrDefault(day => day.No is not null) is { No: 1 };
        return last < 0 || anew ? all : all - gone[last].No!.Value;
    }
}
