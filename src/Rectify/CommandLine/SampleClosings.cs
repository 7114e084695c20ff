using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>How the sample closes: the steps of its procedure and what people write with them (closing.json).</summary>
/// <param name="Steps">Keys of steps of the usual procedure.</param>
/// <param name="NoticeDays">Working days that a notice stands.</param>
/// <param name="Opinions">By the key of the step.</param>
/// <param name="NotConcerned">Why a line of the checklist does not apply to a task of organisation.</param>
/// <param name="Goal">What is said of a goal.</param>
/// <param name="Proof">The title of what proves a task's measures: {task}.</param>
/// <param name="Report">The title of a unit's report: {task}.</param>
/// <param name="Again">That of the report on a second closing.</param>
/// <param name="Number">The number of the document that closes: {year}, {no}.</param>
/// <param name="Finding">That of the finding that a unit is not concerned: {task}, {unit}.</param>
/// <param name="Shot">That of the picture of a notice on the government's site, which few tasks have: {task}.</param>
/// <param name="Overruled">Why a contradiction may stand in a notice: by task and rule, else by rule, else for all; {quote}, {against}.</param>
internal sealed record SampleClosingWords(
    DateOnly SetOn, string Reason, string Name, IReadOnlyList<string> Steps, int NoticeDays, DeskDetails Desk, IReadOnlyDictionary<string, string> Opinions, string NotConcerned, string Goal, string Proof,
    string Report, string Again, string Number, string Finding, string Shot, IReadOnlyDictionary<string, string> Overruled)
{
    /// <summary>The procedure of the sample's programme.</summary>
    public Procedure Procedure
    {
        get
        {
            var usual = ProcedurePresets.Find(ProcedurePresets.Default)!;
            return usual with
            {
                Name = Name,
                Steps =
                [
                    .. Steps.Select(key => usual.Steps.Single(step => step.Key == key)).Select(step => step with
                    {
                        Stands = step.Kind is StepKind.Notice ? new(NoticeDays, Working: true) : null,
                        NotInvolved = step.Kind is StepKind.Declare or StepKind.Apply or StepKind.Acceptance or StepKind.Close,
                    }),
                ],
            };
        }
    }
}

/// <summary>Closes the sample's tasks step by step, each step by whoever has its duty, on the days that the history says.</summary>
internal sealed class SampleClosings(SampleFiles files, SampleCast cast, SamplePublic site, IReadOnlyList<SampleTaskPlay> tasks)
{
    // Notices get their numbers in the order of their days.
    private const string Numbers = "notices";

    private SampleClosingWords Words => files.Closing;

    // Documents that close are numbered by year, in the order of their days.
    private readonly Lazy<Dictionary<(int Task, int Cycle), string>> documents = new(() => (
        from closed in
            from task in tasks
            from one in task.Told.Cycles.Index()
            where one.Item.ClosedOn is not null
            select (task.Task.Number, Cycle: one.Index, On: one.Item.ClosedOn!.Value)
        group closed by closed.On.Year into year
        from one in year.OrderBy(one => one.On).ThenBy(one => one.Number).Index()
        select (Key: (one.Item.Number, one.Item.Cycle), Text: files.Closing.Number.Replace("{year}", $"{year.Key}", StringComparison.Ordinal).Replace("{no}", $"{one.Index + 1}", StringComparison.Ordinal)))
        .ToDictionary(one => one.Key, one => one.Text));

    private Access Leader => cast.ByUnit.Single(one => one.Key.Role is Role.Leader).Value;

    /// <summary>The procedure, and where objections go.</summary>
    public IEnumerable<SampleAct> Setup(DateOnly after, DateOnly until)
    {
        if (Words.SetOn > after && Words.SetOn <= until)
        {
            yield return new(SampleTaskPlay.At(Words.SetOn, 9), "closing", async (scope, ct) =>
            {
                var programme = await scope.Db.ProgrammesFor(cast.Office, Right.Read).AsNoTracking().SingleAsync(ct);
                if (await ProcedureQueries.LatestAsync(scope.Db, cast.Office, programme.Id, ct) is null)
                {
                    await scope.Get<SetProcedure>().RunAsync(programme.Code, Words.Procedure, Words.Reason, 0, cast.Office, ct);
                }

                if (!await scope.Db.ObjectionDesks().AnyAsync(ct))
                {
                    await scope.Get<SetDesk>().RunAsync(programme.Code, Words.Desk, 0, cast.Office, ct);
                }
            });
        }
    }

    /// <summary>What happened after one day and until another. Each act is passed over where the closing holds it already.</summary>
    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until) =>
        from task in tasks
        from act in Of(task).Concat(task.Told.UnitOutcomes.SelectMany((outcome, i) => OfPart(task, outcome, i)))
        where DateOnly.FromDateTime(act.At) > after && DateOnly.FromDateTime(act.At) <= until
        select act;

    // A county's part: put right and closed before its task is accepted, or found not to concern it.
    private IEnumerable<SampleAct> OfPart(SampleTaskPlay task, SampleOutcome outcome, int place)
    {
        var (reports, accepts, acts) = (PartReports(task, outcome), cast.For(task.Task, "accept", Role.Acceptor), 0);
        yield return new(SampleTaskPlay.At(outcome.DecidedOn, 19), task.Chain, (scope, ct) => PartAsync(scope, task, outcome, ct));
        if (outcome is not { AppliedOn: { } applied, AcceptedOn: { } accepted, NoticeFrom: { } from, NoticeTo: { } to, ClosedOn: { } closed })
        {
            yield break;
        }

        SampleAct Next(DateOnly on, int hour, Func<SampleScope, Guid, int, CancellationToken, Task> act)
        {
            var known = ++acts; // the declaration is the first
            return new(SampleTaskPlay.At(on, hour, place), task.Chain, async (scope, ct) => await act(scope, await PartOfAsync(scope, task, outcome, ct), known, ct));
        }

        SampleAct Take(DateOnly on, int hour, Access by) => Next(on, hour, (scope, part, known, ct) => TakeAsync(scope, task, part, 0, known, by, ct));

        yield return Take(applied, 11, reports);
        yield return Take(accepted, 11, accepts);
        yield return Next(from, 10, (scope, part, known, ct) => PublishAsync(scope, part, 0, known, ct)) with { Also = Numbers };
        yield return Next(to.AddDays(1), 9, (scope, part, known, ct) => EndAsync(scope, part, 0, known, ct));
        yield return Take(closed, 10, cast.Office);
        yield return Take(closed, 11, Leader);
        yield return Take(closed, 12, cast.Office);
        yield return Take(closed, 13, cast.Office);
    }

    private Access PartReports(SampleTaskPlay task, SampleOutcome outcome) =>
        cast.ByUnit.GetValueOrDefault((outcome.Unit, Role.Responsible)) ?? cast.For(task.Task, "lead", Role.Responsible);

    private static async Task<Guid> PartOfAsync(SampleScope scope, SampleTaskPlay task, SampleOutcome outcome, CancellationToken ct)
    {
        var county = await scope.Db.Units().Where(unit => unit.Code == outcome.Unit).Select(unit => unit.Name).SingleAsync(ct);
        var part = await task.PartAsync(scope, outcome.Unit, county, null, ct);
        scope.Db.ChangeTracker.Clear();
        return part;
    }

    private async Task PartAsync(SampleScope scope, SampleTaskPlay task, SampleOutcome outcome, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        var county = await scope.Db.Units().AsNoTracking().SingleAsync(unit => unit.Code == outcome.Unit, ct);
        var part = await PartOfAsync(scope, task, outcome, ct);
        var by = PartReports(task, outcome);
        var free = outcome.Outcome == "not_involved";
        var proof = free ? await PieceAsync(scope, Title(Words.Finding, task).Replace("{unit}", county.ShortName, StringComparison.Ordinal), ct) : await ReportAsync(scope, task, 0, ct);
        if (!await scope.Db.PieceUses().AnyAsync(use => use.PieceId == proof.Id && use.ItemId == part, ct))
        {
            var known = await scope.Db.PieceUses().Where(use => use.PieceId == proof.Id).Select(use => use.ItemId).ToListAsync(ct);
            await scope.Get<ChangeEvidence>().RunAsync(proof.Id, proof.Details, [.. known, part], proof.Version, cast.For(task.Task, "lead", Role.Responsible), ct);
            scope.Db.ChangeTracker.Clear();
        }

        if (await work.FindAsync(part, 0, ct) is not { } begun || await work.ActsAsync(begun.Id, ct) == 0)
        {
            await work.DeclareAsync(part, county.Id, declared => declared with
            {
                Outcome = free ? ClosureOutcome.NotInvolved : ClosureOutcome.PutRight,
                CompletedOn = outcome.DecidedOn,
                Report = outcome.Basis,
                Goals = [.. declared.Goals.Select(goal => goal with { On = outcome.DecidedOn, Result = Words.Goal, Evidence = [proof.Id] })],
                Evidence = [proof.Id],
            }, by, ct);
        }

        if (free)
        {
            await TakeAsync(scope, task, part, 0, 1, by, ct);
            await TakeAsync(scope, task, part, 0, 2, cast.For(task.Task, "accept", Role.Acceptor), ct);
            await TakeAsync(scope, task, part, 0, 3, cast.Office, ct);
        }
    }

    private IEnumerable<SampleAct> Of(SampleTaskPlay task)
    {
        var (reports, accepts) = (cast.For(task.Task, "lead", Role.Responsible), cast.For(task.Task, "accept", Role.Acceptor));
        foreach (var (no, cycle) in task.Told.Cycles.Index())
        {
            var acts = 0;
            SampleAct Next(DateOnly on, int hour, Func<SampleScope, int, CancellationToken, Task> act)
            {
                var known = acts++;
                return new(SampleTaskPlay.At(on, hour, task.Task.Number % 60), task.Chain, (scope, ct) => act(scope, known, ct));
            }

            SampleAct Take(DateOnly on, int hour, Access by) => Next(on, hour, (scope, known, ct) => TakeAsync(scope, task, task.Item.Id, no, known, by, ct));

            yield return Next(cycle.CompletedOn, 18, (scope, _, ct) => DeclareAsync(scope, task, no, reports, ct));
            foreach (var (i, application) in cycle.Applications.Index())
            {
                if (i > 0)
                {
                    yield return Take(application.AppliedOn, 9, reports); // what was declared before is declared again
                }

                yield return Take(application.AppliedOn, 10, reports);
                if (application is { ReturnedOn: { } back, ReturnReason: { } reason })
                {
                    yield return Next(back, 16, (scope, known, ct) => ReturnAsync(scope, task, no, known, reason, accepts, ct));
                }
            }

            if (cycle.AcceptedOn is { } accepted)
            {
                yield return Take(accepted, 16, accepts);
            }

            if (cycle is { NoticeFrom: { } from, NoticeTo: { } to })
            {
                yield return Next(from, 9, (scope, known, ct) => PublishAsync(scope, task.Item.Id, no, known, ct)) with { Also = Numbers };
                if (Title(Words.Shot, task) is var shot && files.Evidence.Any(line => line.Contains($"\t{shot}\t", StringComparison.Ordinal)))
                {
                    yield return new(SampleTaskPlay.At(from, 16, task.Task.Number % 60), task.Chain, (scope, ct) => ProveAsync(scope, task.Item.Id, shot, ct));
                }

                yield return Next(to.AddDays(1), 8, (scope, known, ct) => EndAsync(scope, task.Item.Id, no, known, ct));
            }

            if (cycle.ClosedOn is { } closed)
            {
                yield return Take(closed, 14, cast.Office);
                yield return Take(closed, 15, Leader);
                yield return Take(closed, 16, cast.Office);
                yield return Take(closed, 17, cast.Office);
            }
        }
    }

    private async Task DeclareAsync(SampleScope scope, SampleTaskPlay task, int no, Access by, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        if (await work.FindAsync(task.Item.Id, no, ct) is { } begun && await work.ActsAsync(begun.Id, ct) > 0)
        {
            return;
        }

        var (report, proof) = ((await ReportAsync(scope, task, no, ct)).Id, (await PieceAsync(scope, Title(Words.Proof, task), ct)).Id);
        var on = task.Told.Cycles[no].CompletedOn;
        var done = task.Told.Measures.ToDictionary(measure => task.Measures[measure.No - 1].Id, measure => measure.DoneOn);
        await work.DeclareAsync(task.Item.Id, null, declared => declared with
        {
            CompletedOn = on,
            Report = Result(no == 0 ? "report" : $"report{no + 1}") ?? task.Told.Situation,
            Measures =
            [
                .. declared.Measures.Zip(task.Measures).Select((pair, i) => pair.First with
                {
                    On = done[pair.Second.Id] is { } day && day < on ? day : on,
                    Result = Result($"{i + 1}")!,
                    Evidence = [proof],
                }),
            ],
            Goals = [.. declared.Goals.Select(goal => goal with { On = on, Result = Words.Goal, Evidence = [report] })],
            Evidence = [report, proof],
        }, by, ct);

        string? Result(string part) => files.Results.GetValueOrDefault((task.Task.Number, part));
    }

    private async Task TakeAsync(SampleScope scope, SampleTaskPlay task, Guid item, int no, int acts, Access by, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        if (await work.AtAsync(item, no, acts, ct) is { } closure)
        {
            var one = await new ClosureReading(scope.Db).ReadAsync(closure, ct);
            var step = one.Next!;
            if (step.Kind is StepKind.Publish && scope.Today >= files.Site.OpenedOn)
            {
                await site.CorrectAsync(scope, task, ct); // what is signed as public can be read
                scope.Db.ChangeTracker.Clear();
            }

            await work.Take.RunAsync(closure.Id, closure.Version, new(scope.Today, Words.Opinions.GetValueOrDefault(step.Key, ""))
            {
                Document = step.Kind is StepKind.Close && item == task.Item.Id ? documents.Value[(task.Task.Number, no)] : "",
                Checks = Checks(one.LinesOf(step), task),
            }, by, ct);
        }
    }

    // Nobody is punished where nothing was built or discharged.
    private List<CheckedLine> Checks(IReadOnlyList<string> lines, SampleTaskPlay task) =>
        [.. lines.Select((line, i) => i == 1 && files.Phrases.FamilyOf(task.Task.TaskType) is "institution" ? new CheckedLine(line, CheckAnswer.NotApplicable, Words.NotConcerned) : new(line, CheckAnswer.Met))];

    private static async Task ReturnAsync(SampleScope scope, SampleTaskPlay task, int no, int acts, string reason, Access by, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        if (await work.AtAsync(task.Item.Id, no, acts, ct) is { } closure)
        {
            await new ReturnClosure(work.Work).RunAsync(closure.Id, closure.Version, new(scope.Today, reason), by, ct);
        }
    }

    private async Task PublishAsync(SampleScope scope, Guid item, int no, int acts, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        if (await work.AtAsync(item, no, acts, ct) is not { } closure)
        {
            return;
        }

        var db = scope.Db;
        var id = await db.NoticeParts().Where(part => part.ClosureId == closure.Id)
                .Join(db.NoticesFor(cast.Office).Where(one => one.State == NoticeState.Draft), part => part.NoticeId, notice => notice.Id, (_, notice) => (Guid?)notice.Id).FirstOrDefaultAsync(ct)
            ?? await work.Draft.RunAsync([closure.Id], cast.Office, ct);
        foreach (var doubt in (await NoticeView.ReadAsync(db, work.Notices, scope.Clock, cast.Office, id, ct)).Doubts.Where(doubt => doubt.Overruled is null))
        {
            await work.Overrule.RunAsync(id, doubt.Part.ClosureId, doubt.Tag, await WhyAsync(db, doubt, ct), await VersionAsync(), cast.Office, ct);
        }

        await work.Publish.RunAsync(id, scope.Today, Words.Desk.Channel, await VersionAsync(), cast.Office, ct);

        Task<int> VersionAsync() => db.NoticesFor(cast.Office).Where(one => one.Id == id).Select(one => one.Version).SingleAsync(ct);
    }

    private async Task ProveAsync(SampleScope scope, Guid item, string shot, CancellationToken ct)
    {
        var (db, piece) = (scope.Db, (await PieceAsync(scope, shot, ct)).Id);
        var notice = await db.NoticeParts().Where(part => part.ItemId == item).Select(part => part.NoticeId).FirstAsync(ct);
        if (!await db.NoticePieces().AnyAsync(one => one.NoticeId == notice && one.PieceId == piece, ct))
        {
            await new ProveNotice(db, scope.Journal, new SampleClosingWork(scope).Notices).RunAsync(notice, piece, cast.Office, ct);
        }
    }

    private async Task<string> WhyAsync(Db db, Doubt doubt, CancellationToken ct)
    {
        var (number, rule) = (await db.ItemsFor(cast.Office, Right.Read).Where(item => item.Id == doubt.Part.ItemId).Select(item => item.NumberValue).SingleAsync(ct), $"{doubt.Found.Rule}");
        var why = Words.Overruled.GetValueOrDefault($"{number}/{rule}") ?? Words.Overruled.GetValueOrDefault(rule) ?? Words.Overruled["*"];
        return why.Replace("{quote}", doubt.Found.Quote, StringComparison.Ordinal).Replace("{against}", doubt.Found.Against, StringComparison.Ordinal);
    }

    private async Task EndAsync(SampleScope scope, Guid item, int no, int acts, CancellationToken ct)
    {
        var work = new SampleClosingWork(scope);
        if (await work.AtAsync(item, no, acts, ct) is { } closure)
        {
            var notice = await scope.Db.NoticeParts().Where(part => part.ClosureId == closure.Id)
                .Join(scope.Db.NoticesFor(cast.Office).Where(one => one.State == NoticeState.Open), part => part.NoticeId, one => one.Id, (_, one) => one.Id).SingleAsync(ct);
            await work.End.RunAsync(notice, cast.Office, ct);
        }
    }

    private Task<Piece> ReportAsync(SampleScope scope, SampleTaskPlay task, int no, CancellationToken ct) =>
        PieceAsync(scope, Title(no == 0 ? Words.Report : Words.Again, task), ct);

    private static string Title(string words, SampleTaskPlay task) => words.Replace("{task}", task.Task.NumberText, StringComparison.Ordinal);

    private Task<Piece> PieceAsync(SampleScope scope, string title, CancellationToken ct) => scope.Db.PiecesFor(cast.Office).AsNoTracking().SingleAsync(piece => piece.Title == title, ct);
}
