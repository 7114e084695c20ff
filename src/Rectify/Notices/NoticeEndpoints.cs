using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>Notices and objections over HTTP for other systems, and their files.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Notices").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/notices", ListAsync).WithSummary("The notices of a programme, the newest first, 50 at a time: state=, item=, after= the last one's id.");
        api.MapPost("/programmes/{code}/notices", DraftAsync).WithSummary("Begins a notice of one closing or several that wait for one.");
        api.MapGet("/programmes/{code}/objection-desk", DeskAsync).WithSummary("Where the public turns with objections, and how notices are numbered.");
        api.MapPut("/programmes/{code}/objection-desk", SetDeskAsync).WithSummary("Sets where the public turns with objections. For the programme's office.");
        api.MapGet("/programmes/{code}/objection-desks", DesksAsync).WithSummary("Where the public reaches single units with objections.");
        api.MapPut("/programmes/{code}/objection-desks/{unit:guid}", SetUnitDeskAsync).WithSummary("Sets where the public reaches a unit. For the programme's office and the unit's own.");
        api.MapGet("/notices/{id:guid}", ReadAsync).WithSummary("A notice word for word, its days, and what contradicts what in a draft: from= the first day that will be announced.");
        api.MapPut("/notices/{id:guid}", ChangeAsync).WithSummary("Saves what is written in a draft.");
        api.MapPost("/notices/{id:guid}/masks", MaskAsync).WithSummary("Withholds passages of a notice that went out, for good. For its office.");
        api.MapPost("/notices/{id:guid}/overrulings", OverruleAsync).WithSummary("Says why a contradiction does not keep the notice from going out.");
        api.MapPost("/notices/{id:guid}/publication", PublishAsync).WithSummary("Publishes a notice: gives it its number and opens it. Refused while a contradiction stands.");
        api.MapPost("/notices/{id:guid}/dropping", DropAsync).WithSummary("Gives a draft up.");
        api.MapPost("/notices/{id:guid}/evidence", ProveAsync).WithSummary("Names a piece of evidence that shows where the notice stood.");
        api.MapPost("/notices/{id:guid}/end", EndAsync).WithSummary("Ends a notice whose days are over and to which no objection is open.");
        api.MapGet("/notices/{id:guid}/objections", ObjectionsAsync).WithSummary("The objections to a notice, without who objected. For its office.");
        api.MapPost("/notices/{id:guid}/objections", EnterAsync).WithSummary("Enters an objection that came by post, by hand or by phone; answers the receipt code, once.");
        api.MapPost("/objections/{id:guid}/decision", SettleAsync).WithSummary("Decides an objection; upheld, it sends the items back.");
        api.MapPost("/objections/{id:guid}/objector", ObjectorAsync).WithSummary("Who objected. For the notice's office; that it was read stands in the journal.");
        var files = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        files.MapGet("/notices/{id:guid}/file.{kind:regex(^(docx|pdf)$)}", FileAsync);
        files.MapGet("/objections/{id:guid}/decision.{kind:regex(^(docx|pdf)$)}", DecisionFileAsync);
        files.MapGet("/objections/{id:guid}/files/{file:guid}", AttachmentAsync);
        app.MapGet("/public/notices/{id:guid}/notice.{kind:regex(^(docx|pdf)$)}", PublicFileAsync)
            .AllowAnonymous().RequireRateLimiting(NoticesRoom.PaperLimit).ExcludeFromDescription().WithMetadata(new OutputCacheAttribute { PolicyName = PublicAddress.Kept }); // set anew for each request it would cost much
    }

    public sealed record RowAnswer(Guid Id, string Title, NoticeState State, string Number, DateOnly? From, DateOnly? EndsOn, int Items, int Objections, int OpenObjections);

    /// <param name="Tag">What <c>overrulings</c> takes.</param>
    public sealed record DoubtAnswer(Guid Closure, ConsistencyRule Rule, StatementField Field, int No, string Quote, string Against, string Why, string Tag, string? Overruled);

    public sealed record DayAnswer(DateOnly On, int? No, bool Paused);

    public sealed record PartAnswer(Guid Closure, Guid Item, PartText Text);

    /// <param name="Left">Days that count and are still to come, today among them; <see langword="null"/> unless it runs.</param>
    /// <param name="Masks">Passages that are withheld, for those who write it and its office; for others empty.</param>
    public sealed record NoticeAnswer(
        Guid Id, NoticeState State, string Title, DateOnly? From, DateOnly? To, DateOnly? EndsOn, int Days, bool Working, int? Left, string Channel, string ContentHash, Guid PublicId, int Version, NoticeContent Content,
        IReadOnlyList<PartAnswer> Parts, IReadOnlyList<DoubtAnswer> Contradictions, IReadOnlyList<DayAnswer> Counted, int Objections, int OpenObjections, IReadOnlyList<Mask> Masks);

    public sealed record Made(Guid Id);

    public sealed record DraftRequest(IReadOnlyList<Guid> Closures);

    /// <param name="Version">0 where nobody set anything yet.</param>
    public sealed record DeskAnswer(DeskDetails Desk, int Version);

    /// <param name="Version">0 where nobody set anything yet.</param>
    public sealed record UnitDeskAnswer(Guid Unit, ReceiverDetails Desk, int Version);

    /// <param name="Version">0 where nobody set anything yet.</param>
    public sealed record UnitDeskRequest(ReceiverDetails Desk, int Version);

    /// <param name="Masks">All passages that will be withheld; without it those that were chosen before.</param>
    /// <param name="Receivers">Units with desks to which it sends objections, empty for the usual desk; without it what was chosen before.</param>
    public sealed record ChangeRequest(string Title, IReadOnlyList<PartText> Texts, int Version, IReadOnlyList<Mask>? Masks = null, IReadOnlyList<Guid>? Receivers = null);

    /// <param name="Masks">Passages to withhold besides those that are withheld already.</param>
    public sealed record MaskRequest(IReadOnlyList<Mask> Masks, int Version);

    /// <param name="From">The first day that will be announced; today if none is given.</param>
    public sealed record OverruleRequest(Guid Closure, string Tag, string Reason, int Version, DateOnly? From = null);

    /// <param name="From">The first day; today if none is given.</param>
    /// <param name="Password">One's own, typed again: whoever publishes signs.</param>
    public sealed record PublishRequest(string Channel, int Version, DateOnly? From = null, string? Password = null);

    /// <param name="Password">One's own, typed again: whoever ends a notice signs that its days are over.</param>
    public sealed record EndRequest(string? Password = null);

    public sealed record PublishAnswer(int Year, int No);

    public sealed record Versioned(int Version);

    public sealed record EvidenceRequest(Guid Piece);

    public sealed record ObjectionAnswer(
        Guid Id, int No, ObjectionMeans Means, ObjectionKind Kind, string Text, string Place, Guid? Closure, DateOnly DatedOn, DateOnly ReceivedOn, bool InTime, ObjectionOutcome? Outcome, string Reasons, string Answer,
        bool SendsBack, DateOnly? SettledOn, int Version);

    /// <param name="DatedOn">Of the postmark, the delivery or the call.</param>
    public sealed record EntryRequest(
        ObjectionMeans Means, ObjectionKind Kind, string Text, DateOnly DatedOn, DateOnly ReceivedOn, string Place = "", Guid? Closure = null, string Name = "", string Contact = "");

    /// <param name="Code">Kept nowhere: hand it on.</param>
    public sealed record EntryAnswer(string Code);

    public sealed record DecisionRequest(ObjectionOutcome Outcome, string Reasons, string Answer, DateOnly On, int Version, bool SendBack = false);

    private static async Task<Ok<List<RowAnswer>>> ListAsync(
        string code, [FromQuery] NoticeState? state, [FromQuery] Guid? item, [FromQuery] Guid? after, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await NoticeList.PageAsync(db, reader, programme.Id, state, item, after, ct)).ConvertAll(row => new RowAnswer(
            row.Notice.Id, row.Notice.Title, row.Notice.State, row.Notice is { Year: { } year, No: { } no } ? NoticeText.Number(row.Mark, year, no) : "", row.Notice.From, row.Notice.EndsOn, row.Items, row.Objections, row.Open)));
    }

    private static async Task<Created<Made>> DraftAsync(string code, DraftRequest body, Db db, DraftNotice draft, Access by, CancellationToken ct)
    {
        await TaskEndpoints.ProgrammeAsync(db, by, code, ct);
        var made = await draft.RunAsync(body.Closures, by, ct);
        return TypedResults.Created($"/api/notices/{made}", new Made(made));
    }

    private static async Task<Ok<DeskAnswer>> DeskAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var desk = await db.ObjectionDesks().AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct);
        return TypedResults.Ok(new DeskAnswer(desk?.Details ?? new("", "", "", "", "", "", false), desk?.Version ?? 0));
    }

    private static async Task<NoContent> SetDeskAsync(string code, DeskAnswer body, SetDesk set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, body.Desk, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<UnitDeskAnswer>>> DesksAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await db.UnitDesks().AsNoTracking().Where(one => one.ProgrammeId == programme.Id).OrderBy(one => one.Id).ToListAsync(ct)).ConvertAll(one => new UnitDeskAnswer(one.UnitId, one.Details, one.Version)));
    }

    private static async Task<NoContent> SetUnitDeskAsync(string code, Guid unit, UnitDeskRequest body, SetUnitDesk set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, unit, body.Desk, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<NoticeAnswer>> ReadAsync(Guid id, [FromQuery] DateOnly? from, Db db, NoticeWork work, Words words, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var view = await NoticeView.ReadAsync(db, work, clock, reader, id, ct, from);
        var one = view.Notice;
        return TypedResults.Ok(new NoticeAnswer(
            id, one.State, one.Title, one.From, one.To, one.EndsOn, one.Days, one.Working, view.Left(clock.Today), one.Channel, one.ContentHash, one.PublicId, one.Version, view.Content,
            [.. view.Parts.Select(part => new PartAnswer(part.ClosureId, part.ItemId, new(part.Done, part.Result, part.Next)))],
            [.. view.Doubts.Select(doubt => new DoubtAnswer(
                doubt.Part.ClosureId, doubt.Found.Rule, doubt.Found.Field, doubt.Found.No, doubt.Found.Quote, doubt.Found.Against, words.Why(doubt.Found), doubt.Tag, doubt.Overruled?.Reason))],
            [.. view.Clock?.Days.Select(day => new DayAnswer(day.On, day.No, day.Paused)) ?? []], view.ObjectionCount, view.OpenObjections, view.Masks));
    }

    private static async Task<NoContent> ChangeAsync(Guid id, ChangeRequest body, ChangeNotice change, Access by, CancellationToken ct)
    {
        await change.RunAsync(id, body.Title, body.Texts, body.Masks, body.Version, by, ct, body.Receivers);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> MaskAsync(Guid id, MaskRequest body, MaskNotice mask, Access by, CancellationToken ct)
    {
        await mask.RunAsync(id, body.Masks, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> OverruleAsync(Guid id, OverruleRequest body, OverruleContradiction overrule, Access by, CancellationToken ct)
    {
        await overrule.RunAsync(id, body.Closure, body.Tag, body.Reason, body.Version, by, ct, body.From);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PublishAnswer>> PublishAsync(Guid id, PublishRequest body, PublishNotice publish, ProveSigner prove, TimeProvider clock, Access by, CancellationToken ct)
    {
        await prove.RunAsync(body.Password, by, ct);
        var (year, no) = await publish.RunAsync(id, body.From ?? clock.Today, body.Channel, body.Version, by, ct);
        return TypedResults.Ok(new PublishAnswer(year, no));
    }

    private static async Task<NoContent> DropAsync(Guid id, Versioned body, ChangeNotice change, Access by, CancellationToken ct)
    {
        await change.DropAsync(id, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ProveAsync(Guid id, EvidenceRequest body, ProveNotice prove, Access by, CancellationToken ct)
    {
        await prove.RunAsync(id, body.Piece, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndAsync(Guid id, EndRequest body, EndNotice end, ProveSigner prove, Access by, CancellationToken ct)
    {
        await prove.RunAsync(body.Password, by, ct);
        await end.RunAsync(id, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<ObjectionAnswer>>> ObjectionsAsync(Guid id, Db db, NoticeWork work, Access reader, CancellationToken ct)
    {
        await work.ForOfficeAsync(id, reader, ct);
        return TypedResults.Ok((await db.Objections().AsNoTracking().Where(one => one.NoticeId == id).OrderBy(one => one.No).ToListAsync(ct)).ConvertAll(one => new ObjectionAnswer(
            one.Id, one.No, one.Means, one.Kind, one.Text, one.Place, one.ClosureId, one.DatedOn, one.ReceivedOn, one.InTime, one.Outcome, one.Reasons, one.Answer, one.SendsBack, one.SettledOn, one.Version)));
    }

    private static async Task<Ok<EntryAnswer>> EnterAsync(Guid id, EntryRequest body, ReceiveObjection receive, Access by, CancellationToken ct) => TypedResults.Ok(new EntryAnswer(await receive.ByOfficeAsync(
        id, new(body.Means, body.Kind, body.Text, body.Place, body.Closure, body.DatedOn) { Name = body.Name, Contact = body.Contact }, body.ReceivedOn, [], Guid.CreateVersion7(), by, ct)));

    private static async Task<NoContent> SettleAsync(Guid id, DecisionRequest body, SettleObjection settle, Access by, CancellationToken ct)
    {
        await settle.RunAsync(id, new(body.Outcome, body.Reasons, body.Answer, body.On, body.SendBack), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Objector>> ObjectorAsync(Guid id, ReadObjector read, Access by, CancellationToken ct) => TypedResults.Ok(await read.RunAsync(id, by, ct));

    private static async Task<FileContentHttpResult> FileAsync(Guid id, string kind, HttpContext http, Db db, NoticeWork work, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var view = await NoticeView.ReadAsync(db, work, clock, reader, id, ct);
        return Paper(view.Notice, view.Content, kind, http, clock, ct);
    }

    private static async Task<FileContentHttpResult> PublicFileAsync(Guid id, string kind, HttpContext http, Db db, TimeProvider clock, CancellationToken ct)
    {
        var notice = await db.PublishedNotices().AsNoTracking().SingleOrDefaultAsync(one => one.PublicId == id, ct) ?? throw Refusal.NotFound("public-notice", id);
        return Paper(notice, NoticeContent.Read(notice.Content), kind, http, clock, ct);
    }

    private static FileContentHttpResult Paper(PublicNotice notice, NoticeContent content, string kind, HttpContext http, TimeProvider clock, CancellationToken ct) => TypedResults.File(
        NoticePaper.Write(NoticePaper.Of(content, notice.From, notice.PublishedAt ?? clock.GetUtcNow(), notice.MaskedOn, $"{http.Site}/public/notices/{notice.PublicId}"), kind, ct), TypeOf(kind), $"{notice.Title}.{kind}");

    private static async Task<FileContentHttpResult> DecisionFileAsync(Guid id, string kind, Db db, NoticeWork work, Access reader, CancellationToken ct)
    {
        var objection = await db.Objections().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("objection", id);
        var (notice, _) = await work.ForOfficeAsync(objection.NoticeId, reader, ct);
        return objection.IsOpen
            ? throw Refusal.Conflict("objection.open", "This objection was not decided yet.")
            : TypedResults.File(
                NoticePaper.Write(NoticePaper.Decision(notice, NoticeContent.Read(notice.Content), objection, objection.SettledAt!.Value), kind, ct), TypeOf(kind),
                $"{Words.In(Language.Default)["objection.paper.title"]} {objection.No}.{kind}");
    }

    // A stranger's file is handed out to be kept, never shown by the browser as part of this site.
    private static async Task<FileStreamHttpResult> AttachmentAsync(Guid id, Guid file, HttpContext http, Db db, NoticeWork work, FileStore files, Access reader, CancellationToken ct)
    {
        var kept = await db.ObjectionFiles().AsNoTracking().SingleOrDefaultAsync(one => one.Id == file && one.ObjectionId == id, ct) ?? throw Refusal.NotFound("file", file);
        await work.ForOfficeAsync(kept.NoticeId, reader, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(files.Open(kept.FileHash), "application/octet-stream", $"objection{FileTypes.Named(kept.Type).Endings.FirstOrDefault() ?? ".bin"}");
    }

    private static string TypeOf(string ending) => ending == "pdf" ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}
