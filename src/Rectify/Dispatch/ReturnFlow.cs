using System.Collections.Frozen;
using static Rectify.Dispatch.ReturnAct;
using static Rectify.Dispatch.ReturnState;

namespace Rectify.Dispatch;

public enum ReturnState
{
    /// <summary>填报中: not submitted yet.</summary>
    Draft,

    /// <summary>已报: waits for the unit above or the office.</summary>
    Submitted,

    /// <summary>退回: sent back with remarks.</summary>
    Returned,

    /// <summary>已接收 by the office.</summary>
    Accepted,
}

public enum ReturnAct
{
    Submit,

    /// <summary>退回.</summary>
    SendBack,

    /// <summary>审核通过，上报: a unit on the way hands it on.</summary>
    PassUp,

    /// <summary>接收: the office takes it.</summary>
    Accept,

    /// <summary>撤回: the unit takes it back while nobody has decided on it.</summary>
    Recall,
}

/// <summary>The way of a return, as a table: the only place that says which act leads where.</summary>
public static class ReturnFlow
{
    private static readonly FrozenDictionary<(ReturnState From, ReturnAct Act), ReturnState> Moves =
        new Dictionary<(ReturnState, ReturnAct), ReturnState>
        {
            [(Draft, Submit)] = Submitted,
            [(Returned, Submit)] = Submitted,
            [(Submitted, SendBack)] = Returned,
            [(Submitted, PassUp)] = Submitted,
            [(Submitted, Accept)] = Accepted,
            [(Submitted, Recall)] = Draft,
        }.ToFrozenDictionary();

    /// <summary>Where <paramref name="act"/> leads, or <see langword="null"/> if it may not be done now.</summary>
    public static ReturnState? Next(ReturnState from, ReturnAct act) => Moves.TryGetValue((from, act), out var to) ? to : null;

    /// <summary>Whether the unit itself may write.</summary>
    public static bool IsWritable(ReturnState state) => Next(state, Submit) is not null;

    /// <summary>What whoever it waits for may do, in the order in which a page offers it.</summary>
    /// <param name="atOffice">Whether it waits for the office; then there is nobody above.</param>
    public static IReadOnlyList<ReturnAct> Decisions(bool atOffice) => atOffice ? [Accept, SendBack] : [PassUp, SendBack];
}
