using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>One server and one browser for all tests of the collection; each test opens pages of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private Server server = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        server = await Server.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("RECTIFY_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Quiet,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>The server that all tests share.</summary>
    internal Server Server => server;

    /// <summary>A fresh visitor: no cookies, 1366×768, Chinese.</summary>
    /// <param name="address">Another way to the server, or another server.</param>
    public async Task<Visitor> VisitAsync(string language = "zh-CN", Uri? address = null, bool scripts = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = (address ?? server.Address).ToString(),
            ViewportSize = new() { Width = 1366, Height = 768 },
            Locale = language,
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(60_000);
        return new(context, await context.NewPageAsync());
    }
}

[CollectionDefinition]
public sealed class InChromium : ICollectionFixture<Chromium>;
