using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Wall;

/// <summary>What the wall shows of a programme on a day.</summary>
/// <param name="Mark">The last entry of the register when it was read: with a later one the wall may be old.</param>
internal sealed record WallView(Programme Programme, Overview Overview, long Mark)
{
    /// <summary>The last day of the month before, with which the footer compares.</summary>
    public required DateOnly Before { get; init; }

    public required int DoneBefore { get; init; }

    public required int ClosedBefore { get; init; }

    /// <summary>The first of the month after the day: whose hand-over nodes are shown.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>Nodes of that month which are not reached yet, by date.</summary>
    public required IReadOnlyList<MilestoneList.Row> Nodes { get; init; }

    public required int NodeCount { get; init; }

    /// <summary>The lines of the units that answer for tasks; places that carry out a part of one are left out.</summary>
    public required IReadOnlyList<Overview.Line> Units { get; init; }

    /// <summary>The day by which the next returns are due; <see langword="null"/> where no round says.</summary>
    public required DateOnly? NextDue { get; init; }

    /// <summary>Items with a red light, then those with a yellow one; of each the ones first that are worst.</summary>
    public IReadOnlyList<Overview.Cell> Lights { get; } =
    [
        .. from cell in Overview.Cells
           where cell.Light is Light.Red or Light.Yellow
           let reason = ReasonText.Read(cell.Reason)
           orderby cell.Light is Light.Yellow, WorstFirst(reason.Code), reason.Date ?? DateOnly.MaxValue, cell.Number
           select cell,
    ];

    /// <summary>Cells in the order of their state, as the wall shows them: closed first, red last.</summary>
    public IEnumerable<Overview.Cell> Cells => Overview.Cells.OrderBy(StateOf).ThenBy(cell => cell.Number ?? int.MaxValue);

    /// <summary>The mark of a cell: its light where it has one, also if it was sent back and counts as done.</summary>
    public static CellState StateOf(Overview.Cell cell) => cell switch
    {
        { Light: Light.Green } => CellState.Green,
        { Light: Light.Yellow } => CellState.Yellow,
        { Light: Light.Red } => CellState.Red,
        _ when Overview.ClosedStatuses.Contains(cell.Status) => CellState.Closed,
        _ when Overview.DoneStatuses.Contains(cell.Status) => CellState.Done,
        _ => CellState.Draft,
    };

    private static int WorstFirst(LightCode code) => code switch
    {
        LightCode.Overdue or LightCode.StillNotPutRight => 0,
        LightCode.NodeLongMissed or LightCode.NodeMissed => 1,
        LightCode.FarBehindPlan or LightCode.BehindPlan => 2,
        _ => 3,
    };
}

/// <summary>What a cell is drawn as, in the order in which the wall lists them.</summary>
internal enum CellState { Draft, Closed, Done, Green, Yellow, Red }

internal sealed class WallReading(Db db, WallWatch watch)
{
    /// <exception cref="Platform.Refusal">404: no such programme, or none that <paramref name="reader"/> may read.</exception>
    public async Task<WallView> ReadAsync(string code, DateOnly on, Access reader, CancellationToken ct)
    {
        var mark = await watch.NewestAsync(ct); // before anything is read: what comes in between makes the wall old, never wrong
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var overview = await Overview.ReadAsync(db, reader, programme.Id, on, ct);
        var first = new DateOnly(on.Year, on.Month, 1);
        var (before, month) = (first.AddDays(-1), first.AddMonths(1));
        var earlier = await ItemList.AllAsync(db, reader, programme.Id, new() { Statuses = Overview.DoneStatuses }, before, ct);
        var answering = (await db.ItemUnits().Where(part => part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate))
            .Join(db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme.Id && item.Kind == ItemKind.Task && item.RemovedOn == null), part => part.ItemId, item => item.Id, (part, _) => new { Unit = part.UnitId!.Value, part.Role })
            .Distinct().ToListAsync(ct)).ToLookup(part => part.Role, part => part.Unit.ToString());
        var nodes = await MilestoneList.PageAsync(db, reader, programme.Id, MilestoneList.Which.Open, month, month.AddMonths(1).AddDays(-1), null, on, ct);
        return new(programme, overview, mark)
        {
            Before = before,
            DoneBefore = earlier.Count,
            ClosedBefore = earlier.Count(row => Overview.ClosedStatuses.Contains(row.Status)),
            Month = month,
            Nodes = nodes,
            NodeCount = nodes.Count < MilestoneList.PageSize
                ? nodes.Count
                : await MilestoneList.CountAsync(db, reader, programme.Id, MilestoneList.Which.Open, month, month.AddMonths(1).AddDays(-1), on, ct),
            Units = answering.Contains(DraftRole.Lead) ? [.. overview.ByUnit.Where(line => answering.Any(role => role.Contains(line.Key)))] : overview.ByUnit,
            NextDue = await db.RoundsFor(reader).Where(round => round.ProgrammeId == programme.Id && round.DueOn >= on).MinAsync(round => (DateOnly?)round.DueOn, ct),
        };
    }
}
