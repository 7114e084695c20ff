using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rectify.Charts;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using Rectify.Wall;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Charts;

/// <summary>What a later version took out of the plan stands in every chart of the days before, and what it added does not.</summary>
public sealed class RemovedTaskTests
{
    private static readonly DateOnly Before = new(2026, 12, 31), Taken = new(2027, 3, 1), After = new(2027, 3, 31);

    // 1: White, done since November 2026. 2: Lake with White, a node of July 2026 missed, red since the end of August, taken out. 3: White, added on the day on which 2 was taken out. 4: Lake, done since August 2026, taken out.
    [Theory, EveryDatabase]
    public async Task A_task_stands_in_charts_lists_and_on_the_wall_on_the_days_on_which_it_stood_in_the_plan(string database)
    {
        await using var world = await World.CreateAsync(database);
        world.Clock.SetUtcNow(new(2026, 6, 1, 2, 0, 0, TimeSpan.Zero));
        var region = Unit.Create(new("R", "云岭自治区", UnitKind.Region), null);
        var (white, lake, works) = (Unit.Create(new("W", "白石市", UnitKind.Prefecture), region), Unit.Create(new("L", "雁湖市", UnitKind.Prefecture), region), Unit.Create(new("D", "水利厅", UnitKind.Department), region));
        await world.HaveAsync([region, white, lake, works]);
        var programme = Programme.Create("r1", new("第一轮督察整改", region.Id));
        programme.Approve(new(2026, 5, 1));
        var tree = new ItemTree();
        Item Task(int no, Unit lead, string due, DateOnly? addedOn = null)
        {
            var task = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, $"任务{no}")
            {
                AspectNo = 1,
                Deadline = new(due, DeadlineKind.Fixed, null, DateOnly.ParseExact(due, "yyyy-MM-dd", null), null),
            }, addedOn);
            tree.Items.Add(task);
            tree.Units.Add(new() { ItemId = task.Id, UnitId = lead.Id, Text = lead.ShortName, Role = DraftRole.Lead, Order = 0 });
            return task;
        }

        var (one, two, three, four) = (Task(1, white, "2026-12-31"), Task(2, lake, "2026-09-30"), Task(3, white, "2027-12-31", Taken), Task(4, lake, "2026-12-31"));
        tree.Units.Add(new() { ItemId = two.Id, UnitId = white.Id, Text = "白石市", Role = DraftRole.Cooperate, Order = 1 });
        var measure = Item.Create(programme.Id, two, ItemKind.Measure, 1, new("（一）", 1, "新建管网"));
        tree.Items.Add(measure);
        tree.Milestones.AddRange([new() { ItemId = two.Id, No = 1, Text = "管网贯通", Due = new(2026, 7, 31) }, new() { ItemId = measure.Id, No = 1, Text = "开工", Due = new(2026, 8, 15) }]);
        void Happened(Item task, FactKind kind, DateOnly on) => tree.Facts.Add(new() { ItemId = task.Id, Kind = kind, On = on, Sequence = tree.Facts.Count, RecordedAt = world.Clock.NowMs, RecordedBy = Setup });
        foreach (var task in new[] { one, two, four })
        {
            Happened(task, FactKind.Started, new(2026, 6, 1));
        }

        Happened(one, FactKind.Completed, new(2026, 11, 15));
        Happened(four, FactKind.Completed, new(2026, 8, 10));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            db.Add(programme);
            db.Add(new Aspect { ProgrammeId = programme.Id, Kind = AspectKind.Task, No = 1, Name = "方面1" });
            db.AddRange(tree.Items);
            db.AddRange(tree.Units);
            db.AddRange(tree.Milestones);
            db.AddRange(tree.Facts);
            await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(
                new ProgrammeCreated { Subject = programme.Id, By = Setup, At = world.Clock.NowMs, Code = "r1", Level = InspectionLevel.Central }, Ct);
        });
        await world.InAsync((SetSchedule set) => set.RunAsync(two.Id, new([new(Guid.CreateVersion7(), "A1", "施工", 20)]), "planned", 0, new(Setup, [new(Role.Office, region.Id, region.Path, true)]), Ct));
        world.Clock.SetUtcNow(new(2027, 4, 1, 2, 0, 0, TimeSpan.Zero));
        await world.InAsync(async (IServiceProvider services) =>
        {
            // As ApplyVersion does it.
            var db = services.GetRequiredService<Db>();
            var whole = await ItemTree.LoadAsync(db, await db.ItemsFor(SmallProgramme.Everyone, Right.Read).Where(item => item.ProgrammeId == programme.Id && item.ParentId == null).ToListAsync(Ct), Ct);
            whole.Items.Where(item => item.Id == two.Id || item.Id == measure.Id || item.Id == four.Id).ToList().ForEach(item => item.Remove(Taken));
            await ItemDerivation.RefreshAsync(db, programme, whole, isNew: false, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ItemRemoved { Subject = two.Id, By = Setup, At = world.Clock.NowMs, Item = JournalBytes.Text(two.PublicId) }, Ct);
        });

        var (top, town, water, dam) = (SmallProgramme.Everyone, OverviewTests.Only(white), OverviewTests.Only(lake), OverviewTests.Only(works));
        foreach (var (reader, on, tasks) in new (Access, DateOnly, int[])[]
        {
            (top, Before, [1, 2, 4]), (town, Before, [1, 2]), (water, Before, [2, 4]), (dam, Before, []),
            (top, Taken.AddDays(-1), [1, 2, 4]), (top, Taken, [1, 3]), (top, After, [1, 3]), (town, After, [1, 3]), (water, After, []), (dam, After, []),
        })
        {
            await world.InAsync(async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<Db>();
                var ask = Charted.Ask(db, reader, programme, on);
                var (has2, has4) = (tasks.Contains(2), tasks.Contains(4));
                string[] titles = [.. tasks.Select(no => $"任务{no}")];
                var closing = await CloseOutChart.ReadAsync(ask, Ct);
                Assert.Equal(titles, closing.Table.Rows.Take(tasks.Length).Select(row => row[1]));
                Assert.Equal(tasks.Length + 1, closing.Table.Rows.Count); // and the sum
                Assert.All(titles, title => Assert.Contains(closing.Draw(Sheet.A3), sheet => sheet.Labels.Any(label => label.Text == title)));
                var places = ((UnitsChart)await UnitsChart.OfPlacesAsync(ask, Ct)).Lines.ToDictionary(line => line.Name);
                Assert.Equal(
                    (tasks.Count(no => no != 4), has2 ? 1 : 0, tasks.Count(no => no is 2 or 4), has4 ? 1 : 0),
                    (places.GetValueOrDefault("白石市")?.All ?? 0, places.GetValueOrDefault("雁湖市")?.Red ?? 0, places.GetValueOrDefault("雁湖市")?.All ?? 0, places.GetValueOrDefault("雁湖市")?.Done ?? 0));
                var road = (RoadMapChart)await RoadMapChart.ReadAsync(ask, Ct);
                Assert.Equal(titles, road.Table.Rows.Select(row => row[1]).Distinct());
                Assert.Equal(has2 ? 2 : 0, road.Count(NodeState.Missed));
                Assert.Equal(has2 ? ["2026-07-31 任务2", "2026-08-15 任务2"] : [], ((NodesChart)await NodesChart.ReadAsync(ask with { Year = 2026 }, Ct)).Table.Rows.Select(row => $"{row[0]:yyyy-MM-dd} {row[3]}"));
                Assert.Equal(has2 ? ["任务2"] : [], (await GanttSheet.ReadAsync(ask, Ct)).Table.Rows.Select(row => row[1]));
                Assert.Equal(has2 ? ["任务2"] : [], (await GanttSheet.ReadAsync(ask with { Unit = lake.Id }, Ct)).Table.Rows.Select(row => row[1]));
                var burn = (BurnUpChart)await BurnUpChart.ReadAsync(ask, Ct);
                Assert.Equal((tasks.Count(no => no != 3), tasks.Count(no => no is 1 or 4)), (burn.Now.Due, burn.Now.Done));

                // Months before tell of what stood in them: White had a red light as long as task 2 stood, and Lake a task that was done.
                var (months, all) = (((HeatChart)await HeatChart.ReadAsync(ask, Ct)).Lines.ToDictionary(line => line.Name), (HeatChart)await HeatChart.ReadAsync(ask, Ct));
                if (months.TryGetValue("白石市", out var ofWhite))
                {
                    Assert.All(all.Days.Zip(ofWhite.Cells), month => Assert.Equal(month.First >= new DateOnly(2026, 8, 31) && month.First < Taken, month.Second.Worst is Light.Red));
                }

                if (reader == top && on == After)
                {
                    Assert.Equal([(new DateOnly(2026, 8, 31), 1), (new(2026, 11, 30), 2), (new(2027, 2, 28), 2), (After, 1)], burn.Points.Where(point => point.On.Month is 8 or 11 or 2 or 3 && point.On <= After).Where(point => point.On > new DateOnly(2026, 7, 1)).Select(point => (point.On, point.Done!.Value)));
                }

                var overview = await Overview.ReadAsync(db, reader, programme.Id, on, Ct);
                Assert.Equal((tasks.Length, has2 ? 1 : 0, tasks.Count(no => no is 1 or 4)), (overview.Tasks.Count, overview.Overdue.Count, overview.Done.Count));

                // Lists by every way through their indexes, with the same count.
                foreach (var filter in new ItemFilter[] { new(), new() { UnitId = lake.Id }, new() { Statuses = [ItemStatus.Overdue] }, new() { AspectNo = 1 }, new() { Lights = [Light.Red], UnitId = white.Id }, new() { DueTo = new(2027, 1, 1) } })
                {
                    var rows = (await ItemList.AllAsync(db, reader, programme.Id, filter, on, Ct)).ConvertAll(row => row.Id);
                    foreach (var few in new[] { 0, 1_000 })
                    {
                        var keys = new ItemKeys(db, reader, programme.Id, filter, on) { Few = few };
                        Assert.Equal(rows, (await keys.PageAsync(ItemQuery.Read(new Microsoft.AspNetCore.Http.DefaultHttpContext().Request.Query), 50, Ct)).Ids);
                        Assert.Equal(rows.Count, (await keys.CountAsync(Ct)).Count);
                    }
                }

                if (tasks.Length > 0)
                {
                    using var watch = new WallWatch(services.GetRequiredService<IServiceScopeFactory>(), world.Clock, null!, NullLogger<WallWatch>.Instance); // nobody listens
                    var wall = await new WallReading(db, watch).ReadAsync("r1", on, reader, Ct);
                    Assert.Equal(has2 ? [two.Id] : [], wall.Lights.Select(cell => cell.Id));
                    Assert.Equal(tasks.Length, wall.Cells.Count());
                }
            });
        }

        // Whoever could read it reads it still, and changes nothing of it.
        await world.InAsync(async (Db db) =>
        {
            Assert.NotNull(await ItemView.ReadAsync(db, water, two.Id, Before, Ct));
            Assert.Null(await ItemView.ReadAsync(db, dam, two.Id, Before, Ct));
            var clerk = new Access(Setup, [new(Role.Responsible, lake.Id, lake.Path, false)]);
            Assert.True(await db.ItemsFor(clerk, Right.Read).AnyAsync(item => item.Id == two.Id, Ct));
            Assert.False(await db.ItemsFor(clerk, Right.Report).AnyAsync(item => item.Id == two.Id, Ct));
        });
    }
}
