using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

public enum RoundState
{
    /// <summary>Its returns are being made.</summary>
    Opening,

    /// <summary>Units report.</summary>
    Open,

    /// <summary>Its figures are frozen.</summary>
    Closed,
}

/// <summary>One round of reporting (调度期): every responsible unit reports on one period.</summary>
public sealed class DispatchRound
{
    private DispatchRound() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public CycleKind Kind { get; private init; }

    public DateOnly From { get; private init; }

    public DateOnly To { get; private init; }

    /// <summary>Counted from 1 within programme and kind: 第13次月调度.</summary>
    public int No { get; private init; }

    public DateOnly OpensOn { get; private init; }

    /// <summary>Last day on which a return is in time.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>The last moment in time, on <see cref="DueOn"/>. <see langword="null"/> in rounds from before there was an hour: the day's end.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Last day on which returns are taken; then the figures are frozen.</summary>
    public DateOnly ClosesOn { get; private set; }

    public RoundState State { get; private set; }

    /// <summary>How many returns it will have; known once the first batch is made.</summary>
    public int Expected { get; private set; }

    /// <summary>How many returns were made so far.</summary>
    public int Made { get; private set; }

    /// <summary>When the returns began to be made.</summary>
    public DateTimeOffset OpenedAt { get; private init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>A <see cref="HashSalt"/> in all hashes that its closing made; another one since something was blackened in it. Empty while it is open, and in rounds closed before there was any.</summary>
    public string Salt { get; private set; } = "";

    public int Version { get; private set; }

    public ReportPeriod Period => new(Kind, From, To);

    public static DispatchRound Create(Guid programme, ReportPeriod period, int no, RoundDays days, DateTimeOffset? dueAt, DateTimeOffset now) => new()
    {
        ProgrammeId = programme,
        Kind = period.Kind,
        From = period.From,
        To = period.To,
        No = no,
        OpensOn = days.Opens,
        DueOn = days.Due,
        DueAt = dueAt,
        ClosesOn = days.Closes,
        OpenedAt = now,
    };

    /// <summary>The day that its figures stand for: the period's last, or today before that.</summary>
    public DateOnly AsOf(DateOnly today) => today < To ? today : To;

    /// <summary>Whether a return that has not come by now is missing or late.</summary>
    /// <param name="now">The present moment, of which <paramref name="today"/> is the day.</param>
    public bool IsOver(DateTimeOffset now, DateOnly today) => State is RoundState.Closed || (DueAt is { } due ? due < now : DueOn < today);

    /// <exception cref="Refusal">409: the round does not take returns.</exception>
    public void DemandOpen()
    {
        switch (State)
        {
            case RoundState.Opening:
                throw Refusal.Conflict("round.opening", "The round is still being opened. Try again in a moment.");
            case RoundState.Closed:
                throw Refusal.Conflict("round.closed", "The round is closed and its figures are fixed. Correct them in the next one.");
            case RoundState.Open:
                break;
        }
    }

    /// <summary>Some of its returns were made.</summary>
    internal ReturnsMade Make(int count, int expected, Actor by, DateTimeOffset now)
    {
        (Made, Expected) = (Made + count, expected);
        Version++;
        return new() { Subject = Id, By = by, At = now, Count = count, Made = Made };
    }

    /// <summary>All its returns are made.</summary>
    internal RoundReady Ready(Actor by, DateTimeOffset now)
    {
        (State, Expected) = (RoundState.Open, Made);
        Version++;
        return new() { Subject = Id, By = by, At = now, Returns = Made };
    }

    /// <summary>Takes other days, counted by other holidays.</summary>
    internal RoundDaysMoved Move(DateOnly due, DateTimeOffset? dueAt, DateOnly closes, Actor by, DateTimeOffset now)
    {
        (DueOn, DueAt, ClosesOn) = (due, dueAt, closes);
        Version++;
        return new() { Subject = Id, By = by, At = now, Due = due, Closes = closes };
    }

    /// <exception cref="Refusal">409: closed already, or not open yet.</exception>
    internal void Close(DateTimeOffset now)
    {
        DemandOpen();
        (State, ClosedAt, Salt) = (RoundState.Closed, now, HashSalt.New());
        Version++;
    }

    /// <summary>Something was blackened in it: nobody can try values against the hashes of before any more.</summary>
    internal void ForgetSalt() => Salt = HashSalt.New();
}
