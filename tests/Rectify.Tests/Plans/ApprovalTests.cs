using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;
using static Rectify.Tests.Plans.Imports;

namespace Rectify.Tests.Plans;

/// <summary>A plan is approved, or its margins change, while somebody records what happened to one of its items: each day keeps one status.</summary>
public sealed class ApprovalTests
{
    private static readonly Access System = Access.OfSystem(Setup);

    private static readonly StatedFact[] Begun = [new(FactKind.Started, new(2018, 3, 1))];

    [Theory, EveryDatabase]
    public async Task A_fact_reckoned_before_the_approval_is_refused_after_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (office, task) = await HaveReportedAsync(world);

        Refusal? refused = null;
        await world.InAsync(async (IServiceProvider services) =>
        {
            var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(task, Begun)], System, Setup, Ct);
            await ApproveAsync(world, office);
            refused = await Assert.ThrowsAsync<Refusal>(() => services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], Ct));
        });

        Assert.Equal(409, refused?.Status); // PostgreSQL meets the new span's key before the item's version
        await world.InAsync((RecordFacts record) => record.RunAsync(task, Begun, System, Ct));
        await CheckAsync(world);
    }

    [Theory, EveryDatabase]
    public async Task A_fact_reckoned_before_the_margins_changed_is_refused_after_it(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (office, task) = await HaveReportedAsync(world);
        await ApproveAsync(world, office);

        await world.InAsync(async (IServiceProvider services) =>
        {
            var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(task, Begun)], System, Setup, Ct);
            var programme = await world.InAsync((Db db) => db.ProgrammesFor(System, Right.Read).AsNoTracking().SingleAsync(Ct));
            await world.InAsync((ChangeRules change) => change.RunAsync(Code, programme.Version, programme.Rules with { RedAfterDays = programme.Rules.RedAfterDays + 1 }, office.By, Ct));
            Assert.Equal(409, (await Assert.ThrowsAsync<Refusal>(() => services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], Ct))).Status);
        });
        await CheckAsync(world);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_of_the_two_is_first_each_day_has_one_status(string database)
    {
        await using var world = await World.CreateAsync(database);
        var (office, task) = await HaveReportedAsync(world);
        async Task<bool> TryAsync(Func<Task> act)
        {
            try
            {
                await act();
                return true;
            }
            catch (Refusal no) when (no.Status == 409)
            {
                return false;
            }
        }

        var done = await Task.WhenAll(
            Task.Run(() => TryAsync(() => ApproveAsync(world, office))),
            Task.Run(() => TryAsync(() => world.InAsync((RecordFacts record) => record.RunAsync(task, Begun, System, Ct)))));

        Assert.Contains(true, done);
        await CheckAsync(world);
    }

    private static async Task<(Office Office, Guid Task)> HaveReportedAsync(World world)
    {
        var office = await world.HaveProgrammeAsync();
        await world.ConfirmAsync(
            await world.HavePreviewAsync(office.By, ATask(1, "waste water", new(2018, 6, 30), AMeasure("1.", "build")), ATask(2, "forest", new(2018, 6, 30))),
            office.By, new PastStep(PlanStep.Report, new(2018, 1, 8)));
        return (office, (await world.TasksAsync())[0].Id);
    }

    private static Task ApproveAsync(World world, Office office) =>
        world.InAsync((RecordPlanStep record) => record.RunAsync(Code, 1, new(PlanStep.Approve, new(2018, 2, 1)), office.By, Ct));

    // One span follows on another without gap or overlap, and they are what is computed anew.
    private static Task CheckAsync(World world) => world.InAsync(async (Db db) =>
    {
        var programme = await db.ProgrammesFor(System, Right.Read).SingleAsync(Ct);
        var stored = await db.StatusSpans().AsNoTracking().OrderBy(span => span.ItemId).ThenBy(span => span.From).ToListAsync(Ct);
        foreach (var spans in stored.GroupBy(span => span.ItemId))
        {
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        }

        await ItemDerivation.RefreshAllAsync(db, programme, Ct);
        Assert.DoesNotContain(db.ChangeTracker.Entries<StatusSpan>(), entry => entry.State is not EntityState.Unchanged);
    });
}
