using System.Buffers;

namespace Rectify.Grammar;

/// <summary>Responsible persons: names, posts with names, and posts that name nobody (责任单位主要负责同志).</summary>
internal static class PersonList
{
    private static readonly string[] Posts =
    [
        "主要负责同志", "主要负责人", "负责同志", "负责人", "主要领导", "分管领导", "领导", "党政主要负责同志", "同志", "书记", "市长", "县长", "州长", "区长", "旗长", "盟长", "省长", "镇长", "乡长",
        "局长", "厅长", "处长", "科长", "所长", "站长", "院长", "主任", "专员", "董事长", "总经理", "经理", "部长", "秘书长", "组长", "队长", "会长", "主席", "行长", "校长", "场长", "厂长", "矿长",
        "政委", "师长", "团长", "党组成员", "总工程师", "总裁", "常委", "委员", "法定代表人", "班子成员", "一把手", "人",
    ];

    private static readonly SearchValues<char> Stops = SearchValues.Create(",、;。\n ");

    private static readonly SearchValues<char> InPlaces = SearchValues.Create("市县区州局厅委省盟旗镇乡府署团师会部院所站办司处组行社门位");

    // The commonest family names: a name of two to four characters begins with one.
    private const string Surnames =
        "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
        + "聂吐阿艾买努古热依玉库哈木穆沙沃巴图其伊";

    public static List<DraftPerson> Read(Stretch list)
    {
        var persons = new List<DraftPerson>();
        foreach (var part in Parts(list))
        {
            var person = part.Trim(":、,;-()", "。;,、(:");
            if (person.Text.EndsWith(')') && !person.Folded.Contains('(', StringComparison.Ordinal))
            {
                person = person.Slice(0, person.Length - 1);
            }

            if (person.Folded.Count(c => c is >= '一' and <= '龥') >= 2 && person.Length <= 80)
            {
                persons.Add(new(string.Concat(person.Text.Split('\n', StringSplitOptions.TrimEntries)), IsGeneric(person.Folded), person.At));
            }
        }

        return persons;
    }

    // 党委书记、董事长 and 党委、政府主要负责同志 are one person or post: a list is cut only where both sides can stand alone.
    private static List<Stretch> Parts(Stretch list)
    {
        var parts = new List<Stretch>();
        var text = list.Folded;
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (depth == 0 && IsCut(text, start, i)))
            {
                parts.Add(list.Slice(start, i));
                start = i + 1;
            }
            else
            {
                depth = text[i] is '(' ? depth + 1 : text[i] is ')' ? Math.Max(0, depth - 1) : depth;
            }
        }

        return parts;
    }

    private static bool IsCut(string text, int start, int at)
    {
        if (text[at] is ';' or '。')
        {
            return true;
        }

        if (text[at] is not (',' or '、' or '\n' or ' '))
        {
            return false;
        }

        var left = text.AsSpan(start, at - start).Trim();
        var right = text.AsSpan(at + 1).TrimStart();
        right = right.IndexOfAny(Stops) is >= 0 and var stop ? right[..stop] : right;
        if (left.IsEmpty || right.IsEmpty)
        {
            return false;
        }

        var names = IsName(WithoutBracket(left)) && IsName(WithoutBracket(right));
        return text[at] switch
        {
            ' ' => names,
            '\n' => names || (Complete(left) && Complete(right) && right.Length > 4),
            _ => names || (Complete(left) && !BarePost(right) && Complete(right) && !(IsOffice(left) && NameAfterPost(right))),
        };
    }

    private static bool Complete(ReadOnlySpan<char> text)
    {
        var bare = WithoutBracket(text);
        return IsName(bare) || PostAtEnd(bare) > 0 || (bare.LastIndexOf(' ') is > 0 and var gap && IsName(bare[(gap + 1)..])) || NameAfterPost(bare);
    }

    // 县委常委、副县长某某 is one person with two offices.
    private static bool IsOffice(ReadOnlySpan<char> text) => PostAtEnd(text) is > 0 and var post && text[^post..] is not ("主要负责同志" or "负责同志" or "主要负责人" or "负责人" or "领导" or "主要领导" or "分管领导" or "同志") && !IsName(text[..^post]);

    private static bool BarePost(ReadOnlySpan<char> text) => PostAtEnd(text) is > 0 and var post && (text.Length - post <= 2 || text[..^post] is "常务副") && !IsName(text);

    /// <summary>Whether a note behind a unit names who answers there: （主要负责同志）.</summary>
    internal static bool IsPost(ReadOnlySpan<char> note) => note.Trim() is { Length: >= 2 and <= 12 } post && PostAtEnd(post) > 0 && !post.EndsWith("人") | post.EndsWith("负责人");

    internal static bool IsGeneric(string text)
    {
        var bare = WithoutBracket(text).Trim();
        if (bare.LastIndexOfAny(' ', '\n') is > 0 and var gap)
        {
            bare = bare[(gap + 1)..].Trim();
        }

        if (PostAtEnd(bare) is > 0 and var post)
        {
            var before = bare[..^post];
            return !(before.Length is >= 1 and <= 4 && Surnames.Contains(before[0], StringComparison.Ordinal) && before.IndexOfAny(InPlaces) < 0 && IsPersonal(before, bare[^post..]));
        }

        return false;
    }

    // 李市长 and 张三同志 are somebody; 高县长 stays doubtful and counts as somebody too.
    private static bool IsPersonal(ReadOnlySpan<char> before, ReadOnlySpan<char> post) => post is not ("负责同志" or "主要负责同志" or "主要负责人" or "负责人") || before.Length is 2 or 3;

    private static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is >= 2 and <= 4 && Surnames.Contains(text[0], StringComparison.Ordinal) && PostAtEnd(text) == 0 && AllHan(text)
        && !"委府局厅办县区州镇乡旗署".Contains(text[^1], StringComparison.Ordinal);

    // 市长张三.
    private static bool NameAfterPost(ReadOnlySpan<char> text) =>
        text.Length > 4 && ((IsName(text[^3..]) && PostAtEnd(text[..^3]) > 0) || (IsName(text[^2..]) && PostAtEnd(text[..^2]) > 0));

    private static bool AllHan(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is < '一' or > '龥')
            {
                return false;
            }
        }

        return true;
    }

    private static int PostAtEnd(ReadOnlySpan<char> text)
    {
        foreach (var post in Posts)
        {
            if (text.EndsWith(post))
            {
                return post.Length;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<char> WithoutBracket(ReadOnlySpan<char> text) =>
        text.EndsWith(")") && text.LastIndexOf('(') is > 0 and var open ? text[..open].Trim() : text.Trim();
}
