using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>One closure with all that its page shows.</summary>
internal sealed record ClosureView
{
    /// <summary>One step of the way.</summary>
    /// <param name="Signatures">Those that count: of a notice its opening too.</param>
    /// <param name="Units">Who takes it, by short names.</param>
    /// <param name="Signers">The same, by the names under which they sign.</param>
    public sealed record Row(ProcedureStep Step, StepStanding Standing, IReadOnlyList<Signature> Signatures, string Units, string Signers);

    public required ClosureCase Case { get; init; }

    public required IReadOnlyList<Row> Steps { get; init; }

    /// <summary>Names of those who acted, and their units, by the id of the actor.</summary>
    public required IReadOnlyDictionary<string, (string Name, string? Unit)> People { get; init; }

    public required IReadOnlyDictionary<Guid, string> Units { get; init; }

    /// <summary>The task's sub-tasks that stand in the plan and are the reader's to see, each with its closings, the latest first.</summary>
    public required IReadOnlyList<(Item Item, IReadOnlyList<ClosureCase> Closings)> Parts { get; init; }

    /// <summary>What keeps the next step from being taken, the signatures aside.</summary>
    public required IReadOnlyList<Obstacle> Obstacles { get; init; }

    /// <summary>Whether the reader may take the next step, as far as persons and units go.</summary>
    public required bool MayTake { get; init; }

    /// <summary>Why they may not, though the duty is theirs.</summary>
    public required Phrase? WhyNot { get; init; }

    /// <summary>Whether they may sign the first stale signature again.</summary>
    public required bool MayRenew { get; init; }

    public required bool MayReturn { get; init; }

    public required bool MayWithdraw { get; init; }

    public required bool MayWrite { get; init; }

    /// <summary>The step that somebody has to see to now: that of the first stale signature, or the next.</summary>
    public ProcedureStep? Now => Case.FirstStale is { } stale ? Case.Way.First(step => step.Key == stale.Act.StepKey) : Case.Next;

    /// <exception cref="Refusal">404: no such closure, or of an item that is not theirs to read.</exception>
    public static async Task<ClosureView> ReadAsync(Db db, IEnumerable<IStepGate> gates, Access reader, Guid id, CancellationToken ct)
    {
        var closure = await db.ClosuresFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("closure", id);
        var one = await new ClosureReading(db).ReadAsync(closure, ct);
        var duties = await StepDuties.OfAsync(db, one, ct);
        var (way, next) = (one.Way, one.Next);
        var acted = one.Acts.Select(act => act.UnitId).Append(closure.UnitId).Distinct().ToArray();
        var units = await db.Units().Where(unit => EF.Parameter(acted).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        var stale = one.FirstStale is { } first ? way.First(step => step.Key == first.Act.StepKey) : null;
        var running = closure.State is ClosureState.Running;
        var name = next is null ? null : duties.NameFor(next, reader);
        return new()
        {
            Case = one,
            Steps = [.. way.Select((step, place) => new Row(
                step, Standing(one, step, place), [.. one.Signatures.Where(signature => signature.Act.StepKey == step.Key)], List(duties.Of(step).Units, unit => unit.ShortName),
                List(duties.Of(step).Units, unit => unit.SigningName.Length > 0 ? unit.SigningName : unit.ShortName)))],
            People = await ItemHistory.PeopleAsync(db, one.Acts.Select(act => act.By).Distinct(), ct),
            Units = units,
            Parts = await PartsAsync(db, reader, closure.ItemId, ct),
            Obstacles = next is null ? [] : await gates.AllAsync(closure, next, next.Kind is StepKind.Notice && closure.NoticeId is null ? ClosureActKind.Open : ClosureActKind.Take, ct),
            MayTake = next is not null && duties.May(next, reader),
            WhyNot = next is null || name is null ? null
                : duties.JudgesItself(next, name.Value) ? new("closure.why.own-unit")
                : duties.Excluded(next, reader) is { } done ? new("closure.why.own", new Phrase($"procedure.kind.{done}"), new Phrase($"procedure.kind.{next.Kind}")) : null,
            MayRenew = closure.IsOpen && stale is not null && duties.May(stale, reader),
            MayReturn = running && ClosureFlow.MayReturn(way, closure.StepNo) && duties.May(next!, reader),
            MayWithdraw = closure.IsOpen && (!running || ClosureFlow.MayWithdraw(way, closure.StepNo)) && duties.May(one.Procedure.Steps[0], reader),
            MayWrite = closure.State is ClosureState.Drafting && duties.May(one.Procedure.Steps[0], reader),
        };
    }

    private static string List(IEnumerable<Unit> units, Func<Unit, string> name) => string.Join('\u3001', units.Select(name));

    private static async Task<IReadOnlyList<(Item Item, IReadOnlyList<ClosureCase> Closings)>> PartsAsync(Db db, Access reader, Guid task, CancellationToken ct)
    {
        var parts = await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => item.ParentId == task && item.Kind == ItemKind.SubTask && item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync(ct);
        var ids = parts.Select(item => item.Id).ToArray();
        var closures = parts.Count == 0 ? [] : await db.ClosuresFor(reader).AsNoTracking()
            .Where(one => EF.Parameter(ids).Contains(one.ItemId) && one.State != ClosureState.Withdrawn).OrderByDescending(one => one.BeganAt).ToListAsync(ct);
        var cases = closures.Count == 0 ? [] : await new ClosureReading(db).ReadAsync(closures, ct);
        return [.. parts.Select(item => (item, (IReadOnlyList<ClosureCase>)[.. cases.Where(one => one.Item.Id == item.Id)]))];
    }

    private static StepStanding Standing(ClosureCase one, ProcedureStep step, int place)
    {
        var signatures = one.Signatures.Where(signature => signature.Act.StepKey == step.Key).ToList();
        return signatures.Exists(signature => signature.Stale) ? StepStanding.Stale
            : one.Closure.State is not ClosureState.Drafting && place < one.Closure.StepNo ? StepStanding.Done
            : one.Next?.Key == step.Key ? StepStanding.Now
            : StepStanding.Later;
    }
}
