using Microsoft.AspNetCore.Http.HttpResults;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>Dossiers and requirements over HTTP for other systems; workbook and package for everyone who may read them.</summary>
internal static class DossierEndpoints
{
    public static void MapDossiers(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Dossiers").RequireAuthorization();
        api.MapGet("/items/{id:guid}/dossier", ReadAsync).WithSummary("The dossier of a task or sub-task on a day.");
        api.MapPut("/items/{id:guid}/task-type", ClassifyAsync).WithSummary("Says of which type a task is; the requirements of the type then hold for it.");
        api.MapPost("/items/{id:guid}/dossier/reminder", RemindAsync).WithSummary("Reminds the responsible units of what a dossier lacks, once a day. For whoever plans or supervises the item.");
        api.MapGet("/programmes/{code}/dossiers", ListAsync).WithSummary("How complete the dossiers of a programme are on a day, fifty at a time.");
        api.MapGet("/programmes/{code}/requirements", RequirementsAsync).WithSummary("The requirements for evidence in force on a day.");
        api.MapPut("/programmes/{code}/requirements", ChangeAsync).WithSummary("Makes the next version of the requirements.");
        api.MapPost("/evidence/{id:guid}/sharing", ShareAsync).WithSummary("Declares that a piece may use the same file as an earlier one.");
        api.MapDelete("/evidence/{id:guid}/sharing", TakeBackAsync).WithSummary("Takes such a declaration back.");
        app.MapGet("/items/{id:guid}/dossier.zip", ZipAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/items/{id:guid}/dossier.pdf", CatalogueAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/p/{code}/dossiers.xlsx", ExportAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <param name="Folders">In the order of the archive.</param>
    /// <param name="No">The version; 0 for the usual requirements of a programme that has set none.</param>
    public sealed record RequirementsAnswer(int No, IReadOnlyList<string> Folders, IReadOnlyList<Requirement> List);

    /// <param name="Seen">The number of the version that was read; a newer one refuses the change.</param>
    public sealed record RequirementsBody(int Seen, IReadOnlyList<string>? Folders = null, IReadOnlyList<Requirement>? List = null, string? Reason = null);

    public sealed record Numbered(int No);

    /// <param name="Version">The item's, as it was read.</param>
    public sealed record TypeBody(int Version, string? TaskType = null);

    /// <param name="File">SHA-256 of the piece's newest file, as it was read.</param>
    public sealed record SharingBody(string? File = null, string? Reason = null);

    public sealed record LinePieceAnswer(Guid Piece, string Standing);

    public sealed record UnfitAnswer(Guid Piece, IReadOnlyList<Unfit> Lacks);

    public sealed record PairAnswer(string Place, Guid? Before, Guid? After);

    /// <param name="Target">The item, or the measure that it is asked of.</param>
    /// <param name="DueOn">The day it has to be there, where that is known.</param>
    public sealed record LineAnswer(
        string Key, string Folder, string Title, Guid Target, RequirementState State, int Count, int Have, DateOnly? DueOn,
        IReadOnlyList<LinePieceAnswer> Pieces, IReadOnlyList<UnfitAnswer> Unfit, IReadOnlyList<PairAnswer> Pairs);

    public sealed record CountsAnswer(int Required, int Present, int Missing, int Expired, int Duplicate, int NotYet, int Pieces, bool Whole)
    {
        internal static CountsAnswer Of(DossierStates one) => new(
            one.Required, one.Count(RequirementState.Present), one.Count(RequirementState.Missing), one.Count(RequirementState.Expired), one.Count(RequirementState.Duplicate),
            one.Count(RequirementState.NotYet), one.PieceCount, one.IsWhole);
    }

    public sealed record DossierAnswer(
        Guid Item, string TaskType, int Version, DateOnly On, int Requirements, CountsAnswer Counts, IReadOnlyList<LineAnswer> Lines, IReadOnlyList<Guid> Others);

    public sealed record RowAnswer(Guid Item, string Number, string Title, string TaskType, CountsAnswer Counts);

    /// <param name="Next">The next page's address; <see langword="null"/> on the last.</param>
    public sealed record ListAnswer(DateOnly On, IReadOnlyList<RowAnswer> Rows, string? Next);

    private static async Task<Ok<DossierAnswer>> ReadAsync(Guid id, DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var day = on ?? clock.Today;
        var (_, dossier) = await new DossierReading(db, reader, day, clock).ReadAsync(id, ct) ?? throw Refusal.NotFound("item", id);
        return TypedResults.Ok(new DossierAnswer(
            id, dossier.Item.TaskType, dossier.Item.Version, day, dossier.No, CountsAnswer.Of(dossier),
            [.. dossier.Lines.Select(line => new LineAnswer(
                line.Requirement.Key, line.Requirement.Folder, line.Requirement.Title, line.Target, line.State, line.Requirement.Count, line.Have, line.DueOn,
                [.. line.Pieces.Select(one => new LinePieceAnswer(one.Piece, one.Standing.ToString()))],
                [.. line.Unfit.Select(one => new UnfitAnswer(one.Piece, [.. Enum.GetValues<Unfit>().Where(why => why is not Unfit.None && one.Why.HasFlag(why))]))],
                [.. line.Pairs.Select(pair => new PairAnswer(pair.Place, pair.Before, pair.After))]))],
            [.. dossier.Others.Select(piece => piece.Piece.Id)]));
    }

    private static async Task<NoContent> ClassifyAsync(Guid id, TypeBody body, ChangeTaskType change, Access by, CancellationToken ct)
    {
        await change.RunAsync(id, body.Version, body.TaskType ?? "", by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemindAsync(Guid id, RemindOfDossier remind, Access by, CancellationToken ct)
    {
        await remind.RunAsync(id, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ListAnswer>> ListAsync(string code, DateOnly? on, string? after, HttpRequest request, Db db, DossierMemory memory, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var (day, filter) = (on ?? clock.Today, DossierFilter.Read(request.Query));
        var list = new DossierList(db, memory, reader, await TaskEndpoints.ProgrammeAsync(db, reader, code, ct), day, clock);
        var page = await list.PageAsync(filter, after ?? "", ct);
        return TypedResults.Ok(new ListAnswer(
            day, [.. page.Rows.Select(one => new RowAnswer(one.Item.Id, one.Item.NumberText, one.Item.Title, one.Item.TaskType, CountsAnswer.Of(one)))],
            page.Next is { } next ? $"{request.Path}?after={next}&on={day:yyyy-MM-dd}{filter.Query}" : null));
    }

    private static async Task<Ok<RequirementsAnswer>> RequirementsAsync(string code, DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var (no, requirements) = await new DossierReading(db, reader, on ?? clock.Today, clock).RequirementsAsync(programme.Id, ct);
        return TypedResults.Ok(new RequirementsAnswer(no, requirements.Folders, requirements.List));
    }

    private static async Task<Ok<Numbered>> ChangeAsync(string code, RequirementsBody body, ChangeRequirements change, Access by, CancellationToken ct) =>
        TypedResults.Ok(new Numbered(await change.RunAsync(code, new(body.Folders ?? [], body.List ?? []), body.Reason ?? "", body.Seen, by, ct)));

    private static async Task<NoContent> ShareAsync(Guid id, SharingBody body, ShareFile share, Access by, CancellationToken ct)
    {
        await share.RunAsync(id, body.File ?? "", body.Reason ?? "", by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> TakeBackAsync(Guid id, string file, ShareFile share, Access by, CancellationToken ct)
    {
        await share.TakeBackAsync(id, file, by, ct);
        return TypedResults.NoContent();
    }

    // Begins at once and goes as fast as the line takes it: nothing is made beforehand, so there is nothing to wait for on a page of its own.
    private static async Task<PushStreamHttpResult> ZipAsync(
        Guid id, DateOnly? on, Db db, FileStore files, RecordExport record, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var day = on ?? clock.Today;
        var (programme, dossier) = await new DossierReading(db, reader, day, clock).ReadAsync(id, ct) ?? throw Refusal.NotFound("item", id);
        var units = await EvidenceList.UnitsAsync(db, dossier.Pieces.Values.Select(piece => piece.Piece.UnitId), ct);
        var zip = new DossierZip(files, words, programme, dossier, units, day, clock.GetUtcNow());
        if (day == clock.Today)
        {
            await record.RunAsync(dossier, reader, ct); // of a past day it is not the dossier that goes on
        }

        return TypedResults.Stream(to => zip.WriteAsync(to, ct), "application/zip", zip.Root + ".zip");
    }

    private static async Task<FileContentHttpResult> CatalogueAsync(Guid id, DateOnly? on, Db db, Words words, Access reader, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var day = on ?? clock.Today;
        var (programme, dossier) = await new DossierReading(db, reader, day, clock).ReadAsync(id, ct) ?? throw Refusal.NotFound("item", id);
        var units = await EvidenceList.UnitsAsync(db, dossier.Pieces.Values.Select(piece => piece.Piece.UnitId), ct);
        var catalogue = new DossierCatalogue(words, programme, dossier, DossierZip.Pack(dossier, words), units, day, clock.GetUtcNow());
        using var file = new MemoryStream();
        PdfWriter.Write(catalogue.Paper(http.User.Identity?.Name ?? ""), file, null, ct);
        return TypedResults.File(file.ToArray(), "application/pdf", SafeName.Of($"{words["dossier.of", words.Heading(dossier.Item)]} {words["dossier.zip.catalogue"]}", 150) + ".pdf");
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        string code, DateOnly? on, HttpRequest request, Db db, DossierMemory memory, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var day = on ?? clock.Today;
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var export = new DossierExport(new DossierList(db, memory, reader, programme, day, clock), DossierFilter.Read(request.Query), words, day);
        return TypedResults.Stream(
            to => export.WriteAsync(to, ct), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            words["dossier.export.file", programme.ShortName, words.Day(day)] + ".xlsx");
    }
}
