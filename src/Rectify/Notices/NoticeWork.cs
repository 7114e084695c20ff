using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Notices;

/// <summary>The closings that this request is publishing or ending by their notice: the gate lets them through, and no others.</summary>
internal sealed class NoticePass
{
    public HashSet<Guid> Closures { get; } = [];
}

/// <summary>What all acts on notices have in common: finding one, asking who may do it, counting its days.</summary>
internal sealed class NoticeWork(Db db, ClosureWork closures, PlaceFacts place, TimeProvider clock)
{
    /// <summary>For what the room reads and does by itself.</summary>
    public static Access Room { get; } = Access.OfSystem(Actor.System("notices"));

    /// <exception cref="Refusal">404: no such programme, or none that they read. 403: another office's.</exception>
    public static async Task<Programme> OfficeProgrammeAsync(Db db, string code, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).SingleOrDefaultAsync(one => one.Code == code, ct) ?? throw Refusal.NotFound("programme", code);
        return IsOffice(by, programme.RegionId, programme.RegionId) ? programme : throw NotOffice();
    }

    /// <summary>Whether someone acts for the office of the programme, or of the unit that published: who receives objections and decides them.</summary>
    public static bool IsOffice(Access by, Guid unit, Guid region) => by.HeldAs(Role.Office).Any(held => held.Unit == unit || held.Unit == region) || (by.IsSystem && by.Actor.IsSystem);

    /// <summary>As <see cref="IsOffice"/>, of one notice: where the accepting unit publishes it, its people too.</summary>
    public static bool IsOfficeOf(Access by, PublicNotice notice, Guid region) =>
        IsOffice(by, notice.UnitId, region) || (notice.ByAcceptor && by.HeldAs(Role.Acceptor).Any(held => held.Unit == notice.UnitId));

    /// <summary>Whether someone belongs to a unit that the notice names as receiving objections: what comes to them they enter, and do not decide.</summary>
    public static bool Receives(Access by, PublicNotice notice) =>
        new[] { Role.Office, Role.Acceptor, Role.Responsible }.SelectMany(by.HeldAs).Any(held => notice.ReceivingUnits.Contains(held.Unit));

    /// <exception cref="Refusal">422: one of them has no desk.</exception>
    public async Task DemandDesksAsync(Guid programme, IReadOnlyList<Guid> units, CancellationToken ct)
    {
        var known = await DesksAsync(db, programme, ct);
        if (units.Count > 10 || units.Distinct().Count() != units.Count || !units.All(known.ContainsKey))
        {
            throw Refusal.Invalid("notice.receivers", "At most ten units receive objections, each once, and where each is reached has to be set first.");
        }
    }

    /// <summary>All desks of a programme by their unit, its own first: that of its region.</summary>
    public static async Task<OrderedDictionary<Guid, ReceiverDetails>> DesksAsync(Db db, Guid programme, CancellationToken ct)
    {
        var desks = new OrderedDictionary<Guid, ReceiverDetails>();
        if (await db.ObjectionDesks().AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme, ct) is { } own)
        {
            desks[await db.ProgrammesFor(Room, Right.Read).Where(one => one.Id == programme).Select(one => one.RegionId).SingleAsync(ct)] = new(own.Receiver, own.Phone, own.Email, own.Address);
        }

        foreach (var desk in await db.UnitDesks().AsNoTracking().Where(one => one.ProgrammeId == programme).OrderBy(one => one.Id).ToListAsync(ct))
        {
            desks.TryAdd(desk.UnitId, desk.Details);
        }

        return desks;
    }

    /// <summary>What a notice says by the record as it is now, with nothing withheld.</summary>
    /// <param name="no">Its number; <see langword="null"/> in a draft.</param>
    public static async Task<NoticeContent> WordsAsync(Db db, PublicNotice notice, IReadOnlyList<NoticePart> parts, IReadOnlyList<ClosureCase> cases, int? no, DateOnly from, CancellationToken ct)
    {
        var desk = (await db.ObjectionDesks().AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == notice.ProgrammeId, ct))?.Details;
        var accepted = cases.SelectMany(one => one.InForce).Where(act => act.StepKind is StepKind.Acceptance).Select(act => act.UnitId).Distinct().ToArray();
        var units = await db.Units().Where(unit => EF.Parameter(accepted).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, ct);
        var known = await DesksAsync(db, notice.ProgrammeId, ct);
        var receivers = notice.ReceivingUnits.Where(known.ContainsKey).ToList();
        if (receivers.Count == 0)
        {
            receivers = [.. known.ContainsKey(notice.UnitId) ? [notice.UnitId] : known.Keys.Take(1)];
        }

        return NoticeText.Content(
            notice, parts, cases, units, desk?.Mark ?? "\u516c\u793a", [.. receivers.Select(unit => known[unit])],
            [.. accepted.Where(unit => !receivers.Contains(unit) && known.ContainsKey(unit)).Select(unit => known[unit])],
            await IssuerAsync(db, notice, desk, ct), no, from, NoticeStep(cases[0])?.Stands ?? new(10, true)) with
        { Points = NoticeText.Points(parts, cases, await UnderAsync(db, cases, from, ct)) };
    }

    // Places and sub-tasks of the items in the plan's order, with who leads each and what it is on that day.
    private static async Task<ILookup<Guid, (Item Item, string Unit, StatusSpan? Now)>> UnderAsync(Db db, IReadOnlyList<ClosureCase> cases, DateOnly on, CancellationToken ct)
    {
        var items = cases.Select(one => one.Item.Id).Distinct().ToArray();
        var found = await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => item.ParentId != null && EF.Parameter(items).Contains(item.ParentId.Value)
            && (item.Kind == ItemKind.Point || item.Kind == ItemKind.SubTask) && item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync(ct);
        var ids = found.ConvertAll(item => item.Id).ToArray();
        var now = ids.Length == 0 ? [] : await db.StatusSpans().AsNoTracking().Where(span => EF.Parameter(ids).Contains(span.ItemId) && span.From <= on && span.Until > on).ToDictionaryAsync(span => span.ItemId, ct);
        var units = (ids.Length == 0 ? [] : await db.ItemUnits().AsNoTracking().Where(part => EF.Parameter(ids).Contains(part.ItemId) && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible))
            .OrderBy(part => part.Order).ToListAsync(ct)).ToLookup(part => part.ItemId, part => part.Text);
        return found.ToLookup(item => item.ParentId!.Value, item => (item, units[item.Id].FirstOrDefault() ?? "", now.GetValueOrDefault(item.Id)));
    }

    /// <summary>
    /// In whose name a notice goes out: the unit's signing name. Without one, the programme's region signs by the name under which its office receives objections,
    /// and another unit by its own.
    /// </summary>
    public static async Task<string> IssuerAsync(Db db, PublicNotice notice, DeskDetails? desk, CancellationToken ct) => (await SignerAsync(db, notice, desk, ct)).Name;

    /// <summary>The area in whose name a notice would go out; <see langword="null"/> if a body signs it. An area signs nothing: its government or an office does.</summary>
    public static async Task<Unit?> AreaSigningAsync(Db db, PublicNotice notice, DeskDetails? desk, CancellationToken ct) =>
        await SignerAsync(db, notice, desk, ct) is ({ SigningName: "", Kind: UnitKind.Region or UnitKind.Prefecture or UnitKind.County } area, var name) && name == area.Name ? area : null;

    private static async Task<(Unit Unit, string Name)> SignerAsync(Db db, PublicNotice notice, DeskDetails? desk, CancellationToken ct)
    {
        var unit = await db.Units().AsNoTracking().SingleAsync(one => one.Id == notice.UnitId, ct);
        return unit.SigningName.Length == 0 && desk is { Receiver: { Length: > 0 } office }
            && await db.ProgrammesFor(Room, Right.Read).AnyAsync(one => one.Id == notice.ProgrammeId && one.RegionId == unit.Id, ct)
                ? (unit, office)
                : (unit, unit.SignsAs);
    }

    /// <exception cref="Refusal">404: no such notice, or not theirs to read. 403: another office's.</exception>
    public async Task<(PublicNotice Notice, Programme Programme)> ForOfficeAsync(Guid id, Access by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("public-notice", id);
        var programme = await db.ProgrammesFor(Room, Right.Read).SingleAsync(one => one.Id == notice.ProgrammeId, ct);
        return IsOfficeOf(by, notice, programme.RegionId) ? (notice, programme) : throw NotOffice();
    }

    public static Refusal NotOffice() => Refusal.NotAllowed("notice.office", "Only the office that publishes, or the programme's own, does this.");

    /// <summary>A notice that is being written, for whoever may publish it.</summary>
    /// <exception cref="Refusal">404: no such notice, or not theirs to read. 403: another duty or unit publishes it.</exception>
    public async Task<(PublicNotice Notice, List<NoticePart> Parts, List<ClosureCase> Cases)> ForWriterAsync(Guid id, Access by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("public-notice", id);
        var (parts, cases) = await CasesAsync(notice, ct);
        foreach (var one in cases)
        {
            await DemandWriterAsync(one, by, ct);
        }

        return (notice, parts, cases);
    }

    /// <returns>In whose name they publish.</returns>
    /// <exception cref="Refusal">403: another duty or unit publishes it.</exception>
    public async Task<Guid> DemandWriterAsync(ClosureCase one, Access by, CancellationToken ct) =>
        NoticeStep(one) is { } step ? await closures.DemandTakerAsync(one, step, by, ct) : throw NoNotice();

    /// <summary>The notice's parts in order, with their closings as they are now.</summary>
    public async Task<(List<NoticePart> Parts, List<ClosureCase> Cases)> CasesAsync(PublicNotice notice, CancellationToken ct)
    {
        var parts = await db.NoticeParts().Where(part => part.NoticeId == notice.Id).OrderBy(part => part.No).ToListAsync(ct);
        var ids = parts.Select(part => part.ClosureId).ToArray();
        var found = await db.ClosuresFor(Room).Where(one => EF.Parameter(ids).Contains(one.Id)).ToListAsync(ct);
        var cases = await new ClosureReading(db).ReadAsync([.. parts.Select(part => found.Single(one => one.Id == part.ClosureId))], ct);
        return (parts, cases);
    }

    /// <summary>Whether a closing still stands in the notice: it was not sent back or taken back since.</summary>
    public static bool IsIn(ItemClosure closure, PublicNotice notice) => notice.ClosureNoticeId is { } id && closure.NoticeId == id && closure.Live is not null;

    public static ProcedureStep? NoticeStep(ClosureCase one) => one.Way.FirstOrDefault(step => step.Kind is StepKind.Notice);

    public static Refusal NoNotice() => Refusal.Conflict("closure.no-notice", "No notice is due now, or one stands already.");

    /// <summary>Counts the notice's days with its objections as they are now, and moves its last day.</summary>
    /// <param name="objections">All of the notice, those being added or decided among them.</param>
    /// <param name="calendar">One that is being saved; <see langword="null"/> for the product's.</param>
    public async Task ReckonAsync(PublicNotice notice, IReadOnlyCollection<Objection> objections, CancellationToken ct, WorkingCalendar? calendar = null)
    {
        var counts = objections.Where(one => one.InTime).ToList();
        var before = notice.EndsOn;
        notice.Reckon(Clock(notice, counts, calendar ?? await db.CalendarAsync(ct)), counts.Exists(one => one.IsOpen));
        if (notice.IsRunning && notice.EndsOn is { } last && last != before && notice.ClosureNoticeId is { } id)
        {
            (await db.ClosureNotices().SingleAsync(one => one.Id == id, ct)).MoveTo(last);
        }
    }

    public static NoticeClock Clock(PublicNotice notice, IEnumerable<Objection> objections, WorkingCalendar calendar) => NoticeClock.Of(
        notice.From!.Value, notice.Stands, [.. objections.Where(one => one.InTime).Select(one => new Pause(one.ReceivedOn, one.SettledOn))], calendar, notice.ObjectionClock);

    /// <summary>States a fact of those items of the closings that stand in a notice themselves: a task that several units close together may not yet.</summary>
    /// <returns>Entries of the items' chains, for the act to commit.</returns>
    public async Task<IReadOnlyList<Platform.Journal.Fact>> PlaceAsync(IEnumerable<Guid> items, FactKind kind, DateOnly on, FactKind needs, Actor by, CancellationToken ct)
    {
        var ids = items.Distinct().ToArray();
        var facts = await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId) && fact.VoidedAt == null && fact.On <= on)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).Select(fact => new { fact.ItemId, fact.Kind }).ToListAsync(ct);
        var stated = ids.Where(id => facts.Where(fact => fact.ItemId == id).Select(fact => fact.Kind).ToList() is var known
                && known.LastIndexOf(needs) > known.FindLastIndex(one => one is FactKind.Returned or FactKind.Reopened or FactKind.TakenBack))
            .Select(id => (id, (IReadOnlyList<StatedFact>)[new StatedFact(kind, on)])).ToList();
        return stated.Count == 0 ? [] : await place.RunAsync(stated, Access.OfAct(by), by, ct);
    }

    public DateOnly Today => clock.Today;

    public DateTimeOffset Now => clock.NowMs;
}
