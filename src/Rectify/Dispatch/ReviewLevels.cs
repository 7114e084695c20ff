using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Dispatch;

/// <summary>
/// The levels (county → prefecture → region) that look at a return on its way up: each unit above that reports in the round itself or for which
/// somebody reports, though nothing of its own is open; at last the office.
/// </summary>
internal sealed class ReviewLevels
{
    private readonly Dictionary<Guid, Guid?> parents;
    private readonly HashSet<Guid> levels;
    private readonly Guid region;

    private ReviewLevels(Dictionary<Guid, Guid?> parents, HashSet<Guid> levels, Guid region) => (this.parents, this.levels, this.region) = (parents, levels, region);

    /// <param name="reporting">Units with a return in the round.</param>
    /// <param name="today">The day of the duties.</param>
    public static async Task<ReviewLevels> ReadAsync(Db db, Guid region, IEnumerable<Guid> reporting, DateOnly today, CancellationToken ct)
    {
        var report = RoleRights.With(Right.Report);
        var held = await db.Duties().Where(duty => report.Contains(duty.Role) && duty.From <= today && (duty.To == null || duty.To >= today)).Select(duty => duty.UnitId).Distinct().ToListAsync(ct);
        return new(await db.Units().AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.ParentId, ct), [.. reporting, .. held], region);
    }

    /// <summary>The next level above a unit; the region stands for the office.</summary>
    public Guid Above(Guid unit)
    {
        for (var next = parents[unit]; next is { } here && here != region; next = parents[here])
        {
            if (levels.Contains(here))
            {
                return here;
            }
        }

        return region;
    }
}
