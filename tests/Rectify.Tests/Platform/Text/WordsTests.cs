using System.Globalization;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Rectify.Platform.Text;

namespace Rectify.Tests.Platform.Text;

public sealed class WordsTests
{
    private static readonly Words Chinese = Words.In(Language.Find("zh-CN")!);
    private static readonly Words English = Words.In(Language.Find("en")!);

    [Fact]
    public void Writes_a_date_for_sentences_and_for_tables()
    {
        var day = new DateOnly(2019, 3, 31);
        Assert.Equal("2019年3月31日", Chinese.Date(day));
        Assert.Equal("31 March 2019", English.Date(day));
        Assert.Equal("2019-03-31", English.Day(day));
    }

    [Fact]
    public void Writes_a_moment_in_legal_time() =>
        Assert.Equal("2019-04-01 00:30", Chinese.Time(new(2019, 3, 31, 16, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void Groups_any_whole_number_by_three_and_changes_no_digit() => Gen.Long.Sample(number =>
    {
        var written = Chinese.Number(number);
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), written.Replace($"{Words.NarrowSpace}", "", StringComparison.Ordinal));
        var groups = written.TrimStart('-').Split(Words.NarrowSpace);
        Assert.InRange(groups[0].Length, 1, 3);
        Assert.All(groups.Skip(1), group => Assert.Equal(3, group.Length));
    });

    [Theory]
    [InlineData("0.585106", "58.5%")]
    [InlineData("0.5855", "58.6%")]
    [InlineData("0.0005", "0.1%")]
    [InlineData("1", "100.0%")]
    public void Rounds_a_share_half_away_from_zero(string share, string written) =>
        Assert.Equal(written, English.Percent(decimal.Parse(share, CultureInfo.InvariantCulture)));

    [Fact]
    public void Fills_places_with_figures_and_the_fitting_number_of_things()
    {
        Assert.Equal(" (1 item)", English["frame.programme.items", 1]);
        Assert.Equal(" (1\u202F842 items)", English["frame.programme.items", 1_842]);
        Assert.Equal("（94项）", Chinese["frame.programme.items", 94]);
    }

    [Fact]
    public void Shows_the_key_where_there_is_no_text() => Assert.Equal("no.such.key", English["no.such.key"]);

    [Theory]
    [InlineData(null, null, "zh-CN")]
    [InlineData(null, "fr, de;q=0.9", "zh-CN")]
    [InlineData(null, "fr, en-GB;q=0.8, zh;q=0.5", "en")]
    [InlineData(null, "en;q=0.2, zh-Hans-CN;q=0.9", "zh-CN")]
    [InlineData("en", "zh-CN", "en")]
    [InlineData("tlh", "en", "en")]
    public void Speaks_what_the_reader_chose_then_what_the_browser_asks_for(string? cookie, string? accept, string expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = accept;
        request.Headers.Cookie = cookie is null ? null : $"{Language.Cookie}={cookie}";
        Assert.Equal(expected, Language.Of(request).Tag);
    }

    [Theory]
    [InlineData("key\tzh-CN\ten\na\t一\n", "line 2")]
    [InlineData("key\tzh-CN\ten\na\t一\tone\n# remark\n\na\t二\ttwo\n", "line 5")]
    public void A_broken_resource_file_is_named_with_its_line(string file, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Resources.Read("x.tsv", new StringReader(file))).Message, StringComparison.Ordinal);
}
