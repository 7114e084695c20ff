using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>What an act of closing makes of items: dated facts, placed with the act itself, so that status, lights and figures follow.</summary>
internal sealed class PlaceClosureFacts(Db db, PlaceFacts place)
{
    /// <summary>One closure's part in an act.</summary>
    /// <param name="Fresh">Facts that it has since the act and had not before.</param>
    /// <param name="SentBack">The fact of a return or of taking back, and why.</param>
    public sealed record Part(ClosureCase Case, IReadOnlyList<(FactKind Kind, DateOnly On)> Fresh, (FactKind Kind, DateOnly On, string Why)? SentBack = null);

    private static readonly FactKind[] Back = [FactKind.Returned, FactKind.Reopened, FactKind.TakenBack];

    /// <param name="parts">As they are after the act.</param>
    /// <returns>Entries of the items' chains, for the act to commit.</returns>
    public async Task<IReadOnlyList<Fact>> RunAsync(IReadOnlyList<Part> parts, Actor by, CancellationToken ct)
    {
        var stated = new Dictionary<Guid, List<StatedFact>>();
        foreach (var part in parts)
        {
            var one = part.Case;
            var units = await ClosingParts.UnitsAsync(db, one.Procedure, one.Item, ct);
            if (units.Count <= 1)
            {
                Add(stated, one.Item.Id, One(part));
                await MeasuresAsync(stated, part, ct);
            }
            else
            {
                await TogetherAsync(stated, one.Item.Id, [.. units.Select(unit => (one.Item.Id, unit))], parts, part, ct);
            }

            // A task that is closed by its measures or points is as far as the last of them.
            if (one.Procedure.Node is not ClosingNode.Task && one.Item is { Kind: ItemKind.Measure or ItemKind.Point, ParentId: { } task })
            {
                var expected = new List<(Guid, Guid)>();
                foreach (var item in await ClosingParts.PartsAsync(db, one.Procedure, task, ct))
                {
                    expected.AddRange((await ClosingParts.UnitsAsync(db, one.Procedure, item, ct)).Select(unit => (item.Id, unit)));
                }

                await TogetherAsync(stated, task, expected, parts, part, ct);
            }
        }

        var facts = stated.Where(one => one.Value.Count > 0).Select(one => (one.Key, (IReadOnlyList<StatedFact>)one.Value)).ToList();
        return facts.Count == 0 ? [] : await place.RunAsync(facts, Access.OfAct(by), by, ct);
    }

    private static IEnumerable<StatedFact> One(Part part) => part.SentBack is { } back
        ? part.Case.Declaration.Outcome is ClosureOutcome.NotInvolved ? [] : [new StatedFact(back.Kind, back.On, Note: back.Why)]
        : part.Fresh.Select(fact => new StatedFact(fact.Kind, fact.On));

    // What was declared of measures becomes known of them, where it was not before.
    private async Task MeasuresAsync(Dictionary<Guid, List<StatedFact>> stated, Part part, CancellationToken ct)
    {
        if (part.SentBack is not null || !part.Fresh.Any(fact => fact.Kind is FactKind.Completed))
        {
            return;
        }

        var ids = part.Case.Measures.Select(measure => measure.Id).ToList();
        var known = await db.ItemFacts().Where(fact => ids.Contains(fact.ItemId) && fact.Kind == FactKind.Completed && fact.VoidedAt == null).Select(fact => fact.ItemId).ToListAsync(ct);
        stated[part.Case.Item.Id].InsertRange(
            0,
            from measure in part.Case.Declaration.Measures
            let id = measure.Item ?? Guid.Empty
            where measure.On is not null && ids.Contains(id) && !known.Contains(id)
            select new StatedFact(FactKind.Completed, measure.On.GetValueOrDefault(), Part: id));
    }

    // An item has what all its parts have, from the day of the last of them; those that it does not concern have everything.
    private async Task TogetherAsync(
        Dictionary<Guid, List<StatedFact>> stated, Guid item, IReadOnlyList<(Guid Item, Guid Unit)> expected, IReadOnlyList<Part> acting, Part part, CancellationToken ct)
    {
        var items = expected.Select(one => one.Item).Distinct().ToArray();
        var changed = acting.Select(one => one.Case.Closure.Id).ToHashSet();
        var others = await db.ClosuresFor(ClosureReading.Room).AsNoTracking()
            .Where(one => EF.Parameter(items).Contains(one.ItemId) && one.Live != null).ToListAsync(ct);
        var cases = others.Count == 0 ? [] : await new ClosureReading(db).ReadAsync([.. others.Where(one => !changed.Contains(one.Id))], ct);
        cases.AddRange(acting.Select(one => one.Case).Where(one => one.Closure.Live is not null));
        var here = expected.Select(one => cases.Find(other => other.Item.Id == one.Item && other.Closure.UnitId == one.Unit)).ToList();
        var standing = await StandingAsync(item, ct);
        var known = standing.ConvertAll(fact => fact.Kind);
        known.AddRange(stated.GetValueOrDefault(item, []).Select(fact => fact.Kind));
        known = [.. known.Skip(known.FindLastIndex(kind => Back.Contains(kind)) + 1)];
        if (part.SentBack is { } back && known.Contains(FactKind.Completed))
        {
            Add(stated, item, [new(back.Kind, back.On, Note: back.Why)]);
            return;
        }

        // Taken up again, it waits for a closing that began since: those before it stay, and close nothing anew.
        var taken = standing.FindLast(fact => fact.Kind is FactKind.Reopened);
        if (here.Contains(null) || (taken is not null && here.TrueForAll(one => one!.Closure.IsBefore(taken))))
        {
            return;
        }

        var facts = here.Select(one => one!.Facts).ToList();
        if (facts.TrueForAll(one => one.Any(fact => fact.Kind is FactKind.NotInvolved)))
        {
            Add(stated, item, known.Contains(FactKind.NotInvolved) ? [] : [new(FactKind.NotInvolved, facts.Max(one => one[^1].On))]);
            return;
        }

        var concerned = facts.Where(one => !one.Any(fact => fact.Kind is FactKind.NotInvolved)).ToList();
        var free = facts.Except(concerned).Select(one => one[^1].On).DefaultIfEmpty(DateOnly.MinValue).Max();
        foreach (var kind in concerned[0].Select(fact => fact.Kind).Distinct())
        {
            if (!known.Contains(kind) && concerned.TrueForAll(one => one.Any(fact => fact.Kind == kind)))
            {
                // Closed is the item only once the last unit has also found that it does not concern it.
                var on = concerned.Max(one => one.Last(fact => fact.Kind == kind).On);
                Add(stated, item, [new(kind, kind is FactKind.Closed && free > on ? free : on)]);
            }
        }
    }

    private async Task<List<ItemFact>> StandingAsync(Guid item, CancellationToken ct) => await db.ItemFacts().AsNoTracking()
        .Where(fact => fact.ItemId == item && fact.VoidedAt == null).OrderBy(fact => fact.Sequence).ToListAsync(ct);

    private static void Add(Dictionary<Guid, List<StatedFact>> stated, Guid item, IEnumerable<StatedFact> facts)
    {
        if (!stated.TryGetValue(item, out var list))
        {
            stated[item] = list = [];
        }

        list.AddRange(facts);
    }
}
