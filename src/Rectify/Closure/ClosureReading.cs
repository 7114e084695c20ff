using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>Reads closures with all that their rules ask, many at once with the same few queries. The caller has found them through a door.</summary>
internal sealed class ClosureReading(Db db)
{
    /// <summary>For what the room reads of items and evidence once a closure's own door has let someone in.</summary>
    public static Access Room { get; } = Access.OfSystem(Actor.System("closure"));

    public async Task<ClosureCase> ReadAsync(ItemClosure closure, CancellationToken ct) => (await ReadAsync([closure], ct))[0];

    public async Task<List<ClosureCase>> ReadAsync(IReadOnlyList<ItemClosure> closures, CancellationToken ct)
    {
        var ids = closures.Select(one => one.Id).ToArray();
        var items = closures.Select(one => one.ItemId).Distinct().ToArray();
        var programmes = closures.Select(one => one.ProgrammeId).Distinct().ToArray();
        var byItem = await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => EF.Parameter(items).Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var parents = byItem.Values.Where(item => item.Kind is not ItemKind.Task).Select(item => item.ParentId).OfType<Guid>().Distinct().ToArray();
        var above = parents.Length == 0 ? [] : await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => EF.Parameter(parents).Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var measures = await MeasuresAsync(db, items, ct);
        var byProgramme = await db.ProgrammesFor(Room, Right.Read).AsNoTracking().Where(one => EF.Parameter(programmes).Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var procedures = (await db.ProceduresFor(Room).AsNoTracking().Where(one => EF.Parameter(programmes).Contains(one.ProgrammeId)).ToListAsync(ct))
            .ToDictionary(one => (one.ProgrammeId, one.No), one => one.Procedure);
        var acts = (await db.ClosureActs().AsNoTracking().Where(act => EF.Parameter(ids).Contains(act.ClosureId)).OrderBy(act => act.No).ToListAsync(ct)).ToLookup(act => act.ClosureId);
        var notices = acts.SelectMany(group => group).Select(act => act.NoticeId).Concat(closures.Select(one => one.NoticeId)).OfType<Guid>().Distinct().ToArray();
        var byNotice = await db.ClosureNotices().AsNoTracking().Where(one => EF.Parameter(notices).Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var units = closures.Select(one => one.UnitId).Concat(acts.SelectMany(group => group).Select(act => act.UnitId)).Distinct().ToArray();
        var byUnit = await db.Units().AsNoTracking().Where(unit => EF.Parameter(units).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, ct);
        var pieces = await PiecesAsync(
            db, closures.SelectMany(one => one.Declaration.Pieces).Concat(acts.SelectMany(group => group).SelectMany(act => act.Statement.Evidence)).Distinct().ToArray(), ct);
        var calendar = await db.CalendarAsync(ct);
        return
        [
            .. closures.Select(closure => new ClosureCase
            {
                Closure = closure,
                Programme = byProgramme[closure.ProgrammeId],
                Item = byItem[closure.ItemId],
                Above = byItem[closure.ItemId].ParentId is { } parent ? above.GetValueOrDefault(parent) : null,
                Measures = [.. measures[closure.ItemId]],
                Unit = byUnit[closure.UnitId],
                Procedure = procedures[(closure.ProgrammeId, closure.ProcedureNo)],
                Calendar = calendar,
                Acts = [.. acts[closure.Id]],
                Notices = byNotice.ToDictionary(),
                Pieces = pieces,
                UnitCodes = byUnit.ToDictionary(unit => unit.Key, unit => unit.Value.Code),
            }),
        ];
    }

    /// <summary>Measures in the plan's order, by their item.</summary>
    internal static async Task<ILookup<Guid, Item>> MeasuresAsync(Db db, Guid[] items, CancellationToken ct) =>
        (await db.ItemsFor(Room, Right.Read).AsNoTracking()
            .Where(item => item.ParentId != null && EF.Parameter(items).Contains(item.ParentId.Value) && item.Kind == ItemKind.Measure && item.RemovedOn == null).ToListAsync(ct))
            .OrderBy(item => item.SortKey, StringComparer.Ordinal).ToLookup(item => item.ParentId!.Value);

    /// <summary>Pieces with their newest files, as they are now.</summary>
    internal static async Task<Dictionary<Guid, PieceNow>> PiecesAsync(Db db, Guid[] ids, CancellationToken ct)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var found = await (
            from piece in db.PiecesFor(Room)
            where EF.Parameter(ids).Contains(piece.Id)
            join version in db.PieceVersions() on new { Piece = piece.Id, No = piece.Newest } equals new { Piece = version.PieceId, version.No }
            select new PieceNow(piece.Id, piece.PublicId, piece.Title, version.No, version.FileHash, piece.WithdrawnAt != null)).AsNoTracking().ToListAsync(ct);
        return found.ToDictionary(piece => piece.Id);
    }

    /// <summary>The units that answer for an item, the lead first: its own, or those of the nearest item above that names any.</summary>
    internal static Task<List<Guid>> ResponsibleAsync(Db db, Item item, CancellationToken ct) =>
        UnitsAsync(db, item, [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate], ct);

    /// <summary>The units that accept it by the plan; none where it names none.</summary>
    internal static Task<List<Guid>> AcceptorsAsync(Db db, Item item, CancellationToken ct) => UnitsAsync(db, item, [DraftRole.Accept], ct);

    private static async Task<List<Guid>> UnitsAsync(Db db, Item item, DraftRole[] roles, CancellationToken ct)
    {
        for (var next = (Guid?)item.Id; next is { } id;)
        {
            var found = await db.ItemUnits().AsNoTracking().Where(part => part.ItemId == id && part.UnitId != null && EF.Parameter(roles).Contains(part.Role)).ToListAsync(ct);
            if (found.Count > 0)
            {
                return [.. found.OrderBy(part => Array.IndexOf(roles, part.Role)).ThenBy(part => part.Order).Select(part => part.UnitId!.Value).Distinct()];
            }

            next = await db.ItemsFor(Room, Right.Read).Where(one => one.Id == id).Select(one => one.ParentId).SingleOrDefaultAsync(ct);
        }

        return [];
    }
}

/// <summary>Which units close an item, and which items a programme closes at all.</summary>
internal static class ClosingParts
{
    /// <summary>The units of which each closes the item for itself: those that lead or answer for it, or, where there are none, that help.</summary>
    public static async Task<List<Guid>> UnitsAsync(Db db, Procedure procedure, Item item, CancellationToken ct)
    {
        var units = await ClosureReading.ResponsibleAsync(db, item, ct);
        if (!procedure.PerUnit)
        {
            return [.. units.Take(1)];
        }

        // A plan may name a unit twice, as one that answers and again among those that help: it closes once, as one that answers.
        var leads = await db.ItemUnits().Where(part => part.ItemId == item.Id && part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible)).Select(part => part.UnitId!.Value).ToListAsync(ct);
        var helps = await db.ItemUnits().Where(part => part.ItemId == item.Id && part.UnitId != null && part.Role == DraftRole.Cooperate).Select(part => part.UnitId!.Value).ToListAsync(ct);
        var own = units.Except(helps.Except(leads)).ToList();
        return own.Count > 0 ? own : units;
    }

    /// <summary>Whether closings happen at this node: the kind that the procedure names, or a task that has no parts of that kind.</summary>
    public static async Task<bool> ClosesAsync(Db db, Procedure procedure, Item item, CancellationToken ct) => procedure.Node switch
    {
        ClosingNode.Task => item.Kind is ItemKind.Task or ItemKind.SubTask,
        ClosingNode.Measure => item.Kind is ItemKind.Measure || (item.Kind is ItemKind.Task or ItemKind.SubTask && (await PartsAsync(db, procedure, item.Id, ct)).Count == 0),
        ClosingNode.Point => item.Kind is ItemKind.Point || (item.Kind is ItemKind.Task or ItemKind.SubTask && (await PartsAsync(db, procedure, item.Id, ct)).Count == 0),
    };

    /// <summary>The parts of a task that are closed for themselves and close it together.</summary>
    public static async Task<List<Item>> PartsAsync(Db db, Procedure procedure, Guid task, CancellationToken ct)
    {
        if (procedure.Node is ClosingNode.Task)
        {
            return [];
        }

        var kind = procedure.Node is ClosingNode.Measure ? ItemKind.Measure : ItemKind.Point;
        return await db.ItemsFor(ClosureReading.Room, Right.Read).AsNoTracking().Where(part => part.ParentId == task && part.Kind == kind && part.RemovedOn == null).OrderBy(part => part.SortKey).ToListAsync(ct);
    }
}
