using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Rectify.Proof;
using Rectify.Tests.Proof;
using Rectify.Verify;

namespace Rectify.Tests.Verify;

public sealed class VerifyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_whole_closure_holds_and_what_it_does_not_prove_is_said()
    {
        using var made = await MadeClosure.CreateAsync();

        var (code, said) = await made.CheckAsync();

        Assert.Equal(Verdict.Holds, code);
        Assert.All(
            [
                "Result: it holds.", "结论：核验通过。", "The signature of journal example.org/journal is right (ed25519)",
                "Witness w1.example.org countersigned at 2026-11-26 04:00:00 UTC", "at place 300 (counted from 0) of 700 entries",
                "from number 1 to 3", "changed “Closure/a/Result” from “(nothing)” to “补种三十株”", "由“（空）”改为“补种三十株”",
                "The file “现场.jpg” is the one", "1 more fields", "There is no time stamp", "not that they are honest", "不证明内容真实",
            ],
            words => Assert.Contains(words, said, StringComparison.Ordinal));
        Assert.DoesNotContain("Does not hold", said, StringComparison.Ordinal);
        Assert.DoesNotContain("13800000000", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signed_steps_of_a_closing_belong_to_it_or_are_refused()
    {
        var made = MadePackage.Create([0, 1]);
        var policy = made.Policy("group bodies 2 w0 w1 w2\nquorum bodies\n");
        var (code, said) = await CheckAsync(made.Files);
        Assert.True(code == Verdict.Holds, said);
        Assert.All(["at place 2 (counted from 0) of 6, and all", "2 of them were signed", $"closing, 2026-11-20; hash of what was signed {MadePackage.Signed}"], words => Assert.Contains(words, said, StringComparison.Ordinal));

        foreach (var (name, from, to) in new[] { ("closing/leaf.json", "2026-11", "2026-10"), ("closing/chain/00002.json", "2026-11", "2026-10"), ("closing/chain/00001.json", "\"n\":1", "\"n\":2"), ("closing/closure.tlog-proof", "index 2", "index 3") })
        {
            var files = made.Files.ToDictionary();
            files[name] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files[name]).Replace(from, to, StringComparison.Ordinal));
            (code, said) = await CheckAsync(files);
            Assert.True(code == Verdict.DoesNotHold && said.Contains("is not the one that closed this item", StringComparison.Ordinal), $"{name} {said}");
        }

        // Another closure's act, however genuine; half of it; and none.
        var other = MadePackage.Create([0, 1], act: "AAAAAAAAAAAAAAAAAAAAYw");
        policy = other.Policy("quorum w0\n");
        Assert.Equal(Verdict.DoesNotHold, (await CheckAsync(other.Files)).Code);
        policy = made.Policy("quorum w0\n");
        Assert.Equal(Verdict.CannotBeRead, (await CheckAsync(made.Files.Where(file => file.Key != "closing/closure.tlog-proof").ToDictionary())).Code);
        (code, said) = await CheckAsync(made.Files.Where(file => !file.Key.StartsWith("closing/", StringComparison.Ordinal)).ToDictionary());
        Assert.True(code == Verdict.Holds && said.Contains("The signed act that closed it is not here", StringComparison.Ordinal), said);

        async Task<(int Code, string Said)> CheckAsync(Dictionary<string, byte[]> files)
        {
            var folder = Directory.CreateTempSubdirectory("rectify-verify-");
            try
            {
                foreach (var (name, bytes) in files.Append(new("trusted", Encoding.UTF8.GetBytes(policy))))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, name))!);
                    await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes);
                }

                using var output = new StringWriter();
                return (await Commands.RunAsync(["closure", folder.FullName, "--policy", Path.Combine(folder.FullName, "trusted"), "--language", "en"], output), output.ToString());
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    [Fact]
    public async Task Each_language_can_be_had_alone()
    {
        using var made = await MadeClosure.CreateAsync();
        Assert.DoesNotContain("结论", (await made.CheckAsync("--language", "en")).Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Result", (await made.CheckAsync("--language", "zh")).Said.Replace("Closure/a/Result", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_came_along_prove_nothing_by_themselves()
    {
        using var made = await MadeClosure.CreateAsync();

        var (code, said) = await made.RunAsync("closure", made.Root);

        Assert.Equal(Verdict.HoldsIfTheKeysAreRight, code);
        Assert.Contains("whose they are is not proved", said, StringComparison.Ordinal);
    }

    // A whole download made by somebody else, who signs with keys of their own and adds them.
    [Fact]
    public async Task A_forged_download_with_its_own_keys_is_refused_under_the_readers_policy()
    {
        using var made = await MadeClosure.CreateAsync();
        using var other = await MadeClosure.CreateAsync();
        var forger = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);
        var proof = LogProof.Read(made.Read("closure.tlog-proof"))!;
        made.Write("closure.tlog-proof", new LogProof(proof.Index, proof.Path, SignedNote.Sign(proof.Checkpoint.Text, Noon, forger)).ToBytes());
        made.Write("policy", Encoding.UTF8.GetBytes($"log {forger.Key}\nquorum none\n"));

        Assert.Equal(Verdict.HoldsIfTheKeysAreRight, (await made.RunAsync("closure", made.Root)).Code);
        var (code, said) = await made.RunAsync("closure", made.Root, "--policy", other.Policy);
        Assert.Equal(Verdict.DoesNotHold, code);
        Assert.Contains("no signature of a journal that you trust", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leaf.json")]
    [InlineData("closure.tlog-proof")]
    [InlineData("openings.json")]
    [InlineData("files/现场.jpg")]
    [InlineData("chain/00001.json")]
    [InlineData("chain/00002.json")]
    public async Task No_file_can_be_changed_unseen(string name)
    {
        using var made = await MadeClosure.CreateAsync();
        var good = made.Read(name);
        for (var bit = 0; bit < good.Length * 8; bit += 7)
        {
            made.Write(name, Vectors.Flipped(good, bit));
            var verdict = CheckClosure.Run(made.Root, made.Policy, null);
            if (verdict.ExitCode == Verdict.Holds)
            {
                // A file's name stands in openings.json for people only.
                Assert.Equal("openings.json", name);
                Assert.Contains(verdict.Statements, one => one.Key == "file.absent");
            }
        }
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        using var made = await MadeClosure.CreateAsync();
        made.Delete("files/现场.jpg");
        made.Delete("chain/00001.json");
        made.Delete("chain/00002.json");
        var (code, said) = await made.CheckAsync("--language", "en");
        Assert.Equal(Verdict.Holds, code);
        Assert.Contains("The 2 earlier entries about this subject are not here", said, StringComparison.Ordinal);
        Assert.Contains("The file “现场.jpg” is not here", said, StringComparison.Ordinal);

        made.Delete("openings.json");
        Assert.Contains("2 more fields", (await made.CheckAsync("--language", "en")).Said, StringComparison.Ordinal);
        made.Delete("closure.tlog-proof");
        Assert.Equal(Verdict.CannotBeRead, (await made.CheckAsync()).Code);
        Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", Path.Combine(made.Root, "nothing"))).Code);
        Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", made.Root, "--policy", Path.Combine(made.Root, "leaf.json"))).Code);
    }

    [Fact]
    public async Task A_chain_with_a_gap_or_of_another_subject_is_refused()
    {
        using var made = await MadeClosure.CreateAsync();
        made.Delete("chain/00001.json");
        Assert.Contains("missing, doubled or out of order at number 1", (await made.CheckAsync()).Said, StringComparison.Ordinal);
        made.Write("chain/00001.json", LeafChainTests.Chain(1)[0]);
        made.Delete("chain/00002.json");
        var (code, said) = await made.CheckAsync();
        Assert.Equal(Verdict.DoesNotHold, code);
        Assert.Contains("do not lead to this entry", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_witnesses_do_not_prove()
    {
        using var made = await MadeClosure.CreateAsync();
        var proof = LogProof.Read(made.Read("closure.tlog-proof"))!;
        made.Write("closure.tlog-proof", new LogProof(proof.Index, proof.Path, SignedNote.Sign(proof.Checkpoint.Text, Noon, MadeClosure.Log).With(proof.Checkpoint.Signatures[1])).ToBytes());

        var (code, said) = await made.CheckAsync();

        Assert.Equal(Verdict.DoesNotHold, code);
        Assert.Contains("at least 2 are needed, 1 did", said, StringComparison.Ordinal);
    }

    // The name in openings.json comes from a stranger.
    [Theory]
    [InlineData("../leaf.json")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    public async Task A_name_never_leads_out_of_the_download(string name)
    {
        using var made = await MadeClosure.CreateAsync();
        var openings = Openings.Read(made.Read("openings.json"))!;
        made.Write("openings.json", (openings with { Files = [openings.Files[0] with { Name = name }] }).ToBytes());

        Assert.Contains("is not here", (await made.CheckAsync("--language", "en")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_that_would_move_the_cursor_are_not_printed()
    {
        using var made = await MadeClosure.CreateAsync();
        var openings = Openings.Read(made.Read("openings.json"))!;
        made.Write("openings.json", (openings with { Files = [openings.Files[0] with { Name = "a\u001b[2J\u202eb\nProved: all" }] }).ToBytes());

        var (_, said) = await made.CheckAsync("--language", "en");

        Assert.Contains("“a□[2J□b□Proved: all”", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_stamp_is_checked_only_with_an_authority_that_one_names()
    {
        using var made = await MadeClosure.CreateAsync();
        made.Write("checkpoint.tsr", [1, 2, 3]);
        var pem = Path.Combine(made.Root, "tsa.pem");
        await File.WriteAllBytesAsync(pem, TimeStampTests.NobodysCertificate, TestContext.Current.CancellationToken);

        Assert.Contains("no certificate of an authority that you trust was named", (await made.CheckAsync()).Said, StringComparison.Ordinal);
        var (code, said) = await made.CheckAsync("--tsa", pem);
        Assert.Equal(Verdict.DoesNotHold, code);
        Assert.Contains("cannot be read, or the authority gave none", said, StringComparison.Ordinal);
        made.Write("checkpoint", SignedNote.Sign(new Checkpoint(MadeJournal.Origin, 1, new byte[32]).Text, Noon, MadeClosure.Log).ToBytes());
        Assert.Contains("differs from the checkpoint in the proof", (await made.CheckAsync("--tsa", pem)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_journal_is_checked_and_held_to_an_earlier_checkpoint()
    {
        using var made = await MadeClosure.CreateAsync();
        var journal = Path.Combine(made.Root, "journal");
        var checkpoint = Checkpoint.Read(SignedNote.Read(made.Read("journal/checkpoint"))!.Text)!;
        var tree = await PublishedTree.OpenAsync(new FolderTiles(journal), checkpoint, TestContext.Current.CancellationToken);
        var root = await tree.RootAtAsync(290, TestContext.Current.CancellationToken);
        async Task<(int Code, string Said)> HoldAsync(Checkpoint earlier)
        {
            made.Write("earlier", SignedNote.Sign(earlier.Text, Noon, MadeClosure.Log).ToBytes());
            return await made.RunAsync("journal", journal, "--policy", made.Policy, "--earlier", Path.Combine(made.Root, "earlier"), "--language", "en");
        }

        var good = await HoldAsync(new(MadeJournal.Origin, 290, root));
        Assert.Equal(Verdict.Holds, good.Code);
        Assert.Contains("All 700 entries", good.Said, StringComparison.Ordinal);
        Assert.Contains("The earlier checkpoint (290 entries) is wholly contained", good.Said, StringComparison.Ordinal);
        Assert.Equal(Verdict.Holds, (await HoldAsync(new(MadeJournal.Origin, 0, new RightEdge().Root()))).Code);
        Assert.Contains("was rewritten", (await HoldAsync(new(MadeJournal.Origin, 289, root))).Said, StringComparison.Ordinal);
        Assert.Contains("was rewritten", (await HoldAsync(new(MadeJournal.Origin, 0, root))).Said, StringComparison.Ordinal);
        Assert.Contains("(700 entries) is shorter", (await HoldAsync(new(MadeJournal.Origin, 701, root))).Said, StringComparison.Ordinal);
        Assert.Equal(Verdict.DoesNotHold, (await HoldAsync(new("example.org/other", 290, root))).Code);
        Assert.Contains("no earlier checkpoint was given", (await made.RunAsync("journal", journal)).Said.ToLowerInvariant(), StringComparison.Ordinal);

        made.Write("journal/tile/entries/001", Vectors.Flipped(made.Read("journal/tile/entries/001"), 99));
        var changed = await HoldAsync(new(MadeJournal.Origin, 290, root));
        Assert.Equal(Verdict.DoesNotHold, changed.Code);
        Assert.Contains("wrong at tile/entries/001: an entry was changed", changed.Said, StringComparison.Ordinal);
        made.Delete("journal/tile/entries/001");
        Assert.Equal(Verdict.CannotBeRead, (await HoldAsync(new(MadeJournal.Origin, 290, root))).Code);
    }

    [Fact]
    public async Task A_zip_is_checked_as_its_folder_is_and_never_unpacks_elsewhere()
    {
        using var made = await MadeClosure.CreateAsync();
        var zip = Path.Combine(made.Root, "..", $"{Path.GetFileName(made.Root)}.zip");
        try
        {
            await ZipFile.CreateFromDirectoryAsync(made.Root, zip, TestContext.Current.CancellationToken);
            Assert.Equal(Verdict.Holds, (await made.RunAsync("closure", zip, "--policy", made.Policy)).Code);

            await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Update, TestContext.Current.CancellationToken))
            {
                archive.CreateEntry("../escaped");
            }

            Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", zip, "--policy", made.Policy)).Code);
            Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "escaped")));
            await File.WriteAllBytesAsync(zip, [1, 2, 3], TestContext.Current.CancellationToken);
            Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", zip)).Code);
        }
        finally
        {
            File.Delete(zip);
        }
    }

    [Fact]
    public async Task A_line_that_is_not_understood_is_no_verdict()
    {
        using var made = await MadeClosure.CreateAsync();
        Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure")).Code);
        Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", made.Root, "--language", "fr")).Code);
        Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("something")).Code);
        Assert.Equal(0, (await made.RunAsync("--help")).Code);
    }

    // The script as docs/verify.md prints it.
    [Fact]
    public async Task The_recipe_of_the_manual_checks_with_openssl_alone()
    {
        using var made = await MadeClosure.CreateAsync();
        made.Write("check", Encoding.UTF8.GetBytes(Regex.Match(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs/verify.md")), "```bash\n(.*?)```", RegexOptions.Singleline).Groups[1].Value));
        var key = MadeClosure.Log.Key.ToString();

        var (code, said) = await ShellAsync(made.Root, key);
        Assert.Equal($"HOLDS: entry 300 of 700 in {MadeJournal.Origin}\n", said);
        Assert.Equal(0, code);
        Assert.Equal(1, (await ShellAsync(made.Root, NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519).Key.ToString())).Code);
        Assert.Equal(1, (await ShellAsync(made.Root, NoteSigner.Generate("example.org/other", NoteAlgorithms.Ed25519).Key.ToString())).Code);

        var (leaf, proof) = (made.Read("leaf.json"), Encoding.UTF8.GetString(made.Read("closure.tlog-proof")));
        made.Write("leaf.json", Vectors.Flipped(leaf, 800));
        Assert.Equal((1, "DOES NOT HOLD: the entry is not in this journal\n"), await ShellAsync(made.Root, key));
        made.Write("leaf.json", leaf);
        foreach (var bad in new[] { proof.Replace("index 300", "index 301", StringComparison.Ordinal), proof.Replace("\n700\n", "\n701\n", StringComparison.Ordinal) })
        {
            made.Write("closure.tlog-proof", Encoding.UTF8.GetBytes(bad));
            Assert.Equal(1, (await ShellAsync(made.Root, key)).Code);
        }
    }

    [Fact]
    public async Task A_closed_item_is_named_and_what_nobody_compared_is_said()
    {
        using var made = await MadeClosure.CreateAsync(MadeClosure.Page);

        var (code, said) = await made.CheckAsync();

        Assert.Equal(Verdict.Holds, code);
        Assert.All(
            [
                "The item was closed on 2026-11-20; entry number 1", "该事项于 2026-11-20 销号", "is headed: 第69项 补种", "The photo “三号采坑” is the registered one",
                "– The web page that you saw was not looked at", "– 没有核对您在网上看到的网页",
            ],
            words => Assert.Contains(words, said, StringComparison.Ordinal));

        made.Write("pictures/more.webp", [1]);
        Assert.Contains("1 more photo files are not named", (await made.CheckAsync()).Said, StringComparison.Ordinal);
        made.Delete("pictures/0a.webp");
        Assert.Contains("– The photo “三号采坑” is not here", (await made.CheckAsync()).Said, StringComparison.Ordinal);
        made.Delete("page.json");
        Assert.Contains("– What was published (page.json) is not here", (await made.CheckAsync()).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exchanged_photo_is_named_and_does_not_hold()
    {
        using var made = await MadeClosure.CreateAsync(MadeClosure.Page);
        made.Write("pictures/0a.webp", [1, 2, 3]);

        var (code, said) = await made.CheckAsync();

        Assert.Equal(Verdict.DoesNotHold, code);
        Assert.Contains("✗ The photo “三号采坑” is not the one that was registered", said, StringComparison.Ordinal);
        Assert.Contains("✗ 照片“三号采坑”不是登记的那一张", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_says_it_is_closed_is_held_against_the_entries()
    {
        using var made = await MadeClosure.CreateAsync(MadeClosure.Page.Replace("2026-11-20", "2026-11-21", StringComparison.Ordinal));

        var (_, said) = await made.CheckAsync("--language", "en");

        Assert.Contains("– What was published says that it was closed on 2026-11-21; the entries that came along have no closing of that day", said, StringComparison.Ordinal);
    }

    // The whole file is wrong, whoever wrote the entry: words and a code, and no verdict that it holds.
    [Theory]
    [InlineData("page.json", """{"number":1}""")]
    [InlineData("page.json", """[]""")]
    [InlineData("page.json", """{"number":"1","title":"x","pictures":{}}""")]
    [InlineData("leaf.json", null)]
    public async Task A_page_or_an_entry_of_wrong_kinds_is_called_broken(string file, string? page)
    {
        using var made = await MadeClosure.CreateAsync(page ?? MadeClosure.Page);
        if (page is null)
        {
            var leaf = Encoding.UTF8.GetString(made.Read("leaf.json"));
            made.Write("leaf.json", Encoding.UTF8.GetBytes(Regex.Replace(leaf, "\"data\":\\{.*?\\}", "\"data\":{\"hash\":1}")));
        }

        var (code, said) = await made.CheckAsync();

        Assert.NotEqual(Verdict.Holds, code);
        Assert.Contains($"The file {file} is malformed", said, StringComparison.Ordinal);
        Assert.Contains($"文件 {file} 的格式不对", said, StringComparison.Ordinal);
    }

    private static readonly string[] Kinds = ["1", "-1e999", "null", "true", "\"\"", "\"\\ud800\"", "\"../x\\u0000\"", "[]", "[[]]", "{}", "{\"a\":{}}", "[1,null,\"\"]"];

    // A stranger's download: each value in turn of another kind, or gone, or bytes cut, doubled and replaced.
    [Fact]
    public async Task Whatever_a_download_holds_it_gets_a_verdict()
    {
        using var made = await MadeClosure.CreateAsync(MadeClosure.Page);
        made.Write("checkpoint.tsr", [0x30, 0x03, 0x02, 0x01, 0x00]);
        var pem = Path.Combine(made.Root, "tsa.pem");
        await File.WriteAllBytesAsync(pem, TimeStampTests.NobodysCertificate, TestContext.Current.CancellationToken);
        string[] jsons = ["leaf.json", "page.json", "openings.json", "chain/00001.json", "chain/00002.json"];
        string[] all = [.. jsons, "closure.tlog-proof", "policy", "checkpoint", "checkpoint.tsr"];
        var good = all.ToDictionary(name => name, made.Read);
        var spoiled = Gen.Select(Gen.Int[0, jsons.Length - 1], Gen.Int[0, 60], Gen.Int[-1, Kinds.Length - 1]).Select((file, place, kind) => (Name: jsons[file], Bytes: OfWrongKind(good[jsons[file]], place, kind < 0 ? null : Kinds[kind])));
        var noise = Gen.Select(Gen.Int[0, all.Length - 1], Gen.Int[0, 600], Gen.Int[0, 60], Gen.Byte.Array[0, 6]).Select((file, from, length, put) =>
        {
            var bytes = good[all[file]];
            from %= bytes.Length;
            return (Name: all[file], Bytes: (byte[])[.. bytes[..from], .. put, .. bytes[Math.Min(bytes.Length, from + length)..]]);
        });

        Gen.OneOf(spoiled, noise).Array[1, 3].Sample(changes =>
        {
            foreach (var (name, bytes) in changes)
            {
                made.Write(name, bytes);
            }

            using var said = new StringWriter();
            Words.Print(CheckClosure.Run(made.Root, null, pem), Language.Both, said);
            Assert.Contains("结论：", said.ToString(), StringComparison.Ordinal);
            foreach (var (name, _) in changes)
            {
                made.Write(name, good[name]);
            }
        }, iter: 2_000, threads: 1);
    }

    // The value at a place, counted as they stand, of another kind; or the member taken out.
    private static byte[] OfWrongKind(byte[] json, int place, string? kind)
    {
        const string Mark = "@other@";
        var root = JsonNode.Parse(json)!;
        List<JsonNode> nodes = [];
        void Add(JsonNode? node)
        {
            if (node is not null)
            {
                nodes.Add(node);
                foreach (var inner in node is JsonObject one ? one.Select(member => member.Value) : node is JsonArray list ? [.. list] : [])
                {
                    Add(inner);
                }
            }
        }

        Add(root);
        var meant = nodes[place % nodes.Count];
        if (meant.Parent is null)
        {
            return Encoding.UTF8.GetBytes(kind ?? "");
        }

        if (kind is null && meant.Parent is JsonObject parent)
        {
            parent.Remove(meant.GetPropertyName());
        }
        else
        {
            meant.ReplaceWith(Mark);
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace($"\"{Mark}\"", kind ?? "null", StringComparison.Ordinal));
    }

    // Names that no folder can have.
    [Fact]
    public async Task A_zip_with_names_that_cannot_be_is_no_verdict()
    {
        using var made = await MadeClosure.CreateAsync();
        var zip = Path.Combine(made.Root, "..", $"{Path.GetFileName(made.Root)}.zip");
        try
        {
            foreach (var name in new[] { "a\0b", new string('x', 5_000), "leaf.json/leaf.json" })
            {
                await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
                {
                    archive.CreateEntry("leaf.json");
                    archive.CreateEntry(name);
                }

                Assert.Equal(Verdict.CannotBeRead, (await made.RunAsync("closure", zip)).Code);
                File.Delete(zip);
            }
        }
        finally
        {
            File.Delete(zip);
        }
    }

    private static async Task<(int Code, string Said)> ShellAsync(string folder, string key)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["check", "leaf.json", "closure.tlog-proof", key]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, said);
    }

    [Fact]
    public void Every_sentence_stands_in_both_languages_and_every_one_that_is_used_exists()
    {
        var rows = File.ReadAllLines(Path.Combine(Tree.Root, "src/Rectify.Verify/Words.tsv")).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.All(rows, row =>
        {
            Assert.Equal(3, row.Length);
            Assert.Equal(Holes(row[1]), Holes(row[2]));
            Assert.DoesNotMatch(@"[\u4e00-\u9fff][,;:()]", row[1]);
            Assert.Matches(@"[\u4e00-\u9fff]", row[1]);
        });
        var used = Tree.Files("src/Rectify.Verify", ".cs")
            .SelectMany(file => Regex.Matches(file.Text, "(?:Proved|Contradicted|NotProved|Unreadable|Word)\\((?:\\w+ == [\\w.]+ \\? )?\"([a-zA-Z.]+)\"(?: : \"([a-zA-Z.]+)\")?")
                .SelectMany(match => match.Groups.Values.Skip(1).Where(one => one.Success).Select(one => one.Value)))
            .Concat(Enum.GetNames<Standing>().Select(name => $"heading.{name}"))
            .Concat(Enum.GetNames<ChainFault>().Select(name => $"chain.{name}"))
            .Concat(Enum.GetNames<JournalFault>().Select(name => $"fault.{name}"))
            .Concat(Enum.GetNames<TimeStampOutcome>().Where(name => name != "Good").Select(name => $"stamp.{name}"))
            .Concat(Enum.GetNames<Rectify.Procedures.StepKind>().Select(name => $"step.{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name)}"))
            .Concat(Enumerable.Range(0, 4).Select(code => $"result.{code}"))
            .ToHashSet();
        used.Add("checkpoint.wrong");
        Assert.Equal(used.Order(StringComparer.Ordinal), Words.Keys.Order(StringComparer.Ordinal));
    }

    private static List<string> Holes(string sentence) => [.. Regex.Matches(sentence, @"\{\d\}").Select(hole => hole.Value).Order(StringComparer.Ordinal)];
}
