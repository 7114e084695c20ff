using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.LookBacks;

/// <summary>Who does what here, and which items are closed: what all commands of the room ask.</summary>
internal static class LookBackOffice
{
    /// <summary>The room itself, for what it reads beside what the reader may see.</summary>
    public static readonly Access Room = Access.OfSystem(Actor.System("lookbacks"));

    private static readonly ItemStatus[] ClosedStatuses = [.. Overview.ClosedStatuses];

    /// <summary>Whether someone runs the programme: its own office, or one above.</summary>
    public static bool IsOffice(Programme programme, Access by) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(programme.RegionId);

    /// <exception cref="Refusal">404: no such programme. 403: another office's.</exception>
    public static async Task<Programme> DemandAsync(Db db, Guid id, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("programme", id);
        return IsOffice(programme, by) ? programme : throw Refusal.NotAllowed("lookback.office", "Only the programme's own office does this.");
    }

    /// <summary>Whether someone may look at what a unit handed in: the programme's office, or a supervisor at the unit or above it.</summary>
    /// <param name="path">The unit's path.</param>
    public static bool Reviews(Programme programme, string path, Access by) =>
        IsOffice(programme, by) || by.HeldAs(Role.Supervisor).Any(held => path.StartsWith(held.Path, StringComparison.Ordinal));

    /// <summary>The items that are closed today and stand in the plan.</summary>
    public static IQueryable<Item> ClosedItems(this Db db, Access reader, Guid programme, DateOnly today) => db.ItemsFor(reader, Right.Read)
        .Where(item => item.ProgrammeId == programme && item.Kind != ItemKind.Finding && item.RemovedOn == null && db.StatusSpans().Any(span =>
            span.ItemId == item.Id && span.From <= today && span.Until > today && ClosedStatuses.Contains(span.Status)));

    /// <summary>The day of each closed item's latest closing.</summary>
    public static async Task<Dictionary<Guid, DateOnly>> ClosedOnAsync(Db db, IReadOnlyCollection<Guid> items, DateOnly today, CancellationToken ct)
    {
        var days = new Dictionary<Guid, DateOnly>();
        foreach (var some in items.Chunk(500))
        {
            foreach (var one in await db.ItemFacts().Where(fact => some.Contains(fact.ItemId) && fact.Kind == FactKind.Closed && fact.VoidedAt == null && fact.On <= today)
                .GroupBy(fact => fact.ItemId).Select(facts => new { facts.Key, On = facts.Max(fact => fact.On) }).ToListAsync(ct))
            {
                days[one.Key] = one.On;
            }
        }

        return days;
    }

    /// <summary>The unit that answers for each item: the first that leads, else the first named responsible.</summary>
    public static async Task<Dictionary<Guid, Guid>> LeadsAsync(Db db, IReadOnlyCollection<Guid> items, CancellationToken ct)
    {
        var leads = new Dictionary<Guid, Guid>();
        foreach (var some in items.Chunk(500))
        {
            foreach (var parts in (await db.ItemUnits().AsNoTracking()
                .Where(part => some.Contains(part.ItemId) && part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible)).ToListAsync(ct)).GroupBy(part => part.ItemId))
            {
                leads[parts.Key] = parts.OrderBy(part => part.Role is not DraftRole.Lead).ThenBy(part => part.Order).First().UnitId!.Value;
            }
        }

        return leads;
    }
}
