using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bulletins;

/// <param name="Said">By whom and why; <see langword="null"/> if no act of the bulletin's own tells it.</param>
/// <param name="Entry">The entry in the journal, counted from 1; <see langword="null"/> while it waits for its place.</param>
public sealed record DestroyedFile(DateTimeOffset At, RedactionRecord? Said, long? Entry);

/// <summary>One bulletin as its page shows it: as issued, or as it would be issued now.</summary>
public sealed record BulletinView
{
    public required Bulletin Bulletin { get; init; }

    public required Programme Programme { get; init; }

    public required DispatchRound Round { get; init; }

    public required BulletinContent Content { get; init; }

    /// <summary>By ending; empty for a draft.</summary>
    public required IReadOnlyList<BulletinFile> Files { get; init; }

    /// <summary>Files of it that were destroyed by decision, by their SHA-256.</summary>
    public required IReadOnlyDictionary<string, DestroyedFile> Destroyed { get; init; }

    /// <summary>Whether it is another than the one that was issued; looked at again each time.</summary>
    public required bool Tampered { get; init; }

    /// <summary>Whether its round's figures are fixed; only then can it be issued.</summary>
    public required bool Frozen { get; init; }

    /// <summary>Whether the reader acts for the office.</summary>
    public required bool IsOffice { get; init; }

    /// <summary>The entry of its issuing in the journal, counted from 1; <see langword="null"/> for a draft, or while it waits for its place.</summary>
    public required long? Entry { get; init; }

    /// <summary>Who issued and who withdrew it, where their account has a name.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <param name="words">The language of a draft; what was issued stays in its own.</param>
    /// <exception cref="Refusal">404: no such bulletin, or not theirs to read.</exception>
    internal static async Task<BulletinView> ReadAsync(Db db, Access reader, Guid id, Words words, TimeProvider clock, CancellationToken ct)
    {
        var bulletin = await db.BulletinsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("bulletin", id);
        var programme = await db.ProgrammesFor(Office.Room, Right.Read).AsNoTracking().SingleAsync(one => one.Id == bulletin.ProgrammeId, ct);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == bulletin.RoundId, ct);
        var entry = await db.EntriesAbout(id).AsNoTracking().Where(row => row.Subject == id && row.Kind == "bulletin.issued").Select(row => row.Index).SingleOrDefaultAsync(ct);
        var files = await db.BulletinFiles().AsNoTracking().Where(file => file.BulletinId == id).OrderBy(file => file.Ending).ToListAsync(ct);
        var destroyed = await DestroyedAsync(db, id, files, ct);
        var people = await ItemHistory.PeopleAsync(db, new[] { bulletin.IssuedBy, bulletin.WithdrawnBy }.Concat(destroyed.Values.Select(one => one.Said?.By)).OfType<Actor>().Distinct(), ct);
        return new()
        {
            Bulletin = bulletin,
            Programme = programme,
            Round = round,
            Content = bulletin.State is BulletinState.Draft
                ? await DraftAsync(db, bulletin, programme, words, clock, links: true, ct)
                : BulletinContent.Read(bulletin.Content),
            Files = files,
            Destroyed = destroyed,
            Tampered = bulletin.State is not BulletinState.Draft && await CheckBulletins.ReadAsync(db, bulletin, ct) is not FrozenResult.Intact,
            Frozen = round.State is RoundState.Closed,
            IsOffice = Office.Includes(reader, programme.RegionId),
            Entry = entry + 1,
            Names = people.ToDictionary(pair => pair.Key, pair => pair.Value.Name),
        };
    }

    private static async Task<Dictionary<string, DestroyedFile>> DestroyedAsync(Db db, Guid id, List<BulletinFile> files, CancellationToken ct)
    {
        var hashes = files.ConvertAll(file => file.FileHash);
        var gone = await db.FileChecks().AsNoTracking().Where(check => hashes.Contains(check.Hash) && check.Result == FileCheckResult.Destroyed).ToDictionaryAsync(check => check.Hash, check => check.CheckedAt, ct);
        if (gone.Count == 0)
        {
            return [];
        }

        // The act that destroyed the file, and its entry, are of the same moment.
        var said = await db.Redactions().AsNoTracking().Where(one => one.Subject == id).OrderBy(one => one.Id).ToListAsync(ct);
        var entries = await db.EntriesAbout(id).AsNoTracking().Where(row => row.Subject == id && row.Kind == ValuesRedacted.Name).Select(row => new { row.At, row.Index }).ToListAsync(ct);
        return gone.ToDictionary(one => one.Key, one => new DestroyedFile(one.Value, said.FindLast(act => act.At == one.Value), entries.FindLast(entry => entry.At == one.Value)?.Index + 1));
    }

    /// <summary>What a draft would say if it were issued today.</summary>
    internal static async Task<BulletinContent> DraftAsync(Db db, Bulletin bulletin, Programme programme, Words words, TimeProvider clock, bool links, CancellationToken ct)
    {
        var record = await RoundRecord.ReadAsync(db, bulletin.RoundId, clock.Today, ct);
        var series = await SetSeries.OfAsync(db, programme, ct);
        return BulletinText.Of(record, BulletinFigures.Of(record), bulletin.Written, series.Details, BulletinText.Issue(null, null, words), clock.Today, words, links);
    }

    /// <summary>The bulletin, to be changed by its office.</summary>
    /// <exception cref="Refusal">404: no such bulletin, or not theirs to read. 403: another office's.</exception>
    internal static async Task<Bulletin> ForOfficeAsync(Db db, Guid id, Access by, CancellationToken ct)
    {
        var bulletin = await db.BulletinsFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("bulletin", id);
        await Office.ProgrammeAsync(db, bulletin.ProgrammeId, by, ct);
        return bulletin;
    }
}
