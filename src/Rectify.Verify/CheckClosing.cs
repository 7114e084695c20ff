using System.Text.Json;
using Rectify.Proof;

namespace Rectify.Verify;

/// <summary>Checks the signed act that closed an item, and the steps before it: entries about the closure, a chain of their own.</summary>
/// <remarks>Source: docs/formats/closure.md, "Closing".</remarks>
internal static class CheckClosing
{
    private const string ActType = "closure.act-done";

    /// <param name="leaves">All entries about the item, as far as they hold together.</param>
    public static void Say(string root, IReadOnlyList<JournalLeaf> leaves, WitnessPolicy? policy, Verdict verdict)
    {
        if (ItemClosing.Of(leaves).Act is not { } act)
        {
            return;
        }

        var folder = Path.Combine(root, "closing");
        if (!Directory.Exists(folder))
        {
            verdict.NotProved("closing.absent");
            return;
        }

        var entry = Download.Need(Path.Combine(folder, "leaf.json"), EntryBundle.LongestEntry, verdict);
        var proofFile = Download.Need(Path.Combine(folder, "closure.tlog-proof"), LogProof.Longest, verdict);
        if (entry is null || proofFile is null || policy is null)
        {
            return;
        }

        if (JournalLeaf.Read(entry) is not { } leaf || LogProof.Read(proofFile) is not { } proof)
        {
            verdict.Unreadable("file.malformed", folder);
            return;
        }

        // The item's own entry names the act: another closure's steps, however genuine, are not this item's.
        var result = proof.Check(leaf.Hash, policy);
        var steps = Steps(folder, leaf, verdict);
        if (leaf.Id != act || leaf.Type != ActType || !result.Holds || steps is null)
        {
            verdict.Contradicted("closing.other");
            return;
        }

        verdict.Proved("closing.signed", proof.Index, result.Policy.Checkpoint!.Size, steps.Count);
        foreach (var (number, kind, on, hash) in steps)
        {
            verdict.Proved("closing.step", number, Words.Keys.Contains($"step.{kind}") ? new Word($"step.{kind}") : kind, on, hash);
        }

        verdict.NotProved("closing.content");
    }

    // The signed acts in order, if the entries about the closure are whole up to this one.
    private static List<(int Number, string Kind, string On, string Hash)>? Steps(string folder, JournalLeaf last, Verdict verdict)
    {
        var chain = new DirectoryInfo(Path.Combine(folder, "chain"));
        var files = chain.Exists ? chain.EnumerateFiles("*.json").Take(CheckClosure.MostFiles).OrderBy(file => file.Name, StringComparer.Ordinal).ToList() : [];
        var result = LeafChain.Check([.. files.Select(file => Download.Take(file.FullName, EntryBundle.LongestEntry, verdict) ?? [])]);
        var leads = result.Fault is null && last.Number == result.Leaves.Count + 1
            && (result.Leaves is not [.., var before] || before.Subject == last.Subject && before.Hash.AsSpan().SequenceEqual(last.Previous));
        return leads ? [.. result.Leaves.Append(last).Where(leaf => leaf.Type == ActType).Select(Step).OfType<(int, string, string, string)>()] : null;
    }

    private static (int Number, string Kind, string On, string Hash)? Step(JournalLeaf leaf)
    {
        using var data = JsonDocument.Parse(leaf.Data);
        return Member(data, "signedHash") is { } hash && Member(data, "stepKind") is { } kind && Member(data, "on") is { } on
            ? (leaf.Number, kind, on, hash)
            : null;
    }

    private static string? Member(JsonDocument data, string name)
    {
        try
        {
            return data.RootElement.TryGetProperty(name, out var one) && one.ValueKind is JsonValueKind.String ? one.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // letters that are none
        }
    }
}
