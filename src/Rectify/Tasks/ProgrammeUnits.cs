using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Tasks;

/// <summary>The units of a programme's region, for choosing one.</summary>
internal static class ProgrammeUnits
{
    /// <summary>More units than these make no list to choose from; search finds them.</summary>
    private const int Most = 300;

    /// <summary>The region's units from the top down; of a very large region the upper levels only.</summary>
    public static async Task<List<(Guid Id, string Name, int Level)>> OfAsync(Db db, Programme programme, CancellationToken ct)
    {
        var path = await db.Units().Where(unit => unit.Id == programme.RegionId).Select(unit => unit.Path).SingleAsync(ct);
        var (after, before) = (path, path[..^1] + "0"); // '0' follows '/' in byte order
        var units = await db.Units().AsNoTracking()
            .Where(unit => string.Compare(unit.Path, after) >= 0 && string.Compare(unit.Path, before) < 0)
            .OrderBy(unit => unit.Path.Length).Take(Most).Select(unit => new { unit.Id, unit.ShortName, unit.Path, unit.Order, unit.Kind }).ToListAsync(ct);
        var top = path.Count(c => c == '/');
        return [.. units.OrderBy(unit => unit.Path, StringComparer.Ordinal).Select(unit => (unit.Id, unit.ShortName, unit.Path.Count(c => c == '/') - top))];
    }
}
