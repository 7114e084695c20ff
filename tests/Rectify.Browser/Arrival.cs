using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Waits for the address that an act leads to, and until that page is loaded; if it does not come, tells what the page says instead.</summary>
/// <remarks>
/// Asks again and again. Playwright's own waiting looks first and listens afterwards, and what comes between the two it never hears of. Source: https://github.com/microsoft/playwright-dotnet/issues/3364
/// </remarks>
internal static class Arrival
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="to">A whole address; <c>*</c> stands for anything within a segment of the path, <c>**</c> for anything.</param>
    /// <exception cref="TimeoutException">It did not come; with where the page is, its heading and its refusal.</exception>
    public static Task ArriveAsync(this IPage page, string to) => ArriveAsync(page, new Regex($"^{Regex.Escape(to).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"));

    /// <inheritdoc cref="ArriveAsync(IPage, string)" />
    public static Task ArriveAsync(this IPage page, Regex to) => ArriveAsync(page, to.IsMatch, $"{to}");

    /// <inheritdoc cref="ArriveAsync(IPage, string)" />
    public static Task ArriveAsync(this IPage page, Func<string, bool> to) => ArriveAsync(page, to, "The address");

    /// <summary>Clicks what opens another page or this one anew, and waits until that is loaded.</summary>
    public static async Task GoAsync(this ILocator link)
    {
        await link.Page.EvaluateAsync("window.left = true");
        await link.ClickAsync();
        await UntilAsync(link.Page, async () => await link.Page.EvaluateAsync<bool>("!window.left && document.readyState === 'complete'"), "Another page");
    }

    private static Task ArriveAsync(IPage page, Func<string, bool> to, string name) =>
        UntilAsync(page, async () => to(page.Url) && await page.EvaluateAsync<bool>("document.readyState === 'complete'"), name);

    private static async Task UntilAsync(IPage page, Func<Task<bool>> here, string name)
    {
        for (var waited = Stopwatch.StartNew(); !await HereAsync(); await Task.Delay(20))
        {
            if (waited.Elapsed > Patience)
            {
                var says = await page.Locator("h1, [role=alert]").AllInnerTextsAsync();
                throw new TimeoutException($"{name} did not come. At {page.Url}: {string.Join(" / ", says)}.");
            }
        }

        async Task<bool> HereAsync()
        {
            try
            {
                return await here();
            }
            catch (PlaywrightException gone) when (gone.Message.Contains("Execution context was destroyed", StringComparison.Ordinal))
            {
                return false; // it went on while it was asked
            }
        }
    }
}
