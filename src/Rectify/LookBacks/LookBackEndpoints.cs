using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>Checks, plans and draws over HTTP, for other systems; a draw's list as a file for whoever recomputes it.</summary>
internal static class LookBackEndpoints
{
    public static void MapLookBacks(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("LookBacks").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/checks", ChecksAsync).WithSummary("Checks of closed items: which=open|overdue|toreview|done|cameback|all, origin, unit, plan, item; 100 at a time; after= the last one's id.");
        api.MapGet("/checks/{id:guid}", CheckAsync).WithSummary("A check with what was handed in, its evidence and what counts.");
        api.MapPost("/checks/{id:guid}/report", HandInAsync).WithSummary("Hands in what a check found. For the unit that checks.");
        api.MapPost("/checks/{id:guid}/review", ReviewAsync).WithSummary("Sends a check back, or says what counts. For a supervisor above the unit or the programme's office, never for whoever handed it in.");
        api.MapGet("/programmes/{code}/check-rules", RulesAsync).WithSummary("How often items with lasting duties are checked, in months.");
        api.MapPut("/programmes/{code}/check-rules", SetRulesAsync).WithSummary("Sets how often items with lasting duties are checked. For the programme's office.");
        api.MapGet("/items/{id:guid}/rebounds", ReboundsAsync).WithSummary("The times an item's problem came back, each with source, reference and legal day.");
        api.MapPost("/items/{id:guid}/rebounds", ReboundAsync).WithSummary("Takes a closed item up again because its problem came back. For the office.");
        api.MapGet("/programmes/{code}/lookbacks", PlansAsync).WithSummary("A programme's plans of looking back, the latest first.");
        api.MapPost("/programmes/{code}/lookbacks", PlanAsync).WithSummary("Makes a plan of looking back. For the programme's office.");
        api.MapPost("/lookbacks/{id:guid}/items", ChooseAsync).WithSummary("Chooses closed items for a plan by hand; each becomes a check. For the programme's office.");
        api.MapPost("/lookbacks/{id:guid}/draws", ListAsync).WithSummary("Fixes and publishes the list of candidates of a draw and says where its seed will come from. For the programme's office.");
        api.MapGet("/draws/{id:guid}", DrawAsync).WithSummary("A draw with its list, hash, source, seed and lots: all that is needed to recompute it.");
        api.MapPost("/draws/{id:guid}/seed", SeedAsync).WithSummary("Enters the seed of a draw, once. For the programme's office.");
        api.MapPost("/draws/{id:guid}/void", VoidAsync).WithSummary("Voids a draw, with a reason; it stays to be seen. For the programme's office.");
        app.MapGet("/draws/{id:guid}/list.txt", TextAsync).RequireAuthorization().ExcludeFromDescription();
    }

    public sealed record CheckRowAnswer(
        Guid Id, CheckOrigin Origin, CheckState State, Guid Item, string Title, string Unit, DateOnly Since, DateOnly DueOn, bool Overdue, CheckResult? Result, CheckResult? Found, DateOnly? On);

    /// <param name="Evidence">Ids of pieces.</param>
    public sealed record CheckAnswer(
        Guid Id, CheckOrigin Origin, CheckState State, Guid Item, string Title, string Unit, string Person, DateOnly Since, DateOnly DueOn, Guid? Plan, Guid? Draw, CheckResult? Result, DateOnly? On, string Place,
        string Opinion, IReadOnlyList<Guid> Evidence, CheckResult? Found, string Remarks, int Returns, Guid? Rebound, int Version);

    /// <param name="On">The day of the check; none where it was not done.</param>
    public sealed record ReportRequest(CheckResult Result, int Version, DateOnly? On = null, string? Place = null, string? Opinion = null, IReadOnlyList<Guid>? Evidence = null);

    /// <param name="Found">What counts; none to send it back.</param>
    /// <param name="Since">Where the problem came back and the office takes the item up at once: the legal day since which the completion does not hold.</param>
    public sealed record ReviewRequest(int Version, CheckResult? Found = null, string? Remarks = null, DateOnly? Since = null, string? Reason = null);

    public sealed record PeriodAnswer(string TaskType, int Months);

    public sealed record RulesAnswer(int Months, IReadOnlyList<PeriodAnswer> Types, int Version);

    public sealed record RulesRequest(int Months, int Version, IReadOnlyList<PeriodAnswer>? Types = null);

    /// <param name="On">The legal day since which the completion does not hold.</param>
    /// <param name="Withdrawn">Whether the item's fact was withdrawn as recorded in error.</param>
    public sealed record ReboundAnswer(Guid Id, ReboundSource Source, string Reference, string Reason, DateOnly On, DateOnly ClosedOn, Guid? Check, DateTimeOffset StatedAt, bool Withdrawn);

    /// <param name="Check">The check that found it, for the source Check.</param>
    public sealed record ReboundRequest(ReboundSource Source, DateOnly On, string? Reference = null, string? Reason = null, Guid? Check = null);

    public sealed record PlanAnswer(Guid Id, string Title, DateOnly From, DateOnly To, string Note, int Checks, int Done, int CameBack, DrawState? Draw);

    public sealed record PlanRequest(string Title, DateOnly From, DateOnly To, string? Note = null);

    public sealed record ChooseRequest(IReadOnlyList<Guid> Items, DateOnly DueOn, Guid? Unit = null, string? Person = null);

    public sealed record ChosenAnswer(int Count);

    /// <param name="Each">How many are drawn from each part, or in all where the list is not divided.</param>
    /// <param name="Commitment">SHA-256 of a secret seed, in hexadecimal; none for a public number.</param>
    public sealed record ListRequest(
        int Each, string Source, DateOnly SeedOn, DateOnly DueOn, DrawParts Parts = DrawParts.None, string? Commitment = null, Guid? Unit = null, string? Person = null, DateOnly? ClosedFrom = null,
        DateOnly? ClosedTo = null, int? Aspect = null);

    public sealed record LotAnswer(string Part, string Id, string Lot, int Rank, bool Drawn);

    public sealed record DrawAnswer(
        Guid Id, Guid Plan, int No, DrawState State, DrawParts Parts, int Each, string ListHash, int Candidates, string Source, DateOnly SeedOn, string Commitment, string Seed, DateTimeOffset ListedAt,
        DateTimeOffset? DrawnAt, DateTimeOffset? VoidedAt, string VoidedBecause, string List, IReadOnlyList<LotAnswer> Lots, int Version);

    public sealed record SeedRequest(string Seed, int Version);

    public sealed record VoidRequest(string Because, int Version);

    public sealed record Made(Guid Id);

    private static async Task<Ok<List<CheckRowAnswer>>> ChecksAsync(
        string code, [FromQuery] CheckWhich? which, [FromQuery] CheckOrigin? origin, [FromQuery] Guid? unit, [FromQuery] Guid? plan, [FromQuery] Guid? item, [FromQuery] Guid? after,
        Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await CheckList.ReadAsync(db, reader, programme.Id, new(which ?? CheckWhich.Open, origin, unit, plan, item, after), clock.Today, ct)).ConvertAll(row => new CheckRowAnswer(
            row.Check.Id, row.Check.Origin, row.Check.State, row.Item.Id, row.Item.Title, row.Unit, row.Check.Since, row.Check.DueOn, row.Overdue, row.Check.Result, row.Check.Found, row.Check.On)));
    }

    private static async Task<Ok<CheckAnswer>> CheckAsync(Guid id, Db db, Access reader, CancellationToken ct)
    {
        var view = await CheckView.ReadAsync(db, reader, id, ct);
        var check = view.Check;
        return TypedResults.Ok(new CheckAnswer(
            id, check.Origin, check.State, check.ItemId, view.Item.Title, view.Unit, check.Person, check.Since, check.DueOn, check.PlanId, check.DrawId, check.Result, check.On, check.Place, check.Opinion,
            [.. view.Proofs.Select(proof => proof.Piece)], check.Found, check.Remarks, check.Returns, view.Rebound?.Id, check.Version));
    }

    private static async Task<NoContent> HandInAsync(Guid id, ReportRequest body, HandInCheck handIn, Access by, CancellationToken ct)
    {
        await handIn.RunAsync(id, new(body.Result, body.On, body.Place ?? "", body.Opinion ?? "", body.Evidence ?? []), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReviewAsync(Guid id, ReviewRequest body, ReviewCheck review, Access by, CancellationToken ct)
    {
        var rebound = body.Since is { } since ? new StatedRebound(ReboundSource.Check, "", since, body.Reason ?? body.Remarks ?? "") : null;
        await review.RunAsync(id, new(body.Found, body.Remarks ?? "", rebound), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RulesAnswer>> RulesAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var rules = await db.CheckRulesFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct) ?? CheckRules.Of(programme.Id);
        return TypedResults.Ok(new RulesAnswer(rules.Months, [.. rules.ByType.Select(one => new PeriodAnswer(one.Key, one.Value))], rules.Version));
    }

    private static async Task<NoContent> SetRulesAsync(string code, RulesRequest body, SetCheckRules set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, body.Months, [.. (body.Types ?? []).Select(one => (one.TaskType, one.Months))], body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<ReboundAnswer>>> ReboundsAsync(Guid id, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var item = await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("item", id);
        return TypedResults.Ok((await ItemLookBacks.ReadAsync(db, reader, item, clock.Today, ct)).Rebounds.Select(one => new ReboundAnswer(
            one.Rebound.Id, one.Rebound.Source, one.Rebound.Reference, one.Rebound.Reason, one.Rebound.On, one.Rebound.ClosedOn, one.Rebound.CheckId, one.Rebound.StatedAt, one.Voided)).ToList());
    }

    private static async Task<Created<Made>> ReboundAsync(Guid id, ReboundRequest body, StateRebound state, Access by, CancellationToken ct)
    {
        var made = await state.RunAsync(id, new(body.Source, body.Reference ?? "", body.On, body.Reason ?? ""), body.Check, by, ct);
        return TypedResults.Created($"/api/items/{id}/rebounds", new Made(made));
    }

    private static async Task<Ok<List<PlanAnswer>>> PlansAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await LookBackList.ReadAsync(db, reader, programme.Id, ct)).ConvertAll(row =>
            new PlanAnswer(row.Plan.Id, row.Plan.Title, row.Plan.From, row.Plan.To, row.Plan.Note, row.Checks, row.Done, row.CameBack, row.Draw)));
    }

    private static async Task<Created<Made>> PlanAsync(string code, PlanRequest body, PlanLookBack plan, Access by, CancellationToken ct)
    {
        var made = await plan.RunAsync(code, new(body.Title, body.From, body.To, body.Note ?? ""), by, ct);
        return TypedResults.Created($"/lookbacks/{made}", new Made(made));
    }

    private static async Task<Ok<ChosenAnswer>> ChooseAsync(Guid id, ChooseRequest body, ChooseItems choose, Access by, CancellationToken ct) =>
        TypedResults.Ok(new ChosenAnswer(await choose.RunAsync(id, [.. body.Items], body.Unit, body.Person ?? "", body.DueOn, by, ct)));

    private static async Task<Created<Made>> ListAsync(Guid id, ListRequest body, PublishList publish, Access by, CancellationToken ct)
    {
        var made = await publish.RunAsync(
            id, new(body.Parts, body.Each, body.Source, body.SeedOn, body.Commitment ?? "", body.DueOn, body.Unit, body.Person ?? ""), new(body.ClosedFrom, body.ClosedTo, body.Aspect), by, ct);
        return TypedResults.Created($"/api/draws/{made}", new Made(made));
    }

    private static async Task<Ok<DrawAnswer>> DrawAsync(Guid id, Db db, Access reader, CancellationToken ct)
    {
        var draw = await db.LookBackDrawsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("draw", id);
        return TypedResults.Ok(new DrawAnswer(
            id, draw.PlanId, draw.No, draw.State, draw.Parts, draw.Each, draw.ListHash, draw.Candidates, draw.Source, draw.SeedOn, draw.Commitment, draw.Seed, draw.ListedAt, draw.DrawnAt, draw.VoidedAt,
            draw.VoidedBecause, draw.List, [.. draw.Tickets.Select(one => new LotAnswer(one.Candidate.Part, one.Candidate.Id, one.Number, one.Rank, one.Drawn))], draw.Version));
    }

    private static async Task<NoContent> SeedAsync(Guid id, SeedRequest body, EnterSeed enter, Access by, CancellationToken ct)
    {
        await enter.RunAsync(id, body.Seed, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> VoidAsync(Guid id, VoidRequest body, VoidDraw withdraw, Access by, CancellationToken ct)
    {
        await withdraw.RunAsync(id, body.Because, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    // The very bytes whose SHA-256 was published.
    private static async Task<FileContentHttpResult> TextAsync(Guid id, Db db, Access reader, CancellationToken ct)
    {
        var draw = await db.LookBackDrawsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("draw", id);
        return TypedResults.File(Encoding.UTF8.GetBytes(draw.List), "text/plain; charset=utf-8", $"draw-{draw.ListHash[..12]}.txt");
    }
}
