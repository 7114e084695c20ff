using System.Security.Cryptography;
using Microsoft.Playwright;
using SkiaSharp;

namespace Rectify.Browser;

/// <summary>The command wall in a browser: its two sizes, its turns, news without a reload, a line that is cut, a session that ends.</summary>
[Collection<InChromium>]
public sealed class WallTests(Chromium chromium)
{
    private const string Path = "/p/central-2017-round1/wall";

    [Fact]
    public async Task It_is_read_at_both_sizes_and_changes_its_screens()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("leader");
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        var seen = new List<string>();
        foreach (var (width, height) in new[] { (1920, 1080), (3840, 2160), (1366, 768), (1600, 1200) })
        {
            await page.SetViewportSizeAsync(width, height);
            await visitor.OpenAsync($"{Path}?on=2019-03-31");
            Assert.Equal("58.5%", await page.Locator(".key").InnerTextAsync());
            Assert.Equal(94, await page.Locator(".cells .cell").CountAsync());
            Assert.Contains("逾期151天", await page.Locator(".rows li").First.InnerTextAsync(), StringComparison.Ordinal); // the worst stands first
            for (var screen = 0; screen < await page.Locator("[data-screen]").CountAsync(); screen++)
            {
                if (screen > 0)
                {
                    await page.Keyboard.PressAsync("ArrowRight");
                }

                // Nothing is cut or lies outside, and nothing is smaller than 24 units of 1/1080 of the height.
                Assert.Empty(await page.EvaluateAsync<string[]>("""
                    () => {
                      const unit = Math.min(innerHeight / 1080, innerWidth / 1920);
                      const wrong = [];
                      if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) wrong.push("the page scrolls");
                      for (const one of document.querySelectorAll("main *:not(.visually-hidden, title)")) {
                        const box = one.getBoundingClientRect();
                        if (!box.width || !box.height) continue;
                        const text = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
                        if (text && parseFloat(getComputedStyle(one).fontSize) < 24 * unit - 0.1) wrong.push(`small: ${one.outerHTML.slice(0, 90)}`);
                        if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) wrong.push(`outside: ${one.outerHTML.slice(0, 90)}`);
                        if (one.matches(".scr li, .scr p, .scr dd") && box.bottom > document.querySelector("main > footer").getBoundingClientRect().top + 1) wrong.push(`over the footer: ${one.innerText.slice(-20)}`);
                        if (text && !one.matches(".cut, .cut *") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0) wrong.push(`cut: ${one.outerHTML.slice(0, 90)}`);
                      }
                      return wrong;
                    }
                    """));
                // The words of a chart too are one part of 45 of the height at least.
                foreach (var chart in await page.Locator("[data-screen]:not([hidden]) img").AllAsync())
                {
                    Assert.InRange(
                        await chart.EvaluateAsync<double>("""
                            async img => { await img.decode(); return Number(new URL(img.src).searchParams.get("text")) * Math.min(img.clientWidth / img.naturalWidth, img.clientHeight / img.naturalHeight) / Math.min(innerHeight / 1080, innerWidth / 1920); }
                            """), 24, 40);
                }

                if (width >= 1920)
                {
                    await visitor.CheckAxeAsync();
                }

                var shot = width >= 1920 ? await page.ScreenshotAsync() : [];
                if (width >= 1920)
                {
                    seen.Add(Convert.ToHexString(SHA256.HashData(Looked(shot, width, height))));
                }

                if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is { Length: > 0 } folder && shot.Length > 0)
                {
                    await File.WriteAllBytesAsync(System.IO.Path.Combine(folder, $"wall-{screen + 1}-{width}.png"), shot, TestContext.Current.CancellationToken);
                }
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count()); // no screen looks like another, and none as it does at the other size
        Assert.True(seen.Count >= 16, $"{seen.Count} pictures");

        // Thirty seconds a screen, until somebody stops it; by key and by finger.
        var position = page.Locator("[data-position]");
        await page.Keyboard.PressAsync("ArrowRight");
        var first = await position.InnerTextAsync();
        Assert.Contains("第1屏", first, StringComparison.Ordinal);
        await page.Clock.FastForwardAsync(31_000);
        Assert.Contains("第2屏", await position.InnerTextAsync(), StringComparison.Ordinal);

        // The second time round a chart shows its second page.
        Assert.Contains("turn=2", await page.Locator("[data-screen=road-map] img").GetAttributeAsync("src"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Space");
        Assert.Equal("继续（空格键）", await page.Locator("[data-toggle]").InnerTextAsync());
        await page.Clock.FastForwardAsync(95_000);
        Assert.Contains("第2屏", await position.InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(first, await position.InnerTextAsync());
        await page.Locator("[data-next]").ClickAsync();
        Assert.Contains("第2屏", await position.InnerTextAsync(), StringComparison.Ordinal);

        // Whoever asked for little motion decides himself.
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await visitor.OpenAsync($"{Path}?on=2019-03-31");
        await page.Clock.FastForwardAsync(65_000);
        Assert.Contains("第1屏", await position.InnerTextAsync(), StringComparison.Ordinal);
        visitor.CheckQuiet();
    }

    // As it is seen: as large as the screen, ink in all parts of it but not everywhere, and none at its very edges.
    private static byte[] Looked(byte[] shot, int width, int height)
    {
        using var picture = SKBitmap.Decode(shot);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        var pixels = picture.Pixels;
        var ground = pixels[(height / 2 * width) + 1];
        var inked = new int[9];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                inked[(y * 3 / height * 3) + (x * 3 / width)] += pixels[(y * width) + x] == ground ? 0 : 1;
            }
        }

        Assert.All(inked, part => Assert.InRange(part, width * height / 9 / 400, width * height / 9 * 9 / 10));
        Assert.All(Enumerable.Range(0, height), y => Assert.True(pixels[y * width] == pixels[(y * width) + 3] && pixels[((y + 1) * width) - 1] == pixels[((y + 1) * width) - 4], $"something runs out of the side at {y}"));
        return picture.Bytes;
    }

    [Fact]
    public async Task A_figure_changes_after_an_act_and_a_cut_line_is_said_and_mended()
    {
        await using var server = await Server.StartAsync();
        await using var wall = await chromium.VisitAsync(address: server.Address);
        await wall.SignInAsync("leader");
        await using var office = await chromium.VisitAsync(address: server.Address);
        await office.SignInAsync("office");
        var page = wall.Page;
        await page.Clock.InstallAsync();
        await wall.OpenAsync(Path);
        await page.EvaluateAsync("window.stayed = true");
        var done = page.Locator(".scr p b").First;
        var before = int.Parse(await done.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await ReopenAsync(office);
        await Assertions.Expect(done).ToHaveTextAsync($"{before - 1}", new() { Timeout = 30_000 });

        // Without a line it says since when it is old; with one it goes on by itself, with what came meanwhile.
        await page.Context.SetOfflineAsync(true);
        await page.Clock.FastForwardAsync(50_000);
        await Assertions.Expect(page.Locator("[data-age].stale")).ToContainTextAsync("连接中断", new() { Timeout = 30_000 });
        Assert.Matches(@"\d{4}-\d\d-\d\d \d\d:\d\d", await page.Locator("[data-age]").InnerTextAsync());
        if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is { Length: > 0 } folder)
        {
            await page.SetViewportSizeAsync(1920, 1080);
            await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(folder, "wall-cut-1920.png") });
        }

        await ReopenAsync(office);
        await page.Context.SetOfflineAsync(false);
        await page.Clock.FastForwardAsync(6_000);
        await Assertions.Expect(page.Locator("[data-age]:not(.stale)")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(done).ToHaveTextAsync($"{before - 2}", new() { Timeout = 30_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.stayed")); // it was never loaded again

        // Signed out: it says so plainly, and where to sign in.
        await page.Context.ClearCookiesAsync();
        await ReopenAsync(office);
        await Assertions.Expect(page.Locator("[data-age].stale a")).ToHaveTextAsync("重新登录", new() { Timeout = 30_000 });
        Assert.Contains("已退出登录", await page.Locator("[data-age]").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>A server that is killed and comes back, by the clock of the wall. Takes most of a minute.</summary>
    [Fact(Explicit = true)]
    public async Task A_wall_outlives_its_server()
    {
        await using var server = await Server.StartAsync();
        await using var wall = await chromium.VisitAsync(address: server.Address);
        await wall.SignInAsync("leader");
        await wall.OpenAsync(Path);
        await server.KillAsync();
        await Assertions.Expect(wall.Page.Locator("[data-age].stale")).ToContainTextAsync("连接中断", new() { Timeout = 30_000 });
        await server.RunAsync();
        await Assertions.Expect(wall.Page.Locator("[data-age]:not(.stale)")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    // Takes one more closed task up again.
    private static async Task ReopenAsync(Visitor office)
    {
        var request = office.Page.APIRequest;
        var list = (await (await request.GetAsync("/api/programmes/central-2017-round1/items?status=closed&status=standing")).JsonAsync())!.Value;
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var answer = await request.PostAsync($"/api/items/{item.GetProperty("id").GetString()}/facts", new()
            {
                DataObject = new[] { new { kind = "Reopened", on = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), note = "反弹", document = "督办〔2026〕1号" } },
            });
            if (answer.Ok)
            {
                return;
            }
        }

        Assert.Fail("No task could be taken up again.");
    }
}
