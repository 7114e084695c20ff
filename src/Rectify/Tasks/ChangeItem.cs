using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>Corrects an item's texts, units and persons outside a plan version. The deadline's date is not among them.</summary>
public sealed class ChangeItem(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw.</param>
    /// <exception cref="Refusal">404: no such item, or not theirs to plan. 409: changed meanwhile. 422: a text that is too long.</exception>
    internal async Task RunAsync(Guid id, int version, Action<Item, ItemTree> change, Access by, CancellationToken ct)
    {
        var item = await db.ItemsFor(by, Right.Plan).SingleOrDefaultAsync(i => i.Id == id, ct)
            ?? throw Refusal.NotFound("item", id);
        if (item.Version != version)
        {
            throw Refusal.Stale();
        }

        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(ChangeItem))), Right.Read)
            .SingleAsync(p => p.Id == item.ProgrammeId, ct);
        var tree = await ItemTree.LoadAsync(db, [item], ct);
        change(item, tree);

        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);
        await journal.CommitAsync(
            new ItemChanged { Subject = item.Chain, By = by.Actor, At = clock.NowMs, Item = JournalBytes.Text(item.PublicId) }, ct);
    }
}

/// <summary>Gives a measure its quantity: from where to where it has to go.</summary>
public sealed class SetQuantity(ChangeItem change)
{
    /// <exception cref="Refusal">404, 409, 422: as <see cref="ChangeItem"/>; 422 also if target and baseline are equal.</exception>
    public Task RunAsync(
        Guid id, int version, string name, string unit, int scale, long baseline, long target, Access by, CancellationToken ct) =>
        change.RunAsync(id, version, (item, _) => item.Measure(name, unit, scale, baseline, target), by, ct);
}

/// <summary>Divides an item: a unit's own sub-task under it, or a point where it is put right.</summary>
public sealed class AddSubTask(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 404: no such item, or not theirs to divide. 422: no text, or a deadline later than the parent's.
    /// </exception>
    public async Task<Guid> RunAsync(
        Guid parentId, ItemKind kind, ItemText text, IReadOnlyList<ItemUnit> units, Access by, CancellationToken ct)
    {
        if (kind is not (ItemKind.SubTask or ItemKind.Point))
        {
            throw Refusal.Invalid("item.kind", "An item is divided into sub-tasks and points.");
        }

        if (text.Text.Trim().Length == 0)
        {
            throw Refusal.Invalid("item.empty", "Write what is to be done.");
        }

        var parent = await db.ItemsFor(by, Right.Report).SingleOrDefaultAsync(i => i.Id == parentId, ct)
            ?? throw Refusal.NotFound("item", parentId);
        if (parent.Kind is ItemKind.Finding)
        {
            throw Refusal.Invalid("item.finding", "A finding has the tasks that the plan makes of it; those are divided.");
        }

        var programme = await db.ProgrammesFor(Access.OfSystem(Actor.System(nameof(AddSubTask))), Right.Read)
            .SingleAsync(p => p.Id == parent.ProgrammeId, ct);
        var tree = await ItemTree.LoadAsync(db, [parent], ct);
        if (tree.DueFrom(parentId) is { } due && text.Deadline?.Date > due)
        {
            throw Refusal.Invalid("item.later-than-parent", $"The deadline passes the one above, {due:yyyy-MM-dd}.");
        }

        var last = tree.Items.Where(i => i.ParentId == parentId).Select(i => i.SortKey).Max(StringComparer.Ordinal);
        var place = last is null ? 1 : int.Parse(last.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        var item = Item.Create(parent.ProgrammeId, parent, kind, place, text, clock.Today);
        var parts = units.Select(unit => new ItemUnit { ItemId = item.Id, UnitId = unit.UnitId, Text = unit.Text, Role = unit.Role, Order = unit.Order }).ToList();
        db.Add(item);
        db.AddRange(parts);
        parent.Touch();
        tree.Items.Add(item);
        tree.Units.AddRange(parts);

        await ItemDerivation.RefreshAsync(db, programme, tree, isNew: false, ct);
        await journal.CommitAsync(
            new ItemCreated { Subject = item.Chain, By = by.Actor, At = clock.NowMs, Item = JournalBytes.Text(item.PublicId), ItemKind = kind }, ct);
        return item.Id;
    }
}
