using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>The part of the tree of units that someone may organise.</summary>
public sealed class Reach
{
    private readonly bool everywhere;
    private readonly string[] paths;

    private Reach(bool everywhere, string[] paths) => (this.everywhere, this.paths) = (everywhere, paths);

    /// <exception cref="Refusal">403: the right to organise is held nowhere.</exception>
    public static async Task<Reach> OfAsync(Db db, Access by, CancellationToken ct)
    {
        by.Demand(Right.Organise);
        var ids = by.UnitIds(Right.Organise);
        return new(
            by.IsEverywhere(Right.Organise),
            await db.Units().Where(unit => ids.Contains(unit.Id)).Select(unit => unit.Path).ToArrayAsync(ct));
    }

    /// <summary>Whether a unit with this path is within reach; the empty path stands for the top, above all units.</summary>
    public bool Includes(string path) => everywhere || Array.Exists(paths, own => path.StartsWith(own, StringComparison.Ordinal));

    /// <summary>The unit with this id, for changing.</summary>
    /// <exception cref="Refusal">404: no such unit, or out of reach.</exception>
    public async Task<Unit> UnitAsync(Db db, Guid id, CancellationToken ct) =>
        await db.Units().SingleOrDefaultAsync(unit => unit.Id == id, ct) is { } unit && Includes(unit.Path)
            ? unit
            : throw Refusal.NotFound("unit", id);

    /// <summary>The unit under which something is to stand; <see langword="null"/> for the top.</summary>
    /// <exception cref="Refusal">404: no such unit, or out of reach. 403: the top, which only whoever organises everything may change.</exception>
    public async Task<Unit?> ParentAsync(Db db, Guid? id, CancellationToken ct) =>
        id is { } given ? await UnitAsync(db, given, ct)
        : everywhere ? null
        : throw Refusal.NotAllowed("unit.top", "Only whoever organises the whole tree may put a unit at its top.");

    /// <summary>The person with this id, for changing.</summary>
    /// <exception cref="Refusal">404: no such person, or out of reach.</exception>
    public async Task<Person> PersonAsync(Db db, Guid id, CancellationToken ct) =>
        await db.People().SingleOrDefaultAsync(person => person.Id == id, ct) is { } person
            && Includes(await db.Units().Where(unit => unit.Id == person.UnitId).Select(unit => unit.Path).SingleAsync(ct))
            ? person
            : throw Refusal.NotFound("person", id);
}
