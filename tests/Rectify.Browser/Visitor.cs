using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>Someone at a browser window, and what the browser complained of meanwhile.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>The sample accounts' password.</summary>
    internal const string SamplePassword = "rectify-sample-1";

    /// <summary>The sample account of the rectification office.</summary>
    internal const string SampleAccount = "office";

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = [];

    internal Visitor(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            // The status of a page is its own business; tests read it from the answer.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text); // a breach of the content security policy is an error too
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") // a page left before its parts had come
            {
                complaints.Enqueue($"{request.Url}: {request.Failure}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
            {
                complaints.Enqueue($"{response.Url}: {response.Status}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Opens a path of the site and answers its status.</summary>
    public async Task<int> OpenAsync(string path) => (await Page.GotoAsync(path))!.Status;

    /// <summary>Follows a link by keyboard.</summary>
    public async Task FollowAsync(ILocator link)
    {
        var to = await link.EvaluateAsync<string>("link => link.href");
        await link.PressAsync("Enter");
        await Page.ArriveAsync(to);
    }

    /// <summary>Signs in with one of the sample accounts.</summary>
    public async Task SignInAsync(string name, string password = SamplePassword)
    {
        await OpenAsync("/signin");
        await Page.Locator("input[autocomplete~=username]").FillAsync(name);
        await Page.Locator("input[type=password]").FillAsync(password);
        await Page.Locator("input[type=password]").PressAsync("Enter");
        await Page.Locator(".who").WaitForAsync();
    }

    /// <summary>No finding of axe, however small, by WCAG 2.2 A and AA and best practice.</summary>
    public async Task CheckAxeAsync()
    {
        var result = await Page.RunAxe();
        var found = string.Join('\n',
            from finding in result.Violations
            from node in finding.Nodes
            select $"{Page.Url}: {finding.Impact}, {finding.Id}, {finding.Help}: {node.Html}");
        Assert.True(found.Length == 0, found);
    }

    /// <summary>Nothing reaches past the side of the window at widths from a small phone to a large screen.</summary>
    public async Task CheckWidthsAsync(params int[] widths)
    {
        foreach (var width in widths.Length > 0 ? widths : [320, 390, 832, 1024, 1366, 1920])
        {
            await Page.SetViewportSizeAsync(width, 800);
            var beyond = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(beyond <= 0, $"{Page.Url} at {width}: {beyond} pixels beyond the side");
        }

        await Page.SetViewportSizeAsync(1366, 768);
    }

    /// <summary>The head of every column of a table stands over it: aligned as the cells below.</summary>
    public async Task CheckHeadsAsync() => Assert.Empty(await Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll("main table.tb")].flatMap(table => {
          const heads = [...table.querySelectorAll("thead tr:first-child > *")];
          const cells = [...(table.querySelector("tbody tr")?.children ?? [])];
          return heads.length === cells.length ? heads.filter((head, i) => getComputedStyle(head).textAlign !== getComputedStyle(cells[i]).textAlign).map(head => head.innerText) : [];
        })
        """));

    /// <summary>Errors in the console, failed requests and breaches of the content security policy so far: none.</summary>
    public void CheckQuiet() => Assert.Empty(complaints);

    /// <summary>Everything that every page must stand, and its pictures.</summary>
    public async Task CheckPageAsync(string name)
    {
        await CheckAxeAsync();
        await CheckWidthsAsync();
        await CheckTextsAsync();
        await ShotAsync(name);
        CheckQuiet();
    }

    /// <summary>The same at a phone's width and a desk's, without pictures: for pages that change little.</summary>
    public async Task CheckAtTwoWidthsAsync()
    {
        await CheckAxeAsync();
        await CheckWidthsAsync(390, 1366);
        await CheckTextsAsync();
        CheckQuiet();
    }

    /// <summary>No text was shown before its places were filled.</summary>
    private async Task CheckTextsAsync() => Assert.DoesNotMatch(@"\{\d+[}:]", await Page.InnerTextAsync("body"));

    /// <summary>Pictures at 1366×768 and 390×844 into the folder RECTIFY_SHOTS, if that is set.</summary>
    public async Task ShotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("RECTIFY_SHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (width, height) in new[] { (390, 844), (1366, 768) })
        {
            await Page.SetViewportSizeAsync(width, height);
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = width == 390 });
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
