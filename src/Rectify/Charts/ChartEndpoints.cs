using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Charts;

/// <summary>Charts as files: pictures to hang up, to embed and to compute with.</summary>
internal static class ChartEndpoints
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Pixels of the longest side of a box.</summary>
    private const int MostBox = 8_000;

    public static void MapCharts(this IEndpointRouteBuilder app)
    {
        foreach (var (ending, answer) in new (string, Delegate)[] { ("svg", SvgAsync), ("png", PngAsync), ("pdf", PdfAsync), ("xlsx", XlsxAsync) })
        {
            app.MapGet($"/programmes/{{code}}/charts/{{name}}.{ending}", answer).RequireAuthorization().ExcludeFromDescription();
        }

        var api = app.MapGroup("/api/programmes/{code}/charts").WithTags("Charts").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization();
        api.MapGet("/", ListAsync).WithSummary("The wall charts of a programme, with the addresses of their pages and files.")
            .WithDescription("Files take on= unit= aspect= theme=paper|wall, paper=a3|a0 or width= and height= in pixels with text= for the size of letters, page= (from 1) for SVG and PNG or turn=, which begins again after the last page, item= for the Gantt chart, by=unit for the road map, year= for the calendar of nodes, nodes=tasks for both without the nodes of measures, points and sub-tasks.");
    }

    public sealed record ChartAnswer(string Name, string Title, string About, string Page, string Svg, string Png, string Pdf, string Xlsx);

    private static async Task<Ok<List<ChartAnswer>>> ListAsync(string code, Db db, Words words, Access reader, CancellationToken ct)
    {
        var programme = await Tasks.TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok(ChartKinds.All.Select(kind =>
        {
            var path = $"/programmes/{Uri.EscapeDataString(programme.Code)}/charts/{kind.Name}";
            return new ChartAnswer(kind.Name, words[$"charts.{kind.Name}"], words[$"charts.{kind.Name}.about"], path, path + ".svg", path + ".png", path + ".pdf", path + ".xlsx");
        }).ToList());
    }

    private static async Task<FileContentHttpResult> SvgAsync(string code, string name, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var (chart, look) = (await ReadAsync(code, name, http, db, words, reader, clock, ct), Look.Read(http.Request.Query));
        var sheets = chart.Draw(look.Sheet);
        http.Response.Headers["X-Chart-Pages"] = sheets.Count.ToString(CultureInfo.InvariantCulture);
        return TypedResults.File(Encoding.UTF8.GetBytes(SvgWriter.File(look.Of(sheets, chart.Begin), look.Theme)), "image/svg+xml; charset=utf-8");
    }

    private static async Task<FileContentHttpResult> PngAsync(string code, string name, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var (chart, look) = (await ReadAsync(code, name, http, db, words, reader, clock, ct), Look.Read(http.Request.Query));
        var sheets = chart.Draw(look.Sheet);
        http.Response.Headers["X-Chart-Pages"] = sheets.Count.ToString(CultureInfo.InvariantCulture);
        var sheet = look.Of(sheets, chart.Begin);
        return TypedResults.File(SheetPng.Write(sheet, look.Theme, look.Scale(sheet)), "image/png");
    }

    private static async Task<FileContentHttpResult> PdfAsync(string code, string name, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var (chart, look) = (await ReadAsync(code, name, http, db, words, reader, clock, ct), Look.Read(http.Request.Query, paper: true));
        using var file = new MemoryStream();
        SheetPdf.Write(chart.Draw(look.Sheet), look.Theme, words.Language.Tag, $"{http.Request.Scheme}://{http.Request.Host}", clock.GetUtcNow(), file, chart.Title);
        return TypedResults.File(file.ToArray(), "application/pdf", FileName(chart, words, http, clock) + ".pdf");
    }

    private static async Task<FileContentHttpResult> XlsxAsync(string code, string name, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var chart = await ReadAsync(code, name, http, db, words, reader, clock, ct);
        using var file = new MemoryStream();
        await XlsxWriter.WriteAsync(file, [new(chart.Title, chart.Table.Columns, chart.Table.Rows.ToAsyncEnumerable()) { Paper = chart.Paper }], ct);
        return TypedResults.File(file.ToArray(), Workbook, FileName(chart, words, http, clock) + ".xlsx");
    }

    private static async Task<Chart> ReadAsync(string code, string name, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var kind = ChartKinds.Find(name);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        return await kind.Read(await ChartKinds.AskAsync(db, reader, code, DayOf(http, clock), clock.Today, query, words, ct), ct);
    }

    private static string FileName(Chart chart, Words words, HttpContext http, TimeProvider clock) => words["charts.file", chart.Title, words.Day(DayOf(http, clock))];

    private static DateOnly DayOf(HttpContext http, TimeProvider clock) => http.Request.Query["on"].ToString() is not { Length: > 0 } on ? clock.Today
        : DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw ChartKinds.Bad("on", on);

    /// <summary>On what a file is drawn, and in which colours.</summary>
    /// <param name="Width">Pixels of a picture; 0 where it has its own.</param>
    /// <param name="Page">Counted from 1; the last one if there are not so many.</param>
    /// <param name="Turn">Counted from 1, from where the chart begins, and with the first page after the last; 0 where a page is asked for.</param>
    private sealed record Look(Sheet Sheet, Theme Theme, int Width, int Page, int Turn)
    {
        public static Look Read(IQueryCollection query, bool paper = false)
        {
            int Number(string name, int most) => query[name].ToString() is not { Length: > 0 } text ? 0
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : throw ChartKinds.Bad(name, text);
            var (width, height, page, text, turn) = (Number("width", SheetPng.MostSide), Number("height", MostBox), Math.Max(1, Number("page", 200)), Number("text", 200), Number("turn", 1_000_000));
            Sheet? asked = query["paper"].ToString().ToLowerInvariant() switch { "a3" => Sheet.A3, "a0" => Sheet.A0, "" => null, var other => throw ChartKinds.Bad("paper", other) };
            var theme = query["theme"].ToString().ToLowerInvariant() switch { "" or "paper" => Theme.Paper, "wall" => Theme.Wall, var other => throw ChartKinds.Bad("theme", other) };
            return width >= 200 && height >= 150 && width <= MostBox && asked is null && !paper
                ? new(text >= 8 && text * 30 <= width && text * 20 <= height ? Sheet.Box(width, height, text) : Sheet.Box(width, height), theme, width, page, turn)
                : new(asked ?? Sheet.A3, theme, paper ? 0 : width, page, turn);
        }

        public Drawing Of(IReadOnlyList<Drawing> sheets, int begin) => sheets[Turn > 0 ? (begin + Turn - 1) % sheets.Count : Math.Min(Page, sheets.Count) - 1];

        /// <summary>Pixels for each unit: twice as many as units unless a width is asked for.</summary>
        public float Scale(Drawing sheet) => Width > 0 ? Width / sheet.Width : 2;
    }
}
