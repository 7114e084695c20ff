using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>Opens a programme for a round of inspection, with the aspects of what was found and advised.</summary>
public sealed class CreateProgramme(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">403: not the office. 409: the code is taken. 422: no name, no such region, a bad code.</exception>
    public async Task<Guid> RunAsync(
        string code, ProgrammeDetails details, IReadOnlyList<string> findingAspects, IReadOnlyList<string> adviceAspects,
        Access by, CancellationToken ct)
    {
        by.Demand(Right.Plan);
        if (await db.Units().AsNoTracking().SingleOrDefaultAsync(unit => unit.Id == details.RegionId, ct) is not { } region
            || !by.Reaches(Right.Plan, region.Path))
        {
            throw Refusal.Invalid("programme.region", "Choose the unit whose region the programme is for.");
        }

        if (await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(CreateProgramme))), Right.Read).AnyAsync(p => p.Code == code, ct))
        {
            throw Refusal.Conflict("programme.code-taken", $"There is a programme {code} already.");
        }

        var programme = Programme.Create(code, details);
        db.Add(programme);
        db.AddRange(Aspects(programme.Id, AspectKind.Finding, findingAspects));
        db.AddRange(Aspects(programme.Id, AspectKind.Advice, adviceAspects));

        await journal.CommitAsync(
            new ProgrammeCreated { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Code = code, Level = details.Level }, ct);
        return programme.Id;
    }

    private static IEnumerable<Aspect> Aspects(Guid programme, AspectKind kind, IReadOnlyList<string> names) =>
        names.Select(name => name.Trim()).Where(name => name.Length > 0).Index()
            .Select(aspect => new Aspect { ProgrammeId = programme, Kind = kind, No = aspect.Index + 1, Name = aspect.Item });
}
