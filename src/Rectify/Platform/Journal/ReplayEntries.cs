using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Proof;

namespace Rectify.Platform.Journal;

/// <summary>Puts published entries that the database has lost back into it, byte for byte. The records that they speak of do not come back with them.</summary>
internal sealed class ReplayEntries(Db db)
{
    private const int Batch = 500;

    /// <summary>An entry that was put back or got its number.</summary>
    /// <param name="WasThere">The database had it, without a number.</param>
    public sealed record Replayed(long Index, string Kind, Guid Subject, string By, DateTimeOffset At, bool WasThere);

    /// <summary>Puts back entries in the order of their numbers; all of them or none.</summary>
    /// <param name="from">The number of the first one: as many as the database has.</param>
    /// <param name="then">Saved with them, or not at all: what says that they were put back.</param>
    /// <exception cref="Refusal">409: the database has another entry in the place of one of them.</exception>
    public async Task<List<Replayed>> RunAsync(long from, IAsyncEnumerable<ReadOnlyMemory<byte>> entries, Func<Task> then, CancellationToken ct)
    {
        var done = new List<Replayed>();
        using var write = await db.TakeWriteTurnAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await db.LockNumberingAsync(ct);
        if ((await db.Journal.MaxAsync(row => row.Index, ct) + 1 ?? 0) != from)
        {
            throw Refusal.Stale();
        }

        var some = new List<byte[]>();
        await foreach (var entry in entries.WithCancellation(ct))
        {
            some.Add(entry.ToArray());
            if (some.Count == Batch)
            {
                await ReplayAsync(some, from, done, ct);
            }
        }

        await ReplayAsync(some, from, done, ct);
        write?.Dispose(); // whoever writes takes a turn of its own; the transaction is still this one
        await then();
        await turn.CommitAsync(ct);
        return done;
    }

    private async Task ReplayAsync(List<byte[]> bodies, long from, List<Replayed> done, CancellationToken ct)
    {
        var leaves = bodies.Select(body => JournalLeaf.Read(body) ?? throw new InvalidDataException("A published entry cannot be read.")).ToList();
        var (ids, subjects) = (leaves.Select(leaf => Id(leaf.Id)).ToList(), leaves.Select(leaf => Id(leaf.Subject)).Distinct().ToList());
        var there = await db.Journal.Where(row => ids.Contains(row.EntryId)).ToDictionaryAsync(row => row.EntryId, ct);
        var heads = await db.ChainHeads().Where(head => subjects.Contains(head.Subject)).ToDictionaryAsync(head => head.Subject, ct);
        foreach (var (leaf, body) in leaves.Zip(bodies))
        {
            var (id, subject, index) = (Id(leaf.Id), Id(leaf.Subject), from + done.Count);
            if (there.TryGetValue(id, out var known))
            {
                if (known.Index is not null || !known.Body.AsSpan().SequenceEqual(body))
                {
                    throw Conflict(index);
                }

                known.PlaceAt(index);
            }
            else
            {
                var head = heads.TryGetValue(subject, out var kept) ? kept : heads[subject] = db.ChainHeads().Add(new() { Subject = subject }).Entity;
                if (head.N != leaf.Number - 1 || !(head.Leaf ?? []).AsSpan().SequenceEqual(leaf.Previous ?? []))
                {
                    throw Conflict(index);
                }

                head.Move(leaf.Hash);
                var row = new JournalRow
                {
                    EntryId = id,
                    Kind = leaf.Type,
                    Subject = subject,
                    N = leaf.Number,
                    Act = leaf.Cause is { } act ? Id(act) : id,
                    By = new(leaf.By),
                    At = leaf.At,
                    Body = body,
                };
                row.PlaceAt(index);
                db.Journal.Add(row);
            }

            done.Add(new(index, leaf.Type, subject, leaf.By, leaf.At, known is not null));
        }

#pragma warning disable RS0030 // puts back what was journalled before
        await db.SaveChangesAsync(ct);
#pragma warning restore RS0030
        db.ChangeTracker.Clear();
        bodies.Clear();
    }

    private static Guid Id(string text) => new(Base64Url.DecodeFromChars(text), bigEndian: true);

    private static Refusal Conflict(long index) => Refusal.Conflict(
        "recover.conflict", $"The database has another entry in the place of the published entry {index}: acts were recorded after the backup was put back.", index);
}
