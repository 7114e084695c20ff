using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Procedures;

/// <summary>Closing procedures over HTTP, for other systems.</summary>
internal static class ProcedureEndpoints
{
    public static void MapProcedures(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").WithTags("Closing procedures").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/closing-procedures/presets", Presets).WithSummary("Procedures to begin with; the first is the usual one.");
        api.MapGet("/programmes/{code}/closing-procedure", ReadAsync).WithSummary("A programme's closing procedure: the newest version, or v=.");
        api.MapPut("/programmes/{code}/closing-procedure", SetAsync).WithSummary("Makes the next version. From the first on the programme closes by steps; running closings keep theirs.");
    }

    public sealed record PresetAnswer(string Key, Procedure Procedure);

    /// <param name="No">The version, counted from 1; 0 while none is set.</param>
    public sealed record ProcedureAnswer(int No, DateOnly? From, string Reason, Procedure? Procedure);

    /// <param name="Preset">A preset's key, instead of a procedure.</param>
    /// <param name="Seen">The number of the version that was read; a newer one refuses the change.</param>
    public sealed record ProcedureRequest(Procedure? Procedure, string? Preset, string? Reason, int Seen);

    public sealed record Numbered(int No);

    private static Ok<List<PresetAnswer>> Presets() => TypedResults.Ok(ProcedurePresets.All.Select(preset => new PresetAnswer(preset.Key, preset.Procedure)).ToList());

    private static async Task<Ok<ProcedureAnswer>> ReadAsync(string code, int? v, Db db, Access reader, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var version = v is { } no
            ? await db.ProceduresFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id && one.No == no, ct) ?? throw Refusal.NotFound("procedure", no)
            : await ProcedureQueries.LatestAsync(db, reader, programme.Id, ct);
        return TypedResults.Ok(version is null ? new ProcedureAnswer(0, null, "", null) : new(version.No, version.From, version.Reason, version.Procedure));
    }

    private static async Task<Ok<Numbered>> SetAsync(string code, ProcedureRequest body, SetProcedure set, Access by, CancellationToken ct)
    {
        var procedure = body.Preset is { } key ? ProcedurePresets.Find(key) ?? throw Refusal.NotFound("preset", key) : body.Procedure ?? throw Refusal.Malformed("Give a procedure or the key of a preset.");
        return TypedResults.Ok(new Numbered(await set.RunAsync(code, Whole(procedure), body.Reason ?? "", body.Seen, by, ct)));
    }

    // Lists and texts that are left out are empty ones.
    private static Procedure Whole(Procedure procedure) => procedure with
    {
        Name = procedure.Name ?? "",
        Steps = [.. (procedure.Steps ?? []).Select(step => step with { Key = step.Key ?? "", Title = step.Title ?? "", Form = step.Form ?? "", Levels = step.Levels is null ? null : [.. step.Levels.Select(one => one with { TaskType = one.TaskType ?? "" })] })],
        Checklists = [.. (procedure.Checklists ?? []).Select(list => list with { TaskType = list.TaskType ?? "", Lines = [.. (list.Lines ?? []).Select(line => line ?? "")] })],
        Forms = procedure.Forms is null ? null : [.. procedure.Forms.Select(form => new StepForm(
            form.Step ?? "", form.TaskType ?? "", form.Title ?? "", [.. (form.Fields ?? []).Select(field => field with { Name = field.Name ?? "" })]))],
    };
}
