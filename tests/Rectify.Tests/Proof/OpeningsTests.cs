using System.Buffers.Text;
using System.Text;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class OpeningsTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
    private static readonly FieldOpening Title = FieldOpening.Of(Salt, "Item/a/Title", null, "补种三十株");
    private static readonly FileOpening Photo = new([.. Salt, .. Salt], Digests.Sha256.Hash("photo"u8), Digests.Sm3.Hash("photo"u8), "现场.jpg");
    private static readonly Openings Both = new([Title], [Photo], []);

    private static readonly JournalLeaf Leaf = JournalLeaf.Read(LeafChainTests.Entry(
        1, null, Base64Url.EncodeToString(new byte[16]), $"\"data\":{{}},\"files\":[\"{Photo.Commitment}\"],\"sd\":[\"{Title.Commitment}\"]", "[\"sha256\",\"sm3\"]"))!;

    [Fact]
    public void What_is_written_is_read_again_and_opens_its_entry()
    {
        var read = Openings.Read(Both.ToBytes())!;

        Assert.Equal(Both.ToBytes(), read.ToBytes());
        Assert.True(read.Opens(read.Fields[0], Leaf));
        Assert.True(Openings.Opens(read.Files[0], Leaf));
        Assert.Equal(("补种三十株", "现场.jpg"), (read.Fields[0].After, read.Files[0].Name));
    }

    [Fact]
    public void Another_value_salt_or_file_opens_nothing()
    {
        Assert.All(
            [
                FieldOpening.Of(Salt, "Item/a/Title", null, "补种四十株"),
                FieldOpening.Of(Salt, "Item/a/Title", "补种三十株", null),
                FieldOpening.Of(Salt, "Item/b/Title", null, "补种三十株"),
                FieldOpening.Of([.. Salt, 0], "Item/a/Title", null, "补种三十株"),
            ],
            other => Assert.False(Both.Opens(other, Leaf)));
        Assert.All(Vectors.Flipped(Photo.Salt), salt => Assert.False(Openings.Opens(Photo with { Salt = salt }, Leaf)));
        Assert.All(Vectors.Flipped(Photo.Sha256), hash => Assert.False(Openings.Opens(Photo with { Sha256 = hash }, Leaf)));
        Assert.All(Vectors.Flipped(Photo.Sm3), hash => Assert.False(Openings.Opens(Photo with { Sm3 = hash }, Leaf)));
        Assert.True(Openings.Opens(Photo with { Name = "another.jpg" }, Leaf));
    }

    [Fact]
    public void Each_bit_of_a_disclosure_counts() => Assert.All(Vectors.Flipped(Encoding.ASCII.GetBytes(Title.Disclosure)), turned =>
        Assert.False(FieldOpening.Read(Encoding.Latin1.GetString(turned)) is { } read && Both.Opens(read, Leaf)));

    [Fact]
    public void Agrees_with_the_published_disclosure()
    {
        var one = Vectors.Read("sd-jwt-disclosure");
        Assert.Equal(one.Text("disclosure_b64url"), Base64Url.EncodeToString(Encoding.UTF8.GetBytes(one.Text("disclosure_json"))));
        Assert.Equal(one.Text("digest_b64url_sha256"), Commitments.OfField(one.Text("disclosure_b64url")));
    }

    [Theory]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAAAA","name",null]""")]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAAAA","name",null,1]""")]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAAAA","name",null,"a","b"]""")]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAA","name",null,"short salt"]""")]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAAAA",null,null,"a"]""")]
    [InlineData("""["AAAAAAAAAAAAAAAAAAAAAA","name",null,["a"]]""")]
    [InlineData("""{"a":1}""")]
    [InlineData("")]
    public void A_malformed_disclosure_is_refused(string json) => Assert.Null(FieldOpening.Read(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1,", "")]
    [InlineData("\"v\":1", "\"v\":1,\"v\":1")]
    [InlineData("\"v\":1", "\"v\":1,\"other\":1")]
    [InlineData("\"salt\"", "\"salz\"")]
    [InlineData("\"name\":\"现场.jpg\"", "\"name\":\"\"")]
    [InlineData("\"name\":\"现场.jpg\"", "\"name\":\"a\",\"more\":\"b\"")]
    [InlineData("\"sm3\":\"", "\"sm3\":\"00")]
    [InlineData("\"fields\":[", "\"fields\":[\"\",")]
    [InlineData("\"files\":[", "\"files\":[1,")]
    [InlineData("\"files\":[", "\"commitments\":[\"x\"],\"files\":[")]
    public void A_malformed_file_of_openings_is_refused(string good, string bad)
    {
        var text = Encoding.UTF8.GetString(Both.ToBytes());
        Assert.Contains(good, text, StringComparison.Ordinal);
        Assert.Null(Openings.Read(Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal))));
    }
}
