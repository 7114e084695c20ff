using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>
/// Facts that steps of closing state are not recorded by hand beside them, once a programme closes by steps. What happened before the procedure was set may still be entered by the office, with the
/// document that shows it: nobody can sign those steps any more.
/// </summary>
internal sealed class ClosureGuard(Db db, TimeProvider clock) : IFactOwner
{
    private static readonly FactKind[] Stated =
    [
        FactKind.Completed, FactKind.Applied, FactKind.AcceptanceStarted, FactKind.Returned, FactKind.Accepted, FactKind.NoticeOpened, FactKind.NoticeEnded, FactKind.Objected, FactKind.ObjectionSettled,
        FactKind.SentForSignature, FactKind.SignedOff, FactKind.Filed, FactKind.Closed, FactKind.NotInvolved, FactKind.TakenBack,
    ];

    public async Task<bool> OwnsAsync(Item item, StatedFact fact, Access by, CancellationToken ct)
    {
        var at = fact.Part is { } part && part != item.Id ? await db.ItemsFor(ClosureReading.Room, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == part, ct) ?? item : item;
        if (!(await OwnedAsync(at, ct)).Contains(fact.Kind))
        {
            return false;
        }

        var since = await ProcedureQueries.SinceAsync(db, ClosureReading.Room, item.ProgrammeId, ct);
        var office = await db.ProgrammesFor(by, Right.Plan).AnyAsync(programme => programme.Id == item.ProgrammeId, ct);
        return !(office && fact.On < since && fact.Document.Trim().Length > 0 && !await db.ClosuresFor(ClosureReading.Room).AnyAsync(closure => closure.ItemId == at.Id && closure.Live != null, ct));
    }

    /// <summary>Where taking an item up again was an error, the closings that closed it count again.</summary>
    public async Task<IReadOnlyList<Fact>> WithdrawnAsync(Item item, ItemFact fact, Actor by, CancellationToken ct)
    {
        var facts = fact.Kind is FactKind.Reopened ? (await db.ItemFacts().Where(one => one.ItemId == item.Id).ToListAsync(ct)).Where(one => one.VoidedAt is null).ToList() : [];
        if (facts.OrderBy(one => one.On).ThenBy(one => one.Sequence).LastOrDefault(one => one.Kind is FactKind.Closed or FactKind.NotInvolved or FactKind.Reopened) is not { Kind: not FactKind.Reopened })
        {
            return [];
        }

        var known = await db.ClosuresFor(ClosureReading.Room).Where(one => one.ItemId == item.Id).OrderByDescending(one => one.BeganAt).ToListAsync(ct);
        var restored = new List<Fact>();
        foreach (var ofUnit in known.GroupBy(one => one.UnitId).Where(ofUnit => ofUnit.All(one => one.Live is null)))
        {
            if (ofUnit.FirstOrDefault(one => one is { State: ClosureState.Superseded, ClosedOn: not null }) is { } closure)
            {
                var one = await new ClosureReading(db).ReadAsync(closure, ct);
                closure.Restore(one.Way, one.Calendar);
                restored.Add(new ClosureRestored { Subject = closure.Id, By = by, At = clock.NowMs, Closure = JournalBytes.Text(closure.PublicId) });
            }
        }

        return restored;
    }

    public async Task<IReadOnlySet<FactKind>> OwnedAsync(Item item, CancellationToken ct)
    {
        if (item.Kind is ItemKind.Finding || await ProcedureQueries.LatestAsync(db, ClosureReading.Room, item.ProgrammeId, ct) is not { } version)
        {
            return new HashSet<FactKind>();
        }

        var owned = Stated.ToHashSet();
        var node = version.Procedure.Node;
        if (item.Kind is ItemKind.Measure && node is not ClosingNode.Measure || item.Kind is ItemKind.Point && node is not ClosingNode.Point)
        {
            owned.Remove(FactKind.Completed); // a measure is reported as done long before its task is declared
        }

        // Taking up again is the office's own act; while a closing is under way it is sent back instead.
        if (await db.ClosuresFor(ClosureReading.Room).AnyAsync(closure => closure.ItemId == item.Id && closure.Live != null && closure.ClosedOn == null, ct))
        {
            owned.Add(FactKind.Reopened);
        }

        return owned;
    }
}
