using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Who recorded what, and who accepts: what the separation of duties asks.</summary>
internal static class FactDuties
{
    /// <summary>Who recorded the facts that stand since the item was last taken up, by kind.</summary>
    public static ILookup<FactKind, Actor> Recorders(Item item, IEnumerable<ItemFact> facts)
    {
        var standing = facts.Where(fact => fact.ItemId == item.Id && fact.VoidedAt is null)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToList();
        return standing.Skip(standing.FindLastIndex(fact => fact.Kind is FactKind.Reopened) + 1)
            .ToLookup(fact => fact.Kind, fact => fact.RecordedBy);
    }

    /// <summary>Whether the accepting unit that the plan names is theirs; true where it names none.</summary>
    /// <param name="tree">The item and all above it; others do no harm.</param>
    public static async Task<bool> AcceptsAsync(Db db, Item item, IEnumerable<Item> tree, Access by, CancellationToken ct)
    {
        if (by.IsEverywhere(Right.Accept))
        {
            return true;
        }

        // A measure or sub-task that names no accepting unit is accepted by that of the item above.
        var byId = tree.ToDictionary(one => one.Id);
        for (var next = item; next is not null; next = next.ParentId is { } above ? byId.GetValueOrDefault(above) : null)
        {
            var here = next.Id;
            var paths = await db.ItemUnits().Where(part => part.ItemId == here && part.Role == DraftRole.Accept && part.UnitId != null)
                .Join(db.Units(), part => part.UnitId, unit => unit.Id, (_, unit) => unit.Path).ToListAsync(ct);
            if (paths.Count > 0)
            {
                return paths.Exists(path => by.Reaches(Right.Accept, path));
            }
        }

        return true;
    }
}
