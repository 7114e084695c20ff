using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>Corrects an item's title, text and goal.</summary>
public sealed class ChangeItemWords(ChangeItem change)
{
    /// <exception cref="Refusal">404, 409: as <see cref="ChangeItem"/>. 422: no text, or one that is too long.</exception>
    public Task RunAsync(Guid id, int version, string title, string text, string goal, Access by, CancellationToken ct) =>
        change.RunAsync(id, version, (item, _) => item.Reword(title, text, goal), by, ct);
}

/// <summary>Says which type of task an item is: what evidence it needs hangs on it.</summary>
public sealed class ChangeTaskType(ChangeItem change)
{
    /// <exception cref="Refusal">404, 409: as <see cref="ChangeItem"/>. 422: a type of more than 40 characters.</exception>
    public Task RunAsync(Guid id, int version, string type, Access by, CancellationToken ct) =>
        change.RunAsync(id, version, (item, _) => item.Classify(type), by, ct);
}

/// <summary>A unit as a person states it for an item.</summary>
/// <param name="Id">The part that is changed; <see langword="null"/> for a new one.</param>
/// <param name="Text">The unit as written; empty takes the part away.</param>
public sealed record StatedUnit(Guid? Id, string Text, DraftRole Role);

/// <summary>Says anew which units take part in an item, and how.</summary>
public sealed class ChangeItemUnits(Db db, ChangeItem change)
{
    /// <summary>
    /// What is stated replaces what was, in the order stated. A text that names a known unit links to it; another stays as
    /// written until someone says which unit is meant.
    /// </summary>
    /// <exception cref="Refusal">404, 409: as <see cref="ChangeItem"/>. 422: a name that is too long, or the same unit twice in one role.</exception>
    public async Task RunAsync(Guid id, int version, IReadOnlyList<StatedUnit> stated, Access by, CancellationToken ct)
    {
        var names = await UnitNames.LoadAsync(db, ct);
        var kept = stated.Where(unit => unit.Text.Trim().Length > 0).Select(unit => unit with { Text = unit.Text.Trim() }).ToList();
        if (kept.Find(unit => unit.Text.Length > 200) is { } tooLong)
        {
            throw Refusal.Invalid("item.unit", $"A unit's name has at most 200 characters: \"{tooLong.Text[..20]}…\".");
        }

        if (kept.GroupBy(unit => (unit.Role, Key: names.Find(unit.Text)?.ToString() ?? unit.Text)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Refusal.Invalid("item.unit-twice", $"{twice.First().Text} stands twice in the same role.");
        }

        await change.RunAsync(id, version, (item, tree) =>
        {
            var old = tree.Units.Where(part => part.ItemId == id).ToDictionary(part => part.Id);
            foreach (var (order, unit) in kept.Index())
            {
                if (unit.Id is { } known && old.Remove(known, out var part))
                {
                    (part.UnitId, part.Text) = (part.Text == unit.Text ? part.UnitId ?? names.Find(unit.Text) : names.Find(unit.Text), unit.Text);
                    (part.Role, part.Order) = (unit.Role, order);
                }
                else
                {
                    part = new ItemUnit { ItemId = id, UnitId = names.Find(unit.Text), Text = unit.Text, Role = unit.Role, Order = order };
                    db.Add(part);
                    tree.Units.Add(part);
                }
            }

            db.RemoveRange(old.Values);
            tree.Units.RemoveAll(part => old.ContainsKey(part.Id));
            item.Touch();
        }, by, ct);
    }
}

/// <summary>Says anew who is named for an item.</summary>
public sealed class ChangeItemPersons(Db db, ChangeItem change)
{
    /// <param name="stated">One person or post each, in order; a text that stands already keeps its record.</param>
    /// <exception cref="Refusal">404, 409: as <see cref="ChangeItem"/>. 422: a text that is too long.</exception>
    public Task RunAsync(Guid id, int version, IReadOnlyList<string> stated, Access by, CancellationToken ct)
    {
        var kept = stated.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (kept.Find(text => text.Length > 200) is not null)
        {
            throw Refusal.Invalid("item.person", "A person's line has at most 200 characters.");
        }

        return change.RunAsync(id, version, (item, tree) =>
        {
            var old = tree.Persons.Where(part => part.ItemId == id).ToList();
            foreach (var (order, text) in kept.Index())
            {
                if (old.Find(part => part.Text == text) is { } part)
                {
                    part.Order = order;
                    old.Remove(part);
                }
                else
                {
                    part = new ItemPerson { ItemId = id, Text = text, Generic = PersonList.IsGeneric(text), Order = order };
                    db.Add(part);
                    tree.Persons.Add(part);
                }
            }

            db.RemoveRange(old);
            tree.Persons.RemoveAll(old.Contains);
            item.Touch();
        }, by, ct);
    }
}

/// <summary>A node as a person states it for an item.</summary>
/// <param name="No">The node that is changed; <see langword="null"/> for a new one.</param>
/// <param name="Text">What is to be shown; empty takes the node away.</param>
/// <param name="Due">Only for a new one: a date that was set is not overwritten.</param>
public sealed record StatedMilestone(int? No, string Text, DateOnly? Due);

/// <summary>Says anew what an item has to show by which day (交账节点).</summary>
public sealed class ChangeMilestones(Db db, ChangeItem change)
{
    /// <exception cref="Refusal">
    /// 404, 409: as <see cref="ChangeItem"/>. 409: a node that was reached is taken away. 422: a new node without its day, or one
    /// after the item's deadline.
    /// </exception>
    public Task RunAsync(Guid id, int version, IReadOnlyList<StatedMilestone> stated, Access by, CancellationToken ct) =>
        change.RunAsync(id, version, (item, tree) =>
        {
            var old = tree.Milestones.Where(part => part.ItemId == id).ToDictionary(part => part.No);
            var reached = tree.Facts.Where(fact => fact.ItemId == id && fact.VoidedAt is null && fact.No is not null && fact.Kind is Timeline.FactKind.MilestoneReached)
                .Select(fact => fact.No!.Value).ToHashSet();
            foreach (var node in stated)
            {
                if (node.Text.Trim().Length is 0 && node.No is { } gone && reached.Contains(gone))
                {
                    throw Refusal.Conflict("milestone.reached", $"Node {gone} was reached and stays. Withdraw that entry first.");
                }

                if (node is { No: null, Text.Length: > 0, Due: null })
                {
                    throw Refusal.Invalid("milestone.date", $"Give the day by which it is due: {node.Text}.");
                }

                if (node.Text.Trim().Length > 500)
                {
                    throw Refusal.Invalid("milestone.text", "A node's text has at most 500 characters.");
                }

                if (node.No is null && node.Due > item.DueOn)
                {
                    throw Refusal.Invalid("milestone.late", $"The node's day passes the item's deadline, {item.DueOn:yyyy-MM-dd}.");
                }
            }

            var next = old.Keys.DefaultIfEmpty(0).Max();
            foreach (var node in stated)
            {
                var text = node.Text.Trim();
                if (node.No is { } no && old.TryGetValue(no, out var part))
                {
                    if (text.Length > 0)
                    {
                        part.Text = text;
                    }
                    else
                    {
                        db.Remove(part);
                        tree.Milestones.Remove(part);
                    }
                }
                else if (node is { No: null, Due: { } due } && text.Length > 0)
                {
                    part = new ItemMilestone { ItemId = id, No = ++next, Text = text, Due = due };
                    db.Add(part);
                    tree.Milestones.Add(part);
                }
            }

            item.Touch();
        }, by, ct);
}

/// <summary>Takes a sub-task or point out again. It stays readable, and so does who took it out.</summary>
public sealed class RemoveItem(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="reason">1 to 500 characters; it stays with the item.</param>
    /// <exception cref="Refusal">
    /// 404: no such item, or not theirs to divide. 409: changed meanwhile, taken out already, or divided further. 422: no reason, or an item
    /// of the plan, which only a version of the plan takes out.
    /// </exception>
    public async Task RunAsync(Guid id, int version, string reason, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Report).SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw Refusal.NotFound("item", id);
        if (item.Kind is not (ItemKind.SubTask or ItemKind.Point))
        {
            throw Refusal.Invalid("item.planned", "What stands in the plan is taken out by a version of the plan.");
        }

        if (item.Version != version || item.RemovedOn is not null)
        {
            throw Refusal.Stale();
        }

        var tree = await ItemTree.LoadAsync(db, [item], ct);
        if (tree.Items.Exists(part => part.ParentId == id && part.RemovedOn is null))
        {
            throw Refusal.Conflict("item.divided", "Take out its own parts first.");
        }

        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(RemoveItem))), Right.Read)
            .SingleAsync(p => p.Id == item.ProgrammeId, ct);
        item.Remove(clock.Today, reason);
        tree.Items.Find(part => part.Id == item.ParentId)?.Touch();

        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);
        await journal.CommitAsync(
            new ItemRemoved { Subject = item.Chain, By = by.Actor, At = clock.NowMs, Item = JournalBytes.Text(item.PublicId) }, ct);
    }
}
