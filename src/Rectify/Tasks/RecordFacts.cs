using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A dated fact that a person states of an item.</summary>
/// <param name="No">The milestone's number, for <see cref="FactKind.MilestoneReached"/>.</param>
/// <param name="Value">The quantity at the item's scale, or percent.</param>
/// <param name="To">The new deadline, for <see cref="FactKind.DeadlineChanged"/>.</param>
/// <param name="Part">The measure or point of the item that it happened to; <see langword="null"/> for the item itself.</param>
/// <param name="Recorded">When it was recorded, for a fact that is to be withdrawn.</param>
public sealed record StatedFact(
    FactKind Kind, DateOnly On, int? No = null, long? Value = null, DateOnly? To = null, string Note = "", string Document = "",
    Guid? Part = null, DateTimeOffset? Recorded = null);

/// <summary>What was said of an item and turned out not to be so: every standing fact of the kind is withdrawn.</summary>
/// <param name="No">The milestone's number, for <see cref="FactKind.MilestoneReached"/>.</param>
/// <param name="Part">The item or part of it that has the fact.</param>
internal sealed record WithdrawnFact(Guid Item, FactKind Kind, string Reason, int? No, Guid Part);

/// <summary>Records what happened to an item. Status and light of every day follow from it.</summary>
public sealed class RecordFacts(Db db, JournalWriter journal, PlaceFacts place, IEnumerable<IFactOwner> owners)
{
    /// <exception cref="Refusal">
    /// 404: no such item, or none on which <paramref name="by"/> may record this. 409: what it needs has not happened, or steps of another room state it.
    /// 422: a day in the future, a milestone that does not exist, a figure out of range, another deadline: that is asked for.
    /// </exception>
    public async Task RunAsync(Guid id, IReadOnlyList<StatedFact> stated, Access by, CancellationToken ct)
    {
        if (stated.Count == 0)
        {
            throw Refusal.Invalid("fact.none", "Nothing was stated.");
        }

        if (stated.Any(fact => FactFlow.IsDecided(fact.Kind)))
        {
            throw Refusal.Invalid("fact.deadline-asked", "Another deadline is asked for, and holds once the approving body has agreed.");
        }

        if (!by.IsSystem && await db.ItemsFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id, ct) is { } item)
        {
            await owners.DemandFreeAsync(item, stated, by, ct);
        }

        var placed = await place.RunAsync([(id, stated)], by, by.Actor, ct);

        await journal.CommitAsync(placed[0], placed.Skip(1).ToList(), ct);
    }
}

/// <summary>Puts dated facts of several items in their places, for the act that brings them to commit. Saves nothing itself.</summary>
public sealed class PlaceFacts(Db db, TimeProvider clock)
{
    /// <param name="stated">Items of one programme, each once, with at least one fact.</param>
    /// <param name="by">Who acts, and with which rights.</param>
    /// <param name="statedBy">
    /// Who stated the facts: whoever judges them later must be someone else. In a return that is who submitted it, not who accepted it.
    /// </param>
    /// <returns>One entry for the journal for each chain of items that the facts belong to, in the order given.</returns>
    /// <exception cref="Refusal">As <see cref="RecordFacts"/>; 422 also for a deadline later than the parent's.</exception>
    public Task<IReadOnlyList<Fact>> RunAsync(IReadOnlyList<(Guid Item, IReadOnlyList<StatedFact> Facts)> stated, Access by, Actor statedBy, CancellationToken ct) =>
        RunAsync(stated, [], by, statedBy, ct);

    /// <param name="withdrawn">What is withdrawn first, of the items that are stated; an item of which something is withdrawn needs no facts.</param>
    /// <exception cref="Refusal">As above; 409 also where what is to be withdrawn was built upon.</exception>
    internal async Task<IReadOnlyList<Fact>> RunAsync(
        IReadOnlyList<(Guid Item, IReadOnlyList<StatedFact> Facts)> stated, IReadOnlyCollection<WithdrawnFact> withdrawn, Access by, Actor statedBy, CancellationToken ct)
    {
        var items = new List<Item>();
        foreach (var (id, facts) in stated)
        {
            Item? item = null;
            foreach (var right in facts.Select(fact => fact.Kind).Concat(withdrawn.Where(one => one.Item == id).Select(one => one.Kind)).Select(FactFlow.RightFor).Distinct())
            {
                item = await db.ItemsFor(by, right).SingleOrDefaultAsync(i => i.Id == id, ct)
                    ?? throw Refusal.NotFound("item", id);
            }

            items.Add(item!.Kind is not ItemKind.Finding
                ? item
                : throw Refusal.Invalid("fact.finding", "A finding stands where its tasks stand: record what happened to a task."));
        }

        var tree = await ItemTree.LoadAsync(db, items, ct);
        var above = Above(stated, items, tree);
        stated = [.. stated, .. above.Select(one => (one.Item.Id, one.Facts))];
        items.AddRange(above.Select(one => one.Item));
        var last = tree.Facts.GroupBy(fact => fact.ItemId).ToDictionary(facts => facts.Key, facts => facts.Max(fact => fact.Sequence));
        var now = clock.NowMs;
        var voided = withdrawn.SelectMany(one => Withdraw(one, tree, now)).ToList();
        foreach (var (i, (_, facts)) in stated.Index())
        {
            foreach (var fact in facts)
            {
                await PlaceAsync(fact, items[i], tree, last, by, statedBy, now, ct);
            }

            items[i].Touch();
        }

        var programmeId = items.Select(item => item.ProgrammeId).Distinct().Single();
        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(RecordFacts))), Right.Read).SingleAsync(p => p.Id == programmeId, ct);
        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);

        return
        [
            .. stated.Zip(items).GroupBy(one => one.Second.Chain).Where(chain => chain.Any(one => one.First.Facts.Count > 0)).Select(chain => new ItemFactsRecorded
            {
                Subject = chain.Key,
                By = by.Actor,
                At = now,
                Item = JournalBytes.Text(chain.First().Second.PublicId),
                Facts = [.. chain.SelectMany(one => one.First.Facts).Select(f => new ItemFactsRecorded.Stated(f.Kind, f.On, f.No, f.Value, f.To))],
            }),
            // Where something is stated as well, that entry carries what was withdrawn among its changed fields.
            .. stated.Zip(items).GroupBy(one => one.Second.Chain).Where(chain => chain.All(one => one.First.Facts.Count == 0))
                .Select(chain => (Item: chain.First().Second, Fact: voided.FirstOrDefault(fact => tree.Items.Find(item => item.Id == fact.ItemId)!.Chain == chain.Key)))
                .Where(chain => chain.Fact is not null).Select(chain => new ItemFactVoided
                {
                    Subject = chain.Item.Chain,
                    By = by.Actor,
                    At = now,
                    Item = JournalBytes.Text(chain.Item.PublicId),
                    FactKind = chain.Fact!.Kind,
                    On = chain.Fact.On,
                }),
        ];
    }

    private static List<ItemFact> Withdraw(WithdrawnFact one, ItemTree tree, DateTimeOffset now)
    {
        var standing = tree.Facts.FindAll(fact => fact.ItemId == one.Part && fact.VoidedAt is null);
        var wrong = standing.FindAll(fact => fact.Kind == one.Kind && fact.No == one.No);
        if (one.Kind is FactKind.Completed && standing.Exists(fact => FactFlow.RightFor(fact.Kind) is Right.Accept or Right.Close || fact.Kind is FactKind.Applied))
        {
            throw Refusal.Conflict("fact.built-upon", "The measure has gone on since it was said to be done: take it up again instead.");
        }

        foreach (var fact in wrong)
        {
            fact.Void(one.Reason, now);
        }

        return wrong;
    }

    // A closed task one of whose measures or points is taken up again is not closed either: it is taken up with it, from the same day.
    private static List<(Item Item, IReadOnlyList<StatedFact> Facts)> Above(IReadOnlyList<(Guid Item, IReadOnlyList<StatedFact> Facts)> stated, List<Item> items, ItemTree tree)
    {
        var above = new Dictionary<Guid, (Item, IReadOnlyList<StatedFact>)>();
        foreach (var (item, fact) in stated.Zip(items, (one, item) => one.Facts.Where(fact => fact.Kind is FactKind.Reopened).Select(fact => (item, fact))).SelectMany(one => one))
        {
            var at = fact.Part is { } part ? tree.Items.Find(one => one.Id == part) : tree.Items.Find(one => one.Id == item.Id);
            if (at is { Kind: ItemKind.Measure or ItemKind.Point } && tree.Items.Find(one => one.Id == at.ParentId) is { } task && !stated.Any(one => one.Item == task.Id)
                && TakenUp.Above(fact, TakenUp.Standing(task.Id, tree)) is { } with)
            {
                above[task.Id] = (task, [with]);
            }
        }

        return [.. above.Values];
    }

    private async Task PlaceAsync(
        StatedFact fact, Item item, ItemTree tree, Dictionary<Guid, long> last, Access by, Actor statedBy, DateTimeOffset now, CancellationToken ct)
    {
        var at = fact.Part is null
            ? item
            : tree.Items.Find(part => part.Id == fact.Part && part.Chain == item.Chain) ?? throw Refusal.NotFound("item", fact.Part);
        Check(fact, at, tree);
        await SeparateAsync(fact, at, tree, by, ct);
        var row = new ItemFact
        {
            ItemId = at.Id,
            Kind = fact.Kind,
            On = fact.On,
            Sequence = last[at.Id] = last.GetValueOrDefault(at.Id) + 1,
            No = fact.No,
            Value = fact.Value,
            To = fact.To,
            Note = fact.Note.Trim(),
            Document = fact.Document.Trim(),
            RecordedAt = now,
            RecordedBy = statedBy,
        };
        db.Add(row);
        tree.Facts.Add(row);
        if (fact.Kind is FactKind.DeadlineChanged)
        {
            at.TakeDeadlines(tree.DeadlineChanges(at.Id));
        }
    }

    // Who submits does not accept, and who accepts does not sign off. The system's own acts bring in history that others made, and a room
    // whose steps state facts has parted the duties itself.
    private async Task SeparateAsync(
        StatedFact fact, Item item, ItemTree tree, Access by, CancellationToken ct)
    {
        if (by.IsSystem)
        {
            return;
        }

        if (FactFlow.RightFor(fact.Kind) is Right.Accept && !await FactDuties.AcceptsAsync(db, item, tree.Items, by, ct))
        {
            throw Refusal.NotAllowed("fact.not-acceptor", "The plan names another unit that accepts this item.");
        }

        if (FactFlow.BySomeoneElse(fact.Kind) is { Count: > 0 } others
            && FactDuties.Recorders(item, tree.Facts) is var recorders
            && others.Any(kind => recorders[kind].Contains(by.Actor)))
        {
            throw Refusal.NotAllowed("fact.own", "You recorded the step that this one judges: someone else has to record it.");
        }
    }

    private void Check(StatedFact fact, Item item, ItemTree tree)
    {
        if (fact.On > clock.Today)
        {
            throw Refusal.Invalid("fact.future", $"{fact.On:yyyy-MM-dd} has not come yet. State the day on which it happened.");
        }

        if (fact.Document.Length > 200 || fact.Note.Length > 4_000)
        {
            throw Refusal.Invalid("fact.long", "A document's number has at most 200 characters, a remark 4,000.");
        }

        var known = tree.Facts.Where(f => f.ItemId == item.Id && f.VoidedAt is null && f.On <= fact.On)
            .OrderBy(f => f.On).ThenBy(f => f.Sequence).Select(f => f.Kind).ToList();
        var takenUp = known.LastIndexOf(FactKind.Reopened);
        if (!FactFlow.IsPossible(fact.Kind, known.Skip(takenUp + 1)))
        {
            throw Refusal.Conflict(
                "fact.order", $"{fact.Kind} on {fact.On:yyyy-MM-dd} needs {string.Join(" or ", FactFlow.NeedsOneOf(fact.Kind))} on that day or before.");
        }

        switch (fact.Kind)
        {
            case FactKind.MilestoneReached when !tree.Milestones.Any(m => m.ItemId == item.Id && m.No == fact.No):
                throw Refusal.Invalid("fact.milestone", $"The item has no milestone {fact.No}.");
            case FactKind.MeasureDone when fact.No is not { } no || no < 1 || no > tree.Items.Count(i => i.ParentId == item.Id && i is { Kind: ItemKind.Measure, RemovedOn: null }):
                throw Refusal.Invalid("fact.measure", $"The item has no measure {fact.No}.");
            case FactKind.Progress when fact.Value is not (>= 0 and <= 100):
                throw Refusal.Invalid("fact.percent", "Progress goes from 0 to 100 percent.");
            case FactKind.Measured when item.QuantityTarget is null || fact.Value is null:
                throw Refusal.Invalid("fact.quantity", "A figure needs an item with a quantity and its target.");
            case FactKind.DeadlineChanged when fact.To is null:
                throw Refusal.Invalid("fact.deadline", "A changed deadline needs its new date.");
            case FactKind.DeadlineChanged when tree.DueFrom(item.ParentId) is { } due && fact.To > due:
                throw Refusal.Invalid("fact.deadline-parent", $"The new deadline passes the one above, {due:yyyy-MM-dd}.");
            case FactKind.Returned or FactKind.Reopened when fact.Note.Trim().Length == 0:
                throw Refusal.Invalid("fact.reason", "Say why, in a remark.");
            default:
                break;
        }
    }
}
