using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>Begins the closing of an item by one of its responsible units: from now on by the procedure as it is today.</summary>
internal sealed class BeginClosure(Db db, JournalWriter journal, PlaceFacts place, TimeProvider clock)
{
    /// <param name="unit">The responsible unit; <see langword="null"/> for the lead, or for their own where each unit closes for itself.</param>
    /// <exception cref="Refusal">
    /// 404: no such item, or none of theirs. 403: they report for none of its units. 409: no procedure yet, begun already, or closed before the procedure was set. 422: closings do not happen
    /// at this node, or the unit is none that closes it.
    /// </exception>
    public async Task<Guid> RunAsync(Guid id, Guid? unit, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.RemovedOn == null, ct) ?? throw Refusal.NotFound("item", id);
        var version = await ProcedureQueries.LatestAsync(db, ClosureReading.Room, item.ProgrammeId, ct)
            ?? throw Refusal.Conflict("closure.no-procedure", "The programme's office has not set a closing procedure yet.");
        var procedure = version.Procedure;
        if (!await ClosingParts.ClosesAsync(db, procedure, item, ct))
        {
            throw Refusal.Invalid("closure.node", "By the programme's procedure closings do not happen at this node.");
        }

        var at = await UnitAsync(procedure, item, unit, by, ct);
        IReadOnlyList<Fact> also = await FreeAsync(item, at, by, ct);
        var measures = await ClosureReading.MeasuresAsync(db, [id], ct);
        var closure = db.Add(ItemClosure.Create(
            item.ProgrammeId, id, at, version.No, procedure.Steps[0], Declaration.Empty.For(item, [.. measures[id]]), clock.Today, clock.NowMs)).Entity;

        await journal.CommitAsync(
            new ClosureBegan
            {
                Subject = closure.Id,
                By = by.Actor,
                At = closure.BeganAt,
                Closure = JournalBytes.Text(closure.PublicId),
                Item = JournalBytes.Text(item.PublicId),
                Procedure = version.No,
            },
            [.. also], ct);
        return closure.Id;
    }

    private async Task<Guid> UnitAsync(Procedure procedure, Item item, Guid? asked, Access by, CancellationToken ct)
    {
        var units = await ClosingParts.UnitsAsync(db, procedure, item, ct);
        var paths = await db.Units().Where(one => units.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Path, ct);
        var own = units.Where(one => by.HeldAs(Role.Responsible).Any(held => paths[one].StartsWith(held.Path, StringComparison.Ordinal))).ToList();
        return asked is { } named && !units.Contains(named) ? throw Refusal.Invalid("closure.unit", "This unit does not close the item.")
            : own.Count == 0 || (asked is { } one && !own.Contains(one)) ? throw Refusal.NotAllowed("closure.duty", "This step is taken by another duty or another unit.")
            : asked ?? own[0];
    }

    // An item that was closed and taken up again begins anew; what closed it stays as it was.
    private async Task<IReadOnlyList<Fact>> FreeAsync(Item item, Guid unit, Access by, CancellationToken ct)
    {
        var known = await StandingAsync(item.Id, ct);
        var taken = known.FindLast(fact => fact.Kind is FactKind.Reopened);
        var end = known.FindLast(fact => fact.Kind is FactKind.Closed or FactKind.NotInvolved);
        var before = await db.ClosuresFor(ClosureReading.Room).SingleOrDefaultAsync(one => one.ItemId == item.Id && one.UnitId == unit && one.Live != null, ct);
        var (over, entries) = (end is not null && known.LastIndexOf(end) > known.LastIndexOf(taken!), new List<Fact>());
        if (over && await TakenUpAboveAsync(item, before, ct) is { } above)
        {
            // The task was taken up whole: with the first part that begins anew, that part is taken up too, from the same day.
            var stated = new StatedFact(FactKind.Reopened, above.On > known[^1].On ? above.On : known[^1].On, Note: above.Note, Document: above.Document);
            entries.AddRange(await place.RunAsync([(item.Id, [stated])], Access.OfAct(by.Actor), by.Actor, ct));
            (over, taken) = (false, above);
        }

        if (before is null)
        {
            return over ? throw Refusal.Conflict("closure.closed", "The item is closed already. Where the problem came back it is taken up again first.") : entries;
        }

        if (before.ClosedOn is null || over || taken is null)
        {
            throw Refusal.Conflict("closure.exists", "This unit's closing of the item has begun already.");
        }

        before.Supersede();
        return [new ClosureSuperseded { Subject = before.Id, By = by.Actor, At = clock.NowMs, Closure = JournalBytes.Text(before.PublicId) }, .. entries];
    }

    // Only what had closed it when it was taken up begins anew: a part that was closed since then is closed.
    private async Task<ItemFact?> TakenUpAboveAsync(Item item, ItemClosure? before, CancellationToken ct)
    {
        if (item is not { Kind: ItemKind.Measure or ItemKind.Point, ParentId: { } task }
            || (await StandingAsync(task, ct)).FindLast(fact => fact.Kind is FactKind.Closed or FactKind.NotInvolved or FactKind.Reopened) is not { Kind: FactKind.Reopened } taken
            || before?.IsBefore(taken) is false)
        {
            return null;
        }

        // Where the task was taken up because one of its parts was, that part alone is.
        var parts = db.ItemsFor(ClosureReading.Room, Right.Read).Where(part => part.ParentId == task);
        var (at, note, document) = (taken.RecordedAt, taken.Note, taken.Document);
        return await db.ItemFacts().AnyAsync(
            fact => fact.Kind == FactKind.Reopened && fact.VoidedAt == null && parts.Any(part => part.Id == fact.ItemId)
                && (fact.RecordedAt == at || (fact.RecordedAt < at && fact.Note == note && fact.Document == document
                    && !db.ItemFacts().Any(later => later.ItemId == fact.ItemId && later.VoidedAt == null && later.Sequence > fact.Sequence && (later.Kind == FactKind.Closed || later.Kind == FactKind.NotInvolved)))), ct) ? null : taken;
    }

    private Task<List<ItemFact>> StandingAsync(Guid item, CancellationToken ct) =>
        db.ItemFacts().AsNoTracking().Where(fact => fact.ItemId == item && fact.VoidedAt == null).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct);
}

/// <summary>Writes the declaration on: measure by measure, goal by goal, with the evidence of each. It need not be complete until it is signed.</summary>
internal sealed class SaveDeclaration(JournalWriter journal, ClosureWork work)
{
    /// <param name="version">The closure's version that the person saw.</param>
    /// <returns>The version now.</returns>
    /// <exception cref="Refusal">404: no such closure. 403: another unit's. 409: declared already, or changed meanwhile. 422: a text, a day or a piece that cannot be.</exception>
    public async Task<int> RunAsync(Guid id, Declaration declaration, int version, Access by, CancellationToken ct)
    {
        var one = await work.LoadAsync(id, version, by, ct);
        await work.DemandTakerAsync(one, one.Procedure.Steps[0], by, ct);
        var clean = declaration.Kept(work.Today).For(one.Item, one.Measures);
        await work.DemandPiecesAsync(one, clean.Pieces, ct);
        one.Closure.Save(clean, version);

        await journal.CommitAsync(
            new ClosureDeclarationSaved { Subject = id, By = by.Actor, At = work.Now, Closure = JournalBytes.Text(one.Closure.PublicId), Outcome = clean.Outcome }, ct);
        return one.Closure.Version;
    }
}
