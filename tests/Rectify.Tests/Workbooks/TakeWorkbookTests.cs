using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tests.Dispatch;
using Rectify.Workbooks;
using static Rectify.Tests.Organisation.People;
using static Rectify.Workbooks.BookColumn;
using static Rectify.Workbooks.BookSheet;

namespace Rectify.Tests.Workbooks;

/// <summary>A return goes out as a workbook and comes back: preview, one act, cell errors, what is stale, whose it is.</summary>
public sealed class TakeWorkbookTests
{
    private static readonly DateOnly March = new(2026, 3, 31);
    private static readonly Words Zh = Words.In(Language.Default);

    [Theory, EveryDatabase]
    public async Task A_filled_workbook_is_shown_first_and_then_saved_as_one_act(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var file = Filling.Edit(await MakeAsync(world, r, id), book =>
        {
            book.Set(Lines, "1", Work, "建成3座");
            book.Set(Lines, "1", Problems, "无");
            book.Set(Figures, "1f1", Value, "３．５座");
            book.Set(Nodes, "1n1", Reached, "是");
            book.Set(Nodes, "1n1", On, "2026年3月20日");
            book.Set(Measures, "1m2", Done, "√");
            book.Set(Measures, "1m2", DoneOn, new DateOnly(2026, 3, 18));
            book.Set(Lines, "2", Checked, "是");
        });

        var upload = await KeepAsync(world, r, id, file);
        var preview = await PreviewAsync(world, r, id, upload);

        Assert.Empty(preview.Errors);
        Assert.Empty(preview.Notices);
        Assert.Equal(
            [("figure", "0座", "3.5座"), ("node", "", "2026-03-20"), ("measure", "", "2026-03-18"), ("work", "", "建成3座"), ("problems", "", "无")],
            preview.Lines[0].Changes.Select(change => (change.Field, change.Old, change.New)));
        Assert.Empty(preview.Lines[0].Faults);
        Assert.Empty(preview.Lines[1].Changes);
        Assert.Equal("work", Assert.Single(preview.Lines[1].Faults).Fault.Field);
        Assert.Equal(0, preview.Open);
        Assert.All(await r.LinesAsync(world, id), line => Assert.False(line.Filled)); // looking saves nothing

        var before = await EntriesAsync(world, id);
        await RunAsync(world, r, id, upload, preview.Seal);

        var lines = await r.LinesAsync(world, id);
        Assert.All(lines, line => Assert.True(line.Filled));
        Assert.Equal(("建成3座", 35L, new DateOnly(2026, 3, 20)), (lines[0].Work, lines[0].Stated.Figures[0].Value, lines[0].Stated.Nodes[0].On));
        Assert.Equal([new StatedMeasure(r.Crews.Id, new(2026, 3, 18))], lines[0].Stated.Measures);
        Assert.Equal(2, (await r.ReturnAsync(world, await RoundAsync(world, id), "C1")).Filled);
        var entry = Assert.Single(await EntriesAsync(world, id), one => !before.Contains(one));
        Assert.Equal("return.lines-saved", entry.Kind);
        var committed = Assert.Single(await world.InAsync((Db db) => db.FilesOfAsync(id, Ct))).File;
        var body = await world.InAsync(async (Db db) => Encoding.UTF8.GetString(await db.Journal.Where(row => row.Id == entry.Id).Select(row => row.Body).SingleAsync(Ct)));
        Assert.Contains(JournalBytes.Commitment(committed), body, StringComparison.Ordinal); // with a salt, and in no other form
        Assert.DoesNotContain(committed.Sha256, body, StringComparison.Ordinal);

        // A workbook downloaded again goes on from there.
        var again = Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "2", Work, "配合施工"));
        var second = await PreviewAsync(world, r, id, await KeepAsync(world, r, id, again));
        Assert.Equal((0, 0, 1), (second.Errors.Count, second.Stale.Count, second.Lines.Count));
        await RunAsync(world, r, id, second.Upload, second.Seal);
        Assert.Equal("配合施工", (await r.LinesAsync(world, id))[1].Work);
    }

    [Theory, EveryDatabase]
    public async Task Every_wrong_cell_is_named_and_nothing_is_saved(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var expected = new Dictionary<string, string>();
        var file = Filling.Edit(await MakeAsync(world, r, id), book =>
        {
            void Wrong(BookSheet sheet, string key, BookColumn column, object? value, string code)
            {
                book.Set(sheet, key, column, value);
                expected[book.NameOf(sheet, key, column)] = code;
            }

            book.Set(Lines, "2", Work, "好的一行"); // right, and not saved either
            Wrong(Lines, "1", Work, new string('长', 4_001), "long");
            Wrong(Lines, "1", Checked, "也许", "choice");
            Wrong(Lines, "1", BookColumn.Item, "另一项任务", "locked");
            Wrong(Figures, "1f1", Value, "约3座", "number");
            Wrong(Figures, "1f1", Target, 90, "locked");
            Wrong(Nodes, "1n1", On, "三月底", "day");
            book.Set(Measures, "1m2", DoneOn, "2026-3-20");
            Wrong(Measures, "1m2", Done, "否", "day-alone");
            Wrong(Measures, "1m2", Measure, "另一项措施", "locked");
            Wrong(Lines, "2", BookColumn.Evidence, "照片", "locked-empty");
            book.SetFormula(Figures, "1f1", Reason, "1/0", "#DIV/0!", error: true);
            expected[book.NameOf(Figures, "1f1", Reason)] = "formula";
        });

        var upload = await KeepAsync(world, r, id, file);
        var preview = await PreviewAsync(world, r, id, upload);

        Assert.Equal(
            expected.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value)),
            preview.Errors.Select(error => ($"{error.Sheet}!{error.Cell}", error.Code)).OrderBy(error => error.Item1, StringComparer.Ordinal));
        Assert.All(preview.Errors, error => Assert.DoesNotContain("workbook.error", Zh.Fault(error), StringComparison.Ordinal));
        Assert.Contains(preview.Errors, error => Zh.Fault(error) == "填了完成日期2026-3-20，“是否完成”却不是“是”。完成的请选“是”，没有完成的删去日期。");
        Assert.Contains(preview.Errors, error => Zh.Fault(error) == "“约3座”不是数字。请填到本期末的累计数，单位是座，不写“约”“多”等字。");
        var no = await Assert.ThrowsAsync<Refusal>(() => RunAsync(world, r, id, upload, preview.Seal));
        Assert.Equal(("workbook.errors", 422), (no.Code, no.Status));
        Assert.All(await r.LinesAsync(world, id), line => Assert.Equal((false, 0), (line.Filled, line.Version)));
    }

    [Theory]
    [InlineData("3.55", "decimals")]
    [InlineData("3月", "number")]
    public async Task A_figure_that_does_not_fit_is_named(string typed, string code)
    {
        await using var world = await World.CreateAsync("sqlite");
        var (r, id) = await HaveAsync(world);
        var file = Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Figures, "1f1", Value, typed));

        var preview = await PreviewAsync(world, r, id, await KeepAsync(world, r, id, file));

        Assert.Equal(code, Assert.Single(preview.Errors).Code);
    }

    [Fact]
    public async Task Rows_that_were_deleted_copied_or_added_are_told()
    {
        await using var world = await World.CreateAsync("sqlite");
        var (r, id) = await HaveAsync(world);
        var file = Filling.Edit(await MakeAsync(world, r, id), book =>
        {
            book.DeleteRow(Nodes, "1n1");
            book.CopyRow(Figures, "1f1");
            book.Set(Lines, "2", Work, "写在别处");
            book.CopyRow(Lines, "2", newKey: "");
        });

        var preview = await PreviewAsync(world, r, id, await KeepAsync(world, r, id, file));

        Assert.Equal(["no-row", "twice"], preview.Errors.Select(error => error.Code).Order());
        Assert.Equal(("stray", "写在别处"), (Assert.Single(preview.Notices).Code, preview.Notices[0].Value));
    }

    [Theory, EveryDatabase]
    public async Task A_line_changed_since_is_told_with_who_when_and_from_what_to_what(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var file = Filling.Edit(await MakeAsync(world, r, id), book =>
        {
            book.Set(Lines, "1", Work, "我写的");
            book.Set(Lines, "2", Work, "没有冲突的一行");
        });
        var upload = await KeepAsync(world, r, id, file);
        var seen = await PreviewAsync(world, r, id, upload);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var line = (await r.LinesAsync(world, id))[0];
        await world.InAsync((SaveLine save) => save.RunAsync(
            line.Id, line.Version, line.Stated with { Work = "同事写的", Figures = [line.Stated.Figures[0] with { Value = 40 }] }, r.People["c1b"], Ct));

        var preview = await PreviewAsync(world, r, id, upload);

        var stale = Assert.Single(preview.Stale);
        var act = Assert.Single(stale.Acts);
        Assert.Equal((1, "Person c1b", world.Clock.GetUtcNow()), (stale.Line.Row.No, act.Who, act.At));
        Assert.Equal([("figure", "0座", "4座"), ("work", "", "同事写的")], act.Changes.Select(change => (change.Field, change.Old, change.New)));
        Assert.False(preview.MayConfirm);
        Assert.Equal("workbook.stale", (await Assert.ThrowsAsync<Refusal>(() => RunAsync(world, r, id, upload, seen.Seal))).Code);
        Assert.Equal(("同事写的", ""), ((await r.LinesAsync(world, id))[0].Work, (await r.LinesAsync(world, id))[1].Work));
    }

    [Theory, EveryDatabase]
    public async Task What_someone_else_typed_the_same_is_not_stale_and_a_workbook_confirmed_twice_says_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var upload = await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "1", Work, "写好了")));
        var preview = await PreviewAsync(world, r, id, upload);
        await RunAsync(world, r, id, upload, preview.Seal);

        var again = await PreviewAsync(world, r, id, upload);

        Assert.Equal((0, 0), (again.Stale.Count, again.Lines.Count));
        Assert.Equal("workbook.same", (await Assert.ThrowsAsync<Refusal>(() => RunAsync(world, r, id, upload, preview.Seal))).Code);
    }

    [Theory, EveryDatabase]
    public async Task A_preview_that_no_longer_holds_is_not_confirmed(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var upload = await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "1", Work, "写好了")));

        Assert.Equal("workbook.moved-on", (await Assert.ThrowsAsync<Refusal>(() => RunAsync(world, r, id, upload, "another"))).Code);
    }

    [Theory, EveryDatabase]
    public async Task A_return_submitted_or_a_round_closed_meanwhile_takes_no_workbook(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var round = await RoundAsync(world, id);
        var file = Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Lines, "1", Work, "晚了"));
        var upload = await KeepAsync(world, r, id, file);
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1", "c1b");

        var submitted = await Assert.ThrowsAsync<Refusal>(() => PreviewAsync(world, r, id, upload));
        Assert.Equal(("workbook.submitted", 409, "Person c1b"), (submitted.Code, submitted.Status, submitted.Arguments[0]));
        Assert.Equal("这份填报已由Unit C1 Person c1b于2026-03-26 10:00办理“报送”，现在不能改。要改请上级退回，再重新下载。", Zh.Of(submitted));
        Assert.Equal("return.not-yours", (await Assert.ThrowsAsync<Refusal>(() => MakeAsync(world, r, id))).Code);

        await r.CloseAsync(world, round);
        Assert.Equal("workbook.closed", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, id, file))).Code);
        Assert.Equal("round.closed", (await Assert.ThrowsAsync<Refusal>(() => MakeAsync(world, r, id))).Code);
    }

    [Theory, EveryDatabase]
    public async Task A_target_that_the_plan_says_otherwise_now_is_told(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var upload = await KeepAsync(world, r, id, Filling.Edit(await MakeAsync(world, r, id), book => book.Set(Figures, "1f1", Value, 3.5)));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = (Db)services.GetService(typeof(Db))!;
            (await db.ItemsFor(Rectify.Dispatch.Office.Room, Right.Read).SingleAsync(item => item.Id == r.Plants.Id, Ct)).Measure("plants", "座", 1, 0, 120);
            await ((Rectify.Platform.Journal.JournalWriter)services.GetService(typeof(Rectify.Platform.Journal.JournalWriter))!).CommitAsync(
                new Rectify.Tasks.ProgrammeChanged { Subject = r.Programme.Id, By = Setup, At = world.Clock.NowMs, Code = "r1" }, Ct);
        });

        var stale = Assert.Single((await PreviewAsync(world, r, id, upload)).Stale);

        Assert.Equal(("given.Target", "9", "12"), (stale.Given[0].Field, stale.Given[0].Old, stale.Given[0].New));
    }

    [Theory, EveryDatabase]
    public async Task Another_unit_s_workbook_is_not_found_and_another_round_s_is_sent_where_it_belongs(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (r, id) = await HaveAsync(world);
        var round = await RoundAsync(world, id);
        var file = await MakeAsync(world, r, id);
        var other = (await r.ReturnAsync(world, round, "C2")).Id;
        foreach (var who in new[] { "c2", "p1", "d1", "office" })
        {
            Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => MakeAsync(world, r, id, who))).Code);
            Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, id, file, who))).Code);
        }

        // A neighbour hands the county's workbook in as its own: nothing tells whose it is.
        Assert.Equal("return.not-found", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, other, file, "c2"))).Code);
        // The prefecture may read the county's return, so it learns whose workbook it has.
        var above = (await r.ReturnAsync(world, round, "P1")).Id;
        Assert.Equal(("workbook.other", "Unit C1"), (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, above, file, "p1"))) is var no ? (no.Code, no.Arguments[0]) : default);
        // What someone handed in is theirs alone.
        var upload = await KeepAsync(world, r, id, file);
        Assert.Equal("upload.not-found", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TakeWorkbook take) => take.PreviewAsync(id, upload, r.People["c1b"], Ct)))).Code);

        await r.CloseAsync(world, round);
        r.Today(world, new(2026, 4, 27));
        var april = await r.OpenAsync(world, new(2026, 4, 30));
        var next = (await r.ReturnAsync(world, april, "C1")).Id;
        Assert.Equal("workbook.other", (await Assert.ThrowsAsync<Refusal>(() => KeepAsync(world, r, next, file))).Code);
    }

    [Theory, EveryDatabase]
    public async Task Three_hundred_items_go_out_and_come_back_in_one_act(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await Large.AddUnitsAsync(world, r, 1, 300);
        var round = await r.OpenAsync(world, March);
        var (id, by) = await world.InAsync(async (Db db) =>
        {
            var unit = await db.Units().SingleAsync(one => one.Code == "L0", Ct);
            var account = await world.HaveAccountAsync(unit, "large", Role.Responsible);
            return ((await db.ReturnsFor(Rectify.Dispatch.Office.Room).SingleAsync(one => one.RoundId == round && one.UnitId == unit.Id, Ct)).Id,
                await Reader.AccessOf(db, account.Actor, new(2026, 3, 26), Ct));
        });
        var (_, made) = await world.InAsync((TakeWorkbook take) => take.MakeAsync(id, Zh, by, Ct));
        Assert.InRange(made.Length, 1, 200_000);
        var file = Filling.Edit(made, book =>
        {
            foreach (var no in Enumerable.Range(1, 300))
            {
                book.Set(Lines, $"{no}", Work, $"第{no}项已开工");
                book.Set(Lines, $"{no}", Percent, no % 101);
            }
        });

        var upload = await world.InAsync((TakeWorkbook take) => take.KeepAsync(id, new MemoryStream(file), "f.xlsx", by, Ct));
        var preview = await world.InAsync((TakeWorkbook take) => take.PreviewAsync(id, upload, by, Ct));
        await world.InAsync((TakeWorkbook take) => take.RunAsync(id, upload, preview.Seal, by, Ct));

        var lines = await r.LinesAsync(world, id);
        Assert.Equal(300, lines.Count(line => line.Filled && line.Work == $"第{line.No}项已开工" && line.Percent == line.No % 101));
        Assert.Equal("return.lines-saved", Assert.Single(await EntriesAsync(world, id)).Kind);
    }

    private static async Task<(Reporting, Guid)> HaveAsync(World world)
    {
        var r = await Reporting.HaveAsync(world);
        return (r, (await r.ReturnAsync(world, await r.OpenAsync(world, March), "C1")).Id);
    }

    private static Task<Guid> RoundAsync(World world, Guid id) =>
        world.InAsync((Db db) => db.ReturnsFor(Rectify.Dispatch.Office.Room).Where(one => one.Id == id).Select(one => one.RoundId).SingleAsync(Ct));

    private static async Task<byte[]> MakeAsync(World world, Reporting r, Guid id, string by = "c1") =>
        (await world.InAsync((TakeWorkbook take) => take.MakeAsync(id, Zh, r.People[by], Ct))).File;

    private static Task<Guid> KeepAsync(World world, Reporting r, Guid id, byte[] file, string by = "c1") =>
        world.InAsync((TakeWorkbook take) => take.KeepAsync(id, new MemoryStream(file), "填报表.xlsx", r.People[by], Ct));

    private static Task<WorkbookPreview> PreviewAsync(World world, Reporting r, Guid id, Guid upload) =>
        world.InAsync((TakeWorkbook take) => take.PreviewAsync(id, upload, r.People["c1"], Ct));

    private static Task<WorkbookPreview> RunAsync(World world, Reporting r, Guid id, Guid upload, string seal) =>
        world.InAsync((TakeWorkbook take) => take.RunAsync(id, upload, seal, r.People["c1"], Ct));

    private static Task<List<(string Kind, long Id)>> EntriesAsync(World world, Guid id) => world.InAsync(async (Db db) =>
        (await db.Journal.Where(row => row.Subject == id).Select(row => new { row.Kind, row.Id }).ToListAsync(Ct)).ConvertAll(row => (row.Kind, row.Id)));
}
