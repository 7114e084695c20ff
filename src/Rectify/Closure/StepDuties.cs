using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;

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
    private readonly HashSet<Guid> responsible;

    private StepDuties(ClosureCase one, List<Unit> above, List<Unit> acceptors, Unit region, HashSet<Guid> responsible) =>
        (this.one, this.above, this.acceptors, this.region, this.responsible) = (one, above, acceptors, region, responsible);

    public static async Task<StepDuties> OfAsync(Db db, ClosureCase one, CancellationToken ct) => (await OfAsync(db, [one], ct))[0];

    /// <summary>Of many closures with the same few queries, in their order.</summary>
    public static async Task<List<StepDuties>> OfAsync(Db db, IReadOnlyList<ClosureCase> many, CancellationToken ct)
    {
        // The items above, for what a measure or sub-task does not say itself.
        var parents = many.DistinctBy(one => one.Item.Id).ToDictionary(one => one.Item.Id, one => one.Item.ParentId);
        for (var missing = Missing(parents); missing.Length > 0; missing = Missing(parents))
        {
            foreach (var item in await db.ItemsFor(ClosureReading.Room, Right.Read).Where(item => EF.Parameter(missing).Contains(item.Id)).Select(item => new { item.Id, item.ParentId }).ToListAsync(ct))
            {
                parents[item.Id] = item.ParentId;
            }
        }

        var items = parents.Keys.ToArray();
        var parts = (await db.ItemUnits().AsNoTracking().Where(part => part.UnitId != null && EF.Parameter(items).Contains(part.ItemId)
            && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Accept)).ToListAsync(ct)).ToLookup(part => part.ItemId);
        var codes = many.SelectMany(one => one.Unit.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToArray();
        var ids = parts.SelectMany(group => group).Select(part => part.UnitId!.Value).Concat(many.Select(one => one.Programme.RegionId)).Distinct().ToArray();
        var units = await db.Units().AsNoTracking().Where(unit => EF.Parameter(codes).Contains(unit.Code) || EF.Parameter(ids).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, ct);

        List<Guid> Nearest(Guid item, bool accept)
        {
            for (var next = (Guid?)item; next is { } id; next = parents.GetValueOrDefault(id))
            {
                if (parts[id].Where(part => part.Role is DraftRole.Accept == accept).Select(part => part.UnitId!.Value).ToList() is { Count: > 0 } found)
                {
                    return found;
                }
            }

            return [];
        }

        return
        [
            .. many.Select(one => new StepDuties(
                one, [.. units.Values.Where(unit => one.Unit.Path.StartsWith(unit.Path, StringComparison.Ordinal)).OrderByDescending(unit => unit.Path.Length)],
                [.. Nearest(one.Item.Id, true).Distinct().Select(id => units[id])], units[one.Programme.RegionId], [one.Unit.Id, .. Nearest(one.Item.Id, false)])),
        ];
    }

    private static Guid[] Missing(Dictionary<Guid, Guid?> parents) => [.. parents.Values.OfType<Guid>().Where(id => !parents.ContainsKey(id)).Distinct()];

    /// <summary>Who takes the step.</summary>
    public StepDuty Of(ProcedureStep step) => step.Duty switch
    {
        Role.Responsible => new(step.Duty, [one.Unit], true),
        Role.Acceptor when acceptors.Count > 0 => new(step.Duty, acceptors, true),
        _ => new(step.Duty, [AtLevel(step)], false),
    };

    // Seen from the responsible unit: the lowest one above it, or itself, that is not below that level; at last the region.
    // Whoever accepts is none of the responsible units: where a county answers itself, 区县验收 is its prefecture's.
    private Unit AtLevel(ProcedureStep step)
    {
        var from = Accepts(step) ? above.FindAll(unit => !responsible.Contains(unit.Id)) : above;
        return step.LevelFor(one.TaskType) switch
        {
            StepLevel.Unit => one.Unit,
            StepLevel.Above => from.Find(unit => unit.Id != one.Unit.Id) ?? region,
            StepLevel.County => from.Find(unit => Rank(unit.Kind) >= 1) ?? region,
            StepLevel.Prefecture => from.Find(unit => Rank(unit.Kind) >= 2) ?? region,
            StepLevel.Region => region,
        };
    }

    private static bool Accepts(ProcedureStep step) => step.Duty is Role.Acceptor || step.Kind is StepKind.MaterialReview or StepKind.SiteCheck or StepKind.Acceptance;

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
                    // The level itself, or who stands above it. A bureau accepts once the plan names it: only then the item is its to see.
                    Role.Acceptor or Role.Supervisor => at.Path.StartsWith(path, StringComparison.Ordinal) ? unit : null,
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

    /// <summary>Whether the unit would judge itself: who accepts, by whatever duty, is none of the responsible units.</summary>
    public bool JudgesItself(ProcedureStep step, Guid unit) => Accepts(step) && responsible.Contains(unit);

    /// <summary>The kind of an earlier act of theirs that keeps someone from taking the step; <see langword="null"/> if none does.</summary>
    public StepKind? Excluded(ProcedureStep step, Access by) =>
        one.Acts.Where(act => act.By == by.Actor && ClosureFlow.Excludes(act.StepKind, step.Kind)).Select(act => (StepKind?)act.StepKind).FirstOrDefault();

    /// <summary>Whether someone may take the step as far as persons and units go.</summary>
    public bool May(ProcedureStep step, Access by) => NameFor(step, by) is { } unit && !JudgesItself(step, unit) && Excluded(step, by) is null;
}
