using Rectify.Calendars;
using Rectify.Organisation;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>A signature that counts, and whether it still covers what it was given for.</summary>
/// <param name="Changes">What differs from what was signed; empty where an earlier signature alone is stale.</param>
public sealed record Signature(ClosureAct Act, bool Stale, IReadOnlyList<SignedDifference.Line> Changes);

/// <summary>A closure with all that its rules ask: item, procedure, acts, evidence as it is now.</summary>
public sealed class ClosureCase
{
    private IReadOnlyList<Signature>? signatures;

    public required ItemClosure Closure { get; init; }

    public required Programme Programme { get; init; }

    /// <summary>Tracked by nobody: the words as they are now.</summary>
    public required Item Item { get; init; }

    /// <summary>The task or finding that a part belongs to; <see langword="null"/> for a task of the plan itself.</summary>
    public Item? Above { get; init; }

    /// <summary>Its type of task: a part's own, or that of the task above it.</summary>
    public string TaskType => Item.TaskType.Length > 0 ? Item.TaskType : Above?.TaskType ?? "";

    /// <summary>What is checked with a step, where the item is put right.</summary>
    public IReadOnlyList<string> LinesOf(ProcedureStep step) => step.Checklist && Closure.Outcome is ClosureOutcome.PutRight ? Procedure.LinesFor(TaskType, step.Key) : [];

    /// <summary>The form that is filled in with a step; <see langword="null"/> if there is none.</summary>
    public StepForm? FormOf(ProcedureStep step) => Procedure.FormFor(TaskType, step.Key);

    /// <summary>The item's measures that stand in the plan, in its order.</summary>
    public required IReadOnlyList<Item> Measures { get; init; }

    public required Unit Unit { get; init; }

    public required Procedure Procedure { get; init; }

    /// <summary>By which time limits and notices are counted now.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>All acts of all cycles, in order. An act that is being done is added before it is signed.</summary>
    public required List<ClosureAct> Acts { get; init; }

    public required Dictionary<Guid, ClosureNotice> Notices { get; init; }

    public required IReadOnlyDictionary<Guid, PieceNow> Pieces { get; set; }

    /// <summary>Codes of the units in whose names was acted.</summary>
    public required Dictionary<Guid, string> UnitCodes { get; init; }

    public Declaration Declaration => Closure.Declaration;

    public IReadOnlyList<ProcedureStep> Way => ClosureFlow.Way(Procedure, Closure.Outcome);

    /// <summary>The step that comes next; <see langword="null"/> at the end.</summary>
    public ProcedureStep? Next => Closure.IsOpen && Closure.StepNo < Way.Count ? Way[Closure.StepNo] : null;

    public IReadOnlyList<ClosureAct> InForce => Closure.State is ClosureState.Drafting ? [] : ClosureFlow.InForce(Way, Acts, Closure.Cycle, Closure.StepNo, Closure.NoticeId);

    /// <summary>The signatures that count, in order. Read once: acts come and go between readings.</summary>
    public IReadOnlyList<Signature> Signatures => signatures ??= Judge();

    /// <summary>The first signature that has to be given again before anything goes on; <see langword="null"/> if none.</summary>
    public Signature? FirstStale => Signatures.FirstOrDefault(signature => signature.Stale);

    /// <summary>The dated facts that the item has by it now.</summary>
    public IReadOnlyList<(FactKind Kind, DateOnly On)> Facts => Closure.State is ClosureState.Drafting or ClosureState.Withdrawn ? []
        : ClosureFlow.Facts(Way, InForce, Declaration, id => (Notices[id].From, Notices[id].Last));

    /// <summary>The act that took the step or opened its notice, which one that signs it again leaves as it was: the day, the opinion, the check are its.</summary>
    public ClosureAct Taken(ClosureAct act) => act.Act is not ClosureActKind.Renew ? act
        : Acts.FindLast(one => one.Act is ClosureActKind.Take or ClosureActKind.Open && one.No < act.No && one.Cycle == act.Cycle && one.StepKey == act.StepKey && one.Opening == act.Opening) ?? act;

    /// <summary>The canonical bytes of an act as its signature would cover them now.</summary>
    public byte[] Content(ClosureAct act) =>
        SignedContent.Of(this, act, InForce.TakeWhile(one => one.Id != act.Id && (one.StepKey != act.StepKey || one.Opening != act.Opening)).Select(one => one.Hash), Pieces);

    /// <summary>Forgets what was judged, after an act.</summary>
    public void Changed() => signatures = null;

    private List<Signature> Judge()
    {
        var list = new List<Signature>();
        foreach (var act in InForce)
        {
            var now = System.Text.Encoding.UTF8.GetString(Content(act));
            list.Add(new(act, now != act.Content || list.Exists(earlier => earlier.Stale), now == act.Content ? [] : SignedDifference.Of(act.Content, now)));
        }

        return list;
    }
}
