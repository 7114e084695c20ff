using System.Security.Cryptography;
using Microsoft.Playwright;

namespace Rectify.Browser;

/// <summary>A film of 300 MB over a line that breaks three times, and a server that is killed while a file comes in.</summary>
[Collection<InChromium>]
public sealed class LargeFileTests(Chromium chromium)
{
    private const string Task = "/p/central-2017-round1/items/30";

    [Fact]
    public async Task Three_hundred_megabytes_arrive_whole_over_a_line_that_breaks_three_times()
    {
        const long size = 300_000_000;
        var before = chromium.Server.MostMemory;
        await using var line = new CuttingLine(chromium.Server.Address, 50_000_000, 130_000_000, 250_000_000);
        using var film = new Film(size);
        await using var visitor = await chromium.VisitAsync(address: line.Address);
        await visitor.SignInAsync("office");
        await OpenNewAsync(visitor, Task);
        await visitor.Page.Locator("#files").SetInputFilesAsync(film.Path);
        await HandInAsync(visitor, "Film of the lake");
        await visitor.Page.Locator(".note-ok").WaitForAsync(new() { Timeout = 240_000 });
        Assert.Equal(3, line.Breaks);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Film of the lake", Exact = true }).GoAsync();
        Assert.Contains(film.Hash, await visitor.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(film.Hash, await HashAsync(System.IO.Path.Combine(chromium.Server.Data, "files", film.Hash[..2], film.Hash)));
        // A collector that is in no hurry takes what it finds; the file itself would be 286 MiB.
        Assert.InRange(chromium.Server.MostMemory - before, 0, 200L * 1_048_576);
    }

    [Fact(Explicit = true)] // minutes long: bench/soak runs it
    public async Task A_server_killed_while_a_file_comes_in_and_again_before_the_act_loses_nothing()
    {
        await using var server = await Server.StartAsync();
        using var film = new Film(60_000_000);
        await using var visitor = await chromium.VisitAsync(address: server.Address);
        await visitor.SignInAsync("office");
        await OpenNewAsync(visitor, Task);
        var pieces = 0;
        var half = new TaskCompletionSource();
        await visitor.Page.RouteAsync("**/api/uploads/*", async route =>
        {
            if (route.Request.Method == "PATCH" && ++pieces == 4)
            {
                half.TrySetResult();
            }

            await route.ContinueAsync();
        });
        await visitor.Page.Locator("#files").SetInputFilesAsync(film.Path);
        await half.Task.WaitAsync(TimeSpan.FromSeconds(60)); // the fourth piece is on its way

        await server.KillAsync();
        await server.RunAsync();
        await visitor.Page.Locator("input[name=upload]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 120_000 });

        // The file is there and has its name; the act that makes evidence of it was not done yet.
        var stored = System.IO.Path.Combine(server.Data, "files", film.Hash[..2], film.Hash);
        Assert.Equal(film.Hash, await HashAsync(stored));
        await server.KillAsync();
        await server.RunAsync();
        await HandInAsync(visitor, "After two kills");
        await visitor.Page.Locator(".note-ok").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(1, await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "After two kills", Exact = true }).CountAsync());
        Assert.Equal(film.Hash, await HashAsync(stored));
        Assert.Empty(Directory.GetFiles(System.IO.Path.Combine(server.Data, "files", "parts")));
    }

    private static async Task OpenNewAsync(Visitor visitor, string task)
    {
        await visitor.OpenAsync(task);
        await visitor.Page.Locator("a[href$='/evidence']").First.ClickAsync();
        await visitor.Page.Locator("a[href$='/evidence/new']").First.ClickAsync();
        await visitor.Page.Locator("#files").WaitForAsync();
    }

    private static async Task HandInAsync(Visitor visitor, string title)
    {
        await visitor.Page.Locator("#kind").SelectOptionAsync("Video");
        await visitor.Page.Locator("#title").FillAsync(title);
        await visitor.Page.Locator("main form button.btn-primary").ClickAsync(); // the form waits for the file
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }

    /// <summary>A file of so many random bytes, made a piece at a time.</summary>
    private sealed class Film : IDisposable
    {
        public Film(long size)
        {
            Path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("rectify-film-").FullName, "film.bin");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var file = File.Create(Path);
            for (var left = size; left > 0;)
            {
                var bytes = RandomNumberGenerator.GetBytes((int)Math.Min(left, 1_048_576));
                hash.AppendData(bytes);
                file.Write(bytes);
                left -= bytes.Length;
            }

            Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public string Path { get; }

        public string Hash { get; }

        public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }
}
