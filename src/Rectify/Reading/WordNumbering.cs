using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>Counts a Word document's automatic numbers, as they come up in reading order.</summary>
/// <remarks>Source: ISO/IEC 29500-1 §17.9.</remarks>
internal sealed partial class WordNumbering
{
    private const int Levels = 9;

    private readonly Dictionary<string, XElement> lists = []; // abstractNum by id
    private readonly Dictionary<string, XElement> instances = []; // num by id
    private readonly Dictionary<string, int?[]> counters = []; // by abstractNum: its nums count on together
    private readonly HashSet<string> begun = [];

    public WordNumbering(XElement? part)
    {
        foreach (var list in part?.Elements("abstractNum") ?? [])
        {
            lists.TryAdd((string?)list.Attribute("abstractNumId") ?? "", list);
        }

        foreach (var instance in part?.Elements("num") ?? [])
        {
            instances.TryAdd((string?)instance.Attribute("numId") ?? "", instance);
        }
    }

    /// <summary>The level that a list ties to a paragraph style, or <see langword="null"/>.</summary>
    public int? LevelOfStyle(string id, string style) =>
        Enumerable.Range(0, Levels).Select(level => (int?)level)
            .FirstOrDefault(level => WordStyles.Value(Level(id, level!.Value)?.Element("pStyle")) == style);

    /// <summary>Counts one paragraph and gives what stands in front of it, such as <c>（三）</c>; empty for bullets.</summary>
    public string Next(string id, int level)
    {
        if (ListOf(id) is not { } list || Level(id, level) is not { } definition)
        {
            return "";
        }

        var key = (string?)list.Attribute("abstractNumId") ?? "";
        var counts = counters.TryGetValue(key, out var known) ? known : counters[key] = new int?[Levels];
        if (begun.Add(id))
        {
            for (var i = 0; i < Levels; i++)
            {
                counts[i] = Override(id, i)?.Element("startOverride") is null ? counts[i] : null;
            }
        }

        counts[level] = counts[level] is { } last ? last + 1 : Start(id, level);
        for (var deeper = level + 1; deeper < Levels; deeper++)
        {
            // lvlRestart names the level, from 1, whose paragraphs make this one begin again; 0 never.
            var restart = WordStyles.Number(Level(id, deeper)?.Element("lvlRestart")) ?? deeper;
            counts[deeper] = level < restart ? null : counts[deeper];
        }

        return Format(definition) is "bullet" ? "" : Write(id, definition, counts);
    }

    private string Write(string id, XElement definition, int?[] counts)
    {
        var legal = definition.Element("isLgl") is { } isLegal && WordStyles.IsOn(isLegal.Attribute("val"), absent: true);
        var text = Place().Replace(WordStyles.Value(definition.Element("lvlText")) ?? "", match =>
        {
            var level = match.Groups[1].Value[0] - '1';
            var format = Level(id, level) is { } other ? Format(other) : "decimal";
            return ListNumber.Write(counts[level] ?? Start(id, level), legal && format is not "none" ? "decimal" : format);
        });
        var trimmed = text.Trim();
        var gap = WordStyles.Value(definition.Element("suff")) is "nothing" || trimmed.Length == 0 || EndsItself(trimmed[^1]);
        return gap ? trimmed : trimmed + " ";
    }

    // Behind a full-width mark the gap of a tab cannot be told from the mark's own.
    private static bool EndsItself(char c) => c is '、' or '．' or '。' or '）' or '】' or '〕' or '：' or '，' or '；' or '》' or '』' or '」';

    private static string Format(XElement level) =>
        WordStyles.Value(level.Element("numFmt") ?? level.Descendants("numFmt").LastOrDefault()) ?? "decimal";

    private int Start(string id, int level) =>
        WordStyles.Number(Override(id, level)?.Element("startOverride"))
        ?? WordStyles.Number(Level(id, level)?.Element("start"))
        ?? (Level(id, level) is null ? 1 : 0);

    private XElement? Level(string id, int level) =>
        Override(id, level)?.Element("lvl") ?? At(ListOf(id)?.Elements("lvl"), level);

    private XElement? Override(string id, int level) =>
        At(instances.GetValueOrDefault(id)?.Elements("lvlOverride"), level);

    private static XElement? At(IEnumerable<XElement>? levels, int level)
    {
        var number = level.ToString(CultureInfo.InvariantCulture);
        return levels?.FirstOrDefault(element => (string?)element.Attribute("ilvl") == number);
    }

    private XElement? ListOf(string id)
    {
        var list = lists.GetValueOrDefault(WordStyles.Value(instances.GetValueOrDefault(id)?.Element("abstractNumId")) ?? "");
        return WordStyles.Value(list?.Element("numStyleLink")) is { } style
            ? lists.Values.FirstOrDefault(other => WordStyles.Value(other.Element("styleLink")) == style) ?? list
            : list;
    }

    [GeneratedRegex("%([1-9])")]
    private static partial Regex Place();
}
