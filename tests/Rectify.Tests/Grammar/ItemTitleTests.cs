using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

public sealed class ItemTitleTests
{
    [Theory]
    [InlineData("2016年12月至2017年2月，云岭自治区十四个县级以上城市空气质量优良天数比例同比下降，重污染天数上升，问题十分突出。", "2016年12月至2017年2月，云岭自治区十四个县级以上城市空气质量优良天数比例同比下降")]
    [InlineData("自治区2015年印发环境保护工作职责规定后，部分地区和部门没有按照规定制定本地区本部门的实施细则和责任清单，责任不清。", "自治区2015年印发环境保护工作职责规定后，部分地区和部门没有按照规定制定本地区本部门的实施细则和责任清单")]
    [InlineData("2017年12月底前，完成清单。", "2017年12月底前，完成清单")]
    [InlineData("城市建成区黑臭水体整治滞后，截至督察时仍有六处水体没有开工，群众反映十分强烈，舆论关注。", "城市建成区黑臭水体整治滞后，截至督察时仍有六处水体没有开工，群众反映十分强烈")]
    [InlineData("短标题", "短标题")]
    [InlineData("第一句；第二句", "第一句")]
    [InlineData("", "")]
    public void A_title_is_a_clause_that_says_the_matter(string text, string title) => Assert.Equal(title, ItemTitle.From(text));

    [Fact]
    public void A_title_is_more_than_a_first_word_and_no_clause_that_ends_too_late_cuts_it()
    {
        var (far, tooFar) = (new string('污', 50), new string('染', 90));
        Assert.Equal($"经查实，{far}", ItemTitle.From($"经查实，{far}，群众反映强烈。"));
        Assert.Equal($"{tooFar}，群众反映强烈", ItemTitle.From($"{tooFar}，群众反映强烈。"));
    }

    [Fact]
    public void A_text_without_a_comma_is_kept_up_to_two_hundred_characters() => Assert.Equal(new string('污', 200), ItemTitle.From(new string('污', 300)));
}
