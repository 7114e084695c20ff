using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Redaction;

/// <summary>What the history keeps of a record, and what would be destroyed with one of its values: for whoever may redact.</summary>
internal sealed partial class KeptValues(Db db)
{
    /// <summary>Fields shown at once, the newest.</summary>
    public const int Most = 200;

    /// <summary>A field that an entry changed, and still opens.</summary>
    /// <param name="Commitment">Names it without telling it.</param>
    /// <param name="Number">The entry's number in the register, counted from 1, once it has one.</param>
    public sealed record Kept(string Commitment, Guid Entry, Guid Subject, long? Number, DateTimeOffset At, string Record, string RecordId, string Field, string? Before, string? After)
    {
        public bool HasBefore => IsWorth(Before);

        public bool HasAfter => IsWorth(After);

        // An id or a hash tells nobody anything.
        internal static bool IsWorth(string? value) => value is { Length: > 0 } and not FieldChanges.NeverKept && !Guid.TryParse(value, out _) && !(value.Length == 64 && value.All(char.IsAsciiHexDigitLower));
    }

    /// <summary>Another history that tells the value, alone or within a longer text.</summary>
    public sealed record Telling(Guid Subject, int Openings);

    /// <summary>Where else in the database a value stands.</summary>
    /// <param name="Documents">Where it can be blackened.</param>
    /// <param name="Live">Records that have a page of their own to correct them, and what is made of these for searches.</param>
    /// <param name="Histories">At most <see cref="Most"/>, those that tell it most often.</param>
    public sealed record Standing(IReadOnlyList<BlackenDocuments.Place> Documents, IReadOnlyList<BlackenDocuments.Place> Live, IReadOnlyList<Telling> Histories)
    {
        /// <summary>Whether records hold it that somebody has to correct, or to say that it means something else there.</summary>
        public bool IsInUse => Live.Any(place => !place.IsDerived);

        public bool IsNowhere => Documents.Count + Live.Count + Histories.Count == 0;
    }

    /// <summary>What destroying a value means.</summary>
    /// <param name="Meant">All that goes, each with its other side.</param>
    /// <param name="Held">Fields of records that hold the value now: it has to be corrected there first.</param>
    /// <param name="Elsewhere">Where else in the database it stands: touched only where that is asked for.</param>
    public sealed record Preview(Guid Subject, string Value, IReadOnlyList<Kept> Meant, IReadOnlyList<Kept> Held, Standing Elsewhere);

    /// <param name="text">The number of an entry in the register, an entry's id, or a record's id or the address of its page.</param>
    /// <returns>The newest first, at most <see cref="Most"/>; none if there is nothing of that name.</returns>
    /// <exception cref="Refusal">403: see <see cref="RedactionRoom.DemandRedaction"/>.</exception>
    public async Task<List<Kept>> FindAsync(string text, Access by, CancellationToken ct)
    {
        by.DemandRedaction();
        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var entry = await db.Journal.Where(row => row.Index == number - 1).Select(row => row.EntryId).SingleOrDefaultAsync(ct);
            return await OfAsync(Worth((await db.OpeningsOfEntryAsync(entry, ct)).Openings), ct);
        }

        if (Ids().Matches(text) is not { Count: > 0 } found)
        {
            return [];
        }

        var id = Guid.Parse(found[^1].Value);
        return await OfAsync(Worth(await db.OpeningsOfAsync(id, null, ct) is { Count: > 0 } subject ? subject : (await db.OpeningsOfEntryAsync(id, ct)).Openings), ct);
    }

    private static List<Opening> Worth(List<Opening> openings) => openings.FindAll(one => Kept.IsWorth(one.Before) || Kept.IsWorth(one.After));

    /// <summary>A file of which the journal holds a commitment that can still be opened.</summary>
    public sealed record KeptCopy(string Commitment, Guid Entry, Guid Subject, long? Number, DateTimeOffset At, string Hash);

    /// <summary>A record of a file: whose it is.</summary>
    public sealed record FileUse(string Record, Guid Subject);

    /// <summary>What destroying a file means: it goes wherever it is used.</summary>
    public sealed record FilePreview(KeptCopy File, IReadOnlyList<FileUse> Uses);

    /// <summary>The files of a record, the newest first, at most <see cref="Most"/>.</summary>
    /// <exception cref="Refusal">403: see <see cref="RedactionRoom.DemandRedaction"/>.</exception>
    public async Task<List<KeptCopy>> FilesAsync(string text, Access by, CancellationToken ct)
    {
        by.DemandRedaction();
        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var entry = await db.Journal.Where(row => row.Index == number - 1).Select(row => new { row.EntryId, row.Subject }).SingleOrDefaultAsync(ct);
            return entry is null ? [] : await CopiesAsync(entry.Subject, entry.EntryId, ct);
        }

        return Ids().Matches(text) is { Count: > 0 } found ? await CopiesAsync(Guid.Parse(found[^1].Value), null, ct) : [];
    }

    /// <exception cref="Refusal">403: see <see cref="RedactionRoom.DemandRedaction"/>. 404: no such file, or it is destroyed already.</exception>
    public async Task<FilePreview> PreviewFileAsync(Guid entry, string commitment, Access by, CancellationToken ct)
    {
        by.DemandRedaction();
        var subject = await db.Journal.Where(row => row.EntryId == entry).Select(row => row.Subject).SingleOrDefaultAsync(ct);
        var file = (await CopiesAsync(subject, entry, ct)).Find(one => one.Commitment == commitment) ?? throw Refusal.NotFound("file", commitment);
        var records = await db.FileRecordsAsync(file.Hash, ct);
        return new(file, [.. records.Select(record => new FileUse(record.GetType().Name, record.Whole)).Distinct()]);
    }

    private async Task<List<KeptCopy>> CopiesAsync(Guid subject, Guid? entry, CancellationToken ct)
    {
        var files = (await db.FilesOfAsync(subject, ct)).Where(one => entry is null || one.Entry == entry).Reverse().Take(Most).ToList();
        foreach (var hash in files.Select(one => one.File.Sha256).Distinct().ToList())
        {
            if ((await db.FileRecordsAsync(hash, ct)).Count == 0)
            {
                files.RemoveAll(one => one.File.Sha256 == hash); // a workbook that was read once and is kept by nobody
            }
        }

        var ids = files.Select(one => one.Entry).Distinct().ToList();
        var entries = await db.Journal.AsNoTracking().Where(row => ids.Contains(row.EntryId)).Select(row => new { row.EntryId, row.Index, row.At }).ToDictionaryAsync(row => row.EntryId, ct);
        return [.. files.Select(one => new KeptCopy(JournalBytes.Commitment(one.File), one.Entry, subject, entries[one.Entry].Index + 1, entries[one.Entry].At, one.File.Sha256))];
    }

    /// <param name="before">Whether the value before the act is meant, and not the one after it.</param>
    /// <exception cref="Refusal">403: see <see cref="RedactionRoom.DemandRedaction"/>. 404: no such value, or it is destroyed already.</exception>
    public async Task<Preview> PreviewAsync(Guid entry, string commitment, bool before, Access by, CancellationToken ct)
    {
        by.DemandRedaction();
        var opening = (await db.OpeningsOfEntryAsync(entry, ct)).Openings.Find(one => JournalBytes.Commitment(one) == commitment);
        if ((before ? opening?.Before : opening?.After) is not { Length: > 0 } value || value == FieldChanges.NeverKept)
        {
            throw Refusal.NotFound("value", commitment);
        }

        var meant = (await db.OpeningsOfAsync(opening!.Subject, null, ct)).FindAll(one => RedactOpenings.IsMeant(one, value));
        var held = new List<Opening>();
        foreach (var one in meant.DistinctBy(one => (one.Record, one.RecordId, one.Field)))
        {
            if (await db.IsHeldAsync(one, value, ct))
            {
                held.Add(one);
            }
        }

        return new(opening.Subject, value, await OfAsync(meant, ct), await OfAsync(held, ct), await ElsewhereAsync(value, opening.Subject, ct));
    }

    /// <summary>Every column of text in which the value stands, and every history that keeps it and would not be touched. Reads the whole database: rare work.</summary>
    /// <param name="subject">Of whose history the value would be destroyed where it stands alone.</param>
    public async Task<Standing> ElsewhereAsync(string value, Guid subject, CancellationToken ct)
    {
        var places = await BlackenDocuments.FindAsync(db, value, ct);
        var documents = places.FindAll(place => place.IsDocument && value.Length >= Blackening.Shortest);
        return new(documents, [.. places.Except(documents)], [.. await HistoriesAsync(value, subject, ct)]);
    }

    // What is encrypted the database cannot look through.
    private async Task<IEnumerable<Telling>> HistoriesAsync(string value, Guid subject, CancellationToken ct)
    {
        var found = new Dictionary<Guid, int>();
        await foreach (var (whose, opening) in db.AllOpeningsAsync(ct))
        {
            if ((whose != subject || !RedactOpenings.IsMeant(opening, value)) && (Blackening.Holds(opening.Before, value) || Blackening.Holds(opening.After, value)))
            {
                found[whose] = found.GetValueOrDefault(whose) + 1;
            }
        }

        return found.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(Most).Select(one => new Telling(one.Key, one.Value));
    }

    private async Task<List<Kept>> OfAsync(List<Opening> openings, CancellationToken ct)
    {
        // A version only counts.
        var newest = openings.Where(one => one.Field != "Version").Reverse().Take(Most).ToList();
        var ids = newest.Select(one => one.EntryId).Distinct().ToList();
        var entries = await db.Journal.AsNoTracking().Where(row => ids.Contains(row.EntryId)).Select(row => new { row.EntryId, row.Index, row.At }).ToDictionaryAsync(row => row.EntryId, ct);
        return
        [
            .. from one in newest
               let entry = entries[one.EntryId]
               select new Kept(JournalBytes.Commitment(one), one.EntryId, one.Subject, entry.Index + 1, entry.At, one.Record, one.RecordId, one.Field, one.Before, one.After),
        ];
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Ids();
}
