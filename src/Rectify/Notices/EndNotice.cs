using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>Ends a notice whose days are over: takes the step of every closing that still stands in it.</summary>
internal sealed class EndNotice(Db db, JournalWriter journal, ClosureWork closures, NoticeWork work, NoticePass pass)
{
    /// <param name="by">Whoever may take the step, or the system.</param>
    /// <exception cref="Refusal">
    /// 404: no such notice. 403: another duty or unit takes the step. 409: its days are not over, an objection is open, it was ended already, a signature is stale, or something lacks.
    /// </exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("public-notice", id);
        if (!notice.IsRunning)
        {
            throw Refusal.Conflict("notice.not-running", "This notice does not run: it has not gone out, or is over.");
        }

        var (_, all) = await work.CasesAsync(notice, ct);
        var cases = all.Where(one => NoticeWork.IsIn(one.Closure, notice) && one.Next is { Kind: StepKind.Notice }).ToList();
        var units = new List<Guid>();
        foreach (var one in cases)
        {
            units.Add(by.IsSystem ? notice.UnitId : await closures.DemandTakerAsync(one, one.Next!, by, ct));
        }

        if (cases.Count == 0 && !by.IsSystem)
        {
            await work.ForOfficeAsync(id, by, ct);
        }

        if (cases.Count > 0)
        {
            Demand(notice);
        }

        pass.Closures.UnionWith(cases.Select(one => one.Closure.Id));
        var done = new List<ClosureWork.Done>();
        foreach (var (one, unit) in cases.Zip(units))
        {
            var step = one.Next!;
            await closures.DemandFreeAsync(one, step, ClosureActKind.Take, ct);
            var stated = await closures.StatedAsync(one, new(work.Today), ct);
            var before = one.Facts;
            var act = await closures.AddAsync(one, step, closures.Act(one, ClosureActKind.Take, step, unit, stated, by, notice: one.Closure.NoticeId), ct);
            one.Closure.GoTo(one.Way, one.Closure.StepNo + 1, stated.On, one.Calendar);
            one.Changed();
            done.Add(new(one, act, before));
        }

        if (cases.Count > 0)
        {
            notice.End();
        }
        else
        {
            notice.Stop(); // every closing went back by another way
        }

        var ended = new NoticeClosed { Subject = notice.Id, By = by.Actor, At = work.Now, Notice = JournalBytes.Text(notice.PublicId), State = notice.State, LastDay = notice.EndsOn };
        if (done.Count > 0)
        {
            await closures.CommitAsync(done, [ended], by, ct);
        }
        else
        {
            await journal.CommitAsync(ended, ct);
        }
    }

    private void Demand(PublicNotice notice)
    {
        if (notice.State is NoticeState.Suspended)
        {
            throw Refusal.Conflict("notice.objection-open", "An objection is open: it has to be decided first.");
        }

        if (notice.EndsOn is not { } last || last >= work.Today)
        {
            throw Refusal.Conflict("notice.stands", $"The notice stands until {notice.EndsOn:yyyy-MM-dd}.", notice.EndsOn);
        }
    }
}

/// <summary>Ends notices whose days are over and to which no objection is open.</summary>
internal sealed partial class EndNotices(Db db, EndNotice end, TimeProvider clock, ILogger<EndNotices> log) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var today = clock.Today;
        var over = await db.NoticesFor(NoticeWork.Room).AsNoTracking().Where(one => one.State == NoticeState.Open && one.EndsOn < today).OrderBy(one => one.EndsOn).Select(one => one.Id).Take(100).ToListAsync(ct);
        var ended = 0;
        foreach (var id in over)
        {
            db.ChangeTracker.Clear();
            try
            {
                await end.RunAsync(id, NoticeWork.Room, ct);
                ended++;
            }
            catch (Refusal waits)
            {
                Waits(id, waits.Code); // a stale signature, say: a person sees to it, and the page says so
            }
        }

        return ended;
    }

    [LoggerMessage(LogLevel.Information, "Notice {Notice} is over and cannot end yet: {Code}")]
    private partial void Waits(Guid notice, string code);
}

/// <summary>Keeps closings at their notice: it opens by being published, ends by its days, and an open objection holds up every step after it.</summary>
internal sealed class NoticeGate(Db db, NoticePass pass) : IStepGate
{
    public async Task<IReadOnlyList<Obstacle>> BeforeAsync(ItemClosure closure, ProcedureStep upcoming, ClosureActKind act, CancellationToken ct)
    {
        if (act is ClosureActKind.Open)
        {
            return pass.Closures.Contains(closure.Id) ? [] : [await DraftAsync(closure, ct)];
        }

        if (closure.NoticeId is not { } id || await db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleOrDefaultAsync(one => one.ClosureNoticeId == id, ct) is not { } notice)
        {
            return [];
        }

        var about = closure.Id;
        if (await db.Objections().AnyAsync(one => one.NoticeId == notice.Id && one.InTime && one.Outcome == null && (one.ClosureId == null || one.ClosureId == about), ct))
        {
            return [new(new("notice.gate.objection"), $"/notices/{notice.Id}")];
        }

        return upcoming.Kind is StepKind.Notice && !pass.Closures.Contains(closure.Id) ? [new(new("notice.gate.runs"), $"/notices/{notice.Id}")] : [];
    }

    private async Task<Obstacle> DraftAsync(ItemClosure closure, CancellationToken ct)
    {
        var id = closure.Id;
        var draft = await db.NoticeParts().Where(part => part.ClosureId == id)
            .Join(db.NoticesFor(NoticeWork.Room).Where(one => one.State == NoticeState.Draft), part => part.NoticeId, one => one.Id, (_, one) => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var code = await db.ProgrammesFor(NoticeWork.Room, Right.Read).Where(one => one.Id == closure.ProgrammeId).Select(one => one.Code).SingleAsync(ct);
        return draft is { } written ? new(new("notice.gate.draft"), $"/notices/{written}") : new(new("notice.gate.none"), $"/p/{code}/notices");
    }
}

/// <summary>The way from an item to its notices.</summary>
internal sealed class NoticeLink(Db db) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct)
    {
        var notices = await db.NoticeParts().Where(part => part.ItemId == item.Id)
            .Join(db.NoticesFor(reader).Where(one => one.State != NoticeState.Dropped), part => part.NoticeId, one => one.Id, (_, one) => one.Id).Distinct().ToListAsync(ct);
        if (notices.Count == 0)
        {
            return null;
        }

        var code = await db.ProgrammesFor(reader, Right.Read).Where(one => one.Id == item.ProgrammeId).Select(one => one.Code).SingleAsync(ct);
        return new("notice.link", notices.Count, notices.Count == 1 ? $"/notices/{notices[0]}" : $"/p/{code}/notices?item={item.Id}");
    }
}
