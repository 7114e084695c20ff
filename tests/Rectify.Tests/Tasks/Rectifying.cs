using Microsoft.Extensions.DependencyInjection;
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

/// <summary>A programme with one task: a county leads, a department accepts, an office runs it, another county looks on.</summary>
internal sealed class Rectifying
{
    public static readonly DateOnly Approved = new(2026, 1, 5);

    public required Guid Task { get; init; }

    public required Guid Measure { get; init; }

    public required Unit County { get; init; }

    public required Unit Department { get; init; }

    public required Access Office { get; init; }

    public required Access Reporter { get; init; }

    public required Access Acceptor { get; init; }

    public required Access Neighbour { get; init; }

    /// <summary>Someone of the county who also accepts there: the plan names the department.</summary>
    public required Access OwnAcceptor { get; init; }

    public static async Task<Rectifying> HaveAsync(World world)
    {
        var region = await world.HaveUnitAsync("R");
        var (county, other, department) = (
            await world.HaveUnitAsync("C1", region), await world.HaveUnitAsync("C2", region), await world.HaveUnitAsync("D1", region));
        var (office, reporter, acceptor, neighbour, own) = (
            await world.HaveAccountAsync(region, "office", Role.Office), await world.HaveAccountAsync(county, "reporter", Role.Responsible),
            await world.HaveAccountAsync(department, "acceptor", Role.Acceptor), await world.HaveAccountAsync(other, "neighbour", Role.Responsible),
            await world.HaveAccountAsync(county, "own", Role.Acceptor));
        var (task, measure) = await world.InAsync((IServiceProvider services) => HaveTaskAsync(services, region, county, department));
        async Task<Access> Of(Actor actor) => await world.InAsync((Db db) => Reader.AccessOf(db, actor, world.Clock.Today, Ct));
        return new()
        {
            Task = task,
            Measure = measure,
            County = county,
            Department = department,
            Office = await Of(office.Actor),
            Reporter = await Of(reporter.Actor),
            Acceptor = await Of(acceptor.Actor),
            Neighbour = await Of(neighbour.Actor),
            OwnAcceptor = await Of(own.Actor),
        };
    }

    /// <summary>Who may record the kind, other things being right.</summary>
    public Access For(FactKind kind) => FactFlow.RightFor(kind) switch
    {
        Right.Report => Reporter,
        Right.Accept => Acceptor,
        _ => Office,
    };

    /// <summary>Programme, task, measure and node, as one act of the system.</summary>
    public static async Task<(Guid Task, Guid Measure)> HaveTaskAsync(IServiceProvider services, Unit region, Unit lead, Unit acceptor)
    {
        var (db, clock) = (services.GetRequiredService<Db>(), services.GetRequiredService<TimeProvider>());
        var programme = Programme.Create("r1", new("Round one", region.Id));
        programme.Approve(Approved);
        var task = Item.Create(programme.Id, null, ItemKind.Task, 1, new("第一项", 1, "The lake is not clean.")
        {
            Goal = "The lake is clean.",
            Deadline = new("2026年6月底前", DeadlineKind.Fixed, null, new DateOnly(2026, 6, 30), null),
        });
        var measure = Item.Create(programme.Id, task, ItemKind.Measure, 1, new("1.", 1, "Build 9 plants."));
        measure.Measure("plants", "座", 0, 0, 9);
        var tree = new ItemTree();
        tree.Items.AddRange([task, measure]);
        tree.Units.AddRange(
        [
            new() { ItemId = task.Id, UnitId = lead.Id, Text = lead.Name, Role = DraftRole.Lead, Order = 0 },
            new() { ItemId = task.Id, UnitId = acceptor.Id, Text = "accepting body", Role = DraftRole.Accept, Order = 1 },
            new() { ItemId = measure.Id, UnitId = lead.Id, Text = lead.Name, Role = DraftRole.Responsible, Order = 0 },
        ]);
        tree.Milestones.Add(new() { ItemId = task.Id, No = 1, Text = "three plants run", Due = new(2026, 3, 31) });
        db.Add(programme);
        db.AddRange(tree.Items);
        db.AddRange(tree.Units);
        db.AddRange(tree.Milestones);
        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: true, Ct);
        await services.GetRequiredService<JournalWriter>().CommitAsync(
            new ItemCreated { Subject = task.Id, By = Setup, At = clock.NowMs, Item = JournalBytes.Text(task.PublicId), ItemKind = ItemKind.Task, Number = 1 }, Ct);
        return (task.Id, measure.Id);
    }
}
