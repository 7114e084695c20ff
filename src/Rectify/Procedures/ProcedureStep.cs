using Rectify.Calendars;
using Rectify.Organisation;

namespace Rectify.Procedures;

/// <summary>What a step on the way to closing does.</summary>
public enum StepKind
{
    /// <summary>申报完成: the unit declares measure by measure and goal by goal what was done.</summary>
    Declare,

    /// <summary>申请验收</summary>
    Apply,

    /// <summary>材料审查</summary>
    MaterialReview,

    /// <summary>现场核查: with place, time and photos.</summary>
    SiteCheck,

    /// <summary>验收: a verdict by a checklist.</summary>
    Acceptance,

    /// <summary>审核、复核: by the office, or by the one above.</summary>
    OfficeReview,

    /// <summary>公示: stands for so many days.</summary>
    Notice,

    /// <summary>异议处理: there were none, or all are settled.</summary>
    Objections,

    /// <summary>领导审签</summary>
    SignOff,

    /// <summary>上报、报备: to the level above.</summary>
    Report,

    /// <summary>销号</summary>
    Close,

    /// <summary>公开</summary>
    Publish,
}

/// <summary>At which level of the unit tree a step is taken, seen from the responsible unit.</summary>
public enum StepLevel
{
    /// <summary>责任单位本级</summary>
    Unit,

    /// <summary>上一级: the unit above the responsible one.</summary>
    Above,

    /// <summary>县级</summary>
    County,

    /// <summary>地（州、市）级</summary>
    Prefecture,

    /// <summary>自治区、省级: the programme's own region.</summary>
    Region,
}

/// <summary>At which node of the item tree a programme closes.</summary>
public enum ClosingNode
{
    /// <summary>整改任务, and units' sub-tasks.</summary>
    Task,

    /// <summary>措施: a task is closed with its last measure.</summary>
    Measure,

    /// <summary>点位: a task is closed with its last point.</summary>
    Point,
}

/// <summary>What an open objection does to the days of a notice (异议期间的计日). No source says: it is the programme's to say.</summary>
public enum ObjectionClock
{
    /// <summary>暂停: neither the day of receipt nor that of the decision counts, and counting goes on with the days that are left.</summary>
    Suspends,

    /// <summary>不停: days are counted on; the closing waits for the decision all the same.</summary>
    RunsOn,

    /// <summary>重新计算: after the decision counting begins anew.</summary>
    Restarts,
}

/// <summary>The level of a step for one type of task.</summary>
/// <param name="TaskType">1 to 40 characters.</param>
public sealed record TypeLevel(string TaskType, StepLevel Level);

/// <summary>A number of days.</summary>
/// <param name="Days">1 to 365.</param>
/// <param name="Working">Whether they are working days (工作日), make-up days among them.</param>
public sealed record DaySpan(int Days, bool Working)
{
    /// <summary>The last day.</summary>
    /// <param name="firstCounts">Whether <paramref name="from"/> is day 1, as of a public notice, or counting begins the day after.</param>
    public DateOnly LastDay(DateOnly from, bool firstCounts, WorkingCalendar calendar) => Working
        ? calendar.AddWorkingDays(from, Days, firstCounts)
        : WorkingCalendar.AddCalendarDays(from, Days, firstCounts);
}

/// <summary>One step of a procedure.</summary>
/// <param name="Key">What it is called from version to version; 1 to 40 letters, digits and hyphens.</param>
/// <param name="Duty">Who takes it: the responsible unit, the accepting unit, the office, a leader or a supervision team.</param>
/// <param name="Level">At which level; says nothing for the responsible unit, and nothing where the plan names the accepting unit.</param>
public sealed record ProcedureStep(string Key, StepKind Kind, Role Duty, StepLevel Level)
{
    /// <summary>What the programme calls it, as 市级复核; at most 40 characters, empty for the usual word of its kind.</summary>
    public string Title { get; init; } = "";

    /// <summary>How long it may take after the step before it; <see langword="null"/> without limit.</summary>
    public DaySpan? Limit { get; init; }

    /// <summary>How long a notice stands, its first day counted. Of notices only, and never without.</summary>
    public DaySpan? Stands { get; init; }

    /// <summary>Levels of types of tasks that are judged elsewhere than others, as 省级验收、市级验收 by class of problem; <see langword="null"/> for none.</summary>
    public IReadOnlyList<TypeLevel>? Levels { get; init; }

    /// <summary>At which level it is taken for a type of task.</summary>
    public StepLevel LevelFor(string taskType) => (Levels ?? []).FirstOrDefault(one => one.TaskType == taskType)?.Level ?? Level;

    /// <summary>The paper form that goes with it, as 验收销号申请表; at most 100 characters. Its fields, if it has any: <see cref="Procedure.Forms"/>.</summary>
    public string Form { get; init; } = "";

    /// <summary>Whether the checklist of the step and the type of task is answered with it.</summary>
    public bool Checklist { get; init; }

    /// <summary>Whether it waits until the dossier holds all that is due by then. Of applications only.</summary>
    public bool Dossier { get; init; }

    /// <summary>Whether it is also taken where the item does not concern the unit (不涉及).</summary>
    public bool NotInvolved { get; init; } = true;
}

/// <summary>Which duties may take which kind of step, and which kinds may come again: the only place that says so.</summary>
public static class StepRules
{
    public static IReadOnlyList<Role> Duties(StepKind kind) => kind switch
    {
        StepKind.Declare or StepKind.Apply => [Role.Responsible],
        StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance => [Role.Acceptor, Role.Supervisor, Role.Office],
        StepKind.OfficeReview or StepKind.Close or StepKind.Publish => [Role.Office],
        StepKind.Objections => [Role.Office, Role.Acceptor],
        StepKind.Notice => [Role.Office, Role.Responsible, Role.Acceptor],
        StepKind.Report => [Role.Office, Role.Responsible],
        StepKind.SignOff => [Role.Leader],
    };

    /// <summary>Whether a procedure may hold several steps of the kind, as one by each level.</summary>
    public static bool MayRepeat(StepKind kind) => kind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance or StepKind.OfficeReview or StepKind.SignOff or StepKind.Report;

    /// <summary>Whether whoever takes it judges the declaration, and may send it back.</summary>
    public static bool Judges(StepKind kind) =>
        kind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance or StepKind.OfficeReview or StepKind.Objections or StepKind.SignOff;
}
