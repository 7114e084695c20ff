using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>The way from an item to its evidence, with the number of pieces that stand.</summary>
internal sealed class EvidenceLink(Db db, TimeProvider clock) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct) =>
        await EvidenceList.CountAsync(db, await EvidenceList.ItemsAsync(db, reader, item.Id, ct), Days.EndOf(day, clock), ct) is var total
            ? new(total.More ? "evidence.link.more" : "evidence.link", total.Count, $"/items/{item.Id}/evidence")
            : null;
}

internal static class Days
{
    /// <summary>The first moment after a day, by the region's legal time.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeProvider clock)
    {
        if (day == DateOnly.MaxValue)
        {
            return DateTimeOffset.MaxValue;
        }

        var next = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new(next, clock.LocalTimeZone.GetUtcOffset(next));
    }
}
