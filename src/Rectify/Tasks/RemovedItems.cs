using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Tasks;

/// <summary>Items that were taken out of the plan, for those whom they concerned: what was taken out has no scope any more, and no other door leads there but for the top.</summary>
internal static class RemovedItems
{
    private static readonly Access Room = Access.OfSystem(Actor.System(nameof(RemovedItems)));

    /// <summary>Those that stood in a programme's plan on a day and were taken out later, as far as the reader could read them while they stood.</summary>
    public static async Task<List<Item>> ForAsync(Db db, Access reader, Guid programme, DateOnly day, CancellationToken ct)
    {
        var gone = await db.ItemsFor(Room, Right.Read).AsNoTracking()
            .Where(item => item.ProgrammeId == programme && item.RemovedOn > day && (item.AddedOn == null || item.AddedOn <= day)).ToListAsync(ct);
        if (gone.Count == 0 || reader.IsEverywhere(Right.Read))
        {
            return gone;
        }

        // By the same reckoning that gives scopes to what stands.
        var tree = await ItemTree.LoadAsync(db, gone, ct);
        var parents = await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.ParentId, ct);
        var units = reader.UnitIds(Right.Read).ToHashSet();
        var readable = ItemDerivation.Scopes(tree, parents, item => item.RemovedOn is not null).Where(scope => units.Contains(scope.UnitId)).Select(scope => scope.ItemId).ToHashSet();
        return gone.FindAll(item => readable.Contains(item.Id));
    }
}
