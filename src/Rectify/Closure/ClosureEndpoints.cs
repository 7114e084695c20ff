using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>Closings over HTTP, for other systems.</summary>
internal static class ClosureEndpoints
{
    public static void MapClosure(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Closings").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/closures", ListAsync).WithSummary("Closings in the plan's order, fifty at a time: which=mine|open|closed|all, unit=, step=, late=1, stale=1, after=.");
        api.MapGet("/items/{id:guid}/closures", OfItemAsync).WithSummary("The closings of an item, one for each unit, the newest first.");
        api.MapPost("/items/{id:guid}/closures", BeginAsync).WithSummary("Begins the closing of an item by one of its responsible units.");
        api.MapGet("/closures/{id:guid}", ReadAsync).WithSummary("One closing: declaration, steps, signatures and whether they still stand, what lacks before the next step.");
        api.MapGet("/closures/{id:guid}/acts/{no:int}/content", ContentAsync).WithSummary("The exact bytes that an act signed: their SHA-256 is the act's hash.");
        api.MapPut("/closures/{id:guid}/declaration", DeclareAsync).WithSummary("Writes the declaration on; the step declare signs it.");
        api.MapPost("/closures/steps", TakeAsync).WithSummary("Takes the next step of one closing, or the same step of several, in one act.");
        api.MapPost("/closures/notices", OpenAsync).WithSummary("Opens the public notice of one closing, or one notice of several where the procedure allows it.");
        api.MapPost("/closures/{id:guid}/return", ReturnAsync).WithSummary("Sends the application back to the unit, with reasons.");
        api.MapPost("/closures/{id:guid}/withdrawal", WithdrawAsync).WithSummary("Takes the application back; while the declaration is being written, for good.");
        api.MapPost("/closures/{id:guid}/renewal", RenewAsync).WithSummary("Signs the first stale signature again, and says what the change means.");
        app.MapGet("/p/{code}/closures.xlsx", ExportAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/closures/{id:guid}/{paper:regex(^(application|opinion|signoff|certificate)$)}.{ending:regex(^(docx|pdf)$)}", PaperAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/closures/{id:guid}/forms/{key}.{ending:regex(^(docx|pdf)$)}", FormAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <param name="Stale">Whether what was signed has changed since, or an earlier signature has.</param>
    /// <param name="Hash">SHA-256 of what was signed; empty for an act that signs nothing.</param>
    public sealed record ActAnswer(
        int No, int Cycle, ClosureActKind Act, string Step, StepKind Kind, DateOnly On, DateTimeOffset At, string By, Guid Unit, StepStatement Stated, RenewalEffect? Effect, Guid? Notice, string Hash, bool InForce, bool Stale);

    public sealed record StepAnswer(string Key, StepKind Kind, string Title, Role Duty, StepLevel Level, StepStanding Standing, string Units);

    public sealed record NoticeAnswer(Guid Id, int No, DateOnly From, DateOnly To, int Days, bool Working, string Channel);

    /// <param name="Obstacles">What keeps the next step from being taken.</param>
    public sealed record ClosureAnswer(
        Guid Id, Guid Item, Guid Unit, int Procedure, ClosureState State, ClosureOutcome Outcome, int Cycle, int Returns, string Step, DateOnly StepSince, DateOnly? StepDue, DateOnly? ClosedOn, int Version,
        Declaration Declaration, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<ActAnswer> Acts, IReadOnlyList<NoticeAnswer> Notices, IReadOnlyList<string> Obstacles, bool MayTake);

    public sealed record RowAnswer(
        Guid Id, Guid Item, string Number, string Title, Guid Unit, ClosureState State, ClosureOutcome Outcome, string Step, StepKind? Kind, string Waits, bool Mine, DateOnly StepSince, DateOnly? StepDue, bool Stale, int Returns,
        DateOnly? ClosedOn, int Version);

    /// <param name="Next">What <c>after</c> takes for the next page; <see langword="null"/> on the last.</param>
    public sealed record ListAnswer(IReadOnlyList<RowAnswer> Rows, string? Next);

    /// <param name="Unit">The responsible unit; none for the lead or one's own.</param>
    public sealed record BeginRequest(Guid? Unit = null);

    public sealed record Made(Guid Id);

    public sealed record DeclarationRequest(Declaration? Declaration, int Version);

    public sealed record Versioned(int Version);

    /// <param name="Version">The version that was read.</param>
    public sealed record Which(Guid Closure, int Version);

    /// <param name="Password">One's own, typed again: whoever signs proves it.</param>
    public sealed record StepRequest(IReadOnlyList<Which>? Closures, StepStatement? Stated, string? Password = null);

    /// <param name="Stated">Its day is the first of the notice.</param>
    /// <param name="Password">One's own, typed again.</param>
    public sealed record NoticeRequest(IReadOnlyList<Which>? Closures, string? Channel, StepStatement? Stated, string? Password = null);

    /// <param name="Stated">Its opinion holds the reasons.</param>
    public sealed record BackRequest(int Version, StepStatement? Stated);

    /// <param name="Password">One's own, typed again.</param>
    public sealed record RenewalRequest(int Version, RenewalEffect Effect, StepStatement? Stated, string? Password = null);

    private static async Task<Ok<ListAnswer>> ListAsync(string code, HttpRequest request, Db db, Words words, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var page = await new ClosureList(db, reader, programme, clock.Today).PageAsync(ClosureFilter.Read(request.Query), request.Query["after"].ToString(), ct);
        return TypedResults.Ok(new ListAnswer(
            [
                .. page.Rows.Select(row => new RowAnswer(
                    row.Case.Closure.Id, row.Case.Item.Id, row.Case.Item.NumberText, row.Case.Item.Title, row.Case.Unit.Id, row.Case.Closure.State, row.Case.Closure.Outcome, row.Now is { } now ? words.Step(now) : "", row.Now?.Kind,
                    row.Waits, row.Mine, row.Case.Closure.StepSince, row.Case.Closure.StepDue, row.Case.FirstStale is not null, row.Case.Closure.Returns, row.Case.Closure.ClosedOn, row.Case.Closure.Version)),
            ],
            page.Next));
    }

    private static async Task<Ok<List<Made>>> OfItemAsync(Guid id, Db db, Access reader, CancellationToken ct) =>
        await db.ItemsFor(reader, Right.Read).AnyAsync(item => item.Id == id, ct)
            ? TypedResults.Ok(await db.ClosuresFor(reader).Where(one => one.ItemId == id).OrderByDescending(one => one.BeganAt).Select(one => new Made(one.Id)).ToListAsync(ct))
            : throw Refusal.NotFound("item", id);

    private static async Task<Created<Made>> BeginAsync(Guid id, BeginRequest body, BeginClosure begin, Access by, CancellationToken ct)
    {
        var made = await begin.RunAsync(id, body.Unit, by, ct);
        return TypedResults.Created($"/api/closures/{made}", new Made(made));
    }

    private static async Task<Ok<ClosureAnswer>> ReadAsync(Guid id, Db db, IEnumerable<IStepGate> gates, Words words, Access reader, CancellationToken ct)
    {
        var view = await ClosureView.ReadAsync(db, gates, reader, id, ct);
        var (one, closure) = (view.Case, view.Case.Closure);
        var standing = one.Signatures.ToDictionary(signature => signature.Act.Id, signature => signature.Stale);
        return TypedResults.Ok(new ClosureAnswer(
            id, closure.ItemId, closure.UnitId, closure.ProcedureNo, closure.State, closure.Outcome, closure.Cycle, closure.Returns, closure.StepKey, closure.StepSince, closure.StepDue, closure.ClosedOn, closure.Version,
            one.Declaration, [.. view.Steps.Select(row => new StepAnswer(row.Step.Key, row.Step.Kind, words.Step(row.Step), row.Step.Duty, row.Step.Level, row.Standing, row.Units))],
            [
                .. one.Acts.Select(act => new ActAnswer(
                    act.No, act.Cycle, act.Act, act.StepKey, act.StepKind, act.On, act.At, view.People.GetValueOrDefault(act.By.Id).Name ?? "", act.UnitId, act.Statement, act.Effect, act.NoticeId, act.Hash,
                    standing.ContainsKey(act.Id), standing.GetValueOrDefault(act.Id))),
            ],
            [.. one.Notices.Values.Where(notice => one.Acts.Exists(act => act.NoticeId == notice.Id)).Select(notice => new NoticeAnswer(notice.Id, notice.No, notice.From, notice.To, notice.Days, notice.Working, notice.Channel))],
            [.. view.Obstacles.Select(obstacle => words[obstacle.What.Key, obstacle.What.Arguments])], view.MayTake));
    }

    private static async Task<Utf8ContentHttpResult> ContentAsync(Guid id, int no, Db db, Access reader, CancellationToken ct) =>
        await db.ClosuresFor(reader).AnyAsync(one => one.Id == id, ct)
        && await db.ClosureActs().AsNoTracking().Where(act => act.ClosureId == id && act.No == no && act.Hash != "").Select(act => act.Content).SingleOrDefaultAsync(ct) is { } content
            ? TypedResults.Text(Encoding.UTF8.GetBytes(content), "application/json")
            : throw Refusal.NotFound("closure", id);

    private static async Task<Ok<Versioned>> DeclareAsync(Guid id, DeclarationRequest body, SaveDeclaration save, Access by, CancellationToken ct) =>
        TypedResults.Ok(new Versioned(await save.RunAsync(id, Whole(body.Declaration), body.Version, by, ct)));

    // A list left out is an empty one.
    private static Declaration Whole(Declaration? declaration) => declaration is null ? Declaration.Empty : declaration with
    {
        Report = declaration.Report ?? "",
        Measures = [.. (declaration.Measures ?? []).Select(Whole)],
        Goals = [.. (declaration.Goals ?? []).Select(Whole)],
        Evidence = declaration.Evidence ?? [],
    };

    private static DeclaredPart Whole(DeclaredPart part) => part with { Goal = part.Goal ?? "", Result = part.Result ?? "", Evidence = part.Evidence ?? [] };

    private static StepStatement Whole(StepStatement? stated) => stated is null ? throw Refusal.Malformed("What is stated is missing.") : stated with
    {
        Opinion = stated.Opinion ?? "",
        Document = stated.Document ?? "",
        Place = stated.Place ?? "",
        Present = stated.Present ?? "",
        Evidence = stated.Evidence ?? [],
        Checks = [.. (stated.Checks ?? []).Select(check => check with { Line = check.Line ?? "", Note = check.Note ?? "" })],
        Fields = [.. (stated.Fields ?? []).Select(field => new FilledField(field.Name ?? "", field.Value ?? ""))],
    };

    private static List<(Guid, int)> Of(IReadOnlyList<Which>? which) => [.. (which ?? []).Select(one => (one.Closure, one.Version))];

    private static async Task<NoContent> TakeAsync(StepRequest body, TakeStep take, ProveSigner prove, Access by, CancellationToken ct)
    {
        await prove.RunAsync(body.Password, by, ct);
        await take.RunAsync(Of(body.Closures), Whole(body.Stated), by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Made>> OpenAsync(NoticeRequest body, OpenNotice open, ProveSigner prove, Access by, CancellationToken ct)
    {
        await prove.RunAsync(body.Password, by, ct);
        return TypedResults.Ok(new Made(await open.RunAsync(Of(body.Closures), body.Channel ?? "", Whole(body.Stated), by, ct)));
    }

    private static async Task<NoContent> ReturnAsync(Guid id, BackRequest body, ReturnClosure back, Access by, CancellationToken ct)
    {
        await back.RunAsync(id, body.Version, Whole(body.Stated), by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WithdrawAsync(Guid id, BackRequest body, WithdrawClosure back, Access by, CancellationToken ct)
    {
        await back.RunAsync(id, body.Version, Whole(body.Stated), by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RenewAsync(Guid id, RenewalRequest body, RenewSignature renew, ProveSigner prove, Access by, CancellationToken ct)
    {
        await prove.RunAsync(body.Password, by, ct);
        await renew.RunAsync(id, body.Version, body.Effect, Whole(body.Stated), by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<FileContentHttpResult> PaperAsync(
        Guid id, string paper, string ending, HttpContext http, Db db, IEnumerable<IStepGate> gates, IPublicPlace places, Words words, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var view = await ClosureView.ReadAsync(db, gates, reader, id, ct);
        return File(view, await new ClosurePapers(db, words, clock, places).PaperAsync(view, Enum.Parse<ClosurePaperKind>(paper, ignoreCase: true), http.User.Identity?.Name ?? "", http.Site, ct), ending, words, ct);
    }

    private static async Task<FileContentHttpResult> FormAsync(
        Guid id, string key, string ending, HttpContext http, Db db, IEnumerable<IStepGate> gates, IPublicPlace places, Words words, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var view = await ClosureView.ReadAsync(db, gates, reader, id, ct);
        return File(view, await new ClosurePapers(db, words, clock, places).FormAsync(view, key, http.User.Identity?.Name ?? "", ct), ending, words, ct);
    }

    private static FileContentHttpResult File(ClosureView view, Paper made, string ending, Words words, CancellationToken ct) => TypedResults.File(
        ClosurePapers.Write(made, ending, ct), ending == "pdf" ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        $"{words["closure.paper.file", made.Title, words.Crumb(view.Case.Item), view.Case.Unit.ShortName]}.{ending}");

    private static async Task<PushStreamHttpResult> ExportAsync(string code, HttpRequest request, Db db, Words words, TimeProvider clock, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var export = new ClosureExport(new ClosureList(db, reader, programme, clock.Today), ClosureFilter.Read(request.Query), words, clock.Today);
        return TypedResults.Stream(
            to => export.WriteAsync(to, ct), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", words["closures.export.file", programme.ShortName, words.Day(clock.Today)] + ".xlsx");
    }
}
