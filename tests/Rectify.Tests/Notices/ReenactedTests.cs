using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Notices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>Closings that governments published, done again step by step: their ways, their days, and what is wrong with them.</summary>
public sealed class ReenactedTests
{
    // From the first step to the last before a notice, a day each.
    private const int StepDays = 12;

    [Fact]
    public async Task Closings_as_published_come_through_with_their_days_and_their_flaws_are_found()
    {
        var first = RealClosing.All[0].From.AddDays(-2 * StepDays);
        await using var world = await World.CreateAsync("sqlite", new(first.ToDateTime(new(1, 0)), TimeSpan.Zero));
        var items = new List<(RealClosing Real, RealItem Told, Item Item, List<Item> Parts)>();
        var closing = await Closing.HaveAsync(world, on: first, more: (programme, units, tree) =>
        {
            foreach (var (real, told) in RealClosing.All.SelectMany(real => real.Items, (real, told) => (real, told)))
            {
                var no = tree.Items.Count(item => item.Kind is ItemKind.Task) + 1;
                var task = Item.Create(programme.Id, null, ItemKind.Task, no, new($"第{no}项", no, told.Problem) { Goal = told.Goals, Deadline = real.Deadline });
                List<Item> parts =
                [
                    .. told.Measures.Select((one, i) => Item.Create(programme.Id, task, ItemKind.Measure, i + 1, new($"{i + 1}.", i + 1, one.Planned))),
                    .. told.Points.Select((one, i) => Item.Create(programme.Id, task, ItemKind.Point, i + 1, new($"{i + 1}.", i + 1, one.Place))),
                ];
                tree.Items.AddRange([task, .. parts]);
                tree.Units.Add(new() { ItemId = task.Id, UnitId = units[told.Unit].Id, Text = told.Unit, Role = Rectify.Grammar.DraftRole.Responsible, Order = tree.Units.Count });
                items.Add((real, told, task, parts));
            }
        });
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, new("公示", "The office", "0991-555 0101", "", "1 People's Road", "The site", true), 0, closing.People["office"], Ct));

        Assert.True(RealClosing.All.Count >= 12);
        foreach (var (i, real) in RealClosing.All.Index())
        {
            try
            {
                await EnactAsync(world, closing, real, i, [.. items.Where(one => one.Real == real).Select(one => (one.Told, one.Item, one.Parts))]);
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{real.Name}: {wrong.Message}", wrong);
            }
        }
    }

    private static async Task EnactAsync(World world, Closing closing, RealClosing real, int version, List<(RealItem Told, Item Item, List<Item> Parts)> items)
    {
        var preset = Closing.Preset(real.Preset);
        var procedure = preset with { Name = real.Name, Steps = [.. preset.Steps.Select(step => step.Kind is StepKind.Notice ? step with { Stands = real.Stands } : step)] };
        await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, procedure, real.Name, version, closing.People["office"], Ct));

        // What is closed by itself: the task, each of its measures, or each of its points.
        List<(RealItem Told, Item Item, string Result)> nodes = preset.Node is ClosingNode.Task
            ? items.ConvertAll(one => (one.Told, one.Item, one.Told.Result))
            : [.. items.SelectMany(one => one.Parts.Select((part, i) => (one.Told, part, one.Told.Points.Length > 0 ? one.Told.Points[i].Answer : one.Told.Result)))];
        Closing.Today(world, real.From.AddDays(-StepDays * nodes.Count));
        var closures = new List<Guid>();
        foreach (var (told, item, result) in nodes)
        {
            var by = told.Unit is "C2" ? "other" : "county";
            var id = await closing.BeginAsync(world, item.Id, by, preset.PerUnit ? told.Unit : null);
            await DeclareAsync(world, closing, id, real, told, result, by);
            await closing.GoAsync(world, id, "notice", by);
            closures.Add(id);
        }

        Assert.True(world.Clock.Today <= real.From, "Its steps took longer than there is time.");
        Closing.Today(world, real.From);
        Assert.All(await StatusesAsync(), status => Assert.Equal(preset.Steps.TakeWhile(step => step.Kind is not StepKind.Notice).Any(step => step.Kind is StepKind.Close), status is ItemStatus.Closed));
        var taker = closing.People[await closing.TakerAsync(world, await closing.CaseAsync(world, closures[0]))];
        var notice = await world.InAsync((DraftNotice draft) => draft.RunAsync(closures, taker, Ct));
        var doubts = await world.InAsync(async (IServiceProvider services) =>
            (await NoticeView.ReadAsync(services.GetRequiredService<Db>(), services.GetRequiredService<NoticeWork>(), world.Clock, taker, notice, Ct)).Doubts);
        Assert.Equal(real.Flaws.Order(), doubts.Select(doubt => doubt.Found.Rule).Distinct().Order());

        if (doubts.Count > 0)
        {
            Assert.Equal("notice.contradictions", (await Assert.ThrowsAsync<Refusal>(PublishAsync)).Code);
        }

        foreach (var doubt in doubts)
        {
            var now = await NoticeAsync();
            await world.InAsync((OverruleContradiction overrule) => overrule.RunAsync(notice, doubt.Part.ClosureId, doubt.Tag, "It was published like this.", now.Version, taker, Ct));
        }

        await PublishAsync();
        var published = await NoticeAsync();
        Assert.Equal(real.DaysDiffer, published.To != real.Last);
        Closing.Today(world, published.To!.Value);
        Assert.Equal(0, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        Closing.Today(world, published.To.Value.AddDays(1));
        Assert.Equal(1, await world.InAsync((EndNotices job) => job.RunAsync(Ct)));
        foreach (var id in closures)
        {
            await closing.GoAsync(world, id);
            Assert.Equal(ClosureState.Finished, (await closing.ClosureAsync(world, id)).State);
        }

        Assert.Equal(
            nodes.Select(node => node.Told.NotInvolved ? ItemStatus.NotInvolved : node.Item.Standing ? ItemStatus.Standing : ItemStatus.Closed), await StatusesAsync());

        async Task PublishAsync()
        {
            var now = await NoticeAsync();
            await world.InAsync((PublishNotice publish) => publish.RunAsync(notice, world.Clock.Today, "The site", now.Version, taker, Ct));
        }

        Task<PublicNotice> NoticeAsync() => world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.Id == notice, Ct));

        async Task<List<ItemStatus>> StatusesAsync()
        {
            var all = new List<ItemStatus>();
            foreach (var (_, item, _) in nodes)
            {
                all.Add((await closing.ViewAsync(world, item.Id)).Status);
            }

            return all;
        }
    }

    private static async Task DeclareAsync(World world, Closing closing, Guid id, RealClosing real, RealItem told, string result, string by)
    {
        var one = await closing.CaseAsync(world, id);
        var proof = await closing.ProofAsync(world, one.Item.Id, by: by);
        var on = real.Completed ?? world.Clock.Today.AddDays(-1);
        var declaration = Declaration.Empty.For(one.Item, one.Measures);
        await world.InAsync((SaveDeclaration save) => save.RunAsync(
            id,
            declaration with
            {
                Outcome = told.NotInvolved ? ClosureOutcome.NotInvolved : ClosureOutcome.PutRight,
                CompletedOn = on,
                Report = result,
                Measures = [.. declaration.Measures.Select((part, i) => part with { On = on, Result = told.Measures[i].Answer, Evidence = [proof] })],
                Goals = [.. declaration.Goals.Select(part => part with { On = on, Result = "目标已实现。", Evidence = [proof] })],
                Evidence = [proof],
            },
            one.Closure.Version, closing.People[by], Ct));
    }
}
