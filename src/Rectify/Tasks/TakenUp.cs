using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A task and its measures and points are taken up again together: which fact brought which.</summary>
internal static class TakenUp
{
    private static readonly FactKind[] Ends = [FactKind.Closed, FactKind.NotInvolved];

    /// <summary>What goes when a reopening is withdrawn: with a part's the task's that it caused, with the task's those of parts that followed it or caused it.</summary>
    /// <returns>The facts, the given one first; and the part's reopening that the task stays taken up by, if there is one.</returns>
    public static (IReadOnlyList<ItemFact> Back, ItemFact? Stays) With(ItemFact found, ItemTree tree)
    {
        var at = tree.Items.Single(item => item.Id == found.ItemId);
        var task = at.Kind is ItemKind.Measure or ItemKind.Point ? tree.Items.Find(item => item.Id == at.ParentId) : at;
        if (task is null || found.VoidedAt is not null)
        {
            return ([found], null);
        }

        var parts = tree.Items.Where(item => item.ParentId == task.Id && item.Kind is ItemKind.Measure or ItemKind.Point).Select(item => item.Id).ToHashSet();
        var reopened = tree.Facts.Where(fact => fact is { Kind: FactKind.Reopened, VoidedAt: null } && fact != found).ToList();
        List<ItemFact> back = [found];
        if (at != task)
        {
            back.AddRange(reopened.Where(fact => fact.ItemId == task.Id && Caused(found, fact, tree)));
            if (back.Count == 1)
            {
                return (back, null);
            }
        }
        else
        {
            back.AddRange(reopened.Where(fact => parts.Contains(fact.ItemId) && (Caused(fact, found, tree) || Followed(fact, found))));
        }

        return (back, reopened.Where(fact => parts.Contains(fact.ItemId) && !back.Contains(fact) && Holds(fact, tree)).OrderBy(fact => fact.On).ThenBy(fact => fact.RecordedAt).FirstOrDefault());
    }

    /// <summary>The fact by which a task is taken up because a part is.</summary>
    /// <param name="part">The part's own; its reason and document become the task's.</param>
    /// <param name="facts">The task's that stand, in order.</param>
    /// <returns><see langword="null"/> where the task is not closed.</returns>
    public static StatedFact? Above(StatedFact part, IReadOnlyList<ItemFact> facts) =>
        facts.LastOrDefault(one => one.Kind is FactKind.Reopened || Ends.Contains(one.Kind)) is { Kind: not FactKind.Reopened } closed
            ? part with { Part = null, On = part.On > closed.On ? part.On : closed.On }
            : null;

    /// <summary>The task's facts that stand, in order.</summary>
    public static List<ItemFact> Standing(Guid item, ItemTree tree) => [.. tree.Facts.Where(fact => fact.ItemId == item && fact.VoidedAt is null).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence)];

    // Of one act, or put in its place when an earlier part's was withdrawn.
    private static bool Caused(ItemFact part, ItemFact task, ItemTree tree) => part.RecordedAt == task.RecordedAt || (part.RecordedAt < task.RecordedAt && Same(part, task) && Holds(part, tree));

    private static bool Followed(ItemFact part, ItemFact task) => part.RecordedAt > task.RecordedAt && Same(part, task);

    private static bool Same(ItemFact one, ItemFact other) => one.Note == other.Note && one.Document == other.Document;

    private static bool Holds(ItemFact fact, ItemTree tree)
    {
        var facts = Standing(fact.ItemId, tree);
        return !facts.Skip(facts.IndexOf(fact) + 1).Any(later => Ends.Contains(later.Kind));
    }
}
