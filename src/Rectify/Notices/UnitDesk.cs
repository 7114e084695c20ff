using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>Where the public reaches one unit.</summary>
/// <param name="Receiver">受理单位, 1 to 100 characters.</param>
/// <param name="Phone">With the hours; at most 100 characters, as the next two at most 100 and 200. A phone number or an address is needed.</param>
public sealed record ReceiverDetails(string Receiver, string Phone, string Email, string Address)
{
    /// <summary>The same without spaces at the ends.</summary>
    /// <exception cref="Refusal">422: a text missing or too long, or no way to be reached.</exception>
    internal ReceiverDetails Checked()
    {
        var clean = new ReceiverDetails(Receiver.Trim(), Phone.Trim(), Email.Trim(), Address.Trim());
        if (clean.Receiver.Length is < 1 or > 100 || clean.Phone.Length > 100 || clean.Email.Length > 100 || clean.Address.Length > 200)
        {
            throw Refusal.Invalid("notice.desk-text", "The mark has 1 to 20 characters, the receiver 1 to 100, phone and mail at most 100, address and channel at most 200.");
        }

        return clean.Phone.Length + clean.Address.Length == 0 ? throw Refusal.Invalid("notice.desk-reach", "Give a phone number or an address.") : clean;
    }
}

/// <summary>Where the public turns with objections to notices that a unit publishes, or that name it among their receivers: a bureau, an accepting unit, a responsible unit.</summary>
public sealed class UnitDesk
{
    private UnitDesk() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    public required Guid UnitId { get; init; }

    public string Receiver { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Address { get; private set; } = "";

    public int Version { get; private set; }

    public ReceiverDetails Details => new(Receiver, Phone, Email, Address);

    internal static UnitDesk Create(Guid programme, Guid unit) => new() { ProgrammeId = programme, UnitId = unit };

    /// <exception cref="Refusal">422: a text missing or too long, or no way to be reached.</exception>
    internal void Change(ReceiverDetails details)
    {
        (Receiver, Phone, Email, Address) = details.Checked();
        Version++;
    }
}

/// <summary>Sets where the public reaches one unit: by the programme's office, or by the unit's own.</summary>
internal sealed class SetUnitDesk(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The version that was read; 0 where nobody set anything yet.</param>
    /// <exception cref="Refusal">404: no such programme or unit. 403: another office's. 409: changed since it was read. 422: a text missing or too long.</exception>
    public async Task RunAsync(string code, Guid unit, ReceiverDetails details, int seen, Access by, CancellationToken ct)
    {
        var programme = await db.ProgrammesFor(by, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Code == code, ct) ?? throw Refusal.NotFound("programme", code);
        var of = await db.Units().AsNoTracking().SingleOrDefaultAsync(one => one.Id == unit, ct) ?? throw Refusal.NotFound("unit", unit);
        if (!MaySet(by, programme.RegionId, unit))
        {
            throw NoticeWork.NotOffice();
        }

        var desk = await db.UnitDesks().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id && one.UnitId == unit, ct);
        if (seen != (desk?.Version ?? 0))
        {
            throw Refusal.Stale();
        }

        desk ??= db.Add(UnitDesk.Create(programme.Id, unit)).Entity;
        desk.Change(details);

        await journal.CommitAsync(new ObjectionDeskChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs, Unit = of.Code }, ct);
    }

    /// <summary>Whether someone acts for the programme's office, or for the unit that receives.</summary>
    public static bool MaySet(Access by, Guid region, Guid unit) =>
        by.HeldAs(Role.Office).Any(held => held.Unit == region || held.Unit == unit) || by.HeldAs(Role.Acceptor).Any(held => held.Unit == unit) || (by.IsSystem && by.Actor.IsSystem);
}
