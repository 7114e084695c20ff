using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Asks the witnesses that have not countersigned the longest checkpoint yet. Their lines are shown with it in the next round of <see cref="PublishJournal"/>.</summary>
/// <remarks>Publishing never waits for a witness; a proof does wait for enough of them.</remarks>
internal sealed partial class AskWitnesses(
    Db db, JournalWriter journal, IPublishedStore store, JournalKeys keys, WitnessClient client, PublisherState state, IOptions<PublishingOptions> options,
    ILogger<AskWitnesses> log) : IJob
{
    private const int MostTries = 3;

    public TimeSpan Every => TimeSpan.FromSeconds(options.Value.EverySeconds);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var asked = keys.Policy.Witnesses.Where(witness => witness.Url is not null).ToList();
        if (asked.Count == 0 || state.Refused is not null || !state.IsChecked || await db.LastCheckpointAsync(ct) is not { } last)
        {
            return 0;
        }

        var note = SignedNote.Read(last.Note)!;
        asked.RemoveAll(witness => note.Check([witness.Key]) is { Count: 1 });
        await using var lead = asked.Count == 0 ? null : await db.TryLeadAsync("witness", ct);
        if (lead is null)
        {
            return 0;
        }

        var checkpoint = Checkpoint.Read(note.Text)!;
        var tree = await PublishedTree.OpenAsync(new StoreTiles(store), checkpoint, ct);
        using var turn = new SemaphoreSlim(1, 1); // the tree is read by one at a time
        var lines = (await Task.WhenAll(asked.Select(witness => AskAsync(witness, note, checkpoint, tree, turn, ct)))).OfType<NoteSignature>().ToList();
        if (lines.Count == 0)
        {
            return 0;
        }

        var row = await db.SignedCheckpoints().SingleAsync(one => one.Size == last.Size, ct);
        row.Note = SignedNote.Read(row.Note)!.With(lines).ToBytes();
        row.IsWitnessed = keys.Policy.Check(row.Note).Outcome == PolicyOutcome.Met;
        await journal.SaveBookkeepingAsync(ct);
        return lines.Count;
    }

    private async Task<NoteSignature?> AskAsync(TrustedWitness witness, SignedNote note, Checkpoint checkpoint, PublishedTree tree, SemaphoreSlim turn, CancellationToken ct)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var old = state.Witnesses.GetValueOrDefault(witness.Name);
            if (old > checkpoint.Size)
            {
                await CheckAheadAsync(witness, old, turn, ct);
                return null; // it has seen a newer one already, which comes in the next round
            }

            await turn.WaitAsync(ct);
            List<byte[]> path;
            try
            {
                path = old == 0 ? [] : await tree.ConsistencyPathAsync(old, ct);
            }
            finally
            {
                turn.Release();
            }

            var said = await client.AskAsync(witness, old, path, note, checkpoint, ct);
            if (said.Size is { } size)
            {
                state.Witnesses[witness.Name] = size;
            }

            if (said.Line is not null || said.Size is null)
            {
                Say(witness, said.Line is null ? said.Why : "");
                return said.Line;
            }
        }

        return null;
    }

    // More entries than there are: this database is an older one, and every further signature would be a second history.
    private async Task CheckAheadAsync(TrustedWitness witness, long seen, SemaphoreSlim turn, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var numbered = await db.NumberedAsync(ct);
            if (seen > numbered)
            {
                var no = Refusal.Conflict(
                    "publishing.witness-ahead", $"Witness {witness.Name} countersigned {seen} entries, the database has {numbered}: it is an older one.", witness.Name, seen, numbered);
                state.Refuse(no);
                Stopped(no.Message);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    // Said once, not every two seconds.
    private void Say(TrustedWitness witness, string why)
    {
        var before = state.Silent.GetValueOrDefault(witness.Name, "");
        state.Silent[witness.Name] = why;
        if (why.Length > 0 && before.Length == 0)
        {
            Silent(witness.Name, why);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Witness {Witness} does not countersign: {Why}")]
    private partial void Silent(string witness, string why);

    [LoggerMessage(LogLevel.Critical, "The journal is not published any more: {Reason}")]
    private partial void Stopped(string reason);
}
