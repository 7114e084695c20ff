using Rectify.Dispatch;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>The figures of a bulletin, computed from one round's record and nothing else.</summary>
public sealed record BulletinFigures
{
    /// <summary>Tasks counted once each.</summary>
    /// <param name="Done">Those that the programme counts as done, sent back ones among them.</param>
    /// <param name="Behind">Those not done that tick 未达序时进度.</param>
    public sealed record Sum(int All, int Done, int Closed, int OnSchedule, int Behind, int NotStarted, int Red)
    {
        /// <summary>Percent done, one decimal, half away from zero; <see langword="null"/> of nothing.</summary>
        public decimal? Share => Overview.ShareOf(Done, All);

        public int Open => All - Done;

        internal static Sum Of(IEnumerable<FrozenTask> tasks)
        {
            var list = tasks.ToList();
            int By(DispatchTick tick) => list.Count(task => task.Status.IsOpenAt(tick));
            return new(
                list.Count, list.Count(task => task.Status.IsDone), list.Count(task => task.Status.Tick is DispatchTick.Closed), By(DispatchTick.OnSchedule), By(DispatchTick.BehindSchedule),
                By(DispatchTick.NotStarted), list.Count(task => task.Light is Light.Red));
        }
    }

    /// <summary>A unit's line in the ranking.</summary>
    /// <param name="Place">1 for the highest share; units of equal shares have one place, and the next place counts them all.</param>
    /// <param name="Last">In the last round; <see langword="null"/> if there was none, or the unit had no task then.</param>
    public sealed record UnitLine(Guid Unit, string Name, string Path, int Place, Sum Now, Sum? Last)
    {
        /// <summary>Points of the share won or lost since the last round, of the shares as printed.</summary>
        public decimal? Change => Now.Share - Last?.Share;
    }

    public sealed record AspectLine(int? No, string Name, Sum Now);

    /// <summary>A return that came after the hour at which it was due.</summary>
    /// <param name="Days">After the due day; 0 for one that came on it, too late.</param>
    public sealed record LateReturn(Guid Return, string Unit, int Days);

    public required Sum Now { get; init; }

    /// <summary>The whole programme in the last round; <see langword="null"/> if there was none.</summary>
    public required Sum? Last { get; init; }

    /// <summary>Tasks done now that were not done in the last round; 0 if there was none.</summary>
    public required int NewlyDone { get; init; }

    /// <summary>Tasks done in the last round that are not done now: they came back.</summary>
    public required int FallenBack { get; init; }

    /// <summary>Statuses that occur, in their order.</summary>
    public required IReadOnlyList<(ItemStatus Status, int Count)> ByStatus { get; init; }

    /// <summary>In the aspects' order; tasks under none come last.</summary>
    public required IReadOnlyList<AspectLine> ByAspect { get; init; }

    /// <summary>By place, units of one place in the order of the tree. A task of several units counts for each of them.</summary>
    public required IReadOnlyList<UnitLine> ByUnit { get; init; }

    public required int Expected { get; init; }

    public required int InTime { get; init; }

    public required IReadOnlyList<LateReturn> Late { get; init; }

    public required IReadOnlyList<RoundRecord.Report> Missing { get; init; }

    /// <summary>Submitted, but not accepted: their figures do not count.</summary>
    public required IReadOnlyList<RoundRecord.Report> NotAccepted { get; init; }

    public required IReadOnlyList<FrozenTask> Red { get; init; }

    public required IReadOnlyList<RoundRecord.Correction> Corrections { get; init; }

    public static BulletinFigures Of(RoundRecord record)
    {
        var before = record.LastTasks.ToDictionary(task => task.ItemId, task => task.Status.IsDone);
        return new()
        {
            Now = Sum.Of(record.Tasks),
            Last = record.Last is null ? null : Sum.Of(record.LastTasks),
            NewlyDone = record.Tasks.Count(task => task.Status.IsDone && record.Last is not null && !before.GetValueOrDefault(task.ItemId)),
            FallenBack = record.Tasks.Count(task => !task.Status.IsDone && before.GetValueOrDefault(task.ItemId)),
            ByStatus = [.. record.Tasks.GroupBy(task => task.Status).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))],
            ByAspect =
            [
                .. from task in record.Tasks
                   group task by (task.AspectNo, task.Aspect) into aspect
                   orderby aspect.Key.AspectNo ?? int.MaxValue
                   select new AspectLine(aspect.Key.AspectNo, aspect.Key.Aspect, Sum.Of(aspect)),
            ],
            ByUnit = Rank(record),
            Expected = record.Returns.Count,
            InTime = record.Returns.Count(one => one is { SubmittedOn: not null, Late: false }),
            Late =
            [
                .. from one in record.Returns
                   where one.Late
                   select new LateReturn(one.Id, one.Name, one.SubmittedOn!.Value.DayNumber - record.Round.DueOn.DayNumber),
            ],
            Missing = [.. record.Returns.Where(one => one.SubmittedOn is null)],
            NotAccepted = [.. record.Returns.Where(one => one.SubmittedOn is not null && one.State is not ReturnState.Accepted)],
            Red = [.. record.Tasks.Where(task => task.Light is Light.Red)],
            Corrections = record.Corrections,
        };
    }

    private static List<UnitLine> Rank(RoundRecord record)
    {
        var before = Units(record.LastTasks).ToDictionary(unit => unit.Unit.Id, unit => Sum.Of(unit.Tasks));
        var sums = Units(record.Tasks).Select(unit => (unit.Unit, Now: Sum.Of(unit.Tasks))).ToList();
        return
        [
            .. from one in sums
               let place = 1 + sums.Count(other => IsAbove(other.Now, one.Now))
               orderby place, one.Unit.Path
               select new UnitLine(one.Unit.Id, one.Unit.Name, one.Unit.Path, place, one.Now, before.GetValueOrDefault(one.Unit.Id)),
        ];
    }

    // Shares are compared as fractions: two that only look alike when rounded do not share a place.
    private static bool IsAbove(Sum one, Sum other) => (long)one.Done * other.All > (long)other.Done * one.All;

    private static IEnumerable<(TaskUnit Unit, IEnumerable<FrozenTask> Tasks)> Units(IEnumerable<FrozenTask> tasks) =>
        from task in tasks
        from unit in task.Answering.DistinctBy(unit => unit.Id)
        group (unit, task) by unit.Id into own
        select (own.First().unit, own.Select(pair => pair.task));
}
