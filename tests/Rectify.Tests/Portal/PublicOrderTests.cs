using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Portal;
using Rectify.Tests.Charts;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>What stands on the public site, whatever was published and when: lists in the order of time, and figures that are the sums of their rows.</summary>
public sealed class PublicOrderTests
{
    private static readonly string[] Marks = ["", "ontrack", "overdue", "done", "closed", "standing", "na"];

    [Theory, EveryDatabase]
    public async Task Lists_go_by_time_page_by_page_and_figures_are_the_sums_of_what_is_published(string database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var told = await PublishAsync(world, seed);
            await world.InAsync(async (Db db) =>
            {
                var site = new PublicSite(db);
                var programme = await site.ProgrammeAsync($"r{seed}", Ct);
                Assert.Equal(told.OrderByDescending(one => one.ChangedAt).Select(one => one.ChangedAt), (await site.LatestAsync(programme, 100, Ct)).Select(one => one.ChangedAt));
                Assert.Equal(told.Max(one => one.ChangedAt), (await site.LatestAsync(programme, 1, Ct)).Single().ChangedAt);

                var shown = told.Where(one => one.State is PublicationState.Published).ToList();
                var closed = shown.Where(one => one.ClosedOn is not null).ToList();
                List<Publication> walked = [];
                for (var after = (string?)""; after is not null;)
                {
                    (var page, after) = await site.ClosuresAsync(programme, after, 2, Ct);
                    Assert.InRange(page.Count, 1, 2);
                    walked.AddRange(page);
                }

                Assert.Equal(closed.Select(one => one.ItemId).Order(), walked.Select(one => one.ItemId).Order()); // each once, though several were closed on one day
                Assert.Equal(closed.Select(one => one.ClosedOn).OrderDescending(), walked.Select(one => one.ClosedOn));

                var progress = await site.ProgressAsync(programme, Ct);
                bool Over(Publication one) => PublicSite.ClosedMarks.Contains(one.Status);
                Assert.Equal((shown.Count, shown.Count(Over), told.Max(one => one.ChangedAt)), (progress.All, progress.Closed, progress.On!.Value));
                Assert.Equal(shown.Where(one => one.Status.Length > 0).CountBy(one => one.Status).ToDictionary(), progress.States.ToDictionary(state => state.Name, state => state.All));
                Assert.Equal(progress.States.Select(state => state.All).OrderDescending(), progress.States.Select(state => state.All));
                Assert.Equal(
                    shown.SelectMany(one => one.Snapshot!.Units.Select(unit => (unit, one))).GroupBy(pair => pair.unit, pair => pair.one).Select(unit => new PublicCount(unit.Key, unit.Count(), unit.Count(Over)))
                        .OrderByDescending(unit => unit.All).ThenBy(unit => unit.Name, StringComparer.Ordinal),
                    progress.Units);
                Assert.Equal(
                    shown.Where(one => one.Aspect.Length > 0).GroupBy(one => one.Aspect).OrderBy(aspect => aspect.Min(one => one.SortKey), StringComparer.Ordinal).Select(aspect => new PublicCount(aspect.Key, aspect.Count(), aspect.Count(Over))),
                    progress.Aspects);

                // Each month's end counts what was closed by then, that very day included.
                var first = closed.Min(one => one.ClosedOn!.Value);
                var months = Enumerable.Range(0, 1_000).Select(n => new DateOnly(first.Year, first.Month, 1).AddMonths(n + 1).AddDays(-1)).TakeWhile(end => end.AddDays(1).AddMonths(-1) <= closed.Max(one => one.ClosedOn)).ToList();
                Assert.True(months.Count > 1, $"{seed}: {string.Join(' ', closed.Select(one => one.ClosedOn))}");
                Assert.Equal(months.Select(end => new PublicMonth(end, closed.Count(one => one.ClosedOn <= end))), progress.Months);
            });
        }
    }

    // Published in the plan's order or not, some corrected later, some withdrawn; half of what was closed was so on the last day of its month.
    private static async Task<List<Publication>> PublishAsync(World world, int seed)
    {
        var random = new Random(seed);
        var charted = await Charted.HaveAsync(world, seed, 24, $"r{seed}");
        var open = PublicProgramme.Create(charted.Programme.Id, charted.Programme.Code);
        open.Take(new(true, "Public"), world.Clock.NowMs);
        List<object> rows = [open];
        List<Publication> told = [];
        foreach (var task in charted.Tasks.Where(item => item.ParentId is null).OrderBy(_ => random.Next()))
        {
            var one = Publication.Create(charted.Programme.Id, task.Id, task.PublicId, At());
            for (var acts = random.Next(1, 4); acts > 0; acts--)
            {
                var mark = Marks[random.Next(Marks.Length)];
                var month = new DateOnly(2018, 1, 1).AddMonths(random.Next(9));
                PublicSnapshot snapshot = new()
                {
                    Fields = [],
                    Number = task.NumberText,
                    Title = task.Title,
                    Aspect = random.Next(4) == 0 ? "" : $"方面{task.AspectNo}",
                    Units = [.. new[] { "白石市", "水利厅", "雁湖市" }.Where(_ => random.Next(2) == 0)],
                    Status = mark,
                    ClosedOn = !PublicSite.ClosedMarks.Contains(mark) ? null : random.Next(2) == 0 ? month.AddMonths(1).AddDays(-1) : month.AddDays(random.Next(3)),
                };
                rows.Add(one.Publish(snapshot, "{}", text => text, task.SortKey, "", Setup, At(), world.Clock.Today));
            }

            if (random.Next(6) == 0)
            {
                rows.Add(one.Withdraw("by mistake", Setup, At(), world.Clock.Today));
            }

            rows.Add(one);
            rows.AddRange(one.Snapshot is { } shown ? shown.Units.Select((unit, i) => new PublicationUnit { PublicationId = one.Id, Name = unit, Order = i }) : []);
            told.Add(one);
        }

        await world.HaveAsync([.. rows]);
        return told;

        DateTimeOffset At() => world.Clock.NowMs.AddMinutes(random.Next(1_000_000));
    }
}
