using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Withdraws a fact that was recorded in error. It stays readable, struck out, with the reason.</summary>
public sealed class VoidFact(Db db, JournalWriter journal, TimeProvider clock, IEnumerable<IFactOwner> owners)
{
    /// <exception cref="Refusal">404: no such fact, or none that <paramref name="by"/> may record. 409: withdrawn already, or steps of another room stated it. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string reason, Access by, CancellationToken ct)
    {
        var found = await db.ItemFacts().SingleOrDefaultAsync(fact => fact.Id == id, ct)
            ?? throw Refusal.NotFound("fact", id);
        var item = await db.ItemsFor(by, FactFlow.RightFor(found.Kind)).SingleOrDefaultAsync(i => i.Id == found.ItemId, ct)
            ?? throw Refusal.NotFound("fact", id);
        if (!by.IsSystem)
        {
            await owners.DemandFreeAsync(item, [new StatedFact(found.Kind, found.On, Document: found.Document, Recorded: found.RecordedAt)], by, ct);
        }

        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(VoidFact))), Right.Read)
            .SingleAsync(p => p.Id == item.ProgrammeId, ct);
        var tree = await ItemTree.LoadAsync(db, [item], ct);

        found.Void(reason, clock.NowMs);
        if (found.Kind is FactKind.DeadlineChanged)
        {
            item.TakeDeadlines(tree.DeadlineChanges(item.Id));
        }

        item.Touch();

        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);
        await journal.CommitAsync(
            new ItemFactVoided
            {
                Subject = item.Chain,
                By = by.Actor,
                At = clock.NowMs,
                Item = JournalBytes.Text(item.PublicId),
                FactKind = found.Kind,
                On = found.On,
            },
            ct);
    }
}
