using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>The figures on which the light of an item that is behind its plan rests: how far it is and how far it should be on a day, in percent.</summary>
public sealed record LightFigures(int Percent, int Expected)
{
    /// <summary>Of those cells whose light rests on such figures, by item. Asks nothing of the others.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LightFigures>> ReadAsync(
        Db db, Access reader, Programme programme, IEnumerable<Overview.Cell> cells, DateOnly on, CancellationToken ct)
    {
        Guid[] ids = [.. cells.Where(cell => ReasonText.Read(cell.Reason).HasFigures).Select(cell => cell.Id)];
        if (ids.Length == 0)
        {
            return new Dictionary<Guid, LightFigures>();
        }

        var visible = db.ItemsFor(reader, Right.Read).AsNoTracking();
        var items = await visible.Where(item => EF.Parameter(ids).Contains(item.Id)).ToListAsync(ct);
        var measures = (await visible.Where(item => item.ParentId != null && EF.Parameter(ids).Contains(item.ParentId.Value) && item.Kind == ItemKind.Measure
            && (item.RemovedOn == null || item.RemovedOn > on) && (item.AddedOn == null || item.AddedOn <= on)).ToListAsync(ct)).ToLookup(item => item.ParentId!.Value);
        Guid[] parts = [.. ids, .. measures.SelectMany(group => group).Select(item => item.Id)];
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(parts).Contains(fact.ItemId) && fact.On <= on && fact.VoidedAt == null).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        var figures = new Dictionary<Guid, LightFigures>();
        foreach (var item in items)
        {
            var input = ItemDerivation.Input(programme, item, measures[item.Id], [], facts);
            if (Progress.PercentOn(input, on) is { } percent && Progress.ExpectedOn(input, on) is { } expected)
            {
                figures[item.Id] = new(percent, expected);
            }
        }

        return figures;
    }
}
