using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>Makes a plan of looking back.</summary>
internal sealed class PlanLookBack(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 422: a title or period that cannot be.</exception>
    public async Task<Guid> RunAsync(string code, PlanDetails details, Access by, CancellationToken ct)
    {
        var programme = await LookBackOffice.DemandAsync(db, (await TaskEndpoints.ProgrammeAsync(db, by, code, ct)).Id, by, ct);
        var plan = db.Add(LookBackPlan.Create(programme.Id, details, by.Actor, clock.NowMs)).Entity;

        await journal.CommitAsync(new LookBackPlanned { Subject = plan.Id, By = by.Actor, At = plan.MadeAt, From = plan.From, To = plan.To }, ct);
        return plan.Id;
    }
}

/// <summary>Chooses items for a plan by hand: each becomes a check.</summary>
internal sealed class ChooseItems(Db db, JournalWriter journal, TimeProvider clock, PlaceChecks place)
{
    /// <summary>Items chosen at once.</summary>
    public const int Most = 200;

    /// <param name="unit">Who checks; <see langword="null"/> for each item's own leading unit.</param>
    /// <exception cref="Refusal">404: no such plan or unit. 403: another office's. 422: no items, one that is not closed or was chosen already, or a last day that has passed.</exception>
    public async Task<int> RunAsync(Guid id, IReadOnlyCollection<Guid> items, Guid? unit, string person, DateOnly due, Access by, CancellationToken ct)
    {
        var plan = await db.LookBackPlansFor(by).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("lookback", id);
        await LookBackOffice.DemandAsync(db, plan.ProgrammeId, by, ct);
        if (items.Count is 0 or > Most)
        {
            throw Refusal.Invalid("lookback.items", $"Choose 1 to {Most} items.", Most);
        }

        if (due < clock.Today || person.Trim().Length > 100)
        {
            throw Refusal.Invalid("lookback.due", "The last day has not passed yet; who checks is named in at most 100 characters.");
        }

        var made = await place.RunAsync(plan, null, [.. items.Distinct()], unit, person, due, by, ct);
        if (made.Count < items.Distinct().Count())
        {
            throw Refusal.Invalid("lookback.item", "An item is not closed, or stands in this plan already.");
        }

        await journal.CommitAsync(new LookBackChosen { Subject = id, By = by.Actor, At = clock.NowMs, Count = made.Count }, [.. made], ct);
        return made.Count;
    }
}

/// <summary>Makes checks of a plan's items, for the act that chose them to commit. Saves nothing itself.</summary>
internal sealed class PlaceChecks(Db db, TimeProvider clock)
{
    /// <param name="draw">The draw that chose them; <see langword="null"/> by hand.</param>
    /// <returns>An entry for each check that was made: none for an item that is not closed now, or stands in the plan already.</returns>
    /// <exception cref="Refusal">404: no such unit.</exception>
    public async Task<IReadOnlyList<Fact>> RunAsync(LookBackPlan plan, Guid? draw, Guid[] ids, Guid? unit, string person, DateOnly due, Access by, CancellationToken ct)
    {
        if (unit is { } named && !await db.Units().AnyAsync(one => one.Id == named && !one.Dissolved, ct))
        {
            throw Refusal.NotFound("unit", named);
        }

        var region = await db.ProgrammesFor(by, Right.Read).Where(one => one.Id == plan.ProgrammeId).Select(one => one.RegionId).SingleAsync(ct);
        var there = await db.ChecksFor(LookBackOffice.Room).Where(check => check.PlanId == plan.Id && check.State != CheckState.Stopped).Select(check => check.ItemId).ToListAsync(ct);
        var items = await db.ClosedItems(by, plan.ProgrammeId, clock.Today).AsNoTracking().Where(item => ids.Contains(item.Id) && !there.Contains(item.Id)).OrderBy(item => item.SortKey).ThenBy(item => item.Id).ToListAsync(ct);
        var found = items.ConvertAll(item => item.Id);
        var (closed, leads) = (await LookBackOffice.ClosedOnAsync(db, found, clock.Today, ct), await LookBackOffice.LeadsAsync(db, found, ct));
        List<Fact> facts = [];
        foreach (var item in items.Where(item => closed.ContainsKey(item.Id)))
        {
            var check = db.Add(new Check
            {
                ProgrammeId = plan.ProgrammeId,
                ItemId = item.Id,
                UnitId = unit ?? leads.GetValueOrDefault(item.Id, region),
                Origin = CheckOrigin.Plan,
                PlanId = plan.Id,
                DrawId = draw,
                Person = person.Trim(),
                Since = closed[item.Id],
                DueOn = due,
                Key = Check.KeyOf(draw ?? plan.Id, item.Id),
                MadeAt = clock.NowMs,
            }).Entity;
            facts.Add(new CheckMade { Subject = check.Id, By = by.Actor, At = check.MadeAt, Item = JournalBytes.Text(item.PublicId), Origin = check.Origin, Due = due });
        }

        return facts;
    }
}

/// <summary>Sets how often items with lasting duties are checked. Checks that were made keep their last day; the next one follows the new period.</summary>
internal sealed class SetCheckRules(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="types">Types of tasks with a period of their own, in months.</param>
    /// <param name="version">The version that the person saw; 0 for the usual period.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile. 422: a period or type that cannot be.</exception>
    public async Task RunAsync(string code, int months, IReadOnlyList<(string Type, int Months)> types, int version, Access by, CancellationToken ct)
    {
        var programme = await LookBackOffice.DemandAsync(db, (await TaskEndpoints.ProgrammeAsync(db, by, code, ct)).Id, by, ct);
        var rules = await db.CheckRulesFor(by).SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct) ?? db.Add(CheckRules.Of(programme.Id)).Entity;
        if (rules.Version != version)
        {
            throw Refusal.Stale();
        }

        rules.Change(months, types);

        await journal.CommitAsync(new CheckRulesChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Months = months }, ct);
    }
}
