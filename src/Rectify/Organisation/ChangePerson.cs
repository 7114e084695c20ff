using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>What is stated of a person.</summary>
/// <param name="Code">The number in the staff list, or <see langword="null"/>.</param>
public sealed record PersonDetails(string? Code, Guid UnitId, string Name, string Post = "");

/// <summary>Adds someone to a unit.</summary>
public sealed class CreatePerson(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">
    /// 403: may not organise. 404: no such unit, or out of reach. 409: the number is another person's. 422: no name, or too long.
    /// </exception>
    public async Task<Person> RunAsync(PersonDetails details, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var unit = await reach.UnitAsync(db, details.UnitId, ct);
        var person = Person.Create(details.Code, unit.Id, details.Name, details.Post);
        await ChangePerson.DemandFreeAsync(db, person, ct);
        db.Add(person);

        await journal.CommitAsync(new PersonCreated { Subject = person.Id, By = by.Actor, At = clock.NowMs, Unit = unit.Id }, ct);
        return person;
    }
}

/// <summary>Corrects a person's name, post or number, or moves them to another unit.</summary>
public sealed class ChangePerson(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the writer saw.</param>
    /// <exception cref="Refusal">
    /// 403: may not organise. 404: no such person or unit, or out of reach. 409: changed meanwhile; the number is another
    /// person's. 422: no name, or too long.
    /// </exception>
    public async Task RunAsync(Guid id, int version, PersonDetails details, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var person = await reach.PersonAsync(db, id, ct);
        if (person.Version != version)
        {
            throw Refusal.Stale();
        }

        var unit = await reach.UnitAsync(db, details.UnitId, ct);
        person.Change(details.Code, unit.Id, details.Name, details.Post);
        await DemandFreeAsync(db, person, ct);

        await journal.CommitAsync(new PersonChanged { Subject = id, By = by.Actor, At = clock.NowMs, Unit = unit.Id }, ct);
    }

    /// <exception cref="Refusal">409: the number is another person's.</exception>
    internal static async Task DemandFreeAsync(Db db, Person person, CancellationToken ct)
    {
        if (person.Code is { } code && await db.People().AnyAsync(p => p.Code == code && p.Id != person.Id, ct))
        {
            throw Refusal.Conflict("person.code-taken", $"Another person has the number {code} already.");
        }
    }
}

/// <summary>Takes someone off the list. What they did stays in the journal under their account, which is disabled by the same act.</summary>
public sealed class RemovePerson(Db db, JournalWriter journal, TimeProvider clock, ManagedAccounts managed, Sessions sessions)
{
    /// <exception cref="Refusal">
    /// 403: may not organise; it is oneself; or the account has a duty out of reach. 404: no such person, or out of reach.
    /// </exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        var person = await reach.PersonAsync(db, id, ct);
        var now = clock.NowMs;
        var (facts, ended) = (new List<Fact>(), new List<Guid>());
        if (await db.Accounts().Where(a => a.PersonId == id).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct) is { } held)
        {
            var account = await managed.WholeAsync(held, by.Actor, ct);
            if (account.Actor == by.Actor)
            {
                throw Refusal.NotAllowed("person.own", "Nobody takes themselves off the list.");
            }

            if (!account.Disabled)
            {
                facts.Add(new AccountDisabled { Subject = account.Id, By = by.Actor, At = now });
            }

            account.LosePerson();
            ended = await EndSession.MarkAsync(db, account.Id, keep: null, now, ct);
        }

        db.Remove(person);

        await journal.CommitAsync(new PersonRemoved { Subject = id, By = by.Actor, At = now, Unit = person.UnitId }, facts, ct);
        ended.ForEach(sessions.Forget);
    }
}
