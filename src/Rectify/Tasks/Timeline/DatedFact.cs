namespace Rectify.Tasks.Timeline;

/// <summary>What can have happened to an item of the plan.</summary>
public enum FactKind
{
    /// <summary>The plan that holds the item was approved.</summary>
    PlanApproved,

    /// <summary>Work began. Only the first counts.</summary>
    Started,

    /// <summary>Node (交账节点) <see cref="DatedFact.No"/> was reached. Only the first time counts.</summary>
    MilestoneReached,

    /// <summary>Measure <see cref="DatedFact.No"/> was done.</summary>
    MeasureDone,

    /// <summary>The quantity of measure <see cref="DatedFact.No"/> stood at <see cref="DatedFact.Value"/>.</summary>
    Measured,

    /// <summary>Progress of <see cref="DatedFact.Value"/> percent (0 to 100) was reported; used only where no measure counts.</summary>
    Progress,

    /// <summary>Declared 基本完成.</summary>
    Nearly,

    /// <summary>The unit declared completion.</summary>
    Completed,

    /// <summary>The unit applied for acceptance.</summary>
    Applied,

    AcceptanceStarted,

    /// <summary>The application was sent back.</summary>
    Returned,

    Accepted,

    NoticeOpened,

    /// <summary>The notice ran out. The status stays 公示中 until the next step is taken.</summary>
    NoticeEnded,

    Objected,

    /// <summary>The objection was decided and the way to closing goes on; an objection that was upheld is a <see cref="Returned"/>.</summary>
    ObjectionSettled,

    SentForSignature,

    SignedOff,

    /// <summary>Reported upwards to be put on record.</summary>
    Filed,

    Closed,

    /// <summary>Taken up again: the completion no longer holds.</summary>
    Reopened,

    NotInvolved,

    /// <summary>The office recognised a cause outside the unit's power (因政策等客观原因).</summary>
    PolicyCause,

    PolicyCauseEnded,

    /// <summary>The deadline was moved to <see cref="DatedFact.To"/>; in force from the day of the decision.</summary>
    DeadlineChanged,

    /// <summary>A petition was settled for this stage.</summary>
    StageClosed,

    /// <summary>The unit took its declaration or application back: the item is open again.</summary>
    TakenBack,
}

/// <summary>One thing that happened to an item, on the day on which it legally happened.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="On">The legal day, in the region's time.</param>
/// <param name="Sequence">Order among facts of one day; the higher is the later.</param>
/// <param name="No">Number of the node or measure, where the kind has one.</param>
/// <param name="Value">Quantity or percent, where the kind has one.</param>
/// <param name="To">The new deadline of <see cref="FactKind.DeadlineChanged"/>.</param>
/// <remarks>A fact recorded in error is voided and simply not handed in.</remarks>
public sealed record DatedFact(
    FactKind Kind, DateOnly On, long Sequence = 0, int? No = null, decimal? Value = null, DateOnly? To = null);
