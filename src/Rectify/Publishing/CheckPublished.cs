using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Before anything is written: whether what was published, and what witnesses saw, is this database's journal.</summary>
internal sealed partial class CheckPublished(Db db, IPublishedStore store, JournalKeys keys, WitnessClient witnesses, ILogger<CheckPublished> log) : IGuardNumbers
{
    /// <summary>Looks at the published checkpoint and asks each witness for the last one that it countersigned. One that does not answer is passed over.</summary>
    /// <exception cref="Refusal">409: the database is older than what was published or countersigned, or another one.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        await StoreAsync(ct);
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
                throw Refusal.Conflict(
                    "publishing.other-root", $"The first {published.Size} entries in {store.Name} are not those of this database.", store.Name, published.Size);
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
