using System.Globalization;
using Rectify.Tasks;

namespace Rectify.Plans;

/// <summary>The findings of a version, and which task stands beneath which: those that stand already are found again.</summary>
/// <remarks>
/// A finding that both versions name alike is the same; else one of the same number, of the same text, or the one that most of its
/// tasks stood beneath: a finding whose words were corrected stays itself. One without tasks is taken out.
/// </remarks>
internal sealed class VersionFindings
{
    private readonly Dictionary<PlanFinding, Item> items = [];
    private readonly HashSet<int> roots;
    private int last;

    /// <param name="pairs">The items of the version before and of this one.</param>
    /// <param name="taskOf">The task of each item of the version before.</param>
    /// <param name="tree">What stands: tasks and their findings.</param>
    /// <param name="make">Makes a finding: what the plan says, the first of its tasks, its place.</param>
    /// <param name="placeOf">The place of a task that stands or is added.</param>
    public VersionFindings(
        IReadOnlyList<(PlanItem? Old, PlanItem? Now)> pairs, IReadOnlyDictionary<PlanItem, Item> taskOf, ItemTree tree,
        Func<PlanItem?, PlanItem, int> placeOf, Func<PlanFinding, PlanItem, int, Item> make)
    {
        var standing = tree.Items.Where(item => item is { Kind: ItemKind.Finding, RemovedOn: null }).ToDictionary(item => item.Id);
        var added = pairs.Where(pair => pair.Now is not null && (pair.Old is null || !taskOf.ContainsKey(pair.Old))).Select(pair => (pair.Now!.Finding, Place: placeOf(pair.Old, pair.Now))).ToList();
        roots =
        [
            .. tree.Items.Where(item => item is { ParentId: null, RemovedOn: null }).Select(PlaceOf),
            .. added.Where(task => task.Finding is null).Select(task => task.Place),
        ];
        last = tree.Items.Where(item => item is { Kind: ItemKind.Task or ItemKind.Finding, RemovedOn: null }).Select(PlaceOf)
            .Concat(added.Select(task => task.Place)).DefaultIfEmpty(0).Max();
        Item? Before(PlanItem? old) => old is not null && taskOf.GetValueOrDefault(old)?.ParentId is { } id ? standing.GetValueOrDefault(id) : null;

        var before = pairs.Where(pair => pair.Old?.Finding is not null && Before(pair.Old) is not null)
            .GroupBy(pair => pair.Old!.Finding!).ToDictionary(group => group.Key, group => Before(group.First().Old)!);
        var wanted = pairs.Where(pair => pair.Now?.Finding is not null).GroupBy(pair => pair.Now!.Finding!).ToList();
        var named = wanted.Select(group => group.Key).ToHashSet();
        var free = before.Where(old => !named.Contains(old.Key)).ToList();
        foreach (var group in wanted)
        {
            var finding = group.Key;
            if (!before.TryGetValue(finding, out var item) || items.ContainsValue(item))
            {
                item = (free.Find(old => old.Key.NumberValue is { } no && no == finding.NumberValue).Value
                    ?? free.Find(old => old.Key.Text.Length > 0 && old.Key.Text == finding.Text).Value
                    ?? MostOf(group.Select(pair => Before(pair.Old)).OfType<Item>().Where(one => free.Exists(old => old.Value == one))));
                free.RemoveAll(old => old.Value == item);
                if (item is not null)
                {
                    Changed.Add((item, finding));
                }
            }

            items[finding] = item ?? make(finding, group.First().Now!, Free(group.Min(pair => placeOf(pair.Old, pair.Now!))));
        }

        Left = [.. standing.Values.Where(item => !items.ContainsValue(item))];
    }

    /// <summary>Whether the version or the one before names a finding.</summary>
    public bool Any => items.Count + Left.Count > 0;

    /// <summary>Findings that stand and are told in other words now.</summary>
    public List<(Item Item, PlanFinding Now)> Changed { get; } = [];

    /// <summary>Findings that the version does not name.</summary>
    public IReadOnlyList<Item> Left { get; }

    /// <summary>The finding that a task of the version stands beneath; <see langword="null"/> if none.</summary>
    public Item? Of(PlanItem plan) => plan.Finding is { } finding ? items[finding] : null;

    /// <summary>Puts a task beneath another finding, or beneath none, with all that stands below it.</summary>
    public void Move(Item task, Item? finding, ILookup<Guid, Item> children)
    {
        task.MoveTo(finding, finding is null ? Free(PlaceOf(task)) : PlaceOf(task));
        for (var above = new Queue<Item>([task]); above.TryDequeue(out var item);)
        {
            foreach (var child in children[item.Id])
            {
                child.MoveTo(item, PlaceOf(child));
                above.Enqueue(child);
            }
        }
    }

    /// <summary>An item's place among its siblings.</summary>
    public static int PlaceOf(Item item) => int.Parse(item.SortKey.Split('.')[^1], CultureInfo.InvariantCulture);

    // At the top, findings and tasks without one share their places. A new place is nobody's anywhere: tasks move from level to level.
    private int Free(int place)
    {
        if (!roots.Add(place))
        {
            roots.Add(place = ++last);
        }

        return place;
    }

    private static Item? MostOf(IEnumerable<Item> items) =>
        items.GroupBy(item => item.Id).OrderByDescending(group => group.Count()).Select(group => group.First()).FirstOrDefault();
}
