using System.Globalization;
using System.IO.Compression;

namespace Rectify.Browser;

/// <summary>A stranger checks a closure in the browser: against the key on paper, with a file that was changed by one bit, and without a network.</summary>
[Collection<InChromium>]
public sealed class VerifyTests(Chromium chromium)
{
    private const string Programme = "central-2017-round1";

    [Fact]
    public async Task A_closure_is_proved_in_the_browser_and_offline_and_one_changed_bit_is_refused_with_a_sentence()
    {
        await using var server = await Server.StartAsync(publishing: true);
        await using var stranger = await chromium.VisitAsync(address: server.Address);
        await stranger.OpenAsync($"/public/{Programme}/items?q=%E7%A0%82%E5%9D%91");
        await stranger.Page.Locator("table.tb th a").First.ClickAsync();
        for (var tries = 0; await stranger.Page.Locator("#verify + p + .sheet a").CountAsync() == 0 && tries < 60; tries++)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken); // the register is signed some seconds after the start
            await stranger.Page.ReloadAsync();
        }

        await stranger.CheckPageAsync("public-item-verify");
        var item = new Uri(stranger.Page.Url).AbsolutePath;
        var day = DateOnly.ParseExact((await stranger.Page.Locator(".verdict p").InnerTextAsync()).Split("销号")[0], "yyyy年M月d日", CultureInfo.InvariantCulture);
        await stranger.Page.Locator($"a[href='{item}/verify']").ClickAsync();

        // With the key that came along, it holds if that key is genuine; with the key on paper, it holds.
        await stranger.Page.Locator("#verify button").ClickAsync();
        await stranger.Page.Locator("#verify-verdict.note-warn").WaitForAsync();
        var key = await stranger.Page.Locator("aside dd").Last.InnerTextAsync();
        var paper = await stranger.Page.Locator("#verify-hash").InnerTextAsync();
        await stranger.OpenAsync("/public");
        await stranger.OpenAsync($"{item}/verify#k={Uri.EscapeDataString(key)}&h={paper.Replace(" ", "", StringComparison.Ordinal)}");
        Assert.Equal(key, await stranger.Page.Locator("#verify-key").InputValueAsync());
        await stranger.Page.Locator("#verify button").ClickAsync();
        await stranger.Page.Locator("#verify-verdict.note-ok").WaitForAsync();
        var proved = await stranger.Page.Locator(".verify-proved").InnerTextAsync();
        Assert.All(["纸上印的指纹是这项任务的登记之一", $"{day:yyyy-MM-dd} 销号", "核对文件里的公开内容就是", "照片“第二十一项", "letter for letter"], words => Assert.Contains(words, proved, StringComparison.Ordinal));
        var not = await stranger.Page.Locator(".verify-not").InnerTextAsync();
        Assert.All(["不证明内容真实", "没有核对您先前在网上看到的网页"], words => Assert.Contains(words, not, StringComparison.Ordinal));
        await stranger.Page.Locator("#verify-result summary").ClickAsync();
        Assert.Contains($"\"closedOn\": \"{day:yyyy-MM-dd}\"", await stranger.Page.Locator("#verify-result pre").InnerTextAsync(), StringComparison.Ordinal);
        await stranger.CheckPageAsync("public-verify");

        var zip = await stranger.Page.APIRequest.GetAsync($"{item}/proof.zip");
        var files = Unzip(await zip.BodyAsync());
        var folder = Directory.CreateTempSubdirectory("rectify-verify-").FullName;
        try
        {
            // Offline: the package's own page, opened from a folder.
            var page = Path.Combine(folder, "verify.html");
            await File.WriteAllBytesAsync(page, files["verify.html"], TestContext.Current.CancellationToken);
            var whole = await SaveAsync(folder, files);
            await stranger.Page.GotoAsync(new Uri(page).AbsoluteUri);
            await CheckAsync(stranger, whole, key);
            await stranger.Page.Locator("#verify-verdict.note-ok").WaitForAsync();

            // One bit of any part, and it says which does not hold.
            foreach (var (name, sentence) in new[]
            {
                ("leaf.json", "不在签署的登记簿里|格式不对"), ("closure.tlog-proof", "签名是错的|格式不对|没有用您给出的公钥签署|不在签署的登记簿里"), ("page.json", "公开内容不是登记的内容"), ("chain/00003.json", "第 [34] 条处"), (Picture(files), "不是登记的那一张"),
            })
            {
                var changed = files.ToDictionary(file => file.Key, file => (byte[])file.Value.Clone());
                changed[name][^20] ^= 1;
                await CheckAsync(stranger, await SaveAsync(folder, changed), key);
                await stranger.Page.Locator("#verify-verdict.note-stop").WaitForAsync();
                Assert.Matches(sentence, await stranger.Page.Locator("#verify-result").InnerTextAsync());
            }

            // Another register's key, and no key at all.
            await CheckAsync(stranger, whole, "other.example.org+00000000+AAAA");
            Assert.Contains("公钥读不出来", await stranger.Page.Locator("#verify-result").InnerTextAsync(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Picture(Dictionary<string, byte[]> files) => files.Keys.First(name => name.StartsWith("pictures/", StringComparison.Ordinal));

    private static async Task CheckAsync(Visitor stranger, string zip, string key)
    {
        await stranger.Page.EvaluateAsync("document.getElementById('verify-result').replaceChildren()");
        await stranger.Page.Locator("#verify-file").SetInputFilesAsync(zip);
        await stranger.Page.Locator("#verify-key").FillAsync(key);
        await stranger.Page.Locator("#verify button").ClickAsync();
        await stranger.Page.Locator("#verify-verdict").WaitForAsync();
    }

    private static Dictionary<string, byte[]> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static async Task<string> SaveAsync(string folder, Dictionary<string, byte[]> files)
    {
        var path = Path.Combine(folder, $"{Guid.CreateVersion7():N}.zip");
        await using var file = File.Create(path);
        await using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, bytes) in files)
        {
            await using var into = await archive.CreateEntry(name).OpenAsync(TestContext.Current.CancellationToken);
            await into.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }

        return path;
    }
}
