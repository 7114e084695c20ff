using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
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
            .Concat(Enumerable.Range(0, 4).Select(code => $"result.{code}"))
            .ToHashSet();
        used.Add("checkpoint.wrong");
        Assert.Equal(used.Order(StringComparer.Ordinal), Words.Keys.Order(StringComparer.Ordinal));
    }

    private static List<string> Holes(string sentence) => [.. Regex.Matches(sentence, @"\{\d\}").Select(hole => hole.Value).Order(StringComparer.Ordinal)];
}
