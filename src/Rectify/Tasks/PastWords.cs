using System.Globalization;
using Rectify.Grammar;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>What items said at the end of a day, with their units, persons and nodes: today's values, walked back along the history.</summary>
/// <remarks>
/// The words that were recorded first hold for all days before them, or a programme entered today would say nothing of the years it
/// describes. Values that were redacted stay as they are today. See docs/decisions.
/// </remarks>
internal sealed class PastWords
{
    /// <summary>Histories read in one query.</summary>
    private const int Batch = 500;

    private static readonly PastWords Today = new([]);

    private readonly Dictionary<(string Record, string Id), IReadOnlyDictionary<string, string?>> values = [];
    private readonly HashSet<(string Record, string Id)> later = [];
    private readonly ILookup<(string Record, string Item), IReadOnlyDictionary<string, string?>> gone;

    /// <param name="since">What changed after the day, in order.</param>
    private PastWords(IReadOnlyList<Opening> since)
    {
        // The entry that made an item, with the parts it had from the first.
        var made = since.Where(o => o is { Record: nameof(Item), Field: nameof(Item.PublicId), Before: null }).ToDictionary(o => o.RecordId, o => o.EntryId);
        var taken = new List<((string, string) Key, IReadOnlyDictionary<string, string?> Fields)>();
        foreach (var record in since.GroupBy(o => (o.Record, o.RecordId)))
        {
            var whole = record.Where(o => o.Field == nameof(ItemUnit.ItemId)).ToList();
            var item = record.Key.Record == nameof(Item) ? record.Key.RecordId : whole.Select(o => o.After ?? o.Before).FirstOrDefault();
            var first = item is null ? Guid.Empty : made.GetValueOrDefault(item);
            if (whole.Exists(o => o.Before is null && o.EntryId != first))
            {
                later.Add(record.Key);
                continue;
            }

            var fields = new Dictionary<string, string?>();
            foreach (var change in record.Where(o => o.EntryId != first))
            {
                fields.TryAdd(change.Field, change.Before);
            }

            values[record.Key] = fields;
            if (item is not null && whole.Exists(o => o.After is null))
            {
                taken.Add(((record.Key.Record, item), fields));
            }
        }

        gone = taken.ToLookup(part => part.Key, part => part.Fields);
    }

    /// <param name="subjects">The chains in whose histories the changes stand.</param>
    /// <param name="on">The day asked for.</param>
    /// <param name="clock">Says which day is today, and when a day ends in the region's legal time; without it the words are today's.</param>
    public static async Task<PastWords> ReadAsync(Db db, IEnumerable<Guid> subjects, DateOnly on, TimeProvider? clock, CancellationToken ct)
    {
        if (clock is null || on >= clock.Today)
        {
            return Today;
        }

        var midnight = on.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var since = new List<Opening>();
        foreach (var some in subjects.Distinct().Chunk(Batch))
        {
            since.AddRange(await db.OpeningsSinceAsync(some, new(midnight, clock.LocalTimeZone.GetUtcOffset(midnight)), ct));
        }

        return new(since);
    }

    public Item Of(Item item) => values.TryGetValue((nameof(Item), item.Id.ToString()), out var fields) ? item.With(fields) : item;

    public IReadOnlyList<ItemUnit> Units(Guid item, IEnumerable<ItemUnit> now) =>
    [
        .. Parts(nameof(ItemUnit), item, now, unit => unit.Id, (fields, unit) => new ItemUnit
        {
            ItemId = item,
            UnitId = Said(fields, nameof(ItemUnit.UnitId), unit?.UnitId, text => Guid.TryParse(text, out var id) ? id : null),
            Text = Said(fields, nameof(ItemUnit.Text), unit?.Text),
            Role = Said(fields, nameof(ItemUnit.Role), unit?.Role, text => Enum.TryParse<DraftRole>(text, out var role) ? role : null) ?? DraftRole.Responsible,
            Order = Said(fields, nameof(ItemUnit.Order), unit?.Order, Number) ?? 0,
        }).OrderBy(unit => unit.Order),
    ];

    public IReadOnlyList<ItemPerson> Persons(Guid item, IEnumerable<ItemPerson> now) =>
    [
        .. Parts(nameof(ItemPerson), item, now, person => person.Id, (fields, person) => new ItemPerson
        {
            ItemId = item,
            Text = Said(fields, nameof(ItemPerson.Text), person?.Text),
            Generic = Said(fields, nameof(ItemPerson.Generic), person?.Generic, text => bool.TryParse(text, out var generic) ? generic : null) ?? false,
            Order = Said(fields, nameof(ItemPerson.Order), person?.Order, Number) ?? 0,
        }).OrderBy(person => person.Order),
    ];

    public IReadOnlyList<ItemMilestone> Milestones(Guid item, IEnumerable<ItemMilestone> now) =>
    [
        .. Parts(nameof(ItemMilestone), item, now, node => node.Id, (fields, node) => new ItemMilestone
        {
            ItemId = item,
            No = Said(fields, nameof(ItemMilestone.No), node?.No, Number) ?? 0,
            Text = Said(fields, nameof(ItemMilestone.Text), node?.Text),
            Due = Said(fields, nameof(ItemMilestone.Due), node?.Due, Date) ?? default,
        }).OrderBy(node => node.Due).ThenBy(node => node.No),
    ];

    private IEnumerable<T> Parts<T>(string record, Guid item, IEnumerable<T> now, Func<T, Guid> id, Func<IReadOnlyDictionary<string, string?>, T?, T> read) where T : class =>
        now.Where(part => !later.Contains((record, id(part).ToString())))
            .Select(part => values.TryGetValue((record, id(part).ToString()), out var fields) && fields.Count > 0 ? read(fields, part) : part)
            .Concat(gone[(record, item.ToString())].Select(fields => read(fields, null)));

    private static T? Said<T>(IReadOnlyDictionary<string, string?> fields, string field, T? now, Func<string, T?> read) where T : struct =>
        fields.TryGetValue(field, out var text) ? text is null ? null : read(text) : now;

    private static string Said(IReadOnlyDictionary<string, string?> fields, string field, string? now) =>
        (fields.TryGetValue(field, out var text) ? text : now) ?? "";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
