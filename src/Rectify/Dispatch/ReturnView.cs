using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>One unit's return with everything that its pages show.</summary>
public sealed record ReturnView
{
    /// <param name="Faults">What it lacks or states against a rule; of a line not saved in this round, nothing yet.</param>
    public sealed record Line(ReturnLine Row, AskedLine Asked, StatedLine Stated, IReadOnlyList<LineFault> Faults)
    {
        /// <summary>The pieces that the line names, withdrawn ones too; what else it could name, <see cref="LineEvidence.ChoiceAsync"/> says.</summary>
        public IReadOnlyList<LineEvidence> Pieces { get; init; } = [];

        /// <summary>The titles of the measures that the line says are done.</summary>
        public IReadOnlyDictionary<Guid, string> MeasureNames { get; init; } = new Dictionary<Guid, string>();

        /// <summary>What the reader typed and has not saved yet; <see langword="null"/> if nothing was kept.</summary>
        public LineDraft? Draft { get; init; }

        /// <summary>Whether what was typed goes on from what is stored now.</summary>
        public bool IsDrafted => Draft?.Version == Row.Version;
    }

    /// <summary>A step of its way.</summary>
    public sealed record WayStep(ReturnAct Act, string Unit, string Who, DateTimeOffset At, string Note);

    /// <summary>A return from below that this unit looks at first, or this unit's own.</summary>
    public sealed record Below(Guid Id, string Unit, ReturnState State, string With, bool AtOffice);

    public required UnitReturn Return { get; init; }

    public required DispatchRound Round { get; init; }

    public required Programme Programme { get; init; }

    public required string Unit { get; init; }

    /// <summary>With whom it lies.</summary>
    public required string With { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    public required IReadOnlyList<WayStep> Steps { get; init; }

    public required IReadOnlyList<Below> Others { get; init; }

    /// <summary>The round whose figures may be corrected here; <see langword="null"/> if none is closed yet.</summary>
    public required DispatchRound? Last { get; init; }

    /// <summary>What it corrects of closed rounds, beside what its lines correct.</summary>
    public required IReadOnlyList<NamedCorrection> Corrections { get; init; }

    /// <summary>Whether the reader may write it now.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>What the reader may decide now; empty if it does not wait for them or they submitted it.</summary>
    public required IReadOnlyList<ReturnAct> Decisions { get; init; }

    /// <summary>Whether the reader may take it back now.</summary>
    public required bool MayRecall { get; init; }

    /// <summary>Lines of which the reader typed something that is not saved.</summary>
    public int Drafted => Lines.Count(line => line.IsDrafted);

    public int Faulty => Lines.Count(line => line.Faults.Count > 0);

    public int Open => Lines.Count(line => !line.Row.Filled);

    /// <exception cref="Refusal">404: no such return, or not theirs to read.</exception>
    public static async Task<ReturnView> ReadAsync(Db db, Access reader, Guid id, DateOnly today, CancellationToken ct)
    {
        var head = await (
            from one in db.ReturnsFor(reader)
            where one.Id == id
            join of in db.RoundsFor(Office.Room) on one.RoundId equals of.Id
            join programme in db.ProgrammesFor(Office.Room, Right.Read) on one.ProgrammeId equals programme.Id
            select new
            {
                Whole = one,
                Round = of,
                Programme = programme,
                Writes = db.ReturnsToWriteFor(reader).Any(mine => mine.Id == id),
                Reviews = db.ReturnsToReviewFor(reader).Any(waiting => waiting.Id == id),
            }).AsNoTracking().SingleOrDefaultAsync(ct) ?? throw Refusal.NotFound("return", id);
        var (whole, round) = (head.Whole, head.Round);
        var rows = await db.ReturnLines().AsNoTracking().Where(line => line.ReturnId == id).OrderBy(line => line.No).ToListAsync(ct);
        var questions = await Questions.ReadAsync(db, round, [.. rows.Select(row => row.ItemId)], round.AsOf(today), ct, whole.State is ReturnState.Accepted ? null : whole);
        var pieces = await LineEvidence.NamedAsync(db, [.. rows.SelectMany(row => row.Stated.Evidence.Select(piece => (row.ItemId, piece)))], ct);
        var done = rows.SelectMany(row => row.Stated.Measures).Select(measure => measure.Measure).Distinct().ToArray();
        var measures = done.Length == 0
            ? []
            : await db.ItemsFor(Office.Room, Right.Read).Where(item => done.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.NumberText + " " + item.Title, ct);
        var writes = head.Writes && round.State is RoundState.Open && ReturnFlow.IsWritable(whole.State);
        var lines = rows.Select(row => row.Id).ToArray();
        var drafts = writes
            ? await db.LineDrafts().AsNoTracking().Where(draft => lines.Contains(draft.LineId) && draft.By == reader.Actor).ToDictionaryAsync(draft => draft.LineId, ct)
            : [];
        var steps = await db.ReturnSteps().AsNoTracking().Where(step => step.ReturnId == id).OrderByDescending(step => step.At).ThenByDescending(step => step.Id).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, steps.Select(step => step.By).Distinct(), ct);
        var others = await db.ReturnsFor(reader).AsNoTracking().Where(one => one.RoundId == whole.RoundId && (one.AboveId == whole.UnitId || one.Id == id))
            .Join(db.Units(), one => one.UnitId, unit => unit.Id, (one, unit) => new { one, unit })
            .Join(db.Units(), pair => pair.one.AtId, at => at.Id, (pair, at) => new { pair.one, pair.unit, at })
            .OrderBy(pair => pair.unit.Path).Take(100).ToListAsync(ct);
        var units = steps.Select(step => step.UnitId).Append(whole.UnitId).Append(whole.AtId).Distinct().ToArray();
        var names = await db.Units().Where(unit => units.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        var open = round.State is RoundState.Open;
        return new()
        {
            Return = whole,
            Round = round,
            Programme = head.Programme,
            Unit = names[whole.UnitId],
            With = names[whole.AtId],
            Last = questions.Last,
            Corrections = await NamedCorrection.ReadAsync(db, whole.Corrected, ct),
            Lines =
            [
                .. rows.Select(row =>
                {
                    var (asked, stated) = (questions.For(row.ItemId, whole.UnitId), row.Stated);
                    return new Line(row, asked, stated, row.Filled && whole.State is not ReturnState.Accepted ? [.. LineCheck.Faults(asked, stated, today)] : [])
                    {
                        Pieces = [.. pieces[row.ItemId]],
                        MeasureNames = measures,
                        Draft = drafts.GetValueOrDefault(row.Id),
                    };
                }),
            ],
            Steps = [.. steps.Select(step => new WayStep(step.Act, names[step.UnitId], people.GetValueOrDefault(step.By.Id).Name ?? "", step.At, step.Note))],
            Others = [.. others.Select(pair => new Below(pair.one.Id, pair.unit.ShortName, pair.one.State, pair.at.ShortName, pair.one.AtOffice))],
            MayWrite = writes,
            MayRecall = head.Writes && open && whole.IsRecallable,
            Decisions = open && whole.SubmittedBy != reader.Actor && head.Reviews ? ReturnFlow.Decisions(whole.AtOffice) : [],
        };
    }
}
