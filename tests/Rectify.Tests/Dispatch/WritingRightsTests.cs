using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Every act on returns, rounds, cycles and deadlines over HTTP, by the API and by the pages' forms: whoever may not is refused and changes nothing, and the same body does it for whoever may.</summary>
public sealed class WritingRightsTests
{
    /// <summary>Name, unit and role. Task 1 is led by C1, which stands below P1; X1 belongs to another region. The lower office is P1's: it reviews for P1 and runs no programme.</summary>
    private static readonly (string Name, string Unit, Role Role)[] People =
    [
        ("office", "R", Role.Office), ("prefecture", "P1", Role.Responsible), ("county", "C1", Role.Responsible), ("neighbour", "C2", Role.Responsible),
        ("reader", "C1", Role.Reader), ("acceptor", "C1", Role.Acceptor), ("archivist", "C1", Role.Archivist), ("administrator", "R", Role.Administrator),
        ("supervisor", "R", Role.Supervisor), ("leader", "R", Role.Leader), ("lower", "P1", Role.Office), ("stranger", "X1", Role.Responsible), ("elsewhere", "X1", Role.Office),
    ];

    private static readonly DateTimeOffset Now = new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero);

    [Theory, EveryDatabase]
    public async Task Nobody_writes_what_is_not_theirs_to_write(string database)
    {
        await using var served = await Served.StartAsync(database);
        var item = served.Tasks[0].Id;

        await served.OnlyAsync(["office"], "PUT", "/api/programmes/r1/cycles/Weekly", new { opens = -2, due = 0, closes = 2, count = "Calendar", startsOn = "2026-03-30", active = false, version = 0 });
        await served.OnlyAsync(["office"], "/p/r1/dispatch/cycles", "monthly", () =>
            [("version", "0"), ("monthly-opens", "-5"), ("monthly-due", "0"), ("monthly-time", "18:00"), ("monthly-closes", "2"), ("monthly-count", "Calendar"), ("monthly-starts", "2026-03-01")]);
        await served.OnlyAsync(["office"], "POST", "/api/programmes/r1/rounds", new { kind = "Monthly", within = "2026-03-10", due = "2026-03-31", closes = "2026-04-03" });
        await served.OnlyAsync(["office"], "/p/r1/dispatch/new", "open", () => [("kind", "Quarterly"), ("within", "2026-03-10"), ("due", "2026-03-31"), ("time", "18:00"), ("closes", "2026-04-03")]);
        var rounds = await served.InAsync((Db db) => db.RoundsFor(Office.Room).ToDictionaryAsync(round => round.Kind, round => round.Id, Ct));
        await served.InAsync(async (IServiceProvider services) =>
        {
            foreach (var round in rounds.Values)
            {
                await services.GetRequiredService<PrepareReturns>().RunAsync(round, int.MaxValue, Ct);
            }
        });

        // By the API, in the monthly round.
        var own = await ReturnAsync(rounds[CycleKind.Monthly], "C1");
        var line = await LineAsync(own);
        object Body(decimal value) => new { version = line.Version, work = "built", problems = "none", nextSteps = "go on", figures = new[] { new { quantity = item, value } } };
        await served.OnlyAsync([], "PUT", $"/api/returns/{own}/lines/{line.Id}", Body(1.555m), mayToo: ["county"]); // how finely it is measured is not told either
        await served.OnlyAsync(["county"], "PUT", $"/api/returns/{own}/lines/{line.Id}", Body(1.5m));
        await served.OnlyAsync(["county"], "POST", $"/api/returns/{own}/submission", await VersionAsync(own));
        await served.OnlyAsync(["county"], "POST", $"/api/returns/{own}/recall", await VersionAsync(own));
        await served.OnlyAsync(["county"], "POST", $"/api/returns/{own}/submission", await VersionAsync(own));
        await served.OnlyAsync(["prefecture"], "POST", $"/api/returns/{own}/decision", await DecisionAsync(own, "PassUp"), mayToo: ["lower"]);
        await served.OnlyAsync(["office"], "POST", $"/api/returns/{own}/decision", await DecisionAsync(own, "Accept"));
        await served.OnlyAsync(["office"], "POST", $"/api/rounds/{rounds[CycleKind.Monthly]}/closure", (object?)null);

        // By the pages, in the quarterly one.
        own = await ReturnAsync(rounds[CycleKind.Quarterly], "C1");
        line = await LineAsync(own);
        (string, string)[] typed = [("version", $"{line.Version}"), ("work", "built"), ("problems", "none"), ("next", "go on"), ("f1", "1.5"), ("step", "save")];
        await served.OnlyAsync(["county"], $"/api/returns/{own}/lines/{line.Id}/draft", "", () => typed);
        await served.OnlyAsync(["county"], $"/returns/{own}?line=1", "line", () => typed);
        await served.OnlyAsync(["county"], $"/returns/{own}/corrections", "correct", await TypedAsync(
            own, ("item", $"{item}"), ("of", StatedCorrection.KeyOf(rounds[CycleKind.Monthly], CorrectionKind.Figure, item, null)), ("value", "1.4"), ("reason", "counted twice")));
        await served.OnlyAsync(["county"], "PUT", $"/api/returns/{own}/corrections", await VersionAsync(own));
        await served.OnlyAsync(["county"], $"/returns/{own}/submission", "submit", await TypedAsync(own));
        await served.OnlyAsync(["county"], $"/returns/{own}/recall", "confirm", await TypedAsync(own));
        await served.OnlyAsync(["county"], $"/returns/{own}/submission", "submit", await TypedAsync(own));
        await served.OnlyAsync(["prefecture"], $"/returns/{own}/review", "review", await TypedAsync(own, ("note", ""), ("act", "PassUp")), mayToo: ["lower"]);
        await served.OnlyAsync(["office"], $"/returns/{own}/review", "review", await TypedAsync(own, ("note", "again"), ("act", "SendBack")));
        await served.OnlyAsync(["office"], $"/dispatch/{rounds[CycleKind.Quarterly]}/closure", "confirm", () => []);

        // Deadlines. Who asked does not decide: the county asks. Whoever stands above it answers for the item too.
        string[] above = ["office", "prefecture", "lower"];
        var ask = new { to = "2027-06-30", reason = "policy", explanation = "The law came late.", approver = "The State Council" };
        await served.OnlyAsync(["county"], "POST", $"/api/items/{item}/deadline-requests", ask, mayToo: above);
        var request = await RequestAsync();
        await served.OnlyAsync(["county"], "POST", $"/api/deadline-requests/{request}/withdrawal", new { version = 0 });
        await served.OnlyAsync(["county"], $"/items/{item}/deadline", "deadline", () => [("to", "2027-06-30"), ("reason", "policy"), ("explanation", "The law came late."), ("approver", "The State Council")], mayToo: above);
        request = await RequestAsync();
        await served.OnlyAsync(["office"], "POST", $"/api/deadline-requests/{request}/decision", new { agrees = true, on = "2026-03-26", version = 0, document = "No. 7" });
        await served.OnlyAsync(["county"], "POST", $"/api/items/{item}/deadline-requests", ask with { to = "2027-09-30" }, mayToo: above);
        request = await RequestAsync();
        await served.OnlyAsync(["office"], $"/deadlines/{request}", "decide", () => [("version", "0"), ("day", "2026-03-26"), ("document", ""), ("remarks", "not now"), ("act", "decline")]);
        await served.OnlyAsync(["county"], "POST", $"/api/items/{item}/deadline-requests", ask with { to = "2027-10-31" }, mayToo: above);
        request = await RequestAsync();
        await served.OnlyAsync(["county"], $"/deadlines/{request}", "withdraw", () => [("version", "0")]);
        await served.OnlyAsync(["office"], "/p/r1/deadlines/reasons", "reasons", () => [("version", "0"), ("names", "汛期")]);

        // Nothing of C1 is open any more: in two later rounds it asks for a return to correct what it stated. No other unit had one accepted.
        await served.InAsync((RecordFacts record) => record.RunAsync(item, [new(Rectify.Tasks.Timeline.FactKind.Completed, new(2026, 3, 6))], Office.Room, Ct));
        Guid[] later = [await LaterAsync(new(2026, 3, 10)), await LaterAsync(new(2026, 3, 17))];
        await served.OnlyAsync(["county"], $"/dispatch/{later[0]}", "add", () => []);
        await served.OnlyAsync(["county"], "POST", $"/api/rounds/{later[1]}/returns", (object?)null);

        // The clock jumped.
        await JumpAsync();
        await served.OnlyAsync(["office"], "/p/r1/dispatch", "clock", () => []);
        await JumpAsync();
        await served.OnlyAsync(["office"], "POST", "/api/programmes/r1/clock-confirmation", (object?)null);

        async Task<Guid> LaterAsync(DateOnly within)
        {
            var round = await served.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Weekly, within, new(2026, 3, 31), new(2026, 4, 3), Office.Room, Ct));
            await served.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
            return round;
        }

        Task JumpAsync() => served.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var cursor = await db.Cursors().SingleOrDefaultAsync(one => one.Job == nameof(RunRounds), Ct) ?? db.Add(new Cursor { Job = nameof(RunRounds) }).Entity;
            cursor.Next = DateOnly.FromDateTime(Now.Date).DayNumber - 30;
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });

        Task<Guid> ReturnAsync(Guid round, string unit) => served.InAsync((Db db) =>
            db.ReturnsFor(Office.Room).Where(one => one.RoundId == round && one.UnitId == served.Units[unit].Id).Select(one => one.Id).SingleAsync(Ct));
        Task<ReturnLine> LineAsync(Guid whole) => served.InAsync((Db db) => db.ReturnLines().AsNoTracking().SingleAsync(one => one.ReturnId == whole, Ct));
        Task<int> SeenAsync(Guid whole) => served.InAsync((Db db) => db.ReturnsFor(Office.Room).Where(one => one.Id == whole).Select(one => one.Version).SingleAsync(Ct));
        async Task<object> VersionAsync(Guid whole) => new { version = await SeenAsync(whole) };
        async Task<object> DecisionAsync(Guid whole, string act) => new { act, version = await SeenAsync(whole), note = "" };
        async Task<Func<(string, string)[]>> TypedAsync(Guid whole, params (string, string)[] fields)
        {
            var version = await SeenAsync(whole);
            return () => [("version", $"{version}"), .. fields];
        }

        Task<Guid> RequestAsync() => served.InAsync((Db db) => db.DeadlineRequestsFor(Office.Room).Where(one => one.State == RequestState.Asked).Select(one => one.Id).SingleAsync(Ct));
    }

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    /// <summary>The rooms on a server, with everybody signed in.</summary>
    private sealed class Served(WebApplication app, string folder) : IAsyncDisposable
    {
        private readonly Dictionary<string, (HttpClient Client, string Token)> signedIn = [];

        public Dictionary<string, Unit> Units { get; } = [];

        public List<Item> Tasks { get; } = [];

        public static async Task<Served> StartAsync(string database)
        {
            var folder = Directory.CreateTempSubdirectory("rectify-rights").FullName;
            var connection = database is "sqlite" ? await EmptyDatabase.SqliteAsync() : await EmptyDatabase.PostgresAsync();
            var clock = new FakeTimeProvider(Now);
            clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("DataFolder", (string?)folder), KeyValuePair.Create("ConnectionStrings:Db", (string?)connection), KeyValuePair.Create("Passwords:IterationCount", (string?)"1000")]);
            builder.AddWeb();
            builder.Services.AddPlatform(builder.Configuration);
            builder.Services.Configure<DataOptions>(data => data.Folder = folder);
            builder.Services.TryAddSingleton<FileStore>();
            builder.Services.AddOrganisation();
            builder.Services.AddTasks();
            builder.Services.AddDispatch();
            builder.Services.AddDeadlines();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.Remove(builder.Services.Single(one => one.ImplementationType == typeof(JobLoop<RunRounds>))); // the test makes the returns itself
            var app = builder.Build();
            app.UseWeb();
            app.MapTasks();
            app.MapDispatch();
            app.MapDeadlines();
            app.MapWeb();
            var served = new Served(app, folder);
            await served.MakeAsync();
            await app.StartAsync(Ct);
            foreach (var (name, _, _) in People)
            {
                await served.SignInAsync(name);
            }

            return served;
        }

        /// <summary>Sends the body as everybody who may not, then as those who may, in turn.</summary>
        /// <param name="mayToo">Who may as well, and is not asked.</param>
        public Task OnlyAsync(string[] may, string method, string path, object? body, string[]? mayToo = null) =>
            OnlyAsync(may, $"{method} {path}", () => new(new(method), path) { Content = body is null ? null : JsonContent.Create(body) }, "application/json", mayToo ?? []);

        /// <summary>Posts a page's form.</summary>
        public Task OnlyAsync(string[] may, string path, string form, Func<(string Name, string Value)[]> typed, string[]? mayToo = null) =>
            OnlyAsync(
                may, $"{form} on {path}",
                () => new(HttpMethod.Post, path) { Content = new Typed([.. typed(), ("_handler", form)]) }, "text/html", mayToo ?? []);

        private async Task OnlyAsync(string[] may, string act, Func<HttpRequestMessage> ask, string accept, string[] mayToo)
        {
            var before = await StandingAsync();
            foreach (var (name, _, _) in People.Where(one => !may.Contains(one.Name) && !mayToo.Contains(one.Name)))
            {
                var (status, said) = await SendAsync(name, ask(), accept);
                // Whoever may read it is told that it is not theirs; a page says so where the form was.
                Assert.True(status is 403 or 404 || status is 409 && said.Contains("return.not-waiting", StringComparison.Ordinal) || status is 200 && accept == "text/html" && (said.Contains("class=\"errs\"", StringComparison.Ordinal) || said.Contains("note-stop", StringComparison.Ordinal)),
                    $"{name}: {act}: {status} {said}");
                Assert.True(before == await StandingAsync(), $"{name} changed something: {act}");
            }

            foreach (var name in may)
            {
                var (status, said) = await SendAsync(name, ask(), accept);
                Assert.True(status is 200 or 201 or 204 or 302, $"{name}: {act}: {status} {said}");
                Assert.True(before != await StandingAsync(), $"{name} changed nothing: {act} {said}");
            }
        }

        private async Task<(int Status, string Said)> SendAsync(string name, HttpRequestMessage ask, string accept)
        {
            var (client, token) = signedIn[name];
            if (ask.Content is Typed typed)
            {
                ask.Content = new FormUrlEncodedContent(typed.Fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
            }

            using (ask)
            {
                ask.Headers.Add("Accept", accept);
                using var answer = await client.SendAsync(ask, Ct);
                return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
            }
        }

        // Everything that an act here changes.
        private Task<string> StandingAsync() => InAsync(async (Db db) => string.Join(
            '\n',
            [
                $"{await db.Journal.CountAsync(Ct)} {await db.LineDrafts().CountAsync(Ct)} {await db.ItemFacts().CountAsync(Ct)} {await db.FrozenLines().CountAsync(Ct)}",
                .. (await db.ReturnLines().AsNoTracking().OrderBy(one => one.Id).ToListAsync(Ct)).Select(one => $"{one.Id} {one.Version}"),
                .. (await db.ReturnsFor(Office.Room).AsNoTracking().OrderBy(one => one.Id).ToListAsync(Ct)).Select(one => $"{one.Id} {one.State} {one.Version}"),
                .. (await db.RoundsFor(Office.Room).AsNoTracking().OrderBy(one => one.Id).ToListAsync(Ct)).Select(one => $"{one.Id} {one.State}"),
                .. (await db.CyclesFor(Office.Room).AsNoTracking().OrderBy(one => one.Id).ToListAsync(Ct)).Select(one => $"{one.Kind} {one.Version}"),
                .. (await db.DeadlineRequestsFor(Office.Room).AsNoTracking().OrderBy(one => one.Id).ToListAsync(Ct)).Select(one => $"{one.Id} {one.State} {one.Version}"),
            ]));

        private async Task SignInAsync(string name)
        {
            var client = new HttpClient(new Kept(app.GetTestServer().CreateHandler())) { BaseAddress = new("http://localhost") };
            async Task<string> TokenAsync(string path)
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
                using var answer = await client.SendAsync(ask, Ct);
                var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
                return page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? throw new InvalidOperationException($"{name}: {path} has no form: {answer.StatusCode}");
            }

            signedIn[name] = (client, await TokenAsync("/signin"));
            var (status, said) = await SendAsync(name, new(HttpMethod.Post, "/signin") { Content = new Typed([("_handler", "password"), ("name", name), ("password", Password), ("code", "")]) }, "text/html");
            Assert.True(status is 302, said);
            signedIn[name] = (client, await TokenAsync("/account"));
        }

        public async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
        {
            await using var scope = app.Services.CreateAsyncScope();
            return await act(scope.ServiceProvider.GetRequiredService<TService>());
        }

        public async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
        {
            await using var scope = app.Services.CreateAsyncScope();
            await act(scope.ServiceProvider.GetRequiredService<TService>());
        }

        private Task HaveAsync(params object[] rows) => InAsync((IServiceProvider services) =>
        {
            services.GetRequiredService<Db>().AddRange(rows);
            return services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = Guid.CreateVersion7(), By = Setup, At = Now }, Ct);
        });

        private async Task MakeAsync()
        {
            foreach (var (code, above) in new[] { ("R", ""), ("P1", "R"), ("C1", "P1"), ("C2", "P1"), ("X", ""), ("X1", "X") })
            {
                Units[code] = Unit.Create(new(code, $"Unit {code}", UnitKind.Department), Units.GetValueOrDefault(above));
                await HaveAsync(Units[code]);
            }

            foreach (var (name, unit, role) in People)
            {
                var person = Person.Create(null, Units[unit].Id, $"Person {name}", "clerk");
                await HaveAsync(person);
                var account = await InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, name, Password, Setup, Ct));
                await InAsync((GiveDuty give) => give.RunAsync(account.Id, role, Units[unit].Id, null, null, Setup, Ct));
            }

            var programme = Programme.Create("r1", new("Round one", Units["R"].Id));
            programme.Approve(new(2026, 1, 5));
            var tree = new ItemTree();
            foreach (var (no, unit) in new[] { (1, "C1"), (2, "P1"), (3, "C2") })
            {
                var task = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.") { Deadline = new("2026年底前", DeadlineKind.Fixed, null, new DateOnly(2026, 12, 31), null) });
                if (no == 1)
                {
                    task.Measure("plants", "座", 1, 0, 90);
                }

                Tasks.Add(task);
                tree.Items.Add(task);
                tree.Units.Add(new() { ItemId = task.Id, UnitId = Units[unit].Id, Text = unit, Role = DraftRole.Lead, Order = 0 });
            }

            await InAsync(async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<Db>();
                db.Add(programme);
                db.AddRange(tree.Items);
                db.AddRange(tree.Units);
                await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
                await services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = programme.Id, By = Setup, At = Now }, Ct);
            });
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (client, _) in signedIn.Values)
            {
                client.Dispose();
            }

            await app.StopAsync(CancellationToken.None);
            await InAsync((Db db) => db.Database.EnsureDeletedAsync(CancellationToken.None));
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a form holds, before the token of whoever sends it.</summary>
    private sealed class Typed((string, string)[] fields) : ByteArrayContent([])
    {
        public (string, string)[] Fields => fields;
    }

    private sealed class Kept(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly System.Net.CookieContainer jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var given) ? given : [])
            {
                jar.SetCookies(request.RequestUri!, cookie);
            }

            return answer;
        }
    }
}
