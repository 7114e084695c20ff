using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>The dossier in a browser: its pages at every width, and the page of a package that checks itself from the folder, without a server.</summary>
[Collection<InChromium>]
public sealed class DossierTests(Chromium chromium)
{
    [Fact(Explicit = true)] // minutes long: bench/soak runs it
    public async Task A_package_checks_itself_offline_and_finds_what_was_tampered_with()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync("/p/central-2017-round1/items/31");
        var item = new Uri(visitor.Page.Url).AbsolutePath;
        // The second is larger than what the page hands to WebCrypto as a whole.
        foreach (var (title, kind, size) in new[] { ("整改方案", "Plan", 5_000), ("调度视频", "Video", 34 * 1_048_576) })
        {
            await visitor.OpenAsync($"{item}/evidence/new");
            await visitor.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = $"{kind}.bin", MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(new string(kind[0], size)) });
            await visitor.Page.Locator("#kind").SelectOptionAsync(kind);
            await visitor.Page.Locator("#title").FillAsync(title);
            await visitor.Page.Locator("main form button.btn-primary").ClickAsync();
            await visitor.Page.Locator(".note-ok").WaitForAsync(new() { Timeout = 60_000 });
        }

        await visitor.OpenAsync($"{item}/dossier");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator("a[href*='dossier.zip']").ClickAsync());
        var folder = Directory.CreateTempSubdirectory("rectify-package-").FullName;
        try
        {
            var zip = Path.Combine(folder, "package.zip");
            await download.SaveAsAsync(zip);
            await ZipFile.ExtractToDirectoryAsync(zip, Path.Combine(folder, "unpacked"));
            var root = Directory.GetDirectories(Path.Combine(folder, "unpacked")).Single();
            await using var offline = await chromium.VisitAsync();
            await offline.Page.GotoAsync(new Uri(Path.Combine(root, "核对.html")).AbsoluteUri);
            Assert.Equal("ok", await CheckAsync(offline.Page, root));
            Assert.Equal(0, await offline.Page.Locator("tr[data-ok=false]").CountAsync());
            await offline.ShotAsync("package-check");

            var film = Directory.GetFiles(root, "*.bin", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
            await using (var file = File.OpenWrite(film))
            {
                file.Position = 1_000_000;
                file.WriteByte((byte)'v');
            }

            File.Delete(Directory.GetFiles(root, "*.bin", SearchOption.AllDirectories).MinBy(file => new FileInfo(file).Length)!);
            await File.WriteAllTextAsync(Path.Combine(root, "more.txt"), "more");
            Assert.Equal("bad", await CheckAsync(offline.Page, root));
            Assert.Equal(["不符", "没有找到", "目录中没有"], (await offline.Page.Locator("tr[data-ok=false] td:nth-child(2)").AllTextContentsAsync()).Order(StringComparer.Ordinal));
            offline.CheckQuiet();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Its_pages_and_the_one_that_lets_a_file_serve_twice_are_clean()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync("/p/central-2017-round1/items/32");
        var item = new Uri(visitor.Page.Url).AbsolutePath;
        foreach (var title in new[] { "整改方案", "同一份方案" }) // one file, handed in twice
        {
            await visitor.OpenAsync($"{item}/evidence/new");
            await visitor.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "plan.txt", MimeType = "text/plain", Buffer = "one plan for both"u8.ToArray() });
            await visitor.Page.Locator("#kind").SelectOptionAsync("Plan");
            await visitor.Page.Locator("#title").FillAsync(title);
            await visitor.Page.Locator("main form button.btn-primary").ClickAsync();
            await visitor.Page.Locator(".note-ok").WaitForAsync();
        }

        var programme = "/p/central-2017-round1/dossiers";
        await visitor.OpenAsync($"{programme}?which=lacking");
        await visitor.Page.Locator("tbody a[href$='/dossier']").First.ClickAsync();
        await visitor.Page.Locator("tbody a[href='#remind']").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "催交所缺材料" }).ClickAsync();
        await visitor.Page.ArriveAsync("**done=remind");
        Assert.Equal(0, await visitor.Page.Locator("tbody a[href='#remind']").CountAsync()); // once a day
        await visitor.CheckAtTwoWidthsAsync();
        await visitor.OpenAsync($"{item}/evidence?kind=Plan&order=title");
        var piece = await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "同一份方案" }).First.GetAttributeAsync("href");
        foreach (var path in new[]
        {
            $"{item}/dossier", $"{item}/dossier?which=lacking", $"{item}/dossier?which=measure", $"{item}/dossier?which=date", programme, $"{programme}/requirements", $"{programme}/requirements/edit", $"{programme}/requirements/edit?key=monitoring",
            $"{programme}/requirements/removal?key=monitoring", $"{item}/evidence?kind=Plan&order=title", $"{piece}/sharing",
        })
        {
            Assert.Equal(200, await visitor.OpenAsync(path));
            await visitor.CheckAtTwoWidthsAsync();
        }

        await visitor.Page.Locator("#reason").FillAsync("两项共用一份方案");
        await visitor.Page.Locator("main form button[type=submit], main form button:not([type])").First.ClickAsync();
        await visitor.Page.ArriveAsync($"**{piece}");
        Assert.Equal(200, await visitor.OpenAsync($"{piece}/sharing")); // now to take it back
        await visitor.CheckAtTwoWidthsAsync();
    }

    [Fact]
    public async Task Pages_stand_in_English_too()
    {
        await using var visitor = await chromium.VisitAsync("en");
        await visitor.SignInAsync("office");
        foreach (var (path, name) in new[] { ("/p/central-2017-round1/dossiers", "dossiers-en"), ("/p/central-2017-round1/dossiers/requirements", "requirements-en") })
        {
            Assert.Equal(200, await visitor.OpenAsync(path));
            await visitor.CheckPageAsync(name);
        }

        await visitor.OpenAsync("/p/central-2017-round1/items/31");
        Assert.Equal(200, await visitor.OpenAsync($"{new Uri(visitor.Page.Url).AbsolutePath}/dossier"));
        await visitor.CheckPageAsync("dossier-en");
    }

    private static async Task<string?> CheckAsync(IPage page, string root)
    {
        await page.Locator("#folder").SetInputFilesAsync(root);
        await page.Locator("#verdict[data-result]").WaitForAsync(new() { Timeout = 60_000 });
        return await page.Locator("#verdict").GetAttributeAsync("data-result");
    }
}
