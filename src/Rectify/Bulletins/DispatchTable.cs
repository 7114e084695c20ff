using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Bulletins;

/// <summary>The dispatch table of a round (调度表): one row for each task, with what its units stated and how far it is.</summary>
public sealed record DispatchTable
{
    /// <summary>What one unit stated of a task or of its part of it.</summary>
    /// <param name="Waiting">Whether its return was submitted but not accepted.</param>
    public sealed record Statement(Guid UnitId, string Unit, string Work, string Problems, string NextSteps, bool Waiting, bool Fresh)
    {
        /// <summary>What its return corrects of the item in closed rounds, beside what the lines themselves correct.</summary>
        public IReadOnlyList<NamedCorrection> Corrections { get; init; } = [];
    }

    /// <param name="No">序号, counted from 1 through the whole table.</param>
    public sealed record Row(int No, FrozenTask Task, IReadOnlyList<Statement> Statements)
    {
        public DispatchTick Tick => Task.Status.Tick;

        /// <summary>Whether a unit stated something of it in this round (更新).</summary>
        public bool Fresh => Statements.Any(statement => statement.Fresh);
    }

    public required DispatchRound Round { get; init; }

    public required Programme Programme { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Whether it stands as stated at closing.</summary>
    public required bool Frozen { get; init; }

    /// <summary>The unit whose table it is; <see langword="null"/> for the programme's.</summary>
    public required Unit? Unit { get; init; }

    public required TableFilter Filter { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Units that answer for a task of the round, for the choice of one, in the order of the tree.</summary>
    public required IReadOnlyList<TaskUnit> Units { get; init; }

    /// <exception cref="Refusal">404: no such round or unit, or nothing that they may read.</exception>
    public static async Task<DispatchTable> ReadAsync(Db db, Access reader, Guid id, TableFilter filter, DateOnly today, CancellationToken ct)
    {
        var round = await db.RoundsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("round", id);
        var all = await RoundTasks.ReadAsync(db, reader, round, today, ct);
        var statements = await StatementsAsync(db, reader, round, filter.Unit, ct);
        var taken = all.Tasks.Where(filter.Takes).ToList();

        // A part's statements stand with the part where it has a row of its own, else with its task.
        var shown = taken.Select(task => task.ItemId).ToHashSet();
        var tasks = all.Tasks.ToDictionary(task => task.ItemId, task => task.TaskId);
        var byRow = statements.ToLookup(one => shown.Contains(one.Item) && filter.Unit is not null ? one.Item : tasks.GetValueOrDefault(one.Item, one.Item), one => one.Statement);
        var rows = filter.Unit is null ? taken.Where(task => task.Kind is ItemKind.Task || !tasks.ContainsKey(task.TaskId)) : taken;
        return new()
        {
            Round = round,
            Programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == round.ProgrammeId, ct),
            On = round.AsOf(today),
            Frozen = all.Frozen,
            Unit = filter.Unit is { } unit ? await db.Units().AsNoTracking().SingleOrDefaultAsync(one => one.Id == unit, ct) ?? throw Refusal.NotFound("unit", unit) : null,
            Filter = filter,
            Rows = [.. rows.Select((task, i) => new Row(i + 1, task, [.. byRow[task.ItemId]]))],
            Units = [.. all.Tasks.SelectMany(task => task.Answering).DistinctBy(one => one.Id).OrderBy(one => one.Path, StringComparer.Ordinal)],
        };
    }

    // What was submitted. Of a return that is still being written, or was sent back, nothing is stated yet.
    private static async Task<List<(Guid Item, Statement Statement)>> StatementsAsync(Db db, Access reader, DispatchRound round, Guid? unit, CancellationToken ct)
    {
        var returns = db.ReturnsFor(reader).AsNoTracking().Where(one => one.RoundId == round.Id && (unit == null || one.UnitId == unit)
            && (one.State == ReturnState.Accepted || one.State == ReturnState.Submitted));
        var lines = await (
            from line in db.ReturnLines().AsNoTracking()
            join one in returns on line.ReturnId equals one.Id
            join unitOf in db.Units() on one.UnitId equals unitOf.Id
            orderby unitOf.Path, line.No
            select new { line.ItemId, one.UnitId, unitOf.ShortName, line.Work, line.Problems, line.NextSteps, line.Filled, one.State }).ToListAsync(ct);
        var corrected = (await (
            from one in returns
            where one.Corrections != "[]"
            join unitOf in db.Units() on one.UnitId equals unitOf.Id
            orderby unitOf.Path
            select new { one, unitOf.ShortName }).ToListAsync(ct)).SelectMany(one => one.one.Corrected.Select(stated => (one.one, one.ShortName, stated))).ToList();
        var named = (await NamedCorrection.ReadAsync(db, [.. corrected.Select(one => one.stated).Distinct()], ct)).ToDictionary(one => one.Stated);
        var of = corrected.ToLookup(one => (one.stated.Item, one.one.UnitId), one => named[one.stated]);
        var stated = lines.ConvertAll(line => (line.ItemId, new Statement(
            line.UnitId, line.ShortName, line.Work, line.Problems, line.NextSteps, line.State is ReturnState.Submitted, line.Filled)
        { Corrections = [.. of[(line.ItemId, line.UnitId)]] }));
        // What was declared complete has no line any more.
        return
        [
            .. stated,
            .. corrected.DistinctBy(one => (one.stated.Item, one.one.UnitId)).Where(one => !lines.Exists(line => (line.ItemId, line.UnitId) == (one.stated.Item, one.one.UnitId)))
                .Select(one => (one.stated.Item, new Statement(one.one.UnitId, one.ShortName, "", "", "", one.one.State is ReturnState.Submitted, true) { Corrections = [.. of[(one.stated.Item, one.one.UnitId)]] })),
        ];
    }
}
