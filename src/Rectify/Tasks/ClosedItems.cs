using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Every closing (销号) that an item shows has its entry in the journal, and every such entry its item.</summary>
internal sealed class ClosedItems(Db db) : IStandForEntries
{
    private static readonly string Closed = JsonNamingPolicy.CamelCase.ConvertName(nameof(FactKind.Closed)); // as facts are written

    private static readonly Access Me = Access.OfSystem(Actor.System("closed-items"));

    public string Kind => ItemFactsRecorded.Name;

    public IEnumerable<string> Told(Guid subject, JsonElement data) =>
        from fact in data.GetProperty("facts").EnumerateArray()
        where fact.TryGetProperty("kind", out var kind) && kind.GetString() == Closed
        select Said(subject, fact.GetProperty("on").GetString()!);

    // A withdrawn one happened too, and its entry stays.
    public async Task<IReadOnlyCollection<string>> RecordsAsync(CancellationToken ct) =>
    [
        .. (await (
            from fact in db.ItemFacts()
            where fact.Kind == FactKind.Closed
            join item in db.ItemsFor(Me, Right.Read) on fact.ItemId equals item.Id
            select new { item.Id, item.Kind, item.ParentId, fact.On }).ToListAsync(ct))
            .Select(one => Said(
                one is { Kind: ItemKind.Measure or ItemKind.Point, ParentId: { } task } ? task : one.Id, one.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
    ];

    private static string Said(Guid chain, string on) => $"{chain} {on}";
}
