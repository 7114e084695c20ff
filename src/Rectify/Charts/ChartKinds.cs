using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Charts;

/// <summary>The charts there are (挂图), by the names that addresses have.</summary>
internal static class ChartKinds
{
    /// <param name="Name">As in an address.</param>
    internal sealed record Kind(string Name, Func<ChartAsk, CancellationToken, Task<Chart>> Read);

    /// <summary>Rows up to which a chart's page has the sheets that a browser prints: of more the PDF has them.</summary>
    public const int MostPrinted = 400;

    /// <summary>In the order in which the index names them.</summary>
    public static IReadOnlyList<Kind> All { get; } =
    [
        Of("closing", CloseOutChart.ReadAsync), Of("prefectures", UnitsChart.OfPlacesAsync), Of("departments", UnitsChart.OfDepartmentsAsync), Of("road-map", RoadMapChart.ReadAsync),
        Of("nodes", NodesChart.ReadAsync), Of("heat", HeatChart.ReadAsync), Of("burn-up", BurnUpChart.ReadAsync), Of("gantt", GanttSheet.ReadAsync),
    ];

    private static Kind Of(string name, Func<ChartAsk, CancellationToken, Task<Chart>> read) => new(name, read);

    /// <exception cref="Refusal">404: no such chart.</exception>
    public static Kind Find(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? throw Refusal.NotFound("chart", name);

    /// <summary>What an address asks for. Names: <c>on unit aspect item by year nodes</c>; an empty value asks for nothing.</summary>
    /// <exception cref="Refusal">400: a value that its name does not have. 404: no such programme, or none that the reader may read.</exception>
    public static async Task<ChartAsk> AskAsync(
        Db db, Access reader, string code, DateOnly on, DateOnly today, IReadOnlyDictionary<string, StringValues> query, Words words, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        string? One(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        Guid? Id(string name) => One(name) is { } text ? Guid.TryParse(text, out var id) ? id : throw Bad(name, text) : null;
        int? Number(string name, int most) => One(name) is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : throw Bad(name, text)
            : null;
        var ask = new ChartAsk(db, reader, programme, on, today, words)
        {
            Unit = Id("unit"),
            Aspect = Number("aspect", 99),
            Item = Id("item"),
            Year = Number("year", 9_998),
            ByUnit = One("by") is "unit",
            Parts = One("nodes") is not "tasks",
        };
        var unit = ask.Unit is { } chosen ? await db.Units().Where(one => one.Id == chosen).Select(one => one.ShortName).SingleOrDefaultAsync(ct) : null;
        var aspect = ask.Aspect is { } no ? await db.AspectsOf(programme.Id).Where(one => one.Kind == AspectKind.Task && one.No == no).Select(one => one.Name).SingleOrDefaultAsync(ct) : null;
        return ask with
        {
            Filtered = string.Join(words["text.comma"], new[] { unit, aspect, ask.Parts ? null : words["charts.parts.tasks"], ask.Item is null ? null : words["charts.gantt.one"] }.OfType<string>()),
        };
    }

    /// <summary>The names and values that say what is asked for, the day aside.</summary>
    public static string Query(ChartAsk ask, string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(
        new (string, string?)[]
        {
            ("unit", ask.Unit?.ToString()), ("aspect", ask.Aspect?.ToString(CultureInfo.InvariantCulture)), ("item", ask.Item?.ToString()), ("year", ask.Year?.ToString(CultureInfo.InvariantCulture)), ("by", ask.ByUnit ? "unit" : null), ("nodes", ask.Parts ? null : "tasks"),
        }.Where(pair => pair.Item2 is not null).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))));

    internal static Refusal Bad(string name, string value) => Refusal.Malformed($"{name} cannot be \"{(value.Length > 60 ? value[..60] : value)}\".");
}
