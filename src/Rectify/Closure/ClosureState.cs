namespace Rectify.Closure;

/// <summary>Where a closure is as a whole; at which step it stands is told by its procedure.</summary>
public enum ClosureState
{
    /// <summary>准备申报: the unit writes its declaration, for the first time or after a return.</summary>
    Drafting,

    /// <summary>办理中: declared, steps remain. The item may be closed already, where a notice or a report follows.</summary>
    Running,

    /// <summary>办结: every step of the procedure is taken.</summary>
    Finished,

    /// <summary>撤回 by the unit, for good.</summary>
    Withdrawn,

    /// <summary>反弹重办: finished once, and the item was taken up again. It stays as it was.</summary>
    Superseded,
}

/// <summary>What is declared of an item.</summary>
public enum ClosureOutcome
{
    /// <summary>整改到位</summary>
    PutRight,

    /// <summary>不涉及: the item does not concern the unit.</summary>
    NotInvolved,
}

/// <summary>What someone did to a closure.</summary>
public enum ClosureActKind
{
    /// <summary>办理: took the step.</summary>
    Take,

    /// <summary>开始公示: the notice of the step opened; taking it says that it ended.</summary>
    Open,

    /// <summary>重新签署: signed again after what was signed had changed.</summary>
    Renew,

    /// <summary>退回: sent back to the unit, with reasons.</summary>
    Return,

    /// <summary>撤回: the unit took its application back.</summary>
    Withdraw,
}

/// <summary>How one line of a checklist is answered.</summary>
public enum CheckAnswer
{
    /// <summary>符合</summary>
    Met,

    /// <summary>不符合</summary>
    NotMet,

    /// <summary>不适用, with a remark.</summary>
    NotApplicable,
}

/// <summary>What a change of signed content means to whoever signs again.</summary>
public enum RenewalEffect
{
    /// <summary>不影响结论: signed again as it is.</summary>
    None,

    /// <summary>影响公示内容: signed again, and the notice has to be opened anew.</summary>
    Notice,

    /// <summary>需要重新核查: back to the first check.</summary>
    Recheck,
}

/// <summary>How a step of a running closure stands.</summary>
public enum StepStanding
{
    /// <summary>已签署: taken, and what was signed stands unchanged.</summary>
    Done,

    /// <summary>签署失效: what was signed has changed since, or a signature that it rests on has.</summary>
    Stale,

    /// <summary>The one that is to be taken now.</summary>
    Now,

    /// <summary>Comes later.</summary>
    Later,
}
