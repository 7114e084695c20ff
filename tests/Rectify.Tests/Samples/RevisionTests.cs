using System.Text.Json;
using Rectify.Samples;

namespace Rectify.Tests.Samples;

public sealed class RevisionTests
{
    private static Revision Revision => SampleFiles.Data.Revision;

    [Fact]
    public void It_changes_the_tasks_it_names_and_no_other()
    {
        var plan = SampleFiles.Data.Plan;
        var revised = Revision.Apply(plan);

        Assert.Equal(
            Revision.Changes.Select(c => c.Task).Distinct(),
            plan.Tasks.Zip(revised.Tasks).Where(pair => Said(pair.First) != Said(pair.Second)).Select(pair => pair.First.Number));
        Assert.Equal(390, revised.Tasks.Sum(t => t.Measures.Count));
        Assert.Equal(new DateOnly(2018, 9, 30), revised.Tasks[5].Deadline.Date);
        Assert.Equal("每年9月底前", revised.Tasks[34].Measures[4].Deadline!.Text);
        Assert.Equal(["D09", "D05"], revised.Tasks[17].UnitsAs("cooperate"));
        Assert.Equal(["D13"], revised.Tasks[84].UnitsAs("supervise"));
    }

    [Fact]
    public void It_refuses_a_change_that_does_not_start_from_what_the_plan_says()
    {
        var change = Revision.Changes.First(c => c.Field is "goal");
        var wrong = Revision with { Changes = [change with { From = JsonSerializer.SerializeToElement("某项目标") }] };

        Assert.Throws<InvalidDataException>(() => wrong.Apply(SampleFiles.Data.Plan));
    }

    [Fact]
    public void Rejecting_its_tracked_changes_takes_back_just_those()
    {
        var accepted = SampleFiles.Paragraphs(MakeSamples.RevisedPlan);
        var rejected = SampleFiles.Paragraphs(MakeSamples.RevisedPlan, accepted: false);
        var published = SampleFiles.Paragraphs(MakeSamples.Plan);
        var goal = Revision.Changes.Single(c => c is { Tracked: true, Field: "goal" });
        var added = Revision.Changes.Single(c => c is { Tracked: true, Field: "measure" }).To.GetProperty("text").GetString()!;

        Assert.Equal([$"整改目标：{goal.To.GetString()}", added], accepted.Except(rejected));
        Assert.Equal([$"整改目标：{goal.From.GetString()}"], rejected.Except(accepted));
        Assert.Contains($"整改目标：{goal.From.GetString()}", published);
    }

    [Fact]
    public void A_moved_deadline_names_who_agreed_to_it() => Assert.All(
        Revision.Changes.Where(c => c.Field is "deadline"),
        change => Assert.True(change.Approval is { Number.Length: > 0 } approval && approval.Date < Revision.Document.Date));

    private static string Said(PlanTask task) => JsonSerializer.Serialize(task);
}
