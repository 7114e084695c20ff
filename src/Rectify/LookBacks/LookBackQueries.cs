using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>A programme's plans of looking back, the latest first.</summary>
internal static class LookBackList
{
    /// <summary>Plans that a page shows; a programme makes a few a year.</summary>
    public const int Most = 200;

    /// <param name="Checks">Those that the reader may see, without those that stopped.</param>
    public sealed record Row(LookBackPlan Plan, int Checks, int Done, int CameBack, DrawState? Draw);

    public static async Task<List<Row>> ReadAsync(Db db, Access reader, Guid programme, CancellationToken ct)
    {
        var plans = await db.LookBackPlansFor(reader).AsNoTracking().Where(plan => plan.ProgrammeId == programme).OrderByDescending(plan => plan.From).ThenByDescending(plan => plan.Id).Take(Most).ToListAsync(ct);
        var ids = plans.ConvertAll(plan => plan.Id);
        var checks = (await db.ChecksFor(reader).Where(check => check.PlanId != null && ids.Contains(check.PlanId.Value) && check.State != CheckState.Stopped)
            .GroupBy(check => new { check.PlanId, check.State, check.Found }).Select(group => new { group.Key.PlanId, group.Key.State, group.Key.Found, Count = group.Count() }).ToListAsync(ct)).ToLookup(one => one.PlanId!.Value);
        var draws = await db.LookBackDrawsFor(reader).Where(draw => draw.LivePlan != null && ids.Contains(draw.PlanId)).ToDictionaryAsync(draw => draw.PlanId, draw => draw.State, ct);
        return plans.ConvertAll(plan => new Row(
            plan, checks[plan.Id].Sum(one => one.Count), checks[plan.Id].Where(one => one.State is CheckState.Done).Sum(one => one.Count),
            checks[plan.Id].Where(one => one is { State: CheckState.Done, Found: CheckResult.CameBack }).Sum(one => one.Count), draws.TryGetValue(plan.Id, out var state) ? state : null));
    }
}

/// <summary>One plan with its checks and draws.</summary>
/// <param name="Rest">Closed items that could still be chosen; only for the office.</param>
internal sealed record LookBackView(
    LookBackPlan Plan, Programme Programme, string MadeBy, IReadOnlyList<CheckList.Row> Checks, IReadOnlyList<LookBackDraw> Draws, bool IsOffice, IReadOnlyList<LookBackView.Choice> Rest)
{
    public sealed record Choice(Item Item, DateOnly ClosedOn);

    /// <summary>Items that a form offers at once; the text finds others.</summary>
    public const int MostOffered = ChooseItems.Most;

    /// <param name="text">A part of the number or the title of the items to choose from.</param>
    /// <exception cref="Refusal">404: no such plan.</exception>
    public static async Task<LookBackView> ReadAsync(Db db, Access reader, Guid id, string text, DateOnly today, CancellationToken ct)
    {
        var plan = await db.LookBackPlansFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("lookback", id);
        var programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == plan.ProgrammeId, ct);
        var people = await ItemHistory.PeopleAsync(db, [plan.MadeBy], ct);
        var office = LookBackOffice.IsOffice(programme, reader);
        List<Choice> rest = [];
        if (office)
        {
            var there = db.ChecksFor(LookBackOffice.Room).Where(check => check.PlanId == id && check.State != CheckState.Stopped);
            var items = await db.ClosedItems(reader, programme.Id, today).AsNoTracking().Where(item => item.Kind == ItemKind.Task && !there.Any(check => check.ItemId == item.Id)
                && (text == "" || item.NumberText.Contains(text) || item.Title.Contains(text))).OrderBy(item => item.SortKey).ThenBy(item => item.Id).Take(MostOffered).ToListAsync(ct);
            var closed = await LookBackOffice.ClosedOnAsync(db, items.ConvertAll(item => item.Id), today, ct);
            rest = [.. items.Where(item => closed.ContainsKey(item.Id)).Select(item => new Choice(item, closed[item.Id]))];
        }

        return new(
            plan, programme, people.GetValueOrDefault(plan.MadeBy.Id).Name ?? "", await CheckList.ReadAsync(db, reader, programme.Id, new(CheckWhich.All, Plan: id), today, ct),
            await db.LookBackDrawsFor(reader).AsNoTracking().Where(draw => draw.PlanId == id).OrderBy(draw => draw.No).ToListAsync(ct), office, rest);
    }
}

/// <summary>One draw, with all that is needed to recompute it.</summary>
internal sealed record DrawView(LookBackDraw Draw, LookBackPlan Plan, Programme Programme, IReadOnlyList<DrawView.Line> Lines, string ListedBy, string DrawnBy, string VoidedBy, bool IsOffice)
{
    /// <param name="Number">The lot; empty before the seed is known.</param>
    /// <param name="Item">Where the reader may read it.</param>
    public sealed record Line(string Part, string PublicId, string Number, int Rank, bool Drawn, Item? Item);

    /// <exception cref="Refusal">404: no such draw.</exception>
    public static async Task<DrawView> ReadAsync(Db db, Access reader, Guid id, CancellationToken ct)
    {
        var draw = await db.LookBackDrawsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("draw", id);
        var plan = await db.LookBackPlansFor(reader).AsNoTracking().SingleAsync(one => one.Id == draw.PlanId, ct);
        var programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == plan.ProgrammeId, ct);
        var candidates = Lot.Read(draw.List);
        var items = new Dictionary<string, Item>();
        foreach (var some in candidates.Select(one => DrawReading.PublicId(one.Id)).Chunk(500))
        {
            foreach (var item in await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => some.Contains(item.PublicId)).ToListAsync(ct))
            {
                items[Platform.Journal.JournalBytes.Text(item.PublicId)] = item;
            }
        }

        var people = await ItemHistory.PeopleAsync(db, new[] { draw.ListedBy, draw.DrawnBy, draw.VoidedBy }.OfType<Actor>().Distinct(), ct);
        string Name(Actor? who) => who is { } one ? people.GetValueOrDefault(one.Id).Name ?? "" : "";
        return new(
            draw, plan, programme,
            draw.Seed.Length > 0
                ? [.. draw.Tickets.Select(ticket => new Line(ticket.Candidate.Part, ticket.Candidate.Id, ticket.Number, ticket.Rank, ticket.Drawn, items.GetValueOrDefault(ticket.Candidate.Id)))]
                : [.. candidates.Select((one, i) => new Line(one.Part, one.Id, "", i + 1, false, items.GetValueOrDefault(one.Id)))],
            Name(draw.ListedBy), Name(draw.DrawnBy), Name(draw.VoidedBy), LookBackOffice.IsOffice(programme, reader));
    }
}
