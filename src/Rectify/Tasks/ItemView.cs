using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Everything about one item on a day: what its page shows, and what its hand-over manual prints.</summary>
public sealed record ItemView
{
    /// <summary>An item below this one, with its status on the day.</summary>
    public sealed record Child(Item Item, StatusSpan? Span, IReadOnlyList<ItemUnit> Units, IReadOnlyList<ItemFact> Facts)
    {
        /// <summary>The deadline in force on the day.</summary>
        public DateOnly? DueOn => Facts.LastOrDefault(fact => fact is { Kind: FactKind.DeadlineChanged, VoidedAt: null })?.To ?? Item.DeadlineDate;
    }

    /// <summary>The item with its words of the day.</summary>
    public required Item Item { get; init; }

    /// <summary>Whether it stood in the plan on the day, or came later.</summary>
    public bool Stood => Item.AddedOn is not { } from || from <= On;

    public required Programme Programme { get; init; }

    /// <summary>From the top of the tree down, without the item itself.</summary>
    public required IReadOnlyList<Item> Above { get; init; }

    /// <summary>The finding that it stands beneath; <see langword="null"/> if none.</summary>
    public Item? Finding => Above.FirstOrDefault(item => item.Kind is ItemKind.Finding);

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

    /// <summary>The deadline in force on the day, by the changes decided until then.</summary>
    public DateOnly? DueOn => Changes is [.., { To: { } to }] ? to : Item.DeadlineDate;

    /// <summary>The decided changes of the deadline that stand on the day, in order.</summary>
    public IReadOnlyList<ItemFact> Changes => [.. Facts.Where(fact => fact is { Kind: FactKind.DeadlineChanged, VoidedAt: null })];

    /// <summary>How far it is and how far it should be, in whole percent; <see langword="null"/> where nothing is known.</summary>
    public required int? Percent { get; init; }

    public required int? Expected { get; init; }

    /// <summary>A child's latest figure, at its scale; <see langword="null"/> before the first.</summary>
    public static decimal? FigureOf(Item item, IEnumerable<ItemFact> facts) =>
        facts.LastOrDefault(fact => fact is { Kind: FactKind.Measured, VoidedAt: null, Value: not null }) is { Value: { } value }
            ? ItemDerivation.AtScale(value, item.QuantityScale)
            : null;

    /// <param name="clock">For the words, units, persons and nodes of the day; without it they are today's, as a form needs them.</param>
    /// <returns><see langword="null"/> if there is no such item, or none that <paramref name="reader"/> may read.</returns>
    public static async Task<ItemView?> ReadAsync(Db db, Access reader, Guid id, DateOnly on, CancellationToken ct, TimeProvider? clock = null) =>
        (await ReadAsync(db, reader, [id], on, ct, clock)).SingleOrDefault();

    /// <summary>Several items at once, in the plan's order; those that the reader may not read are left out.</summary>
    public static async Task<IReadOnlyList<ItemView>> ReadAsync(
        Db db, Access reader, IReadOnlyCollection<Guid> wanted, DateOnly on, CancellationToken ct, TimeProvider? clock = null)
    {
        var items = new List<Item>();
        foreach (var batch in wanted.Chunk(Batch))
        {
            items.AddRange(await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => batch.Contains(item.Id)).ToListAsync(ct));
        }

        var views = new List<ItemView>(items.Count);
        foreach (var batch in items.OrderBy(item => item.SortKey, StringComparer.Ordinal).Chunk(Batch))
        {
            views.AddRange(await BatchAsync(db, reader, batch, on, clock, ct));
        }

        return views;
    }

    /// <summary>Items read in one round of queries: their parts are some ten times as many.</summary>
    private const int Batch = 100;

    private static async Task<List<ItemView>> BatchAsync(Db db, Access reader, Item[] items, DateOnly on, TimeProvider? clock, CancellationToken ct)
    {
        var roots = items.Select(item => item.Id).ToList();
        var programmeIds = items.Select(item => item.ProgrammeId).Distinct().ToList();
        var programmes = await db.ProgrammesFor(reader, Right.Read).AsNoTracking()
            .Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var aspects = new Dictionary<(Guid, int), string>();
        foreach (var programme in programmeIds)
        {
            foreach (var aspect in await db.AspectsOf(programme).AsNoTracking().Where(aspect => aspect.Kind == AspectKind.Task).ToListAsync(ct))
            {
                aspects[(programme, aspect.No)] = aspect.Name;
            }
        }

        // What was taken out later still stood on the day; what came later did not.
        var children = (await db.ItemsFor(reader, Right.Read).AsNoTracking()
            .Where(child => child.ParentId != null && roots.Contains(child.ParentId.Value) && (child.RemovedOn == null || child.RemovedOn > on)
                && (child.AddedOn == null || child.AddedOn <= on))
            .ToListAsync(ct)).OrderBy(child => child.SortKey, StringComparer.Ordinal).ToLookup(child => child.ParentId!.Value);
        List<Guid> ids = [.. roots, .. children.SelectMany(group => group).Select(child => child.Id)];
        var units = (await db.ItemUnits().AsNoTracking().Where(unit => ids.Contains(unit.ItemId)).OrderBy(unit => unit.Order).ToListAsync(ct))
            .ToLookup(unit => unit.ItemId);
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => ids.Contains(fact.ItemId) && fact.On <= on)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        var spans = (await db.StatusSpans().AsNoTracking().Where(span => ids.Contains(span.ItemId)).OrderBy(span => span.From).ToListAsync(ct))
            .ToLookup(span => span.ItemId);
        var persons = (await db.ItemPersons().AsNoTracking().Where(person => roots.Contains(person.ItemId)).OrderBy(person => person.Order).ToListAsync(ct))
            .ToLookup(person => person.ItemId);
        var milestones = (await db.ItemMilestones().AsNoTracking().Where(m => roots.Contains(m.ItemId)).OrderBy(m => m.Due).ThenBy(m => m.No).ToListAsync(ct))
            .ToLookup(m => m.ItemId);

        var past = await PastWords.ReadAsync(db, items.Concat(children.SelectMany(group => group)).Select(item => item.Chain), on, clock, ct);
        var standing = facts.SelectMany(group => group).Where(fact => fact.VoidedAt is null).ToLookup(fact => fact.ItemId);
        var views = new List<ItemView>(items.Length);
        foreach (var item in items.Select(past.Of))
        {
            var now = spans[item.Id].FirstOrDefault(span => span.From <= on && span.Until > on);
            var parts = children[item.Id].Select(child => new Child(
                past.Of(child), spans[child.Id].FirstOrDefault(span => span.From <= on && span.Until > on), past.Units(child.Id, units[child.Id]), [.. facts[child.Id]])).ToList();
            var input = ItemDerivation.Input(programmes[item.ProgrammeId], item, children[item.Id], milestones[item.Id], standing);
            views.Add(new()
            {
                Item = item,
                Programme = programmes[item.ProgrammeId],
                On = on,
                Above = item.ParentId is null ? [] : await AboveAsync(db, reader, item, on, clock, ct),
                Aspect = item.AspectNo is { } no ? aspects.GetValueOrDefault((item.ProgrammeId, no), "") : "",
                Status = now?.Status ?? ItemStatus.Draft,
                Light = now?.Light ?? Light.None,
                Reason = now is null ? new(LightCode.None) : ReasonText.Read(now.Reason),
                HoldsUntil = now is null || now.Until == DateOnly.MaxValue ? null : now.Until.AddDays(-1),
                Units = past.Units(item.Id, units[item.Id]),
                Persons = past.Persons(item.Id, persons[item.Id]),
                Milestones = past.Milestones(item.Id, milestones[item.Id]),
                Facts = [.. facts[item.Id]],
                Measures = [.. parts.Where(part => part.Item.Kind is ItemKind.Measure)],
                Parts = [.. parts.Where(part => part.Item.Kind is not ItemKind.Measure)],
                Spans = [.. spans[item.Id]],
                Percent = Progress.PercentOn(input, on),
                Expected = Progress.ExpectedOn(input, on),
            });
        }

        return views;
    }

    private static async Task<List<Item>> AboveAsync(Db db, Access reader, Item item, DateOnly on, TimeProvider? clock, CancellationToken ct)
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

        var past = await PastWords.ReadAsync(db, above.Select(one => one.Chain), on, clock, ct);
        return [.. above.Select(past.Of)];
    }
}
