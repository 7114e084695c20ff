using System.Globalization;

namespace Rectify.Papers;

/// <summary>The words that a paper adds by itself, in one language. The texts stand in the resources under <c>papers.</c>.</summary>
/// <param name="Language">Written into the file, such as <c>zh-CN</c>.</param>
/// <param name="Contents">Heading of the table of contents.</param>
/// <param name="AsOfFormat">With {0} for the day, such as <c>截至{0}</c>.</param>
/// <param name="PrintedByFormat">With {0} for the person.</param>
/// <param name="DateFormat">A .NET date format, such as <c>yyyy年M月d日</c>.</param>
public sealed record PaperWords(string Language, string Contents, string AsOfFormat, string PrintedByFormat, string DateFormat)
{
    /// <param name="language">Written into the file, such as <c>zh-CN</c>.</param>
    /// <param name="text">Gives the text of a resource key in that language.</param>
    public static PaperWords From(string language, Func<string, string> text) => new(
        language, text("papers.contents"), text("papers.as-of"), text("papers.printed-by"), text("papers.date"));

    internal string Date(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    internal string AsOf(DateOnly day) => string.Format(CultureInfo.InvariantCulture, AsOfFormat, Date(day));

    internal string PrintedBy(string who) => string.Format(CultureInfo.InvariantCulture, PrintedByFormat, who);
}
