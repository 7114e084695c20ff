using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Evidence;
using Rectify.Workbooks;
using static Rectify.Tests.Organisation.People;
using static Rectify.Workbooks.BookColumn;
using static Rectify.Workbooks.BookSheet;

namespace Rectify.Tests.Workbooks;

/// <summary>Measures and evidence in a workbook, and that many lines are saved by the same rules as one.</summary>
public sealed class WorkbookProofTests
{
    private static readonly Words Zh = Words.In(Language.Default);

    [Theory, EveryDatabase]
    public async Task Many_lines_are_refused_what_one_is_refused_and_none_of_them_is_saved(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var own = await EvidenceTests.AddAsync(world, r.People["c1"], "of task 1"u8.ToArray(), new("Photo", PieceKind.Photo), r.Plants.Id);
        var other = await EvidenceTests.AddAsync(world, r.People["c2"], "of task 2"u8.ToArray(), new("Other", PieceKind.Photo), r.Tasks[1].Id);
        var withdrawn = await EvidenceTests.AddAsync(world, r.People["c1"], "by mistake"u8.ToArray(), new("Mistake", PieceKind.Photo), r.Plants.Id);
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(withdrawn, "wrong place", 1, r.People["c1"], Ct));
        var lines = await r.LinesAsync(world, id);
        foreach (var (wrong, change, code) in new (int, Func<StatedLine, StatedLine>, string)[]
        {
            (1, stated => stated with { Measures = [new(r.Crews.Id, new(2026, 3, 20))] }, "return.not-asked"), // of the first line's item
            (1, stated => stated with { Nodes = [new(1, new(2026, 3, 20))] }, "return.not-asked"),
            (1, stated => stated with { Figures = [new(r.Plants.Id, 30)] }, "return.not-asked"),
            (1, stated => stated with { Percent = 10 }, "return.not-asked"),
            (1, stated => stated with { Evidence = [own] }, "return.evidence"),
            (0, stated => stated with { Evidence = [own, other] }, "return.evidence"),
            (0, stated => stated with { Evidence = [withdrawn] }, "return.evidence"),
            (0, stated => stated with { Work = new string('x', 4_001) }, "return.long"),
        })
        {
            var (line, right) = (lines[wrong], lines[1 - wrong]);
            var one = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SaveLine save) => save.RunAsync(line.Id, line.Version, change(line.Stated), r.People["c1"], Ct)));
            var many = await Assert.ThrowsAsync<Refusal>(() => SaveAsync(world, r, id, (right, right.Stated with { Work = "right" }), (line, change(line.Stated))));
            Assert.Equal((code, code), (one.Code, many.Code));
        }

        Assert.All(await r.LinesAsync(world, id), line => Assert.Equal((0, ""), (line.Version, line.Work)));

        // What was chosen stays, though it was withdrawn since.
        await SaveAsync(world, r, id, (lines[0], lines[0].Stated with { Work = "one", Evidence = [own] }), (lines[1], lines[1].Stated with { Work = "two" }));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(own, "wrong place", 1, r.People["c1"], Ct));
        lines = await r.LinesAsync(world, id);
        await SaveAsync(world, r, id, (lines[0], lines[0].Stated with { Work = "one more" }));
        Assert.Equal([own], (await r.LinesAsync(world, id))[0].Stated.Evidence);
    }

    [Theory, EveryDatabase]
    public async Task Saving_many_lines_ends_their_author_s_drafts_and_nobody_else_s(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var lines = await r.LinesAsync(world, id);
        foreach (var (line, who) in new[] { (lines[0], "c1"), (lines[1], "c1"), (lines[0], "c1b") })
        {
            await world.InAsync((KeepDraft keep) => keep.RunAsync(
                id, line.Id, line.Version, LineTyping.Of(new FormCollection(new Dictionary<string, StringValues> { ["work"] = "half a sen" })), r.People[who], Ct));
        }

        var upload = await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "1", Work, "建成3座")));
        var preview = await PreviewAsync(world, r, id, upload);
        Assert.True(Assert.Single(preview.Lines).Line.IsDrafted); // the page says that it goes
        await world.InAsync((TakeWorkbook take) => take.RunAsync(id, upload, preview.Seal, r.People["c1"], Ct));

        Assert.Equal(
            [(lines[0].Id, r.People["c1b"].Actor), (lines[1].Id, r.People["c1"].Actor)],
            (await world.InAsync((Db db) => db.LineDrafts().AsNoTracking().ToListAsync(Ct))).Select(draft => (draft.LineId, draft.By)).OrderBy(draft => draft.LineId != lines[0].Id));
    }

    [Theory, EveryDatabase]
    public async Task Evidence_is_shown_and_stays_as_it_was_chosen(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var first = await EvidenceTests.AddAsync(world, r.People["c1"], "first"u8.ToArray(), new("验收报告", PieceKind.Photo), r.Plants.Id);
        var second = await EvidenceTests.AddAsync(world, r.People["c1"], "second"u8.ToArray(), new("现场照片", PieceKind.Photo), r.Plants.Id);
        var line = (await r.LinesAsync(world, id))[0];
        await SaveAsync(world, r, id, (line, line.Stated with { Work = "开工", Evidence = [first, second] }));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(second, "wrong place", 1, r.People["c1"], Ct));

        var made = await MakeAsync(world, r, id);
        var shown = FilledBook.Read(new MemoryStream(made), "x.xlsx", Ct).Rows[(Lines, "1")][BookColumn.Evidence]!.Text;
        Assert.Equal(["现场照片（已撤回）", "验收报告"], shown.Split('\n').Order(StringComparer.Ordinal));
        var upload = await KeepAsync(world, r, id, Filling.Edit(made, book => book.Set(Lines, "1", Work, "完工")));
        var preview = await PreviewAsync(world, r, id, upload);
        Assert.Equal("work", Assert.Single(Assert.Single(preview.Lines).Changes).Field);
        await world.InAsync((TakeWorkbook take) => take.RunAsync(id, upload, preview.Seal, r.People["c1"], Ct));
        Assert.Equal([first, second], (await r.LinesAsync(world, id))[0].Stated.Evidence);

        // Changed in the sheet: a given cell.
        var changed = await PreviewAsync(world, r, id, await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "1", BookColumn.Evidence, "验收报告"))));
        Assert.Equal("locked", Assert.Single(changed.Errors).Code);
    }

    [Theory, EveryDatabase]
    public async Task Measures_and_evidence_changed_since_are_told(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var piece = await EvidenceTests.AddAsync(world, r.People["c1"], "first"u8.ToArray(), new("验收报告", PieceKind.Photo), r.Plants.Id);
        var upload = await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Measures, "1m2", Done, "是")));
        var line = (await r.LinesAsync(world, id))[0];
        await world.InAsync((SaveLine save) => save.RunAsync(
            line.Id, line.Version, line.Stated with { Measures = [new(r.Crews.Id, new(2026, 3, 20))], Evidence = [piece] }, r.People["c1b"], Ct));

        var act = Assert.Single(Assert.Single((await PreviewAsync(world, r, id, upload)).Stale).Acts);

        Assert.Equal([("measure", "", "2026-03-20"), ("evidence", "", "验收报告")], act.Changes.Select(change => (change.Field, change.Old, change.New)));
        Assert.Equal(["措施“Train the crews.”完成日期", "佐证材料"], act.Changes.Select(change => Zh.Label(change)));
    }

    [Theory, EveryDatabase]
    public async Task What_a_line_still_lacks_points_to_the_cell_where_it_is_given(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, _) = await HaveAsync(world, close: true);
        r.Today(world, new(2026, 4, 27));
        var id = (await r.ReturnAsync(world, await r.OpenAsync(world, new(2026, 4, 30)), "C1")).Id;
        var cells = new List<string>();
        var file = Filling.Edit(await MakeAsync(world, r, id), book =>
        {
            book.Set(Lines, "1", Work, "");
            book.Set(Figures, "1f1", Value, 1); // falls without a reason
            book.Set(Figures, "1f1", Corrects, 2); // corrects without a reason
            book.Set(Nodes, "1n1", Reached, "是"); // without a day
            book.Set(Measures, "1m2", Done, "是");
            book.Set(Measures, "1m2", DoneOn, "2026-4-29"); // to come
            cells.AddRange(
            [
                book.NameOf(Figures, "1f1", CorrectsReason), book.NameOf(Figures, "1f1", Reason), book.NameOf(Nodes, "1n1", On), book.NameOf(Measures, "1m2", DoneOn), book.NameOf(Lines, "1", Work),
            ]);
        });

        var preview = await PreviewAsync(world, r, id, await KeepAsync(world, r, id, file));

        Assert.Empty(preview.Errors);
        Assert.Equal(
            ["corrects", "figure-back", "node-day", "measure-future", "work"],
            Assert.Single(preview.Lines).Faults.Where(rule => rule.Fault.Field != "problems").Select(rule => rule.Fault.Key));
        Assert.Equal(cells, preview.Lines[0].Faults.Where(rule => rule.Fault.Field != "problems").Select(rule => $"{rule.Sheet}!{rule.Cell}"));
    }

    private static async Task<(Reporting, Guid)> HaveAsync(World world, bool close = false)
    {
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        if (close)
        {
            await r.ReportAsync(world, round, "C1", 30);
            await r.CloseAsync(world, round);
        }

        return (r, (await r.ReturnAsync(world, round, "C1")).Id);
    }

    private static Task SaveAsync(World world, Reporting r, Guid id, params (ReturnLine Line, StatedLine Stated)[] lines) => world.InAsync((SaveLines save) =>
        save.RunAsync(id, [.. lines.Select(one => new SaveLines.Line(one.Line.Id, one.Line.Version, one.Stated))], new(new string('0', 64), new string('1', 64), 1), r.People["c1"], Ct));

    private static async Task<byte[]> MakeAsync(World world, Reporting r, Guid id) => (await world.InAsync((TakeWorkbook take) => take.MakeAsync(id, Zh, r.People["c1"], Ct))).File;

    private static Task<Guid> KeepAsync(World world, Reporting r, Guid id, byte[] file) =>
        world.InAsync((TakeWorkbook take) => take.KeepAsync(id, new MemoryStream(file), "填报表.xlsx", r.People["c1"], Ct));

    private static Task<WorkbookPreview> PreviewAsync(World world, Reporting r, Guid id, Guid upload) =>
        world.InAsync((TakeWorkbook take) => take.PreviewAsync(id, upload, r.People["c1"], Ct));
}
