using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Procedures;

/// <summary>Makes the first or the next version of a programme's closing procedure. From the first on, closings go by steps.</summary>
public sealed class SetProcedure(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The number of the version that the person saw; 0 where there is none.</param>
    /// <returns>The number of the new version.</returns>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile, or nothing differs. 422: a procedure that cannot be.</exception>
    public async Task<int> RunAsync(string code, Procedure procedure, string reason, int seen, Access by, CancellationToken ct)
    {
        var programme = await ProgrammeAsync(db, code, by, ct);
        var last = await ProcedureQueries.LatestAsync(db, by, programme.Id, ct);
        if ((last?.No ?? 0) != seen)
        {
            throw Refusal.Stale();
        }

        var next = ProcedureVersion.Create(programme.Id, seen + 1, procedure, reason, clock.NowMs, clock.Today);
        if (last?.Content == next.Content)
        {
            throw Refusal.Conflict("procedure.unchanged", "Nothing differs from the version in force.");
        }

        db.Add(next);
        await journal.CommitAsync(
            new ProcedureSet { Subject = programme.Id, By = by.Actor, At = next.MadeAt, No = next.No, Steps = [.. next.Procedure.Steps.Select(step => step.Kind)] }, ct);
        return next.No;
    }

    /// <summary>A programme whose office someone acts for.</summary>
    /// <exception cref="Refusal">404: no such programme, or none that they read. 403: another office's.</exception>
    internal static async Task<Programme> ProgrammeAsync(Db db, string code, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Code == code, ct) ?? throw Refusal.NotFound("programme", code);
        return IsOffice(programme, by) ? programme : throw Refusal.NotAllowed("procedure.office", "Only the programme's own office does this.");
    }

    /// <summary>Whether someone acts for the programme's office.</summary>
    internal static bool IsOffice(Programme programme, Access by) => by.IsEverywhere(Right.Plan) || by.UnitIds(Right.Plan).Contains(programme.RegionId);
}

/// <summary>Versions of a programme's procedure.</summary>
public static class ProcedureQueries
{
    /// <summary>The version that a closing begun now goes by; <see langword="null"/> while the office has set none.</summary>
    public static Task<ProcedureVersion?> LatestAsync(Db db, Access reader, Guid programme, CancellationToken ct) =>
        db.ProceduresFor(reader).AsNoTracking().Where(version => version.ProgrammeId == programme).OrderByDescending(version => version.No).FirstOrDefaultAsync(ct);

    /// <summary>The day from which the programme closes by steps; <see langword="null"/> if it does not.</summary>
    public static Task<DateOnly?> SinceAsync(Db db, Access reader, Guid programme, CancellationToken ct) =>
        db.ProceduresFor(reader).Where(version => version.ProgrammeId == programme && version.No == 1).Select(version => (DateOnly?)version.From).SingleOrDefaultAsync(ct);
}

/// <summary>What two versions of a procedure differ in, by the keys of their steps.</summary>
/// <param name="Moved">Whether steps that both have come in another order.</param>
/// <param name="Rules">Whether node, options or checklists differ.</param>
public sealed record ProcedureDifference(
    IReadOnlyList<ProcedureStep> Added, IReadOnlyList<ProcedureStep> Removed, IReadOnlyList<(ProcedureStep Old, ProcedureStep New)> Changed, bool Moved, bool Rules)
{
    public static ProcedureDifference Of(Procedure old, Procedure now)
    {
        var (before, after) = (old.Steps.ToDictionary(step => step.Key), now.Steps.ToDictionary(step => step.Key));
        return new(
            [.. now.Steps.Where(step => !before.ContainsKey(step.Key))], [.. old.Steps.Where(step => !after.ContainsKey(step.Key))],
            [.. now.Steps.Where(step => before.TryGetValue(step.Key, out var was) && ProcedureVersion.Write(was) != ProcedureVersion.Write(step)).Select(step => (before[step.Key], step))],
            !old.Steps.Where(step => after.ContainsKey(step.Key)).Select(step => step.Key).SequenceEqual(now.Steps.Where(step => before.ContainsKey(step.Key)).Select(step => step.Key)),
            ProcedureVersion.Write(old with { Steps = [], Name = "" }) != ProcedureVersion.Write(now with { Steps = [], Name = "" }));
    }
}
