using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tests.Evidence;
using SkiaSharp;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>A programme that closes, served on a real socket, with everybody signed in: what was set up without HTTP, and what everybody may do with it over HTTP.</summary>
internal sealed class ClosingServer : IAsyncDisposable
{
    /// <summary>Everybody who tries a door: an account's name, or <c>stranger</c> for nobody. <c>ended</c> had the office's duty until yesterday; <c>coffice</c> is an office further down, <c>other</c> a neighbouring unit.</summary>
    public static readonly string[] Everybody = ["office", "county", "bureau", "team", "leader", "archivist", "reader", "coffice", "other", "admin", "ended", "stranger"];

    private readonly Dictionary<string, HttpClient> clients = [];

    private readonly Dictionary<string, string> tokens = [];

    private IReadOnlyList<Item> tasks = [];

    private ClosingServer(World world, Closing closing) => (World, Closing) = (world, closing);

    public World World { get; }

    public Closing Closing { get; }

    public ServedProduct Served { get; private set; } = null!;

    /// <summary>A task by its number.</summary>
    public Guid Task(int no) => tasks[no - 1].Id;

    /// <summary>By the product's own clock, and by the world's.</summary>
    public DateOnly Today => World.Clock.Today;

    /// <param name="tasks">How many more tasks of C1 there are, from number 5 on.</param>
    /// <param name="limit">How many objections and codes one address sends in ten minutes.</param>
    public static async Task<ClosingServer> StartAsync(string database, int tasks, Func<ClosingServer, Task> have, int limit = 1_000)
    {
        var now = DateTimeOffset.UtcNow;
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(8));
        var world = await World.CreateAsync(database, now.AddDays(-60));
        var more = new List<Item>();
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard") with { Forms = [new("apply", "", "A form", [new("Where")])] }, today.AddDays(-50), (programme, units, tree) =>
        {
            for (var no = 5; no < 5 + tasks; no++)
            {
                var task = Item.Create(programme.Id, null, ItemKind.Task, no, new($"\u7B2C{no}\u9879", no, $"Task {no}.") { Deadline = new("2099", DeadlineKind.Fixed, null, new(2099, 12, 31), null) });
                more.Add(task);
                tree.Items.Add(task);
                tree.Units.Add(new() { ItemId = task.Id, UnitId = units["C1"].Id, Text = "C1", Role = DraftRole.Lead, Order = 0 });
            }
        });
        var server = new ClosingServer(world, closing) { tasks = [.. closing.Tasks, .. more] };
        var archivist = await world.HaveAccountAsync(closing.Units["R"], "archivist", Role.Archivist);
        var ended = await world.HaveAccountAsync(closing.Units["R"], "ended");
        await world.InAsync((GiveDuty give) => give.RunAsync(ended.Id, Role.Office, closing.Units["R"].Id, today.AddDays(-40), today.AddDays(-1), Setup, Ct));
        await world.InAsync((Db db) => db.Set<Account>().ExecuteUpdateAsync(
            set => set.SetProperty(account => account.PasswordHash, archivist.PasswordHash).SetProperty(account => account.MustChangePassword, false), Ct));
        await have(server);
        Closing.Today(world, today);
        server.Served = await ServedProduct.OnAsync(world, $"Objections:PerTenMinutes={limit}", "Notices:PapersPerMinute=1000");
        return server;
    }

    /// <summary>Someone's own client: signed in once, or nobody's.</summary>
    public async Task<HttpClient> AsAsync(string who)
    {
        if (!clients.TryGetValue(who, out var client))
        {
            client = clients[who] = Served.Client();
            client.Timeout = TimeSpan.FromSeconds(60);
            if (who is not "stranger")
            {
                using var answer = await ServedProduct.SignInAsync(client, who, Password);
                Assert.Equal((who, 302), (who, (int)answer.StatusCode));
            }
        }

        return client;
    }

    /// <summary>Asks as someone; what came, and the refusal's code where the answer is a problem.</summary>
    public async Task<(int Status, string Code, string Said)> AskAsync(string who, string method, string path, object? body = null)
    {
        using var ask = new HttpRequestMessage(new(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            ask.Headers.Add("Accept", "application/json");
        }

        using var answer = await (await AsAsync(who)).SendAsync(ask, Ct);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        var code = answer.Content.Headers.ContentType?.MediaType is "application/problem+json" && JsonDocument.Parse(said).RootElement.TryGetProperty("code", out var known) ? known.GetString()! : "";
        return ((int)answer.StatusCode, code, said);
    }

    public async Task<JsonElement> ReadAsync(string path, string who = "office")
    {
        var (status, _, said) = await AskAsync(who, "GET", path);
        Assert.True(status is 200, $"{who} {path}: {status} {said}");
        return JsonDocument.Parse(said).RootElement;
    }

    public async Task<IHtmlDocument> OpenAsync(string who, string path)
    {
        using var answer = await (await AsAsync(who)).GetAsync(path, Ct);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode is 200, $"{who} {path}: {answer.StatusCode}");
        return new HtmlParser().ParseDocument(said);
    }

    /// <summary>Sends a form as someone, whether their page shows it or not; nobody's redirect is followed.</summary>
    /// <param name="page">The page as they read it; one that they cannot read is no help, and another page's token serves as well.</param>
    public async Task<(int Status, string Location)> SendAsync(string who, string path, string page, IEnumerable<(string Name, string Value)> fields)
    {
        const string Token = "input[name=__RequestVerificationToken]";
        if (!tokens.TryGetValue(who, out var token))
        {
            token = tokens[who] = ((new HtmlParser().ParseDocument(page).QuerySelector(Token) ?? (await OpenAsync(who, who is "stranger" ? "/signin" : "/account")).QuerySelector(Token))!.GetAttribute("value"))!;
        }

        using var form = new FormUrlEncodedContent(fields.Where(field => field.Name != "__RequestVerificationToken").Append(("__RequestVerificationToken", token)).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2)));
        using var answer = await (await AsAsync(who)).PostAsync(path, form, Ct);
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    /// <summary>Begins a closing and takes its steps on one day, up to a step of the key.</summary>
    public async Task<Guid> HaveAtAsync(Guid item, string until)
    {
        var id = await Closing.BeginAsync(World, item);
        await GoAsync(id, until);
        return id;
    }

    public async Task GoAsync(Guid id, string? until = null)
    {
        for (var one = await Closing.CaseAsync(World, id); one.Next is { } step && step.Key != until; one = await Closing.CaseAsync(World, id))
        {
            if (step.Kind is StepKind.Declare && one.Declaration.CompletedOn is null)
            {
                await Closing.WriteAsync(World, id);
            }

            if (step.Kind is StepKind.Notice)
            {
                var notice = await Closing.OpenNoticeAsync(World, id);
                Closing.Today(World, (await World.InAsync((Db db) => db.ClosureNotices().Where(known => known.Id == notice).Select(known => known.To).SingleAsync(Ct))).AddDays(1));
            }

            await Closing.TakeAsync(World, id);
        }
    }

    /// <summary>A photo of the item that can be shown as one.</summary>
    public Task<Guid> PhotoAsync(Guid item)
    {
        using var bitmap = new SKBitmap(64, 48);
        bitmap.Erase(new((uint)item.GetHashCode() | 0xFF000000));
        return EvidenceTests.AddAsync(World, Closing.People["county"], bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), new("Photo", PieceKind.Photo, Today.AddDays(-1)), item);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        await Served.DisposeAsync();
        await World.DisposeAsync();
    }
}
