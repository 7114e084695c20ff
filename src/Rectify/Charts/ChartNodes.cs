using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>How a hand-over node stands on the day.</summary>
internal enum NodeState
{
    /// <summary>已交账: reached by the day.</summary>
    Reached,

    /// <summary>随任务办结: the task was complete without it.</summary>
    Settled,

    /// <summary>逾期未交账</summary>
    Missed,

    /// <summary>未到期</summary>
    ToCome,
}

/// <summary>Hand-over nodes (交账节点) of a chart's tasks and of their measures, points and sub-tasks, and since when tasks are done and closed.</summary>
internal static class ChartNodes
{
    /// <summary>The measure, point or sub-task that has a node.</summary>
    /// <param name="Lead">The unit that leads it, by its short name; empty where it is its task's.</param>
    public sealed record Part(ItemKind Kind, string Number, string Title, string Lead);

    /// <param name="Item">What has the node: the task, or a part of it.</param>
    public sealed record Node(Guid Item, int No, string Text, DateOnly Due)
    {
        public NodeState State { get; init; }

        public DateOnly? ReachedOn { get; init; }

        /// <summary><see langword="null"/> for a node of the task itself.</summary>
        public Part? Of { get; init; }
    }

    /// <summary>By their task, in the order of their days.</summary>
    public static async Task<ILookup<Guid, Node>> ReadAsync(ChartAsk ask, ChartTasks tasks, CancellationToken ct)
    {
        var (db, programme, today, parts) = (ask.Db, ask.Programme.Id, ask.On, ask.Parts); // a query takes "on" for its own
        var items = db.ItemsFor(ask.Reader, Right.Read).Where(item => item.ProgrammeId == programme && (parts || item.Kind == ItemKind.Task));
        var nodes = await (
            from node in db.ItemMilestones()
            join item in items on node.ItemId equals item.Id
            join span in db.StatusSpans() on item.Id equals span.ItemId
            where span.From <= today && span.Until > today
            select new { node.ItemId, node.No, node.Text, node.Due, item.Kind, item.ParentId, item.NumberText, item.Title, span.Status }).ToListAsync(ct);
        var reached = (await (
            from fact in db.ItemFacts()
            where fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null && fact.On <= today
            join item in items on fact.ItemId equals item.Id
            select new { fact.ItemId, fact.No, fact.On }).ToListAsync(ct)).GroupBy(fact => (fact.ItemId, fact.No)).ToDictionary(group => group.Key, group => group.Min(fact => fact.On));
        var rows = tasks.Rows.Select(row => row.Id).ToHashSet();
        var above = nodes.Where(node => node.Kind is not ItemKind.Task).DistinctBy(node => node.ItemId).ToDictionary(node => node.ItemId, node => node.ParentId);
        await TasksAboveAsync(db, above, rows, ct);
        var leads = await LeadsAsync(db, [.. above.Where(one => one.Value is { } task && rows.Contains(task)).Select(one => one.Key)], ct);
        return nodes.Select(node => (Task: node.Kind is ItemKind.Task ? node.ItemId : above[node.ItemId], Node: node)).Where(one => one.Task is { } task && rows.Contains(task))
            .OrderBy(one => one.Node.Due).ThenBy(one => one.Node.Kind is not ItemKind.Task).ThenBy(one => one.Node.NumberText, StringComparer.Ordinal).ThenBy(one => one.Node.No).ToLookup(one => one.Task!.Value, one =>
            {
                var node = one.Node;
                var day = reached.TryGetValue((node.ItemId, node.No), out var known) ? known : (DateOnly?)null;
                return new Node(node.ItemId, node.No, node.Text, node.Due)
                {
                    ReachedOn = day,
                    State = day is not null ? NodeState.Reached : Overview.DoneStatuses.Contains(node.Status) ? NodeState.Settled : node.Due < today ? NodeState.Missed : NodeState.ToCome,
                    Of = node.Kind is ItemKind.Task ? null : new(node.Kind, node.NumberText, node.Title, leads.GetValueOrDefault(node.ItemId, "")),
                };
            });
    }

    // Climbs from parts to the task that each belongs to: a point may stand below a measure, a sub-task below another.
    private static async Task TasksAboveAsync(Db db, Dictionary<Guid, Guid?> above, HashSet<Guid> tasks, CancellationToken ct)
    {
        for (var level = 0; level < 20; level++)
        {
            Guid[] open = [.. above.Values.OfType<Guid>().Where(id => !tasks.Contains(id)).Distinct()];
            if (open.Length == 0)
            {
                return;
            }

            var parents = (await db.ItemsFor(Room, Right.Read).Where(item => EF.Parameter(open).Contains(item.Id)).Select(item => new { item.Id, item.Kind, item.ParentId }).ToListAsync(ct))
                .ToDictionary(item => item.Id, item => item.Kind is ItemKind.Task ? null : item.ParentId); // a task that the chart leaves out
            foreach (var (part, parent) in above.Where(one => one.Value is { } id && !tasks.Contains(id)).ToList())
            {
                above[part] = parents.GetValueOrDefault(parent!.Value);
            }
        }
    }

    private static async Task<Dictionary<Guid, string>> LeadsAsync(Db db, Guid[] parts, CancellationToken ct) => parts.Length == 0 ? [] : (await (
        from part in db.ItemUnits()
        where EF.Parameter(parts).Contains(part.ItemId) && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible)
        join unit in db.Units() on part.UnitId equals unit.Id into known
        from unit in known.DefaultIfEmpty()
        select new { part.ItemId, part.Role, part.Order, Name = unit == null ? part.Text : unit.ShortName }).ToListAsync(ct))
        .GroupBy(one => one.ItemId).ToDictionary(group => group.Key, group => group.OrderBy(one => one.Role is not DraftRole.Lead).ThenBy(one => one.Order).First().Name);

    private static readonly Access Room = Access.OfSystem(Actor.System("charts"));

    /// <summary>The spans until the day of its tasks, and of those that were taken out by then.</summary>
    public static async Task<ILookup<Guid, StatusSpan>> SpansAsync(ChartAsk ask, ChartTasks tasks, CancellationToken ct)
    {
        var (db, programme, on) = (ask.Db, ask.Programme.Id, ask.On);
        var ids = tasks.Ever;
        return (await db.StatusSpans().AsNoTracking().Where(span => span.ProgrammeId == programme && span.Kind == ItemKind.Task && span.From <= on).ToListAsync(ct))
            .Where(span => ids.Contains(span.ItemId)).OrderBy(span => span.From).ToLookup(span => span.ItemId);
    }

    /// <summary>Since when a task is, without a break until the day, in one of the statuses; <see langword="null"/> if it is not.</summary>
    public static DateOnly? Since(IEnumerable<StatusSpan> spans, IReadOnlyList<ItemStatus> statuses, DateOnly on)
    {
        DateOnly? since = null;
        foreach (var span in spans.Where(span => span.From <= on))
        {
            since = statuses.Contains(span.Status) ? since ?? span.From : null;
        }

        return since;
    }

    /// <summary>The sign of a node: form and colour.</summary>
    public static void Draw(Pen pen, float x, float y, NodeState state, float r)
    {
        switch (state)
        {
            case NodeState.Reached:
                pen.Diamond(x, y, r, Ink.Deep, Ink.Deep);
                break;
            case NodeState.Settled:
                pen.Diamond(x, y, r, Ink.Grey, Ink.Grey);
                pen.Line(x - (r * 0.5f), y, x + (r * 0.5f), y, Ink.OnFill, r * 0.3f); // told from a node that was reached by form as well
                break;
            case NodeState.Missed:
                pen.Diamond(x, y, r, Ink.Red, Ink.Red);
                pen.Line(x, y - (r * 0.5f), x, y + (r * 0.1f), Ink.OnFill, r * 0.25f);
                pen.Disc(x, y + (r * 0.45f), r * 0.15f, Ink.OnFill);
                break;
            case NodeState.ToCome:
                pen.Diamond(x, y, r, Ink.Paper, Ink.Rule);
                break;
        }
    }

    /// <summary>The same, smaller and below the line: a part of the task has it.</summary>
    public static void DrawPart(Pen pen, float x, float y, NodeState state) => Draw(pen, x, y + (pen.Em * 0.5f), state, pen.Em * 0.27f);

    /// <summary>What the signs mean.</summary>
    /// <param name="parts">Whether nodes of parts are among them.</param>
    public static IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen, Platform.Text.Words words, bool parts) =>
    [
        .. Enum.GetValues<NodeState>().Select(state =>
            ((Action<float, float>)((x, y) => Draw(pen, x + (pen.Em * 0.5f), y, state, pen.Em * 0.5f)), pen.Em, words[$"charts.node.{state}"])),
        .. parts ? [((Action<float, float>)((x, y) => Draw(pen, x + (pen.Em * 0.5f), y, NodeState.ToCome, pen.Em * 0.27f)), pen.Em, words["charts.node.small"])] : Array.Empty<(Action<float, float>, float, string)>(),
    ];
}
