using System.Globalization;
using Rectify.Platform.Text;

namespace Rectify.Reading;

/// <summary>What the room says to people: why a file was refused, and what was left out of one that was read.</summary>
/// <remarks>The sentences stand in the resources: refusals under <c>refusal.</c> and their code, notices under their code.</remarks>
internal static class ReadingTexts
{
    /// <summary>The codes of all sentences.</summary>
    public static IEnumerable<string> Codes =>
        Resources.Texts.Keys.Select(key => key.StartsWith("refusal.reading.", StringComparison.Ordinal) ? key["refusal.".Length..] : key)
            .Where(key => key.StartsWith("reading.", StringComparison.Ordinal));

    /// <summary>A sentence in the language of the process, for whoever reads no page: the command line and the log.</summary>
    public static string Get(string code, params ReadOnlySpan<object?> arguments)
    {
        var words = Words.In(Language.Find(CultureInfo.CurrentUICulture.Name) ?? Language.Default);
        return words.Has($"refusal.{code}") ? words[$"refusal.{code}", arguments] : words[code, arguments];
    }
}
