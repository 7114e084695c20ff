using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Publishing;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>The proof of a public page over HTTP: what is in it, that the command line believes it, and that nothing masked is.</summary>
public sealed class PublicProofTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-portal-proof-");
    private ServedProduct served = null!;
    private Guid task;
    private Guid publicId;

    public async ValueTask InitializeAsync()
    {
        var key = Path.Combine(folder.FullName, "journal.key");
        await JournalKeys.MakeAsync(key, "register.example.org", sm2: false, Ct);
        served = await ServedProduct.StartAsync($"Publishing:Folder={Path.Combine(folder.FullName, "published")}", $"Publishing:Key={key}", "Publishing:EverySeconds=1");
        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            (task, _) = await Rectifying.HaveTaskAsync(services, region, region, region);
            publicId = await db.ItemsFor(Access.OfSystem(Setup), Right.Read).Where(item => item.Id == task).Select(item => item.PublicId).SingleAsync(Ct);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_package_of_a_page_holds_by_the_command_line_says_what_it_shows_and_hides_what_was_masked()
    {
        using var office = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await ServedProduct.SignInAsync(office, "office", Password)).StatusCode);
        using var opened = await office.PutAsJsonAsync("/api/programmes/r1/public", new { settings = new { open = true, title = "Round one" }, version = 0 }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
        var choice = new { title = "Water", fields = new[] { "Problem" }, masks = new[] { new { passage = "not clean", reason = "Personal" } }, remark = "as agreed" };
        using var preview = await office.PostAsJsonAsync($"/api/items/{task}/publication/preview", choice, Ct);
        var seen = (await preview.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("hash").GetString();
        using var published = await office.PostAsJsonAsync($"/api/items/{task}/publication", new { choice, seen }, Ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(Ct));

        using var stranger = served.Client();
        var path = $"/public/r1/items/{publicId}";
        HttpResponseMessage answer;
        for (var tries = 0; (answer = await stranger.GetAsync($"{path}/proof.zip", Ct)).StatusCode == HttpStatusCode.NotFound && tries < 600; tries++)
        {
            await Task.Delay(500, Ct); // until the journal is signed
        }

        var zip = Path.Combine(folder.FullName, "proof.zip");
        await File.WriteAllBytesAsync(zip, await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
        var policy = Path.Combine(folder.FullName, "policy");
        await File.WriteAllBytesAsync(policy, await stranger.GetByteArrayAsync("/journal/policy", Ct), Ct);
        using var said = new StringWriter();
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", policy, "--language", "en"], said));
        Assert.Contains("What the page shows is what was registered", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("/Remark” from", said.ToString(), StringComparison.Ordinal);

        await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Update, Ct))
        {
            var all = new StringBuilder();
            foreach (var entry in archive.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync(Ct));
                var text = await reader.ReadToEndAsync(Ct);
                all.Append(text).Append(entry.Name == "openings.json" ? Disclosed(text) : "");
            }

            Assert.Contains("已隐去", all.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("not clean", all.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("The lake is clean", all.ToString(), StringComparison.Ordinal);

            // A page with one letter changed is refused by name.
            var page = archive.GetEntry("page.json")!;
            string shown;
            using (var reader = new StreamReader(await page.OpenAsync(Ct)))
            {
                shown = await reader.ReadToEndAsync(Ct);
            }

            page.Delete();
            await using var writer = new StreamWriter(await archive.CreateEntry("page.json").OpenAsync(Ct));
            await writer.WriteAsync(shown.Replace("Water", "Wafer", StringComparison.Ordinal));
        }

        using var refused = new StringWriter();
        Assert.Equal(1, await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", policy, "--language", "en"], refused));
        Assert.Contains("What the page shows is not what was registered", refused.ToString(), StringComparison.Ordinal);

        // The page works without scripts as far as it can, and its code for paper names the key.
        var html = new HtmlParser().ParseDocument(await stranger.GetStringAsync($"{path}/verify", Ct));
        Assert.NotNull(html.QuerySelector("noscript"));
        Assert.Contains("register.example.org+", html.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("<svg", await stranger.GetStringAsync($"{path}/verify.svg", Ct), StringComparison.Ordinal);

        // Withdrawn, no door proves any more what it showed.
        using var withdrawn = await office.PostAsJsonAsync($"/api/items/{task}/publication/withdrawal", new { remark = "taken back" }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await served.InAsync(services => SignedAsync(services.GetRequiredService<Db>()));
        foreach (var door in new[] { "proof.zip", "verify.svg" })
        {
            using var gone = await stranger.GetAsync($"{path}/{door}", Ct);
            Assert.Equal((door, HttpStatusCode.NotFound), (door, gone.StatusCode));
        }
    }

    // Until the journal has signed all that was recorded so far.
    private static async Task SignedAsync(Db db)
    {
        for (var tries = 0; tries < 3_000; tries++)
        {
            if (!await db.Journal.AnyAsync(row => row.Index == null, Ct) && await db.SignedCheckpoints().AnyAsync(one => one.Size > db.Journal.Max(row => row.Index), Ct))
            {
                return;
            }

            await Task.Delay(100, Ct);
        }

        Assert.Fail("The journal signed nothing more.");
    }

    // What openings say is encoded: read as a reader would.
    private static string Disclosed(string openings) => string.Join('\n', Rectify.Proof.Openings.Read(Encoding.UTF8.GetBytes(openings))!.Fields.Select(one => $"{one.Field} {one.Before} {one.After}"));
}
