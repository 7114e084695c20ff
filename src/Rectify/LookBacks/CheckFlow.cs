using System.Collections.Frozen;
using static Rectify.LookBacks.CheckState;
using static Rectify.LookBacks.CheckStep;

namespace Rectify.LookBacks;

/// <summary>What a check goes back to.</summary>
public enum CheckOrigin
{
    /// <summary>持续巩固核查: the item is closed, its duties go on, and it is checked again and again by rule.</summary>
    Standing,

    /// <summary>回头看: the item was chosen for a plan, by hand or by lot.</summary>
    Plan,
}

/// <summary>What a check finds.</summary>
public enum CheckResult
{
    /// <summary>保持: what was put right still holds.</summary>
    Held,

    /// <summary>反弹: the problem came back.</summary>
    CameBack,

    /// <summary>未核查, with the reason.</summary>
    NotDone,
}

public enum CheckState
{
    /// <summary>待核查: the unit has not handed in.</summary>
    Open,

    /// <summary>待审核: handed in; someone else looks at it.</summary>
    HandedIn,

    /// <summary>已核查: a supervisor or the office confirmed what was found.</summary>
    Done,

    /// <summary>已停止: the item was taken up again, or the draw was voided.</summary>
    Stopped,
}

public enum CheckStep { HandIn, SendBack, Confirm, Stop }

/// <summary>The life of a check, as a table: the only place that says which step leads where.</summary>
public static class CheckFlow
{
    private static readonly FrozenDictionary<(CheckState From, CheckStep Step), CheckState> Moves = new Dictionary<(CheckState, CheckStep), CheckState>
    {
        [(Open, HandIn)] = HandedIn,
        [(HandedIn, SendBack)] = Open,
        [(HandedIn, Confirm)] = Done,
        [(Open, Stop)] = Stopped,
        [(HandedIn, Stop)] = Stopped,
    }.ToFrozenDictionary();

    /// <summary>The states in which a check waits for somebody.</summary>
    public static readonly CheckState[] Waiting = [.. Enum.GetValues<CheckState>().Where(IsWaiting)];

    /// <summary>Where <paramref name="step"/> leads, or <see langword="null"/> if it may not be taken now.</summary>
    public static CheckState? Next(CheckState from, CheckStep step) => Moves.TryGetValue((from, step), out var to) ? to : null;

    /// <summary>Whether somebody still has to do something.</summary>
    public static bool IsWaiting(CheckState state) => Next(state, Stop) is not null;
}
