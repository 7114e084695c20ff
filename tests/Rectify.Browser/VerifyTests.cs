using System.Globalization;
using System.IO.Compression;
using System.Text;
using Rectify.Tests.Verify;

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
        await stranger.Page.Locator("table.tb th a").First.GoAsync();
        for (var tries = 0; await stranger.Page.Locator("#verify + p + .sheet a").CountAsync() == 0 && tries < 60; tries++)
        {
            await Task.Delay(1_000, TestContext.Current.CancellationToken); // the register is signed some seconds after the start
            await stranger.Page.ReloadAsync();
        }

        await stranger.CheckPageAsync("public-item-verify");
        var item = new Uri(stranger.Page.Url).AbsolutePath;
        var day = DateOnly.ParseExact((await stranger.Page.Locator(".verdict p").InnerTextAsync()).Split("销号")[0], "yyyy年M月d日", CultureInfo.InvariantCulture);
        await stranger.Page.Locator($"a[href='{item}/verify']").GoAsync();

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

    // Packages made here: what a server of ours would never hand out. The page is that of the package, opened from a folder.
    [Fact]
    public async Task Witnesses_groups_and_signed_steps_are_checked_and_no_forgery_or_hostile_file_passes()
    {
        var folder = Directory.CreateTempSubdirectory("rectify-verify-").FullName;
        try
        {
            var page = Path.Combine(folder, "verify.html");
            await File.WriteAllTextAsync(page, Rectify.Portal.OfflinePage.Of(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "../../../../../src/Rectify/wwwroot/js/verify.js"), Ct)), Ct);
            await using var stranger = await chromium.VisitAsync();
            await stranger.Page.GotoAsync(new Uri(page).AbsoluteUri);
            const string Two = "group bodies 2 w0 w1 w2\nquorum bodies\n", Nested = "group some any w0 w1\ngroup both all some w2\nquorum both\n";
            var (all, one, last) = (MadePackage.Create([0, 1, 2]), MadePackage.Create([0]), MadePackage.Create([1, 2]));

            await SaysAsync(all, Two, "ok", "见证方 w0 于 2026-11-26 04:00", "见证方 w2 于", "2026-11-20 销号", "是第 3 号（共 6 条）", "其中签署的有 2 步", $"销号，2026-11-20，所签内容的指纹 {MadePackage.Signed}", "closing, 2026-11-20", "签署的内容本身没有附上");
            await SaysAsync(one, Two, "stop", "会签的见证方不够");
            await SaysAsync(one, "quorum w0\n", "ok", "见证方 w0 于");
            await SaysAsync(last, Nested, "ok", "见证方 w1 于", "见证方 w2 于");
            await SaysAsync(MadePackage.Create([0, 1]), Nested, "stop", "会签的见证方不够");
            await SaysAsync(MadePackage.Create([]), "quorum none\n", "ok", "没有见证方会签");

            // Policies that the command line refuses are refused here.
            var twice = $"witness again {all.Witnesses[0].Key}\n";
            foreach (var wrong in new[] { "", $"{twice}quorum again\n", "group g 0 w0 w1\nquorum g\n", "group g 3 w0 w1\nquorum g\n", "group g any w0 w9\nquorum g\n", "group g any g w0\nquorum g\n", "group g 2 w0 w0\nquorum g\n",
                "group g any w0 w1\ngroup h all g w1\nquorum h\n", "group w0 any w1 w2\nquorum w0\n", "quorum w9\n", "quorum none\nquorum none\n", "something else\n" })
            {
                Assert.Null(Rectify.Proof.WitnessPolicy.Read(Encoding.UTF8.GetBytes(all.Policy(wrong))));
                await SaysAsync(all, wrong, "stop", "公钥读不出来");
            }

            // Signatures: a genuine key of another register, a line that somebody else wrote under the register's name, a countersignature with a bit changed.
            await CheckAsync(stranger, await SaveAsync(folder, all.Files), MadePackage.Create([]).Log.Key.ToString());
            await VerdictAsync("stop", "没有用您给出的公钥签署");
            await SaysAsync(Changed(all, proof => Forged(proof, $"— {MadePackage.Origin} ")), Two, "stop", "的签名是错的");
            await SaysAsync(Changed(all, proof => Forged(proof, "— w1.example.org ")), Two, "stop", "见证方 w1 的会签是错的");
            await SaysAsync(MadePackage.Create([0, 1, 2], "\"sha256\",\"md5\""), Two, "stop", "文件 leaf.json 没有，或者格式不对");

            // The signed act: another closure's, one that was changed, one that is not there.
            await SaysAsync(MadePackage.Create([0, 1, 2], act: "AAAAAAAAAAAAAAAAAAAAYw"), Two, "stop", "附上的签署登记不是这项任务的销号");
            foreach (var name in new[] { "closing/leaf.json", "closing/chain/00002.json" })
            {
                var changed = MadePackageOf(all);
                changed[name] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(changed[name]).Replace("2026-11-", "2026-10-", StringComparison.Ordinal));
                await FilesSayAsync(changed, all.Policy(Two), "stop", "附上的签署登记不是这项任务的销号");
            }

            await FilesSayAsync(all.Files.Where(file => !file.Key.StartsWith("closing/", StringComparison.Ordinal)).ToDictionary(), all.Policy(Two), "ok", "没有附上销号这一步的签署登记");

            // No ZIP, a cut one, one that lies about its sizes, one name twice; and one that is only too large is not called damaged.
            var zip = await File.ReadAllBytesAsync(await SaveAsync(folder, all.Files), Ct);
            var central = Find(zip, "PK\x01\x02"u8);
            foreach (var (bytes, sentence) in new[]
            {
                ("no archive"u8.ToArray(), "不是完整的ZIP"), (zip[..^40], "不是完整的ZIP"), (zip[..200], "不是完整的ZIP"), (Patched(zip, central + 24, 1), "不是完整的ZIP"), (Patched(zip, central + 42, 0xFFFFFF), "不是完整的ZIP"),
                (Patched(zip, central + 24, 0x7FFFFFFF), "浏览器装不下"), (Patched(zip, zip.Length - 22 + 8, 0xFFFFFFFF), "浏览器装不下"),
            })
            {
                var path = Path.Combine(folder, $"{Guid.CreateVersion7():N}.zip");
                await File.WriteAllBytesAsync(path, bytes, Ct);
                await CheckAsync(stranger, path, all.Policy(Two));
                await VerdictAsync("stop", sentence);
            }

            var doubled = Path.Combine(folder, "doubled.zip");
            await using (var archive = new ZipArchive(File.Create(doubled), ZipArchiveMode.Create))
            {
                archive.CreateEntry("leaf.json");
                archive.CreateEntry("leaf.json");
            }

            await CheckAsync(stranger, doubled, all.Policy(Two));
            await VerdictAsync("stop", "不是完整的ZIP");

            // Paper: the fingerprint is that of one of the entries, or the paper is another item's.
            foreach (var (printed, verdict, sentence) in new[] { (Convert.ToHexStringLower(Rectify.Proof.Merkle.Leaf(all.Files["chain/00002.json"])), "ok", "纸上印的指纹是这项任务的登记之一"), (new string('0', 64), "stop", "纸上印的指纹不是这项任务的任何一条登记") })
            {
                await stranger.Page.GotoAsync("about:blank");
                await stranger.Page.GotoAsync($"{new Uri(page).AbsoluteUri}#h={printed}");
                await SaysAsync(all, Two, verdict, sentence);
            }

            Task SaysAsync(MadePackage made, string rest, string verdict, params string[] sentences) => FilesSayAsync(made.Files, made.Policy(rest), verdict, sentences);

            async Task FilesSayAsync(Dictionary<string, byte[]> files, string policy, string verdict, params string[] sentences)
            {
                await CheckAsync(stranger, await SaveAsync(folder, files), policy);
                await VerdictAsync(verdict, sentences);
            }

            async Task VerdictAsync(string verdict, params string[] sentences)
            {
                var said = await stranger.Page.Locator("#verify-result").InnerTextAsync();
                Assert.True(await stranger.Page.Locator($"#verify-verdict.note-{verdict}").CountAsync() == 1, $"{verdict}: {string.Join(' ', sentences)}\n{said}");
                Assert.All(sentences, sentence => Assert.Contains(sentence, said, StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Dictionary<string, byte[]> MadePackageOf(MadePackage made) => made.Files.ToDictionary(file => file.Key, file => (byte[])file.Value.Clone());

    private static MadePackage Changed(MadePackage made, Func<string, string> proof)
    {
        var changed = made.With(MadePackageOf(made));
        changed.Files["closure.tlog-proof"] = Encoding.UTF8.GetBytes(proof(Encoding.UTF8.GetString(made.Files["closure.tlog-proof"])));
        return changed;
    }

    // The line's key id stays; what stands behind it is somebody else's.
    private static string Forged(string proof, string line)
    {
        var from = proof.IndexOf(line, StringComparison.Ordinal) + line.Length;
        var to = proof.IndexOf('\n', from);
        var bytes = Convert.FromBase64String(proof[from..to]);
        bytes[^1] ^= 1;
        return proof[..from] + Convert.ToBase64String(bytes) + proof[to..];
    }

    private static int Find(byte[] bytes, ReadOnlySpan<byte> wanted) => bytes.AsSpan().IndexOf(wanted);

    private static byte[] Patched(byte[] bytes, int at, uint value)
    {
        var patched = (byte[])bytes.Clone();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(patched.AsSpan(at), value);
        return patched;
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
