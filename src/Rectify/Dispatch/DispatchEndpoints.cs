using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dispatch;

/// <summary>Dispatch over HTTP, for other systems: cycles, rounds, returns, figures.</summary>
internal static class DispatchEndpoints
{
    public static void MapDispatch(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Dispatch").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/programmes/{code}/cycles", CyclesAsync).WithSummary("How a programme is dispatched.");
        api.MapPut("/programmes/{code}/cycles/{kind}", SetCycleAsync).WithSummary("Sets one cycle. For the programme's office.");
        api.MapGet("/programmes/{code}/rounds", RoundsAsync).WithSummary("Rounds, the newest first, 50 at a time; before= the last day of the last one.");
        api.MapPost("/programmes/{code}/rounds", OpenAsync).WithSummary("Opens a round by hand. For the programme's office.");
        api.MapPost("/programmes/{code}/clock-confirmation", ConfirmAsync).WithSummary("Says that the server's clock is right after it jumped: rounds open and close by themselves again. For the programme's office.");
        api.MapGet("/programmes/{code}/figures", FiguresAsync).WithSummary("Cumulative figures on a day: as stated by the last closed round, and as known now.");
        api.MapGet("/rounds/{id:guid}", RoundAsync).WithSummary("A round and the returns that the caller may read, 200 at a time; which=, after=.");
        api.MapPost("/rounds/{id:guid}/closure", CloseAsync).WithSummary("Closes a round and freezes its figures. For the programme's office.");
        api.MapPost("/rounds/{id:guid}/returns", AddAsync).WithSummary("A return without lines for one's own unit, where it has none in an open round: for corrections of closed rounds.");
        api.MapGet("/returns/{id:guid}", ReturnAsync).WithSummary("A return with its lines and what is still wrong with them.");
        api.MapPut("/returns/{id:guid}/lines/{line:guid}", SaveAsync).WithSummary("Saves one line of one's own unit's return.");
        api.MapPost("/returns/{id:guid}/lines/{line:guid}/draft", KeepAsync).ExcludeFromDescription(); // for the page's script: takes the page's form
        api.MapPut("/returns/{id:guid}/corrections", CorrectAsync).WithSummary("What one's own unit's return corrects of closed rounds: all of it, replacing what stood there.");
        api.MapPost("/returns/{id:guid}/submission", SubmitAsync).WithSummary("Submits one's own unit's return.");
        api.MapPost("/returns/{id:guid}/recall", RecallAsync).WithSummary("Takes one's own unit's return back, while nobody has decided on it.");
        api.MapPost("/returns/{id:guid}/decision", DecideAsync).WithSummary("Sends a return back, hands it on, or accepts it.");
    }

    /// <param name="DueTime">Until when on the due day, by the region's legal time.</param>
    public sealed record CycleAnswer(CycleKind Kind, int Opens, int Due, int Closes, DayCount Count, DateOnly StartsOn, bool Active, int Version, TimeOnly DueTime);

    /// <param name="Version">As read; 0 for a cycle that was never set.</param>
    /// <param name="DueTime">Until when on the due day; 18:00 if it is left out.</param>
    public sealed record CycleRequest(int Opens, int Due, int Closes, DayCount Count, DateOnly StartsOn, bool Active, int Version, TimeOnly? DueTime = null);

    public sealed record RoundAnswer(
        Guid Id, CycleKind Kind, string Title, int No, DateOnly From, DateOnly To, DateOnly OpensOn, DateOnly DueOn, DateOnly ClosesOn, RoundState State, ReturnCounts Returns,
        DateTimeOffset? DueAt);

    /// <param name="Within">A day of the period.</param>
    public sealed record RoundRequest(CycleKind Kind, DateOnly Within, DateOnly? Due = null, DateOnly? Closes = null, TimeOnly? DueTime = null);

    public sealed record Made(Guid Id);

    public sealed record StandingAnswer(
        Guid Id, Guid Unit, string Name, ReturnState State, string With, bool AtOffice, DateTimeOffset Since, DateOnly? SubmittedOn, int Lines, int Filled,
        DateTimeOffset? SubmittedAt, bool Late);

    /// <param name="Next">What to give as <c>after</c> for the next page; <see langword="null"/> on the last.</param>
    public sealed record RoundReturnsAnswer(RoundAnswer Round, IReadOnlyList<StandingAnswer> Returns, string? Next);

    /// <param name="Value">In the unit, not scaled.</param>
    /// <param name="Known">Where it stands by all that is known of the round's day.</param>
    public sealed record FigureAnswer(Guid Quantity, string Name, string Unit, decimal Target, decimal Before, decimal? Value, string Reason, decimal? Corrects, string CorrectsReason, decimal? Known);

    public sealed record NodeAnswer(int No, string Text, DateOnly Due, DateOnly? ReachedOn);

    /// <param name="No">Place among the item's measures, counted from 1.</param>
    public sealed record MeasureAnswer(Guid Measure, int No, string Text, DateOnly? DoneOn);

    /// <summary>A piece that the line names. What else it can name: <c>GET /api/items/{id}/evidence</c>.</summary>
    public sealed record EvidenceAnswer(Guid Piece, string Title, DateOnly? EffectiveOn, bool Withdrawn);

    public sealed record FaultAnswer(string Field, string Text);

    public sealed record LineAnswer(
        Guid Id, int No, Guid Item, string Title, Light Light, string Work, string Problems, string NextSteps, bool AsksPercent, int? Percent,
        IReadOnlyList<FigureAnswer> Figures, IReadOnlyList<NodeAnswer> Nodes, bool Filled, int Version, IReadOnlyList<FaultAnswer> Faults,
        IReadOnlyList<MeasureAnswer> Measures, IReadOnlyList<EvidenceAnswer> Evidence);

    public sealed record ReturnAnswer(
        Guid Id, Guid Round, string Unit, ReturnState State, string With, int Version, bool MayWrite, IReadOnlyList<ReturnAct> Decisions,
        IReadOnlyList<LineAnswer> Lines, IReadOnlyList<ReturnView.WayStep> Steps);

    public sealed record FigureRequest(Guid Quantity, decimal? Value = null, string? Reason = null, decimal? Corrects = null, string? CorrectsReason = null);

    public sealed record NodeRequest(int No, DateOnly ReachedOn);

    public sealed record MeasureRequest(Guid Measure, DateOnly DoneOn);

    /// <param name="Evidence">Ids of pieces of the item, its measures and points.</param>
    public sealed record LineRequest(
        int Version, string? Work = null, string? Problems = null, string? NextSteps = null, int? Percent = null, string? PercentReason = null,
        IReadOnlyList<FigureRequest>? Figures = null, IReadOnlyList<NodeRequest>? Nodes = null,
        IReadOnlyList<MeasureRequest>? Measures = null, IReadOnlyList<Guid>? Evidence = null);

    /// <param name="Part">The item or measure whose figure or day it is.</param>
    /// <param name="No">The node's number.</param>
    /// <param name="Value">What the figure should have been, in the unit, not scaled.</param>
    /// <param name="On">What the day should have been; left out if it had not happened at all.</param>
    public sealed record CorrectionRequest(Guid Round, CorrectionKind Kind, Guid Part, int? No = null, decimal? Value = null, DateOnly? On = null, string? Reason = null);

    /// <param name="Version">The return's.</param>
    public sealed record CorrectionsRequest(int Version, IReadOnlyList<CorrectionRequest>? Corrections = null);

    public sealed record SubmissionRequest(int Version);

    public sealed record DecisionRequest(ReturnAct Act, int Version, string? Note = null);

    private static async Task<Ok<List<CycleAnswer>>> CyclesAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok(await db.CyclesFor(reader).AsNoTracking().Where(c => c.ProgrammeId == programme.Id).OrderBy(c => c.Kind)
            .Select(c => new CycleAnswer(c.Kind, c.Opens, c.Due, c.Closes, c.Count, c.StartsOn, c.Active, c.Version, c.DueTime)).ToListAsync(ct));
    }

    private static async Task<NoContent> SetCycleAsync(string code, CycleKind kind, CycleRequest body, SetCycle set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, kind, new(body.Opens, body.Due, body.Closes, body.Count) { DueTime = body.DueTime ?? RoundRules.UsualDueTime }, body.StartsOn, body.Active, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<RoundAnswer>>> RoundsAsync(
        string code, [FromQuery] DateOnly? before, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await RoundList.PageAsync(db, reader, programme.Id, before, clock, ct)).ConvertAll(row => Of(row.Round, row.Counts, words)));
    }

    private static async Task<Created<Made>> OpenAsync(string code, RoundRequest body, OpenRound open, Access by, CancellationToken ct)
    {
        var id = await open.RunAsync(code, body.Kind, body.Within, body.Due, body.Closes, by, ct, body.DueTime);
        return TypedResults.Created($"/api/rounds/{id}", new Made(id));
    }

    private static async Task<NoContent> ConfirmAsync(string code, ConfirmClock confirm, Access by, CancellationToken ct)
    {
        await confirm.RunAsync(code, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<FigureList.Row>>> FiguresAsync(
        string code, [FromQuery] DateOnly? on, Db db, Access reader, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await FigureList.ReadAsync(db, reader, await TaskEndpoints.ProgrammeAsync(db, reader, code, ct), on ?? clock.Today, ct));

    private static async Task<Ok<RoundReturnsAnswer>> RoundAsync(
        Guid id, [FromQuery] ReturnFilter? which, [FromQuery] string? after, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var view = await RoundView.ReadAsync(db, reader, id, which ?? ReturnFilter.All, after, clock, ct);
        return TypedResults.Ok(new RoundReturnsAnswer(
            Of(view.Round, view.Counts, words),
            [.. view.Rows.Select(row => new StandingAnswer(row.Id, row.UnitId, row.Unit, row.State, row.With, row.AtOffice, row.Since, row.SubmittedOn, row.Lines, row.Filled, row.SubmittedAt, row.Late))],
            view.Rows.Count == RoundView.PageSize ? view.Rows[^1].Path : null));
    }

    private static async Task<NoContent> CloseAsync(Guid id, CloseRound close, Access by, CancellationToken ct)
    {
        await close.RunAsync(id, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Created<Made>> AddAsync(Guid id, AddReturn add, Access by, CancellationToken ct)
    {
        var made = await add.RunAsync(id, by, ct);
        return TypedResults.Created($"/api/returns/{made}", new Made(made));
    }

    private static async Task<Ok<ReturnAnswer>> ReturnAsync(Guid id, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var view = await ReturnView.ReadAsync(db, reader, id, clock.Today, ct);
        return TypedResults.Ok(new ReturnAnswer(
            id, view.Round.Id, view.Unit, view.Return.State, view.With, view.Return.Version, view.MayWrite, view.Decisions,
            [.. view.Lines.Select(line => Of(line, view.Round, words))], view.Steps));
    }

    private static async Task<NoContent> SaveAsync(Guid id, Guid line, LineRequest body, SaveLine save, Db db, Access by, CancellationToken ct)
    {
        // First of all: what another unit measures, and how finely, is none of a stranger's business.
        if (!await db.ReturnsToWriteFor(by).AnyAsync(one => one.Id == id && db.ReturnLines().Any(its => its.Id == line && its.ReturnId == id), ct))
        {
            throw Refusal.NotFound("line", line);
        }

        var quantities = (body.Figures ?? []).Select(figure => figure.Quantity).ToArray();
        var scales = await db.ItemsFor(Office.Room, Right.Read).Where(item => quantities.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id, item => item.QuantityScale, ct);
        long? Scaled(Guid quantity, decimal? value) => value is null ? null
            : ItemWords.ParseFigure(value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), scales.GetValueOrDefault(quantity))
                ?? throw Refusal.Invalid("fact.quantity", $"A figure has at most {scales.GetValueOrDefault(quantity)} decimals here.");
        await save.RunAsync(
            line, body.Version,
            new()
            {
                Work = body.Work ?? "",
                Problems = body.Problems ?? "",
                NextSteps = body.NextSteps ?? "",
                Percent = body.Percent,
                PercentReason = body.PercentReason ?? "",
                Figures = [.. (body.Figures ?? []).Select(f => new StatedFigure(f.Quantity, Scaled(f.Quantity, f.Value), f.Reason ?? "", Scaled(f.Quantity, f.Corrects), f.CorrectsReason ?? ""))],
                Nodes = [.. (body.Nodes ?? []).Select(node => new StatedNode(node.No, node.ReachedOn))],
                Measures = [.. (body.Measures ?? []).Select(done => new StatedMeasure(done.Measure, done.DoneOn))],
                Evidence = [.. (body.Evidence ?? []).Distinct()],
            },
            by, ct);
        return TypedResults.NoContent();
    }

    /// <param name="At">When it was kept, by the region's time: 10:12.</param>
    public sealed record KeptAnswer(string At);

    private static async Task<Ok<KeptAnswer>> KeepAsync(Guid id, Guid line, IFormCollection form, KeepDraft keep, Words words, Access by, CancellationToken ct)
    {
        var at = await keep.RunAsync(id, line, int.TryParse(form["version"], out var version) ? version : -1, LineTyping.Of(form), by, ct);
        return TypedResults.Ok(new KeptAnswer(DispatchWords.Hour(TimeOnly.FromDateTime(words.Local(at).DateTime))));
    }

    private static async Task<NoContent> RecallAsync(Guid id, SubmissionRequest body, RecallReturn recall, Access by, CancellationToken ct)
    {
        await recall.RunAsync(id, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> CorrectAsync(Guid id, CorrectionsRequest body, SaveCorrections save, Db db, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var choice = (await SaveCorrections.ChoiceAsync(db, whole, null, ct)).ToDictionary(one => one.Key);
        await save.RunAsync(
            id, body.Version,
            [
                .. (body.Corrections ?? []).Select(one =>
                {
                    var of = choice.GetValueOrDefault(StatedCorrection.KeyOf(one.Round, one.Kind, one.Part, one.No))
                        ?? throw Refusal.Invalid("correction.of", "That is nothing which this unit's accepted returns of closed rounds state.");
                    var value = one.Value is { } figure
                        ? ItemWords.ParseFigure(figure.ToString(System.Globalization.CultureInfo.InvariantCulture), of.Scale) ?? throw Refusal.Invalid("fact.quantity", $"A figure has at most {of.Scale} decimals here.")
                        : (long?)null;
                    return new StatedCorrection(one.Round, of.Item.Id, one.Kind, one.Part, one.No, of.Value, of.On, value, one.On, one.Reason ?? "");
                }),
            ],
            by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SubmitAsync(Guid id, SubmissionRequest body, SubmitReturn submit, Access by, CancellationToken ct)
    {
        await submit.RunAsync(id, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DecideAsync(Guid id, DecisionRequest body, DecideReturn decide, Access by, CancellationToken ct)
    {
        await decide.RunAsync(id, body.Act, body.Version, body.Note ?? "", by, ct);
        return TypedResults.NoContent();
    }

    private static RoundAnswer Of(DispatchRound round, ReturnCounts counts, Words words) => new(
        round.Id, round.Kind, words.Title(round), round.No, round.From, round.To, round.OpensOn, round.DueOn, round.ClosesOn, round.State, counts, round.DueAt);

    private static LineAnswer Of(ReturnView.Line line, DispatchRound round, Words words)
    {
        static decimal? At(long? value, Item quantity) => value is { } figure ? ItemDerivation.AtScale(figure, quantity.QuantityScale) : null;
        return new(
            line.Row.Id, line.Row.No, line.Asked.Item.Id, line.Asked.Item.Title, line.Asked.Light, line.Stated.Work, line.Stated.Problems, line.Stated.NextSteps,
            line.Asked.AsksPercent, line.Stated.Percent,
            [
                .. line.Asked.Figures.Select(asked =>
                {
                    var (q, stated) = (asked.Quantity, line.Stated.Figures.FirstOrDefault(one => one.Quantity == asked.Quantity.Id));
                    return new FigureAnswer(
                        q.Id, q.QuantityName, q.QuantityUnit, At(q.QuantityTarget, q) ?? 0, At(asked.Before, q) ?? 0, At(stated?.Value, q), stated?.Reason ?? "",
                        At(stated?.Corrects, q), stated?.CorrectsReason ?? "", At(asked.Known, q));
                }),
            ],
            [.. line.Asked.Nodes.Select(node => new NodeAnswer(node.No, node.Text, node.Due, line.Stated.Nodes.FirstOrDefault(one => one.No == node.No)?.On))],
            line.Row.Filled, line.Row.Version, [.. line.Faults.Select(fault => new FaultAnswer(fault.Field, words.Fault(fault, round.Period)))],
            [.. line.Asked.Measures.Select(one => new MeasureAnswer(one.Measure.Id, one.No, one.Measure.Text, line.Stated.Measures.FirstOrDefault(done => done.Measure == one.Measure.Id)?.On))],
            [.. line.Pieces.Select(piece => new EvidenceAnswer(piece.Id, piece.Title, piece.EffectiveOn, piece.Withdrawn))]);
    }
}
