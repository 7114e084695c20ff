using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Organisation;

/// <summary>Finds out what whoever acts may do on a day.</summary>
public static class Reader
{
    /// <summary>The duties in force on <paramref name="today"/>, resolved to rights and places; one query.</summary>
    /// <remarks>Whoever is no account and no part of the system may do nothing.</remarks>
    public static async Task<Access> AccessOf(Db db, Actor actor, DateOnly today, CancellationToken ct)
    {
        if (actor.IsSystem)
        {
            return Access.OfSystem(actor);
        }

        if (!Guid.TryParseExact(actor.Id, "N", out var account))
        {
            return new(actor, []);
        }

        var held =
            from duty in db.DutiesOf(account)
            where duty.From <= today && (duty.To == null || duty.To >= today)
            join unit in db.Units() on duty.UnitId equals unit.Id
            select new Access.Held(duty.Role, unit.Id, unit.Path, unit.ParentId == null);
        return new(actor, await held.AsNoTracking().ToListAsync(ct));
    }
}

/// <summary>What someone may do, and where: for permission filters.</summary>
public sealed class Access
{
    private readonly IReadOnlyList<Held> duties;
    private readonly bool system;

    internal Access(Actor actor, IReadOnlyList<Held> duties, bool system = false) =>
        (Actor, this.duties, this.system) = (actor, duties, system);

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>All rights, everywhere: for jobs and the operator's commands.</summary>
    /// <exception cref="ArgumentException"><paramref name="system"/> is a person.</exception>
    public static Access OfSystem(Actor system) => system.IsSystem
        ? new(system, [], system: true)
        : throw new ArgumentException($"{system} is a person.", nameof(system));

    /// <summary>All rights, for the acts of a person whose right to this one another room has checked: a step of closing states facts that its taker may not record by hand.</summary>
    internal static Access OfAct(Actor person) => new(person, [], system: true);

    /// <exception cref="Refusal">403: the actor has the right nowhere.</exception>
    public void Demand(Right right)
    {
        if (!Has(right))
        {
            throw Refusal.NotAllowed("access.denied", "Your duties do not include this.");
        }
    }

    /// <summary>Lets an endpoint take an <see cref="Access"/> as a parameter.</summary>
    public static async ValueTask<Access> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        return await Reader.AccessOf(
            services.GetRequiredService<Db>(), Actor.From(http.User), services.GetRequiredService<TimeProvider>().Today, http.RequestAborted);
    }

    /// <summary>The roles held now, each once.</summary>
    public IReadOnlyList<Role> Roles => [.. duties.Select(duty => duty.Role).Distinct()];

    public bool Has(Right right) => system || With(right).Any();

    /// <summary>Whether the right reaches every unit: a duty at the top of a tree of units, or the system itself.</summary>
    public bool IsEverywhere(Right right) => system || With(right).Any(duty => duty.Top);

    /// <summary>The units whose subtrees the right reaches, none below another. Empty also for the system: ask <see cref="IsEverywhere"/> first.</summary>
    public Guid[] UnitIds(Right right) => [.. Roots(right).Select(duty => duty.UnitId)];

    /// <summary>The very units for which the right is held, without those below them.</summary>
    public Guid[] OwnUnits(Right right) => [.. With(right).Select(duty => duty.UnitId).Distinct()];

    /// <summary>The paths of <see cref="UnitIds"/>, in the same order: a unit is within reach if its path starts with one of them.</summary>
    public IReadOnlyList<string> ScopePaths(Right right) => [.. Roots(right).Select(duty => duty.Path)];

    /// <summary>Whether the right reaches the unit with this path.</summary>
    public bool Reaches(Right right, string path) =>
        IsEverywhere(right) || With(right).Any(duty => path.StartsWith(duty.Path, StringComparison.Ordinal));

    /// <summary>The units at which a duty with the right is held, not those below them: where someone speaks for a unit itself.</summary>
    public Guid[] HeldAt(Right right) => [.. With(right).Select(duty => duty.UnitId).Distinct()];

    /// <summary>The units at which a role is held, with their paths: where rights are too wide a measure, as for a signature.</summary>
    public IReadOnlyList<(Guid Unit, string Path)> HeldAs(Role role) => [.. duties.Where(duty => duty.Role == role).Select(duty => (duty.UnitId, duty.Path)).Distinct()];

    /// <summary>What the duties of one role alone let them do.</summary>
    public Access As(Role role) => new(Actor, [.. duties.Where(duty => duty.Role == role)]);

    /// <summary>Whether this is a part of the system, which may do everything.</summary>
    public bool IsSystem => system;

    private IEnumerable<Held> With(Right right) => duties.Where(duty => RoleRights.Has(duty.Role, right));

    private List<Held> Roots(Right right)
    {
        // Of two paths on one branch the shorter comes first by byte order, so the first that covers is the root.
        var roots = new List<Held>();
        foreach (var duty in With(right).OrderBy(duty => duty.Path, StringComparer.Ordinal))
        {
            if (!roots.Exists(root => duty.Path.StartsWith(root.Path, StringComparison.Ordinal)))
            {
                roots.Add(duty);
            }
        }

        return roots;
    }

    /// <summary>One duty in force.</summary>
    /// <param name="Top">Whether the unit stands at the top of its tree.</param>
    internal sealed record Held(Role Role, Guid UnitId, string Path, bool Top);
}
