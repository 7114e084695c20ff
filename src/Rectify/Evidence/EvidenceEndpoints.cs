using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Evidence;

/// <summary>Evidence over HTTP for other systems, and its files for everyone who may read it.</summary>
internal static class EvidenceEndpoints
{
    /// <summary>Pictures are derived from a file that never changes under its name.</summary>
    private const string Forever = "private, max-age=31536000, immutable";

    /// <summary>A stranger's file gets no right of this site, whatever a browser makes of it.</summary>
    private const string Nothing = "default-src 'none'; sandbox";

    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Evidence").RequireAuthorization();
        api.MapGet("/items/{id:guid}/evidence", ListAsync).WithSummary("The evidence of an item, its measures and points on a day; further pages by the header Link.");
        api.MapPost("/items/{id:guid}/evidence", AddAsync).WithSummary("Hands in a file that was uploaded to /api/uploads.");
        api.MapGet("/evidence/{id:guid}", ReadAsync).WithSummary("A piece of evidence with all its files.");
        api.MapPut("/evidence/{id:guid}", ChangeAsync).WithSummary("Changes what is said of a piece; its files stay.");
        api.MapPost("/evidence/{id:guid}/versions", AddVersionAsync).WithSummary("Hands in a newer file of a piece; the earlier ones stay.");
        api.MapPost("/evidence/{id:guid}/withdrawal", WithdrawAsync).WithSummary("Withdraws a piece with a reason; it stays to be seen.");
        app.MapGet("/items/{id:guid}/evidence.xlsx", ExportAsync).RequireAuthorization().ExcludeFromDescription();
        var files = app.MapGroup("/evidence/{id:guid}/versions/{no:int}").RequireAuthorization().ExcludeFromDescription();
        files.MapGet("file", DownloadAsync);
        files.MapGet("page-{page:int}.webp", PictureAsync);
    }

    /// <param name="Datum">WGS-84 unless said.</param>
    public sealed record SpotBody(decimal Latitude, decimal Longitude, Datum Datum = Datum.Wgs84);

    /// <param name="Items">Further items that it proves, besides the one of the address.</param>
    /// <param name="Upload">The last part of the upload's address.</param>
    public sealed record PieceBody(
        PieceKind Kind, string? Title = null, DateOnly? EffectiveOn = null, string? Issuer = null, string? Number = null, string? Place = null, SpotBody? Spot = null,
        DateOnly? From = null, DateOnly? To = null, IReadOnlyList<Guid>? Items = null, Guid? Upload = null)
    {
        public PieceDetails Details => new(
            Title ?? "", Kind, EffectiveOn, Issuer ?? "", Number ?? "", Place ?? "", Spot is null ? null : Evidence.Spot.Of(Spot.Latitude, Spot.Longitude, Spot.Datum), From, To);
    }

    /// <param name="Version">The version that was read; a newer one refuses the change.</param>
    public sealed record ChangeBody(PieceBody Piece, int Version);

    public sealed record VersionBody(Guid Upload, int Version, string? Reason = null);

    public sealed record WithdrawalBody(int Version, string? Reason = null);

    public sealed record Made(Guid Id);

    public sealed record FileAnswer(
        int No, string FileName, string Type, long Size, string Sha256, string Sm3, string Reason, DateTimeOffset AddedAt, string TakenAt, SpotBody? TakenSpot, string TakenWith,
        FileCheckResult? Checked, DateTimeOffset? CheckedAt, string Content);

    public sealed record SameAnswer(Guid Piece, string Title, Guid Item, string Heading);

    /// <param name="Id">The piece's address: <c>/evidence/</c> and this.</param>
    public sealed record PieceAnswer(
        Guid Id, string PublicId, string Title, PieceKind Kind, DateOnly? EffectiveOn, string Issuer, string Number, string Place, SpotBody? Spot, DateOnly? From, DateOnly? To,
        string Unit, IReadOnlyList<Guid> Items, DateTimeOffset AddedAt, DateTimeOffset? WithdrawnAt, string WithdrawnBecause, int Version,
        IReadOnlyList<FileAnswer> Files, IReadOnlyList<SameAnswer> Elsewhere);

    private static async Task<Ok<List<PieceAnswer>>> ListAsync(Guid id, DateOnly? on, HttpContext http, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var items = await EvidenceList.ItemsAsync(db, reader, id, ct);
        if (!items.Exists(item => item.Id == id))
        {
            throw Refusal.NotFound("item", id);
        }

        var day = on ?? clock.Today;
        var page = await EvidenceList.PageAsync(db, reader, items, Days.EndOf(day, clock), PieceQuery.Read(http.Request.Query), ct);
        if (page.Next is { } next)
        {
            http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{next.Href($"/api/items/{id}/evidence")}&on={day:yyyy-MM-dd}>; rel=\"next\"");
        }

        return TypedResults.Ok(page.Rows.ConvertAll(row => Of(
            row.Piece, row.Unit, row.Items.Select(item => item.Id), [Of(row.Piece.Id, row.File, row.Check)], row.Elsewhere is { } same ? [same] : [])));
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        Guid id, DateOnly? on, HttpRequest request, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var items = await EvidenceList.ItemsAsync(db, reader, id, ct);
        var item = items.Find(one => one.Id == id) ?? throw Refusal.NotFound("item", id);
        var day = on ?? clock.Today;
        var export = new EvidenceExport(db, words, reader, items, PieceQuery.Read(request.Query), Days.EndOf(day, clock));
        return TypedResults.Stream(
            to => export.WriteAsync(to, ct), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            words["evidence.export.filename", item.NumberText.Length > 0 ? item.NumberText : item.Title, words.Day(day)] + ".xlsx");
    }

    private static async Task<Ok<PieceAnswer>> ReadAsync(Guid id, Db db, Access reader, CancellationToken ct)
    {
        var view = await PieceView.ReadAsync(db, reader, id, ct) ?? throw Refusal.NotFound("evidence", id);
        return TypedResults.Ok(Of(
            view.Piece, view.Unit, view.Items.Select(item => item.Id), view.Versions.Select(file => Of(id, file, view.Checks.GetValueOrDefault(file.FileHash))),
            view.Elsewhere.SelectMany(group => group)));
    }

    private static async Task<Created<Made>> AddAsync(Guid id, PieceBody body, AddEvidence add, Access by, CancellationToken ct)
    {
        var made = await add.RunAsync([id, .. (body.Items ?? []).Where(item => item != id)], body.Details, body.Upload ?? Guid.Empty, by, ct);
        return TypedResults.Created($"/api/evidence/{made}", new Made(made));
    }

    private static async Task<NoContent> ChangeAsync(Guid id, ChangeBody body, ChangeEvidence change, Access by, CancellationToken ct)
    {
        await change.RunAsync(id, body.Piece.Details, [.. body.Piece.Items ?? []], body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AddVersionAsync(Guid id, VersionBody body, AddEvidenceVersion add, Access by, CancellationToken ct)
    {
        await add.RunAsync(id, body.Upload, body.Reason ?? "", body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WithdrawAsync(Guid id, WithdrawalBody body, WithdrawEvidence withdraw, Access by, CancellationToken ct)
    {
        await withdraw.RunAsync(id, body.Reason ?? "", body.Version, by, ct);
        return TypedResults.NoContent();
    }

    // The original, byte for byte: saved, never shown. A cut download goes on where it stopped.
    private static async Task<FileStreamHttpResult> DownloadAsync(Guid id, int no, HttpContext http, Db db, FileStore files, Access reader, CancellationToken ct)
    {
        var version = await VersionAsync(db, reader, id, no, ct);
        if (await db.FileChecks().AnyAsync(check => check.Hash == version.FileHash && check.Result == FileCheckResult.Destroyed, ct))
        {
            throw Refusal.NotFound("file", version.FileHash);
        }

        http.Response.Headers.ContentSecurityPolicy = Nothing;
        return TypedResults.File(
            files.Open(version.FileHash), "application/octet-stream", version.FileName, version.AddedAt, new($"\"{version.FileHash}\""), enableRangeProcessing: true);
    }

    private static async Task<PhysicalFileHttpResult> PictureAsync(
        Guid id, int no, int page, HttpContext http, Db db, PreviewFiles previews, Access reader, CancellationToken ct)
    {
        var version = await VersionAsync(db, reader, id, no, ct);
        if (previews.Picture(version.FileHash, page) is var path && (page < 0 || !File.Exists(path)))
        {
            throw Refusal.NotFound("preview", page);
        }

        http.Response.Headers.ContentSecurityPolicy = Nothing;
        http.Response.Headers.CacheControl = Forever;
        return TypedResults.PhysicalFile(path, "image/webp");
    }

    private static async Task<PieceVersion> VersionAsync(Db db, Access reader, Guid id, int no, CancellationToken ct) =>
        await db.PiecesFor(reader).AnyAsync(piece => piece.Id == id, ct)
            && await db.PieceVersions().AsNoTracking().SingleOrDefaultAsync(version => version.PieceId == id && version.No == no, ct) is { } found
            ? found
            : throw Refusal.NotFound("evidence", id);

    private static PieceAnswer Of(
        Piece piece, string unit, IEnumerable<Guid> items, IEnumerable<FileAnswer> files, IEnumerable<EvidenceList.Same> same) => new(
            piece.Id, JournalBytes.Text(piece.PublicId), piece.Title, piece.Kind, piece.EffectiveOn, piece.Issuer, piece.Number, piece.Place, Of(piece.Spot), piece.PeriodFrom,
            piece.PeriodTo, unit, [.. items], piece.AddedAt, piece.WithdrawnAt, piece.WithdrawnBecause, piece.Version, [.. files],
            [.. same.Select(one => new SameAnswer(one.Piece, one.Title, one.Item, one.Heading))]);

    private static FileAnswer Of(Guid piece, PieceVersion file, FileCheck? check) => new(
        file.No, file.FileName, file.Type, file.Size, file.FileHash, file.Sm3, file.Reason, file.AddedAt, file.TakenAt, Of(file.TakenSpot), file.TakenWith,
        check?.Result, check?.CheckedAt, string.Create(CultureInfo.InvariantCulture, $"/evidence/{piece}/versions/{file.No}/file"));

    private static SpotBody? Of(Spot? spot) => spot is null ? null : new(spot.LatitudeDegrees, spot.LongitudeDegrees, spot.Datum);
}
