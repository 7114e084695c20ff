using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>Requests as a list shows them.</summary>
public static class DeadlineList
{
    public const int PageSize = 100;

    /// <param name="Changes">How often the item's deadline was changed so far.</param>
    public sealed record Row(DeadlineRequest Request, Item Item, string Unit, DateOnly From, DateOnly To, int Changes);

    /// <summary>Open requests the oldest first, all others the newest first.</summary>
    /// <param name="item">Only those that move this item; <see langword="null"/> for all.</param>
    /// <param name="after">The last request of the page before.</param>
    public static async Task<List<Row>> ReadAsync(Db db, Access reader, Guid programme, bool open, Guid? item, Guid? after, CancellationToken ct)
    {
        // Where several were asked for in one moment, their ids say which comes first.
        DateTimeOffset? from = after is { } last ? await db.DeadlineRequestsFor(reader).Where(request => request.Id == last).Select(request => (DateTimeOffset?)request.AskedAt).SingleOrDefaultAsync(ct) : null;
        var id = after ?? Guid.Empty;
        var requests = db.DeadlineRequestsFor(reader).AsNoTracking().Where(request => request.ProgrammeId == programme);
        requests = item is { } one ? requests.Where(request => db.DeadlineMoves().Any(move => move.RequestId == request.Id && move.ItemId == one))
            : open ? requests.Where(request => request.State == RequestState.Asked)
            : requests.Where(request => request.State != RequestState.Asked);
        var oldestFirst = open && item is null;
        requests = oldestFirst ? requests.Where(request => from == null || request.AskedAt > from || (request.AskedAt == from && request.Id.CompareTo(id) > 0)).OrderBy(request => request.AskedAt).ThenBy(request => request.Id)
            : requests.Where(request => from == null || request.AskedAt < from || (request.AskedAt == from && request.Id.CompareTo(id) < 0)).OrderByDescending(request => request.AskedAt).ThenByDescending(request => request.Id);
        var rows = await requests.Take(PageSize).Join(db.DeadlineMoves().Where(move => move.Order == 0), request => request.Id, move => move.RequestId, (request, move) => new { request, move })
            .Join(db.ItemsFor(reader, Right.Read), pair => pair.request.ItemId, row => row.Id, (pair, row) => new { pair.request, pair.move, row })
            .ToListAsync(ct);
        var units = rows.Select(row => row.request.UnitId).OfType<Guid>().Distinct().ToArray();
        var names = await db.Units().Where(unit => units.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        var list = rows.ConvertAll(row => new Row(row.request, row.row, row.request.UnitId is { } unit ? names.GetValueOrDefault(unit, "") : "", row.move.From, row.move.To, row.row.DeadlineChanges));
        return oldestFirst ? [.. list.OrderBy(row => row.Request.AskedAt).ThenBy(row => row.Request.Id)] : [.. list.OrderByDescending(row => row.Request.AskedAt).ThenByDescending(row => row.Request.Id)];
    }
}

/// <summary>One request with all that its page shows.</summary>
public sealed record DeadlineView(
    DeadlineRequest Request, Programme Programme, Item Item, string Unit, string AskedBy, string DecidedBy,
    IReadOnlyList<DeadlineView.Move> Moves, IReadOnlyList<DeadlineView.Proof> Proofs, bool MayDecide, bool MayWithdraw)
{
    public sealed record Move(Item Item, DateOnly From, DateOnly To);

    /// <param name="File">Number of the file that was the newest when it was asked.</param>
    public sealed record Proof(Guid Piece, string Title, int File, bool Withdrawn);

    /// <exception cref="Refusal">404: no such request, or of an item that is not theirs to read.</exception>
    public static async Task<DeadlineView> ReadAsync(Db db, Access reader, Guid id, CancellationToken ct)
    {
        var request = await db.DeadlineRequestsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("deadline", id);
        var programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == request.ProgrammeId, ct);
        var room = Access.OfSystem(Actor.System("deadlines"));
        var moves = await db.DeadlineMoves().AsNoTracking().Where(move => move.RequestId == id).OrderBy(move => move.Order)
            .Join(db.ItemsFor(room, Right.Read), move => move.ItemId, item => item.Id, (move, item) => new { move.Order, Move = new Move(item, move.From, move.To) }).ToListAsync(ct);
        var proofs = await db.DeadlineProofs().AsNoTracking().Where(proof => proof.RequestId == id)
            .Join(db.PiecesFor(room), proof => proof.PieceId, piece => piece.Id, (proof, piece) => new { proof.PieceId, piece.Title, proof.FileNo, piece.WithdrawnAt }).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, new[] { request.AskedBy, request.DecidedBy }.OfType<Actor>().Distinct(), ct);
        var open = DeadlineFlow.IsOpen(request.State);
        return new(
            request, programme, moves.OrderBy(move => move.Order).First().Move.Item,
            request.UnitId is { } unit ? await db.Units().Where(one => one.Id == unit).Select(one => one.ShortName).SingleAsync(ct) : "",
            people.GetValueOrDefault(request.AskedBy.Id).Name ?? "", request.DecidedBy is { } decided ? people.GetValueOrDefault(decided.Id).Name ?? "" : "",
            [.. moves.OrderBy(move => move.Order).Select(move => move.Move)],
            [.. proofs.Select(proof => new Proof(proof.PieceId, proof.Title, proof.FileNo, proof.WithdrawnAt is not null)).OrderBy(proof => proof.Title, StringComparer.Ordinal)],
            open && request.AskedBy != reader.Actor && DecideDeadline.IsOffice(programme, reader),
            open && await db.DeadlineRequestsOf(reader).AnyAsync(one => one.Id == id, ct));
    }
}

/// <summary>The way from an item to the requests about its deadline, with their number.</summary>
internal sealed class DeadlineLink(Db db) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct) =>
        item.Kind is not ItemKind.Finding && (item.DueOn is not null || item.DeadlineChanges > 0)
        && await db.DeadlineRequestsFor(reader).CountAsync(request => db.DeadlineMoves().Any(move => move.RequestId == request.Id && move.ItemId == item.Id), ct) is var count
        && (count > 0 || item.DeadlineChanges > 0 || !await DeadlineCheck.IsOverAsync(db, item.Id, day, ct))
            ? new("deadline.link", count, $"/items/{item.Id}/deadlines") : null;
}
