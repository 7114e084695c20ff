using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Workbooks;

/// <summary>Workbooks of returns over HTTP: out, back in to be looked at, confirmed.</summary>
internal static class WorkbookEndpoints
{
    /// <summary>The largest request: a file and the form around it.</summary>
    public const long LargestRequest = FilledBook.LargestFile + 1_048_576;

    public static void MapWorkbooks(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/returns/{id:guid}/workbook").WithTags("Dispatch").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("", DownloadAsync).WithSummary("One's own unit's return as a workbook to be filled in.").Produces<byte[]>(StatusCodes.Status200OK, BookWriter.ContentType);

        // Antiforgery protects forms of pages; a client of the API sends its own file on purpose.
        api.MapPost("/preview", LookAsync).WithSummary("Hands a filled workbook in, to be looked at: what it would change, what is wrong in which cell, what changed since. Saves nothing; kept for a day.")
            .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestRequest)).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        api.MapPost("/{upload:guid}/confirmation", ConfirmAsync).WithSummary("Takes a workbook over that was looked at: all of its lines in one act, or none.");
        app.MapGet("/returns/{id:guid}/workbook.xlsx", DownloadAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <param name="Cell">As <c>F7</c>; empty where it is about a sheet.</param>
    public sealed record CellAnswer(string Sheet, string Cell, string Value, string Code, string Text);

    /// <param name="Label">What differs.</param>
    public sealed record ChangeAnswer(string Field, string Label, string Old, string New);

    /// <param name="Faults">What has to be mended before the return is submitted.</param>
    public sealed record TakenAnswer(Guid Line, int No, Guid Item, string Title, IReadOnlyList<ChangeAnswer> Changes, IReadOnlyList<CellAnswer> Faults);

    public sealed record ActAnswer(DateTimeOffset At, string Who, IReadOnlyList<ChangeAnswer> Changes);

    /// <param name="Acts">What was done to the line since the workbook was made.</param>
    /// <param name="Given">What the plan says otherwise now.</param>
    public sealed record StaleAnswer(Guid Line, int No, Guid Item, string Title, IReadOnlyList<ActAnswer> Acts, IReadOnlyList<ChangeAnswer> Given);

    /// <param name="Upload">To confirm it.</param>
    /// <param name="Seal">To be sent back with the confirmation.</param>
    /// <param name="Open">Items that are still to be filled in afterwards.</param>
    public sealed record PreviewAnswer(
        Guid Upload, string Seal, DateTimeOffset Made, bool MayConfirm, IReadOnlyList<CellAnswer> Errors, IReadOnlyList<CellAnswer> Notices,
        IReadOnlyList<StaleAnswer> Stale, IReadOnlyList<TakenAnswer> Lines, int Open);

    /// <param name="Seal">Of the preview that was seen.</param>
    public sealed record ConfirmationRequest(string Seal);

    public sealed record TakenOver(int Lines, int Open, int Faulty);

    private static async Task<FileContentHttpResult> DownloadAsync(Guid id, TakeWorkbook take, Words words, Access by, CancellationToken ct)
    {
        var (name, file) = await take.MakeAsync(id, words, by, ct);
        return TypedResults.File(file, BookWriter.ContentType, name);
    }

    private static async Task<Ok<PreviewAnswer>> LookAsync(Guid id, IFormFile file, TakeWorkbook take, Words words, Access by, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var upload = await take.KeepAsync(id, content, file.FileName, by, ct);
        return TypedResults.Ok(Of(await take.PreviewAsync(id, upload, by, ct), words));
    }

    private static async Task<Ok<TakenOver>> ConfirmAsync(Guid id, Guid upload, ConfirmationRequest body, TakeWorkbook take, Access by, CancellationToken ct)
    {
        var taken = await take.RunAsync(id, upload, body.Seal ?? "", by, ct);
        return TypedResults.Ok(new TakenOver(taken.Lines.Count, taken.Open, taken.Faulty));
    }

    private static PreviewAnswer Of(WorkbookPreview preview, Words words)
    {
        IReadOnlyList<CellAnswer> Cells(IEnumerable<CellFault> faults) => [.. faults.Select(fault => new CellAnswer(fault.Sheet, fault.Cell, fault.Value, fault.Code, words.Fault(fault)))];
        IReadOnlyList<ChangeAnswer> Changes(IEnumerable<FieldDifference> changes) => [.. changes.Select(change => new ChangeAnswer(change.Field, words.Label(change), change.Old, change.New))];
        return new(
            preview.Upload, preview.Seal, preview.Made, preview.MayConfirm, Cells(preview.Errors), Cells(preview.Notices),
            [
                .. preview.Stale.Select(line => new StaleAnswer(
                    line.Line.Row.Id, line.Line.Row.No, line.Line.Row.ItemId, words.Heading(line.Line.Asked.Item),
                    [.. line.Acts.Select(act => new ActAnswer(act.At, act.Who, Changes(act.Changes)))], Changes(line.Given))),
            ],
            [
                .. preview.Lines.Select(line => new TakenAnswer(
                    line.Line.Row.Id, line.Line.Row.No, line.Line.Row.ItemId, words.Heading(line.Line.Asked.Item), Changes(line.Changes),
                    [.. line.Faults.Select(rule => new CellAnswer(rule.Sheet, rule.Cell, "", $"rule.{rule.Fault.Key}", words.Fault(rule.Fault, preview.View.Round.Period)))])),
            ],
            preview.Open);
    }
}
