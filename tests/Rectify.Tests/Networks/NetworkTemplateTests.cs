using CsCheck;
using Rectify.Calendars;
using Rectify.Networks;
using Rectify.Platform;

namespace Rectify.Tests.Networks;

public sealed class NetworkTemplateTests
{
    [Fact]
    public void Every_template_is_a_network_whose_last_node_waits_for_all_of_it()
    {
        Assert.Equal(["demolition", "dust", "institution", "landfill", "mine", "sewage", "wells"], NetworkTemplate.All.Select(template => template.Key));
        Assert.All(NetworkTemplate.All, template =>
        {
            var ids = template.Entries.ToDictionary(entry => entry.Code, _ => Guid.NewGuid());
            var pattern = new WorkPattern(WorkingCalendar.StateCouncil);
            var plan = Timetable.Of(
                new(
                    template.Entries.Select(entry => new Activity { Id = ids[entry.Code], Title = entry.Chinese, Days = entry.Days, Pattern = pattern }),
                    template.Entries.SelectMany(entry => entry.After.Select(part => new Link(ids[part.Code], ids[entry.Code], part.Kind, part.Lag, part.CalendarDays)))),
                new(2025, 3, 3));

            Assert.Equal("销号", template.Entries[^1].Chinese);
            Assert.Equal(plan.Finish, plan.All[^1].EarlyFinish);
            Assert.All(plan.All.Take(plan.All.Count - 1), times => Assert.Contains(plan.Network.Links, link => link.From == times.Activity.Id));
            Assert.InRange(plan.Finish!.Value.DayNumber - plan.On.DayNumber, 100, 900);
        });
    }

    [Fact]
    public void Dependencies_read_as_they_are_written() =>
        Gen.Select(Gen.Int[0, 99], Gen.Enum<LinkKind>(), Gen.Int[-300, 300], Gen.Bool, Gen.Int[-99, 99])
            .Select((n, kind, lag, calendar, item) => new LinkText.Part($"A{n}", kind, lag, calendar && lag != 0, item > 0 ? item : null)).Array[0, 5]
            .Sample(parts => Assert.Equal(parts, LinkText.Read(LinkText.Write(parts))));

    [Fact]
    public void Dependencies_are_read_as_people_write_them()
    {
        Assert.Equal(
            [new("A1", LinkKind.FinishToStart, 0, false), new("A2", LinkKind.StartToStart, 5, false), new("B", LinkKind.FinishToStart, -3, false), new("三", LinkKind.FinishToFinish, 30, true)],
            LinkText.Read("A1；a2 ss + 5、B-3，三 FF+30自然日".Replace("a2", "A2", StringComparison.Ordinal)));
        Assert.Equal([new("A3", LinkKind.StartToStart, 2, false, 27)], LinkText.Read("27＃A3 SS+2"));
        Assert.Equal("link.text", Assert.Throws<Refusal>(() => LinkText.Read("A1 after B2")).Code);
        Assert.Equal("template.line", Assert.Throws<Refusal>(() => NetworkTemplate.Parse("key\tx\nzh\tx\nen\tx\nA\t1\toffice\ta\ta\tB")).Code);
    }
}
