using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class EntryBundleTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Byte.Array[0, 60].Array[1, 256].Sample(entries =>
            EntryBundle.Read(EntryBundle.Write(entries), entries.Length)!.Select(entry => entry.ToArray()).SequenceEqual(entries, new SameBytes()));

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Select(Gen.Byte[0, 3].Array[0, 300], Gen.Int[-1, 300]).Sample((bytes, width) =>
        {
            var entries = EntryBundle.Read(bytes, width);
            return entries is null || (entries.Count == width && entries.Sum(entry => 2 + entry.Length) == bytes.Length);
        });

    [Fact]
    public void The_longest_entry_fits_and_one_byte_more_does_not()
    {
        var longest = new byte[EntryBundle.LongestEntry];
        Assert.Equal(2 + longest.Length, EntryBundle.Write([longest]).Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([[.. longest, 0]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([.. Enumerable.Repeat<byte[]>([], 257)]));
        Assert.Throws<ArgumentException>(() => new TileBuilder().Append([.. longest, 0]));
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
