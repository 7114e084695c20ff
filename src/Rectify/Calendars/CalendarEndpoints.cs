using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Calendars;

/// <summary>Holidays over HTTP, for other systems.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/holidays").WithTags("Holidays").ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/", ReadAsync).WithSummary("The years whose holidays are known, and what was entered for them.");
        api.MapPost("/{year:int}/preview", PreviewAsync).WithSummary("Which days of open work would move. Saves nothing.");
        api.MapPut("/{year:int}", SetAsync).WithSummary("Enters the holidays of a year. For the office at the top of the units.");
    }

    /// <param name="Days">What an office entered: a day, a tab, off or work on each line; empty where the product's own table holds.</param>
    public sealed record YearAnswer(int Year, string Days, int Version);

    /// <param name="Days">One day or stretch on each line, as 2027-01-01~2027-01-03 off; empty to take back what was entered.</param>
    /// <param name="Version">As read; 0 for a year without an entry.</param>
    public sealed record YearRequest(string? Days, int Version);

    public sealed record MovedAnswer(MovedKind Kind, string Title, string Href, DateOnly Before, DateOnly After);

    private static async Task<Ok<List<YearAnswer>>> ReadAsync(Db db, CancellationToken ct)
    {
        var entered = await db.AnnouncedYears().AsNoTracking().ToDictionaryAsync(one => one.Year, ct);
        var known = (await db.CalendarAsync(ct)).KnownYears.Union(entered.Keys).Order();
        return TypedResults.Ok(known.Select(year => entered.TryGetValue(year, out var one) ? new YearAnswer(year, one.Days, one.Version) : new(year, "", 0)).ToList());
    }

    private static async Task<Ok<List<MovedAnswer>>> PreviewAsync(int year, YearRequest body, SetHolidays set, Access by, CancellationToken ct) =>
        Of(await set.PreviewAsync(year, body.Days ?? "", body.Version, by, ct));

    private static async Task<Ok<List<MovedAnswer>>> SetAsync(int year, YearRequest body, SetHolidays set, Access by, CancellationToken ct) =>
        Of(await set.RunAsync(year, body.Days ?? "", body.Version, by, ct));

    private static Ok<List<MovedAnswer>> Of(IEnumerable<MovedDay> moved) =>
        TypedResults.Ok(moved.Select(one => new MovedAnswer(one.Kind, one.Title, one.Href, one.Before, one.After)).ToList());
}
