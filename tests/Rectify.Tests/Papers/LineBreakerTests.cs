using CsCheck;
using Rectify.Papers;

namespace Rectify.Tests.Papers;

public sealed class LineBreakerTests
{
    // Written out here again, from the W3C's Requirements for Chinese Text Layout, so that the product's list is checked.
    private const string NeverFirst = "、，。；：！？）》〉】”’";
    private const string NeverLast = "（《〈【“‘";

    private static readonly Gen<string> Opening = Gen.Char[NeverLast].Array[0, 2].Select(chars => new string(chars));
    private static readonly Gen<string> Closing = Gen.Char[NeverFirst].Array[0, 2].Select(chars => new string(chars));
    private static readonly Gen<string> Core = Gen.OneOf(
        Gen.Char["整改督察生态环境保护"].Select(c => c.ToString()), Gen.Int[0, 4].Select(i => new[] { "COD", "2019", "mg/L", "PM2.5", "95.6%" }[i]), Gen.Const("——"));

    // Every piece is at most ten characters wide, so in lines of fourteen there is always a lawful place to break.
    private static readonly Gen<string> Lawful = Gen.Select(Opening, Core, Closing, (open, core, close) => open + core + close)
        .Array[0, 60].Select(string.Concat);

    private static readonly Gen<string> Anything = Gen.Char["整改，。（“”》 a1.—…"].Array[0, 80].Select(chars => new string(chars));

    [Fact]
    public void No_mark_stands_where_it_must_not() =>
        Gen.Select(Lawful, Gen.Float[14, 40]).Sample((text, room) =>
        {
            var lines = Lines(text, room);
            return lines.Skip(1).All(line => !NeverFirst.Contains(line[0])) && lines.SkipLast(1).All(line => !NeverLast.Contains(line[^1]));
        });

    [Fact]
    public void Words_numbers_and_double_dashes_stay_whole() =>
        Gen.Select(Lawful, Gen.Float[14, 40]).Sample((text, room) =>
        {
            var lines = Lines(text, room);
            return lines.Zip(lines.Skip(1)).All(pair =>
                !(pair.First.Length > 0 && pair.Second.Length > 0 && pair.First[^1] < 0x2000 && pair.Second[0] < 0x2000)
                && !(pair.First.EndsWith('—') && pair.Second.StartsWith('—') && (Trailing(pair.First) % 2 == 1)));
        });

    [Fact]
    public void Lines_join_to_the_text_and_fit_whatever_the_text() =>
        Gen.Select(Anything, Gen.Float[1, 30]).Sample((text, room) =>
        {
            var lines = Lines(text, room);
            return string.Concat(lines) == text && lines.All(line => line.TrimEnd().Length <= 1 || Width(line.TrimEnd()) <= room + 0.02f);
        });

    [Fact]
    public void Lines_are_filled_as_far_as_the_rules_allow() =>
        Gen.Select(Gen.Char["整改督察"].Array[1, 100], Gen.Int[1, 30]).Sample((chars, room) =>
            Lines(new string(chars), room).SkipLast(1).All(line => line.Length == room));

    [Fact]
    public void The_first_line_may_be_shorter()
    {
        var text = new string('字', 30);
        Assert.Equal([8, 10, 10, 2], Break(text, 8, 10).Select(line => line.Length));
    }

    private static int Trailing(string line) => line.Length - line.TrimEnd('—').Length;

    private static List<string> Lines(string text, float room) => Break(text, room, room);

    private static List<string> Break(string text, float first, float rest)
    {
        int[] runes = [.. text.Select(c => (int)c)];
        return [.. LineBreaker.Break(runes, [.. text.Select(WidthOf)], first, rest).Select(line => text[line.Start..line.End])];
    }

    // The right half of a closing mark at the end may stand out.
    private static float Width(string line) =>
        line.Sum(WidthOf) - ("、，。．；：）》〉】〕」』〗".Contains(line[^1]) ? WidthOf(line[^1]) / 2 : 0);

    private static float WidthOf(char c) => c < 0x2000 ? 0.5f : 1f;
}
