using System.Text.RegularExpressions;
using Rectify.Platform.Text;

namespace Rectify.Tests.Platform.Text;

/// <summary>Every text that the code asks for is there, in every language, and none is there in vain.</summary>
public sealed class TextFenceTests
{
    [Fact]
    public void Every_key_in_the_code_has_a_text() => Assert.Empty(
        from file in Sources()
        from Match use in Regex.Matches(file.Text, """\b(?:T|[wW]ords)\["([^"{]+)"[\],]""")
        let key = use.Groups[1].Value
        where !Resources.Texts.ContainsKey(key)
        select $"{file.Path}: {key}");

    [Fact]
    public void Every_prefix_in_the_code_has_texts() => Assert.Empty(
        from file in Sources()
        from Match use in Regex.Matches(file.Text, """\b(?:T|[wW]ords)\[\$"([^"{]+)\{""")
        let prefix = use.Groups[1].Value
        where !Resources.Texts.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal))
        select $"{file.Path}: {prefix}");

    [Fact]
    public void Every_text_is_there_in_Chinese_and_English() => Assert.Empty(
        from text in Resources.Texts
        from tag in new[] { "zh-CN", "en" }
        where string.IsNullOrWhiteSpace(text.Value.GetValueOrDefault(tag))
        select $"{text.Key} has no {tag}");

    [Fact]
    public void No_text_is_unused()
    {
        var code = string.Join('\n', Sources().Select(file => file.Text));
        var script = Tree.Files("src/Rectify/wwwroot/js", ".js").Single(file => file.Path.EndsWith("/verify.js", StringComparison.Ordinal)).Text;
        var literals = Regex.Matches(code, "\"([a-z][a-zA-Z0-9.-]*)\"").Select(use => use.Groups[1].Value).ToHashSet();
        var prefixes = Regex.Matches(code, @"""([a-z][a-z0-9.-]*\.)(?:\{|"" \+)").Select(use => use.Groups[1].Value).Distinct()
            .Where(prefix => prefix != "refusal.").ToList();

        Assert.Empty(
            from key in Resources.Texts.Keys
            where !literals.Contains(key)
                && !prefixes.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal))
                && !(key.StartsWith("refusal.", StringComparison.Ordinal) && IsCode(key["refusal.".Length..]))
                && !(key.StartsWith("verify.", StringComparison.Ordinal) && IsSaid(key["verify.".Length..]))
            select key);

        // The checker in the browser names a text whole, "result.yes", or by its heading and itself: say("proved", "included").
        bool IsSaid(string key) => script.Contains($"\"{key}\"", StringComparison.Ordinal)
            || key.Split('.', 2) is [var heading, var text] && (script.Contains($"`{heading}.${{", StringComparison.Ordinal) || Regex.IsMatch(script, $"""say\("{heading}",[^;]*"{Regex.Escape(text)}["]"""));

        // The code of a "not found" is put together from the name of the thing.
        bool IsCode(string code) => literals.Contains(code)
            || (code.EndsWith(".not-found", StringComparison.Ordinal) && literals.Contains(code[..^".not-found".Length]));
    }

    [Fact]
    public void Every_language_fills_the_same_places() => Assert.Empty(
        from text in Resources.Texts
        let places = text.Value.Values.Select(value => string.Join(' ', Places(value))).Distinct().ToList()
        where places.Count > 1
        select $"{text.Key}: {string.Join(" | ", places)}");

    [Fact]
    public void Code_and_pages_hold_no_Chinese_text() => Assert.Empty(
        from file in Sources()
        where !file.Path.StartsWith("src/Rectify/Grammar/", StringComparison.Ordinal)
            && !file.Path.StartsWith("src/Rectify/Reading/", StringComparison.Ordinal)
            && !file.Path.StartsWith("src/Rectify/Consistency/", StringComparison.Ordinal) // words that its rules look for
            && !file.Path.StartsWith("src/Rectify/Papers/", StringComparison.Ordinal) // names of fonts
            && file.Path != "src/Rectify/Organisation/UnitNames.cs" // endings of names, data of the genre
            && file.Path != "src/Rectify/Dossiers/UsualRequirements.cs" // names of documents, data of the genre
            && file.Path != "src/Rectify/Procedures/ProcedurePresets.cs" // names of steps and forms, data of the genre
            && file.Path != "src/Rectify/Workbooks/BookStyles.cs" // name of a font
            && file.Path != "src/Rectify/Networks/LinkText.cs" // a word that people write into a lag
            && file.Path != "src/Rectify/Schedule/ScheduleCalendars.cs" // a sign that people write between two days
            && file.Path != "src/Rectify/Portal/Pages/PublicPlanPage.razor" // numbers of headings, which it looks for
            && file.Path != "src/Rectify/Workbooks/CellValues.cs" // what people write into a cell for yes and no
        let chinese = Regex.Match(file.Text, "[\u4E00-\u9FFF]+")
        where chinese.Success
        select $"{file.Path}: {chinese.Value}");

    // Comments may name a thing by its own word.
    private static string WithoutComments(string text) => Regex.Replace(
        text, @"@\*.*?\*@|/\*.*?\*/|<!--.*?-->|(?<![:""])//[^\n]*", "", RegexOptions.Singleline);

    private static IEnumerable<string> Places(string text) =>
        Regex.Matches(text, @"\{(\d)").Select(place => place.Groups[1].Value).Distinct().Order();

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Tree.Files("src/Rectify", ".cs", ".razor").Select(file => (file.Path, WithoutComments(file.Text)));
}
