using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks.Timeline;

namespace Rectify.Notices;

/// <summary>Decides an objection. Upheld, it sends the items back to their units and stops the notice; otherwise the clock goes on with the days that are left.</summary>
internal sealed class SettleObjection(Db db, JournalWriter journal, ClosureWork closures, NoticeWork work)
{
    /// <exception cref="Refusal">
    /// 404: no such objection. 403: another office's, or they declared the closing. 409: decided already, changed since it was seen, or an item that is closed by now.
    /// 422: a text or a day that cannot be.
    /// </exception>
    public async Task RunAsync(Guid id, ObjectionDecision decision, int version, Access by, CancellationToken ct)
    {
        var objection = await db.Objections().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("objection", id);
        var (notice, programme) = await work.ForOfficeAsync(objection.NoticeId, by, ct);
        var (_, cases) = await work.CasesAsync(notice, ct);
        var concerned = cases.Where(one => NoticeWork.IsIn(one.Closure, notice) && (objection.ClosureId is null || one.Closure.Id == objection.ClosureId)).ToList();
        foreach (var one in concerned)
        {
            if (one.Acts.Find(act => act.By == by.Actor && ClosureFlow.Excludes(act.StepKind, StepKind.Objections)) is { } own)
            {
                throw Refusal.NotAllowed(
                    "closure.own", $"You did {own.StepKind} of this closing: someone else has to decide.", new Phrase($"procedure.kind.{own.StepKind}"), new Phrase($"procedure.kind.{StepKind.Objections}"));
            }
        }

        objection.Settle(decision, version, work.Today, by.Actor, work.Now);
        var all = await db.Objections().Where(one => one.NoticeId == notice.Id).ToListAsync(ct);
        await work.ReckonAsync(notice, all, ct);
        var done = objection.SendsBack ? await SendBackAsync(concerned, notice, programme.RegionId, objection, by, ct) : [];
        if (done.Count > 0 && notice.IsRunning && !cases.Exists(one => NoticeWork.IsIn(one.Closure, notice)))
        {
            notice.Stop();
        }

        var settled = new ObjectionSettledFact
        {
            Subject = notice.Id,
            By = by.Actor,
            At = work.Now,
            Notice = JournalBytes.Text(notice.PublicId),
            Objection = JournalBytes.Text(objection.PublicId),
            Outcome = decision.Outcome,
            On = decision.On,
            LastDay = notice.EndsOn,
        };
        if (done.Count > 0)
        {
            await closures.CommitAsync(done, [settled], by, ct);
            return;
        }

        var open = all.Where(one => one is { IsOpen: true, InTime: true }).ToList();
        var free = concerned.Where(one => !open.Exists(other => other.ClosureId is null || other.ClosureId == one.Closure.Id)).Select(one => one.Item.Id);
        var facts = objection.InTime ? await work.PlaceAsync(free, FactKind.ObjectionSettled, decision.On, FactKind.Objected, by.Actor, ct) : [];
        await journal.CommitAsync(settled, [.. facts], ct);
    }

    // By the decision itself, whoever has the next step: what is closed can only be taken up again.
    private async Task<List<ClosureWork.Done>> SendBackAsync(List<ClosureCase> concerned, PublicNotice notice, Guid region, Objection objection, Access by, CancellationToken ct)
    {
        var done = new List<ClosureWork.Done>();
        foreach (var one in concerned)
        {
            if (one.Closure.ClosedOn is not null || one.Next is not { } step)
            {
                throw Refusal.Conflict("objection.item-closed", "An item is closed by now: it has to be taken up again instead.");
            }

            var stated = await closures.StatedAsync(one, new(work.Today, Why(notice, objection)), ct);
            var before = one.Facts;
            var unit = NoticeWork.IsOfficeOf(by, notice, notice.UnitId) ? notice.UnitId : region;
            var act = await closures.AddAsync(one, step, closures.Act(one, ClosureActKind.Return, step, unit, stated, by), ct);
            one.Closure.SendBack(one.Way, stated.On, returned: true, one.Calendar);
            one.Changed();
            done.Add(new(one, act, before, (FactKind.Returned, stated.On, stated.Opinion)));
        }

        return done;
    }

    private static string Why(PublicNotice notice, Objection objection)
    {
        var words = Words.In(Language.Default);
        var because = words["objection.back.because", notice.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture), notice.No, objection.No, objection.Reasons];
        return because.Length <= 4_000 ? because : because[..4_000];
    }
}
