using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Tasks;

/// <summary>The hand-over manual (交账手册): what one unit, or whoever has one task, has to hand over, and where it stands on a day.</summary>
public sealed record Handbook
{
    /// <summary>The tasks in which the unit has one role.</summary>
    public sealed record Part(DraftRole? Role, IReadOnlyList<ItemView> Items);

    /// <summary>The unit whose manual it is; <see langword="null"/> for the manual of one task.</summary>
    public required Unit? Unit { get; init; }

    public required Programme Programme { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>By role: lead first. A task stands once, under the unit's first role in it.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Names of all units that take part, by id.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }

    public int Count => Parts.Sum(part => part.Items.Count);

    /// <summary>Roles in the order of a manual's parts.</summary>
    private static readonly DraftRole[] Order =
        [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate, DraftRole.Supervise, DraftRole.Accept];

    /// <returns><see langword="null"/> if there is no such item, or none that <paramref name="reader"/> may read.</returns>
    public static async Task<Handbook?> OfItemAsync(Db db, Access reader, Guid id, DateOnly on, TimeProvider clock, CancellationToken ct) =>
        await ItemView.ReadAsync(db, reader, id, on, ct, clock) is { } view
            ? new()
            {
                Unit = null,
                Programme = view.Programme,
                On = on,
                Parts = [new(null, [view])],
                Names = await NamesAsync(db, [view], ct),
            }
            : null;

    /// <param name="programme">The programme's code; empty for the one that has most of the unit's tasks.</param>
    /// <returns><see langword="null"/> if there is no such unit, or nothing in which it takes part that <paramref name="reader"/> may read.</returns>
    public static async Task<Handbook?> OfUnitAsync(Db db, Access reader, Guid unitId, string programme, DateOnly on, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Units().AsNoTracking().SingleOrDefaultAsync(unit => unit.Id == unitId, ct) is not { } unit
            || await RolesAsync(db, reader, unitId, programme, on, ct) is not { Count: > 0 } roles)
        {
            return null;
        }

        var views = await ItemView.ReadAsync(db, reader, roles.Keys, on, ct, clock);
        return new()
        {
            Unit = unit,
            Programme = views[0].Programme,
            On = on,
            Parts = [.. Order.Select(role => new Part(role, [.. views.Where(view => roles[view.Item.Id] == role)])).Where(part => part.Items.Count > 0)],
            Names = await NamesAsync(db, views, ct),
        };
    }

    /// <summary>The tasks of a unit in a programme that stood on the day, each with the unit's first role.</summary>
    public static async Task<Dictionary<Guid, DraftRole>> RolesAsync(
        Db db, Access reader, Guid unit, string programme, DateOnly on, CancellationToken ct)
    {
        var programmes = await db.ProgrammesFor(reader, Right.Read).AsNoTracking()
            .Where(p => programme.Length == 0 || p.Code == programme).Select(p => p.Id).ToListAsync(ct);
        var rows = await db.ItemUnits().Where(part => part.UnitId == unit)
            .Join(db.ItemsFor(reader, Right.Read), part => part.ItemId, item => item.Id, (part, item) => new { part.Role, item.Id, item.Kind, item.ProgrammeId, item.RemovedOn })
            .Where(row => row.Kind == ItemKind.Task && programmes.Contains(row.ProgrammeId) && (row.RemovedOn == null || row.RemovedOn > on))
            .ToListAsync(ct);
        return rows.GroupBy(row => row.ProgrammeId).OrderByDescending(group => group.Count()).FirstOrDefault()?
            .GroupBy(row => row.Id).ToDictionary(row => row.Key, row => Order.First(role => row.Any(one => one.Role == role))) ?? [];
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Db db, IEnumerable<ItemView> views, CancellationToken ct)
    {
        var ids = views.SelectMany(view => view.Units.Concat(view.Measures.SelectMany(measure => measure.Units)))
            .Select(part => part.UnitId).OfType<Guid>().Distinct().ToList();
        return await db.Units().AsNoTracking().Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, ct);
    }
}
