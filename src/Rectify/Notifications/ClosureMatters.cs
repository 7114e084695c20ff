using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>Whom closings concern now: whoever takes the next step, signs again what is stale, corrects what was sent back, or answers an objection.</summary>
internal sealed class ClosureMatters(Db db, DateOnly today)
{
    private static readonly Access Room = Access.OfSystem(Actor.System("notifications"));

    /// <summary>Those that are open, those about which an objection waits for its answer, and those of which somebody is still told.</summary>
    public async Task<List<Guid>> OpenAsync(CancellationToken ct)
    {
        var unsettled = db.AllNotices().Where(notice => notice.MatterKind == MatterKind.Closure && notice.SettledAt == null).Select(notice => notice.Matter);
        var objected = Objections().Select(pair => pair.Closure);
        return await db.ClosuresFor(Room).Where(one => one.State == ClosureState.Drafting || one.State == ClosureState.Running || objected.Contains(one.Id) || unsettled.Contains(one.Id)).Select(one => one.Id).OrderBy(id => id).ToListAsync(ct);
    }

    /// <summary>The open closings whose signatures may cover what changed: items, and pieces of evidence.</summary>
    public async Task<List<Guid>> TouchedAsync(Guid[] items, Guid[] pieces, CancellationToken ct)
    {
        var all = items.ToHashSet();
        if (pieces.Length > 0)
        {
            all.UnionWith(await db.PieceUses().Where(use => EF.Parameter(pieces).Contains(use.PieceId)).Select(use => use.ItemId).ToListAsync(ct));
        }

        if (all.Count == 0)
        {
            return [];
        }

        // A closing of a task covers its measures, and one of a measure is bound by what is changed above it.
        var near = all.ToArray();
        all.UnionWith(await db.ItemsFor(Room, Right.Read).Where(item => item.ParentId != null && EF.Parameter(near).Contains(item.ParentId.Value)).Select(item => item.Id).ToListAsync(ct));
        all.UnionWith((await db.ItemsFor(Room, Right.Read).Where(item => EF.Parameter(near).Contains(item.Id)).Select(item => item.ParentId).ToListAsync(ct)).OfType<Guid>());
        var ids = all.ToArray();
        return await db.ClosuresFor(Room).Where(one => (one.State == ClosureState.Drafting || one.State == ClosureState.Running) && EF.Parameter(ids).Contains(one.ItemId)).Select(one => one.Id).ToListAsync(ct);
    }

    /// <param name="rules">By programme.</param>
    public async Task<List<Told>> OfAsync(Guid[] ids, Func<Guid[], Task<Dictionary<Guid, ReminderRules>>> rules, CancellationToken ct)
    {
        var objected = Objections().Select(pair => pair.Closure);
        var closures = await db.ClosuresFor(Room).AsNoTracking()
            .Where(one => EF.Parameter(ids).Contains(one.Id) && (one.State == ClosureState.Drafting || one.State == ClosureState.Running || objected.Contains(one.Id))).ToListAsync(ct);
        if (closures.Count == 0)
        {
            return [];
        }

        var cases = await new ClosureReading(db).ReadAsync(closures, ct);
        var duties = await StepDuties.OfAsync(db, cases, ct);
        var holders = await HoldersAsync(cases, duties, ct);
        var byProgramme = await rules([.. closures.Select(one => one.ProgrammeId).Distinct()]);
        var objections = (await Objections().Where(pair => EF.Parameter(ids).Contains(pair.Closure)).ToListAsync(ct)).ToLookup(pair => pair.Closure, pair => pair.Objection);
        List<Told> wanted = [];
        foreach (var (one, duty) in cases.Zip(duties))
        {
            var closure = one.Closure;
            // Where the unit itself gives notice, it is about that unit, and an office answers.
            if ((one.Way.FirstOrDefault(step => step.Kind is StepKind.Notice && step.Duty is not Role.Responsible) ?? one.Way.FirstOrDefault(step => step.Duty is Role.Office)) is { } told)
            {
                wanted.AddRange(
                    from objection in objections[closure.Id]
                    from account in Takers(duty, told, holders)
                    select new Told(account, NoticeKind.ObjectionToAnswer, MatterKind.Closure, closure.Id, $"objection:{objection:N}"));
            }

            if (closure.State is not (ClosureState.Drafting or ClosureState.Running))
            {
                continue; // a letter that came after the end is answered too
            }

            if (one.FirstStale is { Act: var stale })
            {
                var again = one.Way.First(step => step.Key == stale.StepKey);
                wanted.AddRange(Takers(duty, again, holders).Select(account => new Told(account, NoticeKind.ClosureStale, MatterKind.Closure, closure.Id, $"cstale:{stale.Id:N}")));
                continue;
            }

            if (one.Next is not { } next)
            {
                continue;
            }

            var takers = Takers(duty, next, holders).ToList();
            if (closure.State is ClosureState.Drafting)
            {
                // Whoever began it knows; after a return the reasons wait to be read.
                if (one.Acts.LastOrDefault() is { Act: ClosureActKind.Return } back)
                {
                    wanted.AddRange(takers.Select(account => new Told(account, NoticeKind.ClosureBack, MatterKind.Closure, closure.Id, $"cback:{back.Id:N}") { Due = closure.StepDue }));
                }
            }
            else if (next.Kind is not StepKind.Notice || closure.NoticeId is not { } notice || one.Notices[notice].Last < today)
            {
                // A notice waits twice: to be opened, and once its days are over.
                var key = $"ctake:{closure.Id:N}:{closure.Cycle.ToString(CultureInfo.InvariantCulture)}:{next.Key}:{Text(closure.StepSince)}{(closure.NoticeId is not null && next.Kind is StepKind.Notice ? ":end" : "")}";
                wanted.AddRange(takers.Select(account => new Told(account, NoticeKind.ClosureToTake, MatterKind.Closure, closure.Id, key) { Due = closure.StepDue }));
            }

            if (closure.StepDue is { } due && byProgramme[closure.ProgrammeId].Returns.OccasionAt(due, today, one.Calendar) is { } occasion)
            {
                wanted.AddRange(takers.Select(account => new Told(account, NoticeKind.ClosureDue, MatterKind.Closure, closure.Id, $"cdue:{closure.Id:N}:{Text(due)}:{Text(occasion)}") { Due = due, Occasion = occasion }));
            }
        }

        return wanted;
    }

    // The open ones. One that speaks of a whole notice is told once, with the notice's first part.
    private IQueryable<Objected> Objections() =>
        from part in db.NoticeParts()
        join objection in db.Objections() on part.NoticeId equals objection.NoticeId
        where objection.Outcome == null && (objection.ClosureId == part.ClosureId || (objection.ClosureId == null && part.No == 1))
        select new Objected { Closure = part.ClosureId, Objection = objection.Id };

    // Those at the unit itself, or, where none of them may, at the nearest above it that may speak for it.
    private static IEnumerable<Guid> Takers(StepDuties duties, ProcedureStep step, ILookup<Role, (Guid Account, Access Access, string Path)> holders)
    {
        var may = holders[step.Duty].Where(holder => duties.May(step, holder.Access)).ToList();
        var nearest = may.Select(holder => holder.Path.Length).DefaultIfEmpty(0).Max();
        var named = duties.Of(step).Units.Select(unit => unit.Path).ToHashSet(StringComparer.Ordinal);
        var own = may.Where(holder => named.Contains(holder.Path)).ToList();
        return (own.Count > 0 ? own : may.Where(holder => holder.Path.Length == nearest)).Select(holder => holder.Account).Distinct();
    }

    private async Task<ILookup<Role, (Guid Account, Access Access, string Path)>> HoldersAsync(List<ClosureCase> cases, List<StepDuties> duties, CancellationToken ct)
    {
        var steps = cases.Zip(duties).SelectMany(pair => pair.First.Way.Select(step => pair.Second.Of(step))).ToList();
        var roles = steps.Select(step => step.Duty).Distinct().ToArray();
        var codes = steps.SelectMany(step => step.Units).SelectMany(unit => unit.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToArray();
        return (await db.HoldersAs(roles, codes, today).ToListAsync(ct))
            .Select(held => (held.Role, held.Account, Access: new Access(new Actor(held.Account.ToString("N")), [new Access.Held(held.Role, held.Unit, held.Path, held.Top)]), held.Path))
            .ToLookup(held => held.Role, held => (held.Account, held.Access, held.Path));
    }

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private sealed class Objected
    {
        public required Guid Closure { get; init; }

        public required Guid Objection { get; init; }
    }
}
