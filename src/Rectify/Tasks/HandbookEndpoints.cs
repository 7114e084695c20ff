using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Tasks;

/// <summary>Hand-over manuals as files. Small ones come at once; for a large one a page says how far it is.</summary>
internal static class HandbookEndpoints
{
    /// <summary>More tasks than this take longer than two seconds to set as PDF.</summary>
    private const int AtOnce = 15;

    public static void MapHandbooks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/items/{id:guid}/handbook.{kind:regex(^(docx|pdf)$)}", OfItemAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/units/{id:guid}/handbook.{kind:regex(^(docx|pdf)$)}", OfUnitAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/handbooks/{id:guid}/file", FetchAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> OfItemAsync(
        Guid id, string kind, HttpContext http, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var order = new HandbookOrder(id, null, "", On(http, clock), kind == "pdf", Language.Of(http.Request), http.User.Identity?.Name ?? "");
        return File(order, await HandbookFile.MakeAsync(db, reader, order, clock, null, ct));
    }

    private static async Task<IResult> OfUnitAsync(
        Guid id, string kind, string? programme, HttpContext http, Db db, Access reader, HandbookJobs jobs, TimeProvider clock, CancellationToken ct)
    {
        var order = new HandbookOrder(null, id, programme ?? "", On(http, clock), kind == "pdf", Language.Of(http.Request), http.User.Identity?.Name ?? "");
        var count = (await Handbook.RolesAsync(db, reader, id, order.Programme, order.On, ct)).Count;
        return count == 0 ? throw Refusal.NotFound("handbook", id)
            : count <= AtOnce ? File(order, await HandbookFile.MakeAsync(db, reader, order, clock, null, ct))
            : TypedResults.LocalRedirect($"~/handbooks/{jobs.Start(order, reader).Id}");
    }

    private static FileContentHttpResult FetchAsync(Guid id, HandbookJobs jobs, Actor by) =>
        jobs.Find(id, by) is { File: { } file } job ? File(job.Order, file) : throw Refusal.NotFound("handbook", id);

    private static FileContentHttpResult File(HandbookOrder order, byte[] file) => order.Pdf
        ? TypedResults.File(file, "application/pdf", Name(order, "pdf"))
        : TypedResults.File(file, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Name(order, "docx"));

    private static string Name(HandbookOrder order, string ending) =>
        Words.In(order.Language)["handbook.file", order.On.ToString("yyyyMMdd", CultureInfo.InvariantCulture)] + "." + ending;

    private static DateOnly On(HttpContext http, TimeProvider clock) =>
        DateOnly.TryParseExact(http.Request.Query["on"], "yyyy-MM-dd", out var on) ? on : clock.Today;
}
