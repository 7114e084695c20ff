using CsCheck;
using Rectify.Calendars;
using Rectify.Consistency;

namespace Rectify.Tests.Consistency;

/// <summary>Closings that contradict themselves are found, and those that do not are left alone.</summary>
public sealed class ConsistencyRulesTests
{
    private static readonly DateOnly Done = new(2022, 11, 20);

    private static readonly ClosingStatement Nothing = new("", [], [], "", null, new(Done, null, null, null, null), null, [], [], []);

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static List<ConsistencyRule> Found(ClosingStatement said) => [.. ConsistencyRules.Check(said, WorkingCalendar.StateCouncil).Select(one => one.Rule)];

    private static ClosingStatement Result(string goal, string result) => Nothing with { Goals = [new(goal, "已达到。")], Result = result };

    // Sentences of the kind found in published notices (拜泉 item 20: a measure at 61.34 %; 汨罗: five of six waters).
    [Theory]
    [InlineData("2022年底前完成黑土地侵蚀沟治理任务。", "黑土地侵蚀沟治理已完成，完成比例61.34%。")]
    [InlineData("2022年底前完成6个黑臭水体整治。", "我市6个黑臭水体中5个已完成整治。")]
    [InlineData("城镇污水处理率达到95%以上。", "目前全县城镇污水处理率为93.5%，达到目标。")]
    [InlineData("完成全部矿山修复。", "已完成修复5/6，其余按计划推进完成。")]
    [InlineData("PM10年均浓度超标天数比例控制在10%以下。", "PM10年均浓度超标天数比例为12.5%。")]
    [InlineData("完成排查整治。", "应整改12处，已整改11处，通过验收。")]
    [InlineData("群众满意度不低于90%。", "公众评议满意度88.7%。")]
    [InlineData("补植苗木成活率不低于85%。", "经核查，补植苗木成活率为79%。")]
    [InlineData("超标天数比例控制在10%以下。", "超标天数比例由15%下降到12%。")]
    [InlineData("医疗废物集中处置率达到100%。", "医疗废物集中处置率由64%提高到97%。")]
    [InlineData("完成12家企业改造。", "12家企业中9家完成改造，3家正在施工。")]
    [InlineData("完成污水集中处理设施建设。", "应建设集中处理设施19个，已建成17个。")]
    public void A_share_that_the_goal_does_not_allow_is_found(string goal, string result) =>
        Assert.Contains(ConsistencyRule.Share, Found(Result(goal, result)));

    [Theory]
    [InlineData("城镇污水处理率达到95%以上。", "目前全县城镇污水处理率为96.2%，达到目标。")]
    [InlineData("2022年底前完成治理任务。", "治理任务已全部完成，化学需氧量同比下降12.3%。")]
    [InlineData("2022年底前完成治理任务。", "任务完成率100%。")]
    [InlineData("加强日常监管。", "全区3家养殖场畜禽粪污综合利用率已达到85%以上。")]
    [InlineData("超标天数比例控制在10%以下。", "超标天数比例为8.5%。")]
    [InlineData("2022年底前完成整治。", "2022年5/6月间完成整治，3处问题均已整改完毕。")]
    [InlineData("完成6个水体整治。", "6个水体已全部完成整治，配套管网12公里。")]
    [InlineData("群众满意度不低于90%。", "公众评议满意度94.1%。")]
    [InlineData("成活率不少于85%。", "核查成活率91%。")]
    [InlineData("医疗废物集中处置率达到100%。", "医疗废物集中处置率由64%提高到100%。")]
    [InlineData("63个排口溯源，28个旱天排污口接管纳污。", "63个排口溯源完成，28个旱天排污口封堵或者接管改造。")]
    [InlineData("完成12家企业改造。", "12家企业中9家改造到位、3家关闭退出。")]
    [InlineData("1160家企业分类整治。", "1160家全部整治到位，其中关停871家、搬迁94家、升级改造195家。")]
    [InlineData("完成412座加油站改造。", "412座加油站改造完成，其间19座逾期站暂停供油，改造后恢复。")]
    [InlineData("19个园区建成集中处理设施。", "19个园区集中处理设施建成，3个园区改造扩容。")]
    public void A_share_that_the_goal_allows_is_left_alone(string goal, string result) =>
        Assert.DoesNotContain(ConsistencyRule.Share, Found(Result(goal, result)));

    [Fact]
    public void A_share_of_the_same_thing_contradicts_exactly_below_the_goal() =>
        Gen.Select(Gen.Int[1, 999], Gen.Int[1, 999], OneOf("处理率", "收集率", "综合利用率", "达标率"), OneOf("为", "达到", "已达", "达到了")).Sample((goal, reached, what, verb) =>
        {
            var said = Result($"{what}达到{goal / 10m}%以上。", $"目前{what}{verb}{reached / 10m}%。");
            return Found(said).Contains(ConsistencyRule.Share) == (reached < goal);
        });

    [Fact]
    public void N_of_m_contradicts_exactly_when_n_is_less() =>
        Gen.Select(Gen.Int[2, 400], Gen.Int[1, 400], OneOf("处", "座", "家", "口")).Sample((all, some, unit) =>
        {
            var said = Result("全部完成整治。", $"{all}{unit}中{some}{unit}已完成整治。");
            return Found(said).Contains(ConsistencyRule.Share) == (some < all);
        });

    [Theory]
    [InlineData("已拆除17座，剩余1座因产权纠纷暂缓。", true)]
    [InlineData("共排查30处，其余3处正在协调。", true)]
    [InlineData("已拆除17座，剩余1座也已于10月拆除。", false)]
    [InlineData("尾水排放口已封堵，其余设施运行正常。", false)]
    public void What_is_said_to_be_left_is_found(string result, bool left) =>
        Assert.Equal(left, Found(Result("全部拆除。", result)).Contains(ConsistencyRule.Remainder));

    // As in published notices: a share of good water was the goal, and pipes were laid (Wuhan 2025); a duty was the goal, and works were told (Siping).
    [Theory]
    [InlineData("稳步提升全市断面水质优良率，水质优良率达到省定考核目标。", "全市新建污水管网254.1公里，改造132.8公里，整治排口1007个。", true)]
    [InlineData("稳步提升全市断面水质优良率，水质优良率达到省定考核目标。", "全市新建污水管网254.1公里，改造132.8公里，断面优良率为92%。", false)]
    [InlineData("压实党委政府责任。", "新建污水管网12公里，改造泵站3座，出水稳定，通过核查。", true)]
    [InlineData("压实党委政府责任。", "印发责任清单，新建污水管网12公里，改造泵站3座，出水稳定。", false)]
    [InlineData("巩固清废行动成果，建立长效机制。", "每季度对全市10条市级河流全线巡查，除少量建筑垃圾外未发现固废堆放。", false)]
    [InlineData("立行立改，长期坚持，巩固成效。", "自督察以来未审批磷化工项目环评文件，严格准入。", false)]
    public void A_goal_that_nothing_answers_is_found(string goal, string result, bool found) =>
        Assert.Equal(found, Found(Result(goal, result)).Contains(ConsistencyRule.Unrelated));

    [Fact]
    public void A_goal_that_is_told_in_its_own_words_is_answered() =>
        Gen.Select(OneOf("建成污水处理厂", "关停小锅炉", "拆除违建房屋", "湿地恢复"), OneOf("2018年底前", "年底前全面", ""), OneOf("，已通过验收，运行正常，现场核查无异议", "，经复核资料齐全，群众满意，纳入日常管理")).Sample((what, when, more) =>
            !Found(Result($"{when}{what}。", $"已{what}{more}。")).Contains(ConsistencyRule.Unrelated));

    // 江夏 2025: the goal is to keep waste gypsum treated, its answer tells of studies and campaigns; only the last sentence of the whole comes near it.
    [Theory]
    [InlineData("持续巩固磷石膏综合治理成效，防止问题反弹。", "将生态文明建设的重要论述纳入各级党委理论学习中心组学习、干部培训的必修课程。开展多种形式的宣传教育活动，提高全社会的生态文明意识。", true)]
    [InlineData("持续巩固磷石膏综合治理成效，防止问题反弹。", "经排查，我区内无磷石膏生产企业，未受理新磷石膏生产企业的相关审批手续，今后从严准入。", false)]
    [InlineData("完成污水处理厂提标改造。", "污水处理厂于9月底完成提标改造并通过环保验收，出水稳定达标。", false)]
    public void An_answer_that_speaks_of_something_else_than_its_goal_is_found(string goal, string answer, bool found) =>
        Assert.Equal(
            found,
            Found(Nothing with { Goals = [new(goal, answer)], Result = "经排查，我区内无磷石膏生产企业，自督察至今未受理新磷石膏生产企业的相关审批手续。污水处理厂已提标改造。" }).Contains(ConsistencyRule.Unrelated));

    [Theory]
    [InlineData("6个黑臭水体全部完成整治。", "整治5个黑臭水体。", true)]
    [InlineData("6个黑臭水体全部完成整治。", "整治县城4个、乡镇2个黑臭水体。", false)]
    [InlineData("压实党委政府领导干部责任。", "新建污水管网12公里，提升泵站3座，改造进水口和格栅，购置在线监测设备。", true)]
    [InlineData("压实党委政府领导干部责任。", "印发责任清单，明确任务，每月调度通报，年终纳入考核，结果运用到评优评先。", false)]
    [InlineData("完成整治。", "2022年6月底前完成清淤。", false)]
    [InlineData("完成整治。", "2023年6月底前完成清淤。", true)]
    public void A_plan_whose_measures_do_not_lead_to_its_goal_is_found(string goal, string measure, bool found) =>
        Assert.Equal(found, Found(Nothing with { Goals = [new(goal, "")], Measures = [new(measure, "已完成。")], DeadlineOn = new(2022, 12, 31) }).Contains(ConsistencyRule.Measures));

    // 长春南关 2018 lost the characters of its dates; its notice and its signature both did.
    [Theory]
    [InlineData("公示期为2018522日至2018528日。", "2018522日", "2018528日")]
    [InlineData("于2018年522日完成，201805月22日验收。", "2018年522日", "201805月22日")]
    [InlineData("于2018年2月30日完成，2018年13月验收，2018年月5日公示。", "2018年2月30日", "2018年13月", "2018年月5日")]
    [InlineData("2018年5月22日至28日公示，2020年2月29日销号，电话81960275，共2018吨。")]
    public void A_date_that_lost_characters_or_cannot_be_is_found(string result, params string[] dates) =>
        Assert.Equal(dates, ConsistencyRules.Check(Nothing with { Result = result }, WorkingCalendar.StateCouncil).Where(one => one.Rule is ConsistencyRule.Date).Select(one => one.Quote));

    // What the words of a notice say of its days: 汨罗 2024 said seven and gave the dates of eight; 东丽 2025 counts days made up for holidays.
    [Theory]
    [InlineData("公示期7天，2024年3月1日至2024年3月8日。", "2024-03-01", "2024-03-08", false, "7/8")]
    [InlineData("公示期：2023年8月17日-2023年8月30日(10个工作日)。", "2023-08-17", "2023-08-30", true)]
    [InlineData("公示期间（2023年1月9日至2023年1月20日，共10个工作日）向验收单位反映。", "2023-01-09", "2023-01-20", true)]
    [InlineData("公示时间为2025年1月21日至2月8日，共十个工作日。", "2025-01-21", "2025-02-08", true)]
    [InlineData("公示期为5个工作日。", "2023-08-17", "2023-08-30", true, "5/10")]
    [InlineData("公示期：2018年5月22日至28日。", "2018-05-22", "2018-05-29", false, "2018年5月22日至28日/2018-05-22—2018-05-29")]
    [InlineData("公示后30天内完成清理，已接入3个工作日前建成的管网。", "2023-08-17", "2023-08-30", true)]
    public void Days_that_the_words_of_a_notice_tell_are_held_against_those_announced(string text, string from, string to, bool working, params string[] found) =>
        Assert.Equal(
            found,
            ConsistencyRules.Check(
                Nothing with { Days = new(null, null, null, null, null), Notice = new(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture), null, working) { Words = text } },
                WorkingCalendar.StateCouncil).Where(one => one.Rule is ConsistencyRule.NoticeDays).Select(one => $"{one.Quote}/{one.Against}"));

    [Theory]
    [InlineData("关于印发水环境整改方案的通知", false, true)]
    [InlineData("整改工作领导小组会议纪要", true, false)]
    [InlineData("关于做好督察反馈问题整改的通知", true, false)]
    [InlineData("竣工验收意见", false, false)]
    public void Papers_are_told_by_their_titles(string title, bool rectification, bool plan) =>
        Assert.Equal((rectification, plan), (!NamedDocument.IsPlan(title) && NamedDocument.IsOfRectification(title), NamedDocument.IsPlan(title)));

    [Fact]
    public void Every_goal_and_measure_needs_an_answer()
    {
        var said = Nothing with { Goals = [new("达标排放", "  ")], Measures = [new("建设管网", "已建成12公里"), new("加强巡查", "。")] };

        var found = ConsistencyRules.Check(said, WorkingCalendar.StateCouncil);

        Assert.Equal([(StatementField.Goal, 1, "达标排放"), (StatementField.Measure, 2, "加强巡查")], found.Select(one => (one.Field, one.No, one.Against)));
        Assert.All(found, one => Assert.Equal(ConsistencyRule.Unanswered, one.Rule));
    }

    // Published in Heilongjiang in 2025: three points "all put right", one to be planted again in May.
    [Fact]
    public void Work_that_is_to_come_is_found_where_all_is_said_to_be_done()
    {
        var said = Nothing with
        {
            Days = new(new(2025, 2, 24), null, null, null, null),
            Measures = [new("对毁林地块退耕还林", "已对毁林地块进行退耕还林，但是成活率不高，目前气候寒冷，预计2025年5月气温回升时开展补植补造工作。")],
            Result = "3处问题点位均已整改完成。",
        };

        var found = ConsistencyRules.Check(said, WorkingCalendar.StateCouncil).Where(one => one.Rule is ConsistencyRule.Unfinished).ToList();

        Assert.Equal(["但是成活率不高", "预计2025年5月气温回升时开展补植补造工作"], found.Select(one => one.Quote));
        Assert.All(found, one => Assert.Equal((StatementField.Measure, 1), (one.Field, one.No)));
    }

    [Theory]
    [InlineData("管网正在建设。", false, true)]
    [InlineData("各项工作正在开展。", true, false)]
    [InlineData("经核查，无未完成事项。", false, false)]
    [InlineData("2022年9月建成并投入运行。", false, false)]
    [InlineData("二期工程2023年6月建成。", false, true)]
    public void Standing_work_may_go_on_and_other_work_may_not(string answer, bool standing, bool found) =>
        Assert.Equal(found, Found(Nothing with { Measures = [new("推进工程", answer, standing)] }).Contains(ConsistencyRule.Unfinished));

    [Fact]
    public void Days_in_an_order_that_cannot_be_are_found()
    {
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 40]).Sample((completed, accepted, notice, length) =>
        {
            var first = new DateOnly(2022, 3, 1);
            var said = Nothing with
            {
                Days = new(first.AddDays(completed), null, first.AddDays(accepted), null, null),
                Notice = new(first.AddDays(notice), first.AddDays(notice + length), null, Working: false),
            };

            return Found(said).Contains(ConsistencyRule.Order) == (accepted < completed || notice < accepted || notice < completed);
        });
    }

    // Qingshui item 27: before the public in December 2020, due in December 2021.
    [Theory]
    [InlineData("2020-12-06", "2021-12-31", true)]
    [InlineData("2020-12-06", "2020-12-31", false)]
    [InlineData("2022-01-10", "2021-12-31", false)]
    public void A_notice_long_before_the_deadline_is_asked_about(string from, string due, bool early)
    {
        var day = DateOnly.ParseExact(from, "yyyy-MM-dd");
        var said = Nothing with { Days = new(null, null, null, null, null), DeadlineOn = DateOnly.ParseExact(due, "yyyy-MM-dd"), Notice = new(day, day.AddDays(4), 5, Working: false) };

        Assert.Equal(early, Found(said).Contains(ConsistencyRule.Early));
    }

    // Fan county: its notice was dated half a year before the city's that it passes on.
    [Fact]
    public void A_paper_older_than_the_one_it_carries_out_is_found()
    {
        var said = Nothing with { Documents = [new("县通知", new(2018, 5, 2), "市通知", new(2018, 11, 3)), new("县方案", new(2018, 11, 9), "市通知", new(2018, 11, 3)), new("会议纪要", new(2018, 1, 1))] };

        var found = Assert.Single(ConsistencyRules.Check(said, WorkingCalendar.StateCouncil));

        Assert.Equal((ConsistencyRule.Document, 1), (found.Rule, found.No));
    }

    // Notices as published: days said, first and last day, and whether it adds up. Dongli counts two Sundays and Saturdays made up for Spring Festival.
    [Theory]
    [InlineData("2025-01-21", "2025-02-08", 10, true, true)]
    [InlineData("2023-01-09", "2023-01-20", 10, true, true)]
    [InlineData("2018-12-20", "2018-12-26", 7, false, true)]
    [InlineData("2021-11-19", "2021-11-25", 7, false, true)]
    [InlineData("2018-05-22", "2018-05-28", 7, false, true)]
    [InlineData("2024-03-04", "2024-03-11", 7, false, false)]
    public void A_notice_is_as_long_as_it_says(string from, string to, int days, bool working, bool holds)
    {
        var said = Nothing with { Days = new(null, null, null, null, null), Notice = new(DateOnly.ParseExact(from, "yyyy-MM-dd"), DateOnly.ParseExact(to, "yyyy-MM-dd"), days, working) };

        Assert.Equal(!holds, Found(said).Contains(ConsistencyRule.NoticeDays));
    }

    [Fact]
    public void A_notice_shorter_than_the_procedure_asks_for_is_found()
    {
        var from = new DateOnly(2025, 3, 3);
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 20], Gen.Bool).Sample((length, least, working) =>
        {
            var counted = Enumerable.Range(0, length + 1).Count(i => !working || WorkingCalendar.StateCouncil.IsWorking(from.AddDays(i)));
            var said = Nothing with { Days = new(null, null, null, null, null), Notice = new(from, from.AddDays(length), counted, working, least) };

            return Found(said).Contains(ConsistencyRule.NoticeDays) == (counted < least);
        });
    }

    private const string Told = "我单位对辖区内磷石膏堆存场所开展全面排查，建立问题台账，明确整改责任人和整改时限，逐一制定整改方案并组织实施，目前各项整改措施均已落实到位。";

    [Fact]
    public void Words_of_another_unit_are_found_and_ones_own_are_not()
    {
        var changed = Told.Replace("辖区内", "全区", StringComparison.Ordinal);

        Assert.Contains(ConsistencyRule.Copied, Found(Nothing with { Result = changed, Others = [new("第十六项 东岭县", Told)] }));
        Assert.DoesNotContain(ConsistencyRule.Copied, Found(Nothing with { Result = "经排查，我县无磷石膏企业和堆存场所，已由县经信局、生态环境分局联合出具证明，并纳入日常巡查，每季度复核一次，结果向社会公开。", Others = [new("第十六项 东岭县", Told)] }));
        Assert.DoesNotContain(ConsistencyRule.Copied, Found(Nothing with { Result = "整改措施均已落实到位。", Others = [new("第十六项 东岭县", "整改措施均已落实到位。")] }));
    }

    [Theory]
    [InlineData("砂石采坑218处未回填，破坏面积1842.6公顷。", "回填采坑218处，复绿27639亩。", false)]
    [InlineData("砂石采坑218处未回填，破坏面积1842.6公顷。", "回填采坑200处，复绿1842.6公顷。", true)]
    [InlineData("填埋废渣3万立方米。", "清运废渣5000立方米，场地已覆土。", true)]
    [InlineData("填埋废渣3万立方米。", "清运废渣1.2万方，就地处置18000立方米。", false)]
    [InlineData("区域内18座城镇污水处理厂中有16座难以按期达标。", "16座污水处理厂已完成提标改造。", false)]
    [InlineData("区域内18座城镇污水处理厂中有16座难以按期达标。", "5座污水处理厂已完成提标改造。", true)]
    [InlineData("栾昌湖村一处黑臭水体未治理。", "水体已完成治理。", false)]
    [InlineData("3处坑塘水体黑臭。", "督察组反馈的坑塘均已整改完毕。", false)]
    [InlineData("违法占地120亩。", "加强巡查，建立长效机制。", true)]
    [InlineData("问题持续3个月未解决，涉及2个方面。", "已解决。", false)]
    [InlineData("依据GB18918-2002第3条，2017年12月底前应建成。", "已建成。", false)]
    public void A_quantity_of_the_problem_must_be_found_again(string problem, string result, bool lost) =>
        Assert.Equal(lost, Found(Nothing with { Problem = problem, Result = result }).Contains(ConsistencyRule.Quantity));

    [Fact]
    public void A_quantity_is_answered_by_as_much_or_more_and_by_nothing_less() =>
        Gen.Select(Gen.Int[2, 100_000], Gen.Int[1, 100_000], OneOf("处", "家", "吨", "亩", "万立方米", "公里")).Sample((named, answered, unit) =>
            Found(Nothing with { Problem = $"存在问题{named}{unit}。", Result = $"完成整治{answered}{unit}。" }).Contains(ConsistencyRule.Quantity) == (answered < named));

    [Fact]
    public void A_place_without_its_pair_of_pictures_is_named() =>
        Assert.Equal(["3号采坑"], ConsistencyRules.Check(Nothing with { PairsMissing = ["3号采坑"] }, WorkingCalendar.StateCouncil).Select(one => one.Against));

    [Fact]
    public void Any_text_is_read_without_an_error_and_twice_the_same()
    {
        var pieces = OneOf("61.34%", "5/6", "3处", "其余", "2025年5月", "同比下降", "，", "。", "完成", "第三项", "‰", "９９％", "，1,842.6公顷", "〔2018〕3号", "\n", "中", "%", "/", "一", "万", "亿", "999999999999999999999亩", "．", "𠀀");
        pieces.Array[0, 14].Sample(parts =>
        {
            var text = string.Concat(parts);
            var said = Nothing with { Problem = text, Result = text, Goals = [new(text, text)], Measures = [new("", text)], Others = [new("x", text)] };
            return ConsistencyRules.Check(said, WorkingCalendar.StateCouncil).SequenceEqual(ConsistencyRules.Check(said, WorkingCalendar.StateCouncil));
        });
    }
}
