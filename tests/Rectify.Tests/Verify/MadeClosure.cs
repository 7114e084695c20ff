using System.Buffers.Text;
using System.Text;
using Rectify.Proof;
using Rectify.Tests.Proof;
using Rectify.Verify;

namespace Rectify.Tests.Verify;

/// <summary>A downloaded closure in a folder of its own, as docs/formats/closure.md describes it.</summary>
internal sealed class MadeClosure : IDisposable
{
    private const int Place = 300;

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner[] Bodies = [.. Enumerable.Range(1, 3).Select(i => NoteSigner.Generate($"w{i}.example.org", NoteAlgorithms.Cosignature))];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-verify-");

    private MadeClosure()
    {
    }

    public static NoteSigner Log { get; } = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);

    public string Root => folder.FullName;

    /// <summary>The reader's own policy, outside the download.</summary>
    public string Policy => Path.Combine(Root, "..", $"{folder.Name}.policy");

    /// <summary>What the page of <see cref="CreateAsync"/> says.</summary>
    public const string Page = """{"number":"第69项","title":"补种","closedOn":"2026-11-20","pictures":[{"name":"0a","after":true,"alt":"三号采坑"}]}""";

    /// <param name="page">The text of a public page, for a closure whose entry publishes it: an earlier entry closes the item and another made the photo.</param>
    public static async Task<MadeClosure> CreateAsync(string? page = null)
    {
        var made = new MadeClosure();
        var subject = Base64Url.EncodeToString(new byte[16]);
        var photo = Encoding.UTF8.GetBytes("a photograph");
        var salt = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var file = new FileOpening(salt, Digests.Sha256.Hash(photo), Digests.Sm3.Hash(photo), "现场.jpg");
        var field = FieldOpening.Of(salt, "Closure/a/Result", null, "补种三十株");
        var hidden = FieldOpening.Of(salt, "Closure/a/Phone", null, "13800000000");
        var chain = LeafChainTests.Chain(2);
        var picture = Encoding.UTF8.GetBytes("a photograph, masked");
        if (page is not null)
        {
            chain[0] = LeafChainTests.Entry(1, null, subject, Data("""{"item":"x","facts":[{"kind":"closed","on":"2026-11-20"}]}"""), type: "item.facts-recorded");
            chain[1] = LeafChainTests.Entry(2, Merkle.Leaf(chain[0]), subject, Data($$"""{"item":"x","name":"0a","hash":"{{Hex(picture)}}"}"""), type: "portal.picture-made");
            made.Write("page.json", Encoding.UTF8.GetBytes(page));
            made.Write("pictures/0a.webp", picture);
        }

        var data = page is null ? "{}" : $$"""{"item":"x","act":"Publish","no":1,"hash":"{{Hex(Encoding.UTF8.GetBytes(page))}}"}""";
        var leaf = LeafChainTests.Entry(
            3, Merkle.Leaf(chain[1]), subject, Data(data) + $",\"files\":[\"{file.Commitment}\"],\"sd\":[\"{field.Commitment}\",\"{hidden.Commitment}\"]", "[\"sha256\",\"sm3\"]", page is null ? "test.noted" : "portal.item-published");

        var builder = new TileBuilder();
        var entries = Enumerable.Range(0, 700).Select(i => i == Place ? leaf : MadeJournal.Entry(i)).ToList();
        entries.ForEach(builder.Append);
        foreach (var (path, bytes) in builder.TakeFinished().Concat(builder.Partial()))
        {
            made.Write($"journal/{path}", bytes);
        }

        var checkpoint = new Checkpoint(MadeJournal.Origin, builder.Size, builder.Root());
        var note = SignedNote.Sign(checkpoint.Text, Noon, Log, Bodies[0], Bodies[2]);
        var tree = await PublishedTree.OpenAsync(new FolderTiles(Path.Combine(made.Root, "journal")), checkpoint, CancellationToken.None);
        var policy = Encoding.UTF8.GetBytes(
            $"log {Log.Key}\n{string.Concat(Bodies.Select((body, i) => $"witness w{i} {body.Key}\n"))}group bodies 2 w0 w1 w2\nquorum bodies\n");

        made.Write("leaf.json", leaf);
        made.Write("closure.tlog-proof", new LogProof(Place, await tree.InclusionPathAsync(Place, CancellationToken.None), note).ToBytes());
        made.Write("openings.json", new Openings([field], [file], []).ToBytes());
        made.Write("files/现场.jpg", photo);
        made.Write("chain/00001.json", chain[0]);
        made.Write("chain/00002.json", chain[1]);
        made.Write("checkpoint", note.ToBytes());
        made.Write("journal/checkpoint", note.ToBytes());
        made.Write("policy", policy);
        made.Write("journal/policy", policy);
        await File.WriteAllBytesAsync(made.Policy, policy);
        return made;
    }

    private static string Data(string json) => $"\"data\":{json}";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(Digests.Sha256.Hash(bytes));

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    public void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public void Delete(string name) => File.Delete(Path.Combine(Root, name));

    /// <summary>Runs the program as a reader would.</summary>
    public async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var said = new StringWriter();
        var code = await Commands.RunAsync(arguments, said);
        return (code, said.ToString());
    }

    public Task<(int Code, string Said)> CheckAsync(params string[] more) => RunAsync(["closure", Root, "--policy", Policy, .. more]);

    public void Dispose()
    {
        File.Delete(Policy);
        folder.Delete(recursive: true);
    }
}
