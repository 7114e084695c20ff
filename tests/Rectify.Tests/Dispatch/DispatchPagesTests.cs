using System.Net;
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
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;
using Rectify.Tasks;
using Rectify.Tests.Platform.Identity;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>A round over HTTP without scripts: the office opens it, a county fills in, a prefecture sends back, the office accepts and closes.</summary>
public sealed class DispatchPagesTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rectify-dispatch").FullName;
    private readonly FakeTimeProvider clock = new(new(2026, 3, 26, 2, 0, 0, TimeSpan.Zero));
    private WebApplication app = null!;

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create("DataFolder", (string?)folder), KeyValuePair.Create("ConnectionStrings:Db", (string?)$"Data Source={folder}/db"),
        ]);
        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.Configure<DataOptions>(data => data.Folder = folder);
        builder.Services.TryAddSingleton<FileStore>();
        builder.Services.AddOrganisation();
        builder.Services.AddTasks();
        builder.Services.AddDispatch();
        builder.Services.AddDeadlines();
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.Remove(builder.Services.Single(one => one.ImplementationType == typeof(JobLoop<RunRounds>))); // the test makes the returns itself
        app = builder.Build();
        app.UseWeb();
        app.MapTasks();
        app.MapDispatch();
        app.MapDeadlines();
        app.MapWeb();
        await InAsync((Db db) => db.Database.MigrateAsync(Ct));
        await MakeAsync();
        await app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_round_goes_from_county_to_prefecture_to_office_with_a_return_in_between()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, "/p/r1/dispatch");
        Assert.Contains("还没有调度", office.Page.Body!.TextContent, StringComparison.Ordinal);
        await OpenAsync(office, "/p/r1/dispatch/new");
        var (_, round) = await office.SubmitAsync("open", ("kind", "Monthly"), ("within", "2026-03-10"), ("due", "2026-03-31"), ("closes", "2026-04-03"));
        var id = Guid.Parse(round![^36..]);
        await OpenAsync(office, round);
        Assert.Contains("正在为各单位准备填报", office.Page.Body!.TextContent, StringComparison.Ordinal);
        await InAsync((Db db) => db.Database.ExecuteSqlRawAsync("""UPDATE "DispatchRound" SET "Made" = 1, "Expected" = 4""", Ct)); // as after the first of many transactions
        await OpenAsync(office, round);
        var progress = office.Page.QuerySelector("progress")!;
        Assert.Equal(("1", "4"), (progress.GetAttribute("value"), progress.GetAttribute("max")));
        await InAsync((Db db) => db.Database.ExecuteSqlRawAsync("""UPDATE "DispatchRound" SET "Made" = 0, "Expected" = 0""", Ct));
        await InAsync((PrepareReturns prepare) => prepare.RunAsync(id, int.MaxValue, Ct));

        using var county = await AsAsync("county");
        await OpenAsync(county, "/p/r1/dispatch");
        var own = county.Page.QuerySelector("ul.rows a[href^='/returns/']")!.GetAttribute("href")!;
        await OpenAsync(county, own);
        Assert.Equal("2026年3月整改任务月调度填报", county.Text("h1"));
        Assert.Contains("剩5天", county.Text(".head-sub"), StringComparison.Ordinal);
        Assert.Empty(county.Page.QuerySelectorAll("script:not([src]), style, [style]"));

        Assert.Equal(HttpStatusCode.OK, (await county.SubmitAsync("line", ("f1", "many"), ("work", "done"), ("problems", ""), ("next", ""), ("step", "save"))).Status);
        Assert.Contains("没有保存，有1处填得不对", county.Text(".errs h2"), StringComparison.Ordinal);
        Assert.Equal("many", county.Page.QuerySelector("#f1")!.GetAttribute("value"));
        var (_, to) = await county.SubmitAsync("line", ("f1", "9.5"), ("work", "built"), ("problems", "none"), ("next", ""), ("n1", "true"), ("t1", ""), ("step", "next"));
        await OpenAsync(county, to!);
        Assert.Equal(["#f1", "#t1"], county.Page.QuerySelectorAll(".errs a").Select(link => link.GetAttribute("href")));
        Assert.All(county.Page.QuerySelectorAll(".errs a"), link => Assert.NotNull(county.Page.QuerySelector(link.GetAttribute("href")!)));
        await OpenAsync(county, $"{own}/submission");
        Assert.Equal("还不能报送：1项有要改的地方", county.Text(".errs h2").Trim());
        Assert.Null(county.Page.QuerySelector("main form"));

        await OpenAsync(county, own);
        await county.SubmitAsync("line", ("f1", "3.5"), ("work", "built"), ("problems", "none"), ("next", ""), ("n1", "true"), ("t1", "2026-03-20"), ("step", "next"));
        await OpenAsync(county, $"{own}/submission");
        await county.SubmitAsync("submit");
        await OpenAsync(county, $"{own}/recall");
        await county.SubmitAsync("confirm");
        await OpenAsync(county, $"{own}?done=recalled");
        Assert.Contains("已撤回", county.Text(".note"), StringComparison.Ordinal);
        Assert.NotNull(county.Page.QuerySelector("form textarea"));
        await OpenAsync(county, $"{own}/submission");
        await county.SubmitAsync("submit");
        await OpenAsync(county, own);
        Assert.Contains("2026年3月31日18:00截止", county.Text(".head-sub"), StringComparison.Ordinal);
        Assert.Contains("已报，等Unit P1审核", county.Text(".head-sub"), StringComparison.Ordinal);
        Assert.Null(county.Page.QuerySelector("form textarea"));

        using var prefecture = await AsAsync("prefecture");
        await OpenAsync(prefecture, $"{own}/review");
        Assert.Equal(HttpStatusCode.OK, (await prefecture.SubmitAsync("review", ("note", ""), ("act", "SendBack"))).Status);
        Assert.Contains("请写明要改什么", prefecture.Text(".errs"), StringComparison.Ordinal);
        var (_, decided) = await prefecture.SubmitAsync("review", ("note", "核对通水日期"), ("act", "SendBack"));
        await OpenAsync(prefecture, decided!);
        Assert.Contains("已退回", prefecture.Text(".note-ok"), StringComparison.Ordinal); // whoever decided is told what came of it
        await OpenAsync(county, own);
        Assert.Contains("核对通水日期", county.Text(".note"), StringComparison.Ordinal);
        await OpenAsync(county, $"{own}/submission");
        await county.SubmitAsync("submit");
        await OpenAsync(prefecture, $"{own}/review");
        Assert.Equal(HttpStatusCode.Found, (await prefecture.SubmitAsync("review", ("note", ""), ("act", "PassUp"))).Status);

        await OpenAsync(office, $"{own}/review");
        Assert.Equal(HttpStatusCode.Found, (await office.SubmitAsync("review", ("note", ""), ("act", "Accept"))).Status);
        await OpenAsync(office, $"/dispatch/{id}");
        Assert.Contains("已接收 1", System.Text.RegularExpressions.Regex.Replace(office.Text(".tabs"), @"\s+", " "), StringComparison.Ordinal);
        // On a phone a row's figures stand below each other, each with the words of its column.
        var heads = office.Page.QuerySelectorAll("table.stack thead th").Select(head => head.TextContent).ToList();
        Assert.All(office.Page.QuerySelectorAll("table.stack tbody tr"), row =>
            Assert.Equal(heads[2..], row.QuerySelectorAll("td[data-l]").Select(cell => cell.GetAttribute("data-l"))));

        await OpenAsync(office, $"/dispatch/{id}/closure");
        Assert.Contains("还没有到报送截止时间（2026年3月31日18:00）", office.Text("main"), StringComparison.Ordinal);
        await office.SubmitAsync("confirm");
        await OpenAsync(office, $"/dispatch/{id}/closure");
        Assert.Contains("已经关闭", office.Text("main"), StringComparison.Ordinal);
        Assert.Null(office.Page.QuerySelector("main form"));
        Assert.Equal($"/dispatch/{id}", office.Page.QuerySelector("main p a, .empty a")!.GetAttribute("href"));
        await OpenAsync(office, "/p/r1/dispatch/figures?on=2026-03-31");
        Assert.Contains("3.5座", office.Text("table"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_unit_opens_another_s_return_and_no_stranger_a_round()
    {
        var round = await InAsync(async (IServiceProvider services) =>
        {
            var by = Access.OfSystem(Setup);
            var made = await services.GetRequiredService<OpenRound>().RunAsync("r1", CycleKind.Monthly, new(2026, 3, 10), null, null, by, Ct);
            await services.GetRequiredService<PrepareReturns>().RunAsync(made, int.MaxValue, Ct);
            return made;
        });
        var own = await InAsync((Db db) => db.ReturnsFor(Office.Room).Join(db.Units(), one => one.UnitId, unit => unit.Id, (one, unit) => new { one.Id, unit.Code })
            .ToDictionaryAsync(one => one.Code, one => one.Id, Ct));

        using var neighbour = await AsAsync("neighbour");
        foreach (var path in new[] { $"/returns/{own["C1"]}", $"/returns/{own["C1"]}/review", $"/returns/{own["C1"]}/submission", $"/returns/{own["P1"]}", $"/api/returns/{own["C1"]}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await neighbour.OpenAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.OpenAsync($"/dispatch/{round}/closure")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.OpenAsync("/p/r1/dispatch/cycles")).Status);
        await OpenAsync(neighbour, $"/dispatch/{round}");
        Assert.Equal(["Unit C2"], neighbour.Page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim()));
        using var stranger = await AsAsync("stranger");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/dispatch/{round}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/api/rounds/{round}")).Status);
    }

    [Fact]
    public async Task What_is_typed_is_kept_shown_again_and_ends_with_saving()
    {
        await InAsync(async (IServiceProvider services) =>
        {
            var by = Access.OfSystem(Setup);
            await services.GetRequiredService<PrepareReturns>().RunAsync(
                await services.GetRequiredService<OpenRound>().RunAsync("r1", CycleKind.Monthly, new(2026, 3, 10), null, null, by, Ct), int.MaxValue, Ct);
        });
        using var county = await AsAsync("county");
        await OpenAsync(county, "/p/r1/dispatch");
        var own = county.Page.QuerySelector("ul.rows a[href^='/returns/']")!.GetAttribute("href")!;
        await OpenAsync(county, own);
        var form = county.Page.QuerySelector("form[data-keep]")!;
        string Hidden(string name) => form.QuerySelector($"input[name={name}]")!.GetAttribute("value")!;
        KeyValuePair<string, string>[] typed =
        [
            new("__RequestVerificationToken", Hidden("__RequestVerificationToken")), new("version", Hidden("version")), new("work", "half a sentence"), new("f1", "many"),
        ];

        Assert.Equal(HttpStatusCode.OK, (await county.PostAsync(form.GetAttribute("data-keep")!, typed)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await county.PostAsync(form.GetAttribute("data-keep")!, typed.Skip(1))).Status); // no token, no draft
        await OpenAsync(county, own);
        Assert.Contains("已恢复2026-03-26 10:00自动保存的内容", county.Text(".note"), StringComparison.Ordinal);
        Assert.Equal("many", county.Page.QuerySelector("#f1")!.GetAttribute("value"));
        Assert.Equal("half a sentence", county.Page.QuerySelector("#work")!.TextContent);
        await county.SubmitAsync("line", ("f1", "3.5"), ("work", "built"), ("problems", "none"), ("next", ""), ("step", "save"));
        await OpenAsync(county, own);
        Assert.Null(county.Page.QuerySelector(".note"));
        Assert.Equal("built", county.Page.QuerySelector("#work")!.TextContent);
        Assert.Equal(HttpStatusCode.Conflict, (await county.PostAsync(form.GetAttribute("data-keep")!, typed)).Status);

        // More pieces than are offered: one is looked for without losing what is typed, and chosen.
        var (unit, item) = await InAsync(async (Db db) => (
            (await db.Units().SingleAsync(one => one.Code == "C1", Ct)).Id, await db.ItemsFor(Access.OfSystem(Setup), Right.Read).SingleAsync(one => one.NumberText == "第1项", Ct)));
        var pieces = Enumerable.Range(0, LineEvidence.Few + 2).Select(i => Piece.Create(item.ProgrammeId, unit, new($"Photo {i:00}", PieceKind.Photo), clock.GetUtcNow(), new(2026, 3, 26))).ToList();
        await HaveAsync([.. pieces, .. pieces.Select(piece => PieceUse.Of(piece, item.Id))]);
        await OpenAsync(county, $"{own}?line=1");
        Assert.Equal(LineEvidence.Few, county.Page.QuerySelectorAll("input[name=e]").Length);
        await county.SubmitAsync("line", ("f1", "3.5"), ("work", "still typing"), ("problems", ""), ("next", ""), ("find", "photo 00"), ("step", "find"));
        Assert.Equal("still typing", county.Page.QuerySelector("#work")!.TextContent);
        Assert.Equal([$"{pieces[0].Id}"], county.Page.QuerySelectorAll("input[name=e]").Select(box => box.GetAttribute("value")));
        await county.SubmitAsync("line", ("f1", "3.5"), ("work", "built"), ("problems", ""), ("next", ""), ("e", $"{pieces[0].Id}"), ("step", "save"));
        await OpenAsync(county, $"{own}?line=1");
        Assert.Equal($"{pieces[0].Id}", county.Page.QuerySelector("input[name=e][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_deadline_is_asked_for_and_decided_on_pages()
    {
        var id = await InAsync((Db db) => db.ItemsFor(Office.Room, Right.Read).Where(item => item.NumberValue == 1 && item.Kind == ItemKind.Task).Select(item => item.Id).SingleAsync(Ct));
        using var county = await AsAsync("county");
        await OpenAsync(county, $"/items/{id}/deadlines");
        await OpenAsync(county, $"/items/{id}/deadline");
        Assert.Equal(HttpStatusCode.OK, (await county.SubmitAsync("deadline", ("to", "2026-12-31"), ("reason", "policy"), ("explanation", "the law came late"), ("approver", "The State Council"))).Status);
        Assert.Contains("现时限就是2026年12月31日", county.Text(".errs"), StringComparison.Ordinal);
        Assert.Equal("The State Council", county.Page.QuerySelector("#approver")!.GetAttribute("value"));
        var (_, request) = await county.SubmitAsync("deadline", ("to", "2027-06-30"), ("reason", "policy"), ("explanation", "the law came late"), ("approver", "The State Council"));
        await OpenAsync(county, request!);
        Assert.Null(county.Page.QuerySelector("#document"));
        Assert.Empty(county.Page.QuerySelectorAll("script:not([src]), style, [style]"));

        using var office = await AsAsync("office");
        await OpenAsync(office, "/p/r1/deadlines");
        Assert.Contains("政策原因", office.Text("table"), StringComparison.Ordinal);
        await OpenAsync(office, office.Page.QuerySelector("tbody a[href^='/deadlines/']")!.GetAttribute("href")!);
        Assert.Equal("方案的批准机关是The region，这份申请写的是The State Council。登记前请核对批准文件。", office.Text(".note-warn"));
        Assert.Equal(HttpStatusCode.OK, (await office.SubmitAsync("decide", ("day", "2026-03-26"), ("document", ""), ("remarks", ""), ("act", "agree"))).Status);
        Assert.Contains("请填批准文号", office.Text(".errs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await office.SubmitAsync("decide", ("day", "2026-03-26"), ("document", "国办函〔2026〕7号"), ("remarks", ""), ("act", "agree"))).Status);
        await OpenAsync(office, "/p/r1/deadlines?which=over");
        Assert.Contains("国办函〔2026〕7号", office.Text("table"), StringComparison.Ordinal);
        await OpenAsync(office, $"/items/{id}/deadlines");
        Assert.Contains("时限改过1次", office.Text(".head-sub"), StringComparison.Ordinal);
        await OpenAsync(office, "/p/r1/items");
        Assert.Contains("2027-06-30 时限改过1次", System.Text.RegularExpressions.Regex.Replace(office.Text("table"), @"\s+", " "), StringComparison.Ordinal);
        await OpenAsync(office, "/p/r1/deadlines/reasons");
        Assert.Contains("征地拆迁", office.Page.QuerySelector("#names")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await office.SubmitAsync("reasons", ("names", "政策原因\r\n汛期"))).Status);
        await InAsync(async (Db db) => Assert.Equal("policy\n汛期", (await db.DeadlineReasonsFor(Access.OfSystem(Setup)).SingleAsync(Ct)).Lines));
        using var neighbour = await AsAsync("neighbour");
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.OpenAsync(request!.Split('?')[0])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.OpenAsync($"/items/{id}/deadline")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.OpenAsync("/p/r1/deadlines/reasons")).Status);
    }

    [Fact]
    public async Task The_office_sets_a_cycle_and_bad_days_come_back_with_what_was_typed()
    {
        using var office = await AsAsync("office");
        await OpenAsync(office, "/p/r1/dispatch/cycles");
        Assert.Equal(HttpStatusCode.OK, (await office.SubmitAsync("monthly", ("active", "true"), ("monthly-opens", "3"), ("monthly-due", "1"), ("monthly-time", "18:00"), ("monthly-closes", "2"), ("monthly-count", "Calendar"), ("monthly-starts", "2026-03-01"))).Status);
        Assert.Contains("要依次排", office.Text(".errs"), StringComparison.Ordinal);
        Assert.Equal("3", office.Page.QuerySelector("#monthly-opens")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Found, (await office.SubmitAsync("monthly", ("active", "true"), ("monthly-opens", "-5"), ("monthly-due", "0"), ("monthly-time", "17:30"), ("monthly-closes", "2"), ("monthly-count", "Calendar"), ("monthly-starts", "2026-03-01"))).Status);
        await OpenAsync(office, "/p/r1/dispatch/cycles");
        Assert.Contains("2026年3月整改任务月调度于2026年3月26日开启，2026年3月31日17:30前报送，2026年4月2日关闭。", office.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task OpenAsync(Browser browser, string path)
    {
        var (status, location) = await browser.OpenAsync(path);
        Assert.True(status is HttpStatusCode.OK, $"{path}: {status} {location} {browser.Page.Body?.TextContent}");
    }

    private async Task<Browser> AsAsync(string name)
    {
        var browser = new Browser(app.GetTestServer());
        await browser.SignInAsync(name, Password);
        return browser;
    }

    private async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private Task HaveAsync(params object[] rows) => InAsync((IServiceProvider services) =>
    {
        services.GetRequiredService<Db>().AddRange(rows);
        return services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = Guid.CreateVersion7(), By = Setup, At = clock.GetUtcNow() }, Ct);
    });

    private async Task MakeAsync()
    {
        var units = new Dictionary<string, Unit>();
        foreach (var (code, above) in new[] { ("R", ""), ("P1", "R"), ("C1", "P1"), ("C2", "P1"), ("X", "") })
        {
            units[code] = Unit.Create(new(code, $"Unit {code}", UnitKind.Department), units.GetValueOrDefault(above));
            await HaveAsync(units[code]);
        }

        // A stranger in another tree would see everything there is: the duty has to stand below its top.
        units["X1"] = Unit.Create(new("X1", "Unit X1", UnitKind.Department), units["X"]);
        await HaveAsync(units["X1"]);
        foreach (var (name, unit, role) in new[]
        {
            ("office", "R", Role.Office), ("prefecture", "P1", Role.Responsible), ("county", "C1", Role.Responsible), ("neighbour", "C2", Role.Responsible),
            ("stranger", "X1", Role.Responsible),
        })
        {
            var person = Person.Create(null, units[unit].Id, $"Person {name}", "clerk");
            await HaveAsync(person);
            var account = await InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, name, Password, Setup, Ct));
            await InAsync((GiveDuty give) => give.RunAsync(account.Id, role, units[unit].Id, null, null, Setup, Ct));
        }

        var programme = Programme.Create("r1", new("Round one", units["R"].Id) { ApprovedBy = "The region" });
        programme.Approve(new(2026, 1, 5));
        var tree = new ItemTree();
        foreach (var (no, unit) in new[] { (1, "C1"), (2, "P1"), (3, "C2") })
        {
            var task = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"Task {no}.")
            {
                Deadline = new("2026年底前", DeadlineKind.Fixed, null, new DateOnly(2026, 12, 31), null),
            });
            tree.Items.Add(task);
            tree.Units.Add(new() { ItemId = task.Id, UnitId = units[unit].Id, Text = unit, Role = DraftRole.Lead, Order = 0 });
        }

        var plants = Item.Create(programme.Id, tree.Items[0], ItemKind.Measure, 1, new("1.", 1, "Build 9 plants."));
        plants.Measure("plants", "座", 1, 0, 90);
        tree.Items.Add(plants);
        tree.Milestones.Add(new() { ItemId = tree.Items[0].Id, No = 1, Text = "three plants run", Due = new(2026, 3, 31) });
        await InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            db.AddRange(tree.Milestones);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new Put { Subject = programme.Id, By = Setup, At = clock.GetUtcNow() }, Ct);
        });
    }
}
