using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Wall;

internal static class WallEndpoints
{
    public static void MapWall(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api").WithTags("Wall").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization()
            .MapGet("/programmes/{code}/changes", ChangesAsync).WithSummary("Server-sent events: \"changed\" when something of the programme may be new, \"alive\" four times a minute.")
            .WithDescription("An event's id says up to where one has seen the programme: sent back as Last-Event-ID, or as seen=, the stream goes on from there. It ends after ten minutes: open it again.");

    private static async Task<ServerSentEventsResult<string>> ChangesAsync(
        string code, [FromQuery] string? seen, [FromHeader(Name = "Last-Event-ID")] string? last, Db db, Access reader, WallWatch watch, HttpContext http, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy in front hands each event on at once
        return TypedResults.ServerSentEvents(watch.ListenAsync(programme.Id, last ?? seen, ct));
    }
}
