using System.Collections.Concurrent;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rectify.CommandLine;
using Rectify.Organisation;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests;

/// <summary>The whole product on a real socket, with a data folder of its own and two accounts: the office and a clerk.</summary>
internal sealed class ServedProduct : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private ServedProduct(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    /// <summary>What was logged as a warning or worse, since the start; not that the machine was busy.</summary>
    public ConcurrentQueue<string> Warnings { get; } = [];

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First());

    /// <param name="settings">As <c>Section:Key=value</c>.</param>
    public static async Task<ServedProduct> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("rectify-served").FullName;
        var served = new ServedProduct(
            Product.Build([.. settings.Select(setting => $"--{setting}"), "--Passwords:IterationCount=1000", "--urls=http://127.0.0.1:0"], folder), folder);
        served.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Listener(served.Warnings));
        await served.Services.MigrateAsync(Ct);
        await served.InAsync(async services =>
        {
            var everywhere = Access.OfSystem(Setup);
            var region = await services.GetRequiredService<CreateUnit>().RunAsync(new("R", "云岭自治区", UnitKind.Region), null, everywhere, Ct);
            foreach (var (name, role) in new[] { ("office", Role.Office), ("clerk", Role.Reader) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, region.Id, $"Person {name}"), everywhere, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, region.Id, null, null, Setup, Ct);
            }
        });
        await served.app.StartAsync(Ct);
        return served;
    }

    /// <summary>The product on the database and the data folder of a world, which made everything in it.</summary>
    /// <param name="settings">As <c>Section:Key=value</c>.</param>
    public static async Task<ServedProduct> OnAsync(World world, params string[] settings)
    {
        var served = new ServedProduct(
            Product.Build([.. settings.Select(setting => $"--{setting}"), $"--ConnectionStrings:Db={world.Connection}", "--Passwords:IterationCount=1000", "--urls=http://127.0.0.1:0"], world.Folder), world.Folder);
        served.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Listener(served.Warnings));
        await served.app.StartAsync(Ct);
        return served;
    }

    public async Task InAsync(Func<IServiceProvider, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider);
    }

    /// <summary>A browser without scripts; it follows no redirect.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "Accept", "text/html" } },
    };

    /// <summary>Fills in the sign-in form and sends it.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, params (string Name, string Value)[] headers)
    {
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/signin", Ct));
        using var form = new HttpRequestMessage(HttpMethod.Post, "/signin")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
                ["_handler"] = "password",
                ["name"] = name,
                ["password"] = password,
                ["code"] = "",
            }),
        };
        foreach (var (header, value) in headers)
        {
            form.Headers.Add(header, value);
        }

        return await client.SendAsync(form, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await InAsync(services => services.GetRequiredService<Db>().Database.EnsureDeletedAsync(CancellationToken.None));
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Listener(ConcurrentQueue<string> heard) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && eventId.Name is not "HeartbeatSlow")
            {
                heard.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
