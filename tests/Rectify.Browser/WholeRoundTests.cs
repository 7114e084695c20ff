using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>
/// Two rounds from their opening to frozen figures, in real pages: a county reports, is sent back and mends; another reports by workbook, too late; others do
/// not report; the office closes; in the next round the county corrects what it had stated.
/// </summary>
/// <remarks>Its weeks are nobody else's on the server that all tests share.</remarks>
[Collection<InChromium>]
public sealed class WholeRoundTests(Chromium chromium) : IAsyncLifetime
{
    private const string Programme = "central-2017-round1";

    private Visitor office = null!;
    private Visitor prefecture = null!;
    private Visitor county = null!;
    private Visitor other = null!;

    public async ValueTask InitializeAsync()
    {
        office = await SignInAsync("office");
        prefecture = await SignInAsync("p09");
        county = await SignInAsync("c0903");
        other = await SignInAsync("c0203");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in new[] { office, prefecture, county, other }.Where(visitor => visitor is not null))
        {
            await visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_county_a_prefecture_and_the_office_go_through_a_whole_round_and_correct_it_in_the_next()
    {
        await HaveWorkAsync();
        await office.OpenAsync($"/p/{Programme}/dispatch");
        await office.CheckPageAsync("dispatch-rounds");
        await SetCycleAsync();
        await office.OpenAsync($"/p/{Programme}/dispatch/new");
        await office.CheckPageAsync("dispatch-new");
        var (first, firstTo) = await OpenRoundAsync(DateTime.Today.AddDays(-14));
        await office.CheckPageAsync("dispatch-round");
        var own = await OwnReturnAsync(county, first);

        // The county's first try: nothing said of the work, a draft is kept, a figure beyond its target is asked about, evidence is linked, a node is reached.
        await county.OpenAsync($"/p/{Programme}/dispatch");
        await county.Page.Locator($"main ul.rows a[href='{own}']").ClickAsync();
        await county.Page.Locator("#work").FillAsync("");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.Locator(".errs a[href='#work']").WaitForAsync();
        await county.CheckPageAsync("dispatch-return-errors");
        await county.OpenAsync(own);
        Assert.Matches(@"· 看任务$", (await county.Page.Locator("main .two p.sub").First.InnerTextAsync()).Trim());
        await county.Page.Locator("#work").FillAsync("两座处理厂");
        await county.Page.Locator("#problems").FocusAsync();
        await county.Page.Locator("[data-say]:has-text('已自动保存')").WaitForAsync();
        await county.Page.ReloadAsync();
        Assert.Equal("两座处理厂", await county.Page.Locator("#work").InputValueAsync());
        await county.CheckPageAsync("dispatch-return-draft");
        Assert.Contains("90", await county.Page.Locator("main table.inputs tbody tr").First.InnerTextAsync(), StringComparison.Ordinal); // the target
        await county.Page.Locator("#f1").FillAsync("95");
        await county.Page.Locator("#problems").FillAsync("设备到货晚。");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.Locator(".errs a[href='#f1']").WaitForAsync();
        await county.CheckPageAsync("round-beyond-target");
        await county.Page.Locator("#f1").FillAsync("30");
        await county.Page.Locator("#work").FillAsync("两座处理厂开工。");
        await county.Page.Locator("#n1").CheckAsync();
        await county.Page.Locator("#t1").FillAsync(Day(DateTime.Today.AddDays(-9)));
        await LinkEvidenceAsync();
        await county.CheckPageAsync("round-with-evidence");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.ArriveAsync("**done=saved");
        Assert.Equal(0, await county.Page.Locator(".errs").CountAsync());
        await county.OpenAsync($"{own}/submission");
        await county.CheckPageAsync("round-submission");
        await SubmitAsync(county, own);
        await county.CheckPageAsync("dispatch-submitted");
        await county.OpenAsync($"{own}/recall");
        await county.CheckPageAsync("dispatch-recall");
        await county.Page.Locator("main form button").ClickAsync();
        await county.Page.ArriveAsync("**done=recalled");
        await SubmitAsync(county, own);

        // Sent back with remarks, mended, handed on, accepted.
        await prefecture.OpenAsync($"{own}/review");
        foreach (var stated in new[] { @"30\s*座", "两座处理厂开工。", "合同扫描件", "节点" })
        {
            Assert.Matches(stated, await prefecture.Page.Locator("main").InnerTextAsync());
        }

        await prefecture.CheckPageAsync("dispatch-review");
        await prefecture.Page.Locator("button[value=SendBack]").ClickAsync(); // without remarks
        await prefecture.Page.Locator(".errs a[href='#note']").WaitForAsync();
        await prefecture.CheckPageAsync("round-remarks-missing");
        await prefecture.Page.Locator("#note").FillAsync("少报了一批，请核对");
        await prefecture.Page.Locator("button[value=SendBack]").ClickAsync();
        await prefecture.Page.ArriveAsync($"**{first}*done=SendBack");
        Assert.Contains("已退回", await prefecture.Page.Locator("main .note-ok").InnerTextAsync(), StringComparison.Ordinal);
        await county.OpenAsync(own);
        Assert.Contains("少报了一批，请核对", await county.Page.Locator(".note").First.TextContentAsync(), StringComparison.Ordinal);
        await county.CheckPageAsync("round-sent-back");
        await county.Page.Locator("#f1").FillAsync("35");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.ArriveAsync("**done=saved");
        await SubmitAsync(county, own);
        await DecideAsync(prefecture, own, "PassUp");
        await DecideAsync(office, own, "Accept");
        await office.OpenAsync($"{first}?which=accepted");
        Assert.Equal(1, await office.Page.Locator("table tbody tr").CountAsync());

        // The other county fills in its workbook, but the hour passes before it submits.
        var late = await OwnReturnAsync(other, first);
        await FillWorkbookAsync(late);
        await PassDueAsync();
        await SubmitAsync(other, late);
        await office.OpenAsync($"{first}?which=late");
        Assert.Equal(1, await office.Page.Locator("table tbody tr").CountAsync());
        Assert.Equal(1, await office.Page.Locator($"table a[href='{late}']").CountAsync());
        await office.CheckPageAsync("round-late");
        await office.OpenAsync($"{first}?which=missing");
        Assert.NotEqual(0, await office.Page.Locator("table tbody tr:has-text('未报')").CountAsync());
        Assert.Equal(0, await office.Page.Locator($"table a[href='{own}'], table a[href='{late}']").CountAsync());
        await office.CheckPageAsync("round-missing");
        await office.CheckHeadsAsync();
        await office.OpenAsync($"/p/{Programme}/dispatch");
        await office.CheckHeadsAsync();

        // Closed: figures are fixed, table and bulletin are there.
        await office.OpenAsync($"{first}/closure");
        await office.CheckPageAsync("dispatch-closure");
        await CloseAsync(first);
        await county.OpenAsync(own);
        Assert.Equal(0, await county.Page.Locator("main form textarea").CountAsync());
        await county.CheckPageAsync("dispatch-return-closed");
        await office.OpenAsync($"{first}/table");
        Assert.Contains("两座处理厂开工。", await office.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await office.OpenAsync($"{first}/bulletin");
        await office.Page.Locator("main form .btn-primary").ClickAsync();
        await office.Page.Locator("article.doc-bulletin").WaitForAsync();
        foreach (var file in new[] { $"{first}/table.docx", $"{first}/table.pdf", $"{new Uri(office.Page.Url).AbsolutePath}/file.docx", $"{new Uri(office.Page.Url).AbsolutePath}/file.pdf" })
        {
            Assert.Equal(200, (await office.Page.APIRequest.GetAsync(file)).Status);
        }

        Assert.Equal(("35", "35", "一致"), await FigureAsync(firstTo));
        var before = await office.Page.APIRequest.GetAsync($"/api/rounds/{Id(first)}/table");

        // The next round: the figure went on, and what had been stated is corrected.
        var (second, secondTo) = await OpenRoundAsync(DateTime.Today.AddDays(-7));
        var next = await OwnReturnAsync(county, second);
        await county.OpenAsync(next);
        Assert.Equal("35", await county.Page.Locator("#f1").InputValueAsync()); // brought over
        await county.Page.Locator("#work").FillAsync("又开工一批。");
        await county.Page.Locator("#problems").FillAsync("无。");
        await county.Page.Locator("#f1").FillAsync("50");
        await county.Page.Locator("details:has(#c1) > summary").ClickAsync();
        await county.Page.Locator("#c1").FillAsync("33");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.Locator(".errs a[href='#c1']").WaitForAsync(); // a correction needs its reason
        await county.CheckPageAsync("round-correction-reason");
        await county.Page.Locator("#cr1").FillAsync("两座重复计算");
        await county.Page.Locator("button[value=save]").ClickAsync();
        await county.Page.ArriveAsync("**done=saved");
        Assert.Equal(0, await county.Page.Locator(".errs").CountAsync());
        await CorrectNodeAsync(next);
        await SubmitAsync(county, next);
        await prefecture.OpenAsync($"{next}/review");
        Assert.Matches("更正.*35.*改为33.*两座重复计算", await prefecture.Page.Locator("main").InnerTextAsync());
        await prefecture.CheckPageAsync("round-review-correction");
        await DecideAsync(prefecture, next, "PassUp");
        await DecideAsync(office, next, "Accept");
        await CloseAsync(second);

        // As stated and as known now, for either day; the first round stays as it was.
        Assert.Equal(("35", "33", "已更正为33座"), await FigureAsync(firstTo));
        await office.CheckPageAsync("round-figures-corrected");
        await office.CheckHeadsAsync();
        Assert.Equal(("50", "50", "一致"), await FigureAsync(secondTo));
        Assert.Equal((35m, 33m), await ApiFigureAsync(firstTo));
        Assert.Equal((50m, 50m), await ApiFigureAsync(secondTo));
        Assert.Equal(await before.TextAsync(), await (await office.Page.APIRequest.GetAsync($"/api/rounds/{Id(first)}/table")).TextAsync());
        await county.OpenAsync(own);
        Assert.Matches(@"35\s*座", await county.Page.Locator("main").InnerTextAsync());
        await DoubtClockAsync();
    }

    private async Task<Visitor> SignInAsync(string name)
    {
        var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync(name);
        return visitor;
    }

    // The county gets a part of one of its prefecture's tasks, and the office says what it is measured by. The other county has its part from the sample.
    private async Task HaveWorkAsync()
    {
        var part = await HavePartAsync(prefecture.Page, "C0903", "建设九十座处理厂");
        await office.OpenAsync($"/items/{part}/edit");
        await office.Page.Locator("#name").FillAsync("处理厂");
        await office.Page.Locator("#unit-of").FillAsync("座");
        await office.Page.Locator("#baseline").FillAsync("0");
        await office.Page.Locator("#target").FillAsync("90");
        await SaveAsync("quantity");
        await office.OpenAsync($"/items/{part}/edit");
        await office.Page.Locator("#node0").FillAsync("厂房封顶");
        await office.Page.Locator("input[name=due][type=date]").First.FillAsync(Day(DateTime.Today.AddDays(30)));
        await SaveAsync("nodes");
    }

    private async Task SaveAsync(string form)
    {
        await office.Page.Locator($"form:has(input[name=_handler][value={form}]) button").ClickAsync();
        await office.Page.ArriveAsync("**done=changed");
    }

    private static async Task<string> HavePartAsync(IPage page, string unit, string text)
    {
        var of = (await page.ReadAsync($"/api/units/{unit}")).GetProperty("id").GetString();
        var task = (await page.ReadAsync($"/api/programmes/{Programme}/items?status=overdue&status=behind&status=ontrack&status=notstarted")).GetProperty("items")[0].GetProperty("id").GetString();
        var made = await page.APIRequest.PostAsync($"/api/items/{task}/parts", new() { DataObject = new { kind = "SubTask", text, unit = of } });
        Assert.True(made.Ok, await made.TextAsync());
        return (await made.JsonAsync())!.Value.GetProperty("id").GetString()!;
    }

    private async Task SetCycleAsync()
    {
        await office.OpenAsync($"/p/{Programme}/dispatch/cycles");
        await office.Page.Locator("#weekly-active").CheckAsync();
        await office.Page.Locator("#weekly-opens").FillAsync("-1");
        await office.Page.Locator("#weekly-due").FillAsync("0");
        await office.Page.Locator("#weekly-closes").FillAsync("2");
        await office.Page.Locator("#weekly-time").FillAsync("17:30");
        await office.Page.Locator("#weekly-starts").FillAsync(Day(DateTime.Today.AddDays(14)));
        await office.Page.Locator("form:has(#weekly-active) button").ClickAsync();
        await office.Page.ArriveAsync("**done=weekly");
        Assert.Equal("17:30", await office.Page.Locator("#weekly-time").InputValueAsync());
        await office.CheckPageAsync("round-cycle-set");
    }

    // A round on a past week; its figures stand for the week's last day.
    private async Task<(string Round, DateTime To)> OpenRoundAsync(DateTime within)
    {
        await office.OpenAsync($"/p/{Programme}/dispatch/new");
        await office.Page.Locator("#kind").SelectOptionAsync("Weekly");
        await office.Page.Locator("#within").FillAsync(Day(within));
        await office.Page.Locator("#due").FillAsync(Day(DateTime.Today.AddDays(5)));
        await office.Page.Locator("#closes").FillAsync(Day(DateTime.Today.AddDays(9)));
        await office.Page.Locator("main form button").GoAsync();
        await office.Page.Locator("table tbody tr").First.WaitForAsync(new() { Timeout = 60_000 });
        var round = new Uri(office.Page.Url).AbsolutePath;
        return (round, DateTime.ParseExact((await office.Page.OpenedAsync(round)).GetProperty("to").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static async Task<string> OwnReturnAsync(Visitor unit, string round) =>
        $"/returns/{(await unit.Page.ReadAsync($"/api/rounds/{Id(round)}")).GetProperty("returns")[0].GetProperty("id").GetString()}";

    private async Task LinkEvidenceAsync()
    {
        await county.Page.Locator("button[value=evidence]").ClickAsync();
        await county.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "合同扫描件.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("施工合同") });
        await county.Page.Locator("#kind").SelectOptionAsync("Document");
        await county.CheckPageAsync("round-evidence-new");
        await county.Page.Locator("main form button.btn-primary").ClickAsync();
        await county.Page.Locator("#work").WaitForAsync(new() { Timeout = 120_000 }); // the file goes up first
        Assert.True(await county.Page.GetByLabel("合同扫描件").IsCheckedAsync());
        Assert.Equal("30", await county.Page.Locator("#f1").InputValueAsync()); // what was typed before is there
    }

    private static async Task SubmitAsync(Visitor unit, string own)
    {
        await unit.OpenAsync($"{own}/submission");
        await unit.Page.Locator("main form .btn-primary").ClickAsync();
        await unit.Page.ArriveAsync("**done=submitted");
    }

    // The day of the node that the first round states, on the page of corrections.
    private async Task CorrectNodeAsync(string own)
    {
        await county.OpenAsync($"{own}/corrections");
        await county.CheckAtTwoWidthsAsync();
        await county.Page.Locator("main form:has(#item) button").ClickAsync();
        await county.Page.Locator("label:has-text('厂房封顶')").ClickAsync();
        await county.Page.Locator("#on").FillAsync(Day(DateTime.Today.AddDays(-10)));
        await county.Page.Locator("main form:has(#on) .btn-primary").ClickAsync();
        await county.Page.Locator(".errs a[href='#reason']").WaitForAsync();
        await county.CheckAtTwoWidthsAsync();
        await county.Page.Locator("#reason").FillAsync("验收单上早一天");
        await county.Page.Locator("main form:has(#on) .btn-primary").ClickAsync();
        await county.Page.ArriveAsync("**done=saved");
        Assert.Contains("验收单上早一天", await county.Page.Locator("main form table").InnerTextAsync(), StringComparison.Ordinal);
        await county.CheckAtTwoWidthsAsync();
    }

    // As though the server's clock had jumped a month ahead: rounds stand still until the office says that the day is right.
    private async Task DoubtClockAsync()
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(chromium.Server.Data, "rectify.db")}");
        await db.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = db.CreateCommand();
        command.CommandText = """UPDATE "Cursor" SET "Next" = "Next" - 30 WHERE "Job" = 'RunRounds'""";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        await county.OpenAsync($"/p/{Programme}/dispatch");
        Assert.Equal((1, 0), (await county.Page.Locator("main .note-stop").CountAsync(), await county.Page.GetByRole(AriaRole.Button, new() { Name = "日期没有错" }).CountAsync()));
        await office.OpenAsync($"/p/{Programme}/dispatch");
        await office.CheckAtTwoWidthsAsync();
        await office.Page.GetByRole(AriaRole.Button, new() { Name = "日期没有错" }).ClickAsync();
        await office.Page.Locator("main .note-stop").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Contains("已恢复自动开启", await office.Page.Locator("main .note-ok").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task DecideAsync(Visitor reviewer, string own, string act)
    {
        await reviewer.OpenAsync($"{own}/review");
        await reviewer.Page.Locator($"button[value={act}]").ClickAsync();
        await reviewer.Page.ArriveAsync("**/dispatch/**");
    }

    private async Task FillWorkbookAsync(string own)
    {
        var file = await WorkbookTests.DownloadAsync(other.Page, $"{own}/workbook");
        await WorkbookTests.UploadAsync(other.Page, WorkbookTests.Edit(
            file, ("Percent", "60"), ("Work", "表里填的进展。"), ("Problems", "无。"), ("Checked", "是")));
        await other.Page.Locator("main form .btn-primary").WaitForAsync();
        Assert.Contains("表里填的进展。", await other.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await other.Page.Locator("main form .btn-primary").ClickAsync();
        await other.Page.ArriveAsync("**/workbook?saved=1");
        await other.OpenAsync($"{own}?line=1");
        Assert.Equal("60", await other.Page.Locator("#percent").InputValueAsync());
    }

    // No one can make a round that was due already, and no test waits for an hour: the round's due moment is set to now, where the server keeps it.
    private async Task PassDueAsync()
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(chromium.Server.Data, "rectify.db")}");
        await db.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = db.CreateCommand();
        command.CommandText = """UPDATE "DispatchRound" SET "DueAt" = @now, "DueOn" = @today WHERE "Kind" = 'Weekly' AND "State" = 'Open'""";
        command.Parameters.AddWithValue("@now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("@today", Day(DateTime.Today));
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task CloseAsync(string round)
    {
        await office.OpenAsync($"{round}/closure");
        await office.Page.Locator("main form button").ClickAsync();
        await office.Page.ArriveAsync("**done=closed");
    }

    // As stated, as known now, and what the page says of the two.
    private async Task<(string Stated, string Known, string State)> FigureAsync(DateTime on)
    {
        await office.OpenAsync($"/p/{Programme}/dispatch/figures?on={Day(on)}");
        var cells = await office.Page.Locator("table tbody tr:has(td:text-is('处理厂')) td").AllInnerTextsAsync();
        return (cells[1].Trim().Replace("座", "", StringComparison.Ordinal), cells[3].Trim().Replace("座", "", StringComparison.Ordinal), cells[4].Trim());
    }

    private async Task<(decimal Stated, decimal Known)> ApiFigureAsync(DateTime on)
    {
        var row = (await office.Page.ReadAsync($"/api/programmes/{Programme}/figures?on={Day(on)}")).EnumerateArray().Single(row => row.GetProperty("name").GetString() == "处理厂");
        return (row.GetProperty("stated").GetDecimal(), row.GetProperty("known").GetDecimal());
    }

    private static string Id(string path) => path.Split('/')[^1];

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
