using System.Globalization;
using CsCheck;
using Rectify.Reading;
using Rectify.Workbooks;

namespace Rectify.Tests.Workbooks;

/// <summary>Numbers, days and choices as people type them and office programs keep them.</summary>
public sealed class CellValuesTests
{
    [Theory]
    [InlineData("35", 0, 35)]
    [InlineData("３５", 0, 35)]
    [InlineData("５４．６", 1, 546)]
    [InlineData("1,234", 0, 1234)]
    [InlineData("1，234.5", 1, 12345)]
    [InlineData("12 345", 0, 12345)]
    [InlineData("54.6千米", 1, 546)]
    [InlineData("54.6 千米 ", 1, 546)]
    [InlineData("－3", 0, -3)]
    [InlineData("\u22123", 0, -3)]
    [InlineData("+7", 0, 7)]
    public void A_text_that_means_a_number_is_one(string text, int scale, long expected)
    {
        Assert.Equal(expected, CellValues.Number(Cell(text), scale, "千米", out var fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("约35", "number")]
    [InlineData("35座", "number")]
    [InlineData("1,23", "number")]
    [InlineData("三十五", "number")]
    [InlineData("35%", "number")]
    [InlineData("1e3", "number")]
    [InlineData("35.55", "decimals")]
    [InlineData("99999999999999", "number")]
    public void What_is_no_number_says_so(string text, string expected)
    {
        Assert.Null(CellValues.Number(Cell(text), 1, "千米", out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Any_number_typed_into_a_cell_is_read_without_a_rest_of_its_binary_form() =>
        Gen.Select(Gen.Long[-99_999_999, 99_999_999], Gen.Int[0, 4]).Sample((value, scale) =>
        {
            var number = value / Math.Pow(10, scale);
            Assert.Equal(value, CellValues.Number(new(0, 0, NumberShown(number), number), scale, "座", out var fault));
            Assert.Null(fault);
        });

    [Fact]
    public void A_number_beyond_all_figures_is_none()
    {
        Assert.Null(CellValues.Number(new(0, 0, "1E+300", 1e300), 0, "座", out var fault));
        Assert.Equal("number", fault);
    }

    [Fact]
    public void The_sum_of_a_formula_is_rounded_to_what_a_double_holds() =>
        Assert.Equal(3, CellValues.Number(new(0, 0, "0.3", 0.1 + 0.2), 1, "座", out _));

    [Theory]
    [InlineData(0.6, "60%", 60)]
    [InlineData(60, "60", 60)]
    public void A_percentage_may_be_kept_as_a_share(double kept, string shown, long expected) =>
        Assert.Equal(expected, CellValues.Number(new(0, 0, shown, kept), 0, "%", out _));

    [Theory]
    [InlineData("2019年3月5日")]
    [InlineData("2019-3-5")]
    [InlineData("2019/3/5")]
    [InlineData("2019.3.5")]
    [InlineData("2019.03.05")]
    [InlineData("２０１９年３月５日")]
    [InlineData(" 2019 年 3 月 5 日 ")]
    [InlineData("20190305")]
    [InlineData("2019-03-05 00:00:00")]
    [InlineData("二〇一九年三月五日")]
    public void A_day_may_be_written_in_many_ways(string text)
    {
        Assert.Equal(new DateOnly(2019, 3, 5), CellValues.Day(Cell(text), out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void Every_day_is_read_from_its_number_and_from_its_texts() => Gen.Int[0, 40_000].Sample(days =>
    {
        var day = new DateOnly(1990, 1, 1).AddDays(days);
        var number = day.DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        Assert.Equal(day, CellValues.Day(new(0, 0, "x", number), out _));
        Assert.Equal(day, CellValues.Day(new(0, 0, "x", Day: day), out _));
        foreach (var form in new[] { "yyyy-M-d", "yyyy/MM/dd", "yyyy年M月d日", "yyyyMMdd" })
        {
            Assert.Equal(day, CellValues.Day(Cell(day.ToString(form, CultureInfo.InvariantCulture)), out _));
        }
    });

    [Theory]
    [InlineData("3月5日")]
    [InlineData("2019年3月")]
    [InlineData("2019-2-30")]
    [InlineData("3月底")]
    [InlineData("昨天")]
    [InlineData("2019-3-5至2019-3-8")]
    public void What_is_no_day_says_so(string text)
    {
        Assert.Null(CellValues.Day(Cell(text), out var fault));
        Assert.Equal("day", fault);
    }

    [Theory]
    [InlineData("是", true)]
    [InlineData(" √ ", true)]
    [InlineData("YES", true)]
    [InlineData("TRUE", true)]
    [InlineData("已完成", true)]
    [InlineData("否", false)]
    [InlineData("", false)]
    [InlineData("×", false)]
    public void Yes_and_no_have_many_spellings(string text, bool expected)
    {
        Assert.Equal(expected, CellValues.Choice(Cell(text), out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void A_formula_that_failed_is_a_fault_everywhere()
    {
        var cell = new SheetCell(0, 0, "#DIV/0!", IsError: true);
        CellValues.Number(cell, 0, "", out var number);
        CellValues.Day(cell, out var day);
        CellValues.Choice(cell, out var choice);
        CellValues.Text(cell, 10, out var text);
        Assert.All(new[] { number, day, choice, text }, fault => Assert.Equal("formula", fault));
    }

    private static SheetCell Cell(string text) => new(0, 0, text);

    private static string NumberShown(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
