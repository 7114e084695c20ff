using System.Text.Json;
using Rectify.Samples;

namespace Rectify.Tests.Samples;

/// <summary>What holds of the sample programme from its data alone; the product must come to the same figures.</summary>
public sealed class SampleDataTests
{
    private static readonly DateOnly AsOf = new(2019, 3, 31);

    private static Plan Plan => SampleFiles.Data.Plan;

    [Fact]
    public void It_has_94_tasks_numbered_without_a_gap_in_five_aspects_and_389_measures()
    {
        Assert.Equal(Enumerable.Range(1, 94), Plan.Tasks.Select(t => t.Number));
        Assert.Equal([1, 2, 3, 4, 5], Plan.Tasks.Select(t => t.Aspect).Distinct());
        Assert.Equal(389, Plan.Tasks.Sum(t => t.Measures.Count));
        Assert.All(Plan.Tasks, t => Assert.Equal(Enumerable.Range(1, t.Measures.Count), t.Measures.Select(m => m.No)));
    }

    [Theory, InlineData("prefecture", 11), InlineData("department", 11), InlineData("soe", 1)]
    public void So_many_units_of_a_kind_are_responsible(string kind, int units) => Assert.Equal(
        units,
        Plan.Tasks.SelectMany(t => t.UnitsAs("lead").Concat(t.UnitsAs("cooperate"))).Distinct()
            .Count(id => SampleFiles.Data.Units.Single(u => u.Id == id).Kind == kind));

    [Fact]
    public void Nobody_accepts_what_they_rectify() => Assert.All(Plan.Tasks, task =>
        Assert.Empty(task.UnitsAs("accept").Intersect(task.UnitsAs("lead").Concat(task.UnitsAs("cooperate")))));

    [Fact]
    public void By_the_end_of_March_2019_55_tasks_or_58_5_percent_are_completed()
    {
        using var history = JsonDocument.Parse(File.ReadAllText(Path.Combine(SampleFiles.Folder, "data/history.json")));
        var completed = history.RootElement.GetProperty("tasks").EnumerateArray()
            .Select(task => task.GetProperty("completed_on"))
            .Count(day => day.ValueKind is JsonValueKind.String && DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd") <= AsOf);

        Assert.Equal(55, completed);
        Assert.Equal(58.5m, Math.Round(completed * 100m / Plan.Tasks.Count, 1, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public void Four_aspects_of_problems_were_found_and_five_pieces_of_advice_given() =>
        Assert.Equal((4, 5), (Plan.Programme.ProblemAspects.Count, Plan.Programme.AdviceAspects.Count));

    [Fact]
    public void The_preface_tells_the_same_numbers()
    {
        var text = string.Concat(SampleFiles.Paragraphs(MakeSamples.Plan));
        var staged = Plan.Tasks.Count(t => t.Milestones.Count > 0);
        int Plain(params string[] kinds) => Plan.Tasks.Count(t => t.Milestones.Count is 0 && kinds.Contains(t.Deadline.Kind));

        Assert.Contains("五个方面94项整改任务、389条整改措施，由11个地（州、市）、11个自治区部门和1个国有企业集团承担", text);
        Assert.Contains(
            $"明确完成时限的{Plain("fixed")}项，立行立改的{Plain("immediate")}项，分阶段实施的{staged}项，"
            + $"需要长期坚持的{Plain("immediate_standing", "fixed_standing")}项", text);
        Assert.All(Plan.Programme.ProblemAspects.Concat(Plan.Programme.AdviceAspects), aspect => Assert.Contains(aspect, text));
    }

    [Fact]
    public void No_spelling_stands_for_two_units()
    {
        var spellings = SampleFiles.Data.Units.SelectMany(u => u.Spellings.Distinct()).ToList();
        Assert.Equal(spellings.Distinct(), spellings);
    }
}
