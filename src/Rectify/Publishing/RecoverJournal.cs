using System.Runtime.CompilerServices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>After an old backup was put back: the entries that were published since come back from the published journal, so that it can go on.</summary>
/// <remarks>
/// There is no other way past a refused start but a new journal under a new name. What the lost acts changed does not come back: only its traces,
/// which say what has to be done again. It must run while nothing else uses the database.
/// </remarks>
internal sealed class RecoverJournal(Db db, JournalWriter journal, ReplayEntries replay, IPublishedStore store, CheckPublished check, JournalKeys keys, TimeProvider clock)
{
    private static readonly Actor Me = Actor.System("recover-journal");

    /// <returns>The entries that were put back or numbered, in order; none if nothing was missing.</returns>
    /// <exception cref="Refusal">
    /// 409: what was published is not the continuation of what the database has, or acts were recorded since. 422: nothing was published, or it is damaged.
    /// </exception>
    public async Task<List<ReplayEntries.Replayed>> RunAsync(CancellationToken ct)
    {
        var published = await check.PublishedAsync(ct)
            ?? throw Refusal.Invalid("recover.nothing", $"Nothing was published to {store.Name}.", store.Name);
        var from = await db.NumberedAsync(ct);
        if (from >= published.Size)
        {
            await check.RunAsync(ct);
            return [];
        }

        try
        {
            var tree = await PublishedTree.OpenAsync(new StoreTiles(store), published, ct);
            var (theirs, ours) = from == 0 ? ([], []) : (await tree.RootAtAsync(from, ct), await db.RootAsync(from, ct));
            if (!theirs.AsSpan().SequenceEqual(ours))
            {
                throw Refusal.Conflict("publishing.other-root", $"The first {from} entries in {store.Name} are not those of this database.", store.Name, from);
            }

            var recovered = new JournalRecovered { Subject = TheJournal.Subject, By = Me, At = clock.NowMs, From = from, To = published.Size };
            return await replay.RunAsync(from, EntriesAsync(tree, from, ct), () => journal.CommitAsync(recovered, ct), ct);
        }
        catch (PublishedJournalException damaged)
        {
            throw Refusal.Invalid("recover.damaged", $"{store.Name} is damaged ({damaged.Message}). Nothing was changed.", store.Name, damaged.Message);
        }
    }

    /// <summary>The journal's name, for messages.</summary>
    public string Origin => keys.Origin;

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> EntriesAsync(PublishedTree tree, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (_, entry) in tree.ReadAsync(from, ct))
        {
            yield return entry;
        }
    }
}
