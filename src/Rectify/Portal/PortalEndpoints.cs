using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Portal;

/// <summary>Publishing over HTTP, for other systems of an office.</summary>
internal static class PortalEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Public site").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/public", SettingsAsync).WithSummary("What the public sees of a programme as a whole, and whether it sees anything.");
        api.MapPut("/programmes/{code}/public", SetAsync).WithSummary("Opens or closes a programme's public pages and says how they are headed.");
        api.MapGet("/programmes/{code}/publications", ListAsync).WithSummary("Items of a programme that were published, in the plan's order; touched=true for those about which something was recorded since, for the programme's office.");
        api.MapGet("/programmes/{code}/error-reports", ReportsAsync).WithSummary("What readers said is wrong on public pages, the waiting first.");
        api.MapPost("/programmes/{code}/error-reports/{id:guid}/answer", AnswerAsync).WithSummary("Answers a report; whoever holds its receipt reads the answer.");
        api.MapGet("/items/{id:guid}/publication", ReadAsync).WithSummary("The versions of an item's publication, with what was chosen and masked.");
        api.MapPost("/items/{id:guid}/publication/preview", PreviewAsync).WithSummary("Exactly what the public would see, and the hash with which it is published.");
        api.MapPost("/items/{id:guid}/publication", PublishAsync).WithSummary("Publishes an item as previewed, or corrects what was published.");
        api.MapPost("/items/{id:guid}/publication/withdrawal", WithdrawAsync).WithSummary("Takes a publication back; that it was, and when, stays public.");
        api.MapPost("/items/{id:guid}/public-pictures", PictureAsync).WithSummary("Makes a masked copy of a photo for the public.");
        app.MapGet("/items/{id:guid}/public-pictures/{name:length(32)}.webp", ShowAsync).RequireAuthorization().ExcludeFromDescription();
    }

    public sealed record SettingsAnswer(PublicSettings? Settings, int Version);

    public sealed record SettingsBody(PublicSettings Settings, int Version);

    public sealed record PublicationAnswer(Guid Item, Guid PublicId, string Number, string Title, PublicationState State, int No, DateTimeOffset ChangedAt);

    public sealed record VersionAnswer(int No, PublicationAct Act, DateTimeOffset At, string Remark, string Hash, PublicationChoice? Choice, PublicSnapshot? Snapshot);

    public sealed record PreviewAnswer(string Hash, PublicSnapshot Snapshot);

    /// <param name="Seen">The hash of the preview.</param>
    public sealed record PublishBody(ChoiceBody Choice, string Seen);

    /// <summary>As <see cref="PublicationChoice"/>; a list or a text left out is an empty one.</summary>
    public sealed record ChoiceBody(
        string Title, IReadOnlyList<PublicField>? Fields, IReadOnlyList<Mask>? Masks, string? ClosingNumber, string? FollowUp, IReadOnlyList<Guid>? Pictures, string? Remark)
    {
        public PublicationChoice Whole => new(Title, Fields ?? [], Masks ?? [], ClosingNumber ?? "", FollowUp ?? "", Pictures ?? [], Remark ?? "");
    }

    public sealed record RemarkBody(string Remark);

    public sealed record ReportAnswer(Guid Id, Guid? PublicId, string Text, string Contact, DateTimeOffset At, ErrorReportState State, string Answer, DateTimeOffset? AnsweredAt);

    public sealed record AnswerBody(string Answer);

    public sealed record PictureBody(Guid Piece, DetailsBody Details);

    /// <summary>As <see cref="PictureDetails"/>.</summary>
    public sealed record DetailsBody(bool After, string Alt, string? Caption, IReadOnlyList<HiddenBox>? Boxes);

    public sealed record Numbered(int No);

    public sealed record Made(Guid Id);

    private static async Task<Ok<SettingsAnswer>> SettingsAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var open = await db.PublicProgrammesFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct);
        return TypedResults.Ok(new SettingsAnswer(open?.Settings, open?.Version ?? 0));
    }

    private static async Task<NoContent> SetAsync(string code, SettingsBody body, SetPublicProgramme set, Access by, CancellationToken ct)
    {
        var stated = body.Settings;
        await set.RunAsync(code, stated is { Licence: PublicSettings.UsualLicence, LicenceUrl: "" } ? stated with { LicenceUrl = PublicSettings.UsualLicenceUrl } : stated, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<PublicationAnswer>>> ListAsync(string code, [FromQuery] bool? touched, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var found = db.PublicationsFor(reader);
        if (touched is true)
        {
            found = SetProcedure.IsOffice(programme, reader) ? PublicationDrift.Touched(db, found, reader) : throw Refusal.NotAllowed("procedure.office", "Only the programme's own office does this.");
        }

        return TypedResults.Ok(await found.Where(one => one.ProgrammeId == programme.Id).OrderBy(one => one.SortKey)
            .Select(one => new PublicationAnswer(one.ItemId, one.PublicId, one.Number, one.Title, one.State, one.No, one.ChangedAt)).ToListAsync(ct));
    }

    private static async Task<Ok<List<VersionAnswer>>> ReadAsync(Guid id, Db db, TimeProvider clock, Access by, CancellationToken ct)
    {
        // What was masked stands in it: the office's own.
        await PublicationDraft.ViewAsync(db, id, by, clock.Today, ct);
        var versions = await db.PublicationVersions().AsNoTracking().Where(version => db.PublicationsFor(by).Any(one => one.ItemId == id && one.Id == version.PublicationId)).OrderBy(version => version.No).ToListAsync(ct);
        return TypedResults.Ok(versions.ConvertAll(version => new VersionAnswer(
            version.No, version.Act, version.At, version.Remark, version.Hash, version.Choice.Length == 0 ? null : PublicationChoice.Read(version.Choice), version.Content.Length == 0 ? null : PublicSnapshot.Read(version.Content))));
    }

    private static async Task<Ok<PreviewAnswer>> PreviewAsync(Guid id, ChoiceBody body, Db db, TimeProvider clock, Access by, CancellationToken ct)
    {
        var draft = await PublicationDraft.MakeAsync(db, id, body.Whole, by, clock.Today, ct);
        return TypedResults.Ok(new PreviewAnswer(draft.Hash, draft.Snapshot));
    }

    private static async Task<Ok<Numbered>> PublishAsync(Guid id, PublishBody body, PublishItem publish, Access by, CancellationToken ct) =>
        TypedResults.Ok(new Numbered(await publish.RunAsync(id, body.Choice.Whole, body.Seen, by, ct)));

    private static async Task<NoContent> WithdrawAsync(Guid id, RemarkBody body, WithdrawPublication withdraw, Access by, CancellationToken ct)
    {
        await withdraw.RunAsync(id, body.Remark, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Made>> PictureAsync(Guid id, PictureBody body, MaskPicture mask, Access by, CancellationToken ct)
    {
        var stated = body.Details;
        return TypedResults.Ok(new Made(await mask.RunAsync(id, body.Piece, new(stated.After, stated.Caption ?? "", stated.Alt, stated.Boxes ?? []), by, ct)));
    }

    // For the office, before the public may see it.
    private static async Task<IResult> ShowAsync(Guid id, string name, Db db, FileStore files, Access by, CancellationToken ct) =>
        await db.PublicPicturesFor(by).Where(picture => picture.ItemId == id && picture.Name == name).Select(picture => picture.Hash).SingleOrDefaultAsync(ct) is { } hash && files.Exists(hash)
            ? TypedResults.Stream(files.Open(hash), "image/webp")
            : throw Refusal.NotFound("picture", name);

    private static async Task<Ok<List<ReportAnswer>>> ReportsAsync(string code, Db db, Access office, CancellationToken ct)
    {
        var programme = await SetProcedure.ProgrammeAsync(db, code, office, ct);
        var rows = await (
            from report in db.ErrorReportsFor(office)
            where report.ProgrammeId == programme.Id
            join one in db.PublicationsFor(office) on report.PublicationId equals one.Id into about
            from one in about.DefaultIfEmpty()
            orderby report.State descending, report.At descending
            select new ReportAnswer(report.Id, one == null ? null : one.PublicId, report.Text, report.Contact, report.At, report.State, report.Answer, report.AnsweredAt)).Take(500).ToListAsync(ct);
        return TypedResults.Ok(rows);
    }

    private static async Task<NoContent> AnswerAsync(string code, Guid id, AnswerBody body, AnswerErrorReport answer, Access by, CancellationToken ct)
    {
        await answer.RunAsync(code, id, body.Answer, by, ct);
        return TypedResults.NoContent();
    }
}
