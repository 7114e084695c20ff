using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Publishes numbered entries: tiles and bundles, the signed checkpoint in the database, and last of all <c>checkpoint</c>.</summary>
/// <remarks>
/// One server at a time. All but the signature follows from the entries, so a round that was cut off anywhere is done again and gives the same files.
/// A size gets its root in the database before anybody outside can see it.
/// </remarks>
internal sealed partial class PublishJournal(
    Db db, JournalWriter journal, IPublishedStore store, JournalKeys keys, PublisherState state, CheckPublished check, IOptions<PublishingOptions> options,
    TimeProvider clock, ILogger<PublishJournal> log) : IJob
{
    /// <summary>Entries after which a long backlog gets a checkpoint on the way: a crash then repeats no more.</summary>
    private const int MostWithoutCheckpoint = 65_536;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public TimeSpan Every => TimeSpan.FromSeconds(options.Value.EverySeconds);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (state.Refused is not null)
        {
            return 0;
        }

        await using var lead = await db.TryLeadAsync("publish", ct);
        await using var hold = lead is null ? null : await store.TryHoldAsync(ct);
        if (hold is null)
        {
            return 0;
        }

        try
        {
            return await PublishAsync(ct);
        }
        catch (Refusal no) when (no.Code.StartsWith("publishing.", StringComparison.Ordinal))
        {
            state.Refuse(no);
            state.Forget();
            Stopped(no.Message);
            return 0;
        }
        catch
        {
            state.Forget();
            state.IsChecked = false;
            throw;
        }
    }

    private async Task<int> PublishAsync(CancellationToken ct)
    {
        // One connection for the round: a server that takes over in between breaks it, and the round with it.
        await db.Database.OpenConnectionAsync(ct);
        if (!state.IsChecked)
        {
            await check.RunAsync(ct);
            state.IsChecked = true;
        }
        else if (!await IsAsLeftAsync(ct))
        {
            // Not at a start alone: a replica that took over may lack the last commits, while this process goes on as it was.
            await check.StoreAsync(ct);
        }

        var last = await db.LastCheckpointAsync(ct);
        var builder = await BuilderAsync(last, ct);
        var (done, more) = (0, true);
        while (more)
        {
            var bodies = await db.BodiesAsync(builder.Size, ct);
            bodies.ForEach(builder.Append);
            await WriteAsync(builder.TakeFinished(), ct);
            more = bodies.Count == JournalRoots.Batch;
            done += bodies.Count;
            if (builder.Size > (last?.Size ?? 0) && (!more || builder.Size - (last?.Size ?? 0) >= MostWithoutCheckpoint))
            {
                last = await SignAsync(builder, ct);
            }
        }

        if (last is not null)
        {
            await ShowAsync(last, ct);
        }

        state.Builder = builder;
        return done;
    }

    // Whether nothing came to the database and nothing went from it since the last round.
    private async Task<bool> IsAsLeftAsync(CancellationToken ct)
    {
        if (state.Builder is not { Size: var size } builder || await db.NumberedAsync(ct) != size)
        {
            return false;
        }

        var signed = await db.SignedCheckpoints().Where(one => one.Size == size).Select(one => one.Root).SingleOrDefaultAsync(ct);
        return size == 0 || builder.Root().AsSpan().SequenceEqual(signed);
    }

    // Where the last checkpoint ends: from memory, or from the store, or, where something is missing there, from the database.
    private async Task<TileBuilder> BuilderAsync(SignedCheckpoint? last, CancellationToken ct)
    {
        var kept = state.Builder;
        state.Builder = null; // until this round has ended well
        if (last is null)
        {
            return new();
        }

        if (kept?.Size == last.Size)
        {
            return kept;
        }

        var checkpoint = new Checkpoint(keys.Origin, last.Size, last.Root);
        try
        {
            return await TileBuilder.ResumeAsync(new StoreTiles(store), checkpoint, ct);
        }
        catch (PublishedJournalException damaged)
        {
            Mends(damaged.Message);
            return await RebuildAsync(checkpoint, ct);
        }
    }

    /// <summary>Writes all that belongs to a checkpoint again.</summary>
    /// <exception cref="Refusal">409: the database's entries have another root than was signed.</exception>
    internal async Task<TileBuilder> RebuildAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        var builder = new TileBuilder();
        while (builder.Size < checkpoint.Size)
        {
            var bodies = await db.BodiesAsync(builder.Size, ct);
            foreach (var body in bodies.Take((int)Math.Min(bodies.Count, checkpoint.Size - builder.Size)))
            {
                builder.Append(body);
            }

            if (bodies.Count == 0 || (builder.Size == checkpoint.Size && !builder.Root().AsSpan().SequenceEqual(checkpoint.Root)))
            {
                throw Refusal.Conflict("publishing.changed", $"The first {checkpoint.Size} entries of the database are not those that were signed.", checkpoint.Size);
            }

            await WriteAsync(builder.TakeFinished(), ct);
        }

        await WriteAsync(builder.Partial(), ct);
        return builder;
    }

    private async Task<SignedCheckpoint> SignAsync(TileBuilder builder, CancellationToken ct)
    {
        await WriteAsync(builder.Partial(), ct);
        var checkpoint = new Checkpoint(keys.Origin, builder.Size, builder.Root());
        await PublishedTree.OpenAsync(new StoreTiles(store), checkpoint, ct); // what a reader will find, not what was meant to be written

        var now = clock.NowMs;
        var note = SignedNote.Sign(checkpoint.Text, now, keys.Signers).ToBytes();
        var signed = new SignedCheckpoint
        {
            Size = checkpoint.Size,
            Root = checkpoint.Root,
            Note = note,
            At = now,
            IsWitnessed = keys.Policy.Check(note).Outcome == PolicyOutcome.Met,
        };
        db.Add(signed);
        await journal.SaveBookkeepingAsync(ct);
        db.Entry(signed).State = EntityState.Detached;
        return signed;
    }

    private Task WriteAsync(IReadOnlyList<(TilePath Path, byte[] Bytes)> tiles, CancellationToken ct) =>
        store.WriteAsync([.. tiles.Select(tile => (tile.Path.ToString(), tile.Bytes))], ct);

    // Last of all, and only forward. Looked at again now and then: a publisher that stood still may have put an older one there.
    private async Task ShowAsync(SignedCheckpoint last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (state.Shown is { } shown && shown.Note.AsSpan().SequenceEqual(last.Note) && (now - shown.At).Duration() < LookAgain)
        {
            return;
        }

        if (await check.StoreAsync(ct) is { Size: var there } && there > last.Size)
        {
            return; // this publisher stood still, and another one of this database went on
        }

        await store.WriteAsync([(PublishedFiles.Checkpoint, last.Note)], ct);
        state.Shown = (last.Note, now);
    }

    [LoggerMessage(LogLevel.Critical, "The journal is not published any more: {Reason}")]
    private partial void Stopped(string reason);

    [LoggerMessage(LogLevel.Warning, "The published journal is damaged ({What}); what is missing is written again")]
    private partial void Mends(string what);
}
