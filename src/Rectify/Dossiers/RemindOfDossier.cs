using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dossiers;

/// <summary>Reminds whoever is responsible for an item of what its dossier lacks (催交): an act of the office or of a supervisor, once a day.</summary>
/// <remarks>Whom it reaches is found out by whoever tells people of things; here only the act is recorded.</remarks>
internal sealed class RemindOfDossier(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such task or sub-task that they plan or supervise. 409: nothing is lacking, or it was done today.</exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        if (!await db.ItemsToRemindOf(by).AnyAsync(item => item.Id == id, ct) || await new DossierReading(db, by, clock.Today, clock) { StatesOnly = true }.ReadAsync(id, ct) is not { Dossier: var dossier })
        {
            throw Refusal.NotFound("item", id);
        }

        if (dossier.IsWhole)
        {
            throw Refusal.Conflict("dossier.whole", "Nothing is lacking that has to be there by today.");
        }

        await db.ChainHeads().SingleOrDefaultAsync(head => head.Subject == id, ct); // read before the question: of two at once the later is refused
        if (await WasTodayAsync(db, id, clock, ct))
        {
            throw Refusal.Conflict("dossier.reminded", "The unit was reminded today already.");
        }

        await journal.CommitAsync(
            new DossierReminded { Subject = id, By = by.Actor, At = clock.NowMs, Item = JournalBytes.Text(dossier.Item.PublicId), Lacking = dossier.Lacking }, ct);
    }

    /// <summary>Whether someone reminded of an item's dossier today.</summary>
    public static async Task<bool> WasTodayAsync(Db db, Guid item, TimeProvider clock, CancellationToken ct) =>
        (await LastAsync(db, [item], ct)).TryGetValue(item, out var last) && last >= Days.EndOf(clock.Today.AddDays(-1), clock);

    /// <summary>When items were last reminded of; those that never were are not there. The caller holds the items from a door.</summary>
    public static async Task<Dictionary<Guid, DateTimeOffset>> LastAsync(Db db, IReadOnlyCollection<Guid> items, CancellationToken ct) =>
        (await db.Journal.AsNoTracking().Where(row => items.Contains(row.Subject) && row.Kind == DossierReminded.Name).Select(row => new { row.Subject, row.At }).ToListAsync(ct))
            .GroupBy(row => row.Subject).ToDictionary(group => group.Key, group => group.Max(row => row.At));
}
