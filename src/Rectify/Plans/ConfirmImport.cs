using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Plans;

/// <summary>A step of approval that already lies behind when a version is confirmed.</summary>
public sealed record PastStep(PlanStep Step, DateOnly On, string Document = "")
{
    /// <exception cref="Refusal">422: the day has not come yet.</exception>
    internal void DemandPast(DateOnly today)
    {
        if (On > today)
        {
            throw Refusal.Invalid("plan.future", $"{On:yyyy-MM-dd} has not come yet.", On);
        }
    }
}

/// <summary>
/// Makes a preview a version of the plan: one act. The first version's items stand at once (方案报批中 until it is
/// approved, since 立行立改 does not wait); a later version's changes come into force with its approval.
/// </summary>
public sealed class ConfirmImport(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="steps">Steps already taken, in their order, for a plan that is approved or published already.</param>
    /// <param name="keepAliases">Whether spellings that the person assigned become aliases of their units.</param>
    /// <returns>The version's number.</returns>
    /// <exception cref="Refusal">404: no such preview of theirs. 409: the same content stands already. 422: steps out of order.</exception>
    public async Task<int> RunAsync(Guid preview, IReadOnlyList<PastStep> steps, bool keepAliases, Access by, CancellationToken ct)
    {
        var draft = await db.ImportDraftsFor(by).SingleOrDefaultAsync(d => d.Id == preview, ct)
            ?? throw Refusal.NotFound("import", preview);
        var programme = await db.ProgrammesFor(by, Right.Plan).SingleOrDefaultAsync(p => p.Id == draft.ProgrammeId, ct)
            ?? throw Refusal.NotFound("import", preview);
        var versions = await db.PlanVersionsFor(by, Right.Plan).Where(v => v.ProgrammeId == programme.Id).OrderBy(v => v.No).ToListAsync(ct);
        var (now, chosen) = (clock.NowMs, PlanPreview.Units(draft));
        var content = PlanContent.Of(PlanPreview.Draft(draft)) with { Units = chosen.Count == 0 ? null : chosen };
        if (content.Items.Count == 0)
        {
            throw Refusal.Invalid("import.no-items", "No task is left in this preview.", draft.FileName);
        }

        if (versions.Count > 0 && PlanContent.Parse(versions[^1].Content).Says(content))
        {
            throw Refusal.Conflict("import.same", $"This says what version {versions[^1].No} says already. Nothing was saved.", versions[^1].No);
        }

        var version = PlanVersion.Create(programme.Id, versions.Count + 1, content.Title, draft.FileName, draft.FileHash, content, now, draft.Sm3);
        foreach (var step in steps)
        {
            step.DemandPast(clock.Today);
            version.Take(step.Step, step.On, step.Document);
        }

        db.Add(version);
        db.Remove(draft);
        var names = await UnitNames.LoadAsync(db, ct);
        if (keepAliases)
        {
            await AddAliasesAsync(chosen, names, ct);
        }

        if (version.ApprovedOn is { } approved)
        {
            programme.Approve(approved);
        }

        IReadOnlyList<Fact> facts = [];
        var before = versions.FindLast(v => v.AppliedAt is not null);
        if (before is null || version.ApprovedOn is not null)
        {
            facts = await new ApplyVersion(db, programme, names, chosen, by.Actor, now).RunAsync(
                version, before is null ? null : PlanContent.Parse(before.Content), version.ApprovedOn ?? clock.Today, ct);
        }

        await journal.CommitAsync(
            new PlanVersionConfirmed
            {
                Subject = programme.Id,
                By = by.Actor,
                At = now,
                No = version.No,
                Items = content.Items.Count,
                Files = version.Sm3.Length > 0 ? [JournalFile.Of(version.FileHash, version.Sm3)] : [], // a draft of a version before has none
                Content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Content))),
            },
            facts, ct);
        return version.No;
    }

    private async Task AddAliasesAsync(Dictionary<string, Guid> chosen, UnitNames names, CancellationToken ct)
    {
        var units = chosen.Values.Distinct().ToArray();
        var known = await db.Units().Where(unit => units.Contains(unit.Id)).Select(unit => unit.Id).ToListAsync(ct);
        foreach (var (text, unit) in chosen.Where(choice => known.Contains(choice.Value)).DistinctBy(choice => UnitName.Key(choice.Key)))
        {
            if (names.Find(text) is null && text.Length <= 100)
            {
                db.Add(new UnitAlias { UnitId = unit, Text = text });
            }
        }
    }
}

/// <summary>Records that a version was reported, approved or published. Approval brings it into force.</summary>
public sealed class RecordPlanStep(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such version, or not theirs to plan. 409: taken already or too early. 422: days out of order or to come.</exception>
    public async Task RunAsync(string programmeCode, int no, PastStep step, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Plan).SingleOrDefaultAsync(p => p.Code == programmeCode, ct)
            ?? throw Refusal.NotFound("programme", programmeCode);
        var version = await db.PlanVersionsFor(by, Right.Plan).SingleOrDefaultAsync(v => v.ProgrammeId == programme.Id && v.No == no, ct)
            ?? throw Refusal.NotFound("plan", no);
        step.DemandPast(clock.Today);
        var before = await db.PlanVersionsFor(by, Right.Plan).Where(v => v.ProgrammeId == programme.Id && v.AppliedAt != null)
            .OrderByDescending(v => v.No).FirstOrDefaultAsync(ct);
        version.Take(step.Step, step.On, step.Document);
        IReadOnlyList<Fact> facts = [];
        if (step.Step is PlanStep.Approve)
        {
            if (before is not null && before.No > no)
            {
                throw Refusal.Conflict("plan.overtaken", $"Version {before.No} is in force already; an older one cannot be approved now.", before.No);
            }

            var first = programme.ApprovedOn is null;
            programme.Approve(step.On);
            if (version.AppliedAt is null)
            {
                var chosen = PlanContent.Parse(version.Content).Units ?? new Dictionary<string, Guid>();
                facts = await new ApplyVersion(db, programme, await UnitNames.LoadAsync(db, ct), chosen, by.Actor, clock.NowMs)
                    .RunAsync(version, before is null ? null : PlanContent.Parse(before.Content), step.On, ct);
            }

            if (first && facts.Count == 0)
            {
                await ItemDerivation.RefreshAllAsync(db, programme, ct); // the items were drafts until now
            }
        }

        await journal.CommitAsync(
            new PlanStepTaken { Subject = programme.Id, By = by.Actor, At = clock.NowMs, No = no, Step = step.Step, On = step.On }, facts, ct);
    }
}
