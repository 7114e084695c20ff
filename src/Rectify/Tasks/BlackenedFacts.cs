using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>The words of facts are kept for searches too.</summary>
internal sealed class BlackenedFacts(Db db) : IFollowBlackening
{
    public async Task<IReadOnlyList<DocumentSeal>> FollowAsync(IReadOnlyCollection<object> blackened, CancellationToken ct)
    {
        var all = Access.OfSystem(Actor.System(nameof(BlackenedFacts)));
        var touched = blackened.OfType<ItemFact>().Select(fact => fact.ItemId).Distinct().ToList();
        foreach (var items in (await db.ItemsFor(all, Right.Read).Where(item => touched.Contains(item.Id)).ToListAsync(ct)).GroupBy(item => item.ProgrammeId))
        {
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(one => one.Id == items.Key, ct);
            await ItemDerivation.RefreshAsync(db, programme, await ItemTree.LoadAsync(db, [.. items], ct), isNew: false, ct);
        }

        return [];
    }
}
