using System.Text.Json;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class TilePathTests
{
    private static readonly Gen<TilePath> Paths = Gen.Select(Gen.Int[-1, 63], Gen.Long[0, long.MaxValue], Gen.Int[1, 256])
        .Select((level, index, width) => new TilePath(level, index, width));

    [Fact]
    public void What_is_written_is_read_again() => Paths.Sample(path => TilePath.Parse(path.ToString()) == path);

    [Fact]
    public void A_path_has_one_spelling() =>
        Gen.Select(Paths, Gen.Int[0, 63], Gen.Char["0123456789x/.p"]).Sample((path, place, character) =>
        {
            var text = path.ToString();
            var changed = text.Remove(place % text.Length, 1).Insert(place % text.Length, character.ToString());
            return !TilePath.TryParse(changed, out var read) || read.ToString() == changed;
        });

    [Fact]
    public void Agrees_with_the_published_paths()
    {
        var vectors = Vectors.Read("tile-paths");
        Assert.All(vectors.Of("c2sp_tile"), one => Assert.Equal(one[3].GetString(), Path(one[0].GetInt32(), one[1].GetInt64(), one[2].GetInt32()).ToString()));
        Assert.All(vectors.Of("c2sp_entries_for_index"), one => Assert.Equal(one[2].GetString(), TilePath.ForEntry(one[1].GetInt64(), one[0].GetInt64()).ToString()));
        Assert.All(vectors.Of("c2sp_parse_ok"), one =>
            Assert.Equal(Path(one[2].GetInt32(), one[3].GetInt64(), one[4].GetInt32()), TilePath.Parse($"tile/{one[0].GetString()}/{one[1].GetString()}")));
        Assert.All(vectors.Of("c2sp_parse_err"), one => Assert.False(TilePath.TryParse($"tile/{one[0].GetString()}/{one[1].GetString()}", out _)));
    }

    // Go's checksum database puts the height into the path. Read as ours it would be another tile.
    [Fact]
    public void Gos_paths_are_no_paths_of_ours() => Assert.All(
        from one in Vectors.Read("tile-paths").Of("go_sumdb_form")
        where one.GetProperty("tile").ValueKind == JsonValueKind.Array
        select one.Text("path"),
        path => Assert.False(TilePath.TryParse(path, out _)));

    [Theory]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/00/000")]
    [InlineData("tile/entries/x000/001")]
    [InlineData("tile/0/x1/234")]
    [InlineData("tile/0/１23")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/000/")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_spellings_are_refused(string? path) => Assert.False(TilePath.TryParse(path, out _));

    [Fact]
    public void A_tree_of_70000_and_one_of_256_have_the_tiles_of_the_specification()
    {
        var tiles = TilePath.All(70_000).Where(path => !path.IsEntries).ToList();
        Assert.Equal(
            [(0, true, 273), (0, false, 1), (1, true, 1), (1, false, 1), (2, false, 1)],
            tiles.GroupBy(path => (path.Level, path.IsFull)).Select(group => (group.Key.Level, group.Key.IsFull, group.Count())));
        Assert.Equal([112, 17, 1], tiles.Where(path => !path.IsFull).Select(path => path.Width));
        Assert.Equal(["tile/entries/000", "tile/0/000", "tile/1/000.p/1"], TilePath.All(256).Select(path => path.ToString()));
        Assert.Empty(TilePath.All(0));
    }

    [Fact]
    public void What_a_growing_journal_publishes_adds_up_to_all_of_it() =>
        Gen.Select(Gen.Long[0, 200_000], Gen.Long[0, 70_000]).Sample(
            (from, more) =>
            {
                var all = TilePath.All(from + more).ToHashSet();
                var (before, added) = (TilePath.All(from).Where(all.Contains).ToList(), TilePath.New(from, from + more).ToList());
                Assert.Equal(all, before.Concat(added).ToHashSet());
                Assert.DoesNotContain(added, path => path.IsFull && before.Contains(path));
                Assert.Equal(TilePath.Partial(from + more), all.Where(path => !path.IsEntries && !path.IsFull));
            },
            iter: 40);

    [Fact]
    public void The_largest_tree_has_eight_levels()
    {
        Assert.Equal(8, TilePath.Partial(long.MaxValue).Count());
        Assert.All(TilePath.Partial(long.MaxValue), path => Assert.InRange(path.Width, 1, 255));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.In(long.MaxValue, 8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.In(256, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.In(256, 0, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.ForEntry(0, 0));
    }

    // The vectors write a full tile as width 0.
    private static TilePath Path(int level, long index, int width) => new(level, index, width == 0 ? TilePath.FullWidth : width);
}
