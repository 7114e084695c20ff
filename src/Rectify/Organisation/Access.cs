using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>What an actor may do on a day, and where: their duties, resolved once for a request.</summary>
public sealed class Access
{
    private readonly FrozenDictionary<Right, Guid[]> units;
    private readonly FrozenSet<Right> everywhere;

    private Access(Actor actor, FrozenDictionary<Right, Guid[]> units, FrozenSet<Right> everywhere) =>
        (Actor, this.units, this.everywhere) = (actor, units, everywhere);

    public Actor Actor { get; }

    /// <summary>The units at which a right was given; it reaches all units below them.</summary>
    public Guid[] UnitIds(Right right) => units.GetValueOrDefault(right, []);

    public bool Has(Right right) => IsEverywhere(right) || UnitIds(right).Length > 0;

    /// <summary>Whether the right was given at the top of the tree, or the actor is a part of the system.</summary>
    public bool IsEverywhere(Right right) => everywhere.Contains(right);

    /// <exception cref="Refusal">403: the actor has the right nowhere.</exception>
    public void Demand(Right right)
    {
        if (!Has(right))
        {
            throw Refusal.NotAllowed("access.denied", "Your duties do not include this.");
        }
    }

    /// <summary>Everything: for jobs and the operator's commands.</summary>
    public static Access OfSystem(Actor system) => system.IsSystem
        ? new(system, FrozenDictionary<Right, Guid[]>.Empty, Enum.GetValues<Right>().ToFrozenSet())
        : throw new ArgumentException($"{system} is a person.", nameof(system));

    /// <summary>Reads the duties of <paramref name="actor"/> that are in force on <paramref name="today"/>.</summary>
    public static async Task<Access> OfAsync(Db db, Actor actor, DateOnly today, CancellationToken ct)
    {
        if (actor.IsSystem)
        {
            return OfSystem(actor);
        }

        var duties = Guid.TryParse(actor.Id, out var account)
            ? await db.DutiesOf(account)
                .Where(duty => duty.From <= today && (duty.To == null || duty.To >= today))
                .Join(db.Units(), duty => duty.UnitId, unit => unit.Id, (duty, unit) => new { duty.Role, unit.Id, IsTop = unit.ParentId == null })
                .ToListAsync(ct)
            : [];
        var rights = Enum.GetValues<Right>();
        return new(
            actor,
            rights.ToFrozenDictionary(right => right, right => duties.Where(d => RoleRights.Has(d.Role, right)).Select(d => d.Id).Distinct().ToArray()),
            rights.Where(right => duties.Any(d => d.IsTop && RoleRights.Has(d.Role, right))).ToFrozenSet());
    }
}
