using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.LookBacks;

/// <summary>The period that a check by rule stands for: from the day after the period before it, or from the closing.</summary>
internal static class CheckPeriod
{
    /// <summary>The first days of the periods of those checks that were made by rule.</summary>
    public static async Task<Dictionary<Guid, DateOnly>> FromAsync(Db db, IReadOnlyCollection<Check> checks, CancellationToken ct)
    {
        var from = new Dictionary<Guid, DateOnly>();
        foreach (var one in (await OfAsync(db, [.. checks.Where(check => check.Origin is CheckOrigin.Standing).Select(check => check.ItemId).Distinct()], ct)).GroupBy(one => (one.Item, one.Since)))
        {
            List<Made> made = [.. one.OrderBy(check => check.Due)];
            foreach (var (i, check) in made.Index())
            {
                from[check.Id] = i > 0 ? made[i - 1].Due.AddDays(1) : Before(made) > 0 ? check.Due.AddMonths(-Months(made)).AddDays(1) : check.Since;
            }
        }

        return from;
    }

    /// <summary>How many periods passed after a closing before the first check that was made for it.</summary>
    public static async Task<int> BeforeAsync(Db db, Guid item, DateOnly since, CancellationToken ct) =>
        Before([.. (await OfAsync(db, [item], ct)).Where(one => one.Since == since).OrderBy(one => one.Due)]);

    private sealed record Made(Guid Id, Guid Item, DateOnly Since, DateOnly Due);

    // Two checks tell how long periods were when they were made, whatever the rules say since.
    private static int Months(List<Made> made) => ((made[1].Due.Year - made[0].Due.Year) * 12) + made[1].Due.Month - made[0].Due.Month;

    private static int Before(List<Made> made) =>
        made.Count < MakeChecks.Most ? 0 : CheckRules.DueBetween(made[0].Since, Math.Max(1, Months(made)), made[0].Since, made[0].Due.AddDays(-1)).Count();

    private static Task<List<Made>> OfAsync(Db db, Guid[] items, CancellationToken ct) => db.ChecksFor(LookBackOffice.Room).AsNoTracking()
        .Where(check => check.Origin == CheckOrigin.Standing && items.Contains(check.ItemId)).Select(check => new Made(check.Id, check.ItemId, check.Since, check.DueOn)).ToListAsync(ct);
}
