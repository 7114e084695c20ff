using Rectify.Proof;

namespace Rectify.Verify;

/// <summary>Checks a downloaded closure, or any other entry with what came along. Reads this folder and nothing else.</summary>
/// <remarks>Source: docs/formats/closure.md.</remarks>
internal static class CheckClosure
{
    internal const int MostFiles = 10_000;

    /// <param name="policyFile">Whom the reader trusts; <see langword="null"/> to use the file that came along.</param>
    /// <param name="authorities">Certificates of time-stamp authorities, or <see langword="null"/>.</param>
    public static Verdict Run(string folder, string? policyFile, string? authorities)
    {
        var verdict = new Verdict();
        var policy = Download.Policy(policyFile, folder, verdict);
        var entry = Download.Need(Path.Combine(folder, "leaf.json"), EntryBundle.LongestEntry, verdict);
        var proofFile = Download.Need(Path.Combine(folder, "closure.tlog-proof"), LogProof.Longest, verdict);
        var leaf = entry is null ? null : JournalLeaf.Read(entry);
        var proof = proofFile is null ? null : LogProof.Read(proofFile);
        if (entry is not null && leaf is null)
        {
            verdict.Unreadable("file.malformed", "leaf.json");
        }

        if (proofFile is not null && proof is null)
        {
            verdict.Unreadable("file.malformed", "closure.tlog-proof");
        }

        if (leaf is not null && proof is not null && policy is not null)
        {
            SayIncluded(leaf, proof, policy, verdict);
            SayStamp(folder, proof, authorities, verdict);
        }

        if (leaf is not null)
        {
            var earlier = SayChain(folder, leaf, verdict);
            CheckPage.Say(folder, leaf, earlier, verdict);
            CheckClosing.Say(folder, [.. earlier, leaf], policy, verdict);
            SayOpenings(folder, leaf, verdict);
        }

        verdict.NotProved("limit.truth");
        verdict.NotProved("limit.silence");
        return verdict;
    }

    private static void SayIncluded(JournalLeaf leaf, LogProof proof, WitnessPolicy policy, Verdict verdict)
    {
        verdict.Proved("entry.read", leaf.Type, leaf.Number, Download.Time(leaf.At), Convert.ToHexStringLower(leaf.Hash));
        var result = proof.Check(leaf.Hash, policy);
        var believed = Download.Say(result.Policy, policy, "closure.tlog-proof", verdict);
        if (!result.Included)
        {
            verdict.Contradicted("entry.excluded");
        }
        else if (believed)
        {
            verdict.Proved("entry.included", result.Policy.Checkpoint!.Origin, proof.Index, result.Policy.Checkpoint.Size);
        }
    }

    private static void SayStamp(string folder, LogProof proof, string? authorities, Verdict verdict)
    {
        var response = Download.Take(Path.Combine(folder, "checkpoint.tsr"), TimeStamps.Longest, verdict);
        if (response is null)
        {
            verdict.NotProved("stamp.absent");
            return;
        }

        if (authorities is null)
        {
            verdict.NotProved("stamp.trust");
            return;
        }

        var stamped = Download.Need(Path.Combine(folder, "checkpoint"), SignedNote.Longest, verdict);
        var certificates = Download.Need(authorities, TrustedAuthorities.Longest, verdict);
        if (stamped is null || certificates is null)
        {
            return;
        }

        if (TrustedAuthorities.Read(certificates) is not { } trusted)
        {
            verdict.Unreadable("file.malformed", authorities);
            return;
        }

        // Signatures may have come since the stamp; the text is what must be the same.
        if (SignedNote.Read(stamped)?.Text != proof.Checkpoint.Text)
        {
            verdict.Contradicted("checkpoint.unequal");
            return;
        }

        var result = TimeStamps.Check(response, stamped, trusted);
        if (result.Outcome == TimeStampOutcome.Good)
        {
            verdict.Proved("stamp.good", result.Authority!, Download.Time(result.At!.Value));
        }
        else
        {
            verdict.Contradicted($"stamp.{result.Outcome}");
        }
    }

    // The earlier entries, if they lead to this one.
    private static IReadOnlyList<JournalLeaf> SayChain(string folder, JournalLeaf leaf, Verdict verdict)
    {
        var chain = new DirectoryInfo(Path.Combine(folder, "chain"));
        var files = chain.Exists ? chain.EnumerateFiles("*.json").Take(MostFiles).OrderBy(file => file.Name, StringComparer.Ordinal).ToList() : [];
        verdict.NotProved("chain.later");
        if (files.Count == 0 && leaf.Number > 1)
        {
            verdict.NotProved("chain.absent", leaf.Number - 1);
            return [];
        }

        var entries = files.Select(file => Download.Take(file.FullName, EntryBundle.LongestEntry, verdict) ?? []).ToList();
        var result = LeafChain.Check(entries);
        if (result.Fault is { } fault)
        {
            verdict.Contradicted($"chain.{fault}", result.Leaves.Count + 1);
            return [];
        }

        var last = result.Leaves is [.., var before] ? before : null;
        var leads = leaf.Number == result.Leaves.Count + 1
            && (last is null ? leaf.Number == 1 : last.Subject == leaf.Subject && last.Hash.AsSpan().SequenceEqual(leaf.Previous));
        if (!leads)
        {
            verdict.Contradicted("chain.end");
            return [];
        }

        verdict.Proved("chain.whole", leaf.Number);
        return result.Leaves;
    }

    private static void SayOpenings(string folder, JournalLeaf leaf, Verdict verdict)
    {
        var file = Download.Take(Path.Combine(folder, "openings.json"), Openings.Longest, verdict);
        var openings = file is null ? new([], [], []) : Openings.Read(file);
        if (openings is null)
        {
            verdict.Unreadable("file.malformed", "openings.json");
            return;
        }

        foreach (var field in openings.Fields)
        {
            if (openings.Opens(field, leaf))
            {
                verdict.Proved("field.opened", field.Field, field.Before ?? (object)new Word("field.none"), field.After ?? (object)new Word("field.none"));
            }
            else
            {
                verdict.Contradicted("field.wrong", field.Field);
            }
        }

        foreach (var one in openings.Files)
        {
            SayFile(folder, one, leaf, verdict);
        }

        // The same opening twice opens one commitment.
        var (fields, files) = (openings.Fields.DistinctBy(one => one.Commitment).Count(), openings.Files.Select(one => one.Commitment).Distinct().Count());
        if ((leaf.FieldCount ?? leaf.Fields.Count) - fields is > 0 and var closedFields)
        {
            verdict.NotProved("field.closed", closedFields);
        }

        if (leaf.Files.Distinct().Count() - files is > 0 and var closedFiles)
        {
            verdict.NotProved("file.closed", closedFiles);
        }
    }

    private static void SayFile(string folder, FileOpening opening, JournalLeaf leaf, Verdict verdict)
    {
        if (!Openings.Opens(opening, leaf))
        {
            verdict.Contradicted("file.wrong", opening.Name);
            return;
        }

        // The name comes from the download: it must not lead out of its folder.
        var path = Path.Combine(folder, "files", opening.Name);
        if (opening.Name != Path.GetFileName(opening.Name) || opening.Name is "." or ".." || !File.Exists(path))
        {
            verdict.NotProved("file.absent", opening.Name);
            return;
        }

        using var content = File.OpenRead(path);
        var sha256 = Digests.Sha256.Hash(content);
        content.Position = 0;
        if (sha256.AsSpan().SequenceEqual(opening.Sha256) && Digests.Sm3.Hash(content).AsSpan().SequenceEqual(opening.Sm3))
        {
            verdict.Proved("file.opened", opening.Name);
        }
        else
        {
            verdict.Contradicted("file.other", opening.Name);
        }
    }
}
