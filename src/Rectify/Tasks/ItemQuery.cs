using System.Globalization;
using Microsoft.Extensions.Primitives;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A list of items as its address says it: filter, order and place. Pages, the export and the API use the same names.</summary>
/// <remarks>
/// Names: <c>level text aspect finding unit role unitkind status light from to year dated standing order after before row</c>. Names that
/// can stand several times: <c>role status light</c>. An empty value asks for nothing, as an untouched field of a form sends it.
/// </remarks>
public sealed record ItemQuery
{
    /// <summary>More characters than these are no search.</summary>
    private const int LongestText = 100;

    private static readonly string[] Places = ["after", "before", "row"];

    public ItemFilter Filter { get; init; } = new();

    public ItemOrder Order { get; init; }

    /// <summary>The list goes on after this row.</summary>
    public ItemKey? After { get; init; }

    /// <summary>The page that ends before this row.</summary>
    public ItemKey? Before { get; init; }

    /// <summary>Number of the page's first row, counted from 1, as the link that led here knew it.</summary>
    public int Row { get; init; } = 1;

    /// <exception cref="Refusal">400: a value that its name does not have.</exception>
    public static ItemQuery Read(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var values = query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        string? One(string name) => values.GetValueOrDefault(name).ToString() is { Length: > 0 } value ? value : null;
        IReadOnlyList<T> Several<T>(string name, Func<string, T?> read) where T : struct =>
            [.. values.GetValueOrDefault(name).Where(value => !string.IsNullOrEmpty(value)).Select(value => read(value!) ?? throw Bad(name, value!)).Distinct()];
        T? Of<T>(string name, Func<string, T?> read) where T : struct => One(name) is { } value ? read(value) ?? throw Bad(name, value) : null;

        return new()
        {
            Filter = new()
            {
                Kind = Of("level", Named<ItemKind>) ?? ItemKind.Task,
                Text = One("text") is { } text ? text.Trim() is { Length: <= LongestText } short_ ? short_ : throw Bad("text", text) : "",
                AspectNo = Of<int>("aspect", Number),
                FindingId = Of<Guid>("finding", value => Guid.TryParse(value, out var id) ? id : null),
                UnitId = Of<Guid>("unit", value => Guid.TryParse(value, out var id) ? id : null),
                Roles = Several("role", Named<DraftRole>),
                UnitKind = Of("unitkind", Named<UnitKind>),
                Statuses = Several("status", StatusOf),
                Lights = Several("light", Named<Light>),
                DueFrom = Of<DateOnly>("from", DayOf),
                DueTo = Of<DateOnly>("to", DayOf),
                DueBy = Of<DateOnly>("dueby", DayOf),
                DueYear = Of<int>("year", value => Number(value) is >= 1 and <= 9998 and { } year ? year : null),
                HasDate = Of<bool>("dated", YesNo),
                Standing = Of<bool>("standing", YesNo),
            },
            Order = Of("order", Named<ItemOrder>) ?? ItemOrder.Number,
            After = Of<ItemKey>("after", ItemKey.Read),
            Before = Of<ItemKey>("before", ItemKey.Read),
            Row = Of<int>("row", value => Number(value) is >= 1 and { } row ? row : null) ?? 1,
        };
    }

    /// <summary>The names and values that say this query; what is as usual is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        var filter = Filter;
        if (filter.Kind != ItemKind.Task)
        {
            yield return new("level", Name(filter.Kind));
        }

        foreach (var (name, value) in new (string, string?)[]
        {
            ("text", filter.Text.Length > 0 ? filter.Text : null),
            ("aspect", filter.AspectNo?.ToString(CultureInfo.InvariantCulture)),
            ("finding", filter.FindingId?.ToString()),
            ("unit", filter.UnitId?.ToString()),
            ("unitkind", filter.UnitKind is { } kind ? Name(kind) : null),
            ("from", filter.DueFrom is { } from ? Day(from) : null),
            ("to", filter.DueTo is { } to ? Day(to) : null),
            ("dueby", filter.DueBy is { } by ? Day(by) : null),
            ("year", filter.DueYear?.ToString(CultureInfo.InvariantCulture)),
            ("dated", filter.HasDate is { } dated ? dated ? "yes" : "no" : null),
            ("standing", filter.Standing is { } standing ? standing ? "yes" : "no" : null),
            ("order", Order == ItemOrder.Number ? null : Name(Order)),
            ("after", After?.ToString()),
            ("before", Before?.ToString()),
            ("row", Row == 1 ? null : Row.ToString(CultureInfo.InvariantCulture)),
        })
        {
            if (value is not null)
            {
                yield return new(name, value);
            }
        }

        foreach (var role in filter.Roles)
        {
            yield return new("role", Name(role));
        }

        foreach (var status in filter.Statuses)
        {
            yield return new("status", status.Mark);
        }

        foreach (var light in filter.Lights)
        {
            yield return new("light", Name(light));
        }
    }

    /// <summary>The query without a place in its pages, as saved and as a filter's form keeps it.</summary>
    public string Text() => string.Join('&', Pairs().Where(pair => !Places.Contains(pair.Key)).Select(Encoded));

    /// <summary>The address of the list at <paramref name="path"/>.</summary>
    public string Href(string path) => string.Join('&', Pairs().Select(Encoded)) is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <summary>The address of a list with this filter.</summary>
    public static string Href(string path, ItemFilter filter) => new ItemQuery { Filter = filter }.Href(path);

    private static string Encoded(KeyValuePair<string, string> pair) => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}";

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    // Digits would parse as any enumeration's value.
    private static T? Named<T>(string value) where T : struct, Enum =>
        char.IsAsciiLetter(value[0]) && Enum.TryParse<T>(value, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;

    private static ItemStatus? StatusOf(string value) =>
        Enum.GetValues<ItemStatus>().Where(status => status.Mark == value).Select(status => (ItemStatus?)status).SingleOrDefault();

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? YesNo(string value) => value switch { "yes" => true, "no" => false, _ => null };

    internal static DateOnly? DayOf(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Refusal Bad(string name, string value) =>
        Refusal.Malformed($"{name} cannot be \"{(value.Length > 60 ? value[..60] : value)}\".");
}

/// <summary>The place of a row in a list, however it is ordered.</summary>
/// <param name="SortKey">Its place in the tree.</param>
public readonly record struct ItemKey(DateOnly? DueOn, string SortKey)
{
    public static ItemKey Of(ItemList.Row row) => new(row.DueOn, row.Key);

    public static ItemKey? Read(string text) =>
        text.Split('~') is [var due, { Length: > 0 and <= 60 } key] && key.All(c => char.IsAsciiDigit(c) || c == '.')
            && (due.Length == 0 || ItemQuery.DayOf(due) is not null)
            ? new(ItemQuery.DayOf(due), key)
            : null;

    public override string ToString() => $"{(DueOn is { } due ? ItemQuery.Day(due) : "")}~{SortKey}";
}
