using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>A prefecture downloads its return as a workbook, fills it in, sees what is wrong in which cell, mends it, sees the changes and confirms; a stale one is refused.</summary>
[Collection<InChromium>]
public sealed class WorkbookTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_workbook_goes_out_comes_back_with_errors_is_mended_and_confirmed()
    {
        await using var office = await chromium.VisitAsync();
        await using var unit = await chromium.VisitAsync();
        await using var other = await chromium.VisitAsync();
        await office.SignInAsync("office");
        await unit.SignInAsync("p02");
        await other.SignInAsync("p05");
        var own = await HaveReturnAsync(office, unit);

        await unit.OpenAsync(own);
        await unit.Page.Locator($"a[href='{own}/workbook']").ClickAsync();
        await unit.Page.Locator("#file").WaitForAsync();
        await unit.CheckPageAsync("workbook");
        var file = await DownloadAsync(unit.Page);
        await unit.Page.Locator("main form button").ClickAsync(); // the browser itself asks for a file
        Assert.EndsWith("/workbook", new Uri(unit.Page.Url).AbsolutePath, StringComparison.Ordinal);

        // Wrong: a word that is not on the list, a title that was changed.
        await UploadAsync(unit.Page, Edit(file, ("Checked", "也许"), ("Item", "别的任务"), ("Work", "开工建设"), ("Problems", "设备到货晚")));
        await unit.Page.Locator("main table.tb").WaitForAsync();
        var errors = await unit.Page.Locator("main table.tb tbody tr").AllInnerTextsAsync();
        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Matches("填报![A-Z]5", error));
        Assert.Contains(errors, error => error.Contains("“也许”不在选项里。请选“是”或“否”。", StringComparison.Ordinal));
        Assert.False(await unit.Page.Locator("main form").IsVisibleAsync());
        await unit.CheckPageAsync("workbook-errors");

        // Mended.
        await unit.OpenAsync($"{own}/workbook");
        var right = Edit(file, ("Checked", "是"), ("Work", "开工建设，完成土建。"), ("Problems", "设备到货晚。"));
        await UploadAsync(unit.Page, right);
        await unit.Page.Locator("main form .btn-primary").WaitForAsync();
        Assert.Contains("开工建设，完成土建。", await unit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await unit.CheckPageAsync("workbook-preview");
        await unit.Page.Locator("main form .btn-primary").ClickAsync();
        await unit.Page.ArriveAsync("**/workbook?saved=1");
        await unit.CheckPageAsync("workbook-saved");
        await unit.OpenAsync($"{own}?line=1");
        Assert.Equal("开工建设，完成土建。", await unit.Page.Locator("#work").InputValueAsync());

        // Someone saves the item on the page: the workbook that was downloaded before is stale.
        file = await DownloadAsync(unit.Page, $"{own}/workbook");
        await unit.OpenAsync($"{own}?line=1");
        await unit.Page.Locator("#work").FillAsync("页面上改的");
        await unit.Page.Locator("button[value=save]").ClickAsync();
        await unit.Page.ArriveAsync("**done=saved");
        await unit.OpenAsync($"{own}/workbook");
        await UploadAsync(unit.Page, Edit(file, ("Work", "表里改的")));
        await unit.Page.Locator("main .note-stop").WaitForAsync();
        Assert.Contains("页面上改的", await unit.Page.Locator("main section.sheet").First.InnerTextAsync(), StringComparison.Ordinal);
        await unit.CheckPageAsync("workbook-stale");
        await unit.Page.Context.AddCookiesAsync([new() { Name = Rectify.Platform.Text.Language.Cookie, Value = "en", Url = new Uri(unit.Page.Url).GetLeftPart(UriPartial.Authority) }]);
        await unit.Page.ReloadAsync();
        await unit.CheckPageAsync("workbook-stale-en");
        await unit.OpenAsync($"{own}/workbook");
        await unit.CheckPageAsync("workbook-en");

        // Over the API, and what is not theirs.
        var api = $"/api{own}/workbook";
        var answer = await unit.Page.APIRequest.GetAsync(api);
        Assert.Equal((200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (answer.Status, answer.Headers["content-type"]));
        var looked = await PostAsync(unit.Page, $"{api}/preview", Edit(await answer.BodyAsync(), ("Work", "接口提交")));
        Assert.True(looked.Ok, await looked.TextAsync());
        var preview = (await looked.JsonAsync())!.Value;
        Assert.True(preview.GetProperty("mayConfirm").GetBoolean());
        var confirmed = await unit.Page.APIRequest.PostAsync(
            $"{api}/{preview.GetProperty("upload").GetString()}/confirmation", new() { DataObject = new { seal = preview.GetProperty("seal").GetString() } });
        Assert.Equal(1, (await confirmed.JsonAsync())!.Value.GetProperty("lines").GetInt32());
        Assert.Equal(422, (await PostAsync(unit.Page, $"{api}/preview", "no workbook"u8.ToArray())).Status);
        Assert.Equal(404, (await office.Page.APIRequest.GetAsync(api)).Status);
        Assert.Equal(404, await other.OpenAsync($"{own}/workbook"));
    }

    private static async Task<string> HaveReturnAsync(Visitor office, Visitor unit)
    {
        // A month: other tests of this server open weeks and a quarter, and close them, which an earlier one of their kind would stand in the way of.
        var today = DateTime.Today;
        var opened = await office.Page.APIRequest.PostAsync($"/api/programmes/{Programme}/rounds", new()
        {
            DataObject = new { kind = "Monthly", within = Day(today.AddMonths(-6)), due = Day(today.AddDays(5)), closes = Day(today.AddDays(9)) },
        });
        Assert.True(opened.Ok, await opened.TextAsync());
        var round = (await opened.JsonAsync())!.Value.GetProperty("id").GetString()!;
        await office.Page.OpenedAsync(round);
        return $"/returns/{(await unit.Page.ReadAsync($"/api/rounds/{round}")).GetProperty("returns")[0].GetProperty("id").GetString()}";
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static async Task<byte[]> DownloadAsync(IPage page, string? from = null)
    {
        if (from is not null)
        {
            await page.GotoAsync(from);
        }

        var waiting = page.WaitForDownloadAsync();
        await page.Locator("main a[download]").ClickAsync();
        var download = await waiting;
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is { Length: > 0 } folder)
        {
            await download.SaveAsAsync(Path.Combine(folder, "workbook.xlsx"));
        }

        return await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }

    internal static async Task UploadAsync(IPage page, byte[] file)
    {
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "填报表.xlsx", MimeType = "application/octet-stream", Buffer = file });
        await page.Locator("main form .btn-primary").ClickAsync();
    }

    private static Task<IAPIResponse> PostAsync(IPage page, string path, byte[] file)
    {
        var form = page.APIRequest.CreateFormData();
        form.Set("file", new FilePayload { Name = "f.xlsx", MimeType = "application/octet-stream", Buffer = file });
        return page.APIRequest.PostAsync(path, new() { Multipart = form });
    }

    // Types into the first item's cells; the locks keep nobody from it who uses a program of their own.
    internal static byte[] Edit(byte[] file, params (string Column, string Text)[] cells)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var book = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var sheet = book.WorkbookPart!.WorksheetParts.Select(part => part.Worksheet!)
                .Single(sheet => sheet.Descendants<Cell>().Any(cell => cell.CellReference == "A3" && cell.InnerText == "rectify:lines"));
            foreach (var (column, text) in cells)
            {
                var letters = sheet.Descendants<Cell>().Single(cell => cell.CellReference!.Value!.EndsWith('3') && cell.CellReference.Value.Length == 2 && cell.InnerText == column).CellReference!.Value![..1];
                var cell = sheet.Descendants<Cell>().Single(cell => cell.CellReference == $"{letters}5");
                cell.RemoveAllChildren();
                cell.DataType = CellValues.InlineString;
                cell.InlineString = new InlineString(new Text(text));
            }
        }

        return stream.ToArray();
    }
}
