using Rectify.Consistency;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Tests.Notices;

/// <summary>What a published notice tells of one item, in our words.</summary>
/// <param name="Number">As the notice quotes it; ours where it quotes none.</param>
/// <param name="Unit">The path of the unit that answers for it: <c>R湖南省/P岳阳市/C临湘市</c>, each with the first letter of its kind.</param>
/// <param name="Measures">As planned, each with what was said of it.</param>
/// <param name="Points">Places that were closed one by one, each with what was said of it; they take the place of <paramref name="Result"/>.</param>
internal sealed record RealItem(string Number, string Unit, string Problem, string Goals, string Result, (string Planned, string Answer)[] Measures, params (string Place, string Answer)[] Points)
{
    /// <summary>What is said of each goal; where a notice answers its goals together, that they were reached.</summary>
    public string[] Reached { get; init; } = [];

    /// <summary>Where single places have a unit of their own.</summary>
    public string[] PointUnits { get; init; } = [];

    public bool NotInvolved { get; init; }
}

/// <summary>A closing as a government published it: its units, its way, its days, and what contradicts itself in it.</summary>
/// <param name="Source">Where it was published.</param>
/// <param name="Way">Its steps, each with who took it: <c>kind duty unit</c>. With a star what the notice does not tell and the product needs: that somebody applies, accepts and closes.</param>
/// <param name="Stands">How long it says that it stands.</param>
/// <param name="Last">The last day as published.</param>
/// <param name="Flaws">What an attentive reader finds.</param>
internal sealed record RealClosing(
    string Name, string Source, string Way, DaySpan Stands, DateOnly From, DateOnly Last, ItemDeadline Deadline, RealItem[] Items, params ConsistencyRule[] Flaws)
{
    public ClosingNode Node { get; init; }

    public bool PerUnit { get; init; }

    /// <summary>The day of completion, where the notice tells it.</summary>
    public DateOnly? Completed { get; init; }

    /// <summary>The day of acceptance, where the notice tells it.</summary>
    public DateOnly? Accepted { get; init; }

    /// <summary>What it says itself of its days, where that is not what it is.</summary>
    public string Words { get; init; } = "";

    /// <summary>What of it is masked where it was kept, or ours because it is not told there.</summary>
    public string Ours { get; init; } = "";

    /// <summary>Whether the notice was to be only as long as it says: its published last day is another.</summary>
    public bool DaysDiffer { get; init; }

    /// <summary>The steps: what each is, whose duty, and the unit's name, its kind's letter before it.</summary>
    public IReadOnlyList<(StepKind Kind, Role Duty, string Unit, bool Told)> Steps =>
    [
        .. Way.Split(';', StringSplitOptions.TrimEntries).Select(step => step.Split(' ')).Select(words =>
            (Enum.Parse<StepKind>(words[0].TrimEnd('*')), Enum.Parse<Role>(words[1]), words[2], !words[0].EndsWith('*'))),
    ];

    private static DateOnly On(int year, int month, int day) => new(year, month, day);

    private static DaySpan Days(int days) => new(days, Working: false);

    private static DaySpan WorkingDays(int days) => new(days, Working: true);

    private static ItemDeadline By(int year, int month, int day) => new($"{year}年{month}月{day}日前", DeadlineKind.Fixed, null, new(year, month, day), null);

    private static readonly ItemDeadline Standing = new("立行立改、长期坚持", DeadlineKind.ImmediateStanding, null, null, null);

    // Copied word for word by districts, says the inspection of one: what they answer to the plan's first measure.
    private const string Resolve = "组织各部门分析研判，依据各自职责梳理本行业本领域磷石膏生产和使用企业情况，指导企业配齐要素、研发攻关、转化成果，严格准入，防止出现类似问题。";

    private const string Gypsum = "磷石膏综合利用率为21%和29%，远低于国家要求。";

    /// <summary>In the order of their days. Units are those of the notice; people are nobody's.</summary>
    public static IReadOnlyList<RealClosing> All { get; } =
    [
        // Closed in November, told to the public at its end by the bureau that did the work.
        new("临湘2017", "linxiang.gov.cn/24733/24760/24821/24859/26882/content_1231592.html",
            "Declare Responsible D临湘市住房和城乡建设管理局; Apply* Responsible D临湘市住房和城乡建设管理局; Acceptance* Acceptor C临湘市; Close Office C临湘市; Notice Responsible D临湘市住房和城乡建设管理局",
            WorkingDays(5), On(2017, 11, 27), On(2017, 12, 1), By(2017, 10, 30),
            [new("第1项", "R湖南省/P岳阳市/C临湘市/D临湘市住房和城乡建设管理局", "江南镇沿江10个非正规垃圾堆放点。", "", "10个堆放点的垃圾全部清运，场地已消毒平整。", [("清运、堆肥、消毒、平整", "10个堆放点全部完成。")])])
        { Completed = On(2017, 10, 30), Ours = "the item's number; who accepted and closed, and the day in November" },

        // A measure by itself, accepted by the district's supervision team and the bureau. Its digits got lost.
        new("长春南关2018", "nanguan.changchun.gov.cn/ywdt/tzgg/201805/t20180522_1079748.html",
            "Declare Responsible D南关区住房和城乡建设局; Apply* Responsible D南关区住房和城乡建设局; Acceptance Supervisor C南关区; Notice Responsible D南关区住房和城乡建设局; Close* Office C南关区",
            Days(7), On(2018, 5, 22), On(2018, 5, 28), By(2018, 12, 31),
            [new("问题编号十一", "R吉林省/P长春市/C南关区/D南关区住房和城乡建设局", "燃煤锅炉污染大气。", "", "重污染天气预警时段的减排措施已落实，多部门多次联合检查。", [("辖区内在用的20蒸吨以上燃煤锅炉完成提标改造并正常运行", "已完成，联合检查合格。")])], ConsistencyRule.Date)
        {
            Node = ClosingNode.Measure,
            Words = "公示期为2018522日至2018528日。",
            Ours = "the deadline; who closed. The bureau accepted its own work together with the team: here the team accepts alone, for no unit accepts its own",
        },

        // Sixteen of eighteen plants in the problem, five in the result.
        new("塔城2018", "xjtc.gov.cn/ywdt/tzgg/zhgg/content_29487",
            "Declare Responsible D塔城地区住房和城乡建设局; Apply* Responsible D塔城地区住房和城乡建设局; Acceptance* Office P塔城地区; Notice Office P塔城地区; Close* Office R新疆维吾尔自治区",
            Days(7), On(2018, 12, 20), On(2018, 12, 26), By(2018, 12, 31),
            [new("第十一项", "R新疆维吾尔自治区/P塔城地区/D塔城地区住房和城乡建设局", "区域内18座城镇污水处理厂中有16座难以按期达标排放。", "2018年底前城镇污水处理设施全面达到一级A排放标准。", "5座污水处理厂完成提标改造，出水符合一级A标准，验收均为合格。", [])], ConsistencyRule.Quantity)
        { Ours = "who accepted beside the plants' own acceptance, and who closed; the days of completion" },

        // The goal is to press for responsibility; the result tells of something else.
        new("四平2019", "days and goal only, by domain.md",
            "Declare Responsible P四平市; Apply* Responsible P四平市; Acceptance* Acceptor R吉林省; Notice* Office R吉林省; Close* Office R吉林省",
            Days(7), On(2019, 11, 4), On(2019, 11, 10), By(2019, 12, 31),
            [new("第3项", "R吉林省/P四平市", "党委政府责任落实不到位。", "压实责任。", "新建污水管网12公里，提升泵站3座，改造进水口和格栅，购置在线监测设备。", [("新建污水管网12公里，提升泵站3座，改造进水口和格栅，购置在线监测设备", "已完成。")])], ConsistencyRule.Measures)
        { Ours = "the words but for the goal; days, steps and units but for the city" },

        // Thirty plants in the problem, two in the result.
        new("岳阳2019", "jsj.yueyang.gov.cn/54027/54028/54037/content_1640216.html",
            "Declare Responsible D岳阳市住房和城乡建设局; Apply* Responsible D岳阳市住房和城乡建设局; Acceptance* Acceptor P岳阳市; Notice Responsible D岳阳市住房和城乡建设局; Close* Office R湖南省",
            Days(5), On(2019, 12, 18), On(2019, 12, 22), By(2019, 9, 30),
            [new("第2项", "R湖南省/P岳阳市/D岳阳市住房和城乡建设局", "只要求30座污水处理厂在2018年底前完成提标改造，目前仅完成3座。", "城镇污水处理设施全面达到一级A排放标准。", "两座污水处理厂已于2019年9月30日前完成提标改造，达到一级A标准。", [("完成两座污水处理厂提标改造", "已完成。")])], ConsistencyRule.Quantity)
        { Completed = On(2019, 9, 30), Ours = "the item's number; who accepted and closed" },

        new("和布克赛尔2020", "www.xjhbk.gov.cn/xjhbk/tzgg/202003/6e10393e8cbd4825836a346a2ab0e1e9.shtml",
            "Declare Responsible D和布克赛尔县住房和城乡建设局; Apply* Responsible D和布克赛尔县住房和城乡建设局; Acceptance* Office C和布克赛尔县; Notice Office C和布克赛尔县; Close* Office R新疆维吾尔自治区",
            Days(7), On(2020, 3, 27), On(2020, 4, 2), By(2020, 3, 31),
            [new("第二十七项", "R新疆维吾尔自治区/P塔城地区/C和布克赛尔县/D和布克赛尔县住房和城乡建设局", "污水处理设施到2015年底分别完成规划目标的81%、42%和27%，目前对工程掌握不清。", "", "污水处理厂2018年开工，2019年6月29日竣工验收，出水达到一级A标准。", [("建成污水处理设施", "已建成并通过验收。")])])
        { Completed = On(2019, 7, 31), Ours = "the deadline; who accepted in the county and who closed" },

        // A plan copied from level to level: the city's goal is the province's, and its districts copied the city's.
        new("新宾2020（抚顺的照搬照抄）", "www.xinbin.gov.cn/ins.asp?s=33&i=11587",
            "Declare Responsible C东洲区; Apply* Responsible C东洲区; Acceptance* Office P抚顺市; Notice* Office P抚顺市; Close* Office R辽宁省",
            Days(7), On(2020, 4, 13), On(2020, 4, 19), By(2020, 6, 30),
            [new("问题编号十四（东洲区）", "R辽宁省/P抚顺市/C东洲区", "没有根据实际制定整改目标和措施。", "全市河流水质优良比例2017年达到45.4%，2020年达到51.2%。", "全市河流水质优良比例2017年达到45.4%，2020年达到51.2%，一河一策方案已制定。", [("制定一河一策方案", "结合实际制定东洲河、海新河和古城子河一河一策实施方案，明确责任单位和完成时限，逐级落实河长责任。")])])
        { Ours = "that the district closed it, with its days and deadline: the notice tells only whose plan was copied" },
        new("新宾2020（抚顺的照搬照抄，二）", "www.xinbin.gov.cn/ins.asp?s=33&i=11587",
            "Declare Responsible C新抚区; Apply* Responsible C新抚区; Acceptance* Office P抚顺市; Notice* Office P抚顺市; Close* Office R辽宁省",
            Days(7), On(2020, 4, 24), On(2020, 4, 30), By(2020, 6, 30),
            [new("问题编号十四（新抚区）", "R辽宁省/P抚顺市/C新抚区", "没有根据实际制定整改目标和措施。", "全市河流水质优良比例2017年达到45.4%，2020年达到51.2%。", "全市河流水质优良比例2017年达到45.4%，2020年达到51.2%，新抚区方案已印发。", [("制定一河一策方案", "结合实际制定东洲河、海新河和古城子河一河一策实施方案，明确责任单位和完成时限，逐级落实河长责任。")])], ConsistencyRule.Copied)
        { Ours = "that the district closed it, with its days and deadline: the notice tells only whose plan was copied" },
        new("新宾2020", "www.xinbin.gov.cn/ins.asp?s=33&i=11587",
            "Declare Responsible C新宾满族自治县; Apply* Responsible C新宾满族自治县; Acceptance* Office P抚顺市; Notice Office C新宾满族自治县; Close* Office R辽宁省",
            Days(7), On(2020, 5, 29), On(2020, 6, 4), By(2020, 6, 30),
            [
                new("第十四项", "R辽宁省/P抚顺市/C新宾满族自治县", "照搬照抄省级整改方案，水环境污染问题依然突出。", "实施浑河流域综合整治，确保考核断面优良比例达到75%以上。", "浑河流域综合整治已完成，考核断面优良比例达到75%以上。",
                    [("2019年6月至8月，开展重点水污染源百日攻坚专项执法行动", "专项执法行动已完成，处罚结果已公开。"), ("严格落实河长制工作，修改完善一河一策实施方案", "四级河长责任已落实，方案已修改完善。")]),
            ])
        { Ours = "the excerpt ends within its measures: the deadline, their answers, the result and the days after 29 May 2020; who accepted and closed" },

        // Before the public a year before its deadline: the year may be a slip.
        new("清水2020", "item 27, days only, by domain.md",
            "Declare* Responsible C清水县; Apply* Responsible C清水县; Acceptance* Acceptor P天水市; Notice Office C清水县; Close* Office R甘肃省",
            Days(5), On(2020, 12, 6), On(2020, 12, 10), By(2021, 12, 31), [new("第二十七项", "R甘肃省/P天水市/C清水县", "监管责任落实不到位。", "落实监管责任。", "监管责任已落实到岗位。", [])], ConsistencyRule.Early)
        { Ours = "the words, and all steps but the notice" },

        // Goal by goal and measure by measure, two problems in one notice.
        new("君山2021", "www.junshan.gov.cn/32415/32465/39440/39444/content_1856617.html",
            "Declare Responsible D君山区某局; Apply* Responsible D君山区某局; Acceptance* Acceptor C君山区; Notice Responsible D君山区某局; Close* Office R湖南省",
            Days(7), On(2021, 1, 4), On(2021, 1, 10), By(2020, 12, 31),
            [
                new("第4项", "R湖南省/P岳阳市/C君山区/D君山区某局", "畜禽养殖大市，治理有待进一步加强。", "持续推进畜牧业养殖污染防治。\n加强巡查宣传，提倡生态绿色健康发展理念。", "按照畜禽养殖区域规划调整产业结构，畜牧业养殖污染防治持续推进，巡查和宣传已成制度。",
                    [("2019年底前严格执行养殖分区管理制度，加强禁养区退养后监管，严防复养", "严格执行养殖分区管理制度，建立了禁养区退养后监管和巡查制度。")])
                { Reached = ["畜牧业养殖污染防治按区域规划推进，已完成养殖三区编制。", "巡查宣传已开展，生态绿色健康发展理念得到提倡。"] },
                new("第5项", "R湖南省/P岳阳市/C君山区/D君山区某局", "加快建立畜禽粪便污染资源化利用机制。", "加快资源化利用和处理能力建设，规范养殖模式，实行常态化管理。", "3家养殖场粪污资源化利用率达到85%以上，处理设施配套率100%，环评备案手续已完善。",
                    [("加快畜禽粪污资源化利用，提升综合利用率和设施配套率", "3家养殖场综合利用率已达到85%以上，设施装备配套率100%。"), ("规模以上养殖场执行环境影响评价制度", "3家养殖场环评备案手续已完善。")])
                { Reached = ["资源化利用和处理能力建设已完成，养殖模式规范，常态化管理。"] },
            ])
        { Ours = "the excerpt ends with the first goal: days, what was said of the second and third goal, who issued and accepted; which measure and goal belongs to which problem" },

        new("随州2021", "suizhou.gov.cn/zt/zwzt/2021zt/jjzysthbdc/202111/t20211119_939364.shtml",
            "Declare Responsible D随州市水利和湖泊局; Apply* Responsible D随州市水利和湖泊局; Acceptance* Acceptor P随州市; Notice Responsible D随州市水利和湖泊局; Close* Office R湖北省",
            Days(7), On(2021, 11, 19), On(2021, 11, 25), Standing,
            [new("序号32", "R湖北省/P随州市/D随州市水利和湖泊局", "固废清理和监管上重视不足、设施不齐、日常监管不严。", "巩固清废行动成果，建立长效机制。", "每季度对全市10条市级河流、各县最少2条河流全线巡查，除少量建筑垃圾外未发现固废堆放。", [])])
        { Ours = "who accepted and closed" },

        // The county has no such industry.
        new("广水2022", "www.guangshui.gov.cn/zwgk/xxgkml/shgysy/hjbh/jbtsclqk/202207/t20220706_1015511.shtml",
            "Declare Responsible C广水市; Apply* Responsible C广水市; Acceptance* Office P随州市; Notice Office C广水市; Close* Office R湖北省",
            Days(8), On(2022, 7, 5), On(2022, 7, 12), Standing,
            [new("序号16", "R湖北省/P随州市/C广水市", "2019年和2020年磷石膏综合利用率分别为21%和29%，远低于国家要求。", "严格控制新上磷化工项目。", "辖区内没有磷化工工业项目，今后新上项目严格把关。", []) { NotInvolved = true }])
        { PerUnit = true, Ours = "who accepted and closed" },

        new("濮阳2023", "sthjj.puyang.gov.cn/zwgtgs/17566.shtml",
            "Declare Responsible C濮阳县; Apply* Responsible C濮阳县; Acceptance Acceptor D濮阳市生态环境局; Notice Acceptor D濮阳市生态环境局; Close* Office R河南省",
            WorkingDays(10), On(2023, 1, 9), On(2023, 1, 20), By(2022, 12, 31),
            [new("第43项", "R河南省/P濮阳市/C濮阳县", "3处水体黑臭。", "", "反馈的3处水体黑臭问题均已整改完毕。", [("限期整改黑臭水体", "3处均已整改完毕。"), ("纳入日常监管", "持续排查，动态更新清单。")])])
        { Ours = "the bureau led the work too, which the accepting unit may not: here the county answers, in which two of the three waters lie; who closed" },

        new("武汉2023", "985812.com/hzzz202308/t20230817_2249107.html",
            "Declare Responsible D武汉市某区某局; Apply* Responsible D武汉市某区某局; Acceptance* Acceptor C武汉市某区; Notice Responsible D武汉市某区某局; Close* Office R湖北省",
            WorkingDays(10), On(2023, 8, 17), On(2023, 8, 30), Standing,
            [new("省序号16", "R湖北省/P武汉市/C武汉市某区/D武汉市某区某局", Gypsum, "立行立改，长期坚持，巩固成效。", "自督察以来未审批磷化工项目环评文件。", [("强化思想认识", Resolve), ("巩固成效", "严格项目准入。")])])
        { PerUnit = true, Words = "公示期：2023年8月17日-2023年8月30日（10个工作日）", Ours = "district and bureau are not named; what is said of the first measure; who accepted and closed" },

        // Years are masked in what was kept of it: the year is ours.
        new("宿迁（年份为虚拟）", "编号8、编号14",
            "Declare Responsible D宿迁市某局; Apply Responsible D宿迁市某局; Acceptance* Acceptor P宿迁市; Notice Responsible D宿迁市某局; Close* Office R江苏省",
            Days(7), On(2024, 1, 1), On(2024, 1, 7), By(2023, 12, 31),
            [
                new("编号8", "R江苏省/P宿迁市/D宿迁市某局", "入湖河流整治不到位。", "主要入湖河流水质优Ⅲ比例达到考核要求。", "8条主要入湖河流优Ⅲ水体比例为75%，达到督办目标。", []),
                new("编号14", "R江苏省/P宿迁市/D宿迁市某局", "工业园区监测监控体系不完善。", "完成7个园区监测监控设施建设。", "7个园区均已完成建设和安装。", []),
            ])
        { Ours = "the year and the bureau are masked; who accepted and closed" },

        // Says seven days and stood eight; five of six waters done.
        new("汨罗2024（起止日期为虚拟）", "six waters, by domain.md",
            "Declare* Responsible C汨罗市; Apply* Responsible C汨罗市; Acceptance* Acceptor P岳阳市; Notice Office C汨罗市; Close* Office R湖南省",
            Days(7), On(2024, 3, 1), On(2024, 3, 8), By(2023, 12, 31),
            [new("第6项", "R湖南省/P岳阳市/C汨罗市", "6个黑臭水体未完成整治。", "6个黑臭水体全部完成整治。", "6个黑臭水体中5个已完成整治。", [("整治黑臭水体", "6个水体中5个已完成整治。")])], ConsistencyRule.Share, ConsistencyRule.NoticeDays)
        { DaysDiffer = true, Words = "公示期7天，2024年3月1日至2024年3月8日。", Ours = "days, number, steps but the notice, and who took them" },

        // A table of points of which each is closed, in two counties.
        new("衡阳2024（公示天数为虚拟）", "m.fu-954cc.com/hyslyj/xxgk/gzdt/tzgg/20241202/i3527323.html",
            "Declare Responsible C南岳区; Apply* Responsible C南岳区; Acceptance* Acceptor D衡阳市林业局; Notice Acceptor D衡阳市林业局; Close* Office R湖南省",
            Days(7), On(2024, 12, 2), On(2024, 12, 8), By(2024, 12, 31),
            [
                new("第7项", "R湖南省/P衡阳市/C南岳区", "自然保护地遥感监测问题。", "", "", [], ("界牌村", "种植桂花和油茶复绿，效果较好。"), ("龙凤村", "已处罚，手续已完善。"), ("水濂村", "已处罚，已开展生态修复。"), ("复育区", "已完成整改。"))
                { PointUnits = ["R湖南省/P衡阳市/C衡阳县"] },
            ])
        { Node = ClosingNode.Point, Ours = "how long it stood; what became of the fourth point, where the excerpt ends; who accepted and closed" },

        // Three points "all put right", of which one is to be planted again in May.
        new("黑龙江2025（公示天数为虚拟）", "m.tangqifeng.com/read-556298301.html",
            "Declare Responsible C某县; Apply* Responsible C某县; Acceptance Acceptor D某市林业和草原局; Notice Acceptor D某市林业和草原局; Close* Office R黑龙江省",
            Days(7), On(2025, 2, 26), On(2025, 3, 4), By(2024, 12, 31),
            [new("第1项", "R黑龙江省/P某市/C某县", "自然保护地3处问题点位。", "", "", [], ("点位一", "已退耕还林，但是成活率不高，预计2025年5月开展补植补造。"), ("点位二", "看护房已拆除。"), ("点位三", "看护房已拆除。"))], ConsistencyRule.Unfinished)
        { Node = ClosingNode.Point, Accepted = On(2025, 2, 24), Ours = "places are masked; how long it stood; who closed" },

        new("武汉水务2025（起止日期为虚拟）", "swj.wuhan.gov.cn/xxgk/new_qtzdgknr/new_zwdc/202512/t20251209_2692416.html",
            "Declare Responsible D武汉市水务局; Apply* Responsible D武汉市水务局; Acceptance* Acceptor P武汉市; Notice Responsible D武汉市水务局; Close* Office R湖北省",
            WorkingDays(10), On(2025, 9, 1), On(2025, 9, 12), By(2025, 12, 31),
            [new("序号21", "R湖北省/P武汉市/D武汉市水务局", "2023年1—8月，25个国控、省控考核断面水质优良率仅为64%。", "稳步提升考核断面水质优良率，水质优良率达到省定考核目标。", "63个有水环境功能区类别的湖泊中，43个湖泊达标。",
                [("推动城乡生活污水治理", "完成5座污水处理厂新改扩建，新建管网254.1公里、改造132.8公里。"), ("开展排污口溯源整治", "2023年整治排口148个，2024年整治排口1007个。")])],
            ConsistencyRule.Share, ConsistencyRule.Unrelated)
        { Ours = "the days, where the excerpt ends; who accepted and closed" },

        // A measure at 61.34 %.
        new("拜泉2025（起止日期为虚拟）", "item 20, by domain.md",
            "Declare* Responsible C拜泉县; Apply* Responsible C拜泉县; Acceptance* Acceptor P齐齐哈尔市; Notice Office C拜泉县; Close* Office R黑龙江省",
            WorkingDays(10), On(2025, 11, 3), On(2025, 11, 14), By(2025, 12, 31),
            [new("第二十项", "R黑龙江省/P齐齐哈尔市/C拜泉县", "黑土地侵蚀沟治理滞后。", "完成黑土地侵蚀沟治理任务。", "侵蚀沟治理任务已完成，完成比例61.34%。", [("治理侵蚀沟", "完成比例61.34%。")])], ConsistencyRule.Share)
        { Ours = "the words but for the share, the days, steps but the notice" },

        // The goal is to keep waste gypsum treated; what is said of it tells of studies and campaigns. And the first answer is the other district's.
        new("江夏2025（起止日期为虚拟）", "jiangxia.gov.cn t20251216_2695803",
            "Declare Responsible C江夏区; Apply* Responsible C江夏区; Acceptance* Acceptor P武汉市; Notice Office C江夏区; Close* Office R湖北省",
            WorkingDays(10), On(2025, 11, 24), On(2025, 12, 5), Standing,
            [
                new("序号16", "R湖北省/P武汉市/C江夏区", Gypsum, "持续巩固磷石膏综合治理成效，防止问题反弹。", "经排查，我区内无磷石膏生产企业，自督察至今未受理新磷石膏生产企业的相关审批手续。", [("强化思想认识", Resolve), ("巩固成效", "从严项目准入。")])
                { Reached = ["将生态文明建设的重要论述纳入各级党委理论学习中心组学习、干部培训的必修课程。开展多种形式的宣传教育活动，提高全社会的生态文明意识。"] },
            ],
            ConsistencyRule.Copied, ConsistencyRule.Unrelated)
        { PerUnit = true, Ours = "the days, which were in December; steps but the notice" },

        // The same answer as the other districts'.
        new("武汉某区2025（公示天数为虚拟）", "www.91ltofficial.com/ZWGK/QZFXXGKML/GGFWXX_devsavepath/HJXX_devsavepath/202512/t20251218_2696890.shtml",
            "Declare Responsible C武汉市另一区; Apply* Responsible C武汉市另一区; Acceptance* Acceptor P武汉市; Notice Office C武汉市另一区; Close* Office R湖北省",
            WorkingDays(10), On(2025, 12, 18), On(2025, 12, 31), Standing,
            [new("序号16", "R湖北省/P武汉市/C武汉市另一区", Gypsum, "持续巩固磷石膏综合治理成效，防止问题反弹。", "经排查，没有存量磷石膏，也没有磷石膏生产企业。", [("强化思想认识", Resolve), ("巩固成效", "从严项目准入。")]) { Reached = ["已完成整改目标。"] }],
            ConsistencyRule.Copied)
        { PerUnit = true, Ours = "the district is not named; days, and who accepted, issued and closed" },
    ];
}
