using Microsoft.Extensions.DependencyInjection;
using Rectify.Bulletins;
using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Reading;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Papers;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Bulletins;

/// <summary>What is printed says what the page says: bulletins and dispatch tables as files, read back.</summary>
public sealed class BulletinFileTests
{
    [Theory, EveryDatabase]
    public async Task The_files_of_an_issued_bulletin_hold_its_text(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);
        r.Today(world, new(2026, 4, 2));
        await r.FillAsync(world, round, "D1", 10);
        await r.SubmitAsync(world, round, "D1");
        await r.CloseAsync(world, round);
        var bulletin = await IssueBulletinTests.DraftAsync(world, r, round);
        await world.InAsync((ChangeBulletin change) => change.RunAsync(
            bulletin, new("关于3月整改任务调度情况的通报", "现通报如下。", "抓紧整改。\n按时报送。", "自治区领导", "各成员单位", "各地州", 50), 0, r.Office, Ct));
        await world.InAsync((IssueBulletin issue) => issue.RunAsync(bulletin, 1, r.Office, Ct));

        var view = await IssueBulletinTests.ViewAsync(world, r.Office, bulletin);
        var text = Inked(string.Concat(Said(view.Content)));
        Assert.Equal(text, Inked(DocxText(await FileAsync(world, view, "docx"))));
        var printed = Inked(await PdfText.ReadAsync(await FileAsync(world, view, "pdf")));
        Assert.All(text.Distinct(), c => Assert.True(printed.Count(one => one == c) >= text.Count(one => one == c), $"{c} is printed too seldom."));
        Assert.Contains("抓紧整改。按时报送。", printed, StringComparison.Ordinal);
        foreach (var sentence in new[]
        {
            "第1期", "Unit C1", "截至2026年3月31日，Round one共有整改任务4项，已完成0项，完成率0.0%，其中已验收销号0项。", "本期应报单位4个，按时报送1个，迟报1个，未报2个。",
            "迟报：Unit D1（迟2天）。", "未报：Unit P1、Unit C2。", "已报未接收、数字不计入本期：Unit D1。", "六、下一步要求", "报：自治区领导", "送：各成员单位", "发：各地州", "2026年4月2日印发", "（共印50份）",
        })
        {
            Assert.Contains(Inked(sentence), text, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_dispatch_table_ticks_one_box_for_each_task_alike_on_paper_and_in_the_workbook(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35, line => line with { Work = "完成土建", Problems = "设备到货晚" });
        await r.FillAsync(world, round, "C2", 20, line => line with { Work = "secret draft" });
        await r.CloseAsync(world, round);

        var table = await world.InAsync((Db db) => DispatchTable.ReadAsync(db, r.Office, round, new(), new(2026, 4, 9), Ct));
        var words = Words.In(Language.Default);
        Assert.True(table.Frozen);
        Assert.Equal(["Task 1.", "Task 2.", "Task 3.", "Task 4."], table.Rows.Select(row => row.Task.Title));
        Assert.Contains("Build 9 plants.", table.Rows[0].Task.Measures, StringComparison.Ordinal);
        Assert.Equal(["Unit C1：完成土建 存在问题：设备到货晚 下一步：go on"], words.ProgressOf(table, table.Rows[0]));
        Assert.Equal(["本期未报。"], words.ProgressOf(table, table.Rows[2])); // C2 had not submitted what it wrote
        Assert.Equal("更新\n超过序时进度", words.NoteOf(table.Rows[0])); // 3.5 of 9 plants after a quarter of the time: the box says less than the status
        Assert.All(table.Rows, row => Assert.Equal(row.Task.Status.Tick, Ticks.All.Single(tick => words.Box(tick, tick == row.Tick).StartsWith('☑'))));

        using var sheet = new MemoryStream();
        await DispatchTableFile.WorkbookAsync(table, words, sheet, Ct);
        var cells = DocumentReader.Read(new MemoryStream(sheet.ToArray()), "t.xlsx", ct: Ct).Blocks.OfType<Table>().Single();
        Assert.Equal(["1", "2", "3", "4"], Enumerable.Range(1, 4).Select(row => cells.At(row, 0)!.Text));
        Assert.All(table.Rows, row => Assert.Equal(string.Join('\n', words.BoxesOf(row)), cells.At(row.No, 9)!.Text));
        Assert.All(table.Rows, row => Assert.Equal(words[$"tick.{row.Tick}"], cells.At(row.No, 8)!.Text));

        using var docx = new MemoryStream();
        DocxWriter.Write(DispatchTableFile.Paper(table, words, "office", world.Clock.GetUtcNow()), docx);
        var grid = DocumentReader.Read(new MemoryStream(docx.ToArray()), "t.docx", ct: Ct).Blocks.OfType<Table>().Single();
        Assert.Equal(7, grid.Columns);
        Assert.Equal(
            ["序号", "整改任务", "整改时限", "整改措施", "目前进展情况及存在问题", "完成进度", "备注"], Enumerable.Range(0, 7).Select(column => grid.At(0, column)!.Text));
        Assert.All(table.Rows, row => Assert.Equal(string.Join('\n', words.BoxesOf(row)), grid.At(row.No, 5)!.Text));

        using var pdf = new MemoryStream();
        PdfWriter.Write(DispatchTableFile.Paper(table, words, "office", world.Clock.GetUtcNow()), pdf);
        var said = Inked(await PdfText.ReadAsync(pdf.ToArray()));
        Assert.Equal(4, said.Count(c => c == '☑'));
        Assert.Equal(16, said.Count(c => c == '□'));
        Assert.Contains("第1页，共1页", said, StringComparison.Ordinal);
        Assert.Contains("数字已定，截至2026年3月31日", said, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_unit_s_table_holds_its_own_tasks_and_its_reader_sees_no_other_s_statements(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35, line => line with { Work = "by C1" });
        await r.ReportAsync(world, round, "C2", 20, line => line with { Work = "by C2" });

        async Task<DispatchTable> TableAsync(string who, string? unit) => await world.InAsync((Db db) =>
            DispatchTable.ReadAsync(db, r.People[who], round, new(Unit: unit is null ? null : r.Units[unit].Id), new(2026, 3, 26), Ct));
        var (own, others, mine) = (await TableAsync("c2", null), await TableAsync("office", "C1"), await TableAsync("c1", "C1"));

        Assert.False(own.Frozen);
        Assert.Equal(["Task 2."], own.Rows.Select(row => row.Task.Title));
        Assert.Equal(["by C2"], own.Rows.SelectMany(row => row.Statements).Select(one => one.Work));
        Assert.Equal(["Task 1.", "Task 2."], others.Rows.Select(row => row.Task.Title));
        Assert.Equal(["by C1", "by C1"], others.Rows.SelectMany(row => row.Statements).Select(one => one.Work));
        Assert.Equal(others.Rows.Select(row => row.Task.ItemId), mine.Rows.Select(row => row.Task.ItemId));
        Assert.Equal(["by C1", "by C2"], (await TableAsync("office", null)).Rows[1].Statements.Select(one => one.Work));
        Assert.Equal("round.not-found", (await Assert.ThrowsAsync<Rectify.Platform.Refusal>(async () =>
        {
            var stranger = await world.HaveAccountAsync(await world.HaveUnitAsync("X", r.Units["R"]), "stranger", Rectify.Organisation.Role.Responsible);
            await world.InAsync(async (Db db) => await DispatchTable.ReadAsync(
                db, await Rectify.Organisation.Reader.AccessOf(db, stranger.Actor, new(2026, 3, 26), Ct), round, new(), new(2026, 3, 26), Ct));
        })).Code);
    }

    [Fact]
    public async Task The_colophon_stands_at_the_foot_of_the_last_page_and_pages_are_counted()
    {
        var content = new BulletinContent(
            "zh-CN", "督察整改调度通报", "第3期", "整改办", "2026年4月2日", "关于调度情况的通报",
            [.. Enumerable.Range(0, 30).Select(i => new ContentBlock { Paragraph = [new($"第{i}段，各单位要对照整改方案，倒排工期，抓紧推进整改任务，确保按期完成。")] })],
            ["报：自治区领导"], "2026年4月2日印发", "（共印50份）");

        var pages = (await PdfText.ReadAsync(BulletinPaper.Write(content, default, "pdf", Ct))).TrimEnd('\f').Split('\f').Select(Inked).ToList();

        Assert.True(pages.Count > 1);
        Assert.EndsWith("报：自治区领导整改办2026年4月2日印发（共印50份）" + Inked($"— {pages.Count} —"), pages[^1], StringComparison.Ordinal);
        Assert.StartsWith(Inked("督察整改调度通报第3期整改办2026年4月2日关于调度情况的通报"), pages[0], StringComparison.Ordinal);
        Assert.All(pages.SkipLast(1), page => Assert.DoesNotContain("印发", page, StringComparison.Ordinal));
    }

    // In the order of the page: head, text, foot.
    private static IEnumerable<string> Said(BulletinContent content) =>
    [
        content.Mark, content.Issue, content.Issuer, content.Date, content.Title,
        .. content.Body.SelectMany(block => (block.Heading is { } heading ? [heading] : Array.Empty<string>())
            .Concat((block.Paragraph ?? []).Select(part => part.Text))
            .Concat(block.Columns is null ? [] : new[] { block.Caption! }.Concat(block.Columns.Select(column => column.Head)))
            .Concat((block.Rows ?? []).SelectMany(row => row.Select(cell => cell.Text)))),
        .. content.Receivers, content.Issuer, content.Printed, content.Copies,
    ];

    private static async Task<byte[]> FileAsync(World world, BulletinView view, string ending) => await world.InAsync(async (IServiceProvider services) =>
    {
        await using var kept = services.GetRequiredService<FileStore>().Open(view.Files.Single(file => file.Ending == ending).FileHash);
        using var copy = new MemoryStream();
        await kept.CopyToAsync(copy, Ct);
        return copy.ToArray();
    });

    private static string DocxText(byte[] file)
    {
        static IEnumerable<string> Of(Block block) => block switch
        {
            Paragraph paragraph => [paragraph.Text],
            Table table => table.Cells.Select(cell => cell.Text),
            _ => [],
        };
        return string.Concat(DocumentReader.Read(new MemoryStream(file), "b.docx", ct: Ct).Blocks.SelectMany(Of));
    }

    // Spaces and line ends are the setter's.
    private static string Inked(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '\u202F'));
}
