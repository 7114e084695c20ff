using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Evidence in a browser: a file sent over a line that breaks, and every page clean at every width.</summary>
[Collection<InChromium>]
public sealed class EvidenceTests(Chromium chromium)
{
    private const string Task = "/p/central-2017-round1/items/29";

    [Fact]
    public async Task A_cut_upload_goes_on_where_it_stopped_and_the_form_waits_for_it()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync(Task);
        await visitor.Page.Locator("a[href$='/evidence']").GoAsync();
        await visitor.CheckPageAsync("evidence-none");
        await visitor.Page.Locator("a[href$='/evidence/new']").GoAsync();
        await visitor.CheckPageAsync("evidence-new");

        await DropFolderAsync(visitor);
        await visitor.Page.ReloadAsync();

        // The line breaks at the second and the fourth piece.
        var (pieces, offsets) = (0, new List<string>());
        await visitor.Page.RouteAsync("**/api/uploads/*", async route =>
        {
            if (route.Request.Method != "PATCH")
            {
                await route.ContinueAsync();
                return;
            }

            if (++pieces is 2 or 4)
            {
                await route.AbortAsync("aborted");
                return;
            }

            offsets.Add(route.Request.Headers["upload-offset"]);
            await route.ContinueAsync();
        });
        await visitor.Page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "scan.bin", MimeType = "image/jpeg", Buffer = new byte[20 * 1_048_576] });
        await visitor.Page.Locator("#kind").SelectOptionAsync("Photo");
        await visitor.Page.Locator("#title").FillAsync("Sent in pieces");
        await visitor.Page.Locator("main form button.btn-primary").ClickAsync(); // the form waits for the file
        await visitor.Page.Locator(".note-ok").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(["0", "8388608", "16777216"], offsets);

        await visitor.CheckPageAsync("evidence-list");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sent in pieces" }).ClickAsync();
        await visitor.Page.Locator("#history").WaitForAsync();
        await visitor.CheckPageAsync("evidence-piece");
        foreach (var (path, name) in new[] { ("/edit", "evidence-edit"), ("/version", "evidence-version"), ("/withdrawal", "evidence-withdrawal") })
        {
            var piece = new Uri(visitor.Page.Url).AbsolutePath.Split('/')[2];
            Assert.Equal(200, await visitor.OpenAsync($"/evidence/{piece}{path}"));
            await visitor.CheckPageAsync(name);
        }

        Assert.Equal(200, await visitor.OpenAsync("/evidence/checks"));
        await visitor.CheckPageAsync("evidence-checks");
    }

    [Fact]
    public async Task A_phone_s_camera_is_a_field_of_its_own_and_its_picture_becomes_evidence()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.SignInAsync("office");
        await visitor.OpenAsync("/p/central-2017-round1/items/33");
        await visitor.OpenAsync($"{new Uri(visitor.Page.Url).AbsolutePath}/evidence/new");
        var camera = visitor.Page.Locator("#camera");
        Assert.Equal(("image/*", "environment"), (await camera.GetAttributeAsync("accept"), await camera.GetAttributeAsync("capture")));
        Assert.False(await camera.IsVisibleAsync()); // a desk has none
        await visitor.Page.SetViewportSizeAsync(390, 844);
        Assert.True(await camera.IsVisibleAsync());

        var sent = new List<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/uploads", StringComparison.Ordinal))
            {
                sent.Add(request.Method);
            }
        };
        var picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
        await camera.SetInputFilesAsync(new FilePayload { Name = "IMG_0001.png", MimeType = "image/png", Buffer = picture });
        await Assertions.Expect(visitor.Page.Locator("[data-list] input[name=upload]")).ToHaveCountAsync(1);
        Assert.Equal(["POST", "PATCH"], sent.Where(method => method is "POST" or "PATCH")); // tus
        await visitor.Page.Locator("#kind").SelectOptionAsync("Photo");
        await visitor.Page.Locator("#title").FillAsync("Taken on site");
        await visitor.Page.Locator("main form button.btn-primary").ClickAsync();
        await visitor.Page.Locator(".note-ok").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Taken on site" }).First.ClickAsync();
        await visitor.Page.Locator("#history").WaitForAsync();

        var file = await visitor.Page.Locator("a[href*='/file']").First.GetAttributeAsync("href");
        Assert.Equal(picture, await (await visitor.Page.APIRequest.GetAsync(file!)).BodyAsync());
        visitor.CheckQuiet();
    }

    // A folder that is dropped is walked through; what a system hides in it stays behind.
    private static async Task DropFolderAsync(Visitor visitor)
    {
        var folder = Directory.CreateTempSubdirectory("rectify-drop");
        try
        {
            var below = folder.CreateSubdirectory("现场").CreateSubdirectory("一期");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "甲.txt"), "one");
            await File.WriteAllTextAsync(Path.Combine(below.FullName, "乙.txt"), "two");
            await File.WriteAllTextAsync(Path.Combine(below.FullName, ".hidden"), "three");
            var box = visitor.Page.Locator("[data-tus]");
            await box.ScrollIntoViewIfNeededAsync();
            var place = (await box.BoundingBoxAsync())!;
            var browser = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
            foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
            {
                await browser.SendAsync("Input.dispatchDragEvent", new()
                {
                    ["type"] = type,
                    ["x"] = place.X + 20,
                    ["y"] = place.Y + 20,
                    ["data"] = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = new[] { folder.FullName }, ["dragOperationsMask"] = 1 },
                });
            }

            await Assertions.Expect(box.Locator("[data-list] input[name=upload]")).ToHaveCountAsync(2);
            Assert.Equal(["乙.txt", "甲.txt"], (await box.Locator("[data-list] li > span:not(.sub)").AllTextContentsAsync()).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
