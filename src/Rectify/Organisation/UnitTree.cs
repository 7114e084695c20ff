using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>The units as a tree, each with the number of people in it.</summary>
public sealed class UnitTree
{
    /// <param name="People">In the unit itself, not below it.</param>
    public sealed record Row(
        Guid Id, Guid? ParentId, string Code, string Name, string ShortName, UnitKind Kind, string Path, int Order, bool Dissolved, int People);

    private readonly ILookup<Guid?, Row> below;
    private readonly Dictionary<Guid, Row> byId;

    private UnitTree(List<Row> rows)
    {
        below = rows.OrderBy(row => row.Order).ThenBy(row => row.Code, StringComparer.Ordinal).ToLookup(row => row.ParentId);
        byId = rows.ToDictionary(row => row.Id);
    }

    public int Count => byId.Count;

    public static async Task<UnitTree> LoadAsync(Db db, CancellationToken ct) => new(await db.Units().AsNoTracking()
        .Select(u => new Row(
            u.Id, u.ParentId, u.Code, u.Name, u.ShortName, u.Kind, u.Path, u.Order, u.Dissolved, db.People().Count(p => p.UnitId == u.Id)))
        .ToListAsync(ct));

    /// <summary>The units directly below one, in their order; those at the top for <see langword="null"/>.</summary>
    public IEnumerable<Row> Below(Guid? parent) => below[parent];

    /// <summary>From the top down to the unit itself; empty for one that does not exist.</summary>
    public IReadOnlyList<Row> WayTo(Guid id)
    {
        var way = new List<Row>();
        for (var row = byId.GetValueOrDefault(id); row is not null; row = row.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
        {
            way.Insert(0, row);
        }

        return way;
    }

    /// <summary>All units in reading order, with their level from 0.</summary>
    public IEnumerable<(Row Unit, int Level)> InOrder(Guid? from = null, int level = 0) =>
        below[from].SelectMany(row => InOrder(row.Id, level + 1).Prepend((row, level)));

    /// <summary>The units whose name, short name, code or alias contains a text, in reading order.</summary>
    public async Task<List<Row>> FindAsync(Db db, string text, CancellationToken ct)
    {
        var key = UnitName.Key(text);
        var byAlias = (await db.Aliases().AsNoTracking().Where(a => a.Key.Contains(key)).Select(a => a.UnitId).ToListAsync(ct)).ToHashSet();
        return
        [
            .. from found in InOrder()
               let unit = found.Unit
               where byAlias.Contains(unit.Id) || UnitName.Key(unit.Name).Contains(key, StringComparison.Ordinal)
                   || UnitName.Key(unit.ShortName).Contains(key, StringComparison.Ordinal) || unit.Code.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)
               select unit,
        ];
    }
}
