using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.LookBacks;

/// <summary>Draws that the public may recompute: those whose seed was entered, also where they were voided since. Before that nothing of a draw is told.</summary>
internal static class DrawsInPublic
{
    private const int Most = 50;

    /// <summary>The latest draws of a programme.</summary>
    public static Task<List<LookBackDraw>> ReadAsync(Db db, Guid programme, CancellationToken ct) =>
        Of(db, programme).OrderByDescending(draw => draw.DrawnAt).ThenByDescending(draw => draw.Id).Take(Most).ToListAsync(ct);

    /// <summary>The latest draws in whose list an item stands.</summary>
    /// <param name="item">The item's public id as the list writes it.</param>
    public static Task<List<LookBackDraw>> OfItemAsync(Db db, Guid programme, string item, CancellationToken ct) =>
        Of(db, programme).Where(draw => draw.List.Contains(item)).OrderByDescending(draw => draw.DrawnAt).ThenByDescending(draw => draw.Id).Take(Most).ToListAsync(ct);

    /// <returns><see langword="null"/> where there is none, or its seed is not known yet.</returns>
    public static Task<LookBackDraw?> FindAsync(Db db, Guid programme, Guid id, CancellationToken ct) => Of(db, programme).SingleOrDefaultAsync(draw => draw.Id == id, ct);

    private static IQueryable<LookBackDraw> Of(Db db, Guid programme)
    {
        var plans = db.LookBackPlansFor(LookBackOffice.Room);
        return db.LookBackDrawsFor(LookBackOffice.Room).AsNoTracking().Where(draw => draw.DrawnAt != null && plans.Any(plan => plan.Id == draw.PlanId && plan.ProgrammeId == programme));
    }
}
