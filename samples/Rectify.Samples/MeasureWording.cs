using System.Globalization;

namespace Rectify.Samples;

/// <summary>How a measure's own deadline gets into its sentence.</summary>
internal static class MeasureWording
{
    /// <summary>
    /// In front (2018年6月底前，…); behind, in brackets, where the sentence names a year or month already, or for what recurs; not at all where
    /// the sentence says it itself.
    /// </summary>
    public static string Of(Measure measure) => measure switch
    {
        { Deadline: null } => measure.Text,
        { Deadline.Text: var when, Text: var text } when text.Contains(when, StringComparison.Ordinal) => text,
        { Deadline: { Kind: "fixed", Text: var when }, Text: var text } when NamesTime(text) => $"{text.TrimEnd('。')}（{when}完成）。",
        { Deadline: { Kind: "fixed", Text: var when }, Text: var text } => $"{when}，{text}",
        { Deadline.Text: var when, Text: var text } => $"{text.TrimEnd('。')}（{when}）。",
    };

    /// <summary>A milestone's day as plans write it: 2018年6月底前 where the month ends with it.</summary>
    public static string ByEndOf(DateOnly due) =>
        due.AddDays(1).Day is 1
            ? due.ToString("yyyy年M月底前", CultureInfo.InvariantCulture)
            : due.ToString("yyyy年M月d日前", CultureInfo.InvariantCulture);

    private static bool NamesTime(string text) =>
        text.Contains("月底", StringComparison.Ordinal)
        || Enumerable.Range(0, text.Length).Any(i => text.AsSpan(i) is ['2', '0', >= '0' and <= '9', >= '0' and <= '9', '年', ..]);
}
