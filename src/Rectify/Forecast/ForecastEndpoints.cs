using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Forecast;

/// <summary>Forecasts over HTTP, for other systems.</summary>
internal static class ForecastEndpoints
{
    public static void MapForecast(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api").WithTags("Forecast").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization()
            .MapGet("/programmes/{code}/forecast", ReadAsync).WithSummary("When open tasks are likely to be finished, with the chance to be in time, and how such forecasts did in the past.");

    /// <param name="Chance">To be done by the end of the deadline's day, 0 to 1; <see langword="null"/> where nothing is said.</param>
    /// <param name="Reasons">Why the forecast is as it is, a sentence each in the caller's language; empty where nothing is said.</param>
    /// <param name="Because">Why nothing is said.</param>
    public sealed record TaskAnswer(
        Guid Item, string Number, string Title, DateOnly? DueOn, int? Percent, double? Chance, DateOnly? Early, DateOnly? Likely, DateOnly? Late, double? ByHistory, double? ByProgress, double? Unknown,
        int? Ended, int? Met, IReadOnlyList<string> Reasons, NoForecast? Because);

    public sealed record LineAnswer(double From, double To, int Cases, int Met, double? Said);

    /// <param name="Enough">Whether there are enough cases to judge by.</param>
    public sealed record CalibrationAnswer(
        int Cases, int Tasks, int Days, int Met, int Waiting, bool Enough, double? Brier, double? BrierThen, double? BrierAfterwards, IReadOnlyList<LineAnswer> Table);

    public sealed record ForecastAnswer(DateOnly On, IReadOnlyList<TaskAnswer> Tasks, CalibrationAnswer Calibration);

    private static async Task<Ok<ForecastAnswer>> ReadAsync(string code, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, Words words, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var day = on ?? clock.Today;
        var list = await ForecastList.ReadAsync(db, reader, programme, day, clock, ct);
        var past = list.Calibration;
        return TypedResults.Ok(new ForecastAnswer(
            day, [.. list.Rows.Concat(list.Silent).Select(row => Of(row, words))],
            new(past.Cases.Count, past.Tasks, past.Days, past.Met, past.Waiting, past.IsEnough, past.Brier, past.BrierThen, past.BrierAfterwards,
                [.. past.Table.Select(line => new LineAnswer(line.From, line.To, line.Cases, line.Met, line.Said))])));
    }

    internal static TaskAnswer Of(ForecastList.Row row, Words words) => new(
        row.Item.Id, row.Item.NumberText, row.Item.Title, row.Task.DueOn, row.Task.Percent, row.Forecast?.Chance, row.Forecast?.Early, row.Forecast?.Likely, row.Forecast?.Late, row.Forecast?.ByHistory,
        row.Forecast?.ByProgress, row.Forecast?.Unknown, row.Forecast?.All.Ended, row.Forecast?.All.Met, row.Forecast is { } of ? [.. words.Reasons(of)] : [], row.Because);
}
