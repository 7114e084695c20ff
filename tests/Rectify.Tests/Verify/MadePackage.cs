using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rectify.Proof;

namespace Rectify.Tests.Verify;

/// <summary>The package of a published closing whose steps were signed, in a journal of its own with three witnesses. As docs/formats/closure.md describes it.</summary>
internal sealed class MadePackage
{
    public const string Origin = "register.example.org";

    public const string Page = """{"number":"69","title":"Wells","closedOn":"2026-11-20","pictures":[]}""";

    /// <summary>What was signed at the step that closed it.</summary>
    public static readonly string Signed = new('b', 64);

    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    private MadePackage()
    {
    }

    public NoteSigner Log { get; private init; } = NoteSigner.Generate(Origin, NoteAlgorithms.Ed25519);

    public NoteSigner[] Witnesses { get; private init; } = [.. Enumerable.Range(0, 3).Select(i => NoteSigner.Generate($"w{i}.example.org", NoteAlgorithms.Cosignature))];

    public Dictionary<string, byte[]> Files { get; private init; } = [];

    /// <summary>The same keys with other files.</summary>
    public MadePackage With(Dictionary<string, byte[]> files) => new() { Log = Log, Witnesses = Witnesses, Files = files };

    /// <summary>Journal and witnesses, and then what else the policy says.</summary>
    public string Policy(string rest) => $"log {Log.Key}\n{string.Concat(Witnesses.Select((one, i) => $"witness w{i} {one.Key}\n"))}{rest}";

    /// <param name="signing">Which witnesses countersign.</param>
    /// <param name="digests">What the published entry says of its digests.</param>
    /// <param name="act">The id that the item's own entry names as the act that closed it; that of the act unless said.</param>
    public static MadePackage Create(int[] signing, string digests = "\"sha256\"", string? act = null)
    {
        var made = new MadePackage();
        var (item, closure, close) = (Id(1), Id(2), Id(3));
        byte[][] steps = new byte[3][], entries = new byte[3][];
        steps[0] = Entry("closure.began", Id(10), closure, 1, null, "{}");
        steps[1] = Entry("closure.act-done", Id(11), closure, 2, steps[0], $$"""{"closure":"x","act":"take","no":1,"cycle":1,"step":"a","stepKind":"declare","on":"2026-11-18","signedHash":"{{new string('a', 64)}}"}""");
        steps[2] = Entry("closure.act-done", close, closure, 3, steps[1], $$"""{"closure":"x","act":"take","no":2,"cycle":1,"step":"b","stepKind":"close","on":"2026-11-20","signedHash":"{{Signed}}"}""");
        entries[0] = Entry("item.added", Id(12), item, 1, null, "{}");
        entries[1] = Entry("item.facts-recorded", Id(13), item, 2, entries[0], """{"item":"x","facts":[{"kind":"closed","on":"2026-11-20"}]}""", act ?? close);
        entries[2] = Entry("portal.item-published", Id(14), item, 3, entries[1], $$"""{"item":"x","act":"publish","no":1,"hash":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Page)))}}"}""", digests: digests);

        byte[][] leaves = [.. steps.Concat(entries).Select(entry => Merkle.Leaf(entry))];
        var note = SignedNote.Sign(new Checkpoint(Origin, leaves.Length, Merkle.Root(leaves)).Text, Noon, [made.Log, .. signing.Select(i => made.Witnesses[i])]);
        void Prove(string folder, byte[][] chain, int place)
        {
            made.Files[$"{folder}leaf.json"] = chain[^1];
            made.Files[$"{folder}closure.tlog-proof"] = new LogProof(place, Merkle.Path(leaves, place), note).ToBytes();
            foreach (var (i, entry) in chain[..^1].Index())
            {
                made.Files[string.Create(CultureInfo.InvariantCulture, $"{folder}chain/{i + 1:00000}.json")] = entry;
            }
        }

        Prove("", entries, 5);
        Prove("closing/", steps, 2);
        made.Files["page.json"] = Encoding.UTF8.GetBytes(Page);
        made.Files["policy"] = Encoding.UTF8.GetBytes(made.Policy("quorum none\n"));
        return made;
    }

    private static string Id(byte number) => Base64Url.EncodeToString([.. new byte[15], number]);

    private static byte[] Entry(string type, string id, string subject, int n, byte[]? before, string data, string? cause = null, string digests = "\"sha256\"")
    {
        var (previous, named) = (before is null ? "" : Base64Url.EncodeToString(Merkle.Leaf(before)), cause is null ? "" : $"\"cause\":\"{cause}\",");
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"v":1,"type":"{{type}}","id":"{{id}}","subject":"{{subject}}","n":{{n}},"prev":"{{previous}}","ts":"2026-11-20T04:00:00.000Z","by":"system:test",{{named}}"alg":[{{digests}}],"data":{{data}}}"""));
    }
}
