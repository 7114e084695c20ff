using System.Globalization;
using System.IO.Compression;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>A proof as a reader downloads it: a ZIP that <c>rectify-verify closure</c> checks offline. Source: docs/formats/closure.md.</summary>
public static class ProofPackage
{
    /// <summary>What the download is called: place and the beginning of the leaf hash, so that two proofs have two names.</summary>
    public static string NameOf(EntryProof proof) => string.Create(CultureInfo.InvariantCulture, $"proof-{proof.Index}-{Convert.ToHexStringLower(proof.Hash)[..8]}.zip");

    /// <param name="openings">What may be shown; <see langword="null"/> for nothing.</param>
    /// <param name="files">The files that the openings name, by their names there.</param>
    /// <param name="beside">What another room puts beside it, under names of its own.</param>
    /// <param name="closing">The signed act that closed the item, with the steps before it.</param>
    public static async Task WriteAsync(Stream target, EntryProof proof, Openings? openings, IReadOnlyList<(string Name, Func<Stream> Open)> files, CancellationToken ct,
        IReadOnlyList<(string Name, byte[] Bytes)>? beside = null, EntryProof? closing = null)
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await AddAsync(zip, "leaf.json", proof.Leaf, ct);
        await AddAsync(zip, "closure.tlog-proof", proof.Proof.ToBytes(), ct);
        await AddAsync(zip, "policy", proof.Policy, ct);
        await AddChainAsync(zip, "", proof, ct);
        if (closing is not null)
        {
            await AddAsync(zip, "closing/leaf.json", closing.Leaf, ct);
            await AddAsync(zip, "closing/closure.tlog-proof", closing.Proof.ToBytes(), ct);
            await AddChainAsync(zip, "closing/", closing, ct);
        }

        if (proof is { Stamped: { } stamped, Stamp: { } stamp })
        {
            await AddAsync(zip, "checkpoint", stamped, ct);
            await AddAsync(zip, "checkpoint.tsr", stamp, ct);
        }

        if (openings is not null)
        {
            await AddAsync(zip, "openings.json", openings.ToBytes(), ct);
        }

        foreach (var (name, bytes) in beside ?? [])
        {
            await AddAsync(zip, name, bytes, ct);
        }

        foreach (var (name, open) in files)
        {
            await using var content = open();
            await using var into = await zip.CreateEntry($"files/{name}", CompressionLevel.NoCompression).OpenAsync(ct);
            await content.CopyToAsync(into, ct);
        }
    }

    private static async Task AddChainAsync(ZipArchive zip, string folder, EntryProof proof, CancellationToken ct)
    {
        foreach (var (i, entry) in proof.Chain.Index())
        {
            await AddAsync(zip, string.Create(CultureInfo.InvariantCulture, $"{folder}chain/{i + 1:00000}.json"), entry, ct);
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken ct)
    {
        await using var into = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await into.WriteAsync(bytes, ct);
    }
}
