using System.Collections.Frozen;

namespace Rectify.Grammar;

/// <summary>What a label announces.</summary>
internal enum Field
{
    Number, MeasureNumber, Problem, Goal, Measures, GoalAndMeasures, Units, Lead, Cooperate, Supervise, Accept, LeadAndCooperate, UnitsAndPersons, GoalAndDeadline, Milestones,
    Persons, Deadline, Result, MeasuresAndResult, GoalAndResult, Notice, Other,

    /// <summary>What follows belongs to no item: contacts, signatures, invitations to object.</summary>
    End,

    /// <summary>What was found, above the tasks made of it; and its number. No label says so: see <see cref="Findings"/>.</summary>
    Finding, FindingNumber,
}

/// <summary>A label found in a text.</summary>
/// <param name="End">Where the label's own words end, a note in brackets included.</param>
/// <param name="Strong">Whether it can only be a label: 责任单位, but not 问题 or 措施.</param>
internal readonly record struct LabelMatch(Field Field, int End, bool Strong);

/// <summary>The labels of plans, lists and notices, as data: words that carry a meaning, words before and words after them.</summary>
internal static class Labels
{
    // The longest label known is about twenty characters; line ends and spaces may stand inside it.
    private const int Reach = 60;

    private static readonly FrozenDictionary<string, (Field Field, bool Strong)> Cores = Table(
    [
        (Field.Number, true, "问题编号 任务编号 整改任务编号 省序号 市序号 问题序号 任务序号 受理编号 点位编号 反馈问题编号 方案序号 清单序号"),
        (Field.Number, false, "序号 编号 项号"),
        (Field.MeasureNumber, true, "措施序号 措施编号"),
        (Field.Problem, true, "反馈问题 交办问题基本情况 信访问题 举报问题 投诉问题 问题基本情况 突出问题 整改问题 整改任务 整改事项 反馈意见建议 问题描述 点位的基本问题 基本问题 存在问题 存在的问题 问题内容 问题情况 具体问题 主要问题 交办问题 移交问题 "
            + "任务内容 反馈事项 典型问题 发现问题 发现的问题 反馈的问题 反馈意见 问题概况 问题表述 整改内容 存在的主要问题 问题点位 具体整改任务 督察意见 问题摘要 反馈内容 问题简述 问题表现 具体表现 反馈情况 子问题 细化问题 分解问题"),
        (Field.Problem, false, "问题 任务 事项 问题清单 任务名称 问题名称"),
        (Field.Goal, true, "整改目标 工作目标 完成标准 整改完成标准 目标要求 整改标准 目标任务 整改目标任务 预期目标 整改要求"),
        (Field.Goal, false, "目标"),
        (Field.Measures, true, "整改措施 整改任务具体要求 具体措施 工作措施 整改工作措施 整改举措 整改任务措施 主要措施 落实措施 重点措施 具体整改措施 整改任务措施 任务措施 工作举措 具体举措 整改步骤"),
        (Field.Measures, false, "措施 举措"),
        (Field.GoalAndMeasures, true, "整改目标措施 目标措施"),
        (Field.Units, true, "责任单位 责任部门 责任主体 整改单位 整改主体 实施单位 实施主体 承办单位 落实单位 整改部门 责任地区 责任市县 责任地方 责任分工 任务分工 职责分工 被督察单位 整改落实单位 责任县区"),
        (Field.Lead, true, "牵头单位 牵头部门 牵头责任单位 主办单位 主办部门 牵头整改单位 主责单位 主牵头单位 总牵头单位 牵头责任部门 主责部门 牵头单位部门"),
        (Field.Lead, false, "牵头"),
        (Field.Cooperate, true, "配合单位 配合部门 协办单位 协同单位 协助单位 参与单位 参加单位 配合责任单位 协作单位 配合整改单位 责任配合单位 协办部门 参与部门"),
        (Field.Cooperate, false, "配合 协办"),
        (Field.LeadAndCooperate, true, "牵头配合单位 牵头(配合)单位"),
        (Field.Supervise, true, "督导单位 牵头督导单位 配合督导单位 督办单位 督导部门 监督单位 监管单位 指导单位 督查单位 监管部门 行业督导单位 行业监管部门 行业主管部门 主管部门 督办部门 "
            + "指导部门 督导责任单位 牵头督办单位 监督指导单位 督导督办单位 业务指导单位 督察督办单位 监督部门"),
        (Field.Supervise, false, "督导 督办"),
        (Field.Accept, true, "验收单位 验收部门 验收责任单位 验收主体 验收销号单位 销号单位 核查验收单位 牵头验收单位 配合验收单位 验收牵头单位 验收审核单位 验收责任部门 销号验收单位 组织验收单位"),
        (Field.Accept, false, "验收"),
        (Field.Persons, true, "责任人 责任领导 牵头人 牵头领导 包抓领导 包抓督办领导 联络人 责任人员 分管领导 挂牌领导 包保领导 包联领导 督导领导 第一责任人 直接责任人 整改责任人 牵头责任人 责任人及职务 负责领导 责任同志 责任市领导 责任市级领导 责任县领导 责任县级领导 责任区领导 责任州领导 包案领导 挂点领导 督导责任人 督办责任人 监管责任人 验收责任人 牵头负责人 整改负责人 单位负责人 责任单位负责人 督导负责人 督办领导 主管领导 联系领导 挂钩领导 挂帅领导 分管责任人 主要责任人"),
        (Field.Persons, false, "负责人"),
        (Field.Milestones, true, "交账节点 整改节点 阶段目标 阶段性目标 节点目标 进度安排 整改进度安排 工作节点 阶段任务 分阶段目标 交账时间节点 阶段性时限"),
        (Field.Deadline, true, "整改时限 整改期限 完成时限 整改完成时限 完成时间 整改完成时间 整改时间 时限要求 时间节点 完成期限 办理时限 计划完成时间 时间要求 预计完成时间 拟完成时间 任务时限 "
            + "完成节点 办结时限 整改完成期限 规定整改时限 规定时限 完成整改时限 目标完成时间 要求完成时间 计划完成时限 完成整改时间 整改截止时间"),
        (Field.Deadline, false, "时限 期限 截止时间 完成日期"),
        (Field.Result, true, "处理和整改情况 处理情况 办理情况 处理整改情况 整改处理情况 查处情况 完成情况 整改完成情况 整改效果 整改结果 整改成效 整改主要工作及成效 整改情况 整改进展 进展情况 落实情况 达成情况 整改进度 工作进展 整改落实情况 整改工作开展情况 完成整改情况 目前进展情况及存在问题 "
            + "整改工作情况 主要做法 工作开展情况 整改进展情况 任务完成情况 工作成效 整改成果 主要工作及成效 整改工作进展 整改工作完成情况"),
        (Field.Result, false, "效果 成效 进展 结果"),
        (Field.Notice, true, "公示时间 公示期 公示期限 公示日期 公示时限 公示起止时间 公示期间 公示起止日期"),
        (Field.Other, true, "核查情况 问题类别 整改类别 点位名称 验收情况 验收结论 验收意见 验收审核情况 整改结论 信息公开情况 完成进度 完成状态 整改状态 问题来源 问题类型 整改类型 核实情况 审核意见 销号情况 完成比例 下步工作 "
            + "下一步工作 实际完成时间 下步措施 启动时间 开始时间 起始时间 开工时间 存在困难 是否完成 是否销号 是否办结 是否属实 验收时间 销号时间 验收销号情况 核查结论 审核情况 备注情况 工作要求 保障措施 销号标准 验收标准 反馈时间 检查情况 追责问责情况 责任追究情况"),
        (Field.Other, false, "备注 说明 状态 来源 结论 类别"),
        (Field.End, true, "联系人 联系电话 联系方式 联系地址 监督电话 举报电话 电子邮箱 电子邮件 通讯地址 通信地址 邮政编码 手机号码 固定电话 投诉电话 受理电话 受理单位 受理部门 反映电话 监督举报电话 联系单位 公示单位 公示电话 公示方式 公示渠道 意见反馈 反馈方式 反馈渠道 意见反馈方式"),
    ]);

    private static readonly string[] Before =
    [
        "整改", "反馈", "督察", "督查", "问题", "任务", "省级", "市级", "县级", "区级", "州级", "地级", "乡级", "主体", "具体", "主要", "相关", "逐条", "逐项", "逐个", "目前", "当前", "工作", "下一步", "下步",
        "下阶段", "持续", "深化", "后续", "拟", "已", "中央", "国家", "生态环境保护", "生态环保", "环境保护", "环保", "意见", "的", "组", "我市", "我县", "我区", "我局", "涉及", "采取", "本项", "该项", "该", "取得", "各", "行业", "属地", "省", "市", "县", "区",
    ];

    private static readonly (string Word, Field? Becomes)[] After =
    [
        ("完成情况", Field.Result), ("落实情况", Field.Result), ("达成情况", Field.Result), ("进展情况", Field.Result), ("执行情况", Field.Result), ("推进情况", Field.Result), ("整改情况", Field.Result),
        ("开展情况", Field.Result), ("实现情况", Field.Result), ("成效", Field.Result), ("进展", Field.Result), ("名称", null), ("内容", null), ("要求", null), ("情况", null), ("如下", null), ("安排", null),
        ("说明", null), ("名单", null), ("及职务", null), ("为", null), ("是", null), ("(个)", null),
    ];

    private static readonly string[] And = ["以及", "及其", "及", "和", "与", "、", "/", "\\", "或", "("];

    /// <summary>The longest label that begins at a place of a folded text. White space inside it is passed over.</summary>
    public static LabelMatch? Match(ReadOnlySpan<char> text, int at)
    {
        Span<char> letters = stackalloc char[Reach];
        Span<int> places = stackalloc int[Reach];
        var count = 0;
        for (var i = at; i < text.Length && count < Reach; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                (letters[count], places[count]) = (text[i], i);
                count++;
            }
            else if (count == 0)
            {
                return null;
            }
        }

        return Read(letters[..count], depth: 0) is { } read ? new(read.Field, places[read.Length - 1] + 1, read.Strong) : null;
    }

    /// <summary>A whole text as a label, such as a cell of a header; a number in front, a colon behind and a note in brackets are passed over.</summary>
    public static Field? Whole(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (Mark.TryRead(text, 0) is { Style: not MarkStyle.Item } mark && mark.Rest < text.Length)
        {
            text = text[mark.Rest..];
        }

        text = text.Trim("[]*:★●■◆ \n\t");
        return text.Length is > 0 and <= 40 && Match(text, 0) is { } match && match.End == text.Length ? match.Field : null;
    }

    /// <summary>A heading that ends with a label and says more before it: 督察组反馈的具体问题, 我市整改完成情况.</summary>
    public static LabelMatch? Ending(ReadOnlySpan<char> heading)
    {
        for (var i = 0; i < heading.Length; i++)
        {
            if (Match(heading, i) is { Strong: true } match && match.End == heading.Length && match.Field is Field.Problem or Field.Goal or Field.Measures or Field.GoalAndMeasures or Field.Result or Field.MeasuresAndResult or Field.Units)
            {
                return match;
            }
        }

        return null;
    }

    public static bool SpeaksOfTime(string label) => label.Contains("时限", StringComparison.Ordinal) || label.Contains("时间", StringComparison.Ordinal) || label.Contains("期限", StringComparison.Ordinal);

    /// <summary>整改要求: the goal where nothing else is, and no part of 整改目标 beside it.</summary>
    public static bool IsRequirement(ReadOnlySpan<char> label) => label.Contains("要求", StringComparison.Ordinal) && !label.Contains("目标", StringComparison.Ordinal);

    /// <summary>Whether a text goes on with 和, 及 and the like.</summary>
    public static bool Joins(ReadOnlySpan<char> text)
    {
        foreach (var word in And)
        {
            if (word is not "(" && text.StartsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The label of a column from its header cells, outermost first: 责任单位 over 牵头 is the leading unit.</summary>
    public static Field? OfColumn(IReadOnlyList<string> headers)
    {
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            if (Whole(headers[i]) is { } field)
            {
                return field;
            }
        }

        return headers.Count > 1 ? Whole(string.Concat(headers)) : null;
    }

    private static (Field Field, int Length, bool Strong)? Read(ReadOnlySpan<char> letters, int depth)
    {
        (Field Field, int Length, bool Strong)? best = null;
        for (var length = Math.Min(12, letters.Length); length >= 2; length--)
        {
            if (Cores.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(letters[..length], out var core))
            {
                best = Tail(letters, length, core.Field, core.Strong);
                break;
            }
        }

        if (depth < 5)
        {
            foreach (var word in Before)
            {
                if (letters.StartsWith(word) && Read(letters[word.Length..], depth + 1) is { } inner && word.Length + inner.Length > (best?.Length ?? 0))
                {
                    // 下一步整改措施 is what comes after the closing, and no measure of the plan.
                    var later = word is "下一步" or "下步" or "下阶段" or "后续";
                    best = (later && inner.Field != Field.End ? Field.Other : inner.Field, word.Length + inner.Length, inner.Strong || word is "整改" or "反馈" or "督察" or "问题");
                }
            }
        }

        return best;
    }

    private static (Field Field, int Length, bool Strong) Tail(ReadOnlySpan<char> letters, int length, Field field, bool strong)
    {
        for (var more = true; more;)
        {
            more = false;
            foreach (var (word, becomes) in After)
            {
                if (letters[length..].StartsWith(word) && !(becomes is null && field is Field.Notice or Field.End))
                {
                    field = becomes is { } result && field is not Field.Other and not Field.Units ? result : field;
                    length += word.Length;
                    more = true;
                    break;
                }
            }

            foreach (var word in And)
            {
                if (!letters[length..].StartsWith(word) || Read(letters[(length + word.Length)..], depth: 4) is not { } other)
                {
                    continue;
                }

                var end = length + word.Length + other.Length;
                if (word == "(")
                {
                    if (end >= letters.Length || letters[end] != ')')
                    {
                        continue;
                    }

                    end++;
                }

                if (Together(field, other.Field) is not { } both)
                {
                    continue;
                }

                (field, length, strong, more) = (both, end, true, true);
                break;
            }
        }

        // A note: 责任人（职务）, 完成时限（年月）.
        if (length < letters.Length && letters[length] == '(' && letters[length..].IndexOf(')') is > 0 and <= 12 and var close
            && (length + close + 1 == letters.Length || letters[length + close + 1] == ':') && !HasDigit(letters.Slice(length, close)) && ChineseNumber.Parse(letters.Slice(length + 1, close - 1)) is null)
        {
            length += close + 1;
        }

        return (field, length, strong);
    }

    private static Field? Together(Field first, Field second) => (first, second) switch
    {
        _ when first == second => first,
        (Field.Goal, Field.Measures) or (Field.Measures, Field.Goal) => Field.GoalAndMeasures,
        (Field.Goal, Field.Deadline) or (Field.Deadline, Field.Goal) => Field.GoalAndDeadline,
        (Field.Measures, Field.Deadline or Field.Units or Field.Lead or Field.Persons) => Field.Measures,
        (Field.Units or Field.Lead or Field.UnitsAndPersons, Field.Deadline) => first, // told apart in the cell
        (Field.Measures, Field.Result) => Field.MeasuresAndResult,
        (Field.Goal, Field.Result) => Field.GoalAndResult,
        (Field.Lead, Field.Cooperate) => Field.LeadAndCooperate,
        (Field.Lead or Field.Units, Field.Units or Field.Lead) => Field.Lead,
        (Field.Units or Field.Lead, Field.Persons) => Field.UnitsAndPersons,
        (Field.Persons, Field.Units or Field.Lead) => Field.UnitsAndPersons,
        (Field.Result, _) => Field.Result,
        (Field.Problem, Field.Other) or (Field.Other, _) => Field.Other,
        (Field.Deadline, Field.Result) => Field.Deadline,
        (Field.Number, Field.Number or Field.MeasureNumber) => Field.Number,
        (Field.Number, Field.Problem) or (Field.Problem, Field.Number) => Field.Problem,
        (Field.Units, Field.Accept or Field.Supervise) => Field.Units,
        _ => null,
    };

    private static bool HasDigit(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('0', '9') >= 0;

    private static FrozenDictionary<string, (Field, bool)> Table((Field Field, bool Strong, string Words)[] rows) => rows
        .SelectMany(row => row.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries), (row, word) => (Word: word, Meaning: (row.Field, row.Strong)))
        .DistinctBy(entry => entry.Word)
        .ToFrozenDictionary(entry => entry.Word, entry => entry.Meaning);
}
