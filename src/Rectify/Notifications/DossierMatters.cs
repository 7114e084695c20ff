using Microsoft.EntityFrameworkCore;
using Rectify.Dossiers;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>Whom reminders of dossiers concern now: whoever reports for the units that answer for what is lacking, until nothing is.</summary>
internal sealed class DossierMatters(Db db, TimeProvider clock)
{
    private static readonly Access Room = Access.OfSystem(Actor.System("notifications"));

    private static readonly DraftRole[] Answering = [DraftRole.Lead, DraftRole.Responsible];

    /// <summary>Items of whose dossier somebody is still reminded.</summary>
    public Task<List<Guid>> OpenAsync(CancellationToken ct) =>
        db.AllNotices().Where(notice => notice.MatterKind == MatterKind.Dossier && notice.SettledAt == null).Select(notice => notice.Matter).Distinct().OrderBy(id => id).ToListAsync(ct);

    public async Task<List<Told>> OfAsync(Guid[] ids, CancellationToken ct)
    {
        var last = await RemindOfDossier.LastAsync(db, ids, ct);
        var items = await db.ItemsFor(Room, Right.Read).AsNoTracking()
            .Where(item => EF.Parameter(ids).Contains(item.Id) && item.RemovedOn == null && (item.Kind == ItemKind.Task || item.Kind == ItemKind.SubTask)).ToListAsync(ct);
        List<(Dossier Dossier, DossierLine Line)> lacking = [];
        foreach (var some in items.Where(item => last.ContainsKey(item.Id)).GroupBy(item => item.ProgrammeId))
        {
            var programme = await db.ProgrammesFor(Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == some.Key, ct);
            foreach (var dossier in await new DossierReading(db, Room, clock.Today, clock) { StatesOnly = true }.ReadAsync(programme, [.. some], ct))
            {
                lacking.AddRange(dossier.Lines.Where(line => line.IsLacking).Select(line => (dossier, line)));
            }
        }

        Guid[] asked = [.. lacking.SelectMany(one => new[] { one.Line.Target, one.Dossier.Item.Id }).Distinct()];
        var parts = (await db.ItemUnits().AsNoTracking().Where(part => EF.Parameter(asked).Contains(part.ItemId) && part.UnitId != null && Answering.Contains(part.Role))
            .Select(part => new { part.ItemId, Unit = part.UnitId!.Value }).ToListAsync(ct)).ToLookup(part => part.ItemId, part => part.Unit);
        var reporters = (await db.HoldersOf(Right.Report, [.. parts.SelectMany(units => units).Distinct()], clock.Today).ToListAsync(ct)).ToLookup(holder => holder.Unit, holder => holder.Account);
        return
        [
            .. from one in lacking
               group one.Line by one.Dossier.Item.Id into dossier
               let key = $"dossier:{dossier.Key:N}:{last[dossier.Key].ToUnixTimeMilliseconds()}"
               // A measure with units of its own answers for itself.
               from unit in dossier.SelectMany(line => parts[parts.Contains(line.Target) ? line.Target : dossier.Key]).Distinct()
               from account in reporters[unit]
               select new Told(account, NoticeKind.EvidenceAsked, MatterKind.Dossier, dossier.Key, key) { Due = dossier.Min(line => line.DueOn) },
        ];
    }
}
