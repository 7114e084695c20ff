using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>Dispatch tables and bulletins over HTTP for other systems, and their files for everyone who may read them.</summary>
internal static class BulletinEndpoints
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapBulletins(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Bulletins").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/rounds/{id:guid}/table", TableAsync).WithSummary("The dispatch table of a round; which=, unit=, aspect=, status=, level=task.");
        api.MapGet("/rounds/{id:guid}/bulletin-figures", FiguresAsync).WithSummary("The figures of a bulletin on a round. For the programme's office.");
        api.MapGet("/programmes/{code}/bulletins", ListAsync).WithSummary("Bulletins, the one begun last first, 50 at a time; state=, text=, after= the last one's id.");
        api.MapGet("/programmes/{code}/bulletin-series", SeriesAsync).WithSummary("How a programme's bulletins are headed and numbered.");
        api.MapPut("/programmes/{code}/bulletin-series", SetSeriesAsync).WithSummary("Sets head, issuer, numbers and receivers. For the programme's office.");
        api.MapPost("/rounds/{id:guid}/bulletin", DraftAsync).WithSummary("Begins a bulletin on a round. For the programme's office.");
        api.MapGet("/bulletins/{id:guid}", ReadAsync).WithSummary("A bulletin word for word.");
        api.MapPut("/bulletins/{id:guid}", ChangeAsync).WithSummary("Saves what is written in a draft.");
        api.MapPost("/bulletins/{id:guid}/issue", IssueAsync).WithSummary("Issues a bulletin: gives it its number and freezes it.");
        api.MapPost("/bulletins/{id:guid}/withdrawal", WithdrawAsync).WithSummary("Withdraws an issued bulletin; its number stays given.");
        var files = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        files.MapGet("/dispatch/{id:guid}/table.{kind:regex(^(docx|pdf|xlsx)$)}", TableFileAsync);
        files.MapGet("/bulletins/{id:guid}/file.{kind:regex(^(docx|pdf)$)}", FileAsync);
    }

    public sealed record StatementAnswer(Guid Unit, string Name, string Work, string Problems, string NextSteps, bool Accepted);

    public sealed record TableRowAnswer(
        int No, Guid Item, string Task, string Deadline, DateOnly? Due, string Measures, IReadOnlyList<StatementAnswer> Statements, DispatchTick Tick, ItemStatus Status,
        Light Light, bool Fresh);

    /// <param name="Frozen">Whether it stands as stated when the round closed.</param>
    public sealed record TableAnswer(Guid Round, string Title, DateOnly On, bool Frozen, IReadOnlyList<TableRowAnswer> Rows);

    /// <param name="Share">Percent, one decimal.</param>
    public sealed record SumAnswer(int All, int Done, int Closed, int OnSchedule, int BehindSchedule, int NotStarted, int Red, decimal? Share);

    public sealed record UnitAnswer(Guid Unit, string Name, int Place, SumAnswer Now, SumAnswer? Last, decimal? Change);

    public sealed record AspectAnswer(int? No, string Name, SumAnswer Now);

    public sealed record FiguresAnswer(
        Guid Round, DateOnly On, bool Frozen, SumAnswer Now, SumAnswer? Last, int NewlyDone, int FallenBack, IReadOnlyList<AspectAnswer> Aspects, IReadOnlyList<UnitAnswer> Units,
        int Expected, int InTime, IReadOnlyList<BulletinFigures.LateReturn> Late, IReadOnlyList<string> Missing, IReadOnlyList<Guid> Red,
        IReadOnlyList<RoundRecord.Correction> Corrections);

    public sealed record BulletinRow(Guid Id, string Title, BulletinState State, int? Year, int? No, DateOnly? IssuedOn, Guid Round);

    /// <param name="Version">0 where nobody set anything yet.</param>
    public sealed record SeriesAnswer(SeriesDetails Series, int Version);

    public sealed record Made(Guid Id);

    /// <param name="Address">Where to load it; <see langword="null"/> once it is destroyed.</param>
    /// <param name="DestroyedAt">When it was destroyed by decision.</param>
    public sealed record FileAnswer(string Ending, string Sha256, string Sm3, long Size, string? Address, DateTimeOffset? DestroyedAt);

    /// <param name="Entry">The number of the journal's entry, counted from 1.</param>
    public sealed record BulletinAnswer(
        Guid Id, Guid Round, BulletinState State, int? Year, int? No, DateOnly? IssuedOn, string ContentHash, long? Entry, DateTimeOffset? WithdrawnAt, string WithdrawnBecause,
        int Version, BulletinDraft Written, BulletinContent Content, IReadOnlyList<FileAnswer> Files);

    public sealed record ChangeRequest(BulletinDraft Written, int Version);

    public sealed record IssueRequest(int Version);

    /// <param name="Year">0 where numbers run on over the years.</param>
    public sealed record IssueAnswer(int Year, int No);

    public sealed record WithdrawalRequest(int Version, string? Reason = null);

    private static async Task<Ok<TableAnswer>> TableAsync(Guid id, HttpRequest request, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var table = await DispatchTable.ReadAsync(db, reader, id, TableFilter.Read(request.Query), clock.Today, ct);
        return TypedResults.Ok(new TableAnswer(id, words.TableTitle(table), table.On, table.Frozen, [.. table.Rows.Select(row => new TableRowAnswer(
            row.No, row.Task.ItemId, words.TaskOf(row), row.Task.DeadlineText, row.Task.DueOn, row.Task.Measures,
            [.. row.Statements.Select(one => new StatementAnswer(one.UnitId, one.Unit, one.Work, one.Problems, one.NextSteps, !one.Waiting))],
            row.Tick, row.Task.Status, row.Task.Light, row.Fresh))]));
    }

    private static async Task<Ok<FiguresAnswer>> FiguresAsync(Guid id, Db db, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var round = await db.RoundsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("round", id);
        await Office.ProgrammeAsync(db, round.ProgrammeId, reader, ct);
        var record = await RoundRecord.ReadAsync(db, id, clock.Today, ct);
        var figures = BulletinFigures.Of(record);
        return TypedResults.Ok(new FiguresAnswer(
            id, record.On, record.Frozen, Of(figures.Now), figures.Last is { } last ? Of(last) : null, figures.NewlyDone, figures.FallenBack,
            [.. figures.ByAspect.Select(one => new AspectAnswer(one.No, one.Name, Of(one.Now)))],
            [.. figures.ByUnit.Select(one => new UnitAnswer(one.Unit, one.Name, one.Place, Of(one.Now), one.Last is { } before ? Of(before) : null, one.Change))],
            figures.Expected, figures.InTime, figures.Late, [.. figures.Missing.Select(one => one.Name)], [.. figures.Red.Select(task => task.ItemId)], figures.Corrections));
    }

    private static async Task<Ok<List<BulletinRow>>> ListAsync(
        string code, [FromQuery] BulletinState? state, [FromQuery] string? text, [FromQuery] Guid? after, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        return TypedResults.Ok((await BulletinList.PageAsync(db, reader, programme.Id, state, text ?? "", after, ct))
            .ConvertAll(row => new BulletinRow(row.Id, row.Title, row.State, row.Year, row.No, row.IssuedOn, row.Round.Id)));
    }

    private static async Task<Ok<SeriesAnswer>> SeriesAsync(string code, Db db, Access reader, CancellationToken ct)
    {
        var series = await SetSeries.OfAsync(db, await TaskEndpoints.ProgrammeAsync(db, reader, code, ct), ct);
        return TypedResults.Ok(new SeriesAnswer(series.Details, series.Version));
    }

    private static async Task<NoContent> SetSeriesAsync(string code, SeriesAnswer body, SetSeries set, Access by, CancellationToken ct)
    {
        await set.RunAsync(code, body.Series, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Created<Made>> DraftAsync(Guid id, DraftBulletin draft, Access by, CancellationToken ct)
    {
        var made = await draft.RunAsync(id, by, ct);
        return TypedResults.Created($"/api/bulletins/{made}", new Made(made));
    }

    private static async Task<Ok<BulletinAnswer>> ReadAsync(Guid id, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var view = await BulletinView.ReadAsync(db, reader, id, words, clock, ct);
        var one = view.Bulletin;
        return TypedResults.Ok(new BulletinAnswer(
            id, one.RoundId, one.State, one.Year, one.No, one.IssuedOn, one.ContentHash, view.Entry, one.WithdrawnAt, one.WithdrawnBecause, one.Version, one.Written, view.Content,
            [
                .. from file in view.Files
                   let gone = view.Destroyed.GetValueOrDefault(file.FileHash)
                   select new FileAnswer(file.Ending, file.FileHash, file.Sm3, file.Size, gone is null ? $"/bulletins/{id}/file.{file.Ending}" : null, gone?.At),
            ]));
    }

    private static async Task<NoContent> ChangeAsync(Guid id, ChangeRequest body, ChangeBulletin change, Access by, CancellationToken ct)
    {
        await change.RunAsync(id, body.Written, body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<IssueAnswer>> IssueAsync(Guid id, IssueRequest body, IssueBulletin issue, Access by, CancellationToken ct)
    {
        var (year, no) = await issue.RunAsync(id, body.Version, by, ct);
        return TypedResults.Ok(new IssueAnswer(year, no));
    }

    private static async Task<NoContent> WithdrawAsync(Guid id, WithdrawalRequest body, WithdrawBulletin withdraw, Access by, CancellationToken ct)
    {
        await withdraw.RunAsync(id, body.Reason ?? "", body.Version, by, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> TableFileAsync(
        Guid id, string kind, HttpContext http, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var table = await DispatchTable.ReadAsync(db, reader, id, TableFilter.Read(http.Request.Query), clock.Today, ct);
        using var file = new MemoryStream();
        switch (kind)
        {
            case "xlsx":
                await DispatchTableFile.WorkbookAsync(table, words, file, ct);
                break;
            case "pdf":
                Papers.PdfWriter.Write(DispatchTableFile.Paper(table, words, http.User.Identity?.Name ?? "", clock.GetUtcNow()), file, null, ct);
                break;
            default:
                Papers.DocxWriter.Write(DispatchTableFile.Paper(table, words, http.User.Identity?.Name ?? "", clock.GetUtcNow()), file);
                break;
        }

        return TypedResults.File(file.ToArray(), kind == "xlsx" ? Workbook : TypeOf(kind), $"{words.TableTitle(table)}.{kind}");
    }

    // What was issued comes from the store, byte for byte; a draft is written as it would be now.
    private static async Task<IResult> FileAsync(
        Guid id, string kind, Db db, Words words, Access reader, FileStore files, TimeProvider clock, CancellationToken ct)
    {
        var view = await BulletinView.ReadAsync(db, reader, id, words, clock, ct);
        var name = $"{view.Content.Title}.{kind}";
        if (view.Bulletin.State is BulletinState.Draft)
        {
            return TypedResults.File(BulletinPaper.Write(view.Content, clock.GetUtcNow(), kind, ct), TypeOf(kind), name);
        }

        var kept = view.Files.Single(file => file.Ending == kind);
        return TypedResults.File(files.Open(kept.FileHash), TypeOf(kind), name, view.Bulletin.IssuedAt, new($"\"{kept.FileHash}\""), enableRangeProcessing: true);
    }

    private static SumAnswer Of(BulletinFigures.Sum sum) => new(sum.All, sum.Done, sum.Closed, sum.OnSchedule, sum.Behind, sum.NotStarted, sum.Red, sum.Share);

    private static string TypeOf(string ending) =>
        ending == "pdf" ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}
