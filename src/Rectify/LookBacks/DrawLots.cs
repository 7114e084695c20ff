using System.Buffers.Text;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>Which closed tasks are candidates.</summary>
/// <param name="From">Closed on this day or later.</param>
/// <param name="To">Closed on this day or earlier.</param>
public sealed record CandidateFilter(DateOnly? From = null, DateOnly? To = null, int? Aspect = null);

/// <summary>Fixes and publishes the list of candidates of a draw, and says in advance where its seed will come from.</summary>
internal sealed class PublishList(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such plan or unit. 403: another office's. 409: a draw of this plan, or from this very list, stands already. 422: as <see cref="LookBackDraw"/>.</exception>
    public async Task<Guid> RunAsync(Guid id, DrawDetails details, CandidateFilter filter, Access by, CancellationToken ct)
    {
        var plan = await db.LookBackPlansFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("lookback", id);
        await LookBackOffice.DemandAsync(db, plan.ProgrammeId, by, ct);
        if (await db.LookBackDrawsFor(by).AnyAsync(draw => draw.LivePlan == id, ct))
        {
            throw Refusal.Conflict("draw.stands", "A draw of this plan stands. Before another one it is voided, with a reason.");
        }

        if (details.Unit is { } unit && !await db.Units().AnyAsync(one => one.Id == unit && !one.Dissolved, ct))
        {
            throw Refusal.NotFound("unit", unit);
        }

        var draw = LookBackDraw.Create(plan, details, await CandidatesAsync(plan, details.Parts, filter, ct), by.Actor, clock.Today, clock.NowMs);
        if (await db.LookBackDrawsFor(by).AnyAsync(one => one.LiveList == draw.LiveList, ct))
        {
            throw Refusal.Conflict("draw.same-list", "A draw from this very list stands in another plan. Before another one it is voided, with a reason.");
        }

        db.Add(draw);
        await journal.CommitAsync(
            new DrawListed
            {
                Subject = draw.Id,
                By = by.Actor,
                At = draw.ListedAt,
                List = draw.ListHash,
                Candidates = draw.Candidates,
                Each = draw.Each,
                SeedOn = draw.SeedOn,
                Commitment = draw.Commitment,
            },
            ct);
        return draw.Id;
    }

    private async Task<List<Lot.Candidate>> CandidatesAsync(LookBackPlan plan, DrawParts parts, CandidateFilter filter, CancellationToken ct)
    {
        var room = LookBackOffice.Room;
        var there = db.ChecksFor(room).Where(check => check.PlanId == plan.Id && check.State != CheckState.Stopped);
        var items = await db.ClosedItems(room, plan.ProgrammeId, clock.Today).AsNoTracking()
            .Where(item => item.Kind == ItemKind.Task && (filter.Aspect == null || item.AspectNo == filter.Aspect) && !there.Any(check => check.ItemId == item.Id))
            .Select(item => new { item.Id, item.PublicId, item.AspectNo }).ToListAsync(ct);
        var ids = items.ConvertAll(item => item.Id);
        var closed = await LookBackOffice.ClosedOnAsync(db, ids, clock.Today, ct);
        var leads = await LookBackOffice.LeadsAsync(db, ids, ct);
        return
        [
            .. from item in items
               where closed.TryGetValue(item.Id, out var day) && !(day < filter.From) && !(day > filter.To)
               let part = parts switch
               {
                   DrawParts.Unit => leads.TryGetValue(item.Id, out var unit) ? Lot.PartOf(plan.ProgrammeId, unit) : Lot.Whole,
                   DrawParts.Aspect => item.AspectNo?.ToString(CultureInfo.InvariantCulture) ?? Lot.Whole,
                   DrawParts.None => Lot.Whole,
               }
               select new Lot.Candidate(part, JournalBytes.Text(item.PublicId)),
        ];
    }
}

/// <summary>Enters the seed once it is known: the lots decide, and each drawn item becomes a check.</summary>
internal sealed class EnterSeed(Db db, JournalWriter journal, TimeProvider clock, PlaceChecks place)
{
    /// <param name="version">The draw's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such draw. 403: another office's. 409: drawn or voided already. 422: too early, or a seed that cannot be.</exception>
    public async Task RunAsync(Guid id, string seed, int version, Access by, CancellationToken ct)
    {
        var (draw, plan) = await DrawReading.LoadAsync(db, id, by, ct);
        var done = draw.Take(seed, version, by.Actor, clock.Today, clock.NowMs);
        var ids = draw.Tickets.Where(ticket => ticket.Drawn).Select(ticket => DrawReading.PublicId(ticket.Candidate.Id)).ToArray();
        var items = await db.ItemsFor(LookBackOffice.Room, Right.Read).Where(item => ids.Contains(item.PublicId)).Select(item => item.Id).ToArrayAsync(ct);
        var made = await place.RunAsync(plan, id, items, draw.UnitId, draw.Person, draw.DueOn < clock.Today ? clock.Today : draw.DueOn, by, ct);

        await journal.CommitAsync(done, [.. made], ct);
    }
}

/// <summary>Voids a draw, with a reason. It stays to be seen, and its checks that nobody has handed in stop.</summary>
internal sealed class VoidDraw(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The draw's version that the person saw.</param>
    /// <exception cref="Refusal">404: no such draw. 403: another office's. 409: voided already, or changed meanwhile. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string because, int version, Access by, CancellationToken ct)
    {
        var (draw, _) = await DrawReading.LoadAsync(db, id, by, ct);
        var voided = draw.Void(because, version, by.Actor, clock.NowMs);
        var checks = await db.ChecksFor(LookBackOffice.Room).Where(check => check.DrawId == id && check.State == CheckState.Open).ToListAsync(ct);

        await journal.CommitAsync(voided, [.. checks.Select(check => check.Stop(draw.VoidedBecause, by.Actor, clock.NowMs))], ct);
    }
}

internal static class DrawReading
{
    public static Guid PublicId(string text) => new(Base64Url.DecodeFromChars(text), bigEndian: true);

    /// <exception cref="Refusal">404: no such draw. 403: another office's.</exception>
    public static async Task<(LookBackDraw Draw, LookBackPlan Plan)> LoadAsync(Db db, Guid id, Access by, CancellationToken ct)
    {
        var draw = await db.LookBackDrawsFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("draw", id);
        var plan = await db.LookBackPlansFor(by).AsNoTracking().SingleAsync(one => one.Id == draw.PlanId, ct);
        await LookBackOffice.DemandAsync(db, plan.ProgrammeId, by, ct);
        return (draw, plan);
    }
}
