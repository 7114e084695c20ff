using System.Buffers;

namespace Rectify.Grammar;

/// <summary>Lists of units with their roles: 省水利厅（牵头）、省发改委; 市住建局牵头，市水务局、各区政府配合.</summary>
internal static class UnitList
{
    private static readonly SearchValues<char> Stops = SearchValues.Create("、,;(和及 ");

    private const int LongestName = 60;

    private const string With = "会同";

    private static readonly SearchValues<char> AllBreaks = SearchValues.Create(Breaks);

    // 5月底前完成 is no unit, whatever year it is of.
    private static readonly DateOnly AnyDay = new(2001, 1, 1);

    private const string Breaks = "、,;\n \t/|。";

    // Ends of names that stand for a unit by themselves. Longer words come first where one ends with another.
    private static readonly string[] Ends =
    [
        "局", "厅", "委", "办", "部", "院", "会", "府", "处", "所", "站", "室", "团", "司", "校", "队", "中心", "市", "县", "区", "州", "盟", "旗", "乡", "镇", "村",
        "街道", "师", "组", "署", "公司", "集团", "厂", "场", "矿", "园", "部门", "单位", "企业", "机构", "行", "社", "省", "馆", "库", "专班", "海关", "支队", "总队", "大队",
        "书记处", "工委", "党委", "地委", "分局", "委员会", "办公室", "政府", "管委会", "联合会", "地区", "县市", "市县", "县区", "市区", "兵团", "河长办", "油田", "电网", "铁路", "电力", "能源", "矿业", "水务", "煤业", "大学", "供电",
    ];

    private static readonly string[] Governments =
        ["人民政府", "政府", "行署", "行政公署", "管委会", "管理委员会", "市政府", "县政府", "区政府", "州政府", "省政府", "旗政府", "盟行署", "镇政府", "乡政府", "市人民政府", "县人民政府",
         "区人民政府", "州人民政府", "省人民政府", "旗人民政府", "乡人民政府", "镇人民政府", "自治区政府", "自治区人民政府", "人大", "政协", "办事处", "兵团"];

    private static readonly string[] Parties = ["党委", "党工委", "市委", "县委", "区委", "州委", "省委", "地委", "旗委", "盟委", "镇党委", "乡党委", "工委", "党组", "自治区党委"];

    private readonly record struct Part(int Start, int End, DraftRole? Role);

    /// <param name="label">The role that the label gives; marks in the list come before it.</param>
    public static List<DraftUnit> Read(Stretch list, DraftRole label)
    {
        var units = new List<DraftUnit>();
        var marked = false;
        foreach (var (start, end) in Segments(list.Folded))
        {
            var parts = Parts(list.Folded, start, end);
            marked |= parts.Exists(part => part.Role == DraftRole.Lead);
            foreach (var part in parts)
            {
                if (Unit(list, part, label) is { } unit)
                {
                    units.Add(unit with { Role = part.Role ?? (DraftRole)(-1) });
                }
            }
        }

        // Where one is marked as leading, those without a mark cooperate.
        // In a list of supervising or accepting units, 牵头 only says who supervises first.
        var open = label is DraftRole.Responsible or DraftRole.Lead;
        var rest = marked && open ? DraftRole.Cooperate : label;
        return
        [
            .. units.Select(unit => unit with
            {
                Role = (int)unit.Role < 0 ? rest : open || unit.Role is DraftRole.Supervise or DraftRole.Accept ? unit.Role : label,
            }).DistinctBy(unit => (Fold.Of(unit.Text), unit.Role))
        ];
    }

    /// <summary>Whether a text could be the name of a unit: an ending that units have, no sentence.</summary>
    public static bool LooksLikeUnit(ReadOnlySpan<char> folded)
    {
        folded = folded.Trim();
        if (folded.Length > 0 && folded[^1] == ')' && folded.LastIndexOf('(') is > 0 and var open)
        {
            folded = folded[..open];
        }

        return folded.Length is >= 2 and <= 40 && folded.IndexOfAny("。;:") < 0 && EndsAsUnit(folded);
    }

    // A role word at a segment's end is for the whole segment: A、B牵头，C、D配合.
    private static List<(int Start, int End)> Segments(string text)
    {
        var segments = new List<(int, int)>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (depth == 0 && (text[i] is ',' or ';' or '。' || (text[i] == '\n' && !IsBroken(text, start, i)))))
            {
                segments.Add((start, i));
                start = i + 1;
            }
            else
            {
                depth = Deeper(text, i, depth);
            }
        }

        return segments;
    }

    // A line end inside a name: 省发 / 改委.
    private static bool IsBroken(string text, int start, int end)
    {
        var part = text.AsSpan(start, end - start);
        part = part[(part.LastIndexOfAny("、 ") + 1)..].Trim();
        return part.Length is > 0 and < 12 && !EndsAsUnit(part) && !part.EndsWith(")") && UnitRoles.Of(part) is null && WithoutRoleWord(part, out _).Length == part.Length;
    }

    // 某镇人民政府市生态环境局: two names whose sign was lost with the end of a line.
    private static int NextName(string text, int start, int to)
    {
        to = Math.Min(to, start + LongestName);
        for (var i = start + 3; i + 3 <= to; i++)
        {
            if (text[i - 1] is '府' or '局' or '厅' && text[i] is '市' or '县' or '区' or '省' or '州' && text[i + 1] is not ('场' or '政' or '容' or '级' or '域' or '道')
                && text.AsSpan(i, to - i).IndexOfAny(AllBreaks) is var stop && EndsAsUnit(text.AsSpan(i, stop < 0 ? to - i : stop))
                && !EndsWithAny(text.AsSpan(start, i - start), Parties))
            {
                return i;
            }

            if (Breaks.Contains(text[i], StringComparison.Ordinal) || text[i] is '(' or ')')
            {
                return 0;
            }
        }

        return 0;
    }

    private static List<Part> Parts(string text, int from, int to)
    {
        var cuts = new List<(int Start, int End)>();
        var (start, depth) = (from, 0);
        for (var i = from; i <= to; i++)
        {
            if (i == to || (depth == 0 && Breaks.Contains(text[i], StringComparison.Ordinal) && !BeforeNote(text, i, to)))
            {
                if (text.AsSpan(start, i - start).Trim().Length > 0)
                {
                    cuts.Add((start, i));
                }

                start = i + 1;
            }
            else if (depth == 0 && i > start && i < start + LongestName && NextName(text, start, to) == i)
            {
                cuts.Add((start, i));
                start = i;
            }
            else if (depth == 0 && Conjunction(text, start, i, to) is > 0 and var length)
            {
                cuts.Add((start, i));
                start = i + length;
            }
            else
            {
                depth = Deeper(text, i, depth);
            }
        }

        return Roles(text, Merged(text, cuts));
    }

    // 市城管局 （ 牵头 ）: the note belongs to the name before the space.
    private static bool BeforeNote(string text, int at, int end)
    {
        while (at < end && text[at] == ' ')
        {
            at++;
        }

        return at < end && at > 0 && text[at - 1] == ' ' && text[at] == '(';
    }

    // 曙泊市委、市政府 and 裕民县党委、人民政府 are one body each. A name broken by a line end is put together again.
    private static List<(int Start, int End)> Merged(string text, List<(int Start, int End)> cuts)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var cut in cuts)
        {
            var words = text.AsSpan(cut.Start, cut.End - cut.Start).Trim();
            if (merged is [.., var last] && Continues(text.AsSpan(last.Start, last.End - last.Start).Trim(), words, text[(cut.Start - 1)..cut.Start]))
            {
                merged[^1] = (last.Start, cut.End);
            }
            else
            {
                merged.Add(cut);
            }
        }

        return merged;
    }

    private static bool Continues(ReadOnlySpan<char> last, ReadOnlySpan<char> words, string between)
    {
        var bare = words.IndexOf('(') is > 0 and var open ? words[..open] : words;
        bare = WithoutRoleWord(bare, out _);
        if (EndsWithAny(last, Parties) && Governments.Contains(bare.ToString()))
        {
            return true;
        }

        if (between is " " && last.Length == 1 && last[0] is '省' or '市' or '县' or '区' or '州')
        {
            return LooksLikeUnit(bare); // 市 水务局
        }

        return between is " " or "\t" or "\n" && !EndsAsUnit(last) && UnitRoles.Of(words) is null && !last.EndsWith(')') && last.Length < 12 && LooksLikeUnit(bare);
    }

    private static List<Part> Roles(string text, List<(int Start, int End)> cuts)
    {
        var parts = new List<Part>();
        DraftRole? scope = null;
        var joined = false;
        var unsaid = 0; // the parts before it have their role
        foreach (var cut in cuts)
        {
            var (start, end) = Trim(text, cut.Start, cut.End);
            var words = text.AsSpan(start, end - start);

            // 牵头：A 配合：B, and 牵头单位A where no colon was written.
            if (UnitRoles.Heading(words) is ( > 0 and var skip, var given))
            {
                scope = given;
                (start, end) = Trim(text, start + skip, end);
                words = text.AsSpan(start, end - start);
            }

            // A会同B、C: A leads, those behind the word cooperate.
            if (start >= With.Length && text.AsSpan(0, start).EndsWith(With) && parts.Count > 0)
            {
                Say(DraftRole.Lead);
                (scope, joined) = (DraftRole.Cooperate, true);
            }

            DraftRole? role = scope;
            if (words.EndsWith(")") && OpenOf(words) is > 0 and var sharing && (UnitRoles.IsSharing(words[(sharing + 1)..^1]) || PersonList.IsPost(words[(sharing + 1)..^1])))
            {
                end = start + sharing;
                words = text.AsSpan(start, sharing);
            }

            if (words.EndsWith(")") && OpenOf(words) is >= 0 and var open && UnitRoles.Of(words[(open + 1)..^1]) is { } note)
            {
                role = note;
                end = start + open;
                words = text.AsSpan(start, open);
            }

            var bare = WithoutRoleWord(words, out var word);
            if (word is { } suffix)
            {
                // The word is for those before it in the segment that have no mark of their own.
                Say(suffix);
                role = joined ? role : suffix;
                end = start + bare.Length;
            }

            if (end > start)
            {
                parts.Add(new(start, end, role));
            }
        }

        return parts;

        void Say(DraftRole role)
        {
            for (; unsaid < parts.Count; unsaid++)
            {
                parts[unsaid] = parts[unsaid].Role is null ? parts[unsaid] with { Role = role } : parts[unsaid];
            }
        }
    }

    private static DraftUnit? Unit(Stretch list, Part part, DraftRole label)
    {
        var name = list.Slice(part.Start, part.End).Trim("由:-·●■◆)]", "等:([");
        if (Mark.TryRead(name.Folded, 0) is { Style: not MarkStyle.Item } mark && mark.Rest < name.Length)
        {
            name = name.Slice(mark.Rest, name.Length).Trim();
        }

        foreach (var tail in (string[])["等有关部门", "等相关部门", "等部门", "等单位", "等有关单位", "等相关单位"])
        {
            if (name.Folded.EndsWith(tail, StringComparison.Ordinal) && name.Length > tail.Length + 1)
            {
                name = name.Slice(0, name.Length - tail.Length).Trim();
            }
        }

        var folded = name.Folded;
        var plain = folded.Replace("(略)", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
        var han = plain.Count(c => c is >= '一' and <= '龥');
        if (han < 2 || DateGrammar.TryRead(folded, 0, AnyDay, out _) || name.Length > LongestName || folded.Contains(':', StringComparison.Ordinal) || UnitRoles.Of(plain) is not null || plain is "按职责分工" or "无" or "分工" or "不涉及" or "暂无")
        {
            return null;
        }

        // A long text that does not end as units do is a sentence that strayed here.
        return han > 8 && !LooksLikeUnit(folded) && !folded.EndsWith(')') ? null : new(name.AsName(), label, name.At);
    }

    private static ReadOnlySpan<char> WithoutRoleWord(ReadOnlySpan<char> words, out DraftRole? role)
    {
        foreach (var tail in UnitRoles.Endings)
        {
            if (words.Length > tail.Length + 1 && words.EndsWith(tail) && EndsAsUnit(words[..^tail.Length].TrimEnd(")等")))
            {
                role = UnitRoles.OfEnding(tail);
                return words[..^tail.Length];
            }
        }

        role = null;
        return words;
    }

    // 和, 及 and 会同 part two units, but not the halves of 发展和改革委员会 or of 党委和人民政府.
    private static int Conjunction(string text, int start, int at, int end)
    {
        foreach (var word in (string[])["以及", With, "和", "及", "与"])
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
            {
                continue;
            }

            var left = text.AsSpan(start, at - start).Trim();
            var right = text.AsSpan(at + word.Length, Math.Min(LongestName, end - at - word.Length));
            right = right.IndexOfAny(Stops) is >= 0 and var stop ? right[..stop] : right;
            return left.Length >= 3 && EndsAsUnit(left) && right.Length >= 3 && EndsAsUnit(WithoutRoleWord(right, out _)) && !Governments.Contains(right.ToString())
                && !right.StartsWith("其")
                && !(EndsWithAny(left, Parties) && StartsAsGovernment(right))
                && !left.EndsWith("社会") && !left.EndsWith("经济社") && !left.EndsWith("商会")
                    ? word.Length
                    : 0;
        }

        return 0;
    }

    private static bool StartsAsGovernment(ReadOnlySpan<char> right)
    {
        foreach (var word in Governments)
        {
            if (right.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsAsUnit(ReadOnlySpan<char> name) => EndsWithAny(name, Ends);

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    private static int OpenOf(ReadOnlySpan<char> words) => words.LastIndexOf('(');

    private static (int Start, int End) Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return (start, end);
    }

    // A bracket that never closes must not swallow the rest of the list.
    private static int Deeper(string text, int at, int depth) => text[at] switch
    {
        '(' or '[' when text.AsSpan(at, Math.Min(60, text.Length - at)).IndexOfAny(')', ']') >= 0 => depth + 1,
        ')' or ']' => Math.Max(0, depth - 1),
        _ => depth,
    };
}
