using System.Globalization;

namespace Rectify.Platform.Text;

/// <summary>The interface's texts in one language. Pages have it as <c>T</c>: <c>@T["items.count", n]</c>.</summary>
/// <remarks>
/// Within a text <c>{0}</c> takes an argument: whole numbers are grouped, dates are written out, a list of texts is joined.
/// <c>{0:item|items}</c> writes the first word for one and the second for every other number.
/// Holds nothing that changes: one instance may serve many requests at once.
/// </remarks>
public sealed class Words : IFormatProvider, ICustomFormatter
{
    /// <summary>Parts groups of three digits: a comma would read as an enumeration in Chinese.</summary>
    public const char NarrowSpace = '\u202F';

    // The region's legal time; it has had no daylight saving since 1991.
    private static readonly TimeZoneInfo Legal = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly NumberFormatInfo Figures = new() { NumberGroupSeparator = NarrowSpace.ToString(), NumberNegativePattern = 1 };

    private Words(Language language) => Language = language;

    public Language Language { get; }

    /// <summary>For sorting names as the reader expects. Never for figures and dates: they have their own methods here.</summary>
    public CultureInfo Culture => Language.Culture;

    /// <summary>The text for this key; the default language's where this one has none; the key itself where there is no text at all.</summary>
    public string this[string key] =>
        !Resources.Texts.TryGetValue(key, out var text) ? key
        : text.TryGetValue(Language.Tag, out var own) ? own
        : text.GetValueOrDefault(Language.Default.Tag, key);

    /// <summary>The text for this key with its places filled.</summary>
    public string this[string key, params ReadOnlySpan<object?> arguments] => string.Format(this, this[key], arguments);

    public static Words In(Language language) => new(language);

    /// <summary>What a refusal says to the reader: the text under <c>refusal.</c> and its code, or its own message.</summary>
    public string Of(Refusal refusal) =>
        Has($"refusal.{refusal.Code}") ? this[$"refusal.{refusal.Code}", [.. refusal.Arguments]] : refusal.Message;

    public bool Has(string key) => Resources.Texts.ContainsKey(key);

    /// <summary>For sentences: 2019年3月31日, 31 March 2019.</summary>
    public string Date(DateOnly day) => day.ToString(this["text.date"], Culture);

    /// <summary>For tables: 2019-03-31, in every language.</summary>
    public string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Day and time of day in the region's legal time: 2019-03-31 16:40, in every language.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same moment with the region's offset, as legal dates are counted.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Legal);

    /// <summary>A whole number, grouped from four digits on.</summary>
    public string Number(long number) => number.ToString("N0", Figures);

    /// <summary>A number with exactly so many decimals, half away from zero.</summary>
    public string Number(decimal number, int decimals) =>
        decimal.Round(number, decimals, MidpointRounding.AwayFromZero).ToString($"N{decimals}", Figures);

    /// <summary>A share, 0 to 1, with one decimal: 58.5%.</summary>
    public string Percent(decimal share) => Number(share * 100, 1) + "%";

    /// <summary>A file's size: 1.2 MB. Units of 1 000, as file managers count.</summary>
    public string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{Number(bytes / 1_000m, 1)} kB",
        < 1_000_000_000 => $"{Number(bytes / 1_000_000m, 1)} MB",
        _ => $"{Number(bytes / 1_000_000_000m, 1)} GB",
    };

    /// <summary>Things in a row, parted as the language parts them: 、 or a comma.</summary>
    public string List(IEnumerable<string> things) => string.Join(this["text.comma"], things);

    /// <summary>Sentences one after another; Chinese leaves no space between them. Those that are <see langword="null"/> are left out.</summary>
    public string Sentences(params IEnumerable<string?> sentences) => string.Join(Language == Language.Default ? "" : " ", sentences.OfType<string>());

    object? IFormatProvider.GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    string ICustomFormatter.Format(string? format, object? argument, IFormatProvider? formatProvider) => argument switch
    {
        null => "",
        int or long when format?.Split('|') is [var one, var other] => Convert.ToInt64(argument, CultureInfo.InvariantCulture) is 1 ? one : other,
        int or long when string.IsNullOrEmpty(format) => Number(Convert.ToInt64(argument, CultureInfo.InvariantCulture)),
        DateOnly day when string.IsNullOrEmpty(format) => Date(day),
        DateTimeOffset at when string.IsNullOrEmpty(format) => Time(at),
        IEnumerable<string> things => List(things),
        Phrase phrase => this[phrase.Key, phrase.Arguments],
        IEnumerable<Phrase> phrases => List(phrases.Select(phrase => this[phrase.Key, phrase.Arguments])),
        IFormattable other => other.ToString(format, Figures),
        _ => argument.ToString() ?? "",
    };
}

/// <summary>An argument that is itself a text of the resources, written in the language of the sentence that takes it.</summary>
public sealed record Phrase(string Key, params object?[] Arguments);
