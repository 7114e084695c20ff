using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Everything about one item on a day: what its page shows, and what its hand-over manual prints.</summary>
public sealed record ItemView
{
    /// <summary>An item below this one, with its status on the day.</summary>
    public sealed record Child(Item Item, StatusSpan? Span, IReadOnlyList<ItemUnit> Units, IReadOnlyList<ItemFact> Facts);

    public required Item Item { get; init; }

    public required Programme Programme { get; init; }

    /// <summary>From the top of the tree down, without the item itself.</summary>
    public required IReadOnlyList<Item> Above { get; init; }

    public required string Aspect { get; init; }

    public required ItemStatus Status { get; init; }

    public required Light Light { get; init; }

    public required LightReason Reason { get; init; }

    /// <summary>The last day on which the status of the day holds, if nothing further happens; <see langword="null"/> if it has no end.</summary>
    public required DateOnly? HoldsUntil { get; init; }

    public required IReadOnlyList<ItemUnit> Units { get; init; }

    public required IReadOnlyList<ItemPerson> Persons { get; init; }

    public required IReadOnlyList<ItemMilestone> Milestones { get; init; }

    /// <summary>What happened until the day, the withdrawn too, in order.</summary>
    public required IReadOnlyList<ItemFact> Facts { get; init; }

    public required IReadOnlyList<Child> Measures { get; init; }

    /// <summary>Sub-tasks, points and, for a finding, its tasks.</summary>
    public required IReadOnlyList<Child> Parts { get; init; }

    /// <summary>All spans, for the strip that shows how the status went.</summary>
    public required IReadOnlyList<StatusSpan> Spans { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>The day a milestone was reached, as known on the day; <see langword="null"/> if it was not.</summary>
    public DateOnly? ReachedOn(int milestone) => Facts
        .Where(fact => fact.Kind is FactKind.MilestoneReached && fact.No == milestone && fact.VoidedAt is null)
        .Select(fact => (DateOnly?)fact.On).Min();

    /// <returns><see langword="null"/> if there is no such item, or none that <paramref name="reader"/> may read.</returns>
    public static async Task<ItemView?> ReadAsync(Db db, Access reader, Guid id, DateOnly on, CancellationToken ct)
    {
        if (await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id, ct) is not { } item)
        {
            return null;
        }

        // Parts below are seen by whoever sees the whole; what stands above, only with the right to it.
        var programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(p => p.Id == item.ProgrammeId, ct);
        var children = await db.ItemsFor(reader, Right.Read).AsNoTracking()
            .Where(child => child.ParentId == id && child.RemovedOn == null).OrderBy(child => child.SortKey).ToListAsync(ct);
        Guid[] ids = [id, .. children.Select(child => child.Id)];
        var units = (await db.ItemUnits().AsNoTracking().Where(unit => ids.Contains(unit.ItemId)).OrderBy(unit => unit.Order).ToListAsync(ct))
            .ToLookup(unit => unit.ItemId);
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => ids.Contains(fact.ItemId) && fact.On <= on)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        var spans = (await db.StatusSpans().AsNoTracking().Where(span => ids.Contains(span.ItemId)).OrderBy(span => span.From).ToListAsync(ct))
            .ToLookup(span => span.ItemId);
        var above = await AboveAsync(db, reader, item, ct);
        var now = spans[id].FirstOrDefault(span => span.From <= on && span.Until > on);
        var parts = children.Select(child => new Child(
            child, spans[child.Id].FirstOrDefault(span => span.From <= on && span.Until > on), [.. units[child.Id]], [.. facts[child.Id]])).ToList();
        return new()
        {
            Item = item,
            Programme = programme,
            On = on,
            Above = above,
            Aspect = await db.AspectsOf(programme.Id).Where(aspect => aspect.Kind == AspectKind.Task && aspect.No == item.AspectNo)
                .Select(aspect => aspect.Name).FirstOrDefaultAsync(ct) ?? "",
            Status = now?.Status ?? ItemStatus.Draft,
            Light = now?.Light ?? Light.None,
            Reason = now is null ? new(LightCode.None) : ReasonText.Read(now.Reason),
            HoldsUntil = now is null || now.Until == DateOnly.MaxValue ? null : now.Until.AddDays(-1),
            Units = [.. units[id]],
            Persons = await db.ItemPersons().AsNoTracking().Where(person => person.ItemId == id).OrderBy(person => person.Order).ToListAsync(ct),
            Milestones = await db.ItemMilestones().AsNoTracking().Where(m => m.ItemId == id).OrderBy(m => m.Due).ThenBy(m => m.No).ToListAsync(ct),
            Facts = [.. facts[id]],
            Measures = [.. parts.Where(part => part.Item.Kind is ItemKind.Measure)],
            Parts = [.. parts.Where(part => part.Item.Kind is not ItemKind.Measure)],
            Spans = [.. spans[id]],
        };
    }

    private static async Task<List<Item>> AboveAsync(Db db, Access reader, Item item, CancellationToken ct)
    {
        var above = new List<Item>();
        for (var next = item.ParentId; next is { } id;)
        {
            if (await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } parent)
            {
                break;
            }

            above.Insert(0, parent);
            next = parent.ParentId;
        }

        return above;
    }
}
