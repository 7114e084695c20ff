using Rectify.Platform.Web;

namespace Rectify.Tests.Platform.Web;

/// <summary>Acts count for today: what a page about another day offers.</summary>
public sealed class PastDayTests
{
    [Fact]
    public void A_page_with_an_act_says_that_it_shows_what_is_now_or_asks_whether_it_may_offer_it() => Assert.Empty(
        from file in Tree.Files("src/Rectify", ".razor")
        where file.Text.Contains("\n@page ", StringComparison.Ordinal) || file.Text.StartsWith("@page ", StringComparison.Ordinal)
        where !file.Path.StartsWith("src/Rectify/Platform/", StringComparison.Ordinal) // accounts and sign-in know no programme and no day
        where new[] { "method=\"post\"", "<ConfirmPage", "<StepForm" }.Any(act => file.Text.Contains(act, StringComparison.Ordinal))
        where !new[] { file.Text, File.ReadAllText(Path.Combine(Tree.Root, Path.GetDirectoryName(file.Path)!, "_Imports.razor")) }
            .Any(text => text.Contains("[ShowsNow]", StringComparison.Ordinal) || text.Contains("Frame.OffersActs", StringComparison.Ordinal))
        select file.Path);

    [Fact]
    public void No_acts_are_offered_for_another_day_or_while_none_is_taken()
    {
        var today = new DateOnly(2019, 3, 31);
        Assert.True(new PageFrame { Today = today, AsOf = today }.OffersActs);
        Assert.True(new PageFrame { Today = today, AsOf = today.AddDays(-1), ShowsNow = true }.OffersActs);
        Assert.False(new PageFrame { Today = today, AsOf = today.AddDays(-1) }.OffersActs);
        Assert.False(new PageFrame { Today = today, AsOf = today.AddDays(1) }.OffersActs);
        Assert.False(new PageFrame { Today = today, AsOf = today, Halted = "publishing.ahead" }.OffersActs);
    }
}
