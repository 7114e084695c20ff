namespace Rectify.Tests.Platform.Web;

/// <summary>Acts count for today: what a page about another day may offer.</summary>
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
}
