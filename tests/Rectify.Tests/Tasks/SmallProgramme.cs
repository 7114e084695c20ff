using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

/// <summary>A made-up programme that is small enough to count by hand: seven tasks of three units under two aspects.</summary>
/// <remarks>
/// As of 1 March 2019: 1 closed; 2 declared complete; 3 overdue since the end of 2018; 4 to 6 not begun, due in 2019, 2020 and
/// never; 7 closed with a lasting duty. Tasks 1 to 4 stand under aspect 1. The plan was approved on 1 May 2018.
/// </remarks>
internal sealed class SmallProgramme
{
    public static readonly DateOnly On = new(2019, 3, 1);

    public required Unit Region { get; init; }

    public required Unit Town { get; init; }

    public required Unit Lake { get; init; }

    public required Unit Office { get; init; }

    public required Programme Programme { get; init; }

    public required IReadOnlyList<Item> Tasks { get; init; }

    public static Access Everyone { get; } = Access.OfSystem(Actor.System("tests"));

    /// <summary>Makes the programme by the acts that people use; units and items are put as the tests' own.</summary>
    public static async Task<SmallProgramme> MakeAsync(World world, string code = "small")
    {
        var region = await UnitAsync(world, code + "-R", UnitKind.Region, null);
        var small = new SmallProgramme
        {
            Region = region,
            Town = await UnitAsync(world, code + "-T", UnitKind.Prefecture, region),
            Lake = await UnitAsync(world, code + "-L", UnitKind.Prefecture, region),
            Office = await UnitAsync(world, code + "-O", UnitKind.Department, region),
            Programme = Programme.Create(code, new($"Programme {code}", region.Id)),
            Tasks = [],
        };
        small.Programme.Approve(new(2018, 5, 1));
        var tree = new ItemTree();
        tree.Items.AddRange(
        [
            small.Task(1, "污水处理厂不能稳定达标", "2018-06-30", aspect: 1),
            small.Task(2, "城镇垃圾填埋场超负荷", "2018-12-31", aspect: 1),
            small.Task(3, "湖滨违规建设", "2018-12-31", aspect: 1),
            small.Task(4, "污水管网不配套", "2019-12-31", aspect: 1),
            small.Task(5, "砂石料场扬尘", "2020-12-31", aspect: 2),
            small.Task(6, "环境监测能力不足", null, aspect: 2),
            small.Task(7, "党政同责落实不力", "2018-06-30", aspect: 2, standing: true),
        ]);
        var measure = Item.Create(small.Programme.Id, tree.Items[4], ItemKind.Measure, 1, new("", null, "对料场周边居民逐户走访"));
        tree.Items.Add(measure);
        tree.Units.AddRange(
        [
            Part(tree.Items[0], small.Town, DraftRole.Lead), Part(tree.Items[0], small.Office, DraftRole.Cooperate),
            Part(tree.Items[1], small.Town, DraftRole.Lead), Part(tree.Items[2], small.Lake, DraftRole.Lead),
            Part(tree.Items[3], small.Lake, DraftRole.Lead), Part(tree.Items[3], small.Office, DraftRole.Supervise),
            Part(tree.Items[4], small.Town, DraftRole.Lead), Part(tree.Items[5], small.Office, DraftRole.Lead),
            Part(tree.Items[6], small.Office, DraftRole.Responsible),
        ]);
        tree.Milestones.Add(new() { ItemId = tree.Items[2].Id, No = 1, Text = "拆除违建", Due = new(2018, 9, 30) });
        tree.Milestones.Add(new() { ItemId = tree.Items[3].Id, No = 1, Text = "开工", Due = new(2019, 6, 30) });
        foreach (var (task, kinds) in new (int, FactKind[])[]
        {
            (0, [FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed]), (1, [FactKind.Completed]),
            (6, [FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed]),
        })
        {
            tree.Facts.AddRange(kinds.Select((kind, i) => new ItemFact
            {
                ItemId = tree.Items[task].Id,
                Kind = kind,
                On = new DateOnly(2018, 6, 1).AddDays(i),
                Sequence = i + 1,
                RecordedAt = world.Clock.NowMs,
                RecordedBy = People.Setup,
            }));
        }

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = (Db)services.GetService(typeof(Db))!;
            db.Add(small.Programme);
            foreach (var (i, name) in new[] { "水和大气", "责任落实" }.Index())
            {
                db.Add(new Aspect { ProgrammeId = small.Programme.Id, Kind = AspectKind.Task, No = i + 1, Name = name });
            }

            foreach (var no in Enumerable.Range(1, 4))
            {
                db.Add(new Aspect { ProgrammeId = small.Programme.Id, Kind = AspectKind.Finding, No = no, Name = $"问题{no}" });
                db.Add(new Aspect { ProgrammeId = small.Programme.Id, Kind = AspectKind.Advice, No = no, Name = $"建议{no}" });
            }

            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            db.AddRange(tree.Milestones);
            db.AddRange(tree.Facts);
            await ItemDerivation.RefreshAsync(db, small.Programme, tree, isNew: true, Ct);
            await ((JournalWriter)services.GetService(typeof(JournalWriter))!).CommitAsync(
                new ProgrammeCreated { Subject = small.Programme.Id, By = Setup, At = world.Clock.NowMs, Code = code, Level = InspectionLevel.Central }, Ct);
        });
        return new()
        {
            Region = small.Region,
            Town = small.Town,
            Lake = small.Lake,
            Office = small.Office,
            Programme = small.Programme,
            Tasks = tree.Items[..7],
        };
    }

    private static async Task<Unit> UnitAsync(World world, string code, UnitKind kind, Unit? parent)
    {
        var unit = Unit.Create(new UnitDetails(code, $"Unit {code}", kind), parent);
        await world.HaveAsync(unit);
        return unit;
    }

    private Item Task(int number, string text, string? due, int aspect, bool standing = false) => Item.Create(Programme.Id, null, ItemKind.Task, number, new($"第{number}项", number, text)
    {
        Goal = $"目标{number}",
        AspectNo = aspect,
        Deadline = due is null
            ? new("立行立改", DeadlineKind.Immediate, null, null, null)
            : new(due, standing ? DeadlineKind.FixedStanding : DeadlineKind.Fixed, null, DateOnly.ParseExact(due, "yyyy-MM-dd", null), null),
    });

    private static ItemUnit Part(Item item, Unit unit, DraftRole role) =>
        new() { ItemId = item.Id, UnitId = unit.Id, Text = unit.ShortName, Role = role, Order = role is DraftRole.Lead ? 0 : 1 };
}
