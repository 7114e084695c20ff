using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>The API of programmes and their lists; the workbook of a list.</summary>
public static class TaskEndpoints
{
    /// <summary>A programme as the API names it.</summary>
    public sealed record ProgrammeAnswer(string Code, string Name, string ShortName, InspectionLevel Level, string Round, DateOnly? ApprovedOn);

    /// <summary>A count, and the address of the rows behind it.</summary>
    public sealed record FigureAnswer(int Count, string Rows);

    public sealed record LineAnswer(
        string Key, string Name, FigureAnswer All, FigureAnswer Done, FigureAnswer Closed, FigureAnswer Overdue, FigureAnswer Red, decimal? Share);

    /// <summary>Figures of a past day, as counted at its end and as known now.</summary>
    /// <param name="Items">The address of the tasks that differ.</param>
    public sealed record RestatedAnswer(Restatement.Figures Then, Restatement.Figures Now, string Items);

    /// <param name="Facts">Kinds of what was recorded or withdrawn after the day and is dated to it or before.</param>
    public sealed record RestatedItemAnswer(Guid Id, string NumberText, string Title, string Then, string Now, IReadOnlyList<RestatedFactAnswer> Facts);

    public sealed record RestatedFactAnswer(FactKind Kind, DateOnly On, DateTimeOffset RecordedAt, DateTimeOffset? WithdrawnAt);

    /// <param name="Share">Percent done, one decimal, half away from zero.</param>
    /// <param name="Restated">Where the figures of a past day are others now than they were at its end.</param>
    public sealed record OverviewAnswer(
        DateOnly On, FigureAnswer Tasks, FigureAnswer Done, decimal? Share, FigureAnswer Closed, FigureAnswer Due, FigureAnswer Overdue,
        int FindingAspects, int AdviceAspects, IReadOnlyDictionary<string, int> ResponsibleUnits, IReadOnlyDictionary<string, FigureAnswer> ByStatus,
        IReadOnlyDictionary<string, FigureAnswer> ByLight, IReadOnlyList<LineAnswer> ByAspect, IReadOnlyList<LineAnswer> ByUnit,
        IReadOnlyList<LineAnswer> ByUnitKind, IReadOnlyList<LineAnswer> ByDueYear, RestatedAnswer? Restated);

    public sealed record UnitAnswer(string Text, string Role, Guid? Unit);

    public sealed record ItemAnswer(
        Guid Id, string Kind, int? Number, string NumberText, string Title, int? Aspect, string Deadline, DateOnly? DueOn, bool Standing,
        string Status, string StatusText, string Light, string Reason, IReadOnlyList<UnitAnswer> Units, FindingAnswer? Finding);

    /// <summary>The finding that a task stands beneath.</summary>
    public sealed record FindingAnswer(Guid Id, string Number, string Title);

    /// <param name="More">Whether counting stopped at <paramref name="Total"/>.</param>
    /// <param name="Next">The address of the next page; <see langword="null"/> on the last.</param>
    public sealed record ItemsAnswer(DateOnly On, int Total, bool More, IReadOnlyList<ItemAnswer> Items, string? Next);

    public sealed record HitAnswer(string Field, string Text);

    public sealed record FoundItemAnswer(string Programme, ItemAnswer Item, IReadOnlyList<HitAnswer> Hits);

    public sealed record FoundUnitAnswer(Guid Id, string Name, string ShortName, UnitKind Kind);

    public sealed record SearchAnswer(bool More, IReadOnlyList<FoundItemAnswer> Items, IReadOnlyList<FoundUnitAnswer> Units);

    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Tasks").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization();
        api.MapGet("/programmes", ProgrammesAsync).WithSummary("The programmes that the caller may read.");
        api.MapGet("/programmes/{code}/overview", OverviewAsync).WithSummary("A programme's figures on a day, each with the address of its rows.");
        api.MapGet("/programmes/{code}/restated", RestatedAsync).WithSummary("The tasks whose status of a past day is another one now than it was at the end of that day, and why.");
        api.MapGet("/programmes/{code}/items", ItemsAsync)
            .WithSummary("A list of items on a day, 50 at a time.")
            .WithDescription("Filters: level text aspect finding unit role unitkind status light from to year dated standing; order=number|due; after. role, status and light may stand several times.");
        api.MapGet("/search", SearchAsync).WithSummary("Items of all programmes that the caller may read, and units, by text.");
        app.MapGet("/p/{code}/items.xlsx", ExportAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/p/{code}/views", SaveViewAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/p/{code}/views/drop", DropViewAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapItems();
    }

    private static async Task<Ok<List<ProgrammeAnswer>>> ProgrammesAsync(Db db, Access reader, CancellationToken ct) =>
        TypedResults.Ok(await db.ProgrammesFor(reader, Right.Read).AsNoTracking().OrderBy(programme => programme.Code)
            .Select(programme => new ProgrammeAnswer(
                programme.Code, programme.Name, programme.ShortName, programme.Level, programme.Round, programme.ApprovedOn))
            .ToListAsync(ct));

    private static async Task<Ok<OverviewAnswer>> OverviewAsync(
        string code, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await ProgrammeAsync(db, reader, code, ct);
        var day = on ?? clock.Today;
        var overview = await Overview.ReadAsync(db, reader, programme.Id, day, ct, clock);
        var list = $"/api/programmes/{Uri.EscapeDataString(code)}/items";
        FigureAnswer Of(Overview.Figure figure) => new(figure.Count, OnDay(ItemQuery.Href(list, figure.Rows), day));
        List<LineAnswer> Lines(IEnumerable<Overview.Line> lines) =>
            [.. lines.Select(line => new LineAnswer(line.Key, line.Name, Of(line.All), Of(line.Done), Of(line.Closed), Of(line.Overdue), Of(line.Red), line.Share))];
        return TypedResults.Ok(new OverviewAnswer(
            day, Of(overview.Tasks), Of(overview.Done), overview.Share, Of(overview.Closed), Of(overview.Due), Of(overview.Overdue),
            overview.FindingAspects, overview.AdviceAspects, overview.ResponsibleUnits.ToDictionary(kind => kind.Key.ToString(), kind => kind.Value),
            overview.ByStatus.ToDictionary(line => line.Status.Mark, line => Of(line.Figure)),
            overview.ByLight.ToDictionary(line => line.Light.Mark, line => Of(line.Figure)),
            Lines(overview.ByAspect), Lines(overview.ByUnit), Lines(overview.ByUnitKind), Lines(overview.ByDueYear),
            overview.Restated is { } restated ? new(restated.Then, restated.Now, OnDay($"/api/programmes/{Uri.EscapeDataString(code)}/restated", day)) : null));
    }

    private static async Task<Ok<List<RestatedItemAnswer>>> RestatedAsync(string code, [FromQuery] DateOnly on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await ProgrammeAsync(db, reader, code, ct);
        var restated = await Restatement.ReadAsync(db, reader, programme.Id, await ItemList.AllAsync(db, reader, programme.Id, new(), on, ct), on, clock, ct);
        return TypedResults.Ok((restated?.Rows ?? []).Select(row => new RestatedItemAnswer(
            row.Id, row.NumberText, row.Title, row.Then.Mark, row.Now.Mark, [.. row.Facts.Select(fact => new RestatedFactAnswer(fact.Kind, fact.On, fact.RecordedAt, fact.VoidedAt))])).ToList());
    }

    private static async Task<Ok<ItemsAnswer>> ItemsAsync(
        string code, [FromQuery] DateOnly? on, HttpRequest request, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var query = ItemQuery.Read(request.Query);
        var programme = await ProgrammeAsync(db, reader, code, ct);
        var day = on ?? clock.Today;
        var page = await ItemList.PageAsync(db, reader, programme.Id, query, day, ct);
        var next = page.HasNext
            ? OnDay((query with { After = ItemKey.Of(page.Rows[^1]), Before = null, Row = 1 }).Href(request.Path), day)
            : null;
        return TypedResults.Ok(new ItemsAnswer(day, page.Total.Count, page.Total.More, [.. page.Rows.Select(row => Of(row, words, day))], next));
    }

    private static async Task<Ok<SearchAnswer>> SearchAsync(
        [FromQuery] string q, [FromQuery] DateOnly? on, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var day = on ?? clock.Today;
        var found = await SearchEverywhere.RunAsync(db, reader, q.Length <= 100 ? q : throw Refusal.Malformed("q has at most 100 characters."), day, ct);
        return TypedResults.Ok(new SearchAnswer(
            found.More,
            [.. found.Items.Select(item => new FoundItemAnswer(item.Code, Of(item.Row, words, day), [.. item.Hits.Select(hit => new HitAnswer(hit.Field, hit.Text))]))],
            [.. found.Units.Select(unit => new FoundUnitAnswer(unit.Id, unit.Name, unit.ShortName, unit.Kind))]));
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        string code, [FromQuery] DateOnly? on, HttpRequest request, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var query = ItemQuery.Read(request.Query);
        var programme = await ProgrammeAsync(db, reader, code, ct);
        var day = on ?? clock.Today;
        var export = new ItemExport(db, words, reader, programme.Id, query, day);
        return TypedResults.Stream(
            to => export.WriteAsync(to, ct), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            words["items.export.file", programme.ShortName, words.Day(day)] + ".xlsx");
    }

    private static async Task<RedirectHttpResult> SaveViewAsync(
        string code, [FromForm] string name, [FromForm] string? query, SaveView save, Words words, Access by, CancellationToken ct)
    {
        var path = $"/p/{Uri.EscapeDataString(code)}/items";
        var view = ItemQuery.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));
        try
        {
            await save.RunAsync(code, name, view.Text(), by, ct);
        }
        catch (Refusal no) when (no.Status == StatusCodes.Status422UnprocessableEntity)
        {
            return TypedResults.LocalRedirect($"~{With(view.Href(path), "view", no.Code)}");
        }

        return TypedResults.LocalRedirect($"~{With(view.Href(path), "view", "saved")}");
    }

    private static async Task<RedirectHttpResult> DropViewAsync(
        string code, [FromForm] Guid id, DropView drop, Access by, CancellationToken ct)
    {
        await drop.RunAsync(id, by, ct);
        return TypedResults.LocalRedirect($"~/p/{Uri.EscapeDataString(code)}/items?view=dropped");
    }

    /// <exception cref="Refusal">404: no such programme, or none that <paramref name="reader"/> may read.</exception>
    internal static async Task<Programme> ProgrammeAsync(Db db, Access reader, string code, CancellationToken ct) =>
        await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(programme => programme.Code == code, ct)
            ?? throw Refusal.NotFound("programme", code);

    private static ItemAnswer Of(ItemList.Row row, Words words, DateOnly on)
    {
        var reason = ReasonText.Read(row.Reason);
        return new(
            row.Id, row.Kind.ToString(), row.NumberValue, row.NumberText, row.Title, row.AspectNo, row.DeadlineText, row.DueOn, row.Standing,
            row.Status.Mark, words[row.Status.TextKey], row.Light.Mark, words[reason.TextKey, [.. reason.Arguments(on)]],
            [.. row.Units.Select(unit => new UnitAnswer(unit.Text, unit.Role.ToString(), unit.UnitId))],
            row.Finding is { } finding ? new(finding.Id, finding.NumberText, finding.Title) : null);
    }

    private static string OnDay(string href, DateOnly on) => With(href, "on", on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string With(string href, string name, string value) =>
        $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
}
