using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Proof;
using Rectify.Publishing;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Publishing;
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
            await services.GetRequiredService<RecordFacts>().RunAsync(task, [.. new[] { FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed }.Select(kind => new StatedFact(kind, new(2026, 3, 2)))], Access.OfSystem(Setup), Ct);
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
        var choice = new { title = "Water", fields = new[] { "Problem", "Closing" }, masks = new[] { new { passage = "not clean", reason = "Personal" } }, remark = "as agreed" };
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
        Assert.Contains("What page.json says is what was registered", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("The item was closed on 2026-03-02", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("The web page that you saw was not looked at", said.ToString(), StringComparison.Ordinal);
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
        Assert.Contains("What page.json says is not what was registered", refused.ToString(), StringComparison.Ordinal);

        // The item's page says when it was registered and who stands for it, and leads to how one checks, whole.
        var shownPage = await stranger.GetStringAsync(path, Ct);
        Assert.All(["登记时间", "见证单位", "没有设见证单位", "/public/check"], words => Assert.Contains(words, shownPage, StringComparison.Ordinal));
        Assert.Contains("核对不证明什么", await stranger.GetStringAsync("/public/check", Ct), StringComparison.Ordinal);
        var (english, chinese) = (await stranger.GetStringAsync("/public/check/verify.md?lang=en", Ct), await stranger.GetStringAsync("/public/check/verify.md", Ct));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs/verify.md"), Ct), english);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs/verify.zh-CN.md"), Ct), chinese);
        Assert.Equal(english[english.IndexOf("```bash", StringComparison.Ordinal)..], chinese[chinese.IndexOf("```bash", StringComparison.Ordinal)..]); // one recipe

        // The page works without scripts as far as it can, and its code for paper names the key.
        var html = new HtmlParser().ParseDocument(await stranger.GetStringAsync($"{path}/verify", Ct));
        Assert.NotNull(html.QuerySelector("noscript"));
        Assert.Contains("register.example.org+", html.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("<svg", await stranger.GetStringAsync($"{path}/verify.svg", Ct), StringComparison.Ordinal);

        // The certificate's code brings the key and the hash of this very entry.
        var key = (await File.ReadAllTextAsync(policy, Ct)).Split('\n').First(line => line.StartsWith("log ", StringComparison.Ordinal))[4..].Trim();
        await using (var archive = await ZipFile.OpenReadAsync(zip, Ct))
        await using (var leaf = await archive.GetEntry("leaf.json")!.OpenAsync(Ct))
        using (var bytes = new MemoryStream())
        {
            await leaf.CopyToAsync(bytes, Ct);
            var expected = $"{path}/verify#k={Uri.EscapeDataString(key)}&h={Convert.ToHexStringLower(Merkle.Leaf(bytes.ToArray()))}";
            await served.InAsync(async services => Assert.Equal(expected, await services.GetRequiredService<IPublicPlace>().CheckedAtAsync(task, Ct)));
        }

        // Withdrawn, no door proves any more what it showed.
        using var withdrawn = await office.PostAsJsonAsync($"/api/items/{task}/publication/withdrawal", new { remark = "taken back" }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await served.InAsync(services => SignedAsync(services.GetRequiredService<Db>()));
        foreach (var door in new[] { "proof.zip", "verify.svg" })
        {
            using var gone = await stranger.GetAsync($"{path}/{door}", Ct);
            Assert.Equal((door, HttpStatusCode.NotFound), (door, gone.StatusCode));
        }

        await served.InAsync(async services => Assert.Null(await services.GetRequiredService<IPublicPlace>().CheckedAtAsync(task, Ct)));
    }

    // What a running product with a closed item publishes, fetched as a stranger would, and checked by programs that are not ours.
    [Fact]
    public async Task The_journal_is_read_over_HTTP_and_others_programs_take_it()
    {
        using var stranger = served.Client();
        var entry = Guid.Empty;
        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            await SignedAsync(db);
            entry = await db.Journal.Where(row => row.Subject == task && row.Kind == "item.facts-recorded").Select(row => row.EntryId).SingleAsync(Ct);
        });
        var note = await ReadAsync("/journal/checkpoint", "text/plain; charset=utf-8", "no-cache, max-age=0");
        var checkpoint = Checkpoint.Read(SignedNote.Read(note)!.Text)!;
        var copy = Path.Combine(folder.FullName, "copy");
        Save("checkpoint", note);
        var width = checkpoint.Size % TilePath.FullWidth;
        foreach (var tile in Enumerable.Range(0, (int)(checkpoint.Size / TilePath.FullWidth)).SelectMany(i => new[] { $"tile/0/{i:000}", $"tile/entries/{i:000}" })
            .Concat(width == 0 ? [] : [$"tile/0/{checkpoint.Size / TilePath.FullWidth:000}.p/{width}", $"tile/entries/{checkpoint.Size / TilePath.FullWidth:000}.p/{width}"])
            .Concat(checkpoint.Size < TilePath.FullWidth ? [] : [$"tile/1/000.p/{checkpoint.Size / TilePath.FullWidth}"]))
        {
            Save(tile, await ReadAsync($"/journal/{tile}", "application/octet-stream", "public, max-age=31536000, immutable"));
        }

        foreach (var nothing in new[] { "tile/0/999", "tile/0/0", "tile/entries/000.p/999", "timestamps/1", "timestamps/1.tsr", $"entries/{Guid.NewGuid()}/proof.zip" })
        {
            using var none = await stranger.GetAsync($"/journal/{nothing}", Ct);
            Assert.Equal((nothing, HttpStatusCode.NotFound), (nothing, none.StatusCode));
        }

        await served.Services.GetRequiredService<IPublishedStore>().WriteAsync([("timestamps/7", note), ("timestamps/7.tsr", [0x30, 0x00])], Ct);
        Assert.Equal(note, await ReadAsync("/journal/timestamps/7", "text/plain; charset=utf-8", "public, max-age=31536000, immutable"));
        Assert.Equal([0x30, 0x00], await ReadAsync("/journal/timestamps/7.tsr", "application/timestamp-reply", "public, max-age=31536000, immutable"));

        var policy = await ReadAsync("/journal/policy", "text/plain; charset=utf-8", null);
        var key = WitnessPolicy.Parse(policy).Logs[0].Key.ToString();
        var zip = Path.Combine(folder.FullName, "entry.zip");
        await File.WriteAllBytesAsync(zip, await ReadAsync($"/journal/entries/{entry}/proof.zip", "application/zip", null), Ct);
        var trusted = Path.Combine(folder.FullName, "policy");
        await File.WriteAllBytesAsync(trusted, policy, Ct);
        using var said = new StringWriter();
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", trusted, "--language", "en"], said));
        Assert.Contains("The item was closed on 2026-03-02", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["journal", copy, "--policy", trusted], said));

        // Go's checksum database over all of it, and OpenSSL with a shell over the closing.
        var work = Directory.CreateDirectory(Path.Combine(folder.FullName, "work")).FullName;
        var go = await OutsideVerifierTests.BuildGoAsync(work);
        Assert.Equal((0, $"HOLDS: {checkpoint.Size} entries in register.example.org\n"), await OutsideVerifierTests.RunAsync(go, [copy, key]));
        await ZipFile.ExtractToDirectoryAsync(zip, work, Ct);
        var recipe = Path.Combine(work, "check");
        await OutsideVerifierTests.SaveRecipeAsync(recipe);
        var (leaf, proof) = (Path.Combine(work, "leaf.json"), Path.Combine(work, "closure.tlog-proof"));
        var shell = await OutsideVerifierTests.RunAsync("bash", [recipe, leaf, proof, key]);
        Assert.True(shell is (0, _) && shell.Said.StartsWith("HOLDS: entry ", StringComparison.Ordinal), shell.Said);
        await File.WriteAllTextAsync(leaf, (await File.ReadAllTextAsync(leaf, Ct)).Replace("2026-03-02", "2026-03-03", StringComparison.Ordinal), Ct);
        Assert.Equal(1, (await OutsideVerifierTests.RunAsync("bash", [recipe, leaf, proof, key])).Code);

        async Task<byte[]> ReadAsync(string path, string type, string? cache)
        {
            using var answer = await stranger.GetAsync(path, Ct);
            Assert.Equal((path, HttpStatusCode.OK, type), (path, answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
            if (cache is not null)
            {
                Assert.Equal(cache.Split(", ").Order(), answer.Headers.CacheControl?.ToString().Split(", ").Order());
                Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            }

            return await answer.Content.ReadAsByteArrayAsync(Ct);
        }

        void Save(string name, byte[] bytes)
        {
            var path = Path.Combine(copy, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
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
