using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>A figure that a unit is asked for.</summary>
/// <param name="Quantity">The item or measure that has it.</param>
/// <param name="Before">Where it stood before the period, as known now; at the scale.</param>
/// <param name="Known">Where it stands by all that is known of the round's day; <see langword="null"/> if nothing was ever recorded.</param>
/// <param name="Frozen">What the last closed round of this kind states; <see langword="null"/> if nothing.</param>
public sealed record AskedFigure(Item Quantity, long Before, long? Known, long? Frozen)
{
    /// <summary>Whether <see cref="Known"/> was stated for a day after that of the last closed round: a correction of that round leaves it as it is.</summary>
    public bool Since { get; init; }

    /// <summary>The period of another round whose accepted figure for its last day would be another by what is stated here; <see langword="null"/> if there is none.</summary>
    public ReportPeriod? Said { get; init; }

    /// <summary>What a figure may not fall below, nor differ from where another round said it, without a reason: the latest that is known.</summary>
    /// <param name="corrects">What the last closed round's figure should have been.</param>
    public long Latest(long? corrects = null) => (Since ? null : corrects) ?? Known ?? Before;

    /// <summary>How far a figure has come, 0 at the start and 1 at the target; below and above for what lies outside.</summary>
    public decimal ShareOf(long value) => Quantity is { QuantityBaseline: { } from, QuantityTarget: { } to } && from != to
        ? (value - from) / (decimal)(to - from)
        : 0;
}

/// <summary>A measure that a unit is asked for: whether it is done, and since when.</summary>
/// <param name="No">Place among the item's measures, counted from 1.</param>
public sealed record AskedMeasure(Item Measure, int No);

/// <summary>What a unit is asked about one item.</summary>
/// <param name="Figures">Empty for units that do not answer for them.</param>
/// <param name="Nodes">Those that are not reached yet.</param>
/// <param name="AsksPercent">Whether nothing else says how far the item is.</param>
public sealed record AskedLine(
    Item Item, ItemStatus Status, Light Light, IReadOnlyList<AskedFigure> Figures, IReadOnlyList<ItemMilestone> Nodes,
    bool AsksPercent, int? PercentBefore)
{
    /// <summary>The progress that is known of the round's day, as <see cref="AskedFigure.Known"/>.</summary>
    public int? PercentKnown { get; init; }

    /// <summary>As <see cref="AskedFigure.Said"/>.</summary>
    public ReportPeriod? PercentSaid { get; init; }

    /// <summary>Those without a figure that are not done yet and for which the unit answers. What recurs is never done.</summary>
    public IReadOnlyList<AskedMeasure> Measures { get; init; } = [];
}

/// <summary>What the units are asked about a number of items in a round: read once for all of them.</summary>
internal sealed class Questions
{
    /// <summary>Items read in one query.</summary>
    private const int Batch = 500;

    private readonly Dictionary<Guid, Item> items = [];
    private ILookup<Guid?, Item> measures = null!;
    private ILookup<Guid, Part> units = null!;
    private ILookup<Guid, ItemFact> facts = null!;
    private ILookup<Guid, ItemMilestone> nodes = null!;
    private Dictionary<Guid, (ItemStatus Status, Light Light)> spans = [];
    private Dictionary<Guid, long> frozen = [];
    private ILookup<(Guid Quantity, bool IsPercent), DispatchRound> said = null!;
    private DispatchRound round = null!;
    private DateOnly on;

    private sealed record Part(Guid ItemId, Guid? UnitId, DraftRole Role, int Order);

    /// <summary>The last closed round of the kind before this one; corrections are made to its figures.</summary>
    public DispatchRound? Last { get; private set; }

    /// <param name="on">The day of statuses and lights, for which figures are recorded when the return is accepted.</param>
    /// <param name="of">The return that is asked, if it is one alone: what it corrects of earlier rounds counts as known, as it will once it is accepted.</param>
    public static async Task<Questions> ReadAsync(Db db, DispatchRound round, IReadOnlyCollection<Guid> wanted, DateOnly on, CancellationToken ct, UnitReturn? of = null)
    {
        var all = new Questions { round = round, on = on };
        var (measures, units, facts, nodes) = (new List<Item>(), new List<Part>(), new List<ItemFact>(), new List<ItemMilestone>());
        var rounds = db.RoundsFor(Office.Room).Where(r => r.ProgrammeId == round.ProgrammeId && r.Id != round.Id);
        var closed = rounds.Where(r => r.Kind == round.Kind && r.To < round.From && r.State == RoundState.Closed);
        var open = round.State is RoundState.Open;
        var read = await rounds.AsNoTracking().Where(r => (open && r.To >= on)
            || (r.Kind == round.Kind && r.To < round.From && r.State == RoundState.Closed && !closed.Any(later => later.To > r.To))).ToListAsync(ct);
        all.Last = read.Where(r => r.Kind == round.Kind && r.To < round.From && r.State is RoundState.Closed).MaxBy(r => r.To);
        // What is stated here may be another figure for the last days of these.
        var others = read.Where(r => open && r.To >= on).OrderBy(r => r.To).ThenBy(r => r.Kind).ToList();
        var said = new List<((Guid Quantity, bool IsPercent) Figure, DispatchRound Round)>();
        foreach (var ids in wanted.Distinct().Chunk(Batch))
        {
            var parents = ids.Select(id => (Guid?)id).ToArray();
            foreach (var item in await db.ItemsFor(Office.Room, Right.Read).AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(ct))
            {
                all.items[item.Id] = item;
            }

            var below = await db.ItemsFor(Office.Room, Right.Read).AsNoTracking()
                .Where(i => parents.Contains(i.ParentId) && i.Kind == ItemKind.Measure && i.RemovedOn == null).ToListAsync(ct);
            Guid[] both = [.. ids, .. below.Select(measure => measure.Id)];
            measures.AddRange(below);
            // Those who cooperate may be many, and answer only where nobody else does.
            var named = db.ItemUnits().Where(part => both.Contains(part.ItemId) && part.UnitId != null);
            var first = named.Where(part => part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible);
            units.AddRange(await named.Where(part => part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible
                    || (part.Role == DraftRole.Cooperate && !first.Any(other => other.ItemId == part.ItemId)))
                .Select(part => new Part(part.ItemId, part.UnitId, part.Role, part.Order)).ToListAsync(ct));
            if (others.Count > 0)
            {
                said.AddRange(await SaidAsync(db, others, ids, [.. units.Select(part => part.UnitId!.Value).Distinct()], ct));
            }

            facts.AddRange(await db.ItemFacts().AsNoTracking()
                .Where(fact => both.Contains(fact.ItemId) && fact.VoidedAt == null
                    && (fact.Kind == FactKind.Measured || fact.Kind == FactKind.Progress || fact.Kind == FactKind.MilestoneReached
                        || fact.Kind == FactKind.Completed || fact.Kind == FactKind.Reopened || fact.Kind == FactKind.MeasureDone))
                .ToListAsync(ct));
            nodes.AddRange(await db.ItemMilestones().AsNoTracking().Where(node => ids.Contains(node.ItemId)).ToListAsync(ct));
            foreach (var span in await db.SpansSince(on).AsNoTracking().Where(s => ids.Contains(s.ItemId))
                .Select(s => new { s.ItemId, s.Status, s.Light }).ToListAsync(ct))
            {
                all.spans[span.ItemId] = (span.Status, span.Light);
            }

            if (all.Last is { } last)
            {
                foreach (var figure in await db.FrozenFigures().AsNoTracking().Where(f => f.RoundId == last.Id && f.Accepted && both.Contains(f.QuantityId) && !f.IsPercent)
                    .Select(f => new { f.QuantityId, f.Value }).ToListAsync(ct))
                {
                    all.frozen[figure.QuantityId] = figure.Value;
                }
            }
        }

        await CorrectAsync(db, of?.Corrected ?? [], facts, ct);
        all.measures = measures.OrderBy(measure => measure.SortKey, StringComparer.Ordinal).ToLookup(measure => measure.ParentId);
        all.units = units.OrderBy(part => part.Order).ToLookup(part => part.ItemId);
        all.facts = facts.OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToLookup(fact => fact.ItemId);
        all.said = said.OrderBy(one => others.IndexOf(one.Round)).ToLookup(one => one.Figure, one => one.Round);
        all.nodes = nodes.OrderBy(node => node.Due).ThenBy(node => node.No).ToLookup(node => node.ItemId);
        return all;
    }

    /// <param name="item">One of those read.</param>
    public AskedLine For(Guid item, Guid unit)
    {
        var one = items[item];
        var (status, light) = spans.GetValueOrDefault(item, (ItemStatus.Draft, Light.None));
        var leads = Answers(one, one) == unit;
        List<Item> quantities = [.. measures[item].Prepend(one).Where(q => q.QuantityTarget is not null)];
        return new(
            one, status, light,
            [.. quantities.Where(quantity => Answers(quantity, one) == unit).Select(Figure)],
            leads ? [.. nodes[item].Where(node => !facts[item].Any(fact => fact.Kind is FactKind.MilestoneReached && fact.No == node.No))] : [],
            leads && quantities.Count == 0 && !measures[item].Any(measure => measure.RecurrenceEvery.Length == 0),
            (int?)facts[item].LastOrDefault(fact => fact.Kind is FactKind.Progress && fact.On < round.From)?.Value)
        {
            PercentKnown = (int?)facts[item].LastOrDefault(fact => fact.Kind is FactKind.Progress && fact.On <= round.To)?.Value,
            PercentSaid = Said(item, FactKind.Progress),
            Measures =
            [
                .. measures[item].Select((measure, i) => new AskedMeasure(measure, i + 1)).Where(asked => asked.Measure is { QuantityTarget: null, RecurrenceEvery: "" }
                    && !IsDone(asked, item) && Answers(asked.Measure, one) == unit),
            ],
        };
    }

    // Declared complete itself, or counted done at the item, as an imported plan says it.
    private bool IsDone(AskedMeasure asked, Guid item) =>
        facts[asked.Measure.Id].LastOrDefault(fact => fact.Kind is FactKind.Completed or FactKind.Reopened) is { Kind: FactKind.Completed }
        || facts[item].Any(fact => fact.Kind is FactKind.MeasureDone && fact.No == asked.No);

    private static async Task CorrectAsync(Db db, IReadOnlyList<StatedCorrection> corrections, List<ItemFact> facts, CancellationToken ct)
    {
        var ids = corrections.Select(one => one.Round).Distinct().ToArray();
        var ends = ids.Length == 0 ? [] : await db.RoundsFor(Office.Room).Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.To, ct);
        foreach (var one in corrections)
        {
            var (kind, day) = (one.FactKind, one.IsDay ? one.On : ends[one.Round]);
            if (one.IsDay)
            {
                facts.RemoveAll(fact => fact.ItemId == one.Part && fact.Kind == kind && fact.No == one.No);
            }

            if (day is { } at)
            {
                facts.Add(new() { ItemId = one.Part, Kind = kind, On = at, Sequence = long.MaxValue, No = one.No, Value = one.Value, RecordedAt = default, RecordedBy = Office.Room.Actor });
            }
        }
    }

    // One unit answers for a figure, so that it is stated once: the lead of the measure, or of the item where the measure names nobody.
    private Guid? Answers(Item quantity, Item item)
    {
        DraftRole[] order = [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate];
        return new[] { quantity.Id, item.Id }
            .SelectMany(id => order.SelectMany(role => units[id].Where(part => part.Role == role)))
            .FirstOrDefault()?.UnitId;
    }

    private AskedFigure Figure(Item quantity)
    {
        var known = facts[quantity.Id].Where(fact => fact.Kind is FactKind.Measured && fact.On <= round.To).ToList();
        return new(
            quantity, known.FindLast(fact => fact.On < round.From)?.Value ?? quantity.QuantityBaseline ?? 0,
            known.LastOrDefault()?.Value, frozen.TryGetValue(quantity.Id, out var value) ? value : null)
        {
            Since = known.LastOrDefault()?.On > (Last?.To ?? DateOnly.MinValue),
            Said = Said(quantity.Id, FactKind.Measured),
        };
    }

    // A round's last day keeps its figure if a later day by then has one.
    private ReportPeriod? Said(Guid quantity, FactKind kind) => said[(quantity, kind is FactKind.Progress)]
        .FirstOrDefault(one => !facts[quantity].Any(fact => fact.Kind == kind && fact.On > on && fact.On <= one.To))?.Period;

    private static async Task<IEnumerable<((Guid Quantity, bool IsPercent) Figure, DispatchRound Round)>> SaidAsync(
        Db db, List<DispatchRound> rounds, Guid[] items, Guid[] answering, CancellationToken ct)
    {
        var ids = rounds.Select(one => one.Id).ToArray();
        var accepted = db.ReturnsFor(Office.Room).Where(one => ids.Contains(one.RoundId) && answering.Contains(one.UnitId) && one.State == ReturnState.Accepted);
        var lines = await db.ReturnLines().Where(line => items.Contains(line.ItemId))
            .Join(accepted, line => line.ReturnId, one => one.Id, (line, one) => new { one.RoundId, line.ItemId, line.Figures, line.Percent }).ToListAsync(ct);
        return
            from line in lines
            let figures = ReturnLine.FiguresOf(line.Figures).Where(figure => figure.Value is not null).Select(figure => (figure.Quantity, IsPercent: false))
            from figure in line.Percent is null ? figures : figures.Append((line.ItemId, true))
            select (figure, rounds.Find(one => one.Id == line.RoundId)!);
    }
}
