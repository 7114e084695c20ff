using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>Takes the next step of a closure, or of several at once: signs what it says and what it rests on, and goes on to the next.</summary>
internal sealed class TakeStep(Db db, ClosureWork work)
{
    /// <summary>After a refusal, the closure that was refused: of many, people want to know which.</summary>
    public Guid? Refused { get; private set; }

    /// <summary>Closures that one act can take on.</summary>
    public const int Most = 100;

    /// <inheritdoc cref="RunAsync(IReadOnlyList{ValueTuple{Guid, int}}, StepStatement, Access, CancellationToken)" />
    public Task RunAsync(Guid id, int version, StepStatement stated, Access by, CancellationToken ct) => RunAsync([(id, version)], stated, by, ct);

    /// <param name="which">The closures, each with the version that the person saw.</param>
    /// <exception cref="Refusal">
    /// 404: no such closure. 403: another duty or unit takes it, the unit would judge itself, or they did what it judges. 409: over, changed meanwhile, a stale signature, something lacks, the
    /// notice does not stand or stands still, another day of acceptance this month. 422: what has to be stated is not, or cannot be.
    /// </exception>
    public Task RunAsync(IReadOnlyList<(Guid Id, int Version)> which, StepStatement stated, Access by, CancellationToken ct) =>
        RunAsync([.. which.Select(one => (one.Id, one.Version, stated))], by, ct);

    /// <param name="which">The closures, each with the version that the person saw and what is stated of it.</param>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{ValueTuple{Guid, int}}, StepStatement, Access, CancellationToken)" />
    public async Task RunAsync(IReadOnlyList<(Guid Id, int Version, StepStatement Stated)> which, Access by, CancellationToken ct)
    {
        if (which.Count is 0 or > Most || which.DistinctBy(one => one.Id).Count() != which.Count)
        {
            throw Refusal.Malformed($"One act takes on 1 to {Most} closures, each once.");
        }

        var done = new List<ClosureWork.Done>();
        foreach (var (id, version, stated) in which)
        {
            Refused = id;
            done.Add(await OneAsync(await work.LoadAsync(id, version, by, ct), stated, by, ct));
        }

        Refused = null;

        await work.CommitAsync(done, by, ct);
    }

    private async Task<ClosureWork.Done> OneAsync(ClosureCase one, StepStatement stated, Access by, CancellationToken ct)
    {
        var (closure, way) = (one.Closure, one.Way);
        var step = one.Next!;
        var unit = await work.DemandTakerAsync(one, step, by, ct);
        await work.DemandFreeAsync(one, step, ClosureActKind.Take, ct);
        var clean = await work.StatedAsync(one, stated, ct);
        if (step.Kind is StepKind.Apply)
        {
            // What the dossier holds now is what everybody judges from here on.
            clean = await work.StatedAsync(one, clean with { Evidence = [.. await work.StandingPiecesAsync(one, ct)] }, ct);
        }

        await DemandAsync(one, step, unit, clean, ct);
        var before = one.Facts;
        if (step.Kind is StepKind.Declare)
        {
            closure.GoTo(way, 0, clean.On, one.Calendar); // it runs from the declaration on
        }

        var act = await work.AddAsync(one, step, work.Act(one, ClosureActKind.Take, step, unit, clean, by, notice: step.Kind is StepKind.Notice ? closure.NoticeId : null), ct);
        closure.GoTo(way, closure.StepNo + 1, clean.On, one.Calendar);
        if (step.Kind is StepKind.Close)
        {
            closure.Close(clean.On);
        }

        one.Changed();
        return new(one, act, before);
    }

    private async Task DemandAsync(ClosureCase one, ProcedureStep step, Guid unit, StepStatement stated, CancellationToken ct)
    {
        if (StepRules.Judges(step.Kind) && stated.Opinion.Length == 0)
        {
            throw Refusal.Invalid("closure.opinion", "Write the opinion.");
        }

        DemandChecks(one, step, stated);
        DemandFields(one, step, stated);
        switch (step.Kind)
        {
            case StepKind.Declare:
                await DemandDeclarationAsync(one, stated, ct);
                break;
            case StepKind.SiteCheck:
                await DemandSiteAsync(stated, ct);
                break;
            case StepKind.Acceptance when one.Procedure.Batch:
                await AcceptanceDayAsync(one, unit, stated.On, ct);
                break;
            case StepKind.Notice when one.Closure.NoticeId is null:
                throw Refusal.Conflict("closure.notice-closed", "The notice has not been opened.");
            case StepKind.Notice when one.Notices[one.Closure.NoticeId.Value].Last is var last && last >= stated.On:
                throw Refusal.Conflict("closure.notice-stands", $"The notice stands until {last:yyyy-MM-dd}.", last);
            default:
                break;
        }
    }

    /// <exception cref="Refusal">422: something of the declaration is lacking, later than the act, or of a plan that was changed since.</exception>
    internal async Task DemandDeclarationAsync(ClosureCase one, StepStatement stated, CancellationToken ct)
    {
        var declared = one.Declaration;
        if (!declared.Measures.Select(part => part.Item).SequenceEqual(one.Measures.Select(measure => (Guid?)measure.Id)) || !declared.Goals.Select(part => part.Goal).SequenceEqual(Declaration.GoalsOf(one.Item)))
        {
            throw Refusal.Conflict("closure.plan-changed", "Measures or goals of the item were changed since the declaration was written: it has to be written on first.");
        }

        if (declared.Lacks(one.Measures.ToDictionary(measure => measure.Id, measure => $"{measure.NumberText} {measure.Title}".Trim())).FirstOrDefault() is { Code: not null } lack)
        {
            throw lack.Code switch
            {
                "closure.completed" => Refusal.Invalid("closure.completed", "Give the day of completion."),
                "closure.report" => Refusal.Invalid("closure.report", "Write the report."),
                "closure.not-involved-proof" => Refusal.Invalid("closure.not-involved-proof", "That the item does not concern the unit needs a proof of its own."),
                "closure.measure-open" => Refusal.Invalid("closure.measure-open", $"Say of the measure what was done and when: {lack.Names}.", lack.Names),
                "closure.goal-open" => Refusal.Invalid("closure.goal-open", $"Say of the goal how and when it was reached: {lack.Names}.", lack.Names),
                "closure.measure-proof" => Refusal.Invalid("closure.measure-proof", $"The measure has no evidence: {lack.Names}.", lack.Names),
                "closure.goal-proof" => Refusal.Invalid("closure.goal-proof", $"The goal has no evidence: {lack.Names}.", lack.Names),
                "closure.completed-before" => Refusal.Invalid("closure.completed-before", $"This was done after the day of completion: {lack.Names}.", lack.Names),
                _ => Refusal.Invalid("closure.proof", "Name the evidence of the declaration."),
            };
        }

        if (declared.CompletedOn > stated.On)
        {
            throw Refusal.Invalid("closure.completed-later", "It was completed after the day of the declaration.");
        }

        var item = one.Item.Id;
        if (await db.ItemFacts().Where(fact => fact.ItemId == item && fact.Kind == FactKind.Reopened && fact.VoidedAt == null).MaxAsync(fact => (DateOnly?)fact.On, ct) is { } reopened && declared.CompletedOn < reopened)
        {
            throw Refusal.Invalid("closure.completed-reopened", $"The item was taken up again on {reopened:yyyy-MM-dd}: it was completed after that.", reopened);
        }

        await work.DemandPiecesAsync(one, declared.Pieces, ct);
    }

    private static void DemandChecks(ClosureCase one, ProcedureStep step, StepStatement stated)
    {
        if (!stated.Checks.Select(check => check.Line).SequenceEqual(one.LinesOf(step)))
        {
            throw Refusal.Invalid("closure.checks", "Answer every line of the checklist.");
        }

        if (stated.Checks.FirstOrDefault(check => check.Answer is CheckAnswer.NotMet) is { } wrong)
        {
            throw Refusal.Invalid("closure.check-not-met", $"Not met: {wrong.Line}. It is sent back instead.", wrong.Line);
        }

        if (stated.Checks.FirstOrDefault(check => check is { Answer: CheckAnswer.NotApplicable, Note.Length: 0 }) is { } bare)
        {
            throw Refusal.Invalid("closure.check-note", $"Say why this does not apply: {bare.Line}.", bare.Line);
        }
    }

    private static void DemandFields(ClosureCase one, ProcedureStep step, StepStatement stated)
    {
        IReadOnlyList<FormField> fields = one.FormOf(step)?.Fields ?? [];
        if (!stated.Fields.Select(field => field.Name).SequenceEqual(fields.Select(field => field.Name)))
        {
            throw Refusal.Invalid("closure.form", "Fill in the fields of the form.");
        }

        if (fields.Zip(stated.Fields).FirstOrDefault(pair => pair.First.Needed && pair.Second.Value.Length == 0) is { First: { } empty })
        {
            throw Refusal.Invalid("closure.field", $"Fill in this field of the form: {empty.Name}.", empty.Name);
        }
    }

    private async Task DemandSiteAsync(StepStatement stated, CancellationToken ct)
    {
        var ids = stated.Evidence.ToArray();
        if (stated.Place.Length == 0 || stated.Time is null
            || !await db.PiecesFor(ClosureReading.Room).AnyAsync(piece => EF.Parameter(ids).Contains(piece.Id) && (piece.Kind == PieceKind.Photo || piece.Kind == PieceKind.Video), ct))
        {
            throw Refusal.Invalid("closure.site", "A check on site has a place, a time and at least one photo.");
        }
    }

    // The first acceptance of a month says on which day the unit accepts in it.
    private async Task AcceptanceDayAsync(ClosureCase one, Guid unit, DateOnly on, CancellationToken ct)
    {
        var month = new DateOnly(on.Year, on.Month, 1);
        var programme = one.Programme.Id;
        var day = db.ChangeTracker.Entries<AcceptanceDay>().Select(entry => entry.Entity).FirstOrDefault(known => known.ProgrammeId == programme && known.UnitId == unit && known.Month == month)
            ?? await db.AcceptanceDays().SingleOrDefaultAsync(known => known.ProgrammeId == programme && known.UnitId == unit && known.Month == month, ct);
        if (day is null)
        {
            db.Add(new AcceptanceDay { ProgrammeId = programme, UnitId = unit, Month = month, On = on });
        }
        else if (day.On != on)
        {
            throw Refusal.Conflict("closure.batch-day", $"This month's acceptance was on {day.On:yyyy-MM-dd}.", day.On);
        }
    }
}

/// <summary>Opens the public notice of a closure, or one notice of several.</summary>
internal sealed class OpenNotice(Db db, ClosureWork work)
{
    /// <param name="which">The closures, each with the version that the person saw.</param>
    /// <param name="channel">Where it stands to be read.</param>
    /// <param name="stated">Its day is the first of the notice.</param>
    /// <returns>The notice.</returns>
    /// <exception cref="Refusal">As <see cref="TakeStep"/>; 409 also: no notice is due, or one stands. 422 also: several where the procedure allows one, or no channel.</exception>
    public async Task<Guid> RunAsync(IReadOnlyList<(Guid Id, int Version)> which, string channel, StepStatement stated, Access by, CancellationToken ct)
    {
        var (notice, done) = await PrepareAsync(which, channel, stated, by, ct);
        await work.CommitAsync(done, by, ct);
        return notice.Id;
    }

    /// <summary>All of it but saving, for a room that saves more with it.</summary>
    /// <inheritdoc cref="RunAsync" />
    public async Task<(ClosureNotice Notice, IReadOnlyList<ClosureWork.Done> Done)> PrepareAsync(
        IReadOnlyList<(Guid Id, int Version)> which, string channel, StepStatement stated, Access by, CancellationToken ct)
    {
        if (which.Count is 0 or > TakeStep.Most || which.DistinctBy(one => one.Id).Count() != which.Count)
        {
            throw Refusal.Malformed($"One act takes on 1 to {TakeStep.Most} closures, each once.");
        }

        var cases = new List<ClosureCase>();
        foreach (var (id, version) in which)
        {
            var one = await work.LoadAsync(id, version, by, ct);
            cases.Add(one.Next is { Kind: StepKind.Notice } && one.Closure.NoticeId is null ? one : throw Refusal.Conflict("closure.no-notice", "No notice is due now, or one stands already."));
        }

        var (programme, stands) = (cases[0].Programme.Id, cases[0].Next!.Stands!);
        if (cases.Count > 1 && cases.Exists(one => one.Programme.Id != programme || !one.Procedure.SharedNotice || one.Next!.Stands != stands))
        {
            throw Refusal.Invalid("closure.notice-alone", "By the procedure each item has a notice of its own.");
        }

        var last = await db.ClosureNotices().Where(one => one.ProgrammeId == programme).MaxAsync(one => (int?)one.No, ct) ?? 0;
        var notice = db.Add(ClosureNotice.Create(programme, last + 1, stated.On, stands, channel, cases[0].Calendar, work.Now)).Entity;
        var done = new List<ClosureWork.Done>();
        foreach (var one in cases)
        {
            var step = one.Next!;
            var unit = await work.DemandTakerAsync(one, step, by, ct);
            await work.DemandFreeAsync(one, step, ClosureActKind.Open, ct);
            var clean = await work.StatedAsync(one, stated, ct);
            var before = one.Facts;
            one.Notices[notice.Id] = notice;
            one.Closure.Notice(notice.Id);
            var act = await work.AddAsync(one, step, work.Act(one, ClosureActKind.Open, step, unit, clean, by, notice: notice.Id, opening: true), ct);
            done.Add(new(one, act, before));
        }

        return (notice, done);
    }
}
