using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.TestHost;

namespace Rectify.Tests.Platform.Identity;

/// <summary>A browser without scripts: keeps cookies, fills in forms, follows no redirect by itself.</summary>
internal sealed class Browser(TestServer server) : IDisposable
{
    private static readonly Uri Site = new("http://localhost");

    private readonly HttpClient client = new(new Cookies(server.CreateHandler())) { BaseAddress = Site };

    /// <summary>The page last answered.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>Where the page last answered was asked for.</summary>
    public string Path { get; private set; } = "/";

    /// <returns>The status, and where it leads if it does.</returns>
    public Task<(HttpStatusCode Status, string? Location)> OpenAsync(string path)
    {
        Path = path;
        return AnswerAsync(() => client.GetAsync(path, TestContext.Current.CancellationToken));
    }

    /// <summary>Posts a form of the page with what it holds and what is typed.</summary>
    /// <param name="form">The form's name, or the address it posts to.</param>
    public Task<(HttpStatusCode Status, string? Location)> SubmitAsync(string form, params (string Name, string Value)[] typed)
    {
        var element = Page.Forms.Single(f =>
            f.GetAttribute("action") == form || f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form);
        var fields = element.QuerySelectorAll("input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))
            .Where(field => !typed.Any(t => t.Name == field.Key))
            .Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        return PostAsync(element.GetAttribute("action") is { Length: > 0 } action ? action : Path, fields);
    }

    /// <summary>Posts a form of the page with one file.</summary>
    public Task<(HttpStatusCode Status, string? Location)> UploadAsync(string form, string field, string fileName, HttpContent file)
    {
        var element = Page.Forms.Single(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form);
        var content = new MultipartFormDataContent();
        foreach (var input in element.QuerySelectorAll("input[type=hidden]"))
        {
            content.Add(new StringContent(input.GetAttribute("value") ?? ""), input.GetAttribute("name")!);
        }

        content.Add(file, field, fileName);
        return AnswerAsync(() => client.PostAsync(Path, content, TestContext.Current.CancellationToken));
    }

    public Task<(HttpStatusCode Status, string? Location)> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        AnswerAsync(() => client.PostAsync(path, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken));

    public async Task<(HttpStatusCode Status, string? Location)> SignInAsync(string name, string password, string path = "/signin")
    {
        await OpenAsync(path);
        return await SubmitAsync("password", ("name", name), ("password", password), ("code", ""));
    }

    public string Text(string selector) => Page.QuerySelector(selector)?.TextContent.Trim() ?? "";

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string? Location)> AnswerAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var answer = await ask();
        Page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var location = answer.Headers.Location is { } to ? new Uri(Site, to) : null;
        return (answer.StatusCode, location is null ? null : location.Host == Site.Host ? location.PathAndQuery : location.ToString());
    }

    private sealed class Cookies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("Accept", "text/html");
            if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var given) ? given : [])
            {
                jar.SetCookies(request.RequestUri!, cookie);
            }

            return answer;
        }
    }
}
