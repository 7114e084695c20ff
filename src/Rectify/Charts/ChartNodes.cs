using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
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

/// <summary>Hand-over nodes (交账节点) of a chart's tasks, and since when tasks are done and closed.</summary>
internal static class ChartNodes
{
    public sealed record Node(Guid Item, int No, string Text, DateOnly Due)
    {
        public NodeState State { get; init; }

        public DateOnly? ReachedOn { get; init; }
    }

    /// <summary>By their task, in the order of their days.</summary>
    public static async Task<ILookup<Guid, Node>> ReadAsync(ChartAsk ask, ChartTasks tasks, CancellationToken ct)
    {
        var (db, programme, today) = (ask.Db, ask.Programme.Id, ask.On); // a query takes "on" for its own
        var items = db.ItemsFor(ask.Reader, Right.Read).Where(item => item.ProgrammeId == programme && item.Kind == ItemKind.Task && item.RemovedOn == null);
        var nodes = await (
            from node in db.ItemMilestones()
            join item in items on node.ItemId equals item.Id
            select new Node(node.ItemId, node.No, node.Text, node.Due)).ToListAsync(ct);
        var reached = (await (
            from fact in db.ItemFacts()
            where fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null && fact.On <= today
            join item in items on fact.ItemId equals item.Id
            select new { fact.ItemId, fact.No, fact.On }).ToListAsync(ct)).GroupBy(fact => (fact.ItemId, fact.No)).ToDictionary(group => group.Key, group => group.Min(fact => fact.On));
        var rows = tasks.Rows.ToDictionary(row => row.Id);
        return nodes.Where(node => rows.ContainsKey(node.Item)).OrderBy(node => node.Due).ThenBy(node => node.No).Select(node =>
        {
            var day = reached.TryGetValue((node.Item, node.No), out var known) ? known : (DateOnly?)null;
            return node with
            {
                ReachedOn = day,
                State = day is not null ? NodeState.Reached : ChartTasks.IsDone(rows[node.Item]) ? NodeState.Settled : node.Due < today ? NodeState.Missed : NodeState.ToCome,
            };
        }).ToLookup(node => node.Item);
    }

    /// <summary>The spans of its tasks until the day.</summary>
    public static async Task<ILookup<Guid, StatusSpan>> SpansAsync(ChartAsk ask, ChartTasks tasks, CancellationToken ct)
    {
        var (db, programme, on) = (ask.Db, ask.Programme.Id, ask.On);
        var ids = tasks.Rows.Select(row => row.Id).ToHashSet();
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

    /// <summary>What the signs mean.</summary>
    public static IReadOnlyList<(Action<float, float>, float, string)> Legend(Pen pen, Platform.Text.Words words) =>
    [
        .. Enum.GetValues<NodeState>().Select(state =>
            ((Action<float, float>)((x, y) => Draw(pen, x + (pen.Em * 0.5f), y, state, pen.Em * 0.5f)), pen.Em, words[$"charts.node.{state}"])),
    ];
}
