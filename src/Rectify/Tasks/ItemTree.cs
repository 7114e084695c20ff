using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Tasks;

/// <summary>
/// Items with all their parts in memory, tracked: whole trees from their roots down. What is derived from them (statuses,
/// scopes, search texts) is made again by <see cref="ItemDerivation"/>.
/// </summary>
internal sealed class ItemTree
{
    /// <summary>Roots read in one query.</summary>
    private const int Batch = 500;

    public List<Item> Items { get; } = [];

    public List<ItemUnit> Units { get; } = [];

    public List<ItemPerson> Persons { get; } = [];

    public List<ItemMilestone> Milestones { get; } = [];

    public List<ItemFact> Facts { get; } = [];

    /// <summary>Takes in the items and parts of another tree.</summary>
    public void Add(ItemTree other)
    {
        Items.AddRange(other.Items);
        Units.AddRange(other.Units);
        Persons.AddRange(other.Persons);
        Milestones.AddRange(other.Milestones);
        Facts.AddRange(other.Facts);
    }

    /// <summary>Counts a change of what every item is reckoned by, so that whoever changes one of them at the same time notices.</summary>
    public void Reckon() => Items.ForEach(item => item.Reckon());

    /// <summary>The decided changes of an item's deadline that stand, in order.</summary>
    public IReadOnlyList<ItemFact> DeadlineChanges(Guid item) =>
    [
        .. Facts.Where(fact => fact.ItemId == item && fact is { Kind: Timeline.FactKind.DeadlineChanged, VoidedAt: null })
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence),
    ];

    /// <summary>The deadline that holds for what stands below an item: its own, or that of the nearest above it that has one.</summary>
    public DateOnly? DueFrom(Guid? item)
    {
        var at = Items.Find(one => one.Id == item);
        while (at is { DueOn: null })
        {
            at = Items.Find(one => one.Id == at.ParentId);
        }

        return at?.DueOn;
    }

    /// <summary>Loads the whole trees that hold the given items. The caller has checked the right to them.</summary>
    public static async Task<ItemTree> LoadAsync(Db db, IReadOnlyCollection<Item> items, CancellationToken ct)
    {
        var tree = new ItemTree();
        var everything = Access.OfSystem(Platform.Actor.System(nameof(ItemTree)));
        foreach (var batch in items.Select(item => (item.ProgrammeId, Root: item.SortKey.Split('.')[0])).Distinct().GroupBy(item => item.ProgrammeId))
        {
            foreach (var roots in batch.Select(item => item.Root).Chunk(Batch))
            {
                var level = await db.ItemsFor(everything, Right.Read)
                    .Where(item => item.ProgrammeId == batch.Key && roots.Contains(item.SortKey)).ToListAsync(ct);
                while (level.Count > 0)
                {
                    tree.Items.AddRange(level);
                    level = await BelowAsync(db, level, everything, ct);
                }
            }
        }

        foreach (var ids in tree.Items.Select(item => item.Id).Chunk(Batch))
        {
            tree.Units.AddRange(await db.ItemUnits().Where(part => ids.Contains(part.ItemId)).ToListAsync(ct));
            tree.Persons.AddRange(await db.ItemPersons().Where(part => ids.Contains(part.ItemId)).ToListAsync(ct));
            tree.Milestones.AddRange(await db.ItemMilestones().Where(part => ids.Contains(part.ItemId)).ToListAsync(ct));
            tree.Facts.AddRange(await db.ItemFacts().Where(part => ids.Contains(part.ItemId)).ToListAsync(ct));
        }

        return tree;
    }

    private static async Task<List<Item>> BelowAsync(Db db, List<Item> level, Access who, CancellationToken ct)
    {
        var below = new List<Item>();
        foreach (var ids in level.Select(item => (Guid?)item.Id).Chunk(Batch))
        {
            below.AddRange(await db.ItemsFor(who, Right.Read).Where(item => ids.Contains(item.ParentId)).ToListAsync(ct));
        }

        return below;
    }
}
