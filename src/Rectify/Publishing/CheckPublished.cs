using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Before anything is written: whether what was published, and what witnesses saw, is this database's journal.</summary>
internal sealed partial class CheckPublished(Db db, IPublishedStore store, JournalKeys keys, WitnessClient witnesses, ILogger<CheckPublished> log) : IGuardNumbers
{
    /// <summary>Entries that a start compares: those that an act of the last hours or days wrote.</summary>
    private const int Newest = JournalRoots.Batch;

    /// <summary>
    /// Looks at the published checkpoint, holds the newest entries against what was published of them, and asks each witness for the last one that it countersigned.
    /// One that does not answer is passed over.
    /// </summary>
    /// <exception cref="Refusal">409: the database is older than what was published or countersigned, or another one.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await StoreAsync(ct) is { Size: > 0 } published)
        {
            await CheckNewestAsync(published, ct);
        }

        await AskWitnessesAsync(ct);
    }

    /// <summary>The same without the entries, for whoever reads all of them: the published checkpoint and the witnesses.</summary>
    /// <exception cref="Refusal">409: the database is older than what was published or countersigned, or another one.</exception>
    public async Task CheckpointsAsync(CancellationToken ct)
    {
        await StoreAsync(ct);
        await AskWitnessesAsync(ct);
    }

    private async Task AskWitnessesAsync(CancellationToken ct)
    {
        foreach (var witness in keys.Policy.Witnesses.Where(witness => witness.Url is not null))
        {
            await CheckAsync(witness, ct);
        }
    }

    public async Task CheckNumbersAsync(CancellationToken ct)
    {
        try
        {
            await StoreAsync(ct);
        }
        catch (Refusal no) when (no.Code == PublisherState.Stranger)
        {
            // Says nothing of the database. The publisher stops by it.
        }
    }

    /// <summary>Looks at the published checkpoint alone.</summary>
    /// <returns>The checkpoint, which is this database's; <see langword="null"/> if nothing was published yet.</returns>
    /// <exception cref="Refusal">409: the database is older than what was published, or another one.</exception>
    public async Task<Checkpoint?> StoreAsync(CancellationToken ct)
    {
        // The store is read before the database: another server may be publishing in this moment.
        var published = await PublishedAsync(ct);
        if (published is not null)
        {
            var numbered = await db.NumberedAsync(ct);
            if (published.Size > numbered)
            {
                throw Refusal.Conflict(
                    "publishing.ahead", $"{store.Name} has {published.Size} published entries, the database has {numbered}: it is an older one.", store.Name, published.Size, numbered);
            }

            if (!await IsOursAsync(published, ct))
            {
                throw Others(published);
            }
        }

        return published;
    }

    /// <summary>The published checkpoint, signed by this journal's key.</summary>
    /// <returns><see langword="null"/> if nothing was published yet.</returns>
    /// <exception cref="Refusal">409: something else lies there.</exception>
    public async Task<Checkpoint?> PublishedAsync(CancellationToken ct)
    {
        if (await store.ReadAsync(PublishedFiles.Checkpoint, ct) is not { } file)
        {
            return null;
        }

        return SignedNote.Read(file) is { } note && Checkpoint.Read(note.Text) is { } checkpoint && checkpoint.Origin == keys.Origin && note.Check(keys.Keys) is { Count: > 0 }
            ? checkpoint
            : throw Refusal.Conflict("publishing.stranger", $"The checkpoint in {store.Name} is not signed by this journal's key ({keys.Origin}).", store.Name, keys.Origin);
    }

    // The root that the database keeps beside a checkpoint is not computed from its rows. Of these the newest are compared byte for byte; all of them daily, by MonitorJournal.
    private async Task CheckNewestAsync(Checkpoint published, CancellationToken ct)
    {
        var from = Math.Max(0, published.Size - Newest);
        try
        {
            var tree = await PublishedTree.OpenAsync(new StoreTiles(store), published, ct);
            var rows = await db.BodiesAsync(from, ct);
            await foreach (var (index, entry) in tree.ReadAsync(from, ct))
            {
                if (!entry.Span.SequenceEqual(rows[(int)(index - from)]))
                {
                    throw Others(published);
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Others(published); // an entry is not there any more
        }
        catch (PublishedJournalException damaged)
        {
            CannotBeRead(damaged); // mended by whoever publishes
        }
    }

    private async Task CheckAsync(TrustedWitness witness, CancellationToken ct)
    {
        if (await witnesses.LastAsync(witness, keys, ct) is not { } seen)
        {
            Unheard(witness.Name);
            return;
        }

        var numbered = await db.NumberedAsync(ct);
        if (seen.Size > numbered)
        {
            throw Refusal.Conflict(
                "publishing.witness-ahead", $"Witness {witness.Name} countersigned {seen.Size} entries, the database has {numbered}: it is an older one.", witness.Name, seen.Size, numbered);
        }

        if (!await IsOursAsync(seen, ct))
        {
            throw Refusal.Conflict(
                "publishing.witness-other", $"The first {seen.Size} entries that witness {witness.Name} countersigned are not those of this database.", witness.Name, seen.Size);
        }
    }

    private Refusal Others(Checkpoint published) => Refusal.Conflict(
        "publishing.other-root", $"The first {published.Size} entries in {store.Name} are not those of this database.", store.Name, published.Size);

    private async Task<bool> IsOursAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        var known = await db.SignedCheckpoints().AsNoTracking().SingleOrDefaultAsync(one => one.Size == checkpoint.Size, ct);
        var root = known?.Root ?? await db.RootAsync(checkpoint.Size, ct);
        return root.AsSpan().SequenceEqual(checkpoint.Root);
    }

    [LoggerMessage(LogLevel.Warning, "The published journal cannot be read now; it is looked at again before anything is published")]
    internal partial void CannotBeRead(Exception why);

    [LoggerMessage(LogLevel.Warning, "Witness {Witness} does not say what it countersigned last; the start goes on without it")]
    private partial void Unheard(string witness);
}
