using static Rectify.Dossiers.RequiredFrom;
using static Rectify.Evidence.PieceKind;

namespace Rectify.Dossiers;

/// <summary>The requirements of a programme that has set none: the union of what published closing rules of provinces and cities name.</summary>
/// <remarks>
/// Form and report measure by measure, plan with approval, before-and-after photos, monitoring report, penalty decisions, site record,
/// acceptance, notice with picture and result, leaders' signature, search for similar problems (举一反三). Folders as offices label their boxes.
/// </remarks>
internal static class UsualRequirements
{
    private const string Plans = "01方案";
    private const string Course = "02过程";
    private const string Proof = "03佐证";
    private const string Acceptances = "04验收";
    private const string Notices = "05公示";
    private const string Closings = "06销号";

    public static Requirements Set { get; } = new(
        [Plans, Course, Proof, Acceptances, Notices, Closings],
        [
            new("plan", Plans, "整改方案", Plan) { From = Approved, Days = 30 },
            new("approval", Plans, "方案批复或备案文件", Document) { From = Approved, Days = 60, Words = "批复、备案、批准、审定" },
            new("funding", Plans, "资金安排或下达文件", Funding) { From = Finish },
            new("minutes", Course, "研究部署的会议纪要", Minutes) { From = Finish },
            new("record", Course, "现场核查记录", SiteRecord) { From = Finish, NeedsPlace = true },
            new("similar", Course, "举一反三排查记录", Ledger) { From = Completed, Words = "举一反三、排查" },
            new("measure", Proof, "措施落实的佐证文件", Document) { From = Finish, PerMeasure = true },
            new("photos", Proof, "整改前、整改后照片（同一位置）", Photo) { From = Finish, Pairs = true },
            new("monitoring", Proof, "监测报告（近3个月）", Monitoring) { From = Completed, NeedsIssuer = true, ValidMonths = 3 },
            new("report", Proof, "整改落实情况报告（逐条措施、逐个目标）", Document) { From = Completed, Words = "落实情况、完成情况、整改报告" },
            new("application", Acceptances, "验收销号申请表", Document) { From = Applied, Words = "申请" },
            new("acceptance", Acceptances, "验收意见", Acceptance) { From = Accepted, Days = 5, NeedsIssuer = true },
            new("notice", Notices, "公示文本", Notice) { From = NoticeOpened, Words = "文本、公示文、公告" },
            new("picture", Notices, "公示截图或照片", Notice) { From = NoticeOpened, Days = 2, Words = "截图、照片、网页" },
            new("result", Notices, "公示结果", Notice) { From = NoticeEnded, Days = 5, Words = "结果、情况说明、无异议" },
            new("signature", Closings, "领导审签单", Document) { From = SignedOff, Days = 5, Words = "审签" },
            new("closing", Closings, "销号文件或证书", Document) { From = Closed, Days = 10, Words = "销号" },
        ]);
}
