using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Bulletins;

/// <summary>All that a bulletin's figures are computed from: one round, and the round of its kind that closed before it.</summary>
public sealed record RoundRecord
{
    /// <summary>What became of one unit's return.</summary>
    /// <param name="SubmittedOn">The first day on which it was submitted; <see langword="null"/> if it never was.</param>
    /// <param name="Late">Whether that was after the hour at which the round was due.</param>
    public sealed record Report(Guid Id, Guid Unit, string Name, string Path, ReturnState State, DateOnly? SubmittedOn, bool Late);

    /// <summary>A figure or day of a closed round that this one corrects.</summary>
    /// <param name="Name">The quantity, node or measure; empty for a percentage.</param>
    /// <param name="Stated">The figure, where it is one.</param>
    public sealed record Correction(Guid Item, string Number, string Title, string Name, string Unit, int Scale, decimal? Stated, decimal? Corrected, string Reason)
    {
        public CorrectionKind Kind { get; init; }

        /// <summary>The kind and last day of the round that stated it.</summary>
        public required CycleKind Cycle { get; init; }

        public required DateOnly To { get; init; }

        /// <summary>The day of a node or measure as stated.</summary>
        public DateOnly? StatedOn { get; init; }

        /// <summary>The day of a node or measure as it should have been; <see langword="null"/> if it had not happened at all.</summary>
        public DateOnly? CorrectedOn { get; init; }
    }

    public required Programme Programme { get; init; }

    public required DispatchRound Round { get; init; }

    /// <summary>The day that the figures stand for.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Whether the tasks stand as stated at closing.</summary>
    public required bool Frozen { get; init; }

    /// <summary>The tasks of the plan in its order; parts of tasks are not counted.</summary>
    public required IReadOnlyList<FrozenTask> Tasks { get; init; }

    public required IReadOnlyList<Report> Returns { get; init; }

    /// <summary>The round before it; <see langword="null"/> if there is none, or it was closed before tasks were frozen.</summary>
    public required DispatchRound? Last { get; init; }

    public required IReadOnlyList<FrozenTask> LastTasks { get; init; }

    public required IReadOnlyList<Correction> Corrections { get; init; }

    /// <summary>Reads the whole round. The caller has checked that its reader acts for the office.</summary>
    internal static async Task<RoundRecord> ReadAsync(Db db, Guid id, DateOnly today, CancellationToken ct)
    {
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var tasks = await RoundTasks.ReadAsync(db, Office.Room, round, today, ct);
        var returns = await DatedReturn.Of(db.ReturnsFor(Office.Room).AsNoTracking(), db.RoundsFor(Office.Room).Where(one => one.Id == id))
            .Join(db.Units(), dated => dated.One.UnitId, unit => unit.Id, (dated, unit) => new { dated.One, dated.Late, unit.ShortName, unit.Path })
            .OrderBy(one => one.Path).ToListAsync(ct);
        var last = await db.RoundsFor(Office.Room).AsNoTracking()
            .Where(one => one.ProgrammeId == round.ProgrammeId && one.Kind == round.Kind && one.State == RoundState.Closed && one.To < round.From)
            .OrderByDescending(one => one.To).FirstOrDefaultAsync(ct);
        var before = last is null ? [] : await db.FrozenTasks().AsNoTracking().Where(task => task.RoundId == last.Id).OrderBy(task => task.SortKey).ToListAsync(ct);
        return new()
        {
            Programme = await db.ProgrammesFor(Office.Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == round.ProgrammeId, ct),
            Round = round,
            On = round.AsOf(today),
            Frozen = tasks.Frozen,
            Tasks = [.. tasks.Tasks.Where(task => task.Kind is ItemKind.Task)],
            Returns = [.. returns.Select(one => new Report(one.One.Id, one.One.UnitId, one.ShortName, one.Path, one.One.State, one.One.SubmittedOn, one.Late))],
            Last = before.Count > 0 ? last : null,
            LastTasks = [.. before.Where(task => task.Kind is ItemKind.Task)],
            Corrections = await CorrectionsAsync(db, round, last, ct),
        };
    }

    // Only what was accepted corrects anything. The returns hold what and why; a closed round's never change.
    private static async Task<IReadOnlyList<Correction>> CorrectionsAsync(Db db, DispatchRound round, DispatchRound? last, CancellationToken ct)
    {
        var accepted = db.ReturnsFor(Office.Room).AsNoTracking().Where(one => one.RoundId == round.Id && one.State == ReturnState.Accepted);
        var whole = await accepted.Where(one => one.Corrections != "[]").ToListAsync(ct);
        var named = await NamedCorrection.ReadAsync(db, [.. whole.SelectMany(one => one.Corrected)], ct);
        var found = named.Select(one => (one.Item.SortKey, Part: one.Part.SortKey, Correction: new Correction(
            one.Item.Id, one.Item.NumberText, one.Item.Title, one.Name, one.Unit, one.Scale, At(one.Stated.Was, one.Scale), At(one.Stated.Value, one.Scale), one.Stated.Reason)
        {
            Kind = one.Stated.Kind,
            Cycle = one.Round.Kind,
            To = one.Round.To,
            StatedOn = one.Stated.WasOn,
            CorrectedOn = one.Stated.On,
        }));
        return [.. found.Concat(await OfLinesAsync(db, round, last, accepted.Select(one => one.Id), ct)).OrderBy(one => one.SortKey, StringComparer.Ordinal).ThenBy(one => one.Part, StringComparer.Ordinal).Select(one => one.Correction)];
    }

    private static decimal? At(long? value, int scale) => value is { } figure ? ItemDerivation.AtScale(figure, scale) : null;

    private static async Task<IReadOnlyList<(string SortKey, string Part, Correction Correction)>> OfLinesAsync(
        Db db, DispatchRound round, DispatchRound? last, IQueryable<Guid> accepted, CancellationToken ct)
    {
        if (last is null)
        {
            return [];
        }

        var lines = db.ReturnLines().Where(line => accepted.Contains(line.ReturnId) && line.Figures != "[]");
        if (round.State is RoundState.Closed)
        {
            // The frozen figures say which lines correct something; only those are read for their reasons.
            var corrects = db.FrozenFigures().Where(figure => figure.RoundId == round.Id && figure.Accepted && figure.Corrects != null);
            lines = lines.Where(line => corrects.Any(figure => figure.ReturnId == line.ReturnId && figure.ItemId == line.ItemId));
        }

        var found = (
            from line in await lines.Select(line => new { line.ItemId, line.Figures }).ToListAsync(ct)
            from figure in ReturnLine.FiguresOf(line.Figures)
            where figure.Corrects is not null
            select (line.ItemId, Figure: figure)).ToList();
        if (found.Count == 0)
        {
            return [];
        }

        var quantities = found.Select(one => one.Figure.Quantity).ToArray();
        var stated = await db.FrozenFigures().AsNoTracking().Where(figure => figure.RoundId == last.Id && figure.Accepted && quantities.Contains(figure.QuantityId))
            .ToDictionaryAsync(figure => figure.QuantityId, figure => figure.Value, ct);
        var ids = quantities.Concat(found.Select(one => one.ItemId)).ToArray();
        var items = await db.ItemsFor(Office.Room, Right.Read).AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        return
        [
            .. from one in found
               let item = items[one.ItemId]
               let quantity = items[one.Figure.Quantity]
               select (item.SortKey, quantity.SortKey, new Correction(
                   item.Id, item.NumberText, item.Title, quantity.QuantityName, quantity.QuantityUnit, quantity.QuantityScale,
                   stated.TryGetValue(quantity.Id, out var was) ? ItemDerivation.AtScale(was, quantity.QuantityScale) : null,
                   ItemDerivation.AtScale(one.Figure.Corrects!.Value, quantity.QuantityScale), one.Figure.CorrectsReason)
               {
                   Cycle = last.Kind,
                   To = last.To,
               }),
        ];
    }
}
