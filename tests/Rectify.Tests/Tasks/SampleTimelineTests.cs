using Rectify.Calendars;
using Rectify.Tasks.Timeline;

namespace Rectify.Tests.Tasks;

/// <summary>The history of the sample programme, whose figures were reckoned independently, comes out of the engine.</summary>
public sealed class SampleTimelineTests
{
    [Fact]
    public void Every_progress_entry_has_the_status_that_the_sample_states()
    {
        var entries = 0;
        foreach (var (number, input, stated) in SampleItems.All)
        {
            var spans = ItemTimeline.Compute(input);
            foreach (var entry in stated)
            {
                Assert.Equal((number, entry.Round, StatusOf(entry.Status)), (number, entry.Round, spans.On(entry.On).Status));
                entries++;
            }
        }

        Assert.Equal(1150, entries);
    }

    [Fact]
    public void Every_progress_entry_has_the_percentages_that_the_sample_states() => Assert.All(SampleItems.All, item =>
        Assert.All(item.Entries, entry => Assert.Equal(
            (entry.Round, entry.Percent, entry.Expected),
            (entry.Round, Progress.PercentOn(item.Input, entry.On), Progress.ExpectedOn(item.Input, entry.On)))));

    [Fact]
    public void On_31_March_2019_fifty_five_tasks_are_complete_and_the_late_ones_are_red()
    {
        var day = new DateOnly(2019, 3, 31);

        var spans = SampleItems.All.ToDictionary(item => item.Number, item => ItemTimeline.Compute(item.Input).On(day));

        // One of them was sent back by those who accept: declared complete, it has a light again.
        Assert.Equal(55, spans.Values.Count(span => span.Light is Light.None || span.Status is ItemStatus.Returned));
        Assert.Equal([73], from span in spans where span.Value.Status is ItemStatus.Returned select span.Key);
        Assert.Equal([28, 44, 74, 75, 86, 92], from span in spans where span.Value.Status is ItemStatus.Overdue select span.Key);
        Assert.All(spans.Values.Where(span => span.Status is ItemStatus.Overdue), span => Assert.Equal(Light.Red, span.Light));
        Assert.All(spans.Values.Where(span => span.Status is ItemStatus.Behind), span => Assert.NotEqual(Light.Green, span.Light));
    }

    [Fact]
    public void Every_notice_lasts_five_working_days()
    {
        var notices =
            from item in SampleItems.All
            from opened in item.Input.Facts
            where opened.Kind is FactKind.NoticeOpened
            let ended = item.Input.Facts.First(fact => fact.Kind is FactKind.NoticeEnded && fact.On >= opened.On)
            select (opened, ended);

        Assert.NotEmpty(notices);
        Assert.All(notices, notice => Assert.Equal(
            notice.ended.On, WorkingCalendar.StateCouncil.AddWorkingDays(notice.opened.On, 5, firstDayCounts: true)));
    }

    private static ItemStatus StatusOf(string word) => word switch
    {
        "not_started" => ItemStatus.NotStarted,
        "on_schedule" => ItemStatus.OnTrack,
        "ahead" => ItemStatus.Ahead,
        "behind" => ItemStatus.Behind,
        "overdue" => ItemStatus.Overdue,
        "completed" => ItemStatus.Done,
        "applied" or "accepted" => ItemStatus.Accept,
        "returned" => ItemStatus.Returned,
        "in_notice" => ItemStatus.Notice,
        "closed" => ItemStatus.Closed,
        "closed_standing" => ItemStatus.Standing,
        "reopened" => ItemStatus.Reopened,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };
}
