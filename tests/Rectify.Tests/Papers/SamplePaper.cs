using System.Globalization;
using Rectify.Papers;
using Rectify.Platform.Text;

namespace Rectify.Tests.Papers;

/// <summary>Invented papers to print.</summary>
internal static class SamplePaper
{
    public static readonly DateTimeOffset Made = new(2019, 4, 1, 1, 30, 0, TimeSpan.Zero);

    private const string Text =
        "坚持以习近平生态文明思想为指导，全面贯彻落实中央环境保护督察“回头看”反馈意见，压实责任（党政同责、一岗双责）；"
        + "到2019年12月底前，完成污水处理设施提标改造，COD排放浓度不高于50 mg/L，氨氮不高于5（8）mg/L；逐一验收销号，公开接受监督。";

    public static Words Words(string language = "zh-CN") => Rectify.Platform.Text.Words.In(Language.Find(language)!);

    /// <summary>A circular with a red head, one page and a little.</summary>
    public static Paper Official() => new("关于进一步加快推进环境保护督察反馈意见整改工作的通知", Made,
    [
        new PaperHeading(1, "一、提高政治站位"),
        new PaperParagraph(Text),
        new PaperHeading(2, "（一）压实整改责任"),
        new PaperParagraph([new("牵头单位要切实履行牵头责任。", Bold: true), new(Text)]),
        new PaperHeading(3, "1.明确时限"),
        new PaperParagraph(Text + Text),
        new PaperHeading(1, "二、严格验收销号"),
        new PaperParagraph(Text),
        new PaperParagraph(Text),
    ])
    {
        Kind = PaperKind.Official,
        Mark = ["南岭省环境保护督察工作领导小组办公室文件"],
        Number = "南环督办〔2019〕3号",
        Addressee = "各州、市人民政府，省直有关部门：",
        Signature = "南岭省环境保护督察工作领导小组办公室",
        Date = new DateOnly(2019, 4, 1),
        Words = Words(),
    };

    /// <summary>A hand-over manual: contents, a card for each task, and a list that runs over pages.</summary>
    public static Paper Manual(int tasks, PaperTurn turn = PaperTurn.Portrait) => new("整改任务交账手册", Made,
    [
        new PaperContents(2),
        new PaperPageBreak(),
        new PaperHeading(1, "一、任务总表"),
        new DataTable(
            [
                new("序号", 1, PaperAlign.Centre), new("整改任务", 6), new("牵头单位", 2.2), new("时限", 2, PaperAlign.Centre),
                new("应完成", 1.4, PaperAlign.Right), new("已完成", 1.4, PaperAlign.Right),
            ],
            [.. Enumerable.Range(1, tasks).Select(i => new[]
            {
                Number(i), $"任务第{Number(i)}项：推进湖泊流域保护治理，实施截污治污工程（第{Number(i % 7)}标段）", "生态环境厅", "2019年12月底",
                Number(i * 13), Number(i * 7),
            })])
        { Caption = "表1 整改任务进展", Groups = [new("", 4), new("进展（个）", 2)] },
        new PaperHeading(1, "二、任务分述"),
        .. Enumerable.Range(1, tasks).SelectMany(Task),
    ])
    {
        Turn = turn,
        Header = new("南岭省督察整改", new DateOnly(2019, 3, 31), "某某某", Made),
        Date = new DateOnly(2019, 4, 1),
        Words = Words(),
    };

    private static IEnumerable<PaperBlock> Task(int number)
    {
        yield return new PaperHeading(2, $"（{Number(number)}）加快推进湖泊流域保护治理");
        yield return new KeyValueTable(
        [
            new("整改目标", Text), new("牵头单位", "省生态环境厅"), new("整改措施", "1." + Text + "\n2." + Text + "\n3." + Text),
            new("整改时限", "2019年12月底前"), new("工作进展", Text + Text),
        ]);
        yield return new PaperParagraph(Text);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
