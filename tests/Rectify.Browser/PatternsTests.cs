using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rectify.Platform.Pages;
using Rectify.Platform.Web;

namespace Rectify.Browser;

/// <summary>Every shared part inside a full frame, in a browser; on a server of its own that has nothing but them.</summary>
[Collection<InChromium>]
public sealed class PatternsTests(Chromium chromium) : IAsyncLifetime
{
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddWeb();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddRazorComponents();
        builder.Services.AddNav(NavPlace.Main, "keys", "/patterns", 10);
        builder.Services.AddNav(NavPlace.Person, "keys", "/keys", 10);
        builder.Services.AddNav(NavPlace.Search, "keys", "/keys", 10);
        builder.Services.AddNav(NavPlace.Todo, "keys", "/keys", 10);
        app = builder.Build();
        app.UseSecurityHeaders();
        app.UseAntiforgery();
        app.Use((http, next) =>
        {
            var frame = http.RequestServices.GetRequiredService<PageFrame>();
            (frame.Address, frame.Today, frame.AsOf) = ("/patterns", new(2019, 4, 2), new(2019, 3, 31));
            frame.Programme = new("r1", "第一轮中央环境保护督察", "/patterns", 94);
            frame.Programmes = [frame.Programme];
            (frame.Reader, frame.Todo, frame.Register) = (new("甲", "自治区整改办"), 7, 48_213);
            return next(http);
        });
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(typeof(PatternsPage).Assembly);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_shared_part_is_accessible_and_fits_every_width(string language)
    {
        await using var visitor = await chromium.VisitAsync(language);
        Assert.Equal(200, await visitor.OpenAsync($"{app.Urls.Single()}/patterns"));
        await visitor.CheckPageAsync($"patterns-{language}");
        Assert.True(await visitor.Page.EvaluateAsync<bool>("document.activeElement.classList.contains('errs')"), "The summary has the focus.");

        await visitor.Page.Locator(".who summary").ClickAsync();
        await visitor.CheckAxeAsync();
        await visitor.ShotAsync($"patterns-menu-{language}");
        await visitor.Page.Keyboard.PressAsync("Escape");
        Assert.False(await visitor.Page.Locator(".who li").First.IsVisibleAsync());
    }

    [Fact]
    public async Task J_and_k_walk_through_the_rows()
    {
        await using var visitor = await chromium.VisitAsync();
        await visitor.OpenAsync($"{app.Urls.Single()}/patterns");
        foreach (var key in "jjjk")
        {
            await visitor.Page.Keyboard.PressAsync($"{key}");
        }

        Assert.Equal("notstarted", await visitor.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await visitor.Page.Keyboard.PressAsync("/");
        Assert.Equal("q", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visitor.Page.Keyboard.PressAsync("j");
        Assert.Equal("j", await visitor.Page.InputValueAsync("#q"));
        visitor.CheckQuiet();
    }
}
