using System.Text.Json;
using CsCheck;
using Rectify.Forecast;

namespace Rectify.Tests.Forecast;

/// <summary>The method by itself, on made-up programmes whose future is known.</summary>
public sealed class ForecastModelTests
{
    private static readonly DateOnly Start = new(2020, 1, 1);

    /// <summary>A task with its whole future: what it gains month by month, from which all that is known on a day follows.</summary>
    private sealed record Whole(Guid Id, string Kind, DateOnly Begins, DateOnly Due, int[] Steps)
    {
        public DateOnly DoneOn
        {
            get
            {
                var (sum, month) = (0, 0);
                for (; sum < 100; month++)
                {
                    sum += Steps[month % Steps.Length];
                }

                // Within the month by how much of its step was needed.
                var last = Steps[(month - 1) % Steps.Length];
                return Begins.AddMonths(month - 1).AddDays(29 * (last - (sum - 100)) / last);
            }
        }

        public KnownTask On(DateOnly day)
        {
            List<(DateOnly, int)> progress = [];
            var sum = 0;
            for (var month = 0; Begins.AddMonths(month + 1).AddDays(-1) is var end && end <= day && end < DoneOn; month++)
            {
                progress.Add((end, sum = Math.Min(99, sum + Steps[month % Steps.Length])));
            }

            return new(Id) { Kind = Kind, StartedOn = Begins <= day ? Begins : null, DueOn = Due, DoneOn = DoneOn <= day ? DoneOn : null, Progress = progress, Percent = progress.Count > 0 ? sum : null };
        }
    }

    // A deadline is set by how much there is to do; who then works, and how fast, is chance. About half are in time: elsewhere the voice that does not know keeps what is said milder than the truth.
    private static readonly Gen<Whole> AnyTask =
        from begins in Gen.Int[0, 12]
        from length in Gen.Int[4, 16]
        from kind in Gen.Int[0, 2].Select(i => $"kind {i}")
        from steps in Gen.Frequency((1, Gen.Const(0)), (3, Gen.Int[72 / length, 216 / length])).Array[60].Where(steps => steps.Sum() > 0)
        from id in Gen.Guid
        select new Whole(id, kind, Start.AddMonths(begins), Start.AddMonths(begins + length).AddDays(-1), steps);

    private static readonly Gen<Whole[]> AnyProgramme = AnyTask.Array[60];

    [Fact]
    public void What_it_says_keeps_its_order_is_the_same_each_time_and_never_falls_with_more_progress() =>
        Gen.Select(AnyProgramme, Gen.Int[4, 24], Gen.Int[1, 40]).Sample(
            (programme, months, more) =>
            {
                var on = Start.AddMonths(months).AddDays(4);
                var known = programme.Select(one => one.On(on)).ToList();
                foreach (var task in known.Where(one => one.DoneOn is null).Take(12))
                {
                    var (of, because) = ForecastModel.Of(task, known, on);
                    if (of is null)
                    {
                        Assert.Equal(NoForecast.TooFew, because);
                        Assert.True(known.Count(one => one.DoneOn is not null && one.Id != task.Id) < ForecastModel.FewestEnded);
                        continue;
                    }

                    Assert.InRange(of.Chance, 0, 1);
                    Assert.True(!(of.Early > of.Likely) && !(of.Likely > of.Late), $"{of.Early} {of.Likely} {of.Late}");
                    Assert.True(of.Early is null || of.Early > on); // it is open
                    Assert.True(of.Likely is not null || of.Late is null);
                    Assert.Equal(JsonSerializer.Serialize(of), JsonSerializer.Serialize(ForecastModel.Of(task, [.. known.AsEnumerable().Reverse()], on).Forecast));
                    Assert.Equal(of.Chance, ForecastModel.Of(task, known, on, chanceOnly: true).Forecast!.Chance, 9);
                    if (task.Due() <= on)
                    {
                        Assert.Equal(0, of.Chance);
                    }

                    if (task.Progress is [.., var last])
                    {
                        var ahead = Math.Min(99, last.Percent + more);
                        var further = task with { Progress = [.. task.Progress.SkipLast(1), (last.On, ahead)], Percent = ahead };
                        Assert.True(ForecastModel.Of(further, known, on).Forecast!.Chance >= of.Chance - 1e-9);
                    }
                }
            }, iter: 30);

    /// <summary>Where the future comes from a process that the method can know, what it says is what happens.</summary>
    [Fact]
    public void On_made_up_programmes_what_was_said_comes_true_as_often_as_was_said()
    {
        var now = Start.AddMonths(40);
        var cases = AnyProgramme.Array[6].Generate(new PCG(1, 20260301), null, out _).SelectMany(programme =>
        {
            var whole = programme.DistinctBy(one => one.Id).ToDictionary(one => one.Id);
            return Calibration.Replay(
                Enumerable.Range(3, 26).Select(month => Start.AddMonths(month).AddDays(4)), now, day => [.. whole.Values.Select(one => one.On(day))], (id, day) => whole[id].DoneOn <= day).Cases;
        }).ToList();
        var all = new Calibration(cases) { Waiting = 0 };

        Assert.True(cases.Count > 1_000, $"{cases.Count} cases");
        Assert.True(Math.Abs(all.Cases.Average(one => one.Chance) - ((double)all.Met / cases.Count)) <= 0.08, $"said {all.Cases.Average(one => one.Chance):0.000}, happened {(double)all.Met / cases.Count:0.000}");

        // The voice that does not know draws towards one half: what is said may be milder than the truth by some twenty points, and is not bolder by more than ten.
        Assert.All(all.Table.Where(line => line.Cases >= 100), line =>
        {
            var bolder = line.Said < 0.5 ? line.Share!.Value - line.Said!.Value : line.Said!.Value - line.Share!.Value;
            Assert.True(bolder is >= -0.2 and <= 0.1, $"said {line.Said:0.00}, happened {line.Share:0.00} of {line.Cases}");
        });
        Assert.True(all.Brier < 0.9 * all.BrierAfterwards, $"{all.Brier:0.000} beside {all.BrierAfterwards:0.000}");
    }

    [Fact]
    public void Too_few_cases_are_said_to_be_too_few()
    {
        var some = Enumerable.Range(0, 40).Select(i => new PastForecast(new Guid(i % 9, 0, 0, new byte[8]), Start, 0.7, 0.5, i % 3 > 0)).ToList();

        Assert.False(new Calibration([]) { Waiting = 3 }.IsEnough);
        Assert.Null(new Calibration([]) { Waiting = 3 }.Brier);
        Assert.False(new Calibration(some) { Waiting = 0 }.IsEnough); // forty cases of nine tasks
        Assert.Equal(40, new Calibration(some) { Waiting = 0 }.Table.Single(line => line.Cases > 0).Cases);
    }
}

file static class KnownTasks
{
    extension(KnownTask task)
    {
        public DateOnly Due() => task.DueOn!.Value;
    }
}
