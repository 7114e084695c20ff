using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Notices;

/// <summary>Where the public turns, and how notices are numbered.</summary>
/// <param name="Mark">What stands before the number, 1 to 20 characters: 公示〔2026〕3号.</param>
/// <param name="Receiver">受理单位, 1 to 100 characters.</param>
/// <param name="Phone">With the hours; at most 100 characters, as the next two at most 100 and 200. One of the three is needed.</param>
/// <param name="Channel">Where notices usually stand; at most 200 characters.</param>
/// <param name="Online">Whether objections are taken on the public page.</param>
public sealed record DeskDetails(string Mark, string Receiver, string Phone, string Email, string Address, string Channel, bool Online);

/// <summary>Where the public turns with objections to the notices of one programme.</summary>
public sealed class ObjectionDesk
{
    private ObjectionDesk() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public string Mark { get; private set; } = "";

    public string Receiver { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Address { get; private set; } = "";

    public string Channel { get; private set; } = "";

    public bool Online { get; private set; }

    public int Version { get; private set; }

    public DeskDetails Details => new(Mark, Receiver, Phone, Email, Address, Channel, Online);

    internal static ObjectionDesk Create(Guid programme) => new() { ProgrammeId = programme };

    /// <exception cref="Refusal">422: a text missing or too long, or no way to be reached.</exception>
    internal void Change(DeskDetails details)
    {
        string[] texts = [.. new[] { details.Mark, details.Receiver, details.Phone, details.Email, details.Address, details.Channel }.Select(text => text.Trim())];
        if (texts[0].Length is < 1 or > 20 || texts[1].Length is < 1 or > 100 || texts[2].Length > 100 || texts[3].Length > 100 || texts[4].Length > 200 || texts[5].Length > 200)
        {
            throw Refusal.Invalid("notice.desk-text", "The mark has 1 to 20 characters, the receiver 1 to 100, phone and mail at most 100, address and channel at most 200.");
        }

        if (texts[2].Length + texts[4].Length == 0)
        {
            throw Refusal.Invalid("notice.desk-reach", "Give a phone number or an address.");
        }

        (Mark, Receiver, Phone, Email, Address, Channel, Online) = (texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], details.Online);
        Version++;
    }
}

/// <summary>Sets where the public turns with objections.</summary>
internal sealed class SetDesk(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The version that was read; 0 where nobody set anything yet.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed since it was read. 422: a text missing or too long.</exception>
    public async Task RunAsync(string code, DeskDetails details, int seen, Access by, CancellationToken ct)
    {
        var programme = await NoticeWork.OfficeProgrammeAsync(db, code, by, ct);
        var desk = await db.ObjectionDesks().SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct);
        if (seen != (desk?.Version ?? 0))
        {
            throw Refusal.Stale();
        }

        desk ??= db.Add(ObjectionDesk.Create(programme.Id)).Entity;
        desk.Change(details);

        await journal.CommitAsync(new ObjectionDeskChanged { Subject = programme.Id, By = by.Actor, At = clock.NowMs }, ct);
    }
}
