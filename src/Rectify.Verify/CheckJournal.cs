using Rectify.Proof;

namespace Rectify.Verify;

/// <summary>Checks a whole published journal that lies in a folder: every entry, every tile, and that it only ever grew.</summary>
internal static class CheckJournal
{
    /// <param name="earlier">A checkpoint that the reader kept from before, or <see langword="null"/>.</param>
    public static async Task<Verdict> RunAsync(string folder, string? policyFile, string? earlier, CancellationToken ct)
    {
        var verdict = new Verdict();
        var policy = Download.Policy(policyFile, folder, verdict);
        var note = Download.Need(Path.Combine(folder, "checkpoint"), SignedNote.Longest, verdict);
        if (policy is not null && note is not null)
        {
            var result = policy.Check(note);
            if (Download.Say(result, policy, "checkpoint", verdict))
            {
                await ReadAsync(folder, result.Checkpoint!, policy, earlier, verdict, ct);
            }
        }

        verdict.NotProved("limit.truth");
        verdict.NotProved("limit.silence");
        return verdict;
    }

    private static async Task ReadAsync(string folder, Checkpoint checkpoint, WitnessPolicy policy, string? earlier, Verdict verdict, CancellationToken ct)
    {
        try
        {
            var tree = await PublishedTree.OpenAsync(new FolderTiles(folder), checkpoint, ct);
            var count = 0L;
            await foreach (var _ in tree.ReadAsync(0, ct))
            {
                count++;
            }

            verdict.Proved("journal.whole", checkpoint.Origin, count);
            await SayEarlierAsync(tree, checkpoint, policy, earlier, verdict, ct);
        }
        catch (PublishedJournalException no)
        {
            var word = new Word($"fault.{no.Fault}");
            if (no.Fault == JournalFault.Missing)
            {
                verdict.Unreadable("journal.fault", no.Path, word);
            }
            else
            {
                verdict.Contradicted("journal.fault", no.Path, word);
            }
        }
    }

    private static async Task SayEarlierAsync(PublishedTree tree, Checkpoint now, WitnessPolicy policy, string? earlier, Verdict verdict, CancellationToken ct)
    {
        if (earlier is null)
        {
            verdict.NotProved("journal.earlier");
            return;
        }

        if (Download.Need(earlier, SignedNote.Longest, verdict) is not { } note)
        {
            return;
        }

        // What was kept may have been signed by fewer witnesses than are asked for today: the journal's own signature is what it is held to.
        var before = policy.Check(note);
        if (before.Checkpoint is not { } old)
        {
            verdict.Unreadable("file.malformed", earlier);
        }
        else if (old.Origin != now.Origin)
        {
            verdict.Contradicted("journal.other");
        }
        else if (before.Logs.Count == 0)
        {
            verdict.Contradicted(before.Outcome == PolicyOutcome.WrongSignature ? "checkpoint.wrong" : "checkpoint.unsigned");
        }
        else if (old.Size > now.Size)
        {
            verdict.Contradicted("journal.shorter", old.Size, now.Size);
        }
        else if ((old.Size == 0 ? new RightEdge().Root() : await tree.RootAtAsync(old.Size, ct)).AsSpan().SequenceEqual(old.Root))
        {
            verdict.Proved("journal.extends", old.Size, now.Size);
        }
        else
        {
            verdict.Contradicted("journal.forked", old.Size, now.Size);
        }
    }
}
