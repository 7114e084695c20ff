using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>Which checks a list shows.</summary>
public enum CheckWhich
{
    /// <summary>待核查: not handed in.</summary>
    Open,

    /// <summary>逾期未核查: not handed in, and the last day is over.</summary>
    Overdue,

    /// <summary>待审核.</summary>
    ToReview,

    /// <summary>已核查.</summary>
    Done,

    /// <summary>发现反弹.</summary>
    CameBack,

    All,
}

/// <param name="Unit">Of this unit alone.</param>
/// <param name="After">The last check of the page before.</param>
public sealed record CheckFilter(CheckWhich Which = CheckWhich.Open, CheckOrigin? Origin = null, Guid? Unit = null, Guid? Plan = null, Guid? Item = null, Guid? After = null);

/// <summary>Checks as a list shows them.</summary>
public static class CheckList
{
    public const int PageSize = 100;

    /// <param name="From">The first day of its period, for a check by rule.</param>
    public sealed record Row(Check Check, Item Item, string Unit, bool Overdue, DateOnly? From);

    /// <summary>What waits comes in the order of its last day, all else the latest first.</summary>
    public static async Task<List<Row>> ReadAsync(Db db, Access reader, Guid programme, CheckFilter filter, DateOnly today, CancellationToken ct)
    {
        var checks = db.ChecksFor(reader).AsNoTracking().Where(check => check.ProgrammeId == programme
            && (filter.Origin == null || check.Origin == filter.Origin) && (filter.Unit == null || check.UnitId == filter.Unit)
            && (filter.Plan == null || check.PlanId == filter.Plan) && (filter.Item == null || check.ItemId == filter.Item));
        checks = filter.Which switch
        {
            CheckWhich.Open => checks.Where(check => check.State == CheckState.Open),
            CheckWhich.Overdue => checks.Where(check => check.State == CheckState.Open && check.DueOn < today),
            CheckWhich.ToReview => checks.Where(check => check.State == CheckState.HandedIn),
            CheckWhich.Done => checks.Where(check => check.State == CheckState.Done),
            CheckWhich.CameBack => checks.Where(check => check.State == CheckState.Done && check.Found == CheckResult.CameBack),
            CheckWhich.All => checks,
        };
        var first = filter.Which is CheckWhich.Open or CheckWhich.Overdue or CheckWhich.ToReview;
        if (filter.After is { } after && await db.ChecksFor(reader).Where(check => check.Id == after).Select(check => (DateOnly?)check.DueOn).SingleOrDefaultAsync(ct) is { } from)
        {
            checks = first ? checks.Where(check => check.DueOn > from || (check.DueOn == from && check.Id.CompareTo(after) > 0))
                : checks.Where(check => check.DueOn < from || (check.DueOn == from && check.Id.CompareTo(after) < 0));
        }

        checks = first ? checks.OrderBy(check => check.DueOn).ThenBy(check => check.Id) : checks.OrderByDescending(check => check.DueOn).ThenByDescending(check => check.Id);
        var page = await checks.Take(PageSize).ToListAsync(ct);
        var (ids, units) = (page.Select(check => check.ItemId).Distinct().ToArray(), page.Select(check => check.UnitId).Distinct().ToArray());
        var items = await db.ItemsFor(LookBackOffice.Room, Right.Read).AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var names = await db.Units().Where(unit => units.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        var periods = await CheckPeriod.FromAsync(db, page, ct);
        return page.ConvertAll(check => new Row(check, items[check.ItemId], names[check.UnitId], check.State is CheckState.Open && check.DueOn < today, periods.TryGetValue(check.Id, out var day) ? day : null));
    }

    /// <summary>How many wait, are overdue, are to be reviewed, and found that the problem came back.</summary>
    public static async Task<IReadOnlyDictionary<CheckWhich, int>> CountsAsync(Db db, Access reader, Guid programme, DateOnly today, CancellationToken ct)
    {
        var checks = db.ChecksFor(reader).Where(check => check.ProgrammeId == programme);
        return new Dictionary<CheckWhich, int>
        {
            [CheckWhich.Open] = await checks.CountAsync(check => check.State == CheckState.Open, ct),
            [CheckWhich.Overdue] = await checks.CountAsync(check => check.State == CheckState.Open && check.DueOn < today, ct),
            [CheckWhich.ToReview] = await checks.CountAsync(check => check.State == CheckState.HandedIn, ct),
            [CheckWhich.Done] = await checks.CountAsync(check => check.State == CheckState.Done, ct),
            [CheckWhich.CameBack] = await checks.CountAsync(check => check.State == CheckState.Done && check.Found == CheckResult.CameBack, ct),
            [CheckWhich.All] = await checks.CountAsync(ct),
        };
    }

    /// <summary>The units whose checks a reader finds here.</summary>
    public static Task<List<UnitName>> UnitsAsync(Db db, Access reader, Guid programme, CancellationToken ct) => db.Units()
        .Where(unit => db.ChecksFor(reader).Any(check => check.ProgrammeId == programme && check.UnitId == unit.Id)).OrderBy(unit => unit.Path).Select(unit => new UnitName(unit.Id, unit.ShortName)).ToListAsync(ct);

    public sealed record UnitName(Guid Id, string Name);
}

/// <summary>One check with all that its page shows.</summary>
internal sealed record CheckView(
    Check Check, DateOnly? From, Programme Programme, Item Item, string Unit, string HandedInBy, string ReviewedBy, LookBackPlan? Plan, LookBackDraw? Draw, Rebound? Rebound,
    IReadOnlyList<CheckView.Proof> Proofs, bool MayHandIn, bool MayReview, bool MayTakeUp, bool MayReadItem)
{
    /// <param name="File">Number of the file that was the newest when it was handed in.</param>
    public sealed record Proof(Guid Piece, string Title, int File, bool Withdrawn);

    /// <exception cref="Refusal">404: no such check, or another unit's.</exception>
    public static async Task<CheckView> ReadAsync(Db db, Access reader, Guid id, CancellationToken ct)
    {
        var check = await db.ChecksFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("check", id);
        var room = LookBackOffice.Room;
        var programme = await db.ProgrammesFor(room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == check.ProgrammeId, ct);
        var item = await db.ItemsFor(room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == check.ItemId, ct);
        var unit = await db.Units().AsNoTracking().SingleAsync(one => one.Id == check.UnitId, ct);
        var proofs = await db.CheckProofs().AsNoTracking().Where(proof => proof.CheckId == id)
            .Join(db.PiecesFor(room), proof => proof.PieceId, piece => piece.Id, (proof, piece) => new { proof.PieceId, piece.Title, proof.FileNo, piece.WithdrawnAt }).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, new[] { check.HandedInBy, check.ReviewedBy }.OfType<Actor>().Distinct(), ct);
        string Name(Actor? who) => who is { } one ? people.GetValueOrDefault(one.Id).Name ?? "" : "";
        var rebound = await db.ReboundsFor(room).AsNoTracking().SingleOrDefaultAsync(one => one.CheckId == id, ct);
        return new(
            check, (await CheckPeriod.FromAsync(db, [check], ct)).TryGetValue(id, out var from) ? from : null, programme, item, unit.ShortName, Name(check.HandedInBy), Name(check.ReviewedBy),
            check.PlanId is { } plan ? await db.LookBackPlansFor(room).AsNoTracking().SingleAsync(one => one.Id == plan, ct) : null,
            check.DrawId is { } draw ? await db.LookBackDrawsFor(room).AsNoTracking().SingleAsync(one => one.Id == draw, ct) : null,
            rebound,
            [.. proofs.Select(proof => new Proof(proof.PieceId, proof.Title, proof.FileNo, proof.WithdrawnAt is not null)).OrderBy(proof => proof.Title, StringComparer.Ordinal)],
            check.State is CheckState.Open && await db.ChecksToHandInFor(reader).AnyAsync(one => one.Id == id, ct),
            check.State is CheckState.HandedIn && check.HandedInBy != reader.Actor && LookBackOffice.Reviews(programme, unit.Path, reader),
            check.IsRebound && rebound is null && await db.ItemsFor(reader, Right.Close).AnyAsync(one => one.Id == item.Id && one.RemovedOn == null, ct),
            await db.ItemsFor(reader, Right.Read).AnyAsync(one => one.Id == item.Id, ct));
    }
}
