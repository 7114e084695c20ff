using System.Buffers.Text;
using System.Text;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class LeafChainTests
{
    private static readonly string Subject = Base64Url.EncodeToString(new byte[16]);

    [Fact]
    public void A_whole_chain_holds_together_and_no_entry_can_be_taken_out_doubled_or_moved() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[0, 19], Gen.Int[0, 19]).Sample((count, i, j) =>
        {
            var chain = Chain(count);
            var (one, other) = (i % count, j % count);
            Assert.Null(LeafChain.Check(chain).Fault);
            Assert.Equal(count, LeafChain.Check(chain).Leaves.Count);
            Assert.Null(LeafChain.Check(chain[..one]).Fault);

            List<byte[]> without = [.. chain[..one], .. chain[(one + 1)..]];
            Assert.Equal(one < count - 1, LeafChain.Check(without).Fault == ChainFault.WrongNumber);
            Assert.Equal(ChainFault.WrongNumber, LeafChain.Check([.. chain[..one], chain[one], .. chain[one..]]).Fault);
            var moved = chain.ToList();
            (moved[one], moved[other]) = (moved[other], moved[one]);
            Assert.Equal(one == other, LeafChain.Check(moved).Fault is null);
        });

    // A date moved by a year, in an entry that still reads well: the next one names another hash.
    [Fact]
    public void A_changed_entry_shows_in_the_next_one()
    {
        var chain = Chain(5);
        chain[2] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(chain[2]).Replace("2026-", "2025-", StringComparison.Ordinal));

        var result = LeafChain.Check(chain);

        Assert.Equal(ChainFault.WrongPrevious, result.Fault);
        Assert.Equal(3, result.Leaves.Count);
    }

    [Fact]
    public void Each_bit_of_an_entry_counts()
    {
        var chain = Chain(3);
        Assert.All(Vectors.Flipped(chain[1]), turned => Assert.NotNull(LeafChain.Check([chain[0], turned, chain[2]]).Fault));
    }

    [Fact]
    public void An_entry_about_something_else_is_refused()
    {
        var chain = Chain(3);
        var other = Entry(2, Merkle.Leaf(chain[0]), Base64Url.EncodeToString(Enumerable.Repeat((byte)1, 16).ToArray()));
        Assert.Equal(ChainFault.OtherSubject, LeafChain.Check([chain[0], other]).Fault);
        Assert.Equal(ChainFault.WrongNumber, LeafChain.Check([chain[1]]).Fault);
        Assert.Equal(ChainFault.Unreadable, LeafChain.Check([chain[0], []]).Fault);
        Assert.Null(LeafChain.Check([]).Fault);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "\"v\":1", "\"v\":2" },
        { "\"v\":1", "\"v\":1.5" },
        { "\"v\":1,", "" },
        { "\"alg\":[\"sha256\"]", "\"alg\":[\"md5\"]" },
        { "\"alg\":[\"sha256\"]", "\"alg\":[]" },
        { "\"alg\":[\"sha256\"]", "\"alg\":[\"sha256\",\"sm3\"]" },
        { "\"alg\":[\"sha256\"]", "\"alg\":\"sha256\"" },
        { "\"n\":2", "\"n\":0" },
        { "\"n\":2", "\"n\":1" },
        { "\"n\":2", "\"n\":99999999999" },
        { "\"n\":2", "\"n\":\"2\"" },
        { "\"by\":\"ann\"", "\"by\":\"\"" },
        { "\"by\":\"ann\"", "\"by\":\"\\ud800\"" },
        { "\"by\":\"ann\",", "" },
        { "\"by\":\"ann\"", "\"by\":\"ann\",\"by\":\"ben\"" },
        { "\"data\":{}", "\"data\":[]" },
        { "\"data\":{}", "\"data\":{},\"more\":1" },
        { "\"data\":{}", "\"data\":{\"a\":1,\"a\":2}" },
        { "\"data\":{}", "\"data\":{},\"sd\":[]" },
        { "\"data\":{}", "\"data\":{},\"sd\":[\"short\"]" },
        { "\"data\":{}", "\"data\":{},\"sdn\":3" },
        { "\"data\":{}", $"\"data\":{{}},\"files\":[\"{new string('A', 43)}\"]" },
        { "\"data\":{}", "\"data\":" + new string('{', 40) },
        { "T04:00:00.000Z", "T04:00:00Z" },
        { "T04:00:00.000Z", "T04:00:00.000+08:00" },
        { "{\"v\"", " [\"v\"" },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_entry_is_refused(string good, string bad)
    {
        var entry = Encoding.UTF8.GetString(Chain(2)[1]);
        Assert.NotNull(JournalLeaf.Read(Encoding.UTF8.GetBytes(entry)));
        Assert.Contains(good, entry, StringComparison.Ordinal);
        Assert.Null(JournalLeaf.Read(Encoding.UTF8.GetBytes(entry.Replace(good, bad, StringComparison.Ordinal))));
    }

    [Fact]
    public void An_entry_of_more_than_65535_bytes_is_refused()
    {
        var entry = Encoding.UTF8.GetString(Chain(1)[0]);
        byte[] Padded(int length) => Encoding.UTF8.GetBytes(entry.Replace("\"data\":{}", $"\"data\":{{\"a\":\"{new string('x', length - entry.Length - 6)}\"}}", StringComparison.Ordinal));
        Assert.Equal(65_535, Padded(65_535).Length);
        Assert.NotNull(JournalLeaf.Read(Padded(65_535)));
        Assert.Null(JournalLeaf.Read(Padded(65_536)));
    }

    internal static List<byte[]> Chain(int count)
    {
        var chain = new List<byte[]>();
        for (var n = 1; n <= count; n++)
        {
            chain.Add(Entry(n, n == 1 ? null : Merkle.Leaf(chain[^1]), Subject));
        }

        return chain;
    }

    // Built by hand from docs/formats/journal.md.
    internal static byte[] Entry(int n, byte[]? previous, string subject, string rest = "\"data\":{}", string digests = "[\"sha256\"]", string type = "test.noted") => Encoding.UTF8.GetBytes(
        $"{{\"v\":1,\"type\":\"{type}\",\"id\":\"{Base64Url.EncodeToString(Enumerable.Repeat((byte)n, 16).ToArray())}\",\"subject\":\"{subject}\",\"n\":{n},"
        + $"\"prev\":\"{(previous is null ? "" : Base64Url.EncodeToString(previous))}\",\"ts\":\"2026-11-26T04:00:00.000Z\",\"by\":\"ann\",\"alg\":{digests},{rest}}}");
}
