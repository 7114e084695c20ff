using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>An account was given a duty.</summary>
public sealed record DutyGiven : Fact
{
    public override string Kind => "account.duty-given";

    public required Guid Duty { get; init; }

    public required Guid Unit { get; init; }

    public required Role Role { get; init; }

    public required DateOnly From { get; init; }
}

/// <summary>A duty ends.</summary>
public sealed record DutyEnded : Fact
{
    internal const string Name = "account.duty-ended";

    public override string Kind => Name;

    public required Guid Duty { get; init; }

    public required DateOnly Last { get; init; }
}

/// <summary>The accounts that someone may manage: those of people in the units that their right to organise reaches.</summary>
public sealed class ManagedAccounts(Db db, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such account, or out of reach.</exception>
    public async Task<Account> OneAsync(Guid id, Actor by, CancellationToken ct)
    {
        var access = await Reader.AccessOf(db, by, clock.Today, ct);
        var account = await db.Accounts().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (account is null || !access.Has(Right.Organise))
        {
            throw Refusal.NotFound("account", id);
        }

        // An account without a person belongs to no unit: only whoever organises everything manages it.
        var path = await db.People().Where(p => p.Id == account.PersonId)
            .Join(db.Units(), p => p.UnitId, u => u.Id, (_, u) => u.Path).SingleOrDefaultAsync(ct) ?? "";
        return access.Reaches(Right.Organise, path) ? account : throw Refusal.NotFound("account", id);
    }

    /// <summary>An account that <paramref name="by"/> manages with all its duties: whoever opens it could act in each of them.</summary>
    /// <exception cref="Refusal">404: no such account, or out of reach. 403: it has a duty out of reach.</exception>
    public async Task<Account> WholeAsync(Guid id, Actor by, CancellationToken ct)
    {
        var account = await OneAsync(id, by, ct);
        var today = clock.Today;
        var access = await Reader.AccessOf(db, by, today, ct);
        var places = await db.DutiesOf(id).Where(d => d.To == null || d.To >= today)
            .Join(db.Units(), d => d.UnitId, u => u.Id, (_, u) => u.Path).ToListAsync(ct);
        return places.TrueForAll(path => access.Reaches(Right.Organise, path))
            ? account
            : throw Refusal.NotAllowed("account.beyond", "This account also has duties beyond your reach.");
    }

    /// <summary>A unit where <paramref name="by"/> may give duties.</summary>
    /// <exception cref="Refusal">404: no such unit, or out of reach.</exception>
    public async Task<Unit> UnitAsync(Guid id, Actor by, CancellationToken ct)
    {
        var access = await Reader.AccessOf(db, by, clock.Today, ct);
        return await db.Units().SingleOrDefaultAsync(u => u.Id == id, ct) is { } unit && access.Reaches(Right.Organise, unit.Path)
            ? unit
            : throw Refusal.NotFound("unit", id);
    }

    /// <summary>A person in a unit that <paramref name="by"/> manages.</summary>
    /// <exception cref="Refusal">404: no such person, or out of reach.</exception>
    public async Task<Person> PersonAsync(Guid id, Actor by, CancellationToken ct)
    {
        var person = await db.People().SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw Refusal.NotFound("person", id);
        try
        {
            await UnitAsync(person.UnitId, by, ct);
            return person;
        }
        catch (Refusal)
        {
            throw Refusal.NotFound("person", id);
        }
    }
}

/// <summary>Gives an account a role at a unit.</summary>
public sealed class GiveDuty(Db db, JournalWriter journal, TimeProvider clock, ManagedAccounts managed)
{
    /// <param name="from">First day; <see langword="null"/> for today.</param>
    /// <param name="to">Last day; <see langword="null"/> for open.</param>
    /// <exception cref="Refusal">
    /// 404: no such account or unit, or out of reach. 403: one's own account. 409: the same duty is held already.
    /// 422: ends before it begins.
    /// </exception>
    public async Task<Duty> RunAsync(Guid account, Role role, Guid unit, DateOnly? from, DateOnly? to, Actor by, CancellationToken ct)
    {
        var holder = await managed.OneAsync(account, by, ct);
        var place = await managed.UnitAsync(unit, by, ct);
        if (holder.Actor == by)
        {
            throw Refusal.NotAllowed("duty.own", "Nobody gives a duty to themselves.");
        }

        var first = from ?? clock.Today;
        if (await db.DutiesOf(account).AnyAsync(d => d.Role == role && d.UnitId == unit && (d.To == null || d.To >= first), ct))
        {
            throw Refusal.Conflict("duty.held", "The account holds this duty already.");
        }

        var duty = new Duty { AccountId = holder.Id, UnitId = place.Id, Role = role, From = first };
        if (to is { } last)
        {
            duty.End(last);
        }

        db.Add(duty);

        await journal.CommitAsync(
            new DutyGiven { Subject = holder.Id, By = by, At = clock.NowMs, Duty = duty.Id, Unit = unit, Role = role, From = first }, ct);
        return duty;
    }
}

/// <summary>Ends a duty.</summary>
public sealed class EndDuty(Db db, JournalWriter journal, TimeProvider clock, ManagedAccounts managed)
{
    /// <param name="last">Last day; <see langword="null"/> for yesterday, so that it holds no more.</param>
    /// <exception cref="Refusal">404: no such duty, or out of reach. 409: ended already. 422: ends before it begins.</exception>
    public async Task RunAsync(Guid duty, DateOnly? last, Actor by, CancellationToken ct)
    {
        var held = await db.Duties().SingleOrDefaultAsync(d => d.Id == duty, ct) ?? throw Refusal.NotFound("duty", duty);
        await managed.OneAsync(held.AccountId, by, ct);
        await managed.UnitAsync(held.UnitId, by, ct);
        if (held.To < clock.Today)
        {
            throw Refusal.Conflict("duty.ended", "The duty has ended already.");
        }

        // A duty given today by mistake has no day before: it is over once today is.
        var end = last ?? (held.From < clock.Today ? clock.Today.AddDays(-1) : held.From);
        held.End(end);

        await journal.CommitAsync(new DutyEnded { Subject = held.AccountId, By = by, At = clock.NowMs, Duty = duty, Last = end }, ct);
    }
}
