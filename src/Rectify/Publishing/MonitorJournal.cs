using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Reads everything that was published once a day, as an outsider would, and holds it against the database.</summary>
/// <remarks>
/// Rebuilds the root of every checkpoint that was ever signed, compares each entry, asks the witnesses, and looks whether each record has its entry and
/// each entry its record (<see cref="IStandForEntries"/>). What is missing or damaged outside is written again. A change of the finding is an entry.
/// </remarks>
internal sealed partial class MonitorJournal(
    Db db, JournalWriter journal, IPublishedStore store, PublishJournal publisher, CheckPublished check, JournalKeys keys, PublisherState state, IEnumerable<IStandForEntries> rooms,
    IOptions<PublishingOptions> options, TimeProvider clock, ILogger<MonitorJournal> log) : IJob
{
    private static readonly Actor Me = Actor.System("check-journal");

    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (now, last) = (clock.NowMs, await db.JournalChecks().AsNoTracking().SingleOrDefaultAsync(ct));
        var isDue = last is null || last.Finding is not (JournalFinding.Whole or JournalFinding.Mended) || (now - last.CheckedAt).Duration() >= TimeSpan.FromHours(options.Value.CheckHours);
        return isDue && state.Refused is null && await CheckAsync(ct) is { } found ? (int)Math.Min(found.Size, int.MaxValue) : 0;
    }

    /// <summary>Reads it now.</summary>
    /// <returns><see langword="null"/> if nothing was published yet, or another server is reading it.</returns>
    public async Task<JournalCheck?> CheckAsync(CancellationToken ct)
    {
        await using var lead = await db.TryLeadAsync("check", ct);
        if (lead is null || await db.LastCheckpointAsync(ct) is not { } last)
        {
            return null;
        }

        var (finding, place) = await ReadAsync(last, ct);
        var row = await db.JournalChecks().SingleOrDefaultAsync(ct);
        var before = row?.Finding ?? JournalFinding.Whole;
        if (row is null)
        {
            db.Add(row = new JournalCheck());
        }

        (row.CheckedAt, row.Size, row.Finding, row.Place) = (clock.NowMs, last.Size, finding, place);
        if (finding is not JournalFinding.Whole)
        {
            Found(finding, place);
        }

        if (finding == before)
        {
            await journal.SaveBookkeepingAsync(ct);
        }
        else
        {
            await journal.CommitAsync(
                new JournalChecked { Subject = TheJournal.Subject, By = Me, At = row.CheckedAt, Finding = finding, Size = last.Size, Place = place.Length > 0 ? place : null }, ct);
        }

        return row;
    }

    private async Task<(JournalFinding Finding, string Place)> ReadAsync(SignedCheckpoint last, CancellationToken ct)
    {
        try
        {
            await check.CheckpointsAsync(ct); // entries are compared below, each by name
        }
        catch (Refusal no)
        {
            return (JournalFinding.OtherCheckpoint, no.Code);
        }

        var checkpoint = new Checkpoint(keys.Origin, last.Size, last.Root);
        try
        {
            return await CompareAsync(checkpoint, ct);
        }
        catch (PublishedJournalException damaged)
        {
            await using var lead = await db.TryLeadAsync("publish", ct);
            await using var hold = lead is null ? null : await store.TryHoldAsync(ct);
            if (hold is null)
            {
                throw; // a publisher is at work: the next run finds it again
            }

            try
            {
                await publisher.RebuildAsync(checkpoint, ct);
                var again = await CompareAsync(checkpoint, ct);
                return again.Finding is JournalFinding.Whole ? (JournalFinding.Mended, damaged.Path.ToString()) : again;
            }
            catch (Refusal)
            {
                return (JournalFinding.OtherRoot, last.Size.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private async Task<(JournalFinding Finding, string Place)> CompareAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        var roots = await db.SignedCheckpoints().AsNoTracking().Where(one => one.Size <= checkpoint.Size).ToDictionaryAsync(one => one.Size, one => one.Root, ct);
        var byKind = rooms.ToLookup(room => room.Kind, StringComparer.Ordinal);
        var happened = rooms.ToDictionary(room => room, _ => new HashSet<string>(StringComparer.Ordinal));
        var tree = await PublishedTree.OpenAsync(new StoreTiles(store), checkpoint, ct);
        var edge = new RightEdge();
        List<byte[]> bodies = [];
        var first = 0L;
        await foreach (var (index, entry) in tree.ReadAsync(0, ct))
        {
            if (index == first + bodies.Count)
            {
                (first, bodies) = (index, await db.BodiesAsync(index, ct));
            }

            if (bodies.Count == 0 || !bodies[(int)(index - first)].AsSpan().SequenceEqual(entry.Span))
            {
                return (JournalFinding.OtherEntry, index.ToString(CultureInfo.InvariantCulture));
            }

            edge.Append(Merkle.Leaf(entry.Span));
            if (roots.TryGetValue(edge.Size, out var root) && !root.AsSpan().SequenceEqual(edge.Root()))
            {
                return (JournalFinding.OtherRoot, edge.Size.ToString(CultureInfo.InvariantCulture));
            }

            if (happened.Count > 0 && JournalLeaf.Read(entry) is { } leaf)
            {
                foreach (var room in byKind[leaf.Type])
                {
                    happened[room].UnionWith(Said(room, leaf));
                }
            }
        }

        foreach (var room in rooms)
        {
            if (await OddOneAsync(room, happened[room], checkpoint.Size, ct) is { } odd)
            {
                return (JournalFinding.WithoutEntry, $"{room.Kind} {odd}");
            }
        }

        return (JournalFinding.Whole, "");
    }

    // A record without its entry, or the reverse. What came after this checkpoint is looked at the next time.
    private async Task<string?> OddOneAsync(IStandForEntries room, HashSet<string> published, long size, CancellationToken ct)
    {
        var rows = await db.Journal.Where(row => row.Kind == room.Kind && (row.Index == null || row.Index >= size)).Select(row => row.Body).ToListAsync(ct);
        var later = rows.SelectMany(body => JournalLeaf.Read(body) is { } leaf ? Said(room, leaf) : []).ToHashSet(StringComparer.Ordinal);
        var recorded = (await room.RecordsAsync(ct)).ToHashSet(StringComparer.Ordinal);
        return recorded.Where(one => !published.Contains(one) && !later.Contains(one)).Concat(published.Where(one => !recorded.Contains(one))).Min(StringComparer.Ordinal);
    }

    private static List<string> Said(IStandForEntries room, JournalLeaf leaf)
    {
        using var data = JsonDocument.Parse(leaf.Data);
        return [.. room.Told(JournalBytes.Id(leaf.Subject), data.RootElement)];
    }

    [LoggerMessage(LogLevel.Critical, "The published journal was read, and found: {Finding} {Place}")]
    private partial void Found(JournalFinding finding, string place);
}
