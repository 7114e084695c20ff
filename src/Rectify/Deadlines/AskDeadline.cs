using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>Asks for another deadline of an item, if need be together with those above it.</summary>
public sealed class AskDeadline(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 404: no such item, or none of theirs. 403: none of their units is responsible. 409: a request for it is open. 422: a text, a class of reason or a
    /// piece of evidence that cannot be, the same date, or one that passes the deadline above.
    /// </exception>
    public async Task<Guid> RunAsync(AskedDeadline asked, Access by, CancellationToken ct)
    {
        if (asked.Moves.Count is 0 or > 10 || asked.Moves.Select(move => move.Item).Distinct().Count() != asked.Moves.Count)
        {
            throw Refusal.Malformed("A request names each item once, the one that it is about first.");
        }

        var first = asked.Moves[0].Item;
        var item = await db.ItemsFor(by, Right.Report).AsNoTracking().SingleOrDefaultAsync(one => one.Id == first && one.RemovedOn == null, ct)
            ?? throw Refusal.NotFound("item", first);
        if (!by.IsSystem && !await AddEvidence.MayAsync(db, first, by, ct))
        {
            throw Refusal.NotAllowed("deadline.not-responsible", "The units that are responsible for the item ask for another deadline.");
        }

        var chain = await DeadlineCheck.ChainAsync(db, item, ct);
        var moves = DeadlineCheck.Moves(asked, chain);
        DeadlineCheck.DemandParents(chain, moves.ToDictionary(move => move.Item.Id, move => move.To));
        if (!(await ReasonsAsync(db, item.ProgrammeId, by, ct)).Contains(asked.Reason.Trim()))
        {
            throw Refusal.Invalid("deadline.reason", "Choose a class of reason from the programme's list.");
        }

        var ids = moves.ConvertAll(move => move.Item.Id);
        if (await db.DeadlineMoves().AnyAsync(move => move.OpenFor != null && ids.Contains(move.OpenFor.Value), ct))
        {
            throw Refusal.Conflict("deadline.waiting", "A request for this item is open already.");
        }

        var own = by.OwnUnits(Right.Report);
        var unit = await db.ItemUnits().Where(part => part.ItemId == first && part.UnitId != null && own.Contains(part.UnitId.Value))
            .OrderBy(part => part.Role).ThenBy(part => part.Order).Select(part => part.UnitId).FirstOrDefaultAsync(ct);
        var request = db.Add(DeadlineRequest.Create(item.ProgrammeId, first, unit ?? (own.Length > 0 ? own[0] : null), asked, by.Actor, clock.NowMs)).Entity;
        db.AddRange(moves.Select((move, i) => new DeadlineMove
        {
            RequestId = request.Id,
            ItemId = move.Item.Id,
            OpenFor = move.Item.Id,
            From = move.Item.DueOn!.Value,
            To = move.To,
            Order = i,
        }));
        var pieces = asked.Proofs.Count == 0 ? [] : await EvidenceList.ReadAsync(db, by, first, DateTimeOffset.MaxValue, ct);
        db.AddRange(asked.Proofs.Distinct().Select(id => pieces.Find(row => row.Piece.Id == id && row.Piece.WithdrawnAt is null) is { } row
            ? new DeadlineProof { RequestId = request.Id, PieceId = id, FileNo = row.File.No }
            : throw Refusal.Invalid("deadline.evidence", "That piece is no evidence of this item, or was withdrawn.")).ToList());

        await journal.CommitAsync(
            new DeadlineAsked
            {
                Subject = request.Id,
                By = by.Actor,
                At = request.AskedAt,
                Moves = [.. moves.Select(move => new DeadlineAsked.Move(JournalBytes.Text(move.Item.PublicId), move.Item.DueOn!.Value, move.To))],
            },
            ct);
        return request.Id;
    }

    /// <summary>The classes of reasons from which a programme's units choose.</summary>
    public static async Task<IReadOnlyList<string>> ReasonsAsync(Db db, Guid programme, Access reader, CancellationToken ct) =>
        (await db.DeadlineReasonsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme, ct))?.Names ?? DeadlineReasons.Usual;
}

/// <summary>The rule that no item is due after the one above it, for dates that change together.</summary>
internal static class DeadlineCheck
{
    private static readonly Access Room = Access.OfSystem(Actor.System("deadlines"));

    /// <summary>An item and all above it, itself first.</summary>
    public static async Task<List<Item>> ChainAsync(Db db, Item item, CancellationToken ct)
    {
        var chain = new List<Item> { item };
        while (chain[^1].ParentId is { } above)
        {
            chain.Add(await db.ItemsFor(Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == above, ct));
        }

        return chain;
    }

    /// <summary>The items of a request in the order of the chain, with their new dates.</summary>
    /// <exception cref="Refusal">422: an item without a date, the same date, or one that is not above the item asked for.</exception>
    public static List<(Item Item, DateOnly To)> Moves(AskedDeadline asked, List<Item> chain)
    {
        var to = asked.Moves.ToDictionary(move => move.Item, move => move.To);
        List<(Item Item, DateOnly To)> moves = [.. chain.Where(item => to.ContainsKey(item.Id)).Select(item => (item, to[item.Id]))];
        return moves.Count != to.Count || moves.Exists(move => move.Item.Kind is ItemKind.Finding)
            ? throw Refusal.Invalid("deadline.chain", "Only the item itself and the tasks above it change together.")
            : moves.Exists(move => move.Item.DueOn is null) ? throw Refusal.Invalid("deadline.none", "The item has no date that could be changed.")
            : moves.Find(move => move.Item.DueOn == move.To) is { Item: { } same } ? throw Refusal.Invalid("deadline.same", $"{same.DueOn:yyyy-MM-dd} is the deadline already.", same.DueOn)
            : moves;
    }

    /// <exception cref="Refusal">422: a date passes the one above it.</exception>
    public static void DemandParents(List<Item> chain, IReadOnlyDictionary<Guid, DateOnly> to)
    {
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            var (item, above) = (chain[i], chain[i + 1]);
            DateOnly? limit = to.TryGetValue(above.Id, out var moved) ? moved : above.DueOn;
            if (to.TryGetValue(item.Id, out var day) && day > limit)
            {
                throw Refusal.Invalid(
                    "deadline.parent", $"{day:yyyy-MM-dd} passes the deadline above, {limit:yyyy-MM-dd} ({above.Title}): ask for that one too.", day, limit, $"{above.NumberText} {above.Title}".Trim());
            }
        }
    }
}
