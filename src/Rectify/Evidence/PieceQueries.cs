using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>The evidence of one item, as a list shows it.</summary>
internal static class EvidenceList
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 100;

    /// <summary>How far pieces are counted.</summary>
    private const int MostCounted = 1_000;

    /// <summary>Items whose pieces are read one after another; of more than these, all are sorted at once.</summary>
    private const int MostMerged = 20;

    /// <param name="File">Its newest file.</param>
    /// <param name="Items">What it proves below the item or as the item itself, in the plan's order, as far as the reader may see.</param>
    /// <param name="Elsewhere">Another piece with the very same file that proves something else, where the reader may see that.</param>
    public sealed record Row(Piece Piece, PieceVersion File, string Unit, IReadOnlyList<Item> Items, Same? Elsewhere, FileCheck? Check, Preview? Preview);

    /// <summary>A piece with the same file, and an item that it proves.</summary>
    public sealed record Same(Guid Piece, string Title, Guid Item, string Heading);

    /// <param name="Next">The list from after these rows on; <see langword="null"/> on the last page.</param>
    public sealed record Page(List<Row> Rows, PieceQuery? Next);

    /// <summary>The first page of the pieces of the item and of its measures and points that were there on the day, newest date first.</summary>
    /// <param name="end">The first moment after the day.</param>
    public static async Task<List<Row>> ReadAsync(Db db, Access reader, Guid item, DateTimeOffset end, CancellationToken ct) =>
        (await PageAsync(db, reader, await ItemsAsync(db, reader, item, ct), end, new(), ct)).Rows;

    /// <summary>One page of the pieces that the query asks for.</summary>
    /// <param name="items">As <see cref="ItemsAsync"/> gives them.</param>
    /// <param name="end">The first moment after the day.</param>
    public static async Task<Page> PageAsync(Db db, Access reader, List<Item> items, DateTimeOffset end, PieceQuery query, CancellationToken ct)
    {
        var ids = items.ConvertAll(one => one.Id);
        var pieces = await FirstAsync(db, reader, ids, query, uses => query.Filter(uses, db, reader, end), PageSize + 1, ct);
        var more = pieces.Count > PageSize;
        if (more)
        {
            pieces.RemoveAt(PageSize);
        }

        Guid[] wanted = [.. pieces.Select(piece => piece.Id)];
        var files = (await (
            from version in db.PieceVersions().AsNoTracking()
            where EF.Parameter(wanted).Contains(version.PieceId) && version.AddedAt < end
            join check in db.FileChecks() on version.FileHash equals check.Hash into checks
            from check in checks.DefaultIfEmpty()
            join preview in db.Previews() on version.FileHash equals preview.Hash into previews
            from preview in previews.DefaultIfEmpty()
            select new { version, check, preview, Twice = db.PieceVersions().Any(other => other.FileHash == version.FileHash && other.Id != version.Id) }).ToListAsync(ct))
            .GroupBy(file => file.version.PieceId).ToDictionary(group => group.Key, group => group.MaxBy(file => file.version.No)!);
        var uses = items.Count == 1
            ? wanted.ToLookup(piece => piece, _ => ids[0])
            : (await db.PieceUses().Where(use => EF.Parameter(wanted).Contains(use.PieceId)).Select(use => new { use.PieceId, use.ItemId }).ToListAsync(ct)).ToLookup(use => use.PieceId, use => use.ItemId);
        var units = await UnitsAsync(db, pieces.Select(piece => piece.UnitId), ct);
        // Few files stand for two pieces: only those are followed to what they prove.
        var same = await SameAsync(db, reader, [.. files.Values.Where(file => file.Twice).Select(file => file.version.FileHash).Distinct()], ids, ct);
        return new(
            [
                .. from piece in pieces
                   where files.ContainsKey(piece.Id)
                   let file = files[piece.Id]
                   select new Row(
                       piece, file.version, units.GetValueOrDefault(piece.UnitId, ""), [.. items.Where(one => uses[piece.Id].Contains(one.Id))],
                       same[file.version.FileHash].FirstOrDefault(other => other.Piece != piece.Id), file.check, file.preview),
            ],
            more ? query.Behind(pieces[^1]) : null);
    }

    /// <summary>A piece to choose from.</summary>
    /// <param name="File">Number of its newest file.</param>
    public sealed record Choice(Guid Id, string Title, DateOnly? EffectiveOn, int File);

    /// <summary>Pieces of the item, its measures and points to choose from, none withdrawn: those chosen already, and of the others a page of those whose title, issuer, number or place hold the text.</summary>
    public static async Task<List<Choice>> ChoiceAsync(Db db, Access reader, Guid item, string text, IReadOnlyCollection<Guid> chosen, CancellationToken ct)
    {
        var ids = (await ItemsAsync(db, reader, item, ct)).ConvertAll(one => one.Id);
        var query = new PieceQuery { Text = text };
        var pieces = await db.PiecesOn(ids).AsNoTracking().Where(piece => piece.WithdrawnAt == null && chosen.Contains(piece.Id)).ToListAsync(ct);
        pieces.AddRange(await FirstAsync(
            db, reader, ids, query, uses => query.Filter(uses.Where(use => use.WithdrawnAt == null && !chosen.Contains(use.PieceId)), db, reader, DateTimeOffset.MaxValue), PageSize, ct));
        return pieces.ConvertAll(piece => new Choice(piece.Id, piece.Title, piece.EffectiveOn, piece.Newest));
    }

    /// <summary>Units to filter by: those that answer for the items, those with evidence of them and the one filtered by.</summary>
    public static async Task<List<(Guid Id, string Name)>> UnitsOfAsync(Db db, IReadOnlyCollection<Guid> items, Guid? filtered, CancellationToken ct)
    {
        var answer = await db.ItemUnits().Where(unit => items.Contains(unit.ItemId) && unit.UnitId != null).Select(unit => unit.UnitId!.Value).Distinct().ToListAsync(ct);
        var having = await db.UnitsWithPieces(items).ToListAsync(ct);
        return [.. (await UnitsAsync(db, [.. answer, .. having, filtered ?? Guid.Empty], ct)).Select(unit => (unit.Key, unit.Value)).OrderBy(unit => unit.Value, StringComparer.Ordinal)];
    }

    /// <summary>The first pieces that a filter leaves, in the query's order from its place on.</summary>
    /// <param name="items">The reader's own, from a door of theirs.</param>
    internal static async Task<List<Piece>> FirstAsync(
        Db db, Access reader, List<Guid> items, PieceQuery query, Func<IQueryable<PieceUse>, IQueryable<PieceUse>> filter, int most, CancellationToken ct)
    {
        if (items.Count > MostMerged)
        {
            var pieces = filter(db.PieceUses().Where(use => items.Contains(use.ItemId))).Select(use => use.PieceId);
            return await query.Sort(db.PiecesFor(reader).Where(piece => pieces.Contains(piece.Id))).AsNoTracking().Take(most).ToListAsync(ct);
        }

        // Each item's pieces stand in an index in this order, so reading ends with the page; all of them at once would be read and sorted whole.
        var first = new HashSet<Guid>();
        foreach (var item in items)
        {
            first.UnionWith(await query.Sort(filter(db.PieceUses().Where(use => use.ItemId == item))).Take(most).Select(use => use.PieceId).ToListAsync(ct));
        }

        return await query.Sort(db.PiecesAmong([.. first])).AsNoTracking().Take(most).ToListAsync(ct);
    }

    /// <summary>The pieces that stand on the day, as far as counting goes.</summary>
    /// <param name="items">As <see cref="ItemsAsync"/> gives them.</param>
    public static async Task<ItemList.Total> CountAsync(Db db, List<Item> items, DateTimeOffset end, CancellationToken ct)
    {
        IQueryable<Guid> Standing(Item item) => db.PieceUses().Where(use => use.ItemId == item.Id && use.AddedAt < end && (use.WithdrawnAt == null || use.WithdrawnAt >= end))
            .OrderBy(use => use.PieceId).Take(MostCounted + 1).Select(use => use.PieceId);
        if (items.Count == 1)
        {
            var count = await Standing(items[0]).CountAsync(ct);
            return new(Math.Min(count, MostCounted), count > MostCounted);
        }

        var pieces = new HashSet<Guid>(); // a piece may prove several of them
        foreach (var item in items)
        {
            pieces.UnionWith(await Standing(item).ToListAsync(ct));
            if (pieces.Count > MostCounted)
            {
                return new(MostCounted, true);
            }
        }

        return new(pieces.Count, false);
    }

    /// <summary>The item, and its measures and points at any depth: what one dossier holds.</summary>
    public static async Task<List<Item>> ItemsAsync(Db db, Access reader, Guid item, CancellationToken ct)
    {
        var parts = db.ItemsFor(reader, Right.Read).AsNoTracking().Where(one => (one.Kind == ItemKind.Measure || one.Kind == ItemKind.Point) && one.RemovedOn == null);
        var first = await db.ItemsFor(reader, Right.Read).AsNoTracking()
            .Where(one => one.Id == item || one.ParentId == item && (one.Kind == ItemKind.Measure || one.Kind == ItemKind.Point) && one.RemovedOn == null).ToListAsync(ct);
        first.AddRange(await BelowAsync(parts, [.. first.Where(one => one.Id != item).Select(one => one.Id)], ct));
        return [.. first.OrderBy(one => one.Id != item).ThenBy(one => one.SortKey, StringComparer.Ordinal)];
    }

    /// <summary>The task or sub-task in whose dossier an item stands, as far up as the reader may see.</summary>
    public static async Task<Guid> WholeAsync(Db db, Access reader, Item item, CancellationToken ct)
    {
        while (item is { Kind: ItemKind.Measure or ItemKind.Point, ParentId: { } above })
        {
            if (await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == above, ct) is not { } next)
            {
                return above;
            }

            item = next;
        }

        return item.Id;
    }

    /// <summary>Measures and points below items, level by level: one question for each level that there is, and one that finds no more.</summary>
    /// <param name="parts">The measures and points that count.</param>
    internal static async Task<List<Item>> BelowAsync(IQueryable<Item> parts, Guid[] items, CancellationToken ct)
    {
        var below = new List<Item>();
        while (items.Length > 0)
        {
            var level = await parts.Where(part => EF.Parameter(items).Contains(part.ParentId!.Value)).ToListAsync(ct);
            below.AddRange(level);
            items = [.. level.Select(part => part.Id)];
        }

        return below;
    }

    /// <summary>Other items that the same files stand for, as far as the reader may see them.</summary>
    public static async Task<ILookup<string, Same>> SameAsync(Db db, Access reader, IReadOnlyCollection<string> hashes, IReadOnlyCollection<Guid> but, CancellationToken ct)
    {
        if (hashes.Count == 0)
        {
            return Array.Empty<Same>().ToLookup(_ => "");
        }

        var found = await (
            from version in db.PieceVersions()
            where hashes.Contains(version.FileHash)
            join piece in db.PiecesFor(reader) on version.PieceId equals piece.Id
            where piece.WithdrawnAt == null
            join use in db.PieceUses() on piece.Id equals use.PieceId
            where !but.Contains(use.ItemId)
            join item in db.ItemsFor(reader, Right.Read) on use.ItemId equals item.Id
            orderby item.SortKey
            select new { version.FileHash, piece.Id, piece.Title, Item = item.Id, item.NumberText, Heading = item.Title }).AsNoTracking().Take(1_000).ToListAsync(ct);
        return found.DistinctBy(one => (one.FileHash, one.Id, one.Item))
            .ToLookup(one => one.FileHash, one => new Same(one.Id, one.Title, one.Item, $"{one.NumberText} {one.Heading}".Trim()));
    }

    internal static async Task<Dictionary<Guid, string>> UnitsAsync(Db db, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        return await db.Units().Where(unit => wanted.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
    }
}

/// <summary>Everything about one piece of evidence.</summary>
internal sealed record PieceView(
    Piece Piece, Programme Programme, string Unit, IReadOnlyList<PieceVersion> Versions, IReadOnlyList<Item> Items,
    ILookup<string, EvidenceList.Same> Elsewhere, IReadOnlyDictionary<string, FileCheck> Checks, IReadOnlyDictionary<string, Preview> Previews,
    IReadOnlyList<PieceView.Act> Acts, bool MayChange)
{
    /// <summary>One act, newest first.</summary>
    /// <param name="Who">The account's name; empty for a job.</param>
    /// <param name="Number">The number in the register, counted from 1, once it has one.</param>
    public sealed record Act(DateTimeOffset At, string Kind, string Who, string? Unit, long? Number, IReadOnlyList<Opening> Changes);

    /// <summary>The newest file.</summary>
    public PieceVersion File => Versions[0];

    /// <returns><see langword="null"/> if there is no such piece, or none of an item that <paramref name="reader"/> may read.</returns>
    public static async Task<PieceView?> ReadAsync(Db db, Access reader, Guid id, CancellationToken ct)
    {
        if (await db.PiecesFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } piece)
        {
            return null;
        }

        var programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == piece.ProgrammeId, ct);
        var versions = await db.PieceVersions().AsNoTracking().Where(version => version.PieceId == id).OrderByDescending(version => version.No).ToListAsync(ct);
        var used = await db.PieceUses().Where(use => use.PieceId == id).Select(use => use.ItemId).ToListAsync(ct);
        var items = await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => used.Contains(item.Id)).OrderBy(item => item.SortKey).ToListAsync(ct);
        var hashes = versions.ConvertAll(version => version.FileHash);
        return new(
            piece, programme, (await EvidenceList.UnitsAsync(db, [piece.UnitId], ct)).GetValueOrDefault(piece.UnitId, ""), versions, items,
            await EvidenceList.SameAsync(db, reader, hashes, used, ct),
            await db.FileChecks().AsNoTracking().Where(check => hashes.Contains(check.Hash)).ToDictionaryAsync(check => check.Hash, ct),
            await db.Previews().AsNoTracking().Where(preview => hashes.Contains(preview.Hash)).ToDictionaryAsync(preview => preview.Hash, ct),
            await ActsAsync(db, id, ct),
            piece.WithdrawnAt is null && await db.PiecesOf(reader).AnyAsync(one => one.Id == id, ct));
    }

    private static async Task<List<Act>> ActsAsync(Db db, Guid id, CancellationToken ct)
    {
        var rows = await db.EntriesAbout(id).AsNoTracking().OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(200).ToListAsync(ct);
        return await ActsAsync(db, rows, ct);
    }

    /// <summary>Acts on pieces by their entries, in the same order.</summary>
    internal static async Task<List<Act>> ActsAsync(Db db, List<JournalRow> rows, CancellationToken ct)
    {
        var openings = Array.Empty<Opening>().ToLookup(opening => opening.EntryId);
        foreach (var subject in rows.GroupBy(row => row.Subject))
        {
            var of = await db.OpeningsOfAsync(subject.Key, [.. subject.Select(row => row.EntryId)], ct);
            openings = openings.SelectMany(group => group).Concat(of).ToLookup(opening => opening.EntryId);
        }

        var accounts = rows.Select(row => Guid.TryParseExact(row.By.Id, "N", out var account) ? account : Guid.Empty).Distinct().ToList();
        var people = await (
            from account in db.Accounts()
            where accounts.Contains(account.Id)
            join person in db.People() on account.PersonId equals person.Id into persons
            from person in persons.DefaultIfEmpty()
            join unit in db.Units() on person.UnitId equals unit.Id into units
            from unit in units.DefaultIfEmpty()
            select new { account.Id, account.DisplayName, Unit = unit == null ? (string?)null : unit.ShortName })
            .ToDictionaryAsync(one => one.Id.ToString("N", CultureInfo.InvariantCulture), ct);
        return rows.ConvertAll(row => new Act(
            row.At, row.Kind, people.GetValueOrDefault(row.By.Id)?.DisplayName ?? "", people.GetValueOrDefault(row.By.Id)?.Unit, row.Index + 1, [.. openings[row.EntryId]]));
    }
}

/// <summary>Files of evidence that a check found missing or altered, as far as the reader may see what they prove.</summary>
internal static class FailedFiles
{
    public sealed record Row(Guid Piece, string Title, int No, FileCheckResult Result, DateTimeOffset FailedAt, DateTimeOffset CheckedAt);

    /// <param name="Files">Versions that the reader may see.</param>
    /// <param name="Checked">Of those, how many were ever read again.</param>
    /// <param name="Oldest">When the one that was read longest ago was read.</param>
    /// <param name="Others">Damaged files that other rooms keep, for whoever sees to files.</param>
    public sealed record Summary(int Files, int Checked, DateTimeOffset? Oldest, IReadOnlyList<Row> Failed, IReadOnlyList<Other> Others);

    /// <summary>A damaged file of another room.</summary>
    public sealed record Other(string Title, string Href, FileCheck Check);

    public static async Task<Summary> ReadAsync(Db db, Access reader, IEnumerable<IKeepFiles> rooms, CancellationToken ct)
    {
        List<Other> others = [];
        if (reader.IsEverywhere(Right.Organise))
        {
            var damaged = await db.FileChecks().AsNoTracking().Where(check => check.Result != FileCheckResult.Sound && check.Result != FileCheckResult.Destroyed).OrderBy(check => check.FailedAt).ThenBy(check => check.Hash).Take(500).ToDictionaryAsync(check => check.Hash, ct);
            foreach (var room in rooms)
            {
                others.AddRange((await room.PlacesAsync(damaged.Keys, ct)).Select(place => new Other(place.Title, place.Href, damaged[place.Hash])));
            }
        }

        var seen =
            from version in db.PieceVersions()
            join piece in db.PiecesFor(reader) on version.PieceId equals piece.Id
            join check in db.FileChecks() on version.FileHash equals check.Hash
            select new { version, piece, check };
        var failed = await seen.Where(one => one.check.Result != FileCheckResult.Sound && one.check.Result != FileCheckResult.Destroyed).OrderBy(one => one.check.FailedAt).ThenBy(one => one.version.Id).Take(500)
            .Select(one => new Row(one.piece.Id, one.piece.Title, one.version.No, one.check.Result, one.check.FailedAt ?? one.check.CheckedAt, one.check.CheckedAt)).ToListAsync(ct);
        return new(
            await db.PieceVersions().CountAsync(version => db.PiecesFor(reader).Any(piece => piece.Id == version.PieceId), ct),
            await seen.CountAsync(ct), await seen.MinAsync(one => (DateTimeOffset?)one.check.CheckedAt, ct), failed, others);
    }
}
