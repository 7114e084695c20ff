using System.Collections.Frozen;
using static Rectify.Deadlines.RequestState;
using static Rectify.Deadlines.RequestStep;

namespace Rectify.Deadlines;

public enum RequestState
{
    /// <summary>待批准: the office has not recorded a decision.</summary>
    Asked,

    /// <summary>同意: the new dates are in force from the day of the decision.</summary>
    Agreed,

    /// <summary>不同意: the old dates stay.</summary>
    Declined,

    /// <summary>撤回 by whoever asked.</summary>
    Withdrawn,
}

public enum RequestStep { Agree, Decline, Withdraw }

/// <summary>The life of a request, as a table: the only place that says which step leads where.</summary>
public static class DeadlineFlow
{
    private static readonly FrozenDictionary<(RequestState From, RequestStep Step), RequestState> Moves = new Dictionary<(RequestState, RequestStep), RequestState>
    {
        [(Asked, Agree)] = Agreed,
        [(Asked, Decline)] = Declined,
        [(Asked, Withdraw)] = Withdrawn,
    }.ToFrozenDictionary();

    /// <summary>Where <paramref name="step"/> leads, or <see langword="null"/> if it may not be taken now.</summary>
    public static RequestState? Next(RequestState from, RequestStep step) => Moves.TryGetValue((from, step), out var to) ? to : null;

    /// <summary>Whether a request still waits.</summary>
    public static bool IsOpen(RequestState state) => Next(state, Agree) is not null;
}
