using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Procedures;

namespace Rectify.Closure;

/// <summary>Who takes a step: the duty, and the units that may.</summary>
/// <param name="Units">The unit of the level, or the accepting units that the plan names.</param>
/// <param name="Named">Whether the plan names them.</param>
internal sealed record StepDuty(Role Duty, IReadOnlyList<Unit> Units, bool Named);

/// <summary>Finds who takes a step of a closure, and in whose name someone may.</summary>
internal sealed class StepDuties
{
    private readonly ClosureCase one;
    private readonly List<Unit> above; // from the responsible unit upwards
    private readonly List<Unit> acceptors;
    private readonly Unit region;
    private readonly List<Guid> responsible;

    private StepDuties(ClosureCase one, List<Unit> above, List<Unit> acceptors, Unit region, List<Guid> responsible) =>
        (this.one, this.above, this.acceptors, this.region, this.responsible) = (one, above, acceptors, region, responsible);

    public static async Task<StepDuties> OfAsync(Db db, ClosureCase one, CancellationToken ct)
    {
        var codes = one.Unit.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var above = (await db.Units().AsNoTracking().Where(unit => EF.Parameter(codes).Contains(unit.Code)).ToListAsync(ct)).OrderByDescending(unit => unit.Path.Length).ToList();
        var named = await ClosureReading.AcceptorsAsync(db, one.Item, ct);
        var accept = named.Count == 0 ? [] : await db.Units().AsNoTracking().Where(unit => named.Contains(unit.Id)).ToListAsync(ct);
        var region = above.Find(unit => unit.Id == one.Programme.RegionId) ?? await db.Units().AsNoTracking().SingleAsync(unit => unit.Id == one.Programme.RegionId, ct);
        return new(one, above, accept, region, [one.Unit.Id, .. await ClosureReading.ResponsibleAsync(db, one.Item, ct)]);
    }

    /// <summary>Who takes the step.</summary>
    public StepDuty Of(ProcedureStep step) => step.Duty switch
    {
        Role.Responsible => new(step.Duty, [one.Unit], true),
        Role.Acceptor when acceptors.Count > 0 => new(step.Duty, acceptors, true),
        _ => new(step.Duty, [AtLevel(step.Level)], false),
    };

    /// <summary>The unit of a level, seen from the responsible unit: the lowest one above it, or itself, that is not below that level; at last the region.</summary>
    private Unit AtLevel(StepLevel level) => level switch
    {
        StepLevel.Unit => one.Unit,
        StepLevel.Above => above.ElementAtOrDefault(1) ?? region,
        StepLevel.County => above.Find(unit => Rank(unit.Kind) >= 1) ?? region,
        StepLevel.Prefecture => above.Find(unit => Rank(unit.Kind) >= 2) ?? region,
        StepLevel.Region => region,
    };

    private static int Rank(UnitKind kind) => kind switch
    {
        UnitKind.Region => 3,
        UnitKind.Prefecture or UnitKind.CorpsDivision => 2,
        UnitKind.County => 1,
        _ => 0,
    };

    /// <summary>The unit in whose name someone may take the step, the duty alone considered; <see langword="null"/> if there is none.</summary>
    public Guid? NameFor(ProcedureStep step, Access by)
    {
        var duty = Of(step);
        foreach (var (unit, path) in by.HeldAs(step.Duty).OrderByDescending(held => held.Path.Length))
        {
            foreach (var at in duty.Units)
            {
                Guid? name = step.Duty switch
                {
                    // A unit above may speak for one below, as a prefecture for a county without an account.
                    Role.Responsible => at.Path.StartsWith(path, StringComparison.Ordinal) ? at.Id : null,
                    Role.Acceptor when duty.Named => at.Path.StartsWith(path, StringComparison.Ordinal) ? at.Id : null,
                    // A bureau of the level, the level itself, or who supervises from above.
                    Role.Acceptor or Role.Supervisor => path.StartsWith(at.Path, StringComparison.Ordinal) || at.Path.StartsWith(path, StringComparison.Ordinal) ? unit : null,
                    _ => unit == at.Id ? unit : null,
                };
                if (name is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the unit would judge itself: who accepts is none of the responsible units.</summary>
    public bool JudgesItself(ProcedureStep step, Guid unit) =>
        step.Kind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance && step.Duty is Role.Acceptor && responsible.Contains(unit);

    /// <summary>The kind of an earlier act of theirs that keeps someone from taking the step; <see langword="null"/> if none does.</summary>
    public StepKind? Excluded(ProcedureStep step, Access by) =>
        one.Acts.Where(act => act.By == by.Actor && ClosureFlow.Excludes(act.StepKind, step.Kind)).Select(act => (StepKind?)act.StepKind).FirstOrDefault();
}
