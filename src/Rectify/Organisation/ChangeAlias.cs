using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>Lets a spelling stand for a unit.</summary>
public sealed class AddAlias(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 403: may not organise. 404: no such unit, or out of reach. 409: the spelling stands for a unit already; the message
    /// says for which. 422: no text, or too long.
    /// </exception>
    public async Task<UnitAlias> RunAsync(Guid unit, string text, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var owner = await reach.UnitAsync(db, unit, ct);
        var alias = new UnitAlias { UnitId = owner.Id, Text = text };
        var spellings = await Spellings.LoadAsync(db, ct);
        if ((spellings.Holder(text) ?? (spellings.AnyHolder(text) is { } other && other != unit ? other : null)) is { } holder)
        {
            throw Refusal.Conflict("alias.taken", $"\"{alias.Text}\" already stands for {spellings.NameOf(holder)}.");
        }

        db.Add(alias);

        await journal.CommitAsync(new AliasAdded { Subject = unit, By = by.Actor, At = clock.NowMs, Alias = alias.Id }, ct);
        return alias;
    }
}

/// <summary>Lets a spelling stand for its unit no longer.</summary>
public sealed class RemoveAlias(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">403: may not organise. 404: no such alias of this unit, or out of reach.</exception>
    public async Task RunAsync(Guid unit, Guid alias, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        await reach.UnitAsync(db, unit, ct);
        db.Remove(await db.Aliases().SingleOrDefaultAsync(a => a.Id == alias && a.UnitId == unit, ct) ?? throw Refusal.NotFound("alias", alias));

        await journal.CommitAsync(new AliasRemoved { Subject = unit, By = by.Actor, At = clock.NowMs, Alias = alias }, ct);
    }
}
