using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>Which unit holds which spelling: a spelling stands for one unit only.</summary>
/// <remarks>Short names may be alike, since 环保局 is the short name of many; but an alias is never another unit's short name.</remarks>
internal sealed class Spellings
{
    private readonly Dictionary<string, Guid> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> shortNames = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> names = [];

    public static async Task<Spellings> LoadAsync(Db db, CancellationToken ct)
    {
        var all = new Spellings();
        foreach (var unit in await db.Units().AsNoTracking().Select(u => new { u.Id, u.Name, u.ShortName }).ToListAsync(ct))
        {
            all.held.TryAdd(UnitName.Key(unit.Name), unit.Id);
            all.shortNames.TryAdd(UnitName.Key(unit.ShortName), unit.Id);
            all.names[unit.Id] = unit.Name;
        }

        foreach (var alias in await db.Aliases().AsNoTracking().Select(a => new { a.UnitId, a.Key }).ToListAsync(ct))
        {
            all.held.TryAdd(alias.Key, alias.UnitId);
        }

        return all;
    }

    public string NameOf(Guid unit) => names[unit];

    /// <summary>Whose name or alias the spelling is.</summary>
    public Guid? Holder(string spelling) => held.TryGetValue(UnitName.Key(spelling), out var unit) ? unit : null;

    /// <summary>Whose name, alias or short name the spelling is.</summary>
    public Guid? AnyHolder(string spelling) =>
        Holder(spelling) ?? (shortNames.TryGetValue(UnitName.Key(spelling), out var unit) ? unit : null);

    /// <exception cref="Refusal">409: another unit bears this name or has it for an alias.</exception>
    public void DemandName(string name, Guid? self)
    {
        if (Holder(name) is { } other && other != self)
        {
            throw Refusal.Conflict("unit.name-taken", $"\"{name.Trim()}\" already stands for {NameOf(other)}.");
        }
    }
}
