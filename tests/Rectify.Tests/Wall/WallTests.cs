using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using Rectify.Wall;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Wall;

/// <summary>The wall's page and its stream, over HTTP.</summary>
public sealed class WallTests : IAsyncLifetime
{
    private ServedProduct served = null!;
    private Guid task;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new List<Unit>();
            foreach (var code in new[] { "C1", "C2" })
            {
                units.Add(await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", UnitKind.Department), region.Id, system, Ct));
            }

            var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, units[1].Id, "Person without duty", ""), system, Ct);
            await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, "nobody", Password, Setup, Ct);
            (task, _) = await Rectifying.HaveTaskAsync(services, region, units[0], units[1]);
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Every_open_wall_hears_of_an_act_and_shows_it_when_it_asks_again()
    {
        using var office = await AsAsync("office");
        using var clerk = await AsAsync("clerk");
        var wall = await OpenAsync(clerk);
        Assert.Equal("0.0%", wall.QuerySelector(".key")!.TextContent);
        Assert.Contains("红灯 0项", wall.QuerySelector(".lt-red")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", wall.QuerySelector(".scr .cells .cell")!.FirstChild!.TextContent);
        Assert.Empty(wall.QuerySelectorAll(".nav-main, .top, script:not([src]), style, [style]")); // no frame, and nothing that the policy forbids
        Assert.Single(wall.QuerySelectorAll("[data-screen]:not([hidden])")); // without scripts the first screen stands
        var events = wall.QuerySelector("[data-wall]")!.GetAttribute("data-events")!;

        // Many walls, and one that saw nothing yet; what stands already is no news.
        var walls = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Listening.AtAsync(i % 2 == 0 ? office : clerk, events)));
        await using var late = await Listening.AtAsync(office, "/api/programmes/r1/changes");
        Assert.Equal(WallWatch.Changed, (await late.NextAsync()).EventType);
        foreach (var one in walls)
        {
            Assert.Equal(WallWatch.Alive, (await one.NextAsync()).EventType);
        }

        await RecordAsync(office, "Started", new DateOnly(2026, 1, 10));
        var heard = await Task.WhenAll(walls.Select(one => one.UntilAsync(WallWatch.Changed)));
        Assert.Single(heard.Select(item => item.EventId).Distinct());

        // Whoever was cut off goes on from what it had seen.
        await using var again = await Listening.AtAsync(clerk, events, heard[0].EventId);
        await again.UntilAsync(WallWatch.Alive); // an act's last entries may have been numbered since it was heard
        await using var behind = await Listening.AtAsync(clerk, events);
        Assert.Equal(WallWatch.Changed, (await behind.NextAsync()).EventType);

        // A forecast of one task alone is none, and says so.
        Assert.Contains("历史太少", await clerk.GetStringAsync($"/items/{task}/forecast", Ct), StringComparison.Ordinal);
        Assert.Contains("太少，说不出准不准", await clerk.GetStringAsync("/p/r1/forecast", Ct), StringComparison.Ordinal);

        await RecordAsync(office, "Completed", new DateOnly(2026, 2, 1));
        await again.UntilAsync(WallWatch.Changed);
        Assert.Equal("100.0%", (await OpenAsync(clerk)).QuerySelector(".key")!.TextContent);
        await Task.WhenAll(walls.Select(one => one.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Streams_end_when_the_server_stops_and_nobody_is_listened_for_afterwards()
    {
        using var clerk = await AsAsync("clerk");
        var watch = served.Services.GetRequiredService<WallWatch>();
        await using var left = await Listening.AtAsync(clerk, "/api/programmes/r1/changes");
        await left.NextAsync();
        await left.DisposeAsync();
        await using var wall = await Listening.AtAsync(clerk, "/api/programmes/r1/changes");
        await wall.NextAsync();
        while (watch.Listeners > 1)
        {
            await Task.Delay(20, Ct); // the server notices a closed line a moment later
        }

        served.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.True(await wall.EndsAsync());
        Assert.Empty(served.Warnings);
    }

    // A task that was sent back counts as done and has a light: the legend counted it as done while the list of lights had it too.
    [Fact]
    public void A_cell_with_a_light_shows_it_whatever_its_status_counts_as()
    {
        static CellState Of(ItemStatus status, Light light) => WallView.StateOf(new(Guid.Empty, 1, "1", "Task", status, light, ""));
        Assert.All(Enum.GetValues<ItemStatus>(), status => Assert.Equal(
            [CellState.Green, CellState.Yellow, CellState.Red], new[] { Light.Green, Light.Yellow, Light.Red }.Select(light => Of(status, light))));
        Assert.Equal(
            [CellState.Closed, CellState.Done, CellState.Draft], new[] { ItemStatus.Standing, ItemStatus.Accept, ItemStatus.Draft }.Select(status => Of(status, Light.None)));
    }

    [Fact]
    public async Task Whoever_may_not_read_the_programme_sees_no_wall_and_hears_nothing()
    {
        using var stranger = served.Client();
        using var nobody = await AsAsync("nobody");
        using var clerk = await AsAsync("clerk");
        foreach (var (client, path, status) in new[]
        {
            (stranger, "/api/programmes/r1/changes", HttpStatusCode.Unauthorized), (stranger, "/p/r1/wall", HttpStatusCode.Redirect), (nobody, "/api/programmes/r1/changes", HttpStatusCode.NotFound),
            (nobody, "/p/r1/wall", HttpStatusCode.NotFound), (clerk, "/api/programmes/r2/changes", HttpStatusCode.NotFound), (clerk, "/p/r2/wall", HttpStatusCode.NotFound),
        })
        {
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private async Task<HttpClient> AsAsync(string name)
    {
        var client = served.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        return client;
    }

    private async Task RecordAsync(HttpClient client, string kind, DateOnly on)
    {
        using var answer = await client.PostAsJsonAsync($"/api/items/{task}/facts", new[] { new { kind, on } }, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(HttpClient client) =>
        new HtmlParser().ParseDocument(await client.GetStringAsync("/p/r1/wall?on=2026-03-10", Ct));

    /// <summary>Someone who reads a stream of events.</summary>
    private sealed class Listening : IAsyncDisposable
    {
        private readonly HttpResponseMessage answer;
        private readonly Stream stream;
        private readonly IAsyncEnumerator<SseItem<string>> events;

        private Listening(HttpResponseMessage answer, Stream stream) =>
            (this.answer, this.stream, events) = (answer, stream, SseParser.Create(stream).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));

        public static async Task<Listening> AtAsync(HttpClient client, string path, string? last = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (last is not null)
            {
                request.Headers.Add("Last-Event-ID", last);
            }

            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            return new(answer, await answer.Content.ReadAsStreamAsync(Ct));
        }

        public async Task<SseItem<string>> NextAsync() => await events.MoveNextAsync() ? events.Current : throw new InvalidOperationException("The stream ended.");

        public async Task<SseItem<string>> UntilAsync(string kind)
        {
            while (true)
            {
                if (await NextAsync() is var item && item.EventType == kind)
                {
                    return item;
                }
            }
        }

        /// <summary>Whether it comes to an end of its own, not by a broken line.</summary>
        public async Task<bool> EndsAsync()
        {
            while (await events.MoveNextAsync())
            {
            }

            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await stream.DisposeAsync();
            answer.Dispose();
        }
    }
}

/// <summary>What a wall takes for news.</summary>
public sealed class WallMarkTests
{
    [Fact]
    public void A_later_entry_is_news_and_so_is_another_day()
    {
        var (day, known) = (new DateOnly(2026, 3, 2), new WallWatch.Mark(7, new(2026, 3, 2)));
        Assert.False(new WallWatch.Mark(7, day).IsNewsFor(known));
        Assert.False(new WallWatch.Mark(6, day).IsNewsFor(known));
        Assert.True(new WallWatch.Mark(8, day).IsNewsFor(known));
        Assert.True(new WallWatch.Mark(7, day.AddDays(1)).IsNewsFor(known)); // every figure of today is another one
        Assert.True(new WallWatch.Mark(-1, day).IsNewsFor(null));
    }
}
