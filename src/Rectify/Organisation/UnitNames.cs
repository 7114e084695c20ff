using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>All spellings of all units, for telling which unit a text means.</summary>
public sealed class UnitNames
{
    // A place's government is the place: what follows its name in a plan says which of its bodies is meant.
    private static readonly string[] Tails =
    [
        "党委和人民政府", "党委、人民政府", "党委和政府", "党委、政府", "委和人民政府", "委、人民政府", "委、市政府", "委、县政府", "委、区政府", "委、州政府",
        "委市政府", "委县政府", "委区政府", "委州政府", "地委、行署", "地委行署", "委、政府", "人民政府", "行政公署", "行署", "政府", "党委", "管理委员会", "管委会", "委",
    ];

    private readonly Dictionary<string, Guid> byKey;
    private readonly Dictionary<Guid, string> names;

    private UnitNames(Dictionary<string, Guid> byKey, Dictionary<Guid, string> names) => (this.byKey, this.names) = (byKey, names);

    public static async Task<UnitNames> LoadAsync(Db db, CancellationToken ct)
    {
        var units = await db.Units().AsNoTracking().Select(u => new { u.Id, u.Name, u.ShortName }).ToListAsync(ct);
        var aliases = await db.Aliases().AsNoTracking().Select(a => new { a.UnitId, a.Key }).ToListAsync(ct);
        var byKey = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (key, id) in units.Select(u => (UnitName.Key(u.Name), u.Id))
            .Concat(aliases.Select(a => (a.Key, a.UnitId)))
            .Concat(units.Select(u => (UnitName.Key(u.ShortName), u.Id))))
        {
            byKey.TryAdd(key, id); // names come first: a short name never takes another unit's name
        }

        return new(byKey, units.ToDictionary(u => u.Id, u => u.Name));
    }

    /// <summary>The unit that a text means: by name, alias or short name, or a place by a body of its government.</summary>
    public Guid? Find(string text)
    {
        var key = UnitName.Key(text);
        if (byKey.TryGetValue(key, out var unit))
        {
            return unit;
        }

        foreach (var tail in Tails.Select(UnitName.Key))
        {
            if (key.Length > tail.Length && key.EndsWith(tail, StringComparison.Ordinal) && byKey.TryGetValue(key[..^tail.Length], out unit))
            {
                return unit;
            }
        }

        // 曙泊市委、市政府: the second 市 belongs to the second body.
        foreach (var place in "市县区州旗")
        {
            if (key.IndexOf($"{place}委", StringComparison.Ordinal) is > 0 and var at && byKey.TryGetValue(key[..(at + 1)], out unit))
            {
                return unit;
            }
        }

        return null;
    }

    public string NameOf(Guid unit) => names.GetValueOrDefault(unit, "");

    /// <summary>The units whose spellings share most pairs of characters with a text, best first; none that share less than a third.</summary>
    public IReadOnlyList<Guid> Closest(string text, int most = 3)
    {
        var pairs = Pairs(UnitName.Key(text));
        return
        [
            .. byKey.Select(entry => (entry.Value, Likeness: Likeness(pairs, Pairs(entry.Key))))
                .Where(entry => entry.Likeness >= 1 / 3d)
                .GroupBy(entry => entry.Value)
                .Select(unit => (unit.Key, Best: unit.Max(entry => entry.Likeness)))
                .OrderByDescending(unit => unit.Best).ThenBy(unit => NameOf(unit.Key), StringComparer.Ordinal)
                .Take(most)
                .Select(unit => unit.Key),
        ];
    }

    private static HashSet<(char, char)> Pairs(string key) =>
        key.Length == 1 ? [(key[0], '\0')] : [.. Enumerable.Range(0, Math.Max(0, key.Length - 1)).Select(i => (key[i], key[i + 1]))];

    private static double Likeness(HashSet<(char, char)> a, HashSet<(char, char)> b) =>
        a.Count + b.Count == 0 ? 0 : 2d * a.Count(b.Contains) / (a.Count + b.Count);
}
