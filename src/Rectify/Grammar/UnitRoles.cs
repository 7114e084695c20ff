namespace Rectify.Grammar;

/// <summary>The words in a list of units that say who leads, cooperates, supervises or accepts.</summary>
internal static class UnitRoles
{
    private static readonly (string Word, DraftRole Role)[] Notes =
    [
        ("行业监管", DraftRole.Supervise), ("行业指导", DraftRole.Supervise), ("监管", DraftRole.Supervise), ("牵头督导", DraftRole.Supervise), ("配合督导", DraftRole.Supervise), ("督导", DraftRole.Supervise), ("督办", DraftRole.Supervise), ("监督", DraftRole.Supervise), ("指导", DraftRole.Supervise),
        ("负总责", DraftRole.Lead), ("总负责", DraftRole.Lead), ("牵头验收", DraftRole.Accept), ("验收", DraftRole.Accept), ("牵头", DraftRole.Lead), ("主办", DraftRole.Lead), ("主责", DraftRole.Lead), ("总牵头", DraftRole.Lead),
        ("配合", DraftRole.Cooperate), ("协办", DraftRole.Cooperate), ("协助", DraftRole.Cooperate), ("协同", DraftRole.Cooperate), ("参与", DraftRole.Cooperate), ("参加", DraftRole.Cooperate),
        ("责任", DraftRole.Responsible), ("负责", DraftRole.Responsible), ("落实", DraftRole.Responsible), ("实施", DraftRole.Responsible),
    ];

    /// <summary>What stands behind the last name of a list and is said of those before it; longer words before the shorter.</summary>
    public static readonly string[] Endings =
    [
        "按照职责分工负责", "按职责分工负责", "按职能分工负责", "按职责分工落实", "按职责分工", "按各自职责负责", "按职责负责", "分别负责", "分工负责", "各负其责", "具体负责", "共同负责", "负责落实", "具体落实", "具体实施",
        "组织实施", "抓好落实", "共同牵头", "牵头负责", "牵头落实", "牵头整改", "牵头", "协同配合", "协调配合", "配合落实", "按职责配合", "配合", "协办", "协助", "协同", "参与", "监督指导", "督促指导", "行业指导",
        "督导", "督办", "指导", "监督", "验收", "负总责", "总负责", "负责", "主办", "落实", "实施",
    ];

    public static DraftRole OfEnding(string ending) =>
        ending.Contains("牵头", StringComparison.Ordinal) ? DraftRole.Lead
        : ending.EndsWith("配合", StringComparison.Ordinal) ? DraftRole.Cooperate
        : ending.EndsWith("指导", StringComparison.Ordinal) ? DraftRole.Supervise
        : Of(ending) ?? DraftRole.Responsible;

    /// <summary>The role that a note names: （牵头单位）, 牵头, 牵头负责, 配合落实.</summary>
    public static DraftRole? Of(ReadOnlySpan<char> words)
    {
        words = words.Trim();
        foreach (var (word, role) in Notes)
        {
            if (words.StartsWith(word))
            {
                return words[word.Length..].Trim() is "" or "单位" or "部门" or "负责" or "整改" or "落实" or "责任单位" or "实施" or "整改单位" or "主体" ? role : null;
            }
        }

        return null;
    }

    /// <summary>Whether a note says how units share the work: （按职责分工负责）, （排名不分先后）.</summary>
    public static bool IsSharing(ReadOnlySpan<char> note) =>
        note.IndexOf("职责") >= 0 || note.IndexOf("分工") >= 0 || note.IndexOf("不分先后") >= 0 || note.Trim() is "分别负责" or "共同负责" or "按属地负责" or "属地负责";

    /// <summary>The label that a list begins with: 牵头：, 配合单位. 0 if it begins with a name.</summary>
    public static (int Skip, DraftRole? Role) Heading(ReadOnlySpan<char> words)
    {
        foreach (var (word, role) in Notes)
        {
            if (!words.StartsWith(word))
            {
                continue;
            }

            var skip = word.Length;
            foreach (var noun in (string[])["责任单位", "单位", "部门"])
            {
                if (words[skip..].StartsWith(noun))
                {
                    skip += noun.Length;
                    break;
                }
            }

            return skip < words.Length && (words[skip] == ':' || (skip > word.Length && words.Length > skip + 2))
                ? (words[skip] == ':' ? skip + 1 : skip, role)
                : (0, null);
        }

        return (0, null);
    }
}
