using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Plans;

/// <summary>Programmes and previews for tests.</summary>
internal static class Imports
{
    public const string Code = "r1";

    /// <summary>A plan of two tasks as plain text.</summary>
    public const string Plan = """
        某地整改方案

        一、长滩地区印染废水集中处理设施建设滞后。
        责任单位：水利厅
        整改目标：建成集中处理厂。
        整改时限：2018年6月底前
        整改措施：
        1.2018年3月底前完成立项。
        2.加强日常监管，严禁偷排漏排。

        二、天然胡杨林退化。
        责任单位：林草局
        整改目标：恢复一万亩。
        整改时限：立行立改，长期坚持
        整改措施：
        1.封育保护。
        """;

    /// <summary>A region with two departments, a programme, and someone who runs it.</summary>
    public static async Task<Office> HaveProgrammeAsync(this World world)
    {
        var region = Unit.Create(new UnitDetails("R", "云岭自治区", UnitKind.Region), null);
        var water = Unit.Create(new UnitDetails("D1", "水利厅", UnitKind.Department), region);
        var forest = Unit.Create(new UnitDetails("D2", "林业和草原局", UnitKind.Department), region);
        await world.HaveAsync(region, water, forest);
        var account = await world.HaveAccountAsync(region, "office", Role.Office);
        var by = await world.AccessAsync(account.Actor);
        await world.InAsync((CreateProgramme create) => create.RunAsync(Code, new("Plan of a region", region.Id), [], [], by, Ct));
        return new(by, region, water, forest);
    }

    public static Task<Access> AccessAsync(this World world, Rectify.Platform.Actor actor) =>
        world.InAsync((Db db) => Reader.AccessOf(db, actor, DateOnly.FromDateTime(world.Clock.GetUtcNow().Date), Ct));

    public static Task<Guid> StartAsync(this World world, string text, Access by, string name = "plan.txt") =>
        world.InAsync((StartImport start) => start.RunAsync(Code, new MemoryStream(Encoding.UTF8.GetBytes(text)), name, by, Ct));

    /// <summary>A preview of a draft that no file was read for.</summary>
    public static async Task<Guid> HavePreviewAsync(this World world, Access by, params DraftItem[] items)
    {
        var programme = await world.InAsync((Db db) => db.ProgrammesFor(by, Right.Plan).SingleAsync(p => p.Code == Code));
        var draft = new ImportDraft
        {
            ProgrammeId = programme.Id,
            By = by.Actor,
            FileName = "plan.txt",
            FileHash = new('0', 64),
            CreatedAt = world.Clock.GetUtcNow(),
            ReadingMs = 1,
            Source = PlanPreview.Write(new Rectify.Reading.SourceDocument("plan.txt", Rectify.Reading.SourceFormat.Text, [], [])),
            Draft = PlanPreview.Write(new PlanDraft("Plan", items)),
        };
        await world.HaveAsync(draft);
        return draft.Id;
    }

    public static Task<int> ConfirmAsync(this World world, Guid preview, Access by, params PastStep[] steps) =>
        world.InAsync((ConfirmImport confirm) => confirm.RunAsync(preview, steps, keepAliases: false, by, Ct));

    /// <summary>The tasks that stand, by number.</summary>
    public static Task<List<Item>> TasksAsync(this World world) => world.InAsync((Db db) =>
        db.ItemsFor(Access.OfSystem(Setup), Right.Read).Where(item => item.Kind == ItemKind.Task && item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync());

    public static DraftItem ATask(int number, string problem, DateOnly? due = null, params DraftMeasure[] measures) => new()
    {
        Number = new($"{number}.", number, null, null, null, []),
        Problem = new(problem, []),
        Deadline = due is { } day ? new($"by {day:yyyy-MM-dd}", DeadlineKind.Fixed, null, day, null, []) : null,
        Units = [new("水利厅", DraftRole.Lead, [])],
        Measures = measures,
    };

    public static DraftMeasure AMeasure(string number, string text) => new(number, new(text, []), [], null, null, []);
}

/// <param name="By">What the person may do who runs the programme.</param>
internal sealed record Office(Access By, Unit Region, Unit Water, Unit Forest);
