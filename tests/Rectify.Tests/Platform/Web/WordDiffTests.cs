using CsCheck;
using Rectify.Platform.Web;

namespace Rectify.Tests.Platform.Web;

public sealed class WordDiffTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["整改销号 12ab，\U0001F600é\u0301"], 0, 40];

    [Fact]
    public void Both_texts_can_be_read_back_from_the_pieces() => Gen.Select(Text, Text).Sample((before, after) =>
    {
        var pieces = WordDiff.Of(before, after);
        Assert.Equal(before, string.Concat(pieces.Where(piece => piece.Kind != DiffKind.Added).Select(piece => piece.Text)));
        Assert.Equal(after, string.Concat(pieces.Where(piece => piece.Kind != DiffKind.Gone).Select(piece => piece.Text)));
    });

    [Fact]
    public void Compares_Chinese_by_character_and_numbers_whole() => Assert.Equal(
        [new(DiffKind.Same, "完成"), new(DiffKind.Gone, "80"), new(DiffKind.Added, "86"), new(DiffKind.Same, "座")],
        WordDiff.Of("完成80座", "完成86座"));
}
