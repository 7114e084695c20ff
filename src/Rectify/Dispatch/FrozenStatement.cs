using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>What the accepted return of a closed round states for ever, and what is known of it now: a figure, a percentage, a node's day or a measure's.</summary>
/// <param name="Item">The item of the line; <paramref name="Part"/> is the item or measure whose figure or day it is.</param>
/// <param name="Value">The figure at the scale, of figures and percentages.</param>
/// <param name="On">The day, of nodes and measures.</param>
/// <param name="Known">What the figure of the round's last day is by all that is known now.</param>
/// <param name="KnownOn">On which day it happened by all that is known now; <see langword="null"/> if it did not.</param>
public sealed record FrozenStatement(DispatchRound Round, Item Item, CorrectionKind Kind, Item Part, int? No, string Name, long? Value, DateOnly? On, long? Known, DateOnly? KnownOn)
{
    public string Key => StatedCorrection.KeyOf(Round.Id, Kind, Part.Id, No);

    public bool IsDay => Kind is CorrectionKind.Node or CorrectionKind.Measure;

    public int Scale => Kind is CorrectionKind.Figure ? Part.QuantityScale : 0;

    public string Unit => Kind is CorrectionKind.Percent ? "%" : Part.QuantityUnit;

    /// <summary>Whether it is known to have been otherwise.</summary>
    public bool Corrected => IsDay ? KnownOn != On : Known is not null && Known != Value;

    /// <summary>Reads what returns state, the newest round first, within it in the plan's order.</summary>
    /// <param name="returns">Only those accepted in a closed round count.</param>
    /// <param name="days">Nodes and measures alone.</param>
    /// <param name="item">One item's alone.</param>
    internal static async Task<List<FrozenStatement>> ReadAsync(Db db, IQueryable<UnitReturn> returns, bool days, Guid? item, CancellationToken ct)
    {
        var rounds = db.RoundsFor(Office.Room).AsNoTracking().Where(round => round.State == RoundState.Closed);
        var mine = returns.Where(one => one.State == ReturnState.Accepted).Join(rounds, one => one.RoundId, round => round.Id, (one, round) => one.Id);
        var said = new List<(Guid Round, Guid Item, CorrectionKind Kind, Guid Part, int? No, long? Value, DateOnly? On)>();
        if (!days)
        {
            foreach (var figure in await db.FrozenFigures().Where(figure => figure.Accepted && mine.Contains(figure.ReturnId) && (item == null || figure.ItemId == item))
                .Select(figure => new { figure.RoundId, figure.ItemId, figure.QuantityId, figure.IsPercent, figure.Value }).ToListAsync(ct))
            {
                said.Add((figure.RoundId, figure.ItemId, figure.IsPercent ? CorrectionKind.Percent : CorrectionKind.Figure, figure.QuantityId, null, figure.Value, null));
            }
        }

        foreach (var line in await db.ReturnLines().Where(line => mine.Contains(line.ReturnId) && (line.Nodes != "[]" || line.Measures != "[]") && (item == null || line.ItemId == item))
            .Join(returns, line => line.ReturnId, one => one.Id, (line, one) => new { one.RoundId, line.ItemId, line.Nodes, line.Measures }).ToListAsync(ct))
        {
            said.AddRange(ReturnLine.NodesOf(line.Nodes).Select(node => (line.RoundId, line.ItemId, CorrectionKind.Node, line.ItemId, (int?)node.No, (long?)null, node.On)));
            said.AddRange(ReturnLine.MeasuresOf(line.Measures).Select(done => (line.RoundId, line.ItemId, CorrectionKind.Measure, done.Measure, (int?)null, (long?)null, done.On)));
        }

        var names = await CorrectionNames.ReadAsync(db, [.. said.Select(one => one.Round)], [.. said.SelectMany(one => new[] { one.Item, one.Part })], ct);
        var facts = new List<ItemFact>();
        foreach (var ids in said.SelectMany(one => new[] { one.Item, one.Part }).Distinct().Chunk(500))
        {
            facts.AddRange(await db.ItemFacts().AsNoTracking().Where(fact => ids.Contains(fact.ItemId) && fact.VoidedAt == null
                && (fact.Kind == FactKind.Measured || fact.Kind == FactKind.Progress || fact.Kind == FactKind.MilestoneReached
                    || fact.Kind == FactKind.Completed || fact.Kind == FactKind.Reopened)).ToListAsync(ct));
        }

        var known = facts.OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToLookup(fact => fact.ItemId);
        return
        [
            .. from one in said
               let round = names.Rounds[one.Round]
               let of = names.Items[one.Item]
               let part = names.Items[one.Part]
               orderby round.To descending, round.Kind, of.SortKey, one.Kind, part.SortKey, one.No
               select new FrozenStatement(
                   round, of, one.Kind, part, one.No, names.Name(one.Kind, one.Item, one.Part, one.No), one.Value, one.On,
                   Figure(known[one.Part], one.Kind, round.To), Day(known[one.Part], one.Kind, one.No)),
        ];
    }

    private static long? Figure(IEnumerable<ItemFact> facts, CorrectionKind kind, DateOnly by) => kind switch
    {
        CorrectionKind.Figure => facts.LastOrDefault(fact => fact.Kind is FactKind.Measured && fact.On <= by)?.Value,
        CorrectionKind.Percent => facts.LastOrDefault(fact => fact.Kind is FactKind.Progress && fact.On <= by)?.Value,
        CorrectionKind.Node or CorrectionKind.Measure => null,
    };

    private static DateOnly? Day(IEnumerable<ItemFact> facts, CorrectionKind kind, int? no) => kind switch
    {
        CorrectionKind.Node => facts.FirstOrDefault(fact => fact.Kind is FactKind.MilestoneReached && fact.No == no)?.On,
        CorrectionKind.Measure => facts.LastOrDefault(fact => fact.Kind is FactKind.Completed or FactKind.Reopened) is { Kind: FactKind.Completed } done ? done.On : null,
        CorrectionKind.Figure or CorrectionKind.Percent => null,
    };
}

/// <summary>The rounds, items and nodes that corrections name.</summary>
internal sealed class CorrectionNames
{
    public Dictionary<Guid, DispatchRound> Rounds { get; } = [];

    public Dictionary<Guid, Item> Items { get; } = [];

    private readonly Dictionary<(Guid Item, int No), string> nodes = [];

    public static async Task<CorrectionNames> ReadAsync(Db db, IReadOnlyCollection<Guid> rounds, IReadOnlyCollection<Guid> items, CancellationToken ct)
    {
        var names = new CorrectionNames();
        foreach (var ids in rounds.Distinct().Chunk(500))
        {
            (await db.RoundsFor(Office.Room).AsNoTracking().Where(round => ids.Contains(round.Id)).ToListAsync(ct)).ForEach(round => names.Rounds[round.Id] = round);
        }

        foreach (var ids in items.Distinct().Chunk(500))
        {
            (await db.ItemsFor(Office.Room, Right.Read).AsNoTracking().Where(item => ids.Contains(item.Id)).ToListAsync(ct)).ForEach(item => names.Items[item.Id] = item);
            (await db.ItemMilestones().AsNoTracking().Where(node => ids.Contains(node.ItemId)).ToListAsync(ct)).ForEach(node => names.nodes[(node.ItemId, node.No)] = node.Text);
        }

        return names;
    }

    /// <summary>What is corrected: the quantity, the node's text, the measure; nothing for a percentage.</summary>
    public string Name(CorrectionKind kind, Guid item, Guid part, int? no) => kind switch
    {
        CorrectionKind.Figure => Items[part].QuantityName,
        CorrectionKind.Percent => "",
        CorrectionKind.Node => nodes.GetValueOrDefault((item, no ?? 0), $"{no}"),
        CorrectionKind.Measure => $"{Items[part].NumberText} {Items[part].Title}".Trim(),
    };
}

/// <summary>A correction with the names that a reader needs.</summary>
/// <param name="Name">The quantity, node or measure; nothing for a percentage.</param>
public sealed record NamedCorrection(StatedCorrection Stated, DispatchRound Round, Item Item, Item Part, string Name)
{
    public int Scale => Stated.Kind is CorrectionKind.Figure ? Part.QuantityScale : 0;

    public string Unit => Stated.Kind is CorrectionKind.Percent ? "%" : Part.QuantityUnit;

    /// <returns>In the plan's order, older rounds first.</returns>
    internal static async Task<IReadOnlyList<NamedCorrection>> ReadAsync(Db db, IReadOnlyCollection<StatedCorrection> stated, CancellationToken ct)
    {
        if (stated.Count == 0)
        {
            return [];
        }

        var names = await CorrectionNames.ReadAsync(db, [.. stated.Select(one => one.Round)], [.. stated.SelectMany(one => new[] { one.Item, one.Part })], ct);
        return
        [
            .. from one in stated
               let item = names.Items[one.Item]
               let round = names.Rounds[one.Round]
               orderby item.SortKey, one.Kind, names.Items[one.Part].SortKey, one.No, round.To
               select new NamedCorrection(one, round, item, names.Items[one.Part], names.Name(one.Kind, one.Item, one.Part, one.No)),
        ];
    }
}
