using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.LookBacks;

/// <summary>Takes a closed item up again because its problem came back: by a check that found it, or by hand with source and reference.</summary>
internal sealed class StateRebound(Db db, JournalWriter journal, PlaceRebound place)
{
    /// <param name="check">The check that found it; <see langword="null"/> if it became known otherwise.</param>
    /// <exception cref="Refusal">As <see cref="PlaceRebound"/>; 404 also for a check of another item; 409 also for one that found nothing, or took the item up already.</exception>
    public async Task<Guid> RunAsync(Guid item, StatedRebound stated, Guid? check, Access by, CancellationToken ct)
    {
        var found = check is { } id ? await db.ChecksFor(by).SingleOrDefaultAsync(one => one.Id == id && one.ItemId == item, ct) ?? throw Refusal.NotFound("check", id) : null;
        if (found is { IsRebound: false } || (found is not null && await db.ReboundsFor(by).AnyAsync(one => one.CheckId == found.Id, ct)))
        {
            throw Refusal.Conflict("rebound.check", "This check did not find that the problem came back, or the item was taken up for it already.");
        }

        var (rebound, facts) = await place.RunAsync(item, stated, found, by, ct);

        await journal.CommitAsync(facts[0], [.. facts.Skip(1)], ct);
        return rebound.Id;
    }
}

/// <summary>Puts a rebound and the item's fact in their places, for the act that brings them to commit. Saves nothing itself.</summary>
internal sealed class PlaceRebound(Db db, PlaceFacts place, TimeProvider clock)
{
    // What takes an item along its way to closing or ends it: none of it may come after the day on which it is taken up again.
    private static readonly FactKind[] Way =
    [
        FactKind.Completed, FactKind.Applied, FactKind.AcceptanceStarted, FactKind.Returned, FactKind.Accepted, FactKind.NoticeOpened, FactKind.Objected, FactKind.SentForSignature, FactKind.SignedOff,
        FactKind.Filed, FactKind.Closed, FactKind.Reopened, FactKind.NotInvolved, FactKind.StageClosed,
    ];

    /// <returns>The rebound and the entries: its own first, then the item's, then those of checks that stop with it.</returns>
    /// <exception cref="Refusal">
    /// 404: no such item, or none that they close. 409: it is not closed: what is under way is sent back instead. 422: a reason or reference that cannot be, a day to come, or one before what led to the closing.
    /// </exception>
    public async Task<(Rebound Rebound, IReadOnlyList<Fact> Facts)> RunAsync(Guid id, StatedRebound stated, Check? check, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Close).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.RemovedOn == null, ct) ?? throw Refusal.NotFound("item", id);
        var (reason, reference) = (stated.Reason.Trim(), stated.Reference.Trim());
        if (reason.Length is < 1 or > 4_000)
        {
            throw Refusal.Invalid("rebound.reason", "Say in 1 to 4,000 characters what came back.");
        }

        if (check is null == stated.Source is ReboundSource.Check || reference.Length > 200 || (check is null && reference.Length == 0))
        {
            throw Refusal.Invalid("rebound.reference", "Give the number of the petition, report or letter, at most 200 characters.");
        }

        var known = await db.ItemFacts().AsNoTracking().Where(fact => fact.ItemId == id && fact.VoidedAt == null && Way.Contains(fact.Kind)).OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct);
        var closing = known.FindLastIndex(fact => fact.Kind is FactKind.Closed or FactKind.NotInvolved);
        if (closing < 0 || known.FindIndex(closing, fact => fact.Kind is FactKind.Reopened) >= 0)
        {
            throw Refusal.Conflict("rebound.not-closed", "The item is not closed: what is under way is sent back instead.");
        }

        if (stated.On < known[^1].On)
        {
            throw Refusal.Invalid("rebound.day", $"What closed it lasted until {known[^1].On:yyyy-MM-dd}: the completion cannot have ended before.", known[^1].On);
        }

        var placed = await place.RunAsync([(id, [new StatedFact(FactKind.Reopened, stated.On, Note: reason, Document: reference)])], by, by.Actor, ct);
        var fact = db.ChangeTracker.Entries<ItemFact>().Single(entry => entry.State is EntityState.Added && entry.Entity.ItemId == id).Entity;
        var rebound = db.Add(new Rebound
        {
            ItemId = id,
            Source = stated.Source,
            Reference = reference,
            Reason = reason,
            On = stated.On,
            ClosedOn = known[closing].On,
            FactId = fact.Id,
            CheckId = check?.Id,
            StatedAt = clock.NowMs,
            StatedBy = by.Actor,
        }).Entity;
        var others = await db.ChecksFor(LookBackOffice.Room).Where(one => one.ItemId == id && CheckFlow.Waiting.Contains(one.State)).ToListAsync(ct);
        return (rebound,
        [
            new ReboundStated { Subject = rebound.Id, By = by.Actor, At = rebound.StatedAt, Item = JournalBytes.Text(item.PublicId), On = rebound.On, Source = rebound.Source },
            .. placed,
            .. others.Where(one => one.Id != check?.Id && CheckFlow.IsWaiting(one.State)).Select(one => one.Stop("", by.Actor, clock.NowMs)),
        ]);
    }
}
