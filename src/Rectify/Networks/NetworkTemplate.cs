using System.Collections.Immutable;
using System.Globalization;
using Rectify.Platform;

namespace Rectify.Networks;

/// <summary>Which days a duration counts.</summary>
public enum DayKind
{
    /// <summary>Working days of offices (工作日).</summary>
    Office,

    /// <summary>Days of building (施工日): working days, or every day where the unit says so, less the winter stop and the unit's other stops.</summary>
    Site,

    /// <summary>Every day (自然日): monitoring, trial runs, growth.</summary>
    Every,
}

/// <summary>A network to begin with, for one type of task (任务类型模板). Its durations are a first proposal that the unit changes.</summary>
/// <param name="Key">The type of task, such as <c>sewage</c>.</param>
/// <param name="Chinese">Its name.</param>
/// <param name="English">Its name.</param>
public sealed record NetworkTemplate(string Key, string Chinese, string English, IReadOnlyList<NetworkTemplate.Entry> Entries)
{
    private static readonly Lazy<ImmutableArray<NetworkTemplate>> Embedded = new(LoadEmbedded);

    /// <param name="Code">Unique in the template, such as A1.</param>
    /// <param name="Days">0 for a node.</param>
    public sealed record Entry(string Code, int Days, DayKind Kind, string Chinese, string English, IReadOnlyList<LinkText.Part> After);

    /// <summary>Those shipped with the product, in the order of their keys.</summary>
    public static IReadOnlyList<NetworkTemplate> All => Embedded.Value;

    /// <summary>A template as its file says it: lines of name and value, then a table of code, days, kind of days, Chinese, English, dependencies, parted by tabs.</summary>
    /// <exception cref="Refusal">422 <c>template.line</c>: a line cannot be read, a code stands twice, or a dependency names a code that does not stand above it.</exception>
    public static NetworkTemplate Parse(string text)
    {
        Dictionary<string, string> heads = [];
        List<Entry> entries = [];
        HashSet<string> codes = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line is not ("" or ['#', ..])))
        {
            switch (line.Split('\t'))
            {
                case [var name, var value]:
                    heads[name] = value;
                    break;
                case ["code", ..]:
                    break;
                case [var code, var days, var kind, var chinese, var english, var after]
                    when int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && Enum.TryParse<DayKind>(kind, ignoreCase: true, out var counted):
                    var parts = LinkText.Read(after);
                    if (parts.Any(part => !codes.Contains(part.Code)) || !codes.Add(code))
                    {
                        throw Unreadable(line);
                    }

                    entries.Add(new(code, count, counted, chinese, english, parts));
                    break;
                default:
                    throw Unreadable(line);
            }
        }

        return heads.TryGetValue("key", out var key) && heads.TryGetValue("zh", out var zh) && heads.TryGetValue("en", out var en) && entries.Count > 0
            ? new(key, zh, en, entries)
            : throw Unreadable("key, zh, en");
    }

    private static Refusal Unreadable(string line) => Refusal.Invalid("template.line", $"This line of a template cannot be read: '{line}'.", line);

    private static ImmutableArray<NetworkTemplate> LoadEmbedded()
    {
        var assembly = typeof(NetworkTemplate).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith("Rectify.Networks.Templates.", StringComparison.Ordinal)).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return Parse(reader.ReadToEnd());
            }).OrderBy(template => template.Key, StringComparer.Ordinal),
        ];
    }
}
