using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rectify.Platform;
using Rectify.Platform.Web;

namespace Rectify.Tests.Platform.Web;

/// <summary>The frame, the errors, the headers and the language, over HTTP and without a database.</summary>
public sealed class WebTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddWeb();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new(2019, 4, 1, 16, 30, 0, TimeSpan.Zero)));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<RefusalHandler>();
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton<IFillFrame, Stub>();
        builder.Services.AddNav(NavPlace.Main, "keys", "/keys", 10);
        app = builder.Build();
        app.UseWeb();
        app.MapWeb();
        app.MapGet("/bug", string () => throw new InvalidOperationException("secret detail"));
        app.MapGet("/taken", string () => throw Refusal.Conflict("test.taken", "This number is taken."));
        app.MapGet("/api/taken", string () => throw Refusal.Conflict("test.taken", "This number is taken."));
        await app.StartAsync();
        client = app.GetTestClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in new[] { "/keys", "/nowhere", "/bug", "/health", "/rectify.css", "/api/taken" })
        {
            var headers = (await client.GetAsync(path)).Headers;
            Assert.Equal([SecurityHeaders.ContentSecurityPolicy], headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["nosniff"], headers.GetValues("X-Content-Type-Options"));
        }
    }

    [Fact]
    public async Task A_page_holds_no_inline_script_style_or_handler()
    {
        var page = await PageAsync("/keys");
        Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chinese_is_written_as_it_is() =>
        Assert.Contains("<h1>键盘操作</h1>", await client.GetStringAsync("/keys"), StringComparison.Ordinal);

    [Fact]
    public async Task Stylesheets_and_scripts_that_a_page_names_are_there()
    {
        var page = await PageAsync("/keys");
        var named = page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(link => link.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("script").Select(script => script.GetAttribute("src")!)).ToList();
        Assert.True(named.Count >= 5);
        Assert.All(named, path => Assert.Equal(HttpStatusCode.OK, client.GetAsync(path).GetAwaiter().GetResult().StatusCode));
    }

    [Theory]
    [InlineData("/nowhere", 404, "没有这一页")]
    [InlineData("/taken", 409, "This number is taken.")]
    [InlineData("/bug", 500, "没有办成：服务器出了错")]
    public async Task A_page_that_says_no_says_what_to_do(string path, int status, string title)
    {
        var answer = await client.GetAsync(path);
        var page = await ReadAsync(answer);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector(".prose")!.TextContent);
        Assert.DoesNotContain("secret", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(path, page.QuerySelector("input[name=back]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_form_without_its_token_gets_a_page_with_words()
    {
        var answer = await client.PostAsync("/language", new FormUrlEncodedContent([KeyValuePair.Create("lang", "en")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("这个请求读不懂", (await ReadAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_API_answers_a_refusal_as_a_problem()
    {
        client.DefaultRequestHeaders.Accept.Clear();
        var answer = await client.GetAsync("/api/taken");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/keys?on=2019-03-31", "/keys?on=2019-03-31")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    public async Task The_language_is_switched_by_a_form_that_never_leaves_the_site(string back, string to)
    {
        var first = await client.GetAsync("/keys");
        var token = (await ReadAsync(first)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/language")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["lang"] = "en", ["back"] = back }),
        };
        request.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location!.OriginalString);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/keys");
        again.Headers.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var page = await ReadAsync(await client.SendAsync(again));
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Keyboard", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_frame_says_who_which_programme_and_which_day()
    {
        var page = await PageAsync("/keys?aspect=2&on=2019-03-31");
        Assert.Equal("第一轮督察", page.QuerySelector(".prog summary")!.TextContent);
        Assert.Equal("甲，整改办", page.QuerySelector(".who summary")!.TextContent);
        Assert.Equal("2019-03-31", page.QuerySelector<IHtmlInputElement>(".asof #on")!.Value);
        Assert.Equal("2", page.QuerySelector<IHtmlInputElement>(".asof input[name=aspect]")!.Value);
        Assert.Equal("2019年3月31日", page.QuerySelector(".past time")!.TextContent);
        Assert.Equal("/keys?aspect=2", page.QuerySelector(".past a")!.GetAttribute("href"));
        var current = page.QuerySelector(".nav-main a[aria-current=page]")!;
        Assert.Equal("/keys?on=2019-03-31", current.GetAttribute("href"));
        Assert.Contains("截至 2019-03-31", page.QuerySelector(".foot")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_is_counted_in_legal_time_and_needs_no_strip()
    {
        var page = await PageAsync("/keys");
        Assert.Equal("2019-04-02", page.QuerySelector<IHtmlInputElement>(".asof #on")!.Value);
        Assert.Null(page.QuerySelector(".past"));
        Assert.Equal("/keys", page.QuerySelector(".nav-main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_are_compressed()
    {
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        Assert.Equal(["br"], (await client.GetAsync("/keys")).Content.Headers.ContentEncoding);
    }

    private async Task<IHtmlDocument> PageAsync(string path) => await ReadAsync(await client.GetAsync(path));

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private sealed class Stub : IFillFrame
    {
        public ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
        {
            frame.Programme = new("r1", "第一轮督察", "/programmes/r1", 94);
            frame.Programmes = [frame.Programme];
            frame.Reader = new("甲", "整改办");
            return default;
        }
    }
}
