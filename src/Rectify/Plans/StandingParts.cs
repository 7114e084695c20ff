using Rectify.Tasks;

namespace Rectify.Plans;

/// <summary>The parts that stood before the version, by the item they belong to: ten thousand items must not be searched for each.</summary>
internal sealed class StandingParts(ItemTree tree)
{
    public ILookup<Guid, Item> Children { get; } =
        tree.Items.Where(item => item.ParentId is not null).ToLookup(item => item.ParentId!.Value);

    public ILookup<Guid, ItemUnit> Units { get; } = tree.Units.ToLookup(unit => unit.ItemId);

    public ILookup<Guid, ItemPerson> Persons { get; } = tree.Persons.ToLookup(person => person.ItemId);

    public ILookup<Guid, ItemMilestone> Milestones { get; } = tree.Milestones.ToLookup(milestone => milestone.ItemId);

    public ILookup<Guid, ItemFact> Facts { get; } = tree.Facts.ToLookup(fact => fact.ItemId);
}
