using System.Text.Json;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Importing plans: the whole way by keyboard, then the revised plan and its difference.</summary>
[Collection<InChromium>]
public sealed class PlanTests(Chromium chromium)
{
    private const string Plan = "/p/central-2017-round1/plan";

    [Fact]
    public async Task A_plan_is_imported_by_keyboard_alone_and_the_revised_one_compared()
    {
        await using var visitor = await chromium.VisitAsync();
        var page = visitor.Page;
        await visitor.SignInAsync("office");
        Assert.Equal(200, await visitor.OpenAsync(Plan));
        await visitor.CheckPageAsync("plan");
        await visitor.OpenAsync($"{Plan}/1");
        await visitor.CheckPageAsync("plan-version");

        await ReadAsync(visitor, "整改方案.docx");
        await visitor.CheckPageAsync("plan-preview");
        await page.Keyboard.PressAsync("Alt+KeyN");
        Assert.NotNull(await page.EvaluateAsync<string?>("document.activeElement.closest('[data-doubt]')?.tagName ?? (document.querySelector('[data-doubt]') ? null : 'none')"));

        await TabToAsync(page, "textarea[name=goal]");
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("（核对）");
        await TabToAsync(page, "button[value=next]");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**done=saved");
        await TabToAsync(page, "a[href$='/confirm']");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/confirm");
        await visitor.CheckPageAsync("plan-confirm");
        await TabToAsync(page, "main form button");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**done=confirmed");
        Assert.Contains("项任务，成为第2版。", await page.Locator(".note-ok").TextContentAsync(), StringComparison.Ordinal);
        await visitor.CheckPageAsync("plan-confirmed");

        await ReadAsync(visitor, "整改方案（修订）.docx");
        await TabToAsync(page, "a[href$='/difference']");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/difference");
        var differences = string.Concat((await page.Locator(".diff").AllTextContentsAsync()).Select(Plain));
        Assert.All(Revised(), text => Assert.Contains(Plain(text), differences.Replace("原来：", "", StringComparison.Ordinal).Replace("现在：", "", StringComparison.Ordinal), StringComparison.Ordinal));
        await visitor.CheckPageAsync("plan-difference");
    }

    [Fact]
    public async Task A_file_too_large_is_refused_before_it_is_sent()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync($"{Plan}/import");
        await visitor.CheckPageAsync("plan-import");
        var large = Path.Combine(Path.GetTempPath(), $"rectify-large-{Environment.ProcessId}.pdf");
        await using (var file = File.Create(large))
        {
            file.SetLength(200L << 20); // sparse
        }

        try
        {
            await visitor.Page.Locator("#file").SetInputFilesAsync(large);
            Assert.Contains("64 MB", await visitor.Page.Locator("#file").EvaluateAsync<string>("field => field.validationMessage"), StringComparison.Ordinal);
            Assert.False(await visitor.Page.Locator("main form").First.EvaluateAsync<bool>("form => form.checkValidity()"));
        }
        finally
        {
            File.Delete(large);
        }
    }

    private static async Task ReadAsync(Visitor visitor, string file)
    {
        await visitor.OpenAsync($"{Plan}/import");
        await visitor.Page.Locator("#file").SetInputFilesAsync(Path.Combine(Samples, file));
        await visitor.Page.Locator("#file").FocusAsync();
        await TabToAsync(visitor.Page, "main form button");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.ArriveAsync("**done=read");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 900; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"Tab never comes to {selector}.");
    }

    // Texts that are new, whole where a field is short and so shown whole.
    private static IEnumerable<string> Revised()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Samples, "data", "revision.json")));
        foreach (var change in file.RootElement.GetProperty("changes").EnumerateArray())
        {
            var to = change.GetProperty("to");
            if (to.ValueKind is JsonValueKind.Object && to.TryGetProperty("text", out var text) && text.GetString()!.Length < 20)
            {
                yield return text.GetString()!;
            }
        }

        // Task 35 gains a measure, task 79 a size, task 8 three steps in the place of two.
        yield return "每年9月底前更新应急减排清单并向社会公布";
        yield return "不小于3000立方米的";
        yield return "通水";
    }

    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Samples { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../samples/yunling"));

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
