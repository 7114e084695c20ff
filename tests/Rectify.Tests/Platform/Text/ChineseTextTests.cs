using System.Text.RegularExpressions;

namespace Rectify.Tests.Platform.Text;

/// <summary>Chinese prose has full-width punctuation: a half-width mark between two Chinese characters is a slip.</summary>
public sealed class ChineseTextTests
{
    private const string Slip = "[\u4E00-\u9FFF\u201D\uFF09][,;:()?!][\u4E00-\u9FFF\u201C\uFF08]|[\u4E00-\u9FFF][,;:?!](?=\\s*$)";

    [Fact]
    public void No_half_width_mark_stands_between_Chinese_characters() => Assert.Empty(
        from file in Prose()
        from slip in Slips(file.Text)
        select $"{file.Path}: {slip}");

    [Theory]
    [InlineData("已导入,请核对", 1)]
    [InlineData("（一）整改(第二版)方案", 2)]
    [InlineData("整改到位:销号", 1)]
    [InlineData("已导入\uFF0C请核对", 0)]
    [InlineData("第364(35-11)项", 0)]
    [InlineData("文件写作`整改时限:立即`", 0)]
    public void Finds_the_slip_and_nothing_else(string text, int slips) => Assert.Equal(slips, Slips(text).Count());

    // What stands in backticks is quoted as a machine or another document wrote it.
    private static IEnumerable<string> Slips(string text) =>
        from line in Regex.Replace(text, "```.*?```|`[^`\n]*`", "", RegexOptions.Singleline).Split('\n')
        from Match slip in Regex.Matches(line, Slip)
        let start = Math.Max(0, slip.Index - 6)
        select line.Substring(start, Math.Min(14, line.Length - start));

    private static IEnumerable<(string Path, string Text)> Prose() =>
    [
        .. Tree.Files("src/Rectify/Platform/Text/Resources", ".tsv"),
        .. Tree.Files("docs", ".md"),
        .. Tree.Files("samples", ".md", ".txt", ".tsv", ".json"),
        .. new[] { "README.zh-CN.md", "README.md" }.Select(name => Path.Combine(Tree.Root, name)).Where(File.Exists)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path))),
    ];
}
