using Rectify.Platform;

namespace Rectify.Dispatch;

/// <summary>How a programme is dispatched (调度周期): one for each kind; several kinds run side by side.</summary>
public sealed class DispatchCycle
{
    private DispatchCycle() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public CycleKind Kind { get; private init; }

    /// <summary>Distances from the period's last day; see <see cref="RoundRules"/>.</summary>
    public int Opens { get; private set; }

    public int Due { get; private set; }

    public int Closes { get; private set; }

    public DayCount Count { get; private set; }

    /// <summary>Until when on the due day a return is in time, by the region's legal time.</summary>
    public TimeOnly DueTime { get; private set; } = RoundRules.UsualDueTime;

    /// <summary>The first period opened by itself is the one in which this day lies.</summary>
    public DateOnly StartsOn { get; private set; }

    /// <summary>Whether rounds open by themselves.</summary>
    public bool Active { get; private set; }

    public int Version { get; private set; }

    public RoundRules Rules => new(Opens, Due, Closes, Count) { DueTime = DueTime };

    public static DispatchCycle Create(Guid programme, CycleKind kind) => new() { ProgrammeId = programme, Kind = kind };

    /// <summary>Takes new days. Rounds that are open keep theirs.</summary>
    /// <exception cref="Refusal">422: days out of reach or out of order.</exception>
    public CycleChanged Change(RoundRules rules, DateOnly startsOn, bool active, Actor by, DateTimeOffset now)
    {
        if (!rules.IsValid)
        {
            throw Refusal.Invalid("cycle.days", $"A round opens, is due and closes in this order, at most {RoundRules.Farthest} days from the period's end.", RoundRules.Farthest);
        }

        (Opens, Due, Closes, Count) = (rules.Opens, rules.Due, rules.Closes, rules.Count);
        (StartsOn, Active, DueTime) = (startsOn, active, rules.DueTime);
        Version++;
        return new() { Subject = ProgrammeId, By = by, At = now, Cycle = Kind, Active = active, Opens = Opens, Due = Due, Closes = Closes, Count = Count };
    }
}
