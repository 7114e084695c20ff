using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Tasks;

namespace Rectify.Plans;

/// <summary>A version of a plan as lists show it.</summary>
/// <param name="ConfirmedBy">The name of whoever confirmed it; empty for a part of the system.</param>
/// <param name="InForce">Whether its content is the programme's now.</param>
public sealed record VersionRow(
    int No, string Title, PlanState State, string FileName, string FileHash, DateTimeOffset ConfirmedAt, string ConfirmedBy, DateTimeOffset? AppliedAt,
    bool InForce, IReadOnlyList<PastStep> Steps)
{
    /// <summary>The step that may be recorded next, or <see langword="null"/> after the last.</summary>
    public PlanStep? Next => State switch
    {
        PlanState.Drafted => PlanStep.Report,
        PlanState.Reported => PlanStep.Approve,
        PlanState.Approved => PlanStep.Publish,
        PlanState.Published => null,
    };
}

/// <summary>What pages and the API ask of plans.</summary>
public static class PlanQueries
{
    /// <exception cref="Refusal">404: no such programme, or none in which the reader has the right.</exception>
    public static async Task<Programme> ProgrammeAsync(Db db, string code, Access who, Right right, CancellationToken ct) =>
        await db.ProgrammesFor(who, right).AsNoTracking().SingleOrDefaultAsync(p => p.Code == code, ct) ?? throw Refusal.NotFound("programme", code);

    /// <summary>The versions of a programme's plan, newest first, without their contents.</summary>
    public static async Task<IReadOnlyList<VersionRow>> VersionsAsync(Db db, Guid programme, Access who, CancellationToken ct)
    {
        var versions = await db.PlanVersionsFor(who, Right.Read).AsNoTracking().Where(v => v.ProgrammeId == programme).OrderBy(v => v.No)
            .Select(v => new
            {
                v.No,
                v.Title,
                v.FileName,
                v.FileHash,
                v.ConfirmedAt,
                v.AppliedAt,
                v.ReportedOn,
                v.ReportDocument,
                v.ApprovedOn,
                v.ApprovalDocument,
                v.PublishedOn,
                v.PublicationDocument,
            }).ToListAsync(ct);

        // The journal says who: its entries about the programme's versions stand in the order of their numbers.
        var confirmed = await db.Journal.AsNoTracking().Where(row => row.Subject == programme && row.Kind == PlanVersionConfirmed.Name)
            .OrderBy(row => row.Id).Select(row => row.By).ToListAsync(ct);
        var names = await NamesAsync(db, confirmed, ct);
        var inForce = versions.Where(v => v.AppliedAt is not null).Select(v => v.No).DefaultIfEmpty(0).Max();
        return
        [
            .. from v in versions
               let steps = Steps((v.ReportedOn, v.ReportDocument), (v.ApprovedOn, v.ApprovalDocument), (v.PublishedOn, v.PublicationDocument))
               orderby v.No descending
               select new VersionRow(
                   v.No, v.Title, (PlanState)steps.Count, v.FileName, v.FileHash, v.ConfirmedAt,
                   v.No <= confirmed.Count ? names.GetValueOrDefault(confirmed[v.No - 1], "") : "", v.AppliedAt, v.No == inForce, steps),
        ];
    }

    /// <summary>What a version says.</summary>
    /// <exception cref="Refusal">404: no such version, or not the reader's to see.</exception>
    public static async Task<PlanContent> ContentAsync(Db db, Guid programme, int no, Access who, CancellationToken ct) =>
        await db.PlanVersionsFor(who, Right.Read).Where(v => v.ProgrammeId == programme && v.No == no).Select(v => v.Content).SingleOrDefaultAsync(ct)
            is { } content ? PlanContent.Parse(content) : throw Refusal.NotFound("plan", no);

    /// <summary>The version whose content is the programme's, or the newest one confirmed; 0 before the first.</summary>
    public static async Task<int> StandingAsync(Db db, Guid programme, Access who, CancellationToken ct) =>
        await db.PlanVersionsFor(who, Right.Read).Where(v => v.ProgrammeId == programme && v.AppliedAt != null).MaxAsync(v => (int?)v.No, ct) ?? 0;

    private static List<PastStep> Steps(params ReadOnlySpan<(DateOnly? On, string Document)> taken)
    {
        var steps = new List<PastStep>();
        foreach (var (on, document) in taken)
        {
            if (on is { } day)
            {
                steps.Add(new((PlanStep)steps.Count, day, document));
            }
        }

        return steps;
    }

    private static async Task<Dictionary<Actor, string>> NamesAsync(Db db, List<Actor> actors, CancellationToken ct)
    {
        var ids = actors.Where(actor => Guid.TryParseExact(actor.Id, "N", out _)).Select(actor => Guid.ParseExact(actor.Id, "N")).Distinct().ToList();
        return await db.Accounts().AsNoTracking().Where(account => ids.Contains(account.Id))
            .ToDictionaryAsync(account => account.Actor, account => account.DisplayName, ct);
    }
}
