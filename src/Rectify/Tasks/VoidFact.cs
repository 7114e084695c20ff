using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Withdraws a fact that was recorded in error. It stays readable, struck out, with the reason. What was taken up again with it goes with it.</summary>
public sealed class VoidFact(Db db, JournalWriter journal, TimeProvider clock, IEnumerable<IFactOwner> owners)
{
    /// <exception cref="Refusal">404: no such fact, or none that <paramref name="by"/> may record. 409: withdrawn already, or steps of another room stated it. 422: no reason.</exception>
    public async Task RunAsync(Guid id, string reason, Access by, CancellationToken ct)
    {
        var found = await db.ItemFacts().SingleOrDefaultAsync(fact => fact.Id == id, ct)
            ?? throw Refusal.NotFound("fact", id);
        var item = await db.ItemsFor(by, FactFlow.RightFor(found.Kind)).SingleOrDefaultAsync(i => i.Id == found.ItemId, ct)
            ?? throw Refusal.NotFound("fact", id);
        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(VoidFact))), Right.Read)
            .SingleAsync(p => p.Id == item.ProgrammeId, ct);
        var tree = await ItemTree.LoadAsync(db, [item], ct);
        var (back, stays) = found.Kind is FactKind.Reopened ? TakenUp.With(found, tree) : ([found], null);
        foreach (var fact in by.IsSystem ? [] : back)
        {
            await owners.DemandFreeAsync(tree.Items.Single(one => one.Id == fact.ItemId), [new StatedFact(fact.Kind, fact.On, Document: fact.Document, Recorded: fact.RecordedAt)], by, ct);
        }

        var now = clock.NowMs;
        foreach (var fact in back)
        {
            fact.Void(reason, now);
            tree.Items.Single(one => one.Id == fact.ItemId).Touch();
        }

        if (found.Kind is FactKind.DeadlineChanged)
        {
            item.TakeDeadlines(tree.DeadlineChanges(item.Id));
        }

        TakeUpBy(stays, tree, by.Actor, now);

        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);
        var also = new List<Fact>();
        foreach (var fact in back.Where(fact => stays is null || !tree.Items.Exists(part => part.Id == stays.ItemId && part.ParentId == fact.ItemId)))
        {
            foreach (var owner in owners)
            {
                also.AddRange(await owner.WithdrawnAsync(tree.Items.Single(one => one.Id == fact.ItemId), fact, by.Actor, ct));
            }
        }

        await journal.CommitAsync(
            new ItemFactVoided
            {
                Subject = item.Chain,
                By = by.Actor,
                At = now,
                Item = JournalBytes.Text(item.PublicId),
                FactKind = found.Kind,
                On = found.On,
            },
            also, ct);
    }

    // Where another part came back as well, the task is taken up with that one.
    private void TakeUpBy(ItemFact? part, ItemTree tree, Actor by, DateTimeOffset now)
    {
        if (part is null || tree.Items.Single(item => item.Id == part.ItemId).ParentId is not { } task
            || TakenUp.Above(new(part.Kind, part.On, Note: part.Note, Document: part.Document), TakenUp.Standing(task, tree)) is not { } stated)
        {
            return;
        }

        var fact = new ItemFact
        {
            ItemId = task,
            Kind = stated.Kind,
            On = stated.On,
            Sequence = tree.Facts.Where(one => one.ItemId == task).Max(one => one.Sequence) + 1,
            Note = stated.Note,
            Document = stated.Document,
            RecordedAt = now,
            RecordedBy = by,
        };
        db.Add(fact);
        tree.Facts.Add(fact);
    }
}
