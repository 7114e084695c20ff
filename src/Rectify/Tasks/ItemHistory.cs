using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>What was done to an item, as the journal says it: who, when, what, from what to what. Nothing is ever missing from it.</summary>
public sealed record ItemHistory(IReadOnlyList<ItemHistory.Entry> Entries, int Total)
{
    /// <summary>One act.</summary>
    /// <param name="Kind">The journal's name of it, as <c>item.changed</c>.</param>
    /// <param name="Who">The account's name; empty for what was brought in from records.</param>
    /// <param name="Unit">The unit for which that person works.</param>
    /// <param name="Number">The number in the register, counted from 1, once it has one.</param>
    /// <param name="Of">What the act made or took out, where that was not the item itself.</param>
    /// <param name="Because">Why it was taken out, where the act did that and somebody was asked.</param>
    /// <param name="Facts">Dated facts that the act recorded or withdrew.</param>
    /// <param name="Changes">Fields that changed, without those that only count.</param>
    public sealed record Entry(
        DateTimeOffset At, string Kind, string Who, string? Unit, long? Number, string? Of, string? Because,
        IReadOnlyList<ToldFact> Facts, IReadOnlyList<FieldChanged> Changes);

    /// <summary>A dated fact, and the item or the part of it that it happened to.</summary>
    public sealed record ToldFact(ItemFact Fact, Item Of);

    /// <summary>A field before and after; <see langword="null"/> where there was nothing.</summary>
    /// <param name="Record">The kind of record, such as <c>Item</c> or <c>ItemUnit</c>.</param>
    public sealed record FieldChanged(string Record, string Field, string? Before, string? After);

    /// <summary>Acts shown at first: more would not be read.</summary>
    public const int Shown = 20;

    // What only counts, places or copies; and what the fact beside it says already.
    private static readonly HashSet<string> Silent =
    [
        "Item.Version", "Item.SortKey", "Item.PublicId", "Item.ProgrammeId", "Item.Kind", "Item.NumberValue",
        "Item.DeadlineChanges", "Item.DeadlineKind", "Item.QuantityScale", "Item.RecurrenceEvery", "Item.DeadlineFrom", "Item.RemovedBecause",
    ];

    /// <param name="most">The newest so many acts.</param>
    /// <returns><see langword="null"/> if there is no such item, or none that <paramref name="reader"/> may read.</returns>
    public static async Task<ItemHistory?> ReadAsync(Db db, Access reader, Guid id, int most, CancellationToken ct)
    {
        if (await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id, ct) is not { } item)
        {
            return null;
        }

        // A measure's and a point's acts stand with those of the item above; there, only what touched the part itself is told.
        var subject = item.Chain;
        var about = db.EntriesAbout(subject).AsNoTracking();
        var own = await PartsAsync(db, item, ct);
        if (subject != id)
        {
            var touched = (await db.OpeningsOfAsync(subject, null, ct)).Where(o => own.Contains(o.RecordId)).Select(o => o.EntryId).Distinct().ToList();
            about = about.Where(row => touched.Contains(row.EntryId));
        }

        var total = await about.CountAsync(ct);
        var rows = await about.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most).ToListAsync(ct);
        var entries = rows.Select(row => row.EntryId).ToList();
        var openings = (await db.OpeningsOfAsync(subject, entries, ct))
            .Where(o => subject == id || own.Contains(o.RecordId)).ToLookup(o => o.EntryId);
        var told = openings.SelectMany(group => group).Where(o => o.Record == nameof(ItemFact)).Select(o => Guid.Parse(o.RecordId)).Distinct().ToList();
        var facts = await db.ItemFacts().AsNoTracking().Where(fact => told.Contains(fact.Id))
            .Join(db.ItemsFor(Access.OfSystem(Actor.System(nameof(ItemHistory))), Right.Read), fact => fact.ItemId, one => one.Id, (fact, one) => new ToldFact(fact, one))
            .ToDictionaryAsync(fact => fact.Fact.Id.ToString(), ct);
        var people = await PeopleAsync(db, rows.Select(row => row.By), ct);
        var above = await AboveAsync(db, openings.SelectMany(group => group), ct);
        var others = await OthersAsync(db, item, rows, openings.SelectMany(group => group), ct);

        return new(
        [
            .. rows.Select(row =>
            {
                var (who, unit) = people.GetValueOrDefault(row.By.Id, ("", null));
                var of = others.GetValueOrDefault(row.EntryId);
                return new Entry(
                    row.At, row.Kind, who, unit, row.Index + 1, of?.Title, row.Kind == ItemRemoved.Name && (of ?? item).RemovedBecause is { Length: > 0 } because ? because : null,
                    [.. openings[row.EntryId].Where(o => o.Record == nameof(ItemFact)).Select(o => o.RecordId).Distinct()
                        .Select(fact => facts.GetValueOrDefault(fact)).OfType<ToldFact>()],
                    [.. Fields(openings[row.EntryId], item, above)]);
            }),
        ], total);
    }

    private static async Task<List<string>> PartsAsync(Db db, Item item, CancellationToken ct)
    {
        if (item.Chain == item.Id)
        {
            return [];
        }

        var facts = await db.ItemFacts().Where(fact => fact.ItemId == item.Id).Select(fact => fact.Id).ToListAsync(ct);
        var units = await db.ItemUnits().Where(part => part.ItemId == item.Id).Select(part => part.Id).ToListAsync(ct);
        return [item.Id.ToString(), .. facts.Concat(units).Select(part => part.ToString())];
    }

    // The making of a record is told by its act: only what it is called is worth a line then.
    private static IEnumerable<FieldChanged> Fields(IEnumerable<Opening> all, Item item, IReadOnlyDictionary<string, string> above)
    {
        var openings = all.ToList();
        if (openings.Exists(o => o.Record == nameof(Item) && o.Field == nameof(Item.PublicId)))
        {
            yield break;
        }

        foreach (var record in openings.Where(o => o.Record is not nameof(ItemFact)).GroupBy(o => (o.Record, o.RecordId)))
        {
            if (record.Key.Record == nameof(Item))
            {
                if (record.Key.RecordId != item.Id.ToString())
                {
                    continue;
                }

                var scale = record.FirstOrDefault(o => o.Field == nameof(Item.QuantityScale));
                foreach (var field in record.Where(o => !Silent.Contains($"{o.Record}.{o.Field}")))
                {
                    yield return field.Field switch
                    {
                        nameof(Item.QuantityBaseline) or nameof(Item.QuantityTarget) =>
                            new(field.Record, field.Field, AtScale(field.Before, scale?.Before, item), AtScale(field.After, scale?.After, item)),
                        nameof(Item.ParentId) => new(field.Record, field.Field, above.GetValueOrDefault(field.Before ?? ""), above.GetValueOrDefault(field.After ?? "")),
                        _ => new(field.Record, field.Field, field.Before, field.After),
                    };
                }

                continue;
            }

            // A unit, person or node: its text names it, its role or day tells it from others.
            var text = record.FirstOrDefault(o => o.Field == "Text");
            var (role, due) = (record.FirstOrDefault(o => o.Field == nameof(ItemUnit.Role)), record.FirstOrDefault(o => o.Field == nameof(ItemMilestone.Due)));
            if (text is not null)
            {
                yield return new(
                    record.Key.Record, due?.Field ?? role?.After ?? role?.Before ?? "Text",
                    Joined(due?.Before, text.Before), Joined(due?.After, text.After));
            }
            else if (role is not null)
            {
                yield return new(record.Key.Record, role.Field, role.Before, role.After);
            }
        }
    }

    // A task that was put beneath another finding: what the two are called.
    private static async Task<Dictionary<string, string>> AboveAsync(Db db, IEnumerable<Opening> openings, CancellationToken ct)
    {
        var ids = openings.Where(o => o is { Record: nameof(Item), Field: nameof(Item.ParentId) }).SelectMany(o => new[] { o.Before, o.After }).OfType<string>()
            .Select(Guid.Parse).Distinct().ToList();
        return ids.Count == 0 ? [] : await db.ItemsFor(Access.OfSystem(Actor.System(nameof(ItemHistory))), Right.Read).AsNoTracking().Where(item => ids.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id.ToString(), item => $"{item.NumberText} {item.Title}".Trim(), ct);
    }

    private static string? AtScale(string? figure, string? scale, Item item) =>
        long.TryParse(figure, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? ItemDerivation.AtScale(whole, int.TryParse(scale, out var digits) ? digits : item.QuantityScale).ToString("0.######", CultureInfo.InvariantCulture)
            : figure;

    private static string? Joined(string? day, string? text) => text is null ? null : day is null ? text : $"{day} {text}";

    internal static async Task<Dictionary<string, (string Name, string? Unit)>> PeopleAsync(Db db, IEnumerable<Actor> actors, CancellationToken ct)
    {
        var ids = actors.Select(actor => Guid.TryParseExact(actor.Id, "N", out var account) ? account : Guid.Empty).Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await (
            from account in db.Accounts()
            where ids.Contains(account.Id)
            join person in db.People() on account.PersonId equals person.Id into persons
            from person in persons.DefaultIfEmpty()
            join unit in db.Units() on person.UnitId equals unit.Id into units
            from unit in units.DefaultIfEmpty()
            select new { account.Id, account.DisplayName, Unit = unit == null ? (string?)null : unit.ShortName }).AsNoTracking().ToListAsync(ct);
        return found.ToDictionary(one => one.Id.ToString("N", CultureInfo.InvariantCulture), one => (one.DisplayName, (string?)one.Unit));
    }

    // A part that was made or taken out has a history of its own; here it is named.
    private static async Task<Dictionary<Guid, Item>> OthersAsync(
        Db db, Item item, List<JournalRow> rows, IEnumerable<Opening> openings, CancellationToken ct)
    {
        var byEntry = new Dictionary<Guid, Guid>();
        foreach (var entry in openings.GroupBy(o => o.EntryId))
        {
            // Where the item itself was made or changed, its parts went along.
            var own = item.Id.ToString();
            if (!entry.Any(o => o.Record == nameof(Item) && o.RecordId == own && (o.Field == nameof(Item.PublicId) || !Silent.Contains($"{o.Record}.{o.Field}")))
                && entry.Where(o => o.Record == nameof(Item) && o.RecordId != own).Select(o => o.RecordId).FirstOrDefault() is { } part)
            {
                byEntry[entry.Key] = Guid.Parse(part);
            }
        }

        // A sub-task has a chain of its own: its act touched this item only by counting.
        foreach (var row in rows.Where(row => row.Subject != item.Chain && row.Kind.StartsWith("item.", StringComparison.Ordinal)))
        {
            byEntry[row.EntryId] = row.Subject;
        }

        var ids = byEntry.Values.Distinct().ToList();
        var found = await db.ItemsFor(Access.OfSystem(Actor.System(nameof(ItemHistory))), Right.Read)
            .Where(one => ids.Contains(one.Id)).AsNoTracking().ToDictionaryAsync(one => one.Id, ct);
        return byEntry.Where(entry => found.ContainsKey(entry.Value)).ToDictionary(entry => entry.Key, entry => found[entry.Value]);
    }
}
