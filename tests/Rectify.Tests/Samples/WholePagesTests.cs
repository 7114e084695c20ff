using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rectify.CommandLine;
using Rectify.Platform.Data;
using Rectify.Tests.CommandLine;

namespace Rectify.Tests.Samples;

/// <summary>
/// A page begins to draw itself at the first answer of the database that it has to wait for, whichever that is: SQLite answers at once, PostgreSQL mostly does not.
/// Here one answer after the other is the one that is waited for, on a page of each kind that a reader of the sample comes to by links.
/// </summary>
public sealed partial class WholePagesTests(LoadedSample sample)
{
    /// <summary>Of how many answers of a page, evenly spread, each is waited for in turn; of all of them with RECTIFY_EVERY_ANSWER=1 ./test, which takes minutes more and bench/soak does.</summary>
    private const int Some = 6;

    private static readonly bool Every = Environment.GetEnvironmentVariable("RECTIFY_EVERY_ANSWER") is "1";

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_says_the_same_whichever_answer_it_waits_for()
    {
        await using var site = await Site.StartAsync(await sample.OnAsync("sqlite"));
        var (seen, wrong, asked) = (new HashSet<string>(), new List<string>(), 0);
        foreach (var who in new[] { "office", "admin", "p05", "d01-accept", "" })
        {
            using var client = await site.AsAsync(who);
            var todo = new Queue<string>(who.Length == 0 ? ["/public", "/signin"] : [.. Site.Begin, "/", "/account", "/admin"]);
            while (todo.TryDequeue(out var path))
            {
                if (!seen.Add(Kind(path)) || path.Contains("lang=", StringComparison.Ordinal))
                {
                    continue;
                }

                using var answer = await client.GetAsync(path, Ct);
                if (answer.Headers.Location is { } to)
                {
                    todo.Enqueue(to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString);
                    continue;
                }

                if (!answer.IsSuccessStatusCode)
                {
                    seen.Remove(Kind(path)); // another reader may see it
                    if ((int)answer.StatusCode >= 500)
                    {
                        wrong.Add($"{who} {path}: {(int)answer.StatusCode}");
                    }

                    continue;
                }

                if (answer.Content.Headers.ContentType?.MediaType is not "text/html")
                {
                    continue;
                }

                var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
                foreach (var link in page.QuerySelectorAll("a[href^='/']"))
                {
                    todo.Enqueue(link.GetAttribute("href")!.Split('#')[0]);
                }

                asked++;
                var said = Said(page);
                var step = Every ? 1 : Math.Max(1, site.Waiting.Commands / Some);
                for (var at = 1; at <= site.Waiting.Commands; at += step)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { Waits.Header, at.ToString(CultureInfo.InvariantCulture) } } };
                    using var again = await client.SendAsync(request, Ct);
                    var now = again.IsSuccessStatusCode ? Said(new HtmlParser().ParseDocument(await again.Content.ReadAsStringAsync(Ct))) : $"{(int)again.StatusCode}";
                    if (now != said)
                    {
                        wrong.Add($"{who} {path} waiting for answer {at}: {Difference(said, now)}");
                        break;
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 150, $"{asked}");
    }

    // One page of each kind: ids and numbers name things.
    private static string Kind(string path) => Things().Replace(path, "*");

    private static string Said(IHtmlDocument page) => New().Replace(Spaces().Replace(page.QuerySelector("main")?.TextContent ?? "", " "), "…");

    private static string Difference(string before, string now)
    {
        var at = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{now[at..Math.Min(now.Length, at + 60)]} instead of {before[at..Math.Min(before.Length, at + 60)]}";
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{32,}|\\d+")]
    private static partial Regex Things();

    // A minute of the day, and a secret that is another one each time.
    [GeneratedRegex("\\d\\d:\\d\\d|([A-Z2-7]{4} ){7}[A-Z2-7]{4}")]
    private static partial Regex New();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    /// <summary>The product on a copy of the sample; nothing of it is at work but what is asked.</summary>
    private sealed class Site(WebApplication app, string folder) : IAsyncDisposable
    {
        /// <summary>Pages that need no id.</summary>
        public static IEnumerable<string> Begin =>
            from page in typeof(Product).Assembly.GetTypes()
            from route in page.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>()
            let path = route.Template.Replace("{Code}", "central-2017-round1", StringComparison.OrdinalIgnoreCase)
            where !path.Contains('{', StringComparison.Ordinal)
            orderby path
            select path;

        public Waits Waiting { get; private init; } = null!;

        public static async Task<Site> StartAsync(World of)
        {
            var folder = Directory.CreateTempSubdirectory("rectify-whole").FullName;
            foreach (var file in Directory.EnumerateFiles(of.Folder, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(of.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            var database = $"Data Source={Path.Combine(folder, "copy.db")}";
            await using (var from = new SqliteConnection(of.Connection))
            await using (var to = new SqliteConnection(database))
            {
                await from.OpenAsync(Ct);
                await to.OpenAsync(Ct);
                from.BackupDatabase(to);
            }

            var waits = new Waits();
            var app = Product.Build([$"--ConnectionStrings:Db={database}", "--urls=http://127.0.0.1:0"], folder, services =>
            {
                foreach (var job in services.Where(one => one.ServiceType == typeof(IHostedService) && one.ImplementationType?.Assembly == typeof(Product).Assembly).ToList())
                {
                    services.Remove(job);
                }

                services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(waits));
                services.AddSingleton<IStartupFilter>(waits);
            });
            await app.StartAsync(Ct);
            return new(app, folder) { Waiting = waits };
        }

        public async Task<HttpClient> AsAsync(string who)
        {
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new(app.Urls.First()), DefaultRequestHeaders = { { "Accept", "text/html" } } };
            if (who.Length > 0)
            {
                using var answer = await ServedProduct.SignInAsync(client, who, "rectify-sample-1");
                Assert.Equal((who, 302), (who, (int)answer.StatusCode));
            }

            return client;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets one answer of the database come later, as the request says.</summary>
    private sealed class Waits : DbCommandInterceptor, IStartupFilter
    {
        public const string Header = "X-Wait-For";

        private readonly AsyncLocal<Count?> current = new();

        /// <summary>How many answers the last request asked for.</summary>
        public int Commands { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                var count = current.Value = new(int.TryParse(http.Request.Headers[Header], CultureInfo.InvariantCulture, out var at) ? at : 0);
                try
                {
                    await rest();
                }
                finally
                {
                    Commands = count.Done;
                }
            });
            next(app);
        };

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (current.Value is { } count && ++count.Done == count.At)
            {
                await Task.Yield(); // what draws the page goes on first
            }

            return result;
        }

        private sealed class Count(int at)
        {
            public int At => at;

            public int Done { get; set; }
        }
    }
}
