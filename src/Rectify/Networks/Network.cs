using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>Activities and their dependencies, sound once it exists: every link joins two of its activities and no chain bites its tail.</summary>
/// <remarks>Immutable. <see cref="Timetable.Of"/> computes its dates.</remarks>
public sealed class Network
{
    /// <exception cref="Refusal">
    /// 422 <c>network.twice</c>: an activity stands in it twice. <c>network.link</c>: a link joins an activity with itself or with something else, or a lag is
    /// too long. <c>network.double</c>: two links of one kind between the same two. <c>network.cycle</c>: activities wait for one another; the cycle is named.
    /// </exception>
    /// <param name="name">What an activity is called in a cycle; without it, its title.</param>
    public Network(IEnumerable<Activity> activities, IEnumerable<Link> links, Func<Activity, string>? name = null)
    {
        Activities = [.. activities];
        Links = [.. links];
        Places = new(Activities.Count);
        for (var i = 0; i < Activities.Count; i++)
        {
            if (!Places.TryAdd(Activities[i].Id, i))
            {
                throw Refusal.Invalid("network.twice", $"{Activities[i].Title} stands in the network twice.", Activities[i].Title);
            }
        }

        (Into, OutOf) = (new List<Join>[Activities.Count], new List<Join>[Activities.Count]);
        for (var i = 0; i < Activities.Count; i++)
        {
            (Into[i], OutOf[i]) = ([], []);
        }

        HashSet<(Guid, Guid, LinkKind)> seen = [];
        foreach (var link in Links)
        {
            if (!Places.TryGetValue(link.From, out var from) || !Places.TryGetValue(link.To, out var to) || from == to || link.Lag is < -Activity.LongestDays or > Activity.LongestDays)
            {
                throw Refusal.Invalid("network.link", "A dependency joins two activities of the network, with at most 2,600 days between.");
            }

            if (!seen.Add((link.From, link.To, link.Kind)))
            {
                throw Refusal.Invalid(
                    "network.double", $"{Activities[to].Title} depends on {Activities[from].Title} twice in the same way.", Activities[to].Title, Activities[from].Title);
            }

            Into[to].Add(new(from, link));
            OutOf[from].Add(new(to, link));
        }

        Order = Sorted(name ?? (one => one.Title));
    }

    public IReadOnlyList<Activity> Activities { get; }

    public IReadOnlyList<Link> Links { get; }

    /// <summary>One end of a link as its other end sees it.</summary>
    internal readonly record struct Join(int Other, Link Link);

    internal Dictionary<Guid, int> Places { get; }

    internal List<Join>[] Into { get; }

    internal List<Join>[] OutOf { get; }

    /// <summary>Places of the activities, each after all it depends on.</summary>
    internal int[] Order { get; }

    /// <exception cref="KeyNotFoundException">No such activity.</exception>
    public Activity this[Guid id] => Activities[Places[id]];

    public bool Contains(Guid id) => Places.ContainsKey(id);

    /// <summary>This network with one activity replaced: for trying something before it is saved.</summary>
    /// <exception cref="KeyNotFoundException">No such activity.</exception>
    public Network With(Activity changed)
    {
        var place = Places[changed.Id];
        return new(Activities.Select((one, i) => i == place ? changed : one), Links);
    }

    private const int LongestNamed = 20;

    // Kahn's way: what waits for nothing comes first. What is left over then lies on a cycle or behind one.
    private int[] Sorted(Func<Activity, string> name)
    {
        var waits = Array.ConvertAll(Into, into => into.Count);
        var order = new int[Activities.Count];
        var (taken, known) = (0, 0);
        for (var i = 0; i < waits.Length; i++)
        {
            if (waits[i] == 0)
            {
                order[known++] = i;
            }
        }

        while (taken < known)
        {
            foreach (var (next, _) in OutOf[order[taken++]])
            {
                if (--waits[next] == 0)
                {
                    order[known++] = next;
                }
            }
        }

        return known == order.Length ? order : throw Cycle(waits, name);
    }

    private Refusal Cycle(int[] waits, Func<Activity, string> name)
    {
        // From anything left over, going back along what is left over too must come round.
        List<int> way = [];
        var at = Array.FindIndex(waits, count => count > 0);
        while (!way.Contains(at))
        {
            way.Add(at);
            at = Into[at].First(join => waits[join.Other] > 0).Other;
        }

        way.RemoveRange(0, way.IndexOf(at));
        way.Reverse();
        var names = string.Join(" → ", way.Append(way[0]).Select(place => name(Activities[place])).Take(LongestNamed)) + (way.Count >= LongestNamed ? " → …" : "");
        return Refusal.Invalid("network.cycle", $"These wait for one another: {names}.", names);
    }
}
