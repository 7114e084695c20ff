using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.LookBacks;

/// <summary>Makes the checks of items with lasting duties as their periods begin, and stops checks of items that were taken up again.</summary>
/// <remarks>
/// What is due is read from the database, all of it once a day and between that of the items that the journal names, so a crash at any moment loses nothing; the check's unique key sees to it that a
/// period has one check, however many servers run this. Periods that passed unasked, before an item's first check as while the server was down, are made up: what nobody looked at is overdue, not unsaid.
/// Of an item at most the last <see cref="Most"/>: <see cref="ItemLookBacks.Skipped"/> tells how many came before them.
/// </remarks>
internal sealed class MakeChecks(Db db, JournalWriter journal, TimeProvider clock) : IJob
{
    /// <summary>Its cursor holds the number of the day last looked through.</summary>
    internal const string DayCursor = "checks.day";

    internal const string JournalCursor = "checks";

    /// <summary>Periods of one closing that are made up at once.</summary>
    internal const int Most = 40;

    /// <summary>Checks after which a transaction ends.</summary>
    private const int Enough = 500;

    /// <summary>Items whose checks are made in one transaction.</summary>
    private const int Batch = 100;

    private const int Entries = 2_000;

    private static readonly Access Room = LookBackOffice.Room;

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            db.ChangeTracker.Clear();
            return await DayAsync(ct) + await NewsAsync(ct);
        }
        catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
        {
            db.ChangeTracker.Clear(); // another server was first, or a person changed a check; the next run looks again
            return 0;
        }
    }

    /// <summary>Makes what is due of some items of one programme now.</summary>
    internal Task<int> OfAsync(Guid programme, Guid[] items, CancellationToken ct) => ProgrammeAsync(programme, items, ct);

    private async Task<int> DayAsync(CancellationToken ct)
    {
        var today = clock.Today;
        if (await db.Cursors().AsNoTracking().Where(one => one.Job == DayCursor).Select(one => (long?)one.Next).SingleOrDefaultAsync(ct) == today.DayNumber)
        {
            return 0;
        }

        var next = (await db.Journal.MaxAsync(row => row.Index, ct) ?? -1) + 1; // what comes while it looks is looked at again
        var count = 0;
        foreach (var programme in await db.ProgrammesFor(Room, Right.Read).Select(one => one.Id).OrderBy(id => id).ToListAsync(ct))
        {
            count += await ProgrammeAsync(programme, null, ct);
        }

        await MoveAsync(DayCursor, today.DayNumber, ct);
        if (!await db.Cursors().AnyAsync(one => one.Job == JournalCursor, ct))
        {
            await MoveAsync(JournalCursor, next, ct);
        }

        await journal.SaveBookkeepingAsync(ct);
        return count;
    }

    private async Task<int> NewsAsync(CancellationToken ct)
    {
        var count = 0;
        while (true)
        {
            var next = await db.Cursors().AsNoTracking().Where(one => one.Job == JournalCursor).Select(one => one.Next).SingleAsync(ct);
            var news = await db.Journal.AsNoTracking().Where(row => row.Index >= next).OrderBy(row => row.Index).Take(Entries).Select(row => new { row.Index, row.Kind, row.Subject }).ToListAsync(ct);
            if (news.Count == 0)
            {
                return count;
            }

            foreach (var rules in news.Where(row => row.Kind is "check.rules-changed").Select(row => row.Subject).Distinct())
            {
                count += await ProgrammeAsync(rules, null, ct);
            }

            foreach (var chains in news.Where(row => row.Kind.StartsWith("item.", StringComparison.Ordinal)).Select(row => row.Subject).Distinct().Chunk(Batch))
            {
                var items = await db.ItemsFor(Room, Right.Read).Where(item => chains.Contains(item.Id) || (item.ParentId != null && chains.Contains(item.ParentId.Value)))
                    .Select(item => new { item.Id, item.ProgrammeId }).ToListAsync(ct);
                foreach (var programme in items.GroupBy(item => item.ProgrammeId))
                {
                    count += await ProgrammeAsync(programme.Key, [.. programme.Select(item => item.Id)], ct);
                }
            }

            await MoveAsync(JournalCursor, news[^1].Index!.Value + 1, ct);
            await journal.SaveBookkeepingAsync(ct);
        }
    }

    /// <param name="only">Of these items alone; <see langword="null"/> for all of the programme.</param>
    private async Task<int> ProgrammeAsync(Guid programme, Guid[]? only, CancellationToken ct)
    {
        var today = clock.Today;
        var rules = await db.CheckRulesFor(Room).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme, ct) ?? CheckRules.Of(programme);
        var count = await StopAsync(programme, only, today, ct);
        var standing = await db.ClosedItems(Room, programme, today).Where(item => item.Standing && (only == null || only.Contains(item.Id))).OrderBy(item => item.Id).Select(item => item.Id).ToListAsync(ct);
        foreach (var some in standing.Chunk(Batch))
        {
            count += await MakeAsync(programme, rules, some, today, ct);
        }

        return count;
    }

    private async Task<int> MakeAsync(Guid programme, CheckRules rules, Guid[] ids, DateOnly today, CancellationToken ct)
    {
        var items = await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => ids.Contains(item.Id)).OrderBy(item => item.SortKey).ThenBy(item => item.Id).ToListAsync(ct);
        var (closed, leads) = (await LookBackOffice.ClosedOnAsync(db, ids, today, ct), await LookBackOffice.LeadsAsync(db, ids, ct));
        var made = (await db.ChecksFor(Room).Where(check => check.Origin == CheckOrigin.Standing && ids.Contains(check.ItemId))
            .GroupBy(check => new { check.ItemId, check.Since }).Select(checks => new { checks.Key.ItemId, checks.Key.Since, Last = checks.Max(check => check.DueOn) }).ToListAsync(ct))
            .ToDictionary(one => (one.ItemId, one.Since), one => one.Last);
        var region = await db.ProgrammesFor(Room, Right.Read).Where(one => one.Id == programme).Select(one => one.RegionId).SingleAsync(ct);
        List<Fact> facts = [];
        var count = 0;
        foreach (var item in items.Where(item => closed.ContainsKey(item.Id)))
        {
            var (since, months) = (closed[item.Id], rules.MonthsOf(item.TaskType));
            var current = CheckRules.DueAt(since, months, today);
            foreach (var due in CheckRules.DueBetween(since, months, made.GetValueOrDefault((item.Id, since), since), current).TakeLast(Most))
            {
                var check = db.Add(new Check
                {
                    ProgrammeId = programme,
                    ItemId = item.Id,
                    UnitId = leads.GetValueOrDefault(item.Id, region),
                    Origin = CheckOrigin.Standing,
                    Since = since,
                    DueOn = due,
                    Key = Check.KeyOf(item.Id, since, due),
                    MadeAt = clock.NowMs,
                }).Entity;
                facts.Add(new CheckMade { Subject = check.Id, By = Room.Actor, At = check.MadeAt, Item = JournalBytes.Text(item.PublicId), Origin = check.Origin, Due = due });
            }

            // Stopped here, the next run goes on after the last period that was made of each item.
            if (facts.Count >= Enough)
            {
                count += await CommitAsync(facts, ct);
                facts = [];
            }
        }

        return count + await CommitAsync(facts, ct);
    }

    // What an item was checked for is over once it is taken up again, taken out of the plan, or its closing stands on another day.
    private async Task<int> StopAsync(Guid programme, Guid[]? only, DateOnly today, CancellationToken ct)
    {
        var closed = db.ClosedItems(Room, programme, today);
        var count = 0;
        foreach (var some in (await db.ChecksFor(Room).AsNoTracking().Where(check => check.ProgrammeId == programme && CheckFlow.Waiting.Contains(check.State) && (only == null || only.Contains(check.ItemId))
                && (!closed.Any(item => item.Id == check.ItemId) || !db.ItemFacts().Any(fact => fact.ItemId == check.ItemId && fact.Kind == FactKind.Closed && fact.VoidedAt == null && fact.On == check.Since)))
            .OrderBy(check => check.Id).Select(check => check.Id).ToListAsync(ct)).Chunk(Batch))
        {
            var checks = await db.ChecksFor(Room).Where(check => some.Contains(check.Id)).ToListAsync(ct);
            count += await CommitAsync([.. checks.Select(check => check.Stop("", Room.Actor, clock.NowMs))], ct);
        }

        return count;
    }

    private async Task<int> CommitAsync(List<Fact> facts, CancellationToken ct)
    {
        if (facts.Count > 0)
        {
            await journal.CommitAsync(facts[0], [.. facts.Skip(1)], ct);
        }

        db.ChangeTracker.Clear();
        return facts.Count;
    }

    private async Task MoveAsync(string name, long next, CancellationToken ct) =>
        (await db.Cursors().SingleOrDefaultAsync(one => one.Job == name, ct) ?? db.Add(new Cursor { Job = name }).Entity).Next = next;
}
