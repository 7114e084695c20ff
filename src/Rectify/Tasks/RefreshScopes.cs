using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>Makes the items' scopes anew after the tree of units changed: a unit that moved takes its items along.</summary>
/// <remarks>Follows the journal with a cursor; what it makes is derived, so running twice or stopping half-way is harmless.</remarks>
public sealed class RefreshScopes(Db db, JournalWriter journal) : IJob
{
    /// <summary>Trees of items made anew in one transaction.</summary>
    private const int Batch = 100;

    /// <summary>A cursor of its own: where it does not stand yet, what was taken out of plans by then gets its scopes and its days back.</summary>
    private const string Name = "RefreshScopes.2";

    private static readonly string[] MovesUnits = ["unit.changed", "organisation.imported"];

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var known = await db.Cursors().AsNoTracking().Where(c => c.Job == Name).Select(c => (long?)c.Next).SingleOrDefaultAsync(ct);
        var next = known ?? await db.Journal.MaxAsync(row => row.Index, ct) ?? 0;
        var news = await db.Journal.AsNoTracking().Where(row => row.Index >= next)
            .OrderBy(row => row.Index).Select(row => new { row.Index, row.Kind }).Take(4_096).ToListAsync(ct);
        if (news.Count == 0)
        {
            return 0;
        }

        var count = known is null || news.Exists(row => MovesUnits.Contains(row.Kind)) ? await RefreshAsync(ct) : 0;

        // Only now: after a crash before this line the next run does it all again.
        var cursor = await db.Cursors().SingleOrDefaultAsync(c => c.Job == Name, ct) ?? db.Add(new Cursor { Job = Name }).Entity;
        cursor.Next = news[^1].Index!.Value + 1;
        await journal.SaveBookkeepingAsync(ct);
        return count;
    }

    private async Task<int> RefreshAsync(CancellationToken ct)
    {
        var all = Access.OfSystem(Actor.System(nameof(RefreshScopes)));
        var count = 0;
        foreach (var programme in await db.ProgrammesFor(all, Right.Read).AsNoTracking().Select(p => p.Id).ToListAsync(ct))
        {
            var after = "";
            while (true)
            {
                db.ChangeTracker.Clear();
                var roots = await db.ItemsFor(all, Right.Read)
                    .Where(item => item.ProgrammeId == programme && item.ParentId == null && string.Compare(item.SortKey, after) > 0)
                    .OrderBy(item => item.SortKey).Take(Batch).ToListAsync(ct);
                if (roots.Count == 0)
                {
                    break;
                }

                after = roots[^1].SortKey;
                var whole = await db.ProgrammesFor(all, Right.Read).SingleAsync(p => p.Id == programme, ct);
                await ItemDerivation.RefreshAsync(db, whole, await ItemTree.LoadAsync(db, roots, ct), isNew: false, ct);
                await journal.SaveBookkeepingAsync(ct);
                count += roots.Count;
            }
        }

        db.ChangeTracker.Clear();
        return count;
    }
}
