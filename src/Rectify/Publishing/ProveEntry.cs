using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>All that shows to an outsider that an entry stands in the published journal. Public, but for openings, which the caller adds.</summary>
/// <param name="Index">Its place in the journal, from 0.</param>
/// <param name="Leaf">The entry's exact bytes.</param>
/// <param name="Proof">The path to a checkpoint that enough witnesses countersigned.</param>
/// <param name="Chain">The exact bytes of the earlier entries about the same subject, from the first on.</param>
/// <param name="Policy">The keys of the journal and of its witnesses.</param>
/// <param name="Stamped">The checkpoint as an authority stamped it, if it did.</param>
/// <param name="Stamp">The authority's answer.</param>
public sealed record EntryProof(long Index, byte[] Leaf, LogProof Proof, IReadOnlyList<byte[]> Chain, byte[] Policy, byte[]? Stamped, byte[]? Stamp)
{
    /// <summary>The leaf hash, 32 bytes: what a printed notice names beside origin and place.</summary>
    public byte[] Hash => Merkle.Leaf(Leaf);
}

/// <summary>Makes proofs of entries for other rooms.</summary>
/// <remarks>What an entry's leaf says is public once it is published; who may see openings is for the caller to know.</remarks>
public sealed class ProveEntry(Db db, JournalKeys? keys = null, IPublishedStore? store = null)
{
    /// <summary>Whether this product publishes its journal at all.</summary>
    public bool IsPublished => store is not null;

    /// <summary>The journal's name for ever, if it is published.</summary>
    public string? Origin => keys?.Origin;

    /// <summary>The proof of one entry under the longest checkpoint that has enough countersignatures; under one with a time stamp, if there is one that covers it.</summary>
    /// <returns><see langword="null"/> if there is no such entry, or no such checkpoint covers it yet: some seconds, or until witnesses answer.</returns>
    /// <exception cref="PublishedJournalException">The published journal is damaged.</exception>
    public async Task<EntryProof?> RunAsync(Guid entryId, CancellationToken ct)
    {
        var entry = await db.Journal.AsNoTracking().Where(row => row.EntryId == entryId)
            .Select(row => new { row.Index, row.Subject, row.N, row.Body }).SingleOrDefaultAsync(ct);
        if (store is null || keys is null || entry?.Index is not { } index || await CoverAsync(index, ct) is not { } cover)
        {
            return null;
        }

        var note = SignedNote.Read(cover.Stamped ?? cover.Note)!;
        var tree = await PublishedTree.OpenAsync(new StoreTiles(store), Checkpoint.Read(note.Text)!, ct);
        var path = await tree.InclusionPathAsync(index, ct);
        var chain = await db.Journal.AsNoTracking().Where(row => row.Subject == entry.Subject && row.N < entry.N).OrderBy(row => row.N).Select(row => row.Body).ToListAsync(ct);
        return new(index, entry.Body, new LogProof(index, path, SignedNote.Read(cover.Note)!), chain, keys.PolicyFile, cover.Stamped, cover.Stamp);
    }

    /// <summary>The same for a page that shows more than a proof: none while the store does not answer or is damaged. The daily reading says so.</summary>
    public async Task<EntryProof?> TryRunAsync(Guid entryId, CancellationToken ct)
    {
        try
        {
            return await RunAsync(entryId, ct);
        }
        catch (Exception unheard) when (unheard is IOException or HttpRequestException or PublishedJournalException or Amazon.Runtime.AmazonClientException or Amazon.Runtime.AmazonServiceException)
        {
            return null;
        }
    }

    /// <summary>What opens the commitments of an entry, as far as the caller lets it out.</summary>
    /// <param name="mayShow">Decides on each field: what the law allows this reader to see.</param>
    /// <param name="files">The files that may be shown, with their salts; the names are for people.</param>
    public async Task<Openings> OpenAsync(Guid entryId, Func<Opening, bool> mayShow, IReadOnlyList<FileOpening> files, CancellationToken ct)
    {
        var (all, destroyed) = await db.OpeningsOfEntryAsync(entryId, ct);
        return new(
            [.. all.Where(mayShow).Select(one => FieldOpening.Of(one.Salt, $"{one.Record}/{one.RecordId}/{one.Field}", one.Before, one.After))],
            files,
            all.Count + destroyed.Count > JournalBytes.MostCommitments ? [.. all.Select(JournalBytes.Commitment), .. destroyed] : []);
    }

    private async Task<SignedCheckpoint?> CoverAsync(long index, CancellationToken ct)
    {
        var covers = db.SignedCheckpoints().AsNoTracking().Where(one => one.Size > index && one.IsWitnessed).OrderByDescending(one => one.Size);
        return await covers.Where(one => one.Stamp != null).FirstOrDefaultAsync(ct) ?? await covers.FirstOrDefaultAsync(ct);
    }
}
