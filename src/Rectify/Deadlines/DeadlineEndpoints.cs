using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Deadlines;

/// <summary>Requests for other deadlines over HTTP, for other systems.</summary>
internal static class DeadlineEndpoints
{
    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Deadlines").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/deadline-requests", ListAsync).WithSummary("Open requests, the oldest first, or with open=false the decided ones, the newest first; 100 at a time; after= the last one's id.");
        api.MapPost("/items/{id:guid}/deadline-requests", AskAsync).WithSummary("Asks for another deadline of an item, if need be together with those above and below it.");
        api.MapGet("/deadline-requests/{id:guid}", ReadAsync).WithSummary("A request with its dates, evidence and decision.");
        api.MapPost("/deadline-requests/{id:guid}/decision", DecideAsync).WithSummary("Records the approving body's decision. For the programme's office.");
        api.MapPost("/deadline-requests/{id:guid}/withdrawal", WithdrawAsync).WithSummary("Takes one's unit's request back before it is decided.");
    }

    /// <param name="From">The date in force when it was asked.</param>
    public sealed record MoveAnswer(Guid Item, string Title, DateOnly From, DateOnly To);

    /// <param name="Evidence">Ids of pieces.</param>
    public sealed record RequestAnswer(
        Guid Id, RequestState State, string Reason, string Explanation, string Approver, string Unit, DateTimeOffset AskedAt, DateOnly? DecidedOn, string Document, string Remarks,
        IReadOnlyList<MoveAnswer> Moves, IReadOnlyList<Guid> Evidence, int Version);

    /// <param name="Changes">How often the item's deadline was changed so far.</param>
    public sealed record RowAnswer(Guid Id, RequestState State, Guid Item, string Title, string Unit, string Reason, DateOnly From, DateOnly To, DateTimeOffset AskedAt, DateOnly? DecidedOn, int Changes);

    public sealed record AlsoRequest(Guid Item, DateOnly To);

    /// <param name="Reason">One of the programme's list, by its key or its words.</param>
    /// <param name="Above">Items above that change with it.</param>
    /// <param name="Below">Items below that change with it.</param>
    public sealed record AskRequest(
        DateOnly To, string? Reason = null, string? Explanation = null, string? Approver = null, IReadOnlyList<AlsoRequest>? Above = null, IReadOnlyList<Guid>? Evidence = null,
        IReadOnlyList<AlsoRequest>? Below = null);

    public sealed record DecisionRequest(bool Agrees, DateOnly On, int Version, string? Document = null, string? Remarks = null);

    public sealed record WithdrawalRequest(int Version);

    public sealed record Made(Guid Id);

    private static async Task<Ok<List<RowAnswer>>> ListAsync(string code, [FromQuery] bool? open, [FromQuery] Guid? after, Db db, Words words, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await DeadlineList.ReadAsync(db, reader, programme.Id, open ?? true, null, after, ct)).ConvertAll(row => new RowAnswer(
            row.Request.Id, row.Request.State, row.Item.Id, row.Item.Title, row.Unit, words.Reason(row.Request.Reason), row.From, row.To, row.Request.AskedAt, row.Request.DecidedOn, row.Changes)));
    }

    private static async Task<Created<Made>> AskAsync(Guid id, AskRequest body, AskDeadline ask, Db db, Words words, Access by, CancellationToken ct)
    {
        var approver = body.Approver is { Length: > 0 } said ? said : await DeadlineDefaults.ApproverAsync(db, id, by, ct);
        var made = await ask.RunAsync(
            new(words.ReasonOf(body.Reason ?? ""), body.Explanation ?? "", approver, [new(id, body.To), .. (body.Above ?? []).Concat(body.Below ?? []).Select(also => new AskedDeadline.Move(also.Item, also.To))], body.Evidence ?? []),
            by, ct);
        return TypedResults.Created($"/api/deadline-requests/{made}", new Made(made));
    }

    private static async Task<Ok<RequestAnswer>> ReadAsync(Guid id, Db db, Words words, Access reader, CancellationToken ct)
    {
        var view = await DeadlineView.ReadAsync(db, reader, id, ct);
        var request = view.Request;
        return TypedResults.Ok(new RequestAnswer(
            id, request.State, words.Reason(request.Reason), request.Explanation, request.Approver, view.Unit, request.AskedAt, request.DecidedOn, request.Document, request.Remarks,
            [.. view.Moves.Select(move => new MoveAnswer(move.Item.Id, move.Item.Title, move.From, move.To))], [.. view.Proofs.Select(proof => proof.Piece)], request.Version));
    }

    private static async Task<NoContent> DecideAsync(Guid id, DecisionRequest body, DecideDeadline decide, Access by, CancellationToken ct)
    {
        await decide.RunAsync(id, new(body.Agrees, body.On, body.Document ?? "", body.Remarks ?? ""), body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WithdrawAsync(Guid id, WithdrawalRequest body, WithdrawDeadline withdraw, Access by, CancellationToken ct)
    {
        await withdraw.RunAsync(id, body.Version, by, ct);
        return TypedResults.NoContent();
    }
}
