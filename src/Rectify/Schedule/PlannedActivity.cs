using Rectify.Networks;
using Rectify.Platform;

namespace Rectify.Schedule;

/// <summary>One activity or node as a unit plans it.</summary>
/// <param name="Id">Stays the same through all versions, so that plans of two days can be compared.</param>
/// <param name="Code">What dependencies name it by: 1 to 20 letters, digits, dots and underscores, unique in the plan.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Days">Of its kind; 0 for a node.</param>
public sealed record PlannedActivity(Guid Id, string Code, string Title, int Days)
{
    public DayKind Kind { get; init; }

    /// <summary>The unit whose calendar counts and that answers for it; <see langword="null"/> for the unit that leads the item.</summary>
    public Guid? Unit { get; init; }

    /// <summary>The hand-over node (交账节点) of the item that this reaches: its date is a deadline, and reaching it is recorded there.</summary>
    public int? Milestone { get; init; }

    /// <summary>The measure of the item that this carries out: its deadline holds, and its beginning and completion are recorded there.</summary>
    public Guid? Measure { get; init; }

    public DateOnly? NotBefore { get; init; }

    public DateOnly? NotFinishedBefore { get; init; }

    /// <summary>A deadline of its own, beside those of the item, its measure and its node.</summary>
    public DateOnly? FinishBy { get; init; }

    public DateOnly? Started { get; init; }

    public DateOnly? Finished { get; init; }

    /// <summary>Days of its kind that were still needed on <see cref="RemainingOn"/>.</summary>
    public int? Remaining { get; init; }

    /// <summary>The day for which <see cref="Remaining"/> was stated.</summary>
    public DateOnly? RemainingOn { get; init; }

    /// <summary>Dependencies as <see cref="LinkText"/> reads them.</summary>
    public string After { get; init; } = "";
}

/// <summary>The activities of one item in the order in which people list them. Sound once checked: codes are unique and dependencies make no cycle.</summary>
public sealed record ActivityPlan(IReadOnlyList<PlannedActivity> Activities)
{
    public const int Most = 500;

    public static ActivityPlan Empty { get; } = new([]);

    public PlannedActivity? Find(Guid id) => Activities.FirstOrDefault(one => one.Id == id);

    public PlannedActivity? Find(string code) => Activities.FirstOrDefault(one => one.Code == code);

    /// <summary>The links between its activities. Only of a checked plan.</summary>
    internal IEnumerable<Link> Links()
    {
        var ids = Activities.ToDictionary(one => one.Code, one => one.Id, StringComparer.Ordinal);
        return Activities.SelectMany(one => LinkText.Read(one.After).Where(part => part.Item is null).Select(part => new Link(ids[part.Code], one.Id, part.Kind, part.Lag, part.CalendarDays)));
    }

    /// <summary>What its activities wait for in other items of the programme.</summary>
    internal IEnumerable<(PlannedActivity Activity, LinkText.Part On)> Outward() =>
        Activities.Where(one => one.After.Contains('#', StringComparison.Ordinal)).SelectMany(one => LinkText.Read(one.After).Where(part => part.Item is not null).Select(part => (one, part)));

    /// <summary>A plan from a template, with activities of its own.</summary>
    /// <param name="chinese">Whether titles are in Chinese.</param>
    public static ActivityPlan Of(NetworkTemplate template, bool chinese) => new([.. template.Entries.Select(entry =>
        new PlannedActivity(Guid.CreateVersion7(), entry.Code, chinese ? entry.Chinese : entry.English, entry.Days) { Kind = entry.Kind, After = LinkText.Write(entry.After) })]);

    /// <exception cref="Refusal">422: a plan that cannot be.</exception>
    internal ActivityPlan Checked()
    {
        var clean = new ActivityPlan([.. Activities.Select(one => one with
        {
            Id = one.Id == Guid.Empty ? Guid.CreateVersion7() : one.Id,
            Code = one.Code.Trim(),
            Title = one.Title.ReplaceLineEndings(" ").Trim(),
            After = LinkText.Write(LinkText.Read(one.After)),
        })]);
        if (clean.Activities.Count > Most)
        {
            throw Refusal.Invalid("schedule.most", $"A plan has at most {Most} activities.", Most);
        }

        HashSet<string> codes = new(StringComparer.Ordinal);
        foreach (var one in clean.Activities)
        {
            if (one.Code.Length is < 1 or > 20 || !one.Code.All(c => char.IsLetterOrDigit(c) || c is '.' or '_') || !codes.Add(one.Code))
            {
                throw Refusal.Invalid("schedule.code", $"'{one.Code}': a code has 1 to 20 letters, digits, dots or underscores, and each stands once.", one.Code);
            }

            if (one.Title.Length is < 1 or > 100 || !Enum.IsDefined(one.Kind))
            {
                throw Refusal.Invalid("schedule.title", $"{one.Code}: a title has 1 to 100 characters.", one.Code);
            }

            if (one.Started > one.Finished)
            {
                throw Refusal.Invalid("schedule.order", $"{one.Code} ended before it began.", one.Code);
            }
        }

        foreach (var (one, part) in clean.Activities.SelectMany(one => LinkText.Read(one.After).Where(part => part.Item is null).Select(part => (one, part))))
        {
            if (!codes.Contains(part.Code))
            {
                throw Refusal.Invalid("schedule.after", $"{one.Code} depends on {part.Code}, which does not stand in the plan.", one.Code, part.Code);
            }
        }

        // Days, links and cycles are the network's own rules.
        _ = new Network(clean.Activities.Select(one => new Activity { Id = one.Id, Title = one.Title, Days = one.Days, Remaining = one.Remaining, Pattern = ScheduleCalendars.Offices }), clean.Links(), one => $"{clean.Find(one.Id)!.Code} {one.Title}");
        return clean;
    }
}
