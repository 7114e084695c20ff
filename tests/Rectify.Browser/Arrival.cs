using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Waits for the address that an act leads to; if it does not come, tells what the page says instead.</summary>
internal static class Arrival
{
    /// <param name="to">A glob.</param>
    /// <exception cref="TimeoutException">It did not come; with where the page is, its heading and its refusal.</exception>
    public static Task ArriveAsync(this IPage page, string to, PageWaitForURLOptions? options = null) => TellAsync(page, page.WaitForURLAsync(to, options), to);

    /// <inheritdoc cref="ArriveAsync(IPage, string, PageWaitForURLOptions?)" />
    public static Task ArriveAsync(this IPage page, Regex to, PageWaitForURLOptions? options = null) => TellAsync(page, page.WaitForURLAsync(to, options), $"{to}");

    /// <inheritdoc cref="ArriveAsync(IPage, string, PageWaitForURLOptions?)" />
    public static Task ArriveAsync(this IPage page, Func<string, bool> to) => TellAsync(page, page.WaitForURLAsync(to), "The address");

    private static async Task TellAsync(IPage page, Task arrival, string to)
    {
        try
        {
            await arrival;
        }
        catch (TimeoutException late)
        {
            var says = await page.Locator("h1, [role=alert]").AllInnerTextsAsync();
            throw new TimeoutException($"{to} did not come. At {page.Url}: {string.Join(" / ", says)}.", late);
        }
    }
}
