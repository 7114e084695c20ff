using System.Globalization;
using System.Text;

namespace Rectify.Verify;

/// <summary>In which languages the answer is printed.</summary>
internal enum Language
{
    /// <summary>Chinese first, then English.</summary>
    Both,
    Zh,
    En,
}

/// <summary>A word within a sentence, in the sentence's language.</summary>
internal sealed record Word(string Key);

/// <summary>The sentences of the answer, Chinese and English side by side in Words.tsv.</summary>
internal static class Words
{
    private static readonly Dictionary<string, (string Chinese, string English)> All = Read();

    public static IReadOnlyCollection<string> Keys => All.Keys;

    public static string Chinese(string key, params object[] arguments) => Format(All[key].Chinese, arguments, word => All[word.Key].Chinese);

    public static string English(string key, params object[] arguments) => Format(All[key].English, arguments, word => All[word.Key].English);

    /// <summary>Prints what was proved, what was contradicted and what was not proved.</summary>
    public static void Print(Verdict verdict, Language language, TextWriter output)
    {
        if (language is not Language.En)
        {
            Print(verdict, Chinese, output);
        }

        if (language is Language.Both)
        {
            output.WriteLine();
        }

        if (language is not Language.Zh)
        {
            Print(verdict, English, output);
        }
    }

    private static string Format(string sentence, object[] arguments, Func<Word, string> inside) =>
        string.Format(CultureInfo.InvariantCulture, sentence, [.. arguments.Select(one => one is Word word ? inside(word) : one)]);

    private static void Print(Verdict verdict, Func<string, object[], string> words, TextWriter output)
    {
        foreach (var standing in new[] { Standing.Contradicted, Standing.Proved, Standing.NotProved })
        {
            var some = verdict.Statements.Where(one => one.Standing == standing).ToList();
            if (some.Count == 0)
            {
                continue;
            }

            output.WriteLine(words($"heading.{standing}", []));
            foreach (var one in some)
            {
                output.WriteLine($"  {Mark(standing)} {Plain(words(one.Key, one.Arguments))}");
            }
        }

        output.WriteLine(words($"result.{verdict.ExitCode}", []));
    }

    private static char Mark(Standing standing) => standing switch { Standing.Proved => '✓', Standing.Contradicted => '✗', Standing.NotProved => '–' };

    // Values come from strangers' files: what would move the cursor or turn the line round is shown as a box.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\u25a1' : c);
        }

        return plain.ToString();
    }

    private static Dictionary<string, (string, string)> Read()
    {
        using var reader = new StreamReader(typeof(Words).Assembly.GetManifestResourceStream("Words.tsv")!, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => (cells[1], cells[2]), StringComparer.Ordinal);
    }
}
