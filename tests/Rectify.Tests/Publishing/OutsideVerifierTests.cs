using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>What the product publishes, checked by programs that are not ours: the library of Go's checksum database, sigstore's verifier, and OpenSSL with a shell.</summary>
public sealed class OutsideVerifierTests
{
    private static readonly string Folder = Path.Combine(Tree.Root, "tests/outside");

    [Fact]
    public async Task Others_verifiers_take_what_was_published_and_nothing_that_was_changed()
    {
        await using var published = await PublishedWorld.CreateAsync("sqlite");
        foreach (var entries in new[] { 255, 2, 1_000 })
        {
            await published.ActAsync(entries);
            await published.NumberAsync();
            await published.PublishAsync();
        }

        var key = published.Log.Key.ToString();
        var program = await BuildGoAsync(published.Folder.FullName);
        Assert.Equal((0, $"HOLDS: 1257 entries in {PublishedWorld.Origin}\n"), await RunAsync(program, [published.Folder.FullName, key]));
        foreach (var file in new[] { "tile/entries/002", "tile/0/001", "tile/1/000.p/4", "checkpoint" })
        {
            var path = Path.Combine(published.Folder.FullName, file);
            var good = await File.ReadAllBytesAsync(path, Ct);
            await File.WriteAllBytesAsync(path, Rectify.Tests.Proof.Vectors.Flipped(good, 400), Ct);
            Assert.Equal(1, (await RunAsync(program, [published.Folder.FullName, key])).Code);
            await File.WriteAllBytesAsync(path, good, Ct);
        }

        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            var npm = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            Assert.True(npm.Code == 0, npm.Said);
        }

        var work = Directory.CreateDirectory(Path.Combine(published.Folder.FullName, "work")).FullName;
        await SaveRecipeAsync(Path.Combine(work, "check"));
        foreach (var index in new long[] { 255, 1_256 })
        {
            var entry = await published.World.InAsync((Db db) => db.Journal.Where(row => row.Index == index).Select(row => row.EntryId).SingleAsync(Ct));
            await using (var zip = File.Create(Path.Combine(work, "proof.zip")))
            {
                await ProofPackage.WriteAsync(zip, (await published.ProveAsync(entry))!, null, [], Ct);
            }

            await ZipFile.ExtractToDirectoryAsync(Path.Combine(work, "proof.zip"), work, overwriteFiles: true, Ct);
            var (leaf, proof) = (Path.Combine(work, "leaf.json"), Path.Combine(work, "closure.tlog-proof"));
            Assert.Equal((0, $"good: {index} of 1257\n"), await RunAsync("node", ["verify.mjs", leaf, proof, key]));
            Assert.Equal((0, $"HOLDS: entry {index} of 1257 in {PublishedWorld.Origin}\n"), await RunAsync("bash", [Path.Combine(work, "check"), leaf, proof, key]));
            var bytes = await File.ReadAllBytesAsync(leaf, Ct);
            await File.WriteAllBytesAsync(leaf, Rectify.Tests.Proof.Vectors.Flipped(bytes, (int)index), Ct);
            Assert.Equal(1, (await RunAsync("node", ["verify.mjs", leaf, proof, key])).Code);
            Assert.Equal(1, (await RunAsync("bash", [Path.Combine(work, "check"), leaf, proof, key])).Code);

            // A proof is a stranger's file: whatever stands where a number should, the shell runs none of it.
            var (good, ran) = (await File.ReadAllTextAsync(proof, Ct), Path.Combine(work, "ran"));
            foreach (var number in new[] { $"index {index}\n", "\n1257\n" })
            {
                await File.WriteAllTextAsync(proof, good.Replace(number, number.Replace(number.Trim().Split(' ')[^1], $"work[$(touch {ran})]", StringComparison.Ordinal), StringComparison.Ordinal), Ct);
                Assert.Equal((1, false), ((await RunAsync("bash", [Path.Combine(work, "check"), leaf, proof, key])).Code, File.Exists(ran)));
            }
        }
    }

    /// <summary>Builds the program that uses the library of Go's checksum database.</summary>
    /// <returns>Its path: run with a published folder and the journal's key.</returns>
    internal static async Task<string> BuildGoAsync(string folder)
    {
        var program = Path.Combine(folder, "verify");
        var go = await RunAsync("go", ["build", "-o", program, "verify.go"], ("GO111MODULE", "off"), ("GOPATH", "/usr/share/gocode"), ("GOFLAGS", ""));
        Assert.True(go.Code == 0, go.Said);
        return program;
    }

    /// <summary>The script as docs/verify.md prints it: run with an entry, a proof and the journal's key.</summary>
    internal static async Task SaveRecipeAsync(string path) => await File.WriteAllTextAsync(
        path, Regex.Match(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs/verify.md"), Ct), "```bash\n(.*?)```", RegexOptions.Singleline).Groups[1].Value, Ct);

    internal static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var running = Process.Start(start)!;
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(Ct), running.StandardError.ReadToEndAsync(Ct));
        await running.WaitForExitAsync(Ct);
        return (running.ExitCode, running.ExitCode == 0 ? await said : await said + await complained);
    }
}
