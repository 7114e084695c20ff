using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Reading;

namespace Rectify.Plans;

internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Plans").RequireAuthorization();

        // Antiforgery protects forms of pages; a client of the API sends its own file on purpose.
        var size = new RequestSizeLimitAttribute(StartImport.LargestRequest);
        api.MapPost("/plans/preview", Preview).WithSummary("What is understood of a document: the plan with its doubts. Nothing is saved.").DisableAntiforgery().WithMetadata(size);
        api.MapPost("/programmes/{code}/imports", Start).WithSummary("Keeps a document as one's own import, to be looked at, corrected and confirmed.").DisableAntiforgery().WithMetadata(size);
        api.MapGet("/programmes/{code}/imports/{id:guid}", GetImport).WithSummary("One's own import as it is now: its version, the units chosen, the plan.");
        api.MapPost("/programmes/{code}/imports/{id:guid}/confirmation", Confirm).WithSummary("Makes a version of the plan of an import.");
        api.MapGet("/programmes/{code}/plan-versions", ListVersions).WithSummary("The versions of a programme's plan.");
        api.MapPost("/programmes/{code}/plan-versions/{no:int}/steps", Record).WithSummary("Records that a version was approved, published or otherwise went on.");
        api.MapGet("/programmes/{code}/plan-versions/{no:int}/difference", Difference).WithSummary("What a version changes of the one before it.");
        app.MapGet("/p/{code}/plan/{no:int}/file", Download).ExcludeFromDescription();
    }

    public sealed record ImportStarted(Guid Id);

    public sealed record StepBody(PlanStep Step, DateOnly On, string Document = "")
    {
        public PastStep Taken => new(Step, On, Document);
    }

    /// <param name="Steps">Steps already taken, in their order.</param>
    /// <param name="KeepAliases">Whether spellings that were assigned become aliases of their units.</param>
    public sealed record ConfirmationBody(IReadOnlyList<StepBody>? Steps = null, bool KeepAliases = false);

    public sealed record VersionConfirmed(int No);

    /// <summary>What was understood of a document, as docs/import.md says. Nothing is saved.</summary>
    private static async Task<ContentHttpResult> Preview(IFormFile file, Access by, CancellationToken ct)
    {
        by.Demand(Right.Plan);
        await using var content = file.OpenReadStream();
        var document = DocumentReader.Read(content, file.FileName, ct: ct);
        return TypedResults.Content(PlanJson.Write(PlanGrammar.Read(document), document), "application/json");
    }

    private static async Task<Created<ImportStarted>> Start(string code, IFormFile file, StartImport start, Access by, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var id = await start.RunAsync(code, content, file.FileName, by, ct);
        return TypedResults.Created($"/api/programmes/{code}/imports/{id}", new ImportStarted(id));
    }

    /// <summary>One's own preview as it is now, with corrections: its version, the units chosen, and the plan.</summary>
    private static async Task<ContentHttpResult> GetImport(string code, Guid id, Access by, Db db, CancellationToken ct)
    {
        var programme = await PlanQueries.ProgrammeAsync(db, code, by, Right.Plan, ct);
        var draft = await db.ImportDraftsFor(by).AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.ProgrammeId == programme.Id, ct)
            ?? throw Refusal.NotFound("import", id);
        using var answer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteString("id", draft.Id);
            json.WriteNumber("version", draft.Version);
            json.WriteString("fileName", draft.FileName);
            json.WritePropertyName("units");
            json.WriteRawValue(draft.Units);
            json.WritePropertyName("plan");
            json.WriteRawValue(PlanJson.Write(PlanPreview.Draft(draft), PlanPreview.Source(draft)));
            json.WriteEndObject();
        }

        return TypedResults.Content(System.Text.Encoding.UTF8.GetString(answer.ToArray()), "application/json");
    }

    private static async Task<Created<VersionConfirmed>> Confirm(
        string code, Guid id, ConfirmationBody body, ConfirmImport confirm, Access by, Db db, CancellationToken ct)
    {
        var programme = await PlanQueries.ProgrammeAsync(db, code, by, Right.Plan, ct);
        if (!await db.ImportDraftsFor(by).AnyAsync(d => d.Id == id && d.ProgrammeId == programme.Id, ct))
        {
            throw Refusal.NotFound("import", id);
        }

        var no = await confirm.RunAsync(id, [.. (body.Steps ?? []).Select(step => step.Taken)], body.KeepAliases, by, ct);
        return TypedResults.Created($"/api/programmes/{code}/plan-versions", new VersionConfirmed(no));
    }

    private static async Task<Ok<IReadOnlyList<VersionRow>>> ListVersions(string code, Access by, Db db, CancellationToken ct)
    {
        var programme = await PlanQueries.ProgrammeAsync(db, code, by, Right.Read, ct);
        return TypedResults.Ok(await PlanQueries.VersionsAsync(db, programme.Id, by, ct));
    }

    private static async Task<NoContent> Record(string code, int no, StepBody body, RecordPlanStep record, Access by, CancellationToken ct)
    {
        await record.RunAsync(code, no, body.Taken, by, ct);
        return TypedResults.NoContent();
    }

    /// <param name="with">The version to compare with; the one before unless said.</param>
    private static async Task<Ok<IReadOnlyList<PlanChange>>> Difference(string code, int no, int? with, Access by, Db db, CancellationToken ct)
    {
        var programme = await PlanQueries.ProgrammeAsync(db, code, by, Right.Read, ct);
        var after = await PlanQueries.ContentAsync(db, programme.Id, no, by, ct);
        return TypedResults.Ok(PlanDifference.Between(await PlanQueries.ContentAsync(db, programme.Id, with ?? no - 1, by, ct), after));
    }

    // The original as it was handed in. A stranger's file: saved, never shown, and without any right of this site.
    private static async Task<FileStreamHttpResult> Download(string code, int no, HttpContext http, Access by, Db db, FileStore files, CancellationToken ct)
    {
        var programme = await PlanQueries.ProgrammeAsync(db, code, by, Right.Read, ct);
        var version = await db.PlanVersionsFor(by, Right.Read).Where(v => v.ProgrammeId == programme.Id && v.No == no)
            .Select(v => new { v.FileName, v.FileHash }).SingleOrDefaultAsync(ct) ?? throw Refusal.NotFound("plan", no);
        if (version.FileName.Length == 0)
        {
            throw Refusal.NotFound("file", version.FileHash); // destroyed
        }

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(files.Open(version.FileHash), "application/octet-stream", version.FileName);
    }
}
