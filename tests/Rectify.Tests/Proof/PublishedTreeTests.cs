using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class PublishedTreeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tiles_alone_give_the_proofs_of_the_definition() =>
        await Gen.Select(Gen.Int[1, 3_000], Gen.Int[0, 2_999], Gen.Int[0, 2_999]).SampleAsync(
            async (size, i, j) =>
            {
                var journal = MadeJournal.Of(size);
                var (leaves, index, first) = (journal.Leaves, i % size, 1 + (j % size));
                var tree = await journal.OpenAsync();

                Assert.Equal(Merkle.Root(leaves), journal.Checkpoint.Root);
                Assert.Equal(TilePath.All(size).ToHashSet(), journal.Files.Keys.ToHashSet());
                Assert.Equal(Merkle.Path(leaves, index), await tree.InclusionPathAsync(index, Ct));
                Assert.Equal(Merkle.ConsistencyPath(leaves, first), await tree.ConsistencyPathAsync(first, Ct));
                Assert.Equal(Merkle.Root(leaves.AsSpan(0, first)), await tree.RootAtAsync(first, Ct));
                Assert.Equal(leaves[index], await tree.LeafAsync(index, Ct));
            },
            iter: 12, threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public async Task A_reader_gets_all_entries_in_order(int size)
    {
        var journal = MadeJournal.Of(size);
        var tree = await journal.OpenAsync();
        var next = 0L;
        await foreach (var (index, entry) in tree.ReadAsync(0, Ct))
        {
            Assert.Equal(next++, index);
            Assert.Equal(journal.Entries[(int)index], entry.ToArray());
        }

        Assert.Equal(size, next);
        var last = new List<long>();
        await foreach (var (index, _) in tree.ReadAsync(size - 1, Ct))
        {
            last.Add(index);
        }

        Assert.Equal([size - 1], last);
        var path = await tree.InclusionPathAsync(size - 1, Ct);
        Assert.True(Merkle.Includes(journal.Leaves[size - 1], size - 1, size, path, journal.Checkpoint.Root));
    }

    [Fact]
    public async Task A_builder_that_resumes_makes_the_same_bytes() =>
        await Gen.Select(Gen.Int[0, 1_200], Gen.Int[0, 1_200]).SampleAsync(
            async (before, more) =>
            {
                var (begun, whole) = (MadeJournal.Of(before), MadeJournal.Of(before + more));
                var builder = await TileBuilder.ResumeAsync(begun, begun.Checkpoint, Ct);
                foreach (var entry in whole.Entries.Skip(before))
                {
                    builder.Append(entry);
                }

                begun.Take(builder);
                Assert.Equal(whole.Checkpoint.Root, builder.Root());
                Assert.All(TilePath.All(before + more), path => Assert.Equal(whole.Files[path], begun.Files[path]));
            },
            iter: 12, threads: 1);

    [Fact]
    public async Task An_empty_journal_is_read_as_such()
    {
        var tree = await MadeJournal.Of(0).OpenAsync();
        Assert.Equal(0, tree.Size);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tree.InclusionPathAsync(0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tree.ConsistencyPathAsync(0, Ct));
    }

    // Partial tiles may be deleted once the full one is there.
    [Fact]
    public async Task A_deleted_partial_tile_is_read_from_the_full_one()
    {
        var (earlier, later) = (MadeJournal.Of(300), MadeJournal.Of(700));
        foreach (var path in TilePath.All(300).Where(path => !path.IsFull && path.Level <= 0))
        {
            earlier.Files.TryRemove(path, out _);
            earlier.Files[path.Full] = later.Files[path.Full];
        }

        var tree = await earlier.OpenAsync();

        Assert.Equal(Merkle.Path(earlier.Leaves, 299), await tree.InclusionPathAsync(299, Ct));
        Assert.Equal(44, (await tree.EntriesAsync(1, Ct)).Count);
    }

    [Fact]
    public async Task Each_bit_of_a_tile_and_of_a_bundle_counts()
    {
        var journal = MadeJournal.Of(256 + 3);
        foreach (var path in journal.Files.Keys)
        {
            var good = journal.Files[path];

            // Of the full tile every 61st bit, which meets all hashes and all places within a byte; of all else every one.
            for (var bit = 0; bit < good.Length * 8; bit += path.IsFull ? 61 : 1)
            {
                journal.Files[path] = Vectors.Flipped(good, bit);
                var no = await Assert.ThrowsAsync<PublishedJournalException>(() => ReadAllAsync(journal));
                Assert.NotEqual(JournalFault.Missing, no.Fault);
            }

            foreach (var cut in new[] { good[..^1], [.. good, 0], [], good[..^32] })
            {
                journal.Files[path] = cut;
                await Assert.ThrowsAsync<PublishedJournalException>(() => ReadAllAsync(journal));
            }

            journal.Files.TryRemove(path, out _);
            Assert.Equal(JournalFault.Missing, (await Assert.ThrowsAsync<PublishedJournalException>(() => ReadAllAsync(journal))).Fault);
            journal.Files[path] = good;
        }

        await ReadAllAsync(journal);

        // The full ones whole: no bit leaves the root over a tile or the leaves of a bundle as they were.
        var (tile, bundle) = (journal.Files[TilePath.In(journal.Checkpoint.Size, 0, 0)], journal.Files[TilePath.ForEntry(journal.Checkpoint.Size, 0)]);
        var (root, leaves) = (Merkle.Root(tile.Chunk(Merkle.HashSize).ToArray()), Leaves(bundle)!);
        Parallel.For(0, tile.Length * 8, bit => Assert.NotEqual(root, Merkle.Root(Vectors.Flipped(tile, bit).Chunk(Merkle.HashSize).ToArray())));
        Parallel.For(0, bundle.Length * 8, bit => Assert.False(Leaves(Vectors.Flipped(bundle, bit)) is { } other && other.Zip(leaves).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))));

        static List<byte[]>? Leaves(byte[] bundle) => EntryBundle.Read(bundle, TilePath.FullWidth)?.Select(entry => Merkle.Leaf(entry.Span)).ToList();
    }

    // Bundle and leaf agree with each other, but not with the level above.
    [Fact]
    public async Task A_forged_entry_with_its_own_leaf_is_refused()
    {
        var journal = MadeJournal.Of(256 + 3);
        var (bundle, tile) = (new TilePath(TilePath.EntriesLevel, 0, 256), new TilePath(0, 0, 256));
        byte[][] entries = [.. journal.Entries.Take(256)];
        entries[77] = "forged"u8.ToArray();
        journal.Files[bundle] = EntryBundle.Write(entries);
        Merkle.Leaf(entries[77]).CopyTo(journal.Files[tile], 77 * Merkle.HashSize);

        var no = await Assert.ThrowsAsync<PublishedJournalException>(() => ReadAllAsync(journal));

        Assert.Equal((JournalFault.OtherHash, tile), (no.Fault, no.Path));
    }

    [Fact]
    public async Task Another_root_or_another_size_is_refused()
    {
        var journal = MadeJournal.Of(300);
        foreach (var other in new Checkpoint[]
        {
            new(MadeJournal.Origin, 300, Vectors.Flipped(journal.Checkpoint.Root, 9)),
            new(MadeJournal.Origin, 299, journal.Checkpoint.Root),
            new(MadeJournal.Origin, 0, journal.Checkpoint.Root),
        })
        {
            await Assert.ThrowsAsync<PublishedJournalException>(() => PublishedTree.OpenAsync(journal, other, Ct));
        }
    }

    // 10⁸ entries, of which only the tiles on one way up exist: what a reader of a large journal fetches.
    [Fact]
    public async Task A_proof_in_a_large_journal_needs_a_few_tiles()
    {
        var (reader, root) = SparseJournal.Make(100_000_000, 77_777_777);
        var tree = await PublishedTree.OpenAsync(reader, new(MadeJournal.Origin, 100_000_000, root), Ct);

        var path = await tree.InclusionPathAsync(77_777_777, Ct);

        var leaf = await tree.LeafAsync(77_777_777, Ct);
        Assert.True(Merkle.Includes(leaf, 77_777_777, 100_000_000, path, root));
        Assert.InRange(path.Count, 26, 27);
        Assert.InRange(reader.Read, 1, 8);
    }

    [Fact]
    public async Task A_folder_is_read_as_it_was_written()
    {
        var folder = Directory.CreateTempSubdirectory("rectify-proof-");
        try
        {
            var journal = MadeJournal.Of(600);
            foreach (var (path, bytes) in journal.Files)
            {
                var file = Path.Combine(folder.FullName, path.ToString());
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, bytes, Ct);
            }

            var tree = await PublishedTree.OpenAsync(new FolderTiles(folder.FullName), journal.Checkpoint, Ct);
            Assert.Equal(Merkle.Path(journal.Leaves, 500), await tree.InclusionPathAsync(500, Ct));
            Assert.Equal(88, (await tree.EntriesAsync(2, Ct)).Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ReadAllAsync(MadeJournal journal)
    {
        var tree = await journal.OpenAsync();
        await foreach (var _ in tree.ReadAsync(0, Ct))
        {
            // Each entry is checked as it comes.
        }
    }
}
