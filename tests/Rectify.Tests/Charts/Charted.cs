using Microsoft.Extensions.DependencyInjection;
using Rectify.Charts;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>A programme of some tasks, units, nodes and facts by chance. Approved on 1 May 2018; what happens, happens until the end of 2019.</summary>
internal sealed class Charted
{
    private static readonly FactKind[] Way =
    [
        FactKind.Started, FactKind.Completed, FactKind.Applied, FactKind.AcceptanceStarted, FactKind.Accepted, FactKind.SentForSignature, FactKind.NoticeOpened, FactKind.NoticeEnded, FactKind.SignedOff, FactKind.Closed,
    ];

    public required Programme Programme { get; init; }

    public required IReadOnlyList<Unit> Units { get; init; }

    public required IReadOnlyList<Item> Tasks { get; init; }

    public required IReadOnlyList<ItemFact> Facts { get; init; }

    /// <summary>The deadline that a task had on a day: that of the last change decided until then, or else the plan's.</summary>
    public DateOnly? DueOn(Guid task, DateOnly on) => Facts.Where(fact => fact.ItemId == task && fact.Kind is FactKind.DeadlineChanged && fact.On <= on).OrderBy(fact => fact.On).LastOrDefault()?.To
        ?? Tasks.Single(one => one.Id == task).DeadlineDate;

    public static async Task<Charted> HaveAsync(World world, int seed, int count, string code = "r1")
    {
        var random = new Random(seed);
        var region = Unit.Create(new($"{code}-R", $"云岭自治区{code}", UnitKind.Region), null);
        List<Unit> units =
        [
            .. new[] { ("白石市", UnitKind.Prefecture), ("雁湖市", UnitKind.Prefecture), ("水利厅", UnitKind.Department), ("云岭能源集团", UnitKind.StateEnterprise), ("北原州", UnitKind.Prefecture), ("南岭县", UnitKind.County), ("河东师", UnitKind.CorpsDivision), ("东山园区", UnitKind.Park) }
                .Select((one, i) => Unit.Create(new($"{code}-{i}", one.Item1 + code, one.Item2, one.Item1), region)),
        ];
        await world.HaveAsync([region, .. units]);
        var programme = Programme.Create(code, new("第一轮督察整改", region.Id));
        programme.Approve(new(2018, 5, 1));
        var tree = new ItemTree();
        for (var i = 0; i < count; i++)
        {
            var due = random.Next(8) == 0 ? (DateOnly?)null : new DateOnly(2018, 6, 30).AddMonths(random.Next(30));
            var task = Item.Create(programme.Id, null, ItemKind.Task, i + 1, new($"第{i + 1}项", i + 1, $"{units[random.Next(units.Count)].ShortName}污水处理厂长期超标排放问题突出")
            {
                Goal = "达标",
                AspectNo = random.Next(1, 4),
                Deadline = due is { } day ? new($"{day:yyyy-MM-dd}", random.Next(5) == 0 ? DeadlineKind.FixedStanding : DeadlineKind.Fixed, null, day, null) : new("立行立改", DeadlineKind.Immediate, null, null, null),
            });
            tree.Items.Add(task);
            var answering = units.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
            tree.Units.AddRange(answering.Select((unit, n) => new ItemUnit { ItemId = task.Id, UnitId = unit.Id, Text = unit.ShortName, Role = n == 0 ? DraftRole.Lead : random.Next(2) == 0 ? DraftRole.Cooperate : DraftRole.Responsible, Order = n }));
            for (var no = 1; no <= random.Next(4); no++)
            {
                tree.Milestones.Add(new() { ItemId = task.Id, No = no, Text = $"完成第{no}阶段管网改造", Due = new DateOnly(2018, 5, 31).AddDays(random.Next(700)) });
            }

            Happens(world, random, tree, task);
            Postponed(world, i, tree, task);
            if (i % 3 == 0)
            {
                HavePart(world, random, tree, programme, task, units);
            }
        }

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.AddRange(Enumerable.Range(1, 3).Select(no => new Aspect { ProgrammeId = programme.Id, Kind = AspectKind.Task, No = no, Name = $"方面{no}" }));
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            db.AddRange(tree.Milestones);
            db.AddRange(tree.Facts);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.NowMs, Code = code, Level = InspectionLevel.Central }, Ct);
        });
        return new() { Programme = programme, Units = units, Tasks = tree.Items, Facts = tree.Facts };
    }

    /// <summary>Gives every other task a schedule as of today, some of them too long for their deadline.</summary>
    /// <returns>The tasks that have one, in the plan's order.</returns>
    public async Task<List<Item>> PlanAsync(World world)
    {
        var by = new Access(Setup, [new(Role.Office, Programme.RegionId, "", true)]);
        List<Item> planned = [.. Tasks.Where(item => item.Kind is ItemKind.Task).OrderBy(item => item.SortKey, StringComparer.Ordinal).Where((_, i) => i % 2 == 0)];
        foreach (var (i, task) in planned.Index())
        {
            await world.InAsync((SetSchedule set) => set.RunAsync(
                task.Id, new([new(Guid.CreateVersion7(), "A1", "设计", 10 + i), new(Guid.CreateVersion7(), "B1", "施工", 30 * (i + 1)) { After = "A1" }, new(Guid.CreateVersion7(), "C1", "验收", 0) { After = "B1" }]), "planned", 0, by, Ct));
        }

        return planned;
    }

    public static ChartAsk Ask(Db db, Access reader, Programme programme, DateOnly on, Language? language = null) => new(db, reader, programme, on, new(2026, 3, 2), Words.In(language ?? Language.Default));

    // A measure with a point, each with a node, one of them led by a unit of its own; by chance they were reached or done.
    private static void HavePart(World world, Random random, ItemTree tree, Programme programme, Item task, List<Unit> units)
    {
        var measure = Item.Create(programme.Id, task, ItemKind.Measure, 1, new("（一）", 1, "新建管网"));
        var point = Item.Create(programme.Id, measure, ItemKind.Point, 1, new("1.", 1, "东区泵站"));
        tree.Items.AddRange([measure, point]);
        var unit = units[random.Next(units.Count)];
        tree.Units.Add(new() { ItemId = point.Id, UnitId = unit.Id, Text = unit.ShortName, Role = DraftRole.Lead, Order = 0 });
        foreach (var part in new[] { measure, point })
        {
            tree.Milestones.Add(new() { ItemId = part.Id, No = 1, Text = "管网贯通", Due = new DateOnly(2018, 5, 31).AddDays(random.Next(700)) });
            if (random.Next(3) is > 0 and var kind)
            {
                tree.Facts.Add(new() { ItemId = part.Id, Kind = kind == 1 ? FactKind.MilestoneReached : FactKind.Completed, On = new DateOnly(2018, 7, 1).AddDays(random.Next(400)), Sequence = 1, No = kind == 1 ? 1 : null, RecordedAt = world.Clock.NowMs, RecordedBy = Setup });
            }
        }
    }

    // Every third dated task was given more time, every sixth twice: the second time some of it was taken back.
    private static void Postponed(World world, int place, ItemTree tree, Item task)
    {
        if (place % 3 != 1 || task.DeadlineDate is not { } due)
        {
            return;
        }

        foreach (var (no, on, days) in new[] { (1, new DateOnly(2018, 8, 1).AddDays(place * 20), 200), (2, new DateOnly(2019, 4, 20), 90) }.Take(place % 2 + 1))
        {
            tree.Facts.Add(new() { ItemId = task.Id, Kind = FactKind.DeadlineChanged, On = on, To = due.AddDays(days), Sequence = 100 + no, RecordedAt = world.Clock.NowMs, RecordedBy = Setup });
            task.MoveDeadline(due.AddDays(days));
        }
    }

    // Some way along the usual order, now and then sent back or taken up again.
    private static void Happens(World world, Random random, ItemTree tree, Item task)
    {
        var (on, sequence) = (new DateOnly(2018, 5, 2).AddDays(random.Next(200)), 0);
        void Fact(FactKind kind, int? no = null) => tree.Facts.Add(new() { ItemId = task.Id, Kind = kind, On = on = on.AddDays(random.Next(40)), Sequence = ++sequence, No = no, RecordedAt = world.Clock.NowMs, RecordedBy = Setup });
        foreach (var node in tree.Milestones.Where(node => node.ItemId == task.Id && random.Next(2) == 0))
        {
            Fact(FactKind.MilestoneReached, node.No);
        }

        foreach (var kind in Way.Take(random.Next(Way.Length + 1)))
        {
            Fact(kind);
        }

        if (sequence > 5 && random.Next(3) == 0)
        {
            Fact(tree.Facts[^1].Kind is FactKind.Closed ? FactKind.Reopened : FactKind.Returned);
        }
    }
}
