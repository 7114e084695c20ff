using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Rectify.Bulletins;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Tests.CommandLine;

/// <summary>The sample's rounds, played by acts, state what the history says. What is expected is counted here from the data, not by the product.</summary>
public sealed class SampleRoundsTests(LoadedSample sample)
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly Access All = Access.OfSystem(Actor.System("test"));

    private static readonly JsonNode Plan = Read("plan.json"), History = Read("history.json"), Dispatch = Read("dispatch.json");

    [Theory, SampleDatabases]
    public async Task Every_round_is_closed_with_the_figures_of_the_history(string database)
    {
        var world = await sample.OnAsync(database);

        foreach (var told in History["rounds"]!.AsArray())
        {
            var round = await RoundAsync(world, told!);
            Assert.Equal(
                (RoundState.Closed, (int)told!["no"]!, Day(told, "opened_on"), Day(told, "due_on"), Day(told, "as_of")), (round.State, round.No, round.OpensOn, round.DueOn, round.To));
            var frozen = await world.InAsync((Db db) => db.FrozenFigures().AsNoTracking().Where(figure => figure.RoundId == round.Id && !figure.IsPercent).ToListAsync(Ct));
            var measures = await MeasuresAsync(world);

            Assert.All(frozen, figure => Assert.True(figure.Accepted));
            Assert.Equal(
                Expected(told).Order(StringComparer.Ordinal),
                frozen.Select(figure => Figure(measures[figure.QuantityId].Task, measures[figure.QuantityId].Measure, figure.Value / (decimal)Math.Pow(10, figure.Scale)))
                    .Order(StringComparer.Ordinal));
        }
    }

    [Theory, SampleDatabases]
    public async Task A_figure_stated_wrongly_stays_frozen_and_the_next_round_corrects_it(string database)
    {
        var world = await sample.OnAsync(database);
        var measures = await MeasuresAsync(world);
        var corrected = await world.InAsync((Db db) => db.FrozenFigures().AsNoTracking().Where(figure => figure.Corrects != null).ToListAsync(Ct));
        var corrections = Dispatch["corrections"]!.AsArray();

        Assert.Equal(corrections.Count, corrected.Count);
        foreach (var correction in corrections)
        {
            var (round, task, measure) = ((string)correction!["round"]!, (int)correction["task"]!, (int)correction["measure"]!);
            var told = History["rounds"]!.AsArray().Single(one => (string)one!["id"]! == round)!;
            var figure = corrected.Single(one => measures[one.QuantityId] == (task, measure) && one.On > Day(told, "as_of"));
            var known = await world.InAsync(async (Db db) =>
            {
                var programme = await db.ProgrammesFor(All, Right.Read).SingleAsync(Ct);
                return (await FigureList.ReadAsync(db, All, programme, Day(told, "as_of"), Ct)).Single(row => row.Quantity == figure.QuantityId);
            });

            Assert.Equal((decimal)correction["stated"]!, known.Stated);
            Assert.Equal(Progress(task, round)![$"{measure}"]!.GetValue<decimal>(), known.Known);
            Assert.True(known.Corrected);
        }
    }

    [Theory, SampleDatabases]
    public async Task Deadlines_were_asked_for_and_decided_as_the_story_says_and_one_request_waits(string database)
    {
        var world = await sample.OnAsync(database);
        var told = (
            from task in History["tasks"]!.AsArray()
            from change in (JsonArray?)task!["deadline_changes"] ?? []
            select (Task: (int)task!["task"]!, Unit: (string)change!["requested_by"]!, Asked: Day(change, "requested_on"), To: Day(change, "to_date"), On: (DateOnly?)Day(change, "decided_on")))
            .Concat(Dispatch["requests"]!.AsArray().Select(one => ((int)one!["task"]!, (string)one["requested_by"]!, Day(one, "requested_on"), Day(one, "to_date"), (DateOnly?)null)));

        await world.InAsync(async (Db db) =>
        {
            var requests = await db.DeadlineRequestsFor(All).Join(db.DeadlineMoves(), request => request.Id, move => move.RequestId, (request, move) => new { request, move.To })
                .Join(db.ItemsFor(All, Right.Read), one => one.request.ItemId, item => item.Id, (one, item) => new { one.request, one.To, item.NumberValue, item.DueOn })
                .Join(db.Units(), one => one.request.UnitId, unit => unit.Id, (one, unit) => new { one.request, one.To, one.NumberValue, one.DueOn, unit.Code }).ToListAsync(Ct);
            Assert.Equal(told.Order(), requests.Select(one => (one.NumberValue!.Value, one.Code, DateOnly.FromDateTime(one.request.AskedAt.ToOffset(TimeSpan.FromHours(8)).DateTime), one.To, one.request.DecidedOn)).Order());
            Assert.All(requests, one => Assert.Equal(one.request.State is RequestState.Agreed, one.To == one.DueOn));
            Assert.Single(requests, one => one.request.State is RequestState.Asked);
        });
    }

    [Theory, SampleDatabases]
    public async Task The_last_month_has_its_bulletin(string database)
    {
        var world = await sample.OnAsync(database);
        var round = await RoundAsync(world, History["rounds"]!.AsArray().Single(one => (string)one!["id"]! == (string)Dispatch["bulletin"]!["round"]!)!);

        await world.InAsync(async (Db db) =>
        {
            var bulletin = await db.BulletinsFor(All).SingleAsync(Ct);
            Assert.Equal((round.Id, BulletinState.Issued, 1, Day(Dispatch["bulletin"]!, "issued_on")), (bulletin.RoundId, bulletin.State, bulletin.No, bulletin.IssuedOn));
            Assert.Equal((string)Dispatch["bulletin"]!["requirements"]!, bulletin.Requirements);
            Assert.Contains("58.5", bulletin.Content, StringComparison.Ordinal); // what the overview says for the day
            Assert.Equal(2, await db.BulletinFiles().CountAsync(Ct));
        });
    }

    [Theory, SampleDatabases]
    public async Task The_overview_of_every_round_s_day_counts_what_was_declared_complete(string database)
    {
        var world = await sample.OnAsync(database);

        foreach (var day in History["rounds"]!.AsArray().Select(round => Day(round!, "as_of")).Append(new(2019, 6, 30)).Append(new(2018, 7, 13)).Append(new(2018, 11, 13)).Distinct())
        {
            var done = History["tasks"]!.AsArray().Count(task => task!["cycles"]!.AsArray().Any(cycle => Day(cycle!, "completed_on") <= day && !(Maybe(cycle!, "reopened_on") <= day)));
            await world.InAsync(async (Db db) =>
            {
                var overview = await Overview.ReadAsync(db, All, (await db.ProgrammesFor(All, Right.Read).SingleAsync(Ct)).Id, day, Ct);
                Assert.Equal((done, Math.Round(100m * done / 94, 1, MidpointRounding.AwayFromZero)), (overview.Done.Count, overview.Share));
            });
        }
    }

    [Theory, SampleDatabases]
    public async Task Returns_are_late_missing_and_sent_back_where_the_story_says_so_and_at_its_times(string database)
    {
        var world = await sample.OnAsync(database);

        foreach (var told in History["rounds"]!.AsArray())
        {
            var (id, round) = ((string)told!["id"]!, await RoundAsync(world, told));
            var (returns, steps) = await world.InAsync(async (Db db) => (
                await DatedReturn.Of(db.ReturnsFor(All).AsNoTracking(), db.RoundsFor(All).Where(one => one.Id == round.Id))
                    .Join(db.Units(), dated => dated.One.UnitId, unit => unit.Id, (dated, unit) => new { one = dated.One, dated.Late, unit.Code }).ToListAsync(Ct),
                await db.ReturnSteps().AsNoTracking().Where(step => step.RoundId == round.Id).ToListAsync(Ct)));
            IEnumerable<string> Named(string list) => Dispatch[list]!.AsArray().Where(one => (string)one!["round"]! == id).Select(one => (string)one!["unit"]!).Order();

            Assert.Equal(Named("late"), returns.Where(one => one.Late).Select(one => one.Code).Order());
            Assert.Equal(Named("missing"), returns.Where(one => one.one.State is not ReturnState.Accepted).Select(one => one.Code).Order());
            Assert.Equal(
                Named("back"), steps.Where(step => step.Act is ReturnAct.SendBack).Select(step => returns.Single(one => one.one.Id == step.ReturnId).Code).Order());
            Assert.All(steps, step => Assert.InRange(DayOf(world, step.At), round.To.AddDays(1), round.ClosesOn));
            Assert.Equal(DayOf(world, round.ClosedAt!.Value), round.ClosesOn);
            Assert.Equal(returns.Any(one => one.Code == "C0203"), steps.Any(step => step.Act is ReturnAct.PassUp));
        }
    }

    [Theory, SampleDatabases]
    public async Task Lines_are_written_for_their_task_and_no_two_of_a_round_alike(string database)
    {
        var world = await sample.OnAsync(database);
        var lines = await world.InAsync((Db db) => db.ReturnLines().AsNoTracking().Where(line => line.Filled)
            .Join(db.ReturnsFor(All), line => line.ReturnId, one => one.Id, (line, one) => new { line.Work, line.Problems, line.NextSteps, one.RoundId }).ToListAsync(Ct));

        Assert.True(lines.Count > 1_000, $"{lines.Count} lines");
        Assert.All(lines, line => Assert.DoesNotMatch(@"[{}]|^$", line.Work));
        Assert.All(lines, line => Assert.DoesNotMatch(@"[{}]|^$", line.Problems));
        Assert.All(lines, line => Assert.DoesNotMatch(@"[{}]|^$", line.NextSteps));
        Assert.Empty(lines.GroupBy(line => (line.RoundId, line.Work)).Where(same => same.Count() > 1).Select(same => $"{same.Count()} × {same.Key.Work}"));
    }

    [Theory, SampleDatabases]
    public async Task The_server_opens_and_closes_nothing_by_itself_after_the_story(string database)
    {
        var world = await sample.OnAsync(database);

        Assert.Equal(0, await world.InAsync((RunRounds run) => run.RunAsync(Ct)));

        var open = await world.InAsync((Db db) => db.RoundsFor(All).AsNoTracking().Where(round => round.State != RoundState.Closed).ToListAsync(Ct));
        var today = DateOnly.FromDateTime(world.Clock.GetLocalNow().DateTime);
        var one = Assert.Single(open);
        Assert.Equal((RoundState.Open, ReportPeriod.Of(CycleKind.Monthly, today).From, today), (one.State, one.From, one.OpensOn));
        Assert.True(one.Made > 5);
    }

    // What a round has to state: every counted figure of every task that was open when it opened.
    private static IEnumerable<string> Expected(JsonNode told) =>
        from pair in Plan["tasks"]!.AsArray().Zip(History["tasks"]!.AsArray())
        let number = (int)pair.First!["number"]!
        where IsOpen(pair.Second!, Day(told, "opened_on"))
        from measure in pair.First!["measures"]!.AsArray()
        where measure!["quantity"] is not null
        let no = (int)measure["no"]!
        let wrong = Dispatch["corrections"]!.AsArray().FirstOrDefault(one => ((string)one!["round"]!, (int)one["task"]!, (int)one["measure"]!) == ((string)told["id"]!, number, no))
        select Figure(number, no, (decimal?)wrong?["stated"] ?? (Progress(number, (string)told["id"]!)?[$"{no}"] ?? measure["quantity"]!["baseline"]!).GetValue<decimal>());

    private static bool IsOpen(JsonNode task, DateOnly day)
    {
        var cycle = task["cycles"]!.AsArray().LastOrDefault(one => Day(one!, "completed_on") <= day);
        var applied = cycle?["applications"]!.AsArray().LastOrDefault(one => Day(one!, "applied_on") <= day);
        return cycle is null || Maybe(cycle, "reopened_on") <= day || (applied is not null && Maybe(applied, "returned_on") <= day);
    }

    private static JsonNode? Progress(int task, string round) =>
        History["tasks"]![task - 1]!["progress"]!.AsArray().FirstOrDefault(one => (string)one!["round"]! == round)?["quantities"];

    private static string Figure(int task, int measure, decimal value) => FormattableString.Invariant($"{task:00}.{measure} {value:0.###}");

    private static Task<DispatchRound> RoundAsync(World world, JsonNode told) => world.InAsync((Db db) =>
    {
        var kind = (string)told["cycle"]! == "quarter" ? CycleKind.Quarterly : CycleKind.Monthly;
        var to = Day(told, "as_of");
        return db.RoundsFor(All).AsNoTracking().SingleAsync(round => round.Kind == kind && round.To == to, Ct);
    });

    private static Task<Dictionary<Guid, (int Task, int Measure)>> MeasuresAsync(World world) => world.InAsync(async (Db db) =>
    {
        var items = await db.ItemsFor(All, Right.Read).AsNoTracking().OrderBy(item => item.SortKey).ToListAsync(Ct);
        var numbers = items.Where(item => item.Kind is ItemKind.Task).ToDictionary(item => item.Id, item => item.NumberValue!.Value);
        return items.Where(item => item.Kind is ItemKind.Measure).GroupBy(item => item.ParentId!.Value)
            .SelectMany(task => task.Select((measure, i) => (measure.Id, (numbers[task.Key], i + 1)))).ToDictionary(one => one.Id, one => one.Item2);
    });

    private static DateOnly DayOf(World world, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, world.Clock.LocalTimeZone).DateTime);

    private static DateOnly Day(JsonNode node, string field) => Maybe(node, field)!.Value;

    private static DateOnly? Maybe(JsonNode node, string field) =>
        (string?)node[field] is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static JsonNode Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(LoadedSample.Folder, "data", name)), null, new JsonDocumentOptions())!;
}
