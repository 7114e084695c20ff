using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>A figure of an item or one of its measures that is known to be another now than it was when the closing was declared: whoever reads what was signed sees both.</summary>
/// <param name="On">The day for which both are told: that of the declaration.</param>
/// <param name="Then">At the item's scale, as known when it was declared; <see langword="null"/> where nothing was.</param>
/// <param name="Now">As known now.</param>
internal sealed record RestatedFigure(Item Item, DateOnly On, long? Then, long? Now)
{
    /// <returns>Those that differ, in the plan's order; empty before the declaration is signed.</returns>
    public static async Task<IReadOnlyList<RestatedFigure>> ReadAsync(Db db, ClosureCase one, CancellationToken ct)
    {
        List<Item> items = [.. one.Measures.Prepend(one.Item).Where(item => item.QuantityTarget is not null)];
        if (items.Count == 0 || one.Acts.FindLast(act => act.StepKind is StepKind.Declare && act.Signs && act.Cycle == one.Closure.Cycle) is not { At: var at, On: var day })
        {
            return [];
        }

        var ids = items.Select(item => item.Id).ToArray();
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId) && fact.Kind == FactKind.Measured && fact.On <= day).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct))
            .ToLookup(fact => fact.ItemId);
        return
        [
            .. from item in items
               let then = facts[item.Id].LastOrDefault(fact => fact.RecordedAt <= at && !(fact.VoidedAt <= at))?.Value
               let now = facts[item.Id].LastOrDefault(fact => fact.VoidedAt is null)?.Value
               where then != now
               select new RestatedFigure(item, day, then, now),
        ];
    }
}
