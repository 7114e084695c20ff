using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Deadlines;

/// <summary>Asks for another deadline of an item, if need be together with those above and below it.</summary>
public sealed class AskDeadline(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 404: no such item, or none of theirs. 403: none of their units is responsible. 409: a request for it is open, or it is over. 422: a text, a class of
    /// reason or a piece of evidence that cannot be, the same date, one that passes the deadline above, or one that something below would pass.
    /// </exception>
    public async Task<Guid> RunAsync(AskedDeadline asked, Access by, CancellationToken ct)
    {
        if (asked.Moves.Count is 0 or > 50 || asked.Moves.Select(move => move.Item).Distinct().Count() != asked.Moves.Count)
        {
            throw Refusal.Malformed("A request names each item once, the one that it is about first.");
        }

        var first = asked.Moves[0].Item;
        var item = await db.ItemsFor(by, Right.Report).AsNoTracking().SingleOrDefaultAsync(one => one.Id == first && one.RemovedOn == null, ct)
            ?? throw Refusal.NotFound("item", first);
        if (!by.IsSystem && !await AddEvidence.AnswersAsync(db, first, by, ct))
        {
            throw Refusal.NotAllowed("deadline.not-responsible", "The units that are responsible for the item ask for another deadline.");
        }

        if (await DeadlineCheck.IsOverAsync(db, first, clock.Today, ct))
        {
            throw Refusal.Conflict("deadline.over", "What is completed or closed has no deadline to change.");
        }

        var family = await DeadlineCheck.FamilyAsync(db, item, asked.Moves.Select(move => move.Item), ct);
        var moves = DeadlineCheck.Moves(asked, family);
        await DeadlineCheck.DemandOrderAsync(db, family, moves.ToDictionary(move => move.Item.Id, move => move.To), ct);
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
        var pieces = asked.Proofs.Count == 0 ? [] : (await EvidenceList.ChoiceAsync(db, by, first, "", asked.Proofs, ct)).ToDictionary(piece => piece.Id);
        db.AddRange(asked.Proofs.Distinct().Select(id => pieces.TryGetValue(id, out var piece)
            ? new DeadlineProof { RequestId = request.Id, PieceId = id, FileNo = piece.File }
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

/// <summary>The rule that no item is due after the one above it, for dates that change together, later or earlier.</summary>
internal static class DeadlineCheck
{
    private static readonly Access Room = Access.OfSystem(Actor.System("deadlines"));

    /// <summary>Whether nothing waits for the item's deadline any more: it is completed, closed or does not concern the unit.</summary>
    public static async Task<bool> IsOverAsync(Db db, Guid item, DateOnly today, CancellationToken ct) =>
        await db.StatusSpans().Where(span => span.ItemId == item && span.From <= today && span.Until > today).Select(span => (ItemStatus?)span.Status).SingleOrDefaultAsync(ct)
            is { IsOpen: false } and not (ItemStatus.Draft or ItemStatus.Stage);

    /// <summary>An item, all above it, and those below it that are named with all between: the highest first.</summary>
    public static async Task<List<Item>> FamilyAsync(Db db, Item item, IEnumerable<Guid> named, CancellationToken ct)
    {
        var family = new List<Item> { item };
        while (family[0].ParentId is { } above)
        {
            family.Insert(0, await db.ItemsFor(Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == above, ct));
        }

        var wanted = named.Except(family.Select(one => one.Id)).ToArray();
        var seen = new Dictionary<Guid, Item>();
        for (Guid[] level = [item.Id]; wanted.Length > 0 && level.Length > 0;)
        {
            var below = await Below(db, level).ToListAsync(ct);
            foreach (var one in below)
            {
                seen[one.Id] = one;
                if (wanted.Contains(one.Id))
                {
                    var from = family.Count;
                    for (var part = one; part is not null && !family.Contains(part); part = seen.GetValueOrDefault(part.ParentId!.Value))
                    {
                        family.Insert(from, part);
                    }
                }
            }

            level = [.. below.Select(one => one.Id)];
        }

        return family;
    }

    /// <summary>The items of a request, the one asked for first, with their new dates.</summary>
    /// <exception cref="Refusal">422: an item without a date, the same date, or one that is neither above nor below the item asked for.</exception>
    public static List<(Item Item, DateOnly To)> Moves(AskedDeadline asked, List<Item> family)
    {
        var to = asked.Moves.ToDictionary(move => move.Item, move => move.To);
        List<(Item Item, DateOnly To)> moves = [.. family.Where(item => to.ContainsKey(item.Id)).OrderBy(item => item.Id != asked.Moves[0].Item).Select(item => (item, to[item.Id]))];
        return moves.Count != to.Count || moves.Exists(move => move.Item.Kind is ItemKind.Finding)
            ? throw Refusal.Invalid("deadline.chain", "Only the item itself and what stands above and below it change together.")
            : moves.Exists(move => move.Item.DueOn is null) ? throw Refusal.Invalid("deadline.none", "The item has no date that could be changed.")
            : moves.Find(move => move.Item.DueOn == move.To) is { Item: { } same } ? throw Refusal.Invalid("deadline.same", $"{same.DueOn:yyyy-MM-dd} is the deadline already.", same.DueOn)
            : moves;
    }

    /// <param name="to">The new dates.</param>
    /// <exception cref="Refusal">422: a date passes the one above it, or one below passes a date that comes earlier.</exception>
    public static async Task DemandOrderAsync(Db db, List<Item> family, IReadOnlyDictionary<Guid, DateOnly> to, CancellationToken ct)
    {
        foreach (var item in family.Where(item => to.ContainsKey(item.Id)))
        {
            var day = to[item.Id];
            // Many measures have no date: what counts is the nearest one above that has.
            var above = item;
            do
            {
                above = family.Find(one => one.Id == above.ParentId);
            }
            while (above is { DueOn: null });
            DateOnly? limit = above is null ? null : to.TryGetValue(above.Id, out var moved) ? moved : above.DueOn;
            if (day > limit)
            {
                throw Refusal.Invalid(
                    "deadline.parent", $"{day:yyyy-MM-dd} passes the deadline above, {limit:yyyy-MM-dd} ({above!.Title}): ask for that one too.", day, limit, Name(above));
            }
        }

        // What comes later leaves those below where they were. Below what has no date the date above still holds.
        var earlier = family.Where(item => to.TryGetValue(item.Id, out var day) && day < item.DueOn).ToDictionary(item => item.Id, item => to[item.Id]);
        while (earlier.Count > 0)
        {
            var below = await Below(db, earlier.Keys).ToListAsync(ct);
            if (below.Find(item => !to.ContainsKey(item.Id) && item.DueOn > earlier[item.ParentId!.Value]) is { } late)
            {
                var day = earlier[late.ParentId!.Value];
                throw Refusal.Invalid(
                    "deadline.child", $"{late.Title}, below it, is due on {late.DueOn:yyyy-MM-dd}, after {day:yyyy-MM-dd}: ask for an earlier one of that too.", day, late.DueOn, Name(late));
            }

            earlier = below.Where(item => item.DueOn is null).ToDictionary(item => item.Id, item => earlier[item.ParentId!.Value]);
        }
    }

    /// <summary>What stands directly below the items, in the plan's order.</summary>
    public static IQueryable<Item> Below(Db db, IReadOnlyCollection<Guid> items) => db.ItemsFor(Room, Right.Read).AsNoTracking()
        .Where(item => item.ParentId != null && items.Contains(item.ParentId.Value) && item.RemovedOn == null).OrderBy(item => item.SortKey).ThenBy(item => item.Id);

    /// <summary>What stands below an item and has a date, level by level, as far as a form offers it.</summary>
    public static async Task<List<Item>> DatedBelowAsync(Db db, Guid item, int most, CancellationToken ct)
    {
        var dated = new List<Item>();
        for (Guid[] level = [item]; level.Length > 0 && dated.Count < most;)
        {
            var below = await Below(db, level).ToListAsync(ct);
            dated.AddRange(below.Where(one => one.DueOn is not null));
            level = [.. below.Select(one => one.Id)];
        }

        return [.. dated.Take(most)];
    }

    private static string Name(Item item) => $"{item.NumberText} {item.Title}".Trim();
}
