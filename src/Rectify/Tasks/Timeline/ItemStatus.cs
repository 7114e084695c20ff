namespace Rectify.Tasks.Timeline;

/// <summary>How far an item of the plan is on a date: the twenty marks that every list, chart and count uses.</summary>
/// <remarks>
/// Words and marks follow the check-boxes of official dispatch tables and the status lists of published plans. They are never
/// folded into fewer: 完成, 验收 and 销号 are three different things.
/// </remarks>
public enum ItemStatus
{
    /// <summary>The plan is not approved yet (方案报批中).</summary>
    Draft,

    /// <summary>Approved, work not begun (尚未启动).</summary>
    NotStarted,

    /// <summary>Work goes as planned (达到序时进度).</summary>
    OnTrack,

    /// <summary>Clearly further than planned (超过序时进度).</summary>
    Ahead,

    /// <summary>A node is missed, or progress is clearly below what is planned (未达序时进度).</summary>
    Behind,

    /// <summary>Behind, by a cause that the office has recognised as not the unit's doing (客观原因未达序时).</summary>
    Policy,

    /// <summary>Declared almost complete (基本完成). Not counted as done.</summary>
    Nearly,

    /// <summary>Open on a day after the deadline then in force (逾期未完成).</summary>
    Overdue,

    /// <summary>Declared complete, but sent back by the acceptance (验收退回).</summary>
    Returned,

    /// <summary>Once complete or closed, and taken up again because the problem came back (反弹重办).</summary>
    Reopened,

    /// <summary>Declared complete by the responsible unit (已完成).</summary>
    Done,

    /// <summary>Acceptance applied for, under way or passed; the public notice has not begun (验收中).</summary>
    Accept,

    /// <summary>In public notice, or the notice is over and the next step not taken (公示中).</summary>
    Notice,

    /// <summary>An objection to the notice waits for a decision (异议待处理).</summary>
    Objected,

    /// <summary>Lies before a leader for signature (待审签).</summary>
    Signing,

    /// <summary>Signed off, or reported upwards to be put on record (已上报销号).</summary>
    Filed,

    /// <summary>Closed (已销号).</summary>
    Closed,

    /// <summary>Closed, while duties without an end go on (已销号·长期坚持).</summary>
    Standing,

    /// <summary>Found not to concern the unit (不涉及). Done, counted apart.</summary>
    NotInvolved,

    /// <summary>A petition settled for this stage only (阶段性办结).</summary>
    Stage,
}

/// <summary>The traffic light beside a status. A second fact, not another look of the first.</summary>
public enum Light
{
    /// <summary>No light: the plan is not approved, or the item is done, on its way to closing, closed or not involved.</summary>
    None,
    Green,
    Yellow,
    Red,
}
