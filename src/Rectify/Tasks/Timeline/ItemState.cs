namespace Rectify.Tasks.Timeline;

/// <summary>Where an item is on its way to closing.</summary>
internal enum Phase { Open, Done, Accept, Returned, Notice, Signing, Filed, Closed, Reopened, Stage, NotInvolved }

/// <summary>What is known of an item once the facts of some days are applied, in order.</summary>
internal sealed class ItemState
{
    private readonly Dictionary<int, DateOnly> reached = [];
    private readonly Dictionary<int, decimal> shares = [];
    private readonly Dictionary<int, Measure> measures;
    private readonly Dictionary<int, DateOnly> dues;
    private decimal? reported;
    private bool approved;

    public ItemState(TimelineInput input)
    {
        Input = input;
        Deadline = input.Deadline;
        measures = input.Measures.ToDictionary(measure => measure.No);
        dues = input.Milestones.ToDictionary(milestone => milestone.No, milestone => milestone.Due);
    }

    public TimelineInput Input { get; }

    public Phase Phase { get; private set; }

    public bool IsDraft => !approved && StartedOn is null;

    public DateOnly? StartedOn { get; private set; }

    /// <summary>The deadline in force.</summary>
    public DateOnly? Deadline { get; private set; }

    public bool IsNearly { get; private set; }

    public bool IsObjected { get; private set; }

    /// <summary>When it was last returned or reopened.</summary>
    public DateOnly SentBackOn { get; private set; }

    /// <summary>Since when a cause outside the unit's power is recognised.</summary>
    public DateOnly? PolicyCauseOn { get; private set; }

    /// <summary>The last day on which a node was reached by its date.</summary>
    public DateOnly? LastNodeOnTime { get; private set; }

    /// <summary>Whether a declared completion holds. A return does not undo the declaration, reopening does.</summary>
    public bool IsComplete => Phase is not (Phase.Open or Phase.Reopened or Phase.Stage or Phase.NotInvolved);

    /// <summary>When a node was reached, if it was.</summary>
    public DateOnly? ReachedOn(int milestone) => reached.TryGetValue(milestone, out var on) ? on : null;

    /// <summary>How much of a measure is done, 0 to 1.</summary>
    public decimal ShareOf(int measure) => shares.GetValueOrDefault(measure);

    /// <summary>What <see cref="Progress"/> reckoned since the last fact, which is when it can change.</summary>
    public int? Percent { get; set; }

    /// <summary>The percentage reported last, where no measure counts.</summary>
    public decimal? Reported => reported;

    public static IEnumerable<DatedFact> InOrder(TimelineInput input) =>
        (input.PlanApprovedOn is { } on ? input.Facts.Append(new(FactKind.PlanApproved, on)) : input.Facts)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence);

    /// <summary>The state after all facts dated <paramref name="on"/> or before.</summary>
    public static ItemState On(TimelineInput input, DateOnly on)
    {
        var state = new ItemState(input);
        foreach (var fact in InOrder(input).TakeWhile(fact => fact.On <= on))
        {
            state.Apply(fact);
        }

        return state;
    }

    /// <summary>Takes one fact in. Facts come in order of date and sequence.</summary>
    /// <exception cref="ArgumentException">The fact lacks a number, value or date that its kind needs.</exception>
    public void Apply(DatedFact fact)
    {
        Percent = null;
        switch (fact.Kind)
        {
            case FactKind.PlanApproved:
                approved = true;
                break;
            case FactKind.Started:
                Begin(fact);
                break;
            case FactKind.MilestoneReached:
                Begin(fact);
                Reach(Need(fact.No, fact), fact.On);
                break;
            case FactKind.MeasureDone:
                Begin(fact);
                shares[Need(fact.No, fact)] = 1;
                break;
            case FactKind.Measured:
                var no = Need(fact.No, fact);
                shares[no] = measures.GetValueOrDefault(no)?.Quantity?.ShareAt(Need(fact.Value, fact)) ?? ShareOf(no);
                break;
            case FactKind.Progress:
                reported = Math.Clamp(Need(fact.Value, fact), 0, 100);
                break;
            case FactKind.Nearly:
                Begin(fact);
                IsNearly = true;
                break;
            case FactKind.PolicyCause:
                PolicyCauseOn ??= fact.On;
                break;
            case FactKind.PolicyCauseEnded:
                PolicyCauseOn = null;
                break;
            case FactKind.DeadlineChanged:
                Deadline = Need(fact.To, fact);
                break;
            default:
                Step(fact);
                break;
        }
    }

    private void Step(DatedFact fact)
    {
        // What is closed or set aside leaves that state only by being taken up again.
        if (Phase is Phase.Closed or Phase.NotInvolved && fact.Kind is not FactKind.Reopened)
        {
            return;
        }

        switch (fact.Kind)
        {
            case FactKind.Completed:
                // A second declaration on the way to closing does not throw the item back.
                if (Phase is Phase.Open or Phase.Returned or Phase.Reopened or Phase.Stage)
                {
                    Enter(Phase.Done);
                }

                break;
            case FactKind.Applied or FactKind.AcceptanceStarted or FactKind.Accepted:
                Enter(Phase.Accept);
                break;
            case FactKind.Returned:
                Enter(Phase.Returned);
                SentBackOn = fact.On;
                break;
            case FactKind.NoticeOpened:
                Enter(Phase.Notice);
                break;
            case FactKind.Objected:
                IsObjected = IsComplete && Phase is not Phase.Returned;
                break;
            case FactKind.ObjectionSettled:
                IsObjected = false;
                break;
            case FactKind.SentForSignature:
                Enter(Phase.Signing);
                break;
            case FactKind.SignedOff or FactKind.Filed:
                Enter(Phase.Filed);
                break;
            case FactKind.Closed:
                Enter(Phase.Closed);
                break;
            case FactKind.Reopened:
                Enter(Phase.Reopened);
                SentBackOn = fact.On;
                break;
            case FactKind.NotInvolved:
                Enter(Phase.NotInvolved);
                break;
            case FactKind.StageClosed:
                Enter(Phase.Stage);
                break;
            case FactKind.TakenBack:
                Enter(Phase.Open);
                break;
        }
    }

    private void Enter(Phase phase)
    {
        Phase = phase;
        IsObjected = false;
    }

    // A node reached or a measure done shows that work has begun, whether or not anyone reported so.
    private void Begin(DatedFact fact) => StartedOn ??= fact.On;

    private void Reach(int milestone, DateOnly on)
    {
        if (reached.TryAdd(milestone, on) && dues.TryGetValue(milestone, out var due) && on <= due)
        {
            LastNodeOnTime = on;
        }
    }

    private static T Need<T>(T? value, DatedFact fact) where T : struct =>
        value ?? throw new ArgumentException($"{fact.Kind} of {fact.On:O} lacks what its kind needs.", nameof(fact));
}
