using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>A piece of evidence that a declaration or a step can name.</summary>
public sealed record PieceChoice(Guid Id, string Title, PieceKind Kind, DateOnly? On)
{
    /// <summary>What stands for the item, its measures and points, the newest first.</summary>
    public static async Task<IReadOnlyList<PieceChoice>> OfAsync(Db db, Guid item, CancellationToken ct)
    {
        var items = (await EvidenceList.ItemsAsync(db, ClosureReading.Room, item, ct)).Select(one => one.Id).ToArray();
        return await db.PiecesFor(ClosureReading.Room).AsNoTracking()
            .Where(piece => piece.WithdrawnAt == null && db.PieceUses().Any(use => use.PieceId == piece.Id && EF.Parameter(items).Contains(use.ItemId)))
            .OrderByDescending(piece => piece.EffectiveOn).ThenBy(piece => piece.Id).Take(200).Select(piece => new PieceChoice(piece.Id, piece.Title, piece.Kind, piece.EffectiveOn)).ToListAsync(ct);
    }
}

/// <summary>The way from an item to its closing.</summary>
internal sealed class ClosureLink(Db db) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct)
    {
        if (item.Kind is ItemKind.Finding || await ProcedureQueries.LatestAsync(db, ClosureReading.Room, item.ProgrammeId, ct) is not { } version)
        {
            return null;
        }

        var count = await db.ClosuresFor(reader).CountAsync(closure => closure.ItemId == item.Id, ct);
        return count > 0 || await ClosingParts.ClosesAsync(db, version.Procedure, item, ct) || version.Procedure.Node is not ClosingNode.Task && item.Kind is ItemKind.Task
            ? new(count > 0 ? "closure.link" : "closure.link.none", count, $"/items/{item.Id}/closing")
            : null;
    }
}

/// <summary>What was done to an item's closings, for the item's history.</summary>
internal sealed class ClosureNews(Db db) : IItemNews
{
    public async Task<(IReadOnlyList<HistoryEntry> Entries, int Total)> OfAsync(Item item, Access reader, int most, Words words, CancellationToken ct)
    {
        var closures = await db.ClosuresFor(reader).AsNoTracking().Where(one => one.ItemId == item.Id).ToListAsync(ct);
        if (closures.Count == 0)
        {
            return ([], 0);
        }

        var ids = closures.Select(one => one.Id).ToArray();
        var about = db.Journal.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Subject) && row.Kind == ClosureActDone.Name);
        var rows = await about.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most).ToListAsync(ct);
        var cases = await new ClosureReading(db).ReadAsync(closures, ct);
        var people = await ItemHistory.PeopleAsync(db, rows.Select(row => row.By), ct);
        return (
            [
                .. from row in rows
                   let one = cases.Find(known => known.Closure.Id == row.Subject)!
                   let act = one.Acts.Find(known => known.At == row.At && known.By == row.By)
                   let who = people.GetValueOrDefault(row.By.Id, ("", null))
                   select new HistoryEntry(
                       row.At, act is null ? words["history.other"] : words["closure.news", words[$"closure.act.{act.Act}", words.Step(one.Procedure.Steps.First(step => step.Key == act.StepKey))], one.Unit.ShortName],
                       who.Item1, who.Item2, row.Index + 1, [], act is { Opinion.Length: > 0 } ? act.Opinion : null),
            ],
            await about.CountAsync(ct));
    }
}
