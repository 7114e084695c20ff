using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>What someone may do with an item now: what a page offers, and what it explains.</summary>
public sealed record ItemActs
{
    /// <summary>The rights held on the item.</summary>
    public required IReadOnlySet<Right> Rights { get; init; }

    /// <summary>The facts that may be recorded now, in the order of an item's life.</summary>
    public required IReadOnlyList<FactKind> Possible { get; init; }

    /// <summary>Facts that are theirs to record but not now, with the reason.</summary>
    public required IReadOnlyList<NotYet> Later { get; init; }

    /// <param name="Why">A text's key: something has to happen first, they did what this judges, another unit accepts.</param>
    /// <param name="Needs">For what has to happen first: one of these.</param>
    public sealed record NotYet(FactKind Kind, string Why, IReadOnlyList<FactKind> Needs);

    /// <summary>What a page offers that shows another day than today.</summary>
    public static ItemActs None { get; } = new() { Rights = new HashSet<Right>(), Possible = [], Later = [] };

    public bool May(Right right) => Rights.Contains(right);

    /// <param name="view">The item as it stands today: acts are done today, whatever day is looked at.</param>
    public static async Task<ItemActs> ReadAsync(Db db, Access by, ItemView view, IEnumerable<IFactOwner> owners, CancellationToken ct)
    {
        var item = view.Item;
        var rights = new HashSet<Right>();
        foreach (var right in Enum.GetValues<Right>())
        {
            if (item.RemovedOn is null && await db.ItemsFor(by, right).AnyAsync(one => one.Id == item.Id, ct))
            {
                rights.Add(right);
            }
        }

        var facts = await db.ItemFacts().AsNoTracking().Where(fact => fact.ItemId == item.Id && fact.VoidedAt == null)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct);
        var since = facts.Skip(facts.FindLastIndex(fact => fact.Kind is FactKind.Reopened) + 1).Select(fact => fact.Kind).ToList();
        if (facts.Exists(fact => fact.Kind is FactKind.Reopened))
        {
            since.Add(FactKind.Started);
        }

        var recorders = FactDuties.Recorders(item, facts);
        var accepts = await FactDuties.AcceptsAsync(db, item, [.. view.Above, item], by, ct);
        var owned = new HashSet<FactKind>();
        foreach (var owner in owners)
        {
            owned.UnionWith(await owner.OwnedAsync(item, ct));
        }

        var (possible, later) = (new List<FactKind>(), new List<NotYet>());
        foreach (var kind in Enum.GetValues<FactKind>().Where(kind => item.Kind is not ItemKind.Finding && rights.Contains(FactFlow.RightFor(kind)) && FactFlow.IsOffered(kind, since)))
        {
            if (kind is FactKind.MilestoneReached && view.Milestones.All(m => view.ReachedOn(m.No) is not null)
                || kind is FactKind.Measured && item.QuantityTarget is null)
            {
                continue;
            }

            if (owned.Contains(kind))
            {
                later.Add(new(kind, "fact.why.steps", []));
            }
            else if (!FactFlow.IsPossible(kind, since))
            {
                later.Add(new(kind, "fact.why.needs", FactFlow.NeedsOneOf(kind)));
            }
            else if (FactFlow.RightFor(kind) is Right.Accept && !accepts)
            {
                later.Add(new(kind, "fact.why.acceptor", []));
            }
            else if (FactFlow.BySomeoneElse(kind).Any(other => recorders[other].Contains(by.Actor)))
            {
                later.Add(new(kind, "fact.why.own", []));
            }
            else
            {
                possible.Add(kind);
            }
        }

        return new() { Rights = rights, Possible = possible, Later = later };
    }
}
