using System.Text.RegularExpressions;

namespace Rectify.Grammar;

/// <summary>Makes a few words out of a long text.</summary>
public static partial class ItemTitle
{
    private const int Longest = 40, Shortest = 8, Most = 200;

    /// <summary>The first sentence, cut where a clause ends rather than in the middle, and never after what only says when; at most 200 characters.</summary>
    public static string From(string text)
    {
        var line = text.Split('\n')[0].Trim();
        var sentence = line.IndexOfAny(['。', '；', ';']) is > 0 and var stop ? line[..stop] : line;
        if (sentence.Length > Longest)
        {
            var ends = Comma().Matches(sentence).Select(comma => comma.Index).Where(end => end >= Shortest && !OnlyWhen().IsMatch(sentence[..end])).ToList();
            sentence = ends.FindLast(end => end <= Longest) is > 0 and var near ? sentence[..near] : ends.Find(end => end <= 2 * Longest) is > 0 and var far ? sentence[..far] : sentence;
        }

        return sentence.Length <= Most ? sentence : sentence[..Most];
    }

    [GeneratedRegex("[,\uFF0C]")]
    private static partial Regex Comma();

    // 2016年12月至2017年2月; 2017年12月底前; 某办法印发后: the matter itself follows.
    [GeneratedRegex("(?:[年月日底初末][前后内]?|[前后时中内]|之前|之后|以前|以后|以来|期间|情况下|过程中|的同时)$")]
    private static partial Regex OnlyWhen();
}
