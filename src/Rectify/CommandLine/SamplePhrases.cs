using System.Globalization;
using System.Text.RegularExpressions;

namespace Rectify.CommandLine;

/// <summary>Says what units write in their returns: sentences of phrases.tsv, filled with what the history knows.</summary>
/// <remarks>The same line gets the same words each time; from round to round and from task to task the sentences change.</remarks>
internal sealed partial class SamplePhrases
{
    private readonly Dictionary<string, string> families = [];
    private readonly Dictionary<string, string> units = [];
    private ILookup<(string Slot, string When), (string Family, string Text)> phrases = null!;

    /// <summary>The kind of work that a type of task is; empty where none is named.</summary>
    public string FamilyOf(string type) => families.GetValueOrDefault(type, "");

    public static SamplePhrases Parse(IEnumerable<string> lines, IEnumerable<string> unitLines)
    {
        var read = new SamplePhrases();
        var rows = lines.Skip(1).Select(line => line.Split('\t')).ToList();
        foreach (var type in rows.Where(row => row[0] == "family").SelectMany(row => row[3].Split(' '), (row, type) => (Type: type, Family: row[2])))
        {
            read.families.Add(type.Type, type.Family);
        }

        foreach (var row in unitLines.Skip(1).Select(line => line.Split('\t')))
        {
            read.units.Add(row[0], row[4]);
        }

        read.phrases = rows.Where(row => row[0] != "family").ToLookup(row => (row[0], row[1]), row => (row[2], row[3]));
        return read;
    }

    /// <summary>The short name of a unit.</summary>
    public string Unit(string code) => units[code];

    /// <summary>A sentence, with its gaps filled.</summary>
    /// <param name="type">The task's type; sentences for another kind of work are passed over.</param>
    /// <param name="seed">Tells lines apart.</param>
    /// <param name="turn">Moves from one sentence to the next: the round's number.</param>
    public string Say(string slot, string when, string type, string seed, int turn, IReadOnlyDictionary<string, string> gaps)
    {
        var fit = phrases[(slot, when)].Where(phrase => phrase.Family.Length == 0 || phrase.Family == families.GetValueOrDefault(type)).ToList();
        var text = fit[(int)((Mark($"{slot}{seed}") + (uint)turn) % (uint)fit.Count)].Text;
        return Gap().Replace(text, gap => gaps[gap.Groups[1].Value]);
    }

    /// <summary>A number that a text always gives, spread evenly. Source: FNV-1a, 32 bits.</summary>
    public static uint Mark(string text) => text.Aggregate(2_166_136_261, (mark, c) => unchecked((mark ^ c) * 16_777_619)) >> 8;

    public static string Number(decimal figure) => figure.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>For work that has no place of its own.</summary>
    public string Somewhere => Say("format", "somewhere", "", "", 0, new Dictionary<string, string>());

    public string Day(DateOnly day) => Format("day", day);

    public string Month(DateOnly day) => Format("month", day);

    /// <summary>The first clause of a measure, to be quoted.</summary>
    public static string Clause(string measure)
    {
        var end = measure.IndexOfAny(['，', '；', '。'], Math.Min(8, measure.Length - 1));
        return end < 0 ? measure : measure[..end];
    }

    private string Format(string what, DateOnly day) => Say("format", what, "", "", 0, new Dictionary<string, string>
    {
        ["m"] = day.Month.ToString(CultureInfo.InvariantCulture),
        ["d"] = day.Day.ToString(CultureInfo.InvariantCulture),
    });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Gap();
}
