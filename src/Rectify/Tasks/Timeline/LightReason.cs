namespace Rectify.Tasks.Timeline;

/// <summary>Why an item has its light. The texts also say what turns it green again.</summary>
public enum LightCode
{
    /// <summary>No light.</summary>
    None,
    NotStarted,
    OnSchedule,
    AheadOfSchedule,

    /// <summary>A node is missed by less than <see cref="StatusRules.RedAfterDays"/>.</summary>
    NodeMissed,

    /// <summary>A node is missed by at least that many days.</summary>
    NodeLongMissed,

    /// <summary>More than <see cref="StatusRules.BehindPoints"/> below what is planned.</summary>
    BehindPlan,

    /// <summary>At least <see cref="StatusRules.RedPoints"/> below what is planned.</summary>
    FarBehindPlan,

    /// <summary>Due soon, and below what is planned.</summary>
    DueSoon,
    Overdue,
    Returned,
    Reopened,

    /// <summary>Returned or reopened long ago, with the deadline passed.</summary>
    StillNotPutRight,
    PolicyCause,

    /// <summary>No longer red, but not yet trusted.</summary>
    CaughtUp,
}

/// <summary>A reason with the facts it rests on; the same on every day of its span.</summary>
/// <param name="Code">The kind of reason.</param>
/// <param name="Date">
/// The date it hangs on: when the node or the item is due, when it was returned, reopened or caught up, since when the cause is recognised.
/// </param>
/// <param name="Node">Number of the node that is missed; the one due first if there are several.</param>
/// <param name="Points">The margin in percentage points that was crossed.</param>
/// <param name="Until">Last day on which an item that caught up is yellow, if no node is reached on time before.</param>
public sealed record LightReason(
    LightCode Code, DateOnly? Date = null, int? Node = null, int? Points = null, DateOnly? Until = null)
{
    /// <summary>Key of the sentence, such as <c>reason.overdue</c>.</summary>
    public string TextKey => "reason." + Code switch
    {
        LightCode.None => "none",
        LightCode.NotStarted => "notstarted",
        LightCode.OnSchedule => "ontrack",
        LightCode.AheadOfSchedule => "ahead",
        LightCode.NodeMissed => "node",
        LightCode.NodeLongMissed => "nodelong",
        LightCode.BehindPlan => "behind",
        LightCode.FarBehindPlan => "farbehind",
        LightCode.DueSoon => "duesoon",
        LightCode.Overdue => "overdue",
        LightCode.Returned => "returned",
        LightCode.Reopened => "reopened",
        LightCode.StillNotPutRight => "stillnot",
        LightCode.PolicyCause => "policy",
        LightCode.CaughtUp => "caughtup",
    };

    /// <summary>Whether it rests on progress against the plan, so that it can be told with both figures.</summary>
    public bool HasFigures => Code is LightCode.BehindPlan or LightCode.FarBehindPlan or LightCode.DueSoon;

    /// <summary>
    /// The arguments {0}, {1}… of the sentence as read on day <paramref name="on"/>: dates as <see cref="DateOnly"/>, numbers and
    /// days as <see cref="int"/>. Days are calendar days.
    /// </summary>
    public IReadOnlyList<object> Arguments(DateOnly on) => Code switch
    {
        LightCode.NodeMissed or LightCode.NodeLongMissed => [Node!.Value, Date!.Value, DaysTo(on)],
        LightCode.BehindPlan or LightCode.FarBehindPlan => [Points!.Value],
        LightCode.Overdue or LightCode.StillNotPutRight => [Date!.Value, DaysTo(on)],
        LightCode.DueSoon => [Date!.Value, -DaysTo(on)],
        LightCode.Returned or LightCode.Reopened or LightCode.PolicyCause => [Date!.Value],
        LightCode.CaughtUp => [Date!.Value, Until!.Value],
        LightCode.None or LightCode.NotStarted or LightCode.OnSchedule or LightCode.AheadOfSchedule => [],
    };

    private int DaysTo(DateOnly on) => on.DayNumber - Date!.Value.DayNumber;
}

/// <summary>Days on which an item has one status, one light and one reason.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">The day after the last; <see cref="DateOnly.MaxValue"/> if the span has no end.</param>
public sealed record Span(DateOnly From, DateOnly Until, ItemStatus Status, Light Light, LightReason Reason);
