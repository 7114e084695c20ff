using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>Puts a new unit into the tree.</summary>
public sealed class CreateUnit(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="parent"><see langword="null"/> for the top of the tree.</param>
    /// <exception cref="Refusal">
    /// 403: may not organise, or not at the top. 404: no such parent, or out of reach. 409: code or name is taken.
    /// 422: as <see cref="Unit.Create"/>.
    /// </exception>
    public async Task<Unit> RunAsync(UnitDetails details, Guid? parent, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var above = await reach.ParentAsync(db, parent, ct);
        var unit = Unit.Create(details, above);
        await ChangeUnit.DemandFreeAsync(db, unit.Id, details, ct);
        above?.Touch();
        db.Add(unit);

        await journal.CommitAsync(
            new UnitCreated { Subject = unit.Id, By = by.Actor, At = clock.NowMs, Code = unit.Code, UnitKind = unit.Kind }, ct);
        return unit;
    }
}

/// <summary>Renames, moves, dissolves or otherwise corrects a unit. What stands below it moves along, in the same act.</summary>
public sealed class ChangeUnit(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw.</param>
    /// <param name="parent"><see langword="null"/> for the top of the tree.</param>
    /// <exception cref="Refusal">
    /// 403: may not organise, or not at the top. 404: no such unit or parent, or out of reach. 409: changed meanwhile; code or
    /// name is taken. 422: as <see cref="Unit.Change"/>.
    /// </exception>
    public async Task RunAsync(Guid id, int version, UnitDetails details, Guid? parent, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var unit = await reach.UnitAsync(db, id, ct);
        if (unit.Version != version)
        {
            throw Refusal.Stale();
        }

        // Whoever organises a county may change the county, though what it stands under is out of their reach.
        var moves = parent != unit.ParentId;
        var above = moves ? await reach.ParentAsync(db, parent, ct)
            : parent is null ? null : await db.Units().SingleAsync(u => u.Id == parent, ct);
        await DemandFreeAsync(db, id, details, ct);
        var before = unit.Path;
        var below = await db.Units().Where(u => u.Path.StartsWith(before) && u.Id != id).ToListAsync(ct);
        below.RemoveAll(u => !u.Path.StartsWith(before, StringComparison.Ordinal)); // a database may take a for A
        Unit.DemandDepth(above, below.Select(u => u.Level - unit.Level).DefaultIfEmpty(0).Max());
        var dissolves = details.Dissolved && !unit.Dissolved;
        unit.Change(details, above);

        var moved = unit.Path == before ? 0 : Follow(unit, below);
        if (moves)
        {
            above?.Touch();
        }

        Fact fact = dissolves
            ? new UnitDissolved { Subject = id, By = by.Actor, At = clock.NowMs, Code = unit.Code }
            : new UnitChanged { Subject = id, By = by.Actor, At = clock.NowMs, Code = unit.Code, Moved = moved };
        await journal.CommitAsync(fact, ct);
    }

    /// <summary>Lets the units below a unit follow its path, parents first.</summary>
    internal static int Follow(Unit top, IReadOnlyCollection<Unit> below)
    {
        var parents = new Dictionary<Guid, Unit> { [top.Id] = top };
        foreach (var unit in below.OrderBy(u => u.Level).ToList())
        {
            unit.MoveBelow(parents[unit.ParentId!.Value]);
            parents[unit.Id] = unit;
        }

        return below.Count;
    }

    /// <exception cref="Refusal">409: another unit has this code, or its name stands for another.</exception>
    internal static async Task DemandFreeAsync(Db db, Guid self, UnitDetails details, CancellationToken ct)
    {
        var code = details.Code.Trim();
        if (await db.Units().AsNoTracking().Where(u => u.Code == code && u.Id != self).Select(u => u.Name).FirstOrDefaultAsync(ct) is { } holder)
        {
            throw Refusal.Conflict("unit.code-taken", $"{holder} has the code {code} already.");
        }

        (await Spellings.LoadAsync(db, ct)).DemandName(details.Name, self);
    }
}
