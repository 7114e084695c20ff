using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Portal;

/// <summary>Each status has the colours that belong to it, in lists and in the public's verdict alike, and a form of its own for whoever sees no colours.</summary>
public sealed partial class StatusColourTests
{
    // Red is late and nothing else; deep green is over for good; plum came back or is objected to.
    private static readonly Dictionary<ItemStatus, string> Families = new()
    {
        [ItemStatus.Draft] = "grey",
        [ItemStatus.NotStarted] = "grey",
        [ItemStatus.NotInvolved] = "grey",
        [ItemStatus.OnTrack] = "green",
        [ItemStatus.Ahead] = "green",
        [ItemStatus.Behind] = "amber",
        [ItemStatus.Policy] = "amber",
        [ItemStatus.Returned] = "amber",
        [ItemStatus.Overdue] = "red",
        [ItemStatus.Nearly] = "blue",
        [ItemStatus.Done] = "blue",
        [ItemStatus.Accept] = "blue",
        [ItemStatus.Notice] = "blue",
        [ItemStatus.Signing] = "blue",
        [ItemStatus.Filed] = "blue",
        [ItemStatus.Stage] = "blue",
        [ItemStatus.Closed] = "deep",
        [ItemStatus.Standing] = "deep",
        [ItemStatus.Reopened] = "plum",
        [ItemStatus.Objected] = "plum",
    };

    [Fact]
    public void A_status_has_its_own_colour_in_lists_and_in_the_verdict_on_a_page()
    {
        var rules = Rule().Matches(Style("rectify.css")).Select(rule => (Of: rule.Groups[1].Value.Trim(), Says: rule.Groups[2].Value)).ToList();
        var usual = Family(Assert.Single(rules, rule => rule.Of == ".verdict").Says, "background"); // where no other rule holds
        foreach (var status in Enum.GetValues<ItemStatus>())
        {
            bool Names(string of) => Regex.IsMatch(of, $@"\.st-{status.Mark}(?![\w-])");
            var ink = Assert.Single(rules, rule => Names(rule.Of) && !rule.Of.Contains(".verdict", StringComparison.Ordinal) && rule.Says.Contains("color:", StringComparison.Ordinal));
            var verdict = rules.Where(rule => Names(rule.Of) && rule.Of.StartsWith(".verdict", StringComparison.Ordinal)).ToList();
            Assert.InRange(verdict.Count, 0, 1);
            Assert.Equal(
                (status, Families[status], Families[status], Families[status]),
                (status, Family(ink.Says, "color"), verdict.Count == 0 ? usual : Family(verdict[0].Says, "background"), verdict.Count == 0 ? usual : Family(verdict[0].Says, "border-color")));
        }

        static string Family(string says, string property) => Regex.Match(says, $@"(?<![\w-]){property}: var\(--r-(\w+)-").Groups[1].Value;
    }

    [Fact]
    public void Families_of_colours_are_told_apart_by_day_and_by_night()
    {
        var tokens = Style("tokens.css");
        foreach (var family in Families.Values.Distinct())
        {
            foreach (var shade in new[] { "ink", "fill", "wash" })
            {
                Assert.Equal(2, Regex.Count(tokens, $"--r-{family}-{shade}:")); // paper and wall
            }
        }

        foreach (var shade in new[] { "ink", "wash" })
        {
            var colours = Regex.Matches(tokens, $@"--r-(\w+)-{shade}: *(#\w+)").Where(colour => Families.ContainsValue(colour.Groups[1].Value)).Select(colour => colour.Groups[2].Value).ToList();
            Assert.Equal(colours.Distinct(), colours);
        }
    }

    [Fact]
    public void Each_status_has_a_form_of_its_own()
    {
        var forms = XDocument.Parse(Style("icons.svg")).Descendants().Where(one => one.Name.LocalName == "symbol").ToDictionary(one => one.Attribute("id")!.Value, one => string.Concat(one.Nodes()));
        var marks = Enum.GetValues<ItemStatus>().Select(status => forms[$"s-{status.Mark}"]).ToList();
        Assert.Equal(marks.Distinct(), marks);
    }

    private static string Style(string name) => File.ReadAllText(Path.Combine(Tree.Root, "src/Rectify/wwwroot", name));

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}")]
    private static partial Regex Rule();
}
