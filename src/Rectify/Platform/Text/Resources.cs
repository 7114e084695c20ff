using System.Collections.Frozen;
using System.Reflection;

namespace Rectify.Platform.Text;

/// <summary>Every text of the interface, read once from the <c>.tsv</c> files inside the assembly.</summary>
/// <remarks>
/// A file's first line heads the columns: <c>key</c>, then one tag for each language. A line that is empty or begins with
/// <c>#</c> says nothing. Within a text <c>\n</c> stands for a line break. A cell may be left empty: the reader then sees
/// the first column's text.
/// </remarks>
internal static class Resources
{
    private static readonly (string Tag, string Direction)[] Known =
        [("zh-CN", "ltr"), ("en", "ltr"), ("ug", "rtl"), ("kk", "ltr")];

    /// <summary>Text by key, then by language tag.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Texts { get; } = Load();

    /// <summary>The keys of all texts that begin so, for a page that hands them to a script.</summary>
    public static IEnumerable<string> KeysOf(string prefix) => Texts.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The languages that name themselves (key <c>language.name</c>), the default one first.</summary>
    public static IReadOnlyList<Language> Languages { get; } =
    [
        .. from known in Known
           where Texts["language.name"].ContainsKey(known.Tag)
           select new Language(known.Tag, known.Direction, Texts["language.name"][known.Tag]),
    ];

    /// <summary>Languages in which the frame of public pages is there too (key <c>public.language.name</c>); what has no text in one stands in the default one.</summary>
    public static IReadOnlyList<Language> PublicLanguages { get; } =
    [
        .. from known in Known
           where Texts["public.language.name"].ContainsKey(known.Tag)
           select new Language(known.Tag, known.Direction, Texts["public.language.name"][known.Tag]),
    ];

    /// <exception cref="InvalidDataException">A line has the wrong number of columns, or a key stands twice.</exception>
    public static Dictionary<string, FrozenDictionary<string, string>> Read(string name, TextReader file)
    {
        var texts = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        string[]? head = null;
        for (var number = 1; file.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var cells = line.Split('\t');
            if (head is null)
            {
                head = cells;
                continue;
            }

            if (cells.Length != head.Length)
            {
                throw new InvalidDataException($"{name}, line {number}: {cells.Length} columns, {head.Length} expected.");
            }

            var byLanguage = head.Zip(cells).Skip(1).Where(pair => pair.Second.Length > 0).ToFrozenDictionary(
                pair => pair.First, pair => pair.Second.Replace("\\n", "\n", StringComparison.Ordinal), StringComparer.Ordinal);
            if (!texts.TryAdd(cells[0], byLanguage))
            {
                throw new InvalidDataException($"{name}, line {number}: {cells[0]} stands twice.");
            }
        }

        return texts;
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var assembly = typeof(Resources).Assembly;
        var all = new Dictionary<string, FrozenDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".tsv", StringComparison.Ordinal) && name.Contains(".Text.Resources.", StringComparison.Ordinal)))
        {
            foreach (var (key, text) in Read(name, Open(assembly, name)))
            {
                if (!all.TryAdd(key, text))
                {
                    throw new InvalidDataException($"{name}: {key} stands in another file too.");
                }
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static StreamReader Open(Assembly assembly, string name) => new(assembly.GetManifestResourceStream(name)!);
}
