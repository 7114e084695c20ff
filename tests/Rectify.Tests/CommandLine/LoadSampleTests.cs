using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.CommandLine;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Organisation;

namespace Rectify.Tests.CommandLine;

/// <summary>The sample programme, loaded by its own acts, gives the figures that its data say.</summary>
public sealed class LoadSampleTests(LoadedSample sample)
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly DateOnly Then = new(2019, 3, 31);

    [Theory, SampleDatabases]
    public async Task The_sample_gives_the_figures_of_its_report(string database)
    {
        var world = await sample.OnAsync(database);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(Ct);
            var overview = await Overview.ReadAsync(db, all, programme.Id, Then, Ct);

            // F001 to F008 of the report on this region, as its data state them.
            Assert.Equal(94, overview.Tasks.Count);
            Assert.Equal(11, overview.ResponsibleUnits[UnitKind.Prefecture]);
            Assert.Equal(11, overview.ResponsibleUnits[UnitKind.Department]);
            Assert.Equal(1, overview.ResponsibleUnits[UnitKind.StateEnterprise]);
            Assert.Equal(55, overview.Done.Count);
            Assert.Equal(58.5m, overview.Share);
            Assert.Equal(4, overview.FindingAspects);
            Assert.Equal(5, overview.AdviceAspects);

            Assert.Equal(23, overview.AnsweringUnits);
            Assert.Equal(5, overview.ByAspect.Count);
            Assert.Equal(389, await db.ItemsFor(all, Right.Read).CountAsync(item => item.Kind == ItemKind.Measure, Ct));
            Assert.Equal(0, await db.ItemUnits().CountAsync(unit => unit.UnitId == null, Ct));

            // Ten tasks are scheduled: each was told once more, later than planned, and one can no longer be done in time.
            var schedules = await ScheduleReading.OfProgrammeAsync(db, all, programme.Id, Then, Ct);
            Assert.Equal(10, schedules.Count);
            Assert.All(schedules, one => Assert.Equal((2, true), (one.Version.No, one.IsOpen)));
            Assert.All(schedules, one => Assert.Contains(one.Plan.Activities, activity => activity.Finished is not null));
            Assert.Equal(8, schedules.Count(one => one.Schedule.ApprovedNo == 1));
            Assert.NotEmpty(schedules.Single(one => one.Item.NumberValue == 70).Dates.TooLate);
            Assert.Contains(schedules, one => !one.Dates.TooLate.Any());

            // What the public is told: the curve ends at the figure above it, and so does the list of closings, without what was taken up again.
            var site = new PublicSite(db);
            var open = await site.ProgrammeAsync(programme.Code, Ct);
            var told = await site.ProgressAsync(open, Ct);
            Assert.Equal(94, told.All);
            Assert.Equal(["一", "二", "三", "四", "五"], told.Aspects.Select(aspect => aspect.Name[..1]));
            Assert.Equal(told.Closed, told.Months[^1].Closed);
            Assert.Equal(told.Closed, (await site.ClosuresAsync(open, "", 1_000, Ct)).Rows.Count);
        });
    }

    [Theory, SampleDatabases]
    public async Task Each_task_has_the_status_that_its_history_says(string database)
    {
        var world = await sample.OnAsync(database);
        var told = await SampleData.ReadAsync<Told>(Path.Combine(Tree.Root, "samples/yunling/data/history.json"), Ct);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(Ct);
            foreach (var round in told.Rounds)
            {
                var statuses = (await ItemList.AllAsync(db, all, programme.Id, new(), round.AsOf, Ct)).ToDictionary(row => row.NumberValue!.Value, row => row.Status);
                Assert.Empty(
                    from task in told.Tasks
                    from progress in task.Progress
                    where progress.Round == round.Id
                        && (task.Task, round.Id) is not (28, "2018-05" or "2018-06" or "2018-07") // measure 5 recurs there by data that the plan's words do not say
                        && StatusOf(progress.Status) != statuses[task.Task]
                    select $"{round.Id} task {task.Task}: {progress.Status}, not {statuses[task.Task]}");
            }

            Assert.Single(await db.ClosuresFor(all).AsNoTracking().Where(one => one.Outcome == ClosureOutcome.NotInvolved).ToListAsync(Ct)); // 不涉及 once, by a unit with its own proof
        });
    }

    [Theory, SampleDatabases]
    public async Task Nobody_applied_before_the_dossier_was_whole_and_open_tasks_show_what_theirs_lack(string database)
    {
        var world = await sample.OnAsync(database);
        var told = await SampleData.ReadAsync<Told>(Path.Combine(Tree.Root, "samples/yunling/data/history.json"), Ct);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(Ct);
            Assert.Equal(["apply"], (await ProcedureQueries.LatestAsync(db, all, programme.Id, Ct))!.Procedure.Steps.Where(step => step.Dossier).Select(step => step.Key));
            var reading = new DossierReading(db, all, Then, world.Clock);
            var lacking = new HashSet<int>();
            foreach (var item in await db.ItemsFor(all, Right.Read).AsNoTracking().Where(item => item.Kind == ItemKind.Task).ToListAsync(Ct))
            {
                var lines = (await reading.ReadAsync(item.Id, Ct))!.Value.Dossier.Lines;
                Assert.True(lines.Count > 1, $"{item.NumberText} of type {item.TaskType}");
                if (lines.Any(line => line.State is not (RequirementState.Present or RequirementState.NotYet)))
                {
                    lacking.Add(item.NumberValue!.Value);
                }
            }

            var applied = told.Tasks.Where(task => task.Cycles.Any(cycle => cycle.Applications.Any(one => one.AppliedOn <= Then))).Select(task => task.Task).ToList();
            Assert.True(applied.Count > 45, $"{applied.Count}");
            Assert.Empty(lacking.Intersect(applied));
            Assert.NotEmpty(lacking);
        });
    }

    [Theory, SampleDatabases]
    public async Task No_publication_tells_of_a_day_after_its_own_and_what_went_on_is_corrected(string database)
    {
        var world = await sample.OnAsync(database);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var versions = await db.PublicationVersions().Join(db.PublicationsFor(all), version => version.PublicationId, one => one.Id, (version, one) => new { version, one.ItemId }).ToListAsync(Ct);
            var numbers = await db.ItemsFor(all, Right.Read).Where(item => item.Kind == ItemKind.Task).ToDictionaryAsync(item => item.Id, item => item.NumberValue!.Value, Ct);
            foreach (var one in versions)
            {
                var (on, told) = (DateOnly.FromDateTime(one.version.At.ToOffset(TimeSpan.FromHours(8)).DateTime), PublicSnapshot.Read(one.version.Content));
                DateOnly?[] days = [told.StatusOn, told.ClosedOn, .. told.Measures.Select(part => part.On), .. told.Goals.Select(part => part.On), .. told.Steps.Select(step => (DateOnly?)step.On)];
                Assert.True(days.All(day => !(day > on)), $"task {numbers[one.ItemId]}, version {one.version.No} of {on}: {days.Max()}");
                Assert.Equal(told.Steps.Select(step => step.On).Order(), told.Steps.Select(step => step.On));
            }

            // Each history goes on in time, from the opening of the site on, and the journal tells it in the same order; what was told last stands first.
            var entries = await db.Journal.Where(row => row.Kind == ItemPublished.Name).OrderBy(row => row.Id).Select(row => new { row.Subject, row.At }).ToListAsync(Ct);
            foreach (var history in versions.GroupBy(one => one.ItemId, one => one.version))
            {
                var times = history.OrderBy(version => version.No).Select(version => version.At).ToList();
                Assert.Equal(times.Order(), times);
                Assert.Equal(times, entries.Where(row => row.Subject == history.Key).Select(row => row.At));
                Assert.Equal(new DateOnly(2019, 4, 2), DateOnly.FromDateTime(times[0].ToOffset(TimeSpan.FromHours(8)).DateTime));
            }

            var site = new PublicSite(db);
            var latest = await site.LatestAsync((await site.ProgrammesAsync(Ct)).Single(), 1_000, Ct);
            Assert.Equal(versions.GroupBy(one => one.ItemId).Select(history => history.Max(one => one.version.At)).OrderDescending(), latest.Select(one => one.ChangedAt));

            int[] went = [28, 42, 44, 46, 47, 65, 74, 75, 77, 86, 92];
            Assert.Equal(94, versions.Count(one => one.version is { No: 1, Act: PublicationAct.Publish }));
            Assert.Empty(went.Except(versions.Where(one => one.version is { No: 2, Act: PublicationAct.Correct, Remark.Length: > 0 }).Select(one => numbers[one.ItemId])));
            Assert.Equal(new(2019, 4, 9), (await db.PublicationsFor(all).SingleAsync(one => one.Number == "第四十二项", Ct)).ClosedOn);
        });
    }

    [Theory, SampleDatabases]
    public async Task Closings_of_the_story_are_in_agreement_with_each_other(string database)
    {
        var world = await sample.OnAsync(database);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(Ct);
            var closures = await db.ClosuresFor(all).AsNoTracking().ToListAsync(Ct);
            var items = await db.ItemsFor(all, Right.Read).AsNoTracking().ToDictionaryAsync(item => item.Id, Ct);

            // What was handed down was closed before the task that it belongs to was.
            var parts = closures.Where(one => items[one.ItemId].Kind is ItemKind.SubTask).ToList();
            Assert.Equal(4, parts.Count(one => items[items[one.ItemId].ParentId!.Value].NumberValue == 49));
            Assert.All(parts, one => Assert.True(one.ClosedOn <= closures.Single(task => task.ItemId == items[one.ItemId].ParentId).ClosedOn, items[one.ItemId].Title));

            // One was sent back twice and closed later; another stands returned on the day of the report.
            ItemClosure Of(int number) => closures.Single(one => items[one.ItemId] is { Kind: ItemKind.Task } item && item.NumberValue == number);
            Assert.Equal((2, new DateOnly(2019, 1, 24)), (Of(66).Returns, Of(66).ClosedOn));
            Assert.Equal((1, ClosureState.Drafting), (Of(73).Returns, Of(73).State));
            var rows = await ItemList.AllAsync(db, all, programme.Id, new(), Then, Ct);
            Assert.Equal([73], rows.Where(row => row.Status is ItemStatus.Returned).Select(row => row.NumberValue!.Value));

            // One waits for its unit to sign again: it added to its papers. One county's part was found not to concern it. One notice has a picture of where it stood.
            var cases = await new ClosureReading(db).ReadAsync([.. closures.Where(one => one.State is ClosureState.Running)], Ct);
            Assert.Equal([15], cases.Where(one => one.FirstStale is not null).Select(one => one.Item.NumberValue!.Value));
            Assert.Single(closures, one => one.Outcome is ClosureOutcome.NotInvolved);
            var shot = await db.NoticePieces().Join(db.PiecesFor(all), one => one.PieceId, piece => piece.Id, (one, piece) => new { one.NoticeId, piece.Title }).SingleAsync(Ct);
            Assert.Equal(("第四十二项任务公示网页截图", items.Values.Single(item => item is { Kind: ItemKind.Task, NumberValue: 42 }).Id), (shot.Title, await db.NoticeParts().Where(part => part.NoticeId == shot.NoticeId).Select(part => part.ItemId).SingleAsync(Ct)));

            // Notices are numbered as their days come.
            var notices = await db.ClosureNotices().OrderBy(notice => notice.No).Select(notice => notice.From).ToListAsync(Ct);
            Assert.Equal(notices.Order(), notices);

            // A contradiction that stays in a notice has a reason of its own, which speaks of its numbers.
            var reasons = await db.Overrulings().AsNoTracking().ToListAsync(Ct);
            Assert.True(reasons.Count > 5);
            Assert.True(reasons.Select(one => one.Reason).Distinct().Count() == reasons.Count, string.Join('\n', reasons.Select(one => $"{items[closures.Single(closure => closure.Id == one.ClosureId).ItemId].NumberText}\t{one.Key}\t{one.Reason}")));
        });
    }

    [Theory, SampleDatabases]
    public async Task What_was_closed_was_looked_at_again_and_what_came_back_was_found(string database)
    {
        var world = await sample.OnAsync(database);

        await world.InAsync(async (Db db) =>
        {
            var all = Access.OfSystem(Actor.System("test"));
            var programme = await db.ProgrammesFor(all, Right.Read).SingleAsync(Ct);
            var checks = await db.ChecksFor(all).AsNoTracking().ToListAsync(Ct);
            Assert.True(checks.Count(check => check is { Origin: CheckOrigin.Standing, Found: CheckResult.Held }) >= 8);
            Assert.Equal(2, checks.Count(check => check is { Origin: CheckOrigin.Standing, State: CheckState.Open })); // nobody did these: 17's second, 31's first
            Assert.All(checks.Where(check => check.On is not null), check => Assert.True(check.On <= check.DueOn && check.On > check.Since));

            // Anyone can draw again.
            var draw = await db.LookBackDrawsFor(all).AsNoTracking().SingleAsync(Ct);
            Assert.Equal((DrawState.Drawn, 4), (draw.State, Lot.Draw(draw.Seed, Lot.Read(draw.List), draw.Each).Count(ticket => ticket.Drawn)));
            Assert.Equal(4, checks.Count(check => check.DrawId == draw.Id && check.Found is CheckResult.Held));

            // Task 29 came back: the record leads from the check to the closing that does not hold, which stays as it was.
            var rebound = await db.ReboundsFor(all).AsNoTracking().SingleAsync(Ct);
            Assert.Equal((29, new(2018, 8, 16), new DateOnly(2018, 11, 13)), ((await db.ItemsFor(all, Right.Read).SingleAsync(item => item.Id == rebound.ItemId, Ct)).NumberValue, rebound.ClosedOn, rebound.On));
            Assert.True(checks.Single(check => check.Id == rebound.CheckId).IsRebound);
            Assert.Equal(1, (await CheckList.CountsAsync(db, all, programme.Id, Then, Ct))[CheckWhich.CameBack]);
            Assert.Equal(
                [ClosureState.Superseded, ClosureState.Finished], await db.ClosuresFor(all).Where(one => one.ItemId == rebound.ItemId).OrderBy(one => one.BeganAt).Select(one => one.State).ToListAsync(Ct));
        });
    }

    [Theory, SampleDatabases]
    public async Task A_second_start_loads_nothing_and_names_the_sign_ins(string database)
    {
        var world = await sample.OnAsync(database);
        var entries = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        Assert.NotEmpty(await LoadedSample.LoadAsync(world, TextWriter.Null, Ct));
        Assert.Equal(entries, await world.InAsync((Db db) => db.Journal.CountAsync(Ct)));
    }

    [Fact]
    public async Task Loads_that_were_stopped_at_different_points_again_and_again_come_to_the_same_on_both_databases() =>
        Assert.Equal(await ContentAsync(await sample.OnAsync("sqlite")), await ContentAsync(await sample.OnAsync("postgres")));

    [Fact]
    public async Task A_database_that_holds_something_else_is_left_alone()
    {
        await using var world = await World.CreateAsync("sqlite");
        await world.HaveUnitAsync("R");

        Assert.Empty(await LoadedSample.LoadAsync(world, TextWriter.Null, Ct));
        Assert.Equal(1, await world.InAsync((Db db) => db.Units().CountAsync(Ct)));
    }

    // Everything that the story left, by what it says: keys and random numbers differ from load to load.
    private static Task<List<string>> ContentAsync(World world) => world.InAsync(async (Db db) =>
    {
        var all = Access.OfSystem(Actor.System("test"));
        var facts = await db.ItemFacts().Join(db.ItemsFor(all, Right.Read), fact => fact.ItemId, item => item.Id, (fact, item) => new { fact, item.SortKey }).ToListAsync(Ct);
        var frozen = await db.FrozenFigures().Join(db.ItemsFor(all, Right.Read), figure => figure.QuantityId, item => item.Id, (figure, item) => new { figure, item.SortKey }).ToListAsync(Ct);
        var steps = await db.ReturnSteps().Select(step => new { step.Act, step.At, step.Note }).ToListAsync(Ct);
        var lines = await db.ReturnLines().Where(line => line.Filled).Select(line => line.Work + line.Problems + line.NextSteps).ToListAsync(Ct);
        var pieces = await db.PiecesFor(all).Select(piece => new { piece.Title, piece.AddedAt, piece.Newest }).ToListAsync(Ct);
        var schedules = await db.ScheduleVersions().Select(version => new { version.No, version.MadeAt, version.Reason }).ToListAsync(Ct);
        var checks = await db.ChecksFor(all).Where(check => check.DrawId == null).Join(db.ItemsFor(all, Right.Read), check => check.ItemId, item => item.Id, (check, item) => new { check, item.SortKey }).ToListAsync(Ct);
        return (List<string>)
        [
            .. facts.Select(one => $"fact {one.SortKey} {one.fact.Kind} {one.fact.On} {one.fact.No} {one.fact.Value} {one.fact.Note}")
                .Concat(frozen.Select(one => $"frozen {one.SortKey} {one.figure.On} {one.figure.Accepted} {one.figure.Value} {one.figure.Before} {one.figure.Corrects}"))
                .Concat(steps.Select(step => $"step {step.Act} {step.At:O} {step.Note}"))
                .Concat(lines)
                .Concat(checks.Select(one => $"check {one.SortKey} {one.check.Origin} {one.check.DueOn} {one.check.State} {one.check.On}"))
                .Concat(pieces.Select(piece => $"piece {piece.Title} {piece.AddedAt:O} {piece.Newest}"))
                .Concat(schedules.Select(version => $"schedule {version.No} {version.MadeAt:O} {version.Reason}"))
                .Append($"{await db.Accounts().CountAsync(Ct)} accounts, {await db.Journal.CountAsync(row => row.Kind == "account.duty-given", Ct)} duties")
                .Order(StringComparer.Ordinal),
        ];
    });

    private static ItemStatus StatusOf(string told) => told switch
    {
        "not_started" => ItemStatus.NotStarted,
        "behind" => ItemStatus.Behind,
        "on_schedule" => ItemStatus.OnTrack,
        "ahead" => ItemStatus.Ahead,
        "overdue" => ItemStatus.Overdue,
        "completed" => ItemStatus.Done,
        "applied" or "accepted" => ItemStatus.Accept,
        "returned" => ItemStatus.Returned,
        "in_notice" => ItemStatus.Notice,
        "closed" => ItemStatus.Closed,
        "closed_standing" => ItemStatus.Standing,
        "reopened" => ItemStatus.Reopened,
        _ => throw new ArgumentOutOfRangeException(nameof(told), told, null),
    };

    private sealed record Told(IReadOnlyList<ToldRound> Rounds, IReadOnlyList<ToldTask> Tasks);

    private sealed record ToldRound(string Id, DateOnly AsOf);

    private sealed record ToldTask(int Task, IReadOnlyList<ToldProgress> Progress, IReadOnlyList<ToldCycle> Cycles);

    private sealed record ToldCycle(IReadOnlyList<ToldApplication> Applications);

    private sealed record ToldApplication(DateOnly AppliedOn);

    private sealed record ToldProgress(string Round, string Status);
}
