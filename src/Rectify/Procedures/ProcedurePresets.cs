using static Rectify.Organisation.Role;
using static Rectify.Procedures.StepKind;
using static Rectify.Procedures.StepLevel;

namespace Rectify.Procedures;

/// <summary>Procedures to begin with, as provinces and cities published or practised them. An office chooses one and changes what differs.</summary>
public static class ProcedurePresets
{
    /// <summary>The one that a programme is offered first.</summary>
    public const string Default = "standard";

    // Source: 安徽省突出生态环境问题整改验收销号管理办法（试行）, 2019, by its published summary.
    private static readonly Checklist[] FiveCriteria =
    [
        new(
            "",
            [
                "整改方案规定的措施全部落实",
                "违法违规行为已依法查处",
                "整改效果符合法律法规和技术规范要求",
                "举一反三，同一单位、点位及同类问题一并整改",
                "查清根源，建立长效机制",
            ]),
    ];

    private static readonly DaySpan TenWorkingDays = new(10, Working: true);

    private static readonly DaySpan SevenDays = new(7, Working: false);

    private static readonly DaySpan FiveWorkingDays = new(5, Working: true);

    private static readonly ProcedureStep Declared = new("declare", Declare, Responsible, StepLevel.Unit) { Form = "整改落实情况报告" };

    private static readonly ProcedureStep Applied = new("apply", Apply, Responsible, StepLevel.Unit) { Form = "验收销号申请表", Dossier = true, Limit = new(10, Working: true) };

    private static readonly ProcedureStep Material = new("material", MaterialReview, Acceptor, Above) { Limit = FiveWorkingDays };

    private static readonly ProcedureStep Site = new("site", SiteCheck, Acceptor, Above) { Form = "现场核查记录", Limit = new(15, Working: true), NotInvolved = false };

    private static readonly ProcedureStep Accepted = new("accept", Acceptance, Acceptor, Above) { Form = "验收意见", Checklist = true, Limit = FiveWorkingDays, NotInvolved = false };

    private static readonly ProcedureStep Reviewed = new("review", OfficeReview, Office, Region) { Limit = FiveWorkingDays };

    private static readonly ProcedureStep Noticed = new("notice", Notice, Office, Region) { Form = "整改完成情况公示", Stands = TenWorkingDays };

    private static readonly ProcedureStep Objected = new("objections", Objections, Office, Region) { Limit = FiveWorkingDays };

    private static readonly ProcedureStep Signed = new("sign", SignOff, Leader, Region) { Form = "整改销号审签单", Limit = new(15, Working: false) };

    private static readonly ProcedureStep Closed = new("close", Close, Office, Region) { Form = "整改销号登记表", Limit = FiveWorkingDays };

    private static readonly ProcedureStep Published = new("publish", Publish, Office, Region) { Limit = FiveWorkingDays };

    public static IReadOnlyList<(string Key, Procedure Procedure)> All { get; } =
    [
        (Default, Of("先公示后销号（通用）", Declared, Applied, Material, Site, Accepted, Reviewed, Noticed, Objected, Signed, Closed, Published)),

        // 山东博山 2025: towns rectify, the district accepts, the city reviews.
        ("three-level", Of(
            "镇街整改、区县验收、市级复核",
            Declared with { Form = "销号台账" }, Applied,
            Site with { Duty = Office, Level = County, NotInvolved = true }, Accepted with { Duty = Office, Level = County, Title = "区县验收", NotInvolved = true },
            Noticed with { Level = County, Stands = FiveWorkingDays, Title = "区县媒体公示" }, Objected with { Level = County },
            Signed with { Level = County, Title = "区县主要领导审签" },
            new("upward", Report, Office, County) { Title = "申请市级复核", Limit = FiveWorkingDays },
            Reviewed with { Key = "city", Level = Prefecture, Title = "市级复核", Limit = new(10, Working: true) },
            Closed with { Level = County }, new("filing", Report, Office, County) { Title = "销号报备", Limit = FiveWorkingDays })),

        // 湖北（小水电）、安徽 2019: accepted in the county, checked by the prefecture, put on record by the province.
        ("filing", Of(
            "县级验收、市级复核、省级备案",
            Declared, Applied, Material with { Duty = Office, Level = County }, Site with { Duty = Office, Level = County },
            Accepted with { Duty = Office, Level = County, Title = "县级验收" },
            new("recheck", OfficeReview, Office, Prefecture) { Title = "市级复核抽查", Limit = new(10, Working: true) },
            Noticed with { Level = Prefecture }, Objected with { Level = Prefecture }, Signed with { Level = Prefecture },
            new("upward", Report, Office, Prefecture) { Title = "报省级备案", Limit = FiveWorkingDays },
            new("record", OfficeReview, Office, Region) { Title = "省级备案", Limit = new(10, Working: true) }, Closed with { Level = Prefecture }, Published with { Level = Prefecture })),

        // 湖南临湘 2017: closed in November, told to the public at its end.
        ("close-first", Of("先销号后公示", Declared, Applied, Material, Site, Accepted, Reviewed, Signed, Closed, Noticed with { Stands = FiveWorkingDays }, Objected, Published)),

        // 陕西汉中 2021: one concentrated acceptance a month.
        ("batch", Of("每月集中验收", Declared, Applied, Material, Site, Accepted with { Title = "集中验收", Limit = new(31, Working: false) }, Reviewed, Noticed, Objected, Signed, Closed, Published) with { Batch = true }),

        // 吉林长春南关 2018: 问题编号十一、措施序号38; the supervision team and the bureau accept together.
        ("measure", Of(
            "按措施销号", Declared, Applied, Site with { Duty = Supervisor, Title = "督导组现场核查" }, new("team", Acceptance, Supervisor, Above) { Title = "督导组联合验收", Checklist = true, NotInvolved = false, Limit = FiveWorkingDays },
            Accepted with { Title = "验收单位联合验收" }, Reviewed, Noticed with { Stands = SevenDays }, Objected, Closed) with
        { Node = ClosingNode.Measure }),

        // 绿盾 2024: a table of points, each closed for itself.
        ("point", Of("按点位销号", Declared, Applied, Material, Site, Accepted, Reviewed, Noticed with { Stands = SevenDays }, Objected, Signed, Closed, Published) with { Node = ClosingNode.Point, SharedNotice = true }),

        // 湖南常德、岳阳君山，江苏宿迁: one notice tells of two or three items.
        ("shared-notice", Of("多项合并公示", Declared, Applied, Material, Site, Accepted, Reviewed, Noticed with { Stands = SevenDays }, Objected, Signed, Closed, Published) with { SharedNotice = true }),

        // 湖北第16项: districts close for themselves, some as not concerned.
        ("per-unit", Of(
            "各责任单位分别销号", Declared, Applied, Material with { Duty = Office, Level = Prefecture }, Site with { Duty = Office, Level = Prefecture }, Accepted with { Duty = Office, Level = Prefecture },
            Reviewed, Noticed, Objected, Signed, Closed, Published) with
        { PerUnit = true }),

        // 河南濮阳 2023: the accepting unit tells the public and takes the objections.
        ("acceptor-notice", Of(
            "验收单位公示", Declared, Applied, Material, Site, Accepted, Noticed with { Duty = Acceptor, Level = Above, Title = "验收公示" }, Objected with { Duty = Acceptor, Level = Above }, Reviewed, Signed, Closed, Published)),

        // 安徽 2019、黄山 2022: by class of problem the province or the city accepts, and the closing is put on record.
        ("by-class", Of(
            "省级、市级分级验收，备案销号", Declared, Applied, ByClass(Material), ByClass(Site), ByClass(Accepted), Noticed with { Level = Prefecture }, Objected with { Level = Prefecture }, Signed with { Level = Prefecture },
            new("filing", Report, Office, Prefecture) { Title = "备案销号", Limit = FiveWorkingDays }, Closed with { Level = Prefecture }, Published with { Level = Prefecture })),

        // 黑龙江新林 2026: the prefecture's commission reviews what its bureau accepted; no leader signs.
        ("no-sign-off", Of(
            "不设领导审签", Declared, Applied, Material, Site, Accepted, Reviewed with { Level = Prefecture, Title = "督察工作委员会审核" }, Noticed with { Level = Prefecture }, Objected with { Level = Prefecture }, Closed with { Level = Prefecture })),

        // 湖北房县: a team of the city looks at the places, hears the report in a meeting, reads the files and gives its opinion.
        ("team", Of(
            "验收专班：现场、座谈、查档、意见", Declared, Applied, Site with { Level = Prefecture, Checklist = true },
            Material with { Key = "meeting", Level = Prefecture, Title = "验收座谈会（听取汇报）", Form = "验收座谈会纪要" }, Material with { Key = "archive", Level = Prefecture, Title = "档案资料查阅", Form = "" },
            Accepted with { Level = Prefecture, Title = "验收专班意见" }, Reviewed, Noticed, Objected, Signed, Closed, Published) with
        { Checklists = [.. FiveCriteria, new("", ["现场情况与申报材料一致", "方案列明的点位全部到场查看", "没有发现反弹或者新的同类问题"]) { Step = Site.Key }] }),

        // 新疆 2018-2019: a supervision team on site, then two meetings: over the ledger of the closing, and to judge.
        ("meetings", Of(
            "督导组现场、台账审查会、总结研判会", Declared, Applied, Site with { Duty = Supervisor, Title = "督导组现场核查" }, Accepted,
            Reviewed with { Key = "ledger", Title = "销号台账审查会", Form = "销号台账审查会纪要" }, Reviewed with { Key = "judgement", Title = "总结研判会", Form = "总结研判会纪要" }, Noticed, Objected, Signed, Closed, Published)),

        // 辽宁锦州 2018: decided in a meeting, a form for works and another for what is none, and a notice. What the forms ask is not published: these fields are a beginning.
        ("plain", Of(
            "集体讨论认定", Declared, Applied with { Form = "整改任务销号工作情况说明" }, Accepted with { Duty = Office, Level = Region, Title = "集体讨论认定", NotInvolved = true },
            Noticed with { Stands = SevenDays }, Objected, Closed) with
        {
            Forms =
            [
                new(Applied.Key, "", "整改任务销号工作情况说明（非工程类）", [new("整改工作开展情况"), new("整改措施落实和目标完成情况"), new("集体讨论认定的时间、参加人员和结论"), new("长效机制建立情况", false)]),
                new(
                    Applied.Key, "工程类", "整改任务销号工作情况说明（工程类）",
                    [new("工程名称和地点"), new("建设内容和规模"), new("开工、竣工时间"), new("竣工验收情况"), new("完成投资（万元）", false), new("整改目标完成情况"), new("集体讨论认定的时间、参加人员和结论")]),
            ],
        }),
    ];

    private static ProcedureStep ByClass(ProcedureStep step) => step with { Level = Prefecture, Levels = [new("省级验收", Region)] };

    /// <returns><see langword="null"/> if there is none.</returns>
    public static Procedure? Find(string key) => All.FirstOrDefault(preset => preset.Key == key).Procedure;

    private static Procedure Of(string name, params ProcedureStep[] steps) => new(name, steps) { Checklists = FiveCriteria };
}
