using Rectify.Consistency;
using Rectify.Grammar;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Tests.Notices;

/// <summary>What a published notice tells of one item, in our words.</summary>
/// <param name="Measures">As planned, each with what was said of it.</param>
/// <param name="Points">Places that were closed one by one, each with what was said of it; they take the place of <paramref name="Result"/>.</param>
internal sealed record RealItem(string Problem, string Goals, string Result, (string Planned, string Answer)[] Measures, params (string Place, string Answer)[] Points)
{
    public string Unit { get; init; } = "C1";

    public bool NotInvolved { get; init; }
}

/// <summary>A closing as a government published it: its way, its days, and what contradicts itself in it.</summary>
/// <param name="Source">Where it was published.</param>
/// <param name="Preset">The procedure that its notice tells of.</param>
/// <param name="Stands">How long it says that it stands.</param>
/// <param name="Last">The last day as published.</param>
/// <param name="Flaws">What an attentive reader finds.</param>
internal sealed record RealClosing(
    string Name, string Source, string Preset, DaySpan Stands, DateOnly From, DateOnly Last, ItemDeadline Deadline, RealItem[] Items, params ConsistencyRule[] Flaws)
{
    /// <summary>The day of completion, where the notice tells it.</summary>
    public DateOnly? Completed { get; init; }

    /// <summary>Whether the notice was to be only as long as it says: its published last day is another.</summary>
    public bool DaysDiffer { get; init; }

    private static DateOnly On(int year, int month, int day) => new(year, month, day);

    private static DaySpan Days(int days) => new(days, Working: false);

    private static DaySpan WorkingDays(int days) => new(days, Working: true);

    private static ItemDeadline By(int year, int month, int day) => new($"{year}年{month}月{day}日前", DeadlineKind.Fixed, null, new(year, month, day), null);

    private static readonly ItemDeadline Standing = new("立行立改、长期坚持", DeadlineKind.ImmediateStanding, null, null, null);

    // Copied word for word by districts, says the inspection of one: what they answer to the plan's first measure.
    private const string Resolve = "组织各部门分析研判，依据各自职责梳理本行业本领域磷石膏生产和使用企业情况，指导企业配齐要素、研发攻关、转化成果，严格准入，防止出现类似问题。";

    /// <summary>In the order of their days. Where a notice does not tell a day or how long it stood, the days are ours and the name says so.</summary>
    public static IReadOnlyList<RealClosing> All { get; } =
    [
        new("临湘2017", "linxiang.gov.cn/24733/24760/24821/24859/26882/content_1231592.html", "close-first", WorkingDays(5), On(2017, 11, 27), On(2017, 12, 1), By(2017, 10, 30),
            [new("沿江10个非正规垃圾堆放点。", "", "10个堆放点的垃圾全部清运，场地已消毒平整。", [("清运、堆肥、消毒、平整", "10个堆放点全部完成。")])]) { Completed = On(2017, 10, 30) },

        // A measure by itself, accepted by the supervision team and the bureau together. Its digits got lost: 2018522日.
        new("长春南关2018", "nanguan.changchun.gov.cn/ywdt/tzgg/201805/t20180522_1079748.html", "measure", Days(7), On(2018, 5, 22), On(2018, 5, 28), By(2018, 12, 31),
            [new("燃煤锅炉污染大气。", "", "重污染预警时段的减排措施已落实，多部门多次联合检查。", [("辖区内在用的燃煤锅炉完成提标改造并正常运行", "已完成，联合检查合格。")])]),

        // Sixteen of eighteen plants in the problem, five in the result.
        new("塔城2018", "xjtc.gov.cn/ywdt/tzgg/zhgg/content_29487", "standard", Days(7), On(2018, 12, 20), On(2018, 12, 26), By(2018, 12, 31),
            [new("区域内18座城镇污水处理厂中有16座难以按期达标排放。", "2018年底前城镇污水处理设施全面达到一级A排放标准。", "5座污水处理厂完成提标改造，出水符合一级A标准，验收均为合格。", [])], ConsistencyRule.Quantity),

        // Thirty plants in the problem, two in the result.
        new("岳阳2019", "jsj.yueyang.gov.cn/54027/54028/54037/content_1640216.html", "standard", Days(5), On(2019, 12, 18), On(2019, 12, 22), By(2019, 9, 30),
            [new("只要求30座污水处理厂在2018年底前完成提标改造，目前仅完成3座。", "城镇污水处理设施全面达到一级A排放标准。", "两座污水处理厂已于2019年9月30日前完成提标改造，达到一级A标准。", [("完成两座污水处理厂提标改造", "已完成。")])],
            ConsistencyRule.Quantity) { Completed = On(2019, 9, 30) },

        new("和布克赛尔2020", "www.xjhbk.gov.cn/xjhbk/tzgg/202003/6e10393e8cbd4825836a346a2ab0e1e9.shtml", "standard", Days(7), On(2020, 3, 27), On(2020, 4, 2), By(2020, 3, 31),
            [new("污水处理设施到2015年底分别完成规划目标的81%、42%和27%，目前对工程掌握不清。", "", "污水处理厂2018年开工，2019年6月29日竣工验收，出水达到一级A标准。", [("建成污水处理设施", "已建成并通过验收。")])]) { Completed = On(2019, 7, 31) },

        // Before the public a year before its deadline: the year may be a slip.
        new("清水2020", "第二十七项, days only", "plain", Days(5), On(2020, 12, 6), On(2020, 12, 10), By(2021, 12, 31),
            [new("监管责任落实不到位。", "落实监管责任。", "监管责任已落实到岗位。", [])], ConsistencyRule.Early),

        // Says seven days and stood eight; five of six waters done.
        new("汨罗（起止日期为虚拟）", "six waters", "standard", Days(7), On(2021, 3, 1), On(2021, 3, 8), By(2020, 12, 31),
            [new("6个黑臭水体未完成整治。", "6个黑臭水体全部完成整治。", "6个黑臭水体中5个已完成整治。", [("整治黑臭水体", "6个水体中5个已完成整治。")])],
            ConsistencyRule.Share) { DaysDiffer = true },

        new("随州2021", "suizhou.gov.cn/zt/zwzt/2021zt/jjzysthbdc/202111/t20211119_939364.shtml", "standard", Days(7), On(2021, 11, 19), On(2021, 11, 25), Standing,
            [new("固废清理和监管上重视不足、设施不齐、日常监管不严。", "巩固清废行动成果，建立长效机制。", "每季度对全市10条市级河流、各县最少2条河流全线巡查，除少量建筑垃圾外未发现固废堆放。", [])]),

        // The county has no such industry.
        new("广水2022", "www.guangshui.gov.cn/zwgk/xxgkml/shgysy/hjbh/jbtsclqk/202207/t20220706_1015511.shtml", "per-unit", Days(8), On(2022, 7, 5), On(2022, 7, 12), Standing,
            [new("2019年和2020年磷石膏综合利用率分别为21%和29%，远低于国家要求。", "严格控制新上磷化工项目。", "辖区内没有磷化工工业项目，今后新上项目严格把关。", []) { NotInvolved = true }]),

        new("拜泉2022（起止日期为虚拟）", "第二十项", "standard", Days(7), On(2022, 12, 12), On(2022, 12, 18), By(2022, 12, 31),
            [new("黑土地侵蚀沟治理滞后。", "完成黑土地侵蚀沟治理任务。", "侵蚀沟治理任务已完成，完成比例61.34%。", [("治理侵蚀沟", "完成比例61.34%。")])], ConsistencyRule.Share),

        new("濮阳2023", "sthjj.puyang.gov.cn/zwgtgs/17566.shtml", "standard", WorkingDays(10), On(2023, 1, 9), On(2023, 1, 20), By(2022, 12, 31),
            [new("3处水体黑臭。", "", "反馈的3处水体黑臭问题均已整改完毕。", [("限期整改黑臭水体", "3处均已整改完毕。"), ("纳入日常监管", "持续排查，动态更新清单。")])]),

        new("武汉2023", "985812.com/hzzz202308/t20230817_2249107.html", "per-unit", WorkingDays(10), On(2023, 8, 17), On(2023, 8, 30), Standing,
            [new("磷石膏综合利用率为21%和29%，远低于国家要求。", "立行立改，长期坚持，巩固成效。", "自督察以来未审批磷化工项目环评文件。", [("强化思想认识", Resolve), ("巩固成效", "严格项目准入。")])]),

        // Years are masked in what was kept of it: the year is ours.
        new("宿迁（年份为虚拟）", "编号8、编号14", "shared-notice", Days(7), On(2024, 1, 1), On(2024, 1, 7), By(2023, 12, 31),
            [
                new("入湖河流整治不到位。", "主要入湖河流水质优Ⅲ比例达到考核要求。", "8条主要入湖河流优Ⅲ水体比例为75%，达到督办目标。", []),
                new("工业园区监测监控体系不完善。", "完成7个园区监测监控设施建设。", "7个园区均已完成建设和安装。", []),
            ]),

        // A table of points of which each is closed.
        new("衡阳2024（公示天数为虚拟）", "m.fu-954cc.com/hyslyj/xxgk/gzdt/tzgg/20241202/i3527323.html", "point", Days(7), On(2024, 12, 2), On(2024, 12, 8), By(2024, 12, 31),
            [new("自然保护地遥感监测问题。", "", "", [], ("界牌村", "种植桂花和油茶复绿，效果较好。"), ("龙凤村", "已处罚，手续已完善。"), ("水濂村", "已处罚，已开展生态修复。"), ("复育区", "已完成整改。"))]),

        // Three points "all put right", of which one is to be planted again in May.
        new("黑龙江2025（公示天数为虚拟）", "m.tangqifeng.com/read-556298301.html", "point", Days(7), On(2025, 2, 26), On(2025, 3, 4), By(2024, 12, 31),
            [new("自然保护地3处问题点位。", "", "", [], ("点位一", "已退耕还林，但是成活率不高，预计2025年5月开展补植补造。"), ("点位二", "看护房已拆除。"), ("点位三", "看护房已拆除。"))],
            ConsistencyRule.Unfinished),

        // The share of good water was found to be low and was the goal; the result tells of plants, pipes and outlets, and of 43 lakes of 63. What of the 25 sections?
        new("武汉水务2025（起止日期为虚拟）", "swj.wuhan.gov.cn/xxgk/new_qtzdgknr/new_zwdc/202512/t20251209_2692416.html", "standard", WorkingDays(10), On(2025, 9, 1), On(2025, 9, 12), By(2025, 12, 31),
            [new("2023年1—8月，25个国控、省控考核断面水质优良率仅为64%。", "稳步提升考核断面水质优良率，水质优良率达到省定考核目标。", "63个有水环境功能区类别的湖泊中，43个湖泊达标。",
                [("推动城乡生活污水治理", "完成5座污水处理厂新改扩建，新建管网254.1公里、改造132.8公里。"), ("开展排污口溯源整治", "2023年整治排口148个，2024年整治排口1007个。")])],
            ConsistencyRule.Share, ConsistencyRule.Unrelated),

        // The same answer as the other district's.
        new("武汉某区2025（公示天数为虚拟）", "www.91ltofficial.com/ZWGK/QZFXXGKML/GGFWXX_devsavepath/HJXX_devsavepath/202512/t20251218_2696890.shtml", "per-unit", WorkingDays(10), On(2025, 12, 18), On(2025, 12, 31), Standing,
            [new("磷石膏综合利用率为21%和29%，远低于国家要求。", "持续巩固磷石膏综合治理成效，防止问题反弹。", "经排查，没有存量磷石膏，也没有磷石膏生产企业。", [("强化思想认识", Resolve), ("巩固成效", "从严项目准入。")]) { Unit = "C2" }],
            ConsistencyRule.Copied),
    ];
}
