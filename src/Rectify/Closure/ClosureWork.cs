using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>What all acts on closures have in common: finding one, asking whether it may be done now and by whom, signing, and saving all that follows at once.</summary>
internal sealed class ClosureWork(Db db, JournalWriter journal, TimeProvider clock, PlaceFacts place, IEnumerable<IStepGate> gates)
{
    public DateOnly Today => clock.Today;

    public DateTimeOffset Now => clock.NowMs;

    /// <exception cref="Refusal">404: no such closure, or of an item that is not theirs to read. 409: changed since it was seen, or over.</exception>
    public async Task<ClosureCase> LoadAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var closure = await db.ClosuresFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("closure", id);
        closure.Demand(version);
        return closure.IsOpen ? await new ClosureReading(db).ReadAsync(closure, ct) : throw Refusal.Conflict("closure.over", "Every step of this closing is taken, or it was withdrawn.");
    }

    /// <summary>In whose name someone takes a step, which the system parts from what they did before.</summary>
    /// <exception cref="Refusal">403: another duty or unit takes it, the unit would judge itself, or they did what it judges.</exception>
    public async Task<Guid> DemandTakerAsync(ClosureCase one, ProcedureStep step, Access by, CancellationToken ct)
    {
        var duties = await StepDuties.OfAsync(db, one, ct);
        var unit = duties.NameFor(step, by) ?? throw Refusal.NotAllowed("closure.duty", "This step is taken by another duty or another unit.");
        return duties.JudgesItself(step, unit)
            ? throw Refusal.NotAllowed("closure.own-unit", "The accepting unit is one of the responsible units: name another one.")
            : duties.Excluded(step, by) is { } done
                ? throw Refusal.NotAllowed("closure.own", $"You did {done} of this closing: someone else has to do {step.Kind}.", new Phrase($"procedure.kind.{done}"), new Phrase($"procedure.kind.{step.Kind}"))
                : unit;
    }

    /// <exception cref="Refusal">409: a signature is stale, or something is in the way.</exception>
    public async Task DemandFreeAsync(ClosureCase one, ProcedureStep step, ClosureActKind act, CancellationToken ct)
    {
        if (one.FirstStale is { } stale)
        {
            throw Refusal.Conflict("closure.stale", "What was signed has changed since: that has to be signed again first.", new Phrase($"procedure.kind.{stale.Act.StepKind}"));
        }

        if (await gates.AllAsync(one.Closure, step, act, ct) is { Count: > 0 } obstacles)
        {
            throw Refusal.Conflict("closure.obstacles", "Something is lacking before this step.", obstacles.Select(obstacle => obstacle.What).ToList());
        }
    }

    /// <summary>Takes up what was stated, with the pieces that it names.</summary>
    /// <exception cref="Refusal">422: a text, a day or a piece that cannot be.</exception>
    public async Task<StepStatement> StatedAsync(ClosureCase one, StepStatement stated, CancellationToken ct)
    {
        var clean = stated.Kept(one.Acts.Count == 0 ? DateOnly.MinValue : one.Closure.StepSince, Today);
        await DemandPiecesAsync(one, clean.Evidence, ct);
        return clean;
    }

    /// <exception cref="Refusal">422: a piece that is no evidence of the item, or was withdrawn.</exception>
    public async Task DemandPiecesAsync(ClosureCase one, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return;
        }

        var items = await ItemsAsync(one, ct);
        var found = await db.PiecesFor(ClosureReading.Room)
            .CountAsync(piece => EF.Parameter(wanted).Contains(piece.Id) && piece.WithdrawnAt == null && db.PieceUses().Any(use => use.PieceId == piece.Id && EF.Parameter(items).Contains(use.ItemId)), ct);
        if (found < wanted.Length)
        {
            throw Refusal.Invalid("closure.evidence", "A piece is no evidence of this item, or was withdrawn.");
        }

        var all = one.Pieces.Keys.Concat(wanted).Distinct().ToArray();
        one.Pieces = await ClosureReading.PiecesAsync(db, all, ct);
        one.Changed();
    }

    /// <summary>All evidence that the item's dossier holds now.</summary>
    public async Task<List<Guid>> StandingPiecesAsync(ClosureCase one, CancellationToken ct)
    {
        var items = await ItemsAsync(one, ct);
        return await db.PiecesFor(ClosureReading.Room)
            .Where(piece => piece.WithdrawnAt == null && db.PieceUses().Any(use => use.PieceId == piece.Id && EF.Parameter(items).Contains(use.ItemId))).Select(piece => piece.Id).ToListAsync(ct);
    }

    private async Task<Guid[]> ItemsAsync(ClosureCase one, CancellationToken ct) =>
        [.. (await EvidenceList.ItemsAsync(db, ClosureReading.Room, one.Item.Id, ct)).Select(item => item.Id)];

    /// <summary>Adds the act and, if it signs, its signature.</summary>
    public async Task<ClosureAct> AddAsync(ClosureCase one, ProcedureStep step, ClosureAct act, CancellationToken ct)
    {
        if (!one.UnitCodes.ContainsKey(act.UnitId))
        {
            one.UnitCodes[act.UnitId] = await db.Units().Where(unit => unit.Id == act.UnitId).Select(unit => unit.Code).SingleAsync(ct);
        }

        if (act.Signs)
        {
            act.Sign(one.Content(act));
        }

        one.Acts.Add(act);
        one.Changed();
        db.Add(act);
        return act;
    }

    /// <summary>An act as it is about to be added.</summary>
    public ClosureAct Act(ClosureCase one, ClosureActKind kind, ProcedureStep step, Guid unit, StepStatement stated, Access by, RenewalEffect? effect = null, Guid? notice = null, bool opening = false) => new()
    {
        ClosureId = one.Closure.Id,
        No = one.Acts.Count + 1,
        Cycle = one.Closure.Cycle,
        Act = kind,
        StepKey = step.Key,
        StepKind = step.Kind,
        On = stated.On,
        At = Now,
        By = by.Actor,
        UnitId = unit,
        Statement = stated,
        Effect = effect,
        NoticeId = notice,
        Opening = opening,
    };

    /// <summary>One closure after an act.</summary>
    /// <param name="Before">The facts that its item had by it before.</param>
    public sealed record Done(ClosureCase Case, ClosureAct Act, IReadOnlyList<(FactKind Kind, DateOnly On)> Before, (FactKind Kind, DateOnly On, string Why)? SentBack = null, bool Again = false);

    /// <summary>Saves the acts with all that follows from them, or nothing.</summary>
    public Task CommitAsync(IReadOnlyList<Done> done, Access by, CancellationToken ct) => CommitAsync(done, [], by, ct);

    /// <param name="also">What another room did with it, of other subjects.</param>
    /// <inheritdoc cref="CommitAsync(IReadOnlyList{Done}, Access, CancellationToken)" />
    public async Task CommitAsync(IReadOnlyList<Done> done, IReadOnlyList<Fact> also, Access by, CancellationToken ct)
    {
        var parts = done.Select(one => new PlaceClosureFacts.Part(one.Case, Fresh(one), one.SentBack)).ToList();
        var items = await new PlaceClosureFacts(db, place).RunAsync(parts, by.Actor, ct);
        var facts = done.Select(one => new ClosureActDone
        {
            Subject = one.Case.Closure.Id,
            By = by.Actor,
            At = Now,
            Closure = JournalBytes.Text(one.Case.Closure.PublicId),
            Act = one.Act.Act,
            No = one.Act.No,
            Cycle = one.Act.Cycle,
            Step = one.Act.StepKey,
            StepKind = one.Act.StepKind,
            On = one.Act.On,
            SignedHash = one.Act.Hash.Length > 0 ? one.Act.Hash : null,
        }).ToList();
        await journal.CommitAsync(facts[0], [.. facts.Skip(1), .. also, .. items], ct);
    }

    // What the item has now and had not before. To sign again brings nothing new but its own day; a new check puts the item back into acceptance.
    private static List<(FactKind, DateOnly)> Fresh(Done one)
    {
        if (one.Act.Act is ClosureActKind.Renew)
        {
            return one.Again ? [(FactKind.AcceptanceStarted, one.Act.On)] : [];
        }

        var left = one.Before.ToList();
        return [.. one.Case.Facts.Where(fact => !left.Remove(fact))];
    }
}
