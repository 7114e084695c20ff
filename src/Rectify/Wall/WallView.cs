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
    /// <summary>As many items with a light as have room.</summary>
    public const int MostLights = 16;

    /// <summary>How many days ahead hand-over nodes are shown.</summary>
    public const int NodeDays = 30;

    /// <summary>The last day of the month before, with which the footer compares.</summary>
    public required DateOnly Before { get; init; }

    public required int DoneBefore { get; init; }

    public required int ClosedBefore { get; init; }

    /// <summary>Nodes of the <see cref="NodeDays"/> after the day which are not reached yet, by date.</summary>
    public required IReadOnlyList<MilestoneList.Row> Nodes { get; init; }

    public required int NodeCount { get; init; }

    /// <summary>The lines of the units that answer for tasks; places that carry out a part of one are left out.</summary>
    public required IReadOnlyList<Overview.Line> Units { get; init; }

    /// <summary>The day by which the next returns are due; <see langword="null"/> where no round says.</summary>
    public required DateOnly? NextDue { get; init; }

    /// <summary>Items with a red light, then those with a yellow one; of each the ones first that are worst.</summary>
    public IReadOnlyList<Overview.Cell> Lights { get; } = LightsOf(Overview);

    /// <summary>The unit that leads, in short, for each of the first <see cref="MostLights"/>.</summary>
    public required IReadOnlyDictionary<Guid, string> Leads { get; init; }

    /// <summary>What those lights rest on that say how far their items are behind.</summary>
    public required IReadOnlyDictionary<Guid, LightFigures> Figures { get; init; }

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

    internal static IReadOnlyList<Overview.Cell> LightsOf(Overview overview) =>
    [
        .. from cell in overview.Cells
           where cell.Light is Light.Red or Light.Yellow
           let reason = ReasonText.Read(cell.Reason)
           orderby cell.Light is Light.Yellow, WorstFirst(reason.Code), reason.Date ?? DateOnly.MaxValue, cell.Number
           select cell,
    ];

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
        var before = new DateOnly(on.Year, on.Month, 1).AddDays(-1);
        var earlier = await ItemList.AllAsync(db, reader, programme.Id, new() { Statuses = Overview.DoneStatuses }, before, ct);
        var answering = (await db.ItemUnits().Where(part => part.UnitId != null && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate))
            .Join(db.ItemsFor(reader, Right.Read).Where(item => item.ProgrammeId == programme.Id && item.Kind == ItemKind.Task).StandingOn(on), part => part.ItemId, item => item.Id, (part, _) => new { Unit = part.UnitId!.Value, part.Role })
            .Distinct().ToListAsync(ct)).ToLookup(part => part.Role, part => part.Unit.ToString());
        var (from, to) = (on.AddDays(1), on.AddDays(WallView.NodeDays));
        var nodes = await MilestoneList.PageAsync(db, reader, programme.Id, MilestoneList.Which.Open, from, to, null, on, ct);
        List<Overview.Cell> lit = [.. WallView.LightsOf(overview).Take(WallView.MostLights)];
        return new(programme, overview, mark)
        {
            Before = before,
            DoneBefore = earlier.Count,
            ClosedBefore = earlier.Count(row => Overview.ClosedStatuses.Contains(row.Status)),
            Nodes = nodes,
            NodeCount = nodes.Count < MilestoneList.PageSize
                ? nodes.Count
                : await MilestoneList.CountAsync(db, reader, programme.Id, MilestoneList.Which.Open, from, to, on, ct),
            Units = answering.Contains(DraftRole.Lead) ? [.. overview.ByUnit.Where(line => answering.Any(role => role.Contains(line.Key)))] : overview.ByUnit,
            Leads = await LeadsAsync([.. lit.Select(cell => cell.Id)], ct),
            Figures = await LightFigures.ReadAsync(db, reader, programme, lit, on, ct),
            NextDue = await db.RoundsFor(reader).Where(round => round.ProgrammeId == programme.Id && round.DueOn >= on).MinAsync(round => (DateOnly?)round.DueOn, ct),
        };
    }

    // As charts name it: the plan writes one unit in several ways, and in full.
    private async Task<IReadOnlyDictionary<Guid, string>> LeadsAsync(Guid[] items, CancellationToken ct) => (await (
        from part in db.ItemUnits()
        where EF.Parameter(items).Contains(part.ItemId) && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Responsible)
        join unit in db.Units() on part.UnitId equals unit.Id into known
        from unit in known.DefaultIfEmpty()
        select new { part.ItemId, part.Role, part.Order, Name = unit == null ? part.Text : unit.ShortName }).ToListAsync(ct))
        .GroupBy(part => part.ItemId)
        .ToDictionary(group => group.Key, group => group.OrderBy(part => part.Role is not DraftRole.Lead).ThenBy(part => part.Role is DraftRole.Cooperate).ThenBy(part => part.Order).First().Name);
}
