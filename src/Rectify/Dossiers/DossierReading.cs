using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Dossiers;

/// <summary>A piece in a dossier.</summary>
/// <param name="File">Its newest file on the day.</param>
/// <param name="SameAs">The earlier piece with the same file.</param>
/// <param name="Shared">Whether the office declared that legitimate.</param>
internal sealed record DossierPiece(Piece Piece, PieceVersion File, IReadOnlyList<Guid> Items, Guid? SameAs, SharedFile? Shared, FileCheck? Check, Preview? Preview);

/// <summary>How the requirements of one item's dossier stand on a day.</summary>
/// <param name="Parts">The item, and its measures and points at any depth, in the plan's order.</param>
/// <param name="Lines">Without their pieces, where only this was asked for.</param>
/// <param name="PieceCount">How many pieces stand in it.</param>
internal record DossierStates(Item Item, IReadOnlyList<Item> Parts, IReadOnlyList<DossierLine> Lines, int PieceCount)
{
    public int Count(RequirementState state) => Lines.Count(line => line.State == state);

    /// <summary>What has to be there on the day.</summary>
    public int Required => Lines.Count(line => line.State is not RequirementState.NotYet);

    /// <summary>How many requirements of these are not met.</summary>
    public int Lacking => Lines.Count(line => line.IsLacking);

    public bool IsWhole => Lacking == 0;
}

/// <summary>The dossier of one item (一项一档) on a day.</summary>
/// <param name="No">The version of the requirements; 0 for the usual ones.</param>
/// <param name="Pieces">Those that stand, by id.</param>
internal sealed record Dossier(
    Item Item, int No, Requirements Requirements, IReadOnlyList<Item> Parts, IReadOnlyList<DossierLine> Lines, IReadOnlyDictionary<Guid, DossierPiece> Pieces)
    : DossierStates(Item, Parts, Lines, Pieces.Count)
{
    /// <summary>Pieces that answer to no requirement, in the order of their dates.</summary>
    public IReadOnlyList<DossierPiece> Others { get; } =
        [.. Pieces.Values.ExceptBy(Lines.SelectMany(line => line.Pieces).Select(one => one.Piece), piece => piece.Piece.Id).OrderBy(piece => piece.Piece.EffectiveOn).ThenBy(piece => piece.Piece.Id)];
}

/// <summary>Reads dossiers, many at once with the same few queries.</summary>
/// <param name="reader">What they may not read is left out; whether a file is a duplicate does not depend on them.</param>
internal sealed class DossierReading(Db db, Access reader, DateOnly day, TimeProvider clock)
{
    private readonly DateTimeOffset end = EndOf(day, clock);

    /// <summary>Whether it is only asked how requirements stand: then checks and previews of the files are left out.</summary>
    public bool StatesOnly { get; init; }

    private static DateTimeOffset EndOf(DateOnly day, TimeProvider clock) => Days.EndOf(day, clock);

    /// <summary>The requirements in force on the day, and the number of their version.</summary>
    public async Task<(int No, Requirements Requirements)> RequirementsAsync(Guid programme, CancellationToken ct) =>
        await SetAsync(programme, ct) is { } set ? (set.No, set.Requirements) : (0, UsualRequirements.Set);

    private Task<RequirementSet?> SetAsync(Guid programme, CancellationToken ct) =>
        db.RequirementSetsFor(reader).AsNoTracking().Where(set => set.ProgrammeId == programme && set.MadeAt < end).OrderByDescending(set => set.No).FirstOrDefaultAsync(ct);

    /// <returns><see langword="null"/> if there is no such task or sub-task, or none that they may read.</returns>
    public async Task<(Programme Programme, Dossier Dossier)?> ReadAsync(Guid id, CancellationToken ct)
    {
        return await FindAsync(id, ct) is ({ } programme, { } item) ? (programme, (await ReadAsync(programme, [item], ct))[0]) : null;
    }

    /// <summary>How its requirements stand, from memory where nothing changed since.</summary>
    /// <returns><see langword="null"/> if there is no such task or sub-task, or none that they may read.</returns>
    public async Task<DossierStates?> StatesAsync(DossierMemory memory, Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is ({ } programme, { } item) ? (await StatesAsync(memory, programme, [item], ct))[0] : null;

    private async Task<(Programme Programme, Item Item)?> FindAsync(Guid id, CancellationToken ct) =>
        await db.ItemsFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id && (item.Kind == ItemKind.Task || item.Kind == ItemKind.SubTask), ct) is { } item
            ? (await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == item.ProgrammeId, ct), item)
            : null;

    /// <param name="items">Tasks or sub-tasks of the programme, all of which they may read.</param>
    public async Task<List<Dossier>> ReadAsync(Programme programme, IReadOnlyList<Item> items, CancellationToken ct)
    {
        var (no, requirements) = await RequirementsAsync(programme.Id, ct);
        var asked = await AskedAsync(programme, items, ct);
        var pieces = await PiecesAsync([.. asked.SelectMany(one => one.Here)], StatesOnly, ct);
        return asked.ConvertAll(one => Of(one, no, requirements, pieces));
    }

    /// <summary>How the requirements of items stand: those of which nothing changed since somebody asked are not judged again.</summary>
    /// <param name="items">Tasks or sub-tasks of the programme, all of which they may read.</param>
    public async Task<List<DossierStates>> StatesAsync(DossierMemory memory, Programme programme, IReadOnlyList<Item> items, CancellationToken ct)
    {
        var set = await SetAsync(programme.Id, ct);
        var asked = await AskedAsync(programme, items, ct);
        var marks = await PieceMarks.OfAsync(db, [.. asked.SelectMany(one => one.Here)], ct); // before the pieces: what changes in between makes another key
        var content = set is null ? "" : Print(set.Content);
        var keys = asked.ToDictionary(one => one.Item.Id, one => Key(content, one, marks));
        var judged = asked.ToDictionary(one => one.Item.Id, one => memory.Find(keys[one.Item.Id]));
        var unknown = asked.FindAll(one => judged[one.Item.Id] is null);
        if (unknown.Count > 0)
        {
            var requirements = set?.Requirements ?? UsualRequirements.Set;
            var pieces = await PiecesAsync([.. unknown.SelectMany(one => one.Here)], true, ct);
            foreach (var one in unknown)
            {
                var dossier = Of(one, set?.No ?? 0, requirements, pieces);
                judged[one.Item.Id] = new([.. dossier.Lines.Select(line => line with { Pieces = [], Unfit = [], Pairs = [] })], dossier.PieceCount);
                memory.Keep(keys[one.Item.Id], judged[one.Item.Id]!);
            }
        }

        return asked.ConvertAll(one => new DossierStates(one.Item, [one.Item, .. one.Parts], judged[one.Item.Id]!.Lines, judged[one.Item.Id]!.PieceCount));
    }

    // All that a judgement hangs on, other than the code.
    private string Key(string requirements, Asked one, Dictionary<Guid, PiecesMark> marks) => Print(new
    {
        requirements,
        end,
        day,
        one.Item.Id,
        one.Item.TaskType,
        one.Days.Approved,
        one.Days.Due,
        one.Days.Began,
        Happened = one.Days.Happened.OrderBy(fact => fact.Key),
        Parts = one.Parts.Select(part => new { part.Id, part.Kind, part.ParentId }),
        Marks = one.Here.Select(id => marks.GetValueOrDefault(id)),
    });

    private static string Print<T>(T what) => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(what)));

    // An item with its parts, and its days.
    private sealed record Asked(Item Item, IReadOnlyList<Item> Parts, ItemDays Days)
    {
        public IEnumerable<Guid> Here => Parts.Select(part => part.Id).Prepend(Item.Id);
    }

    private async Task<List<Asked>> AskedAsync(Programme programme, IReadOnlyList<Item> items, CancellationToken ct)
    {
        var ids = items.Select(item => item.Id).ToArray();
        var on = day;
        var found = await EvidenceList.BelowAsync(
            db.ItemsFor(reader, Right.Read).AsNoTracking().Where(part => (part.Kind == ItemKind.Measure || part.Kind == ItemKind.Point)
                && (part.RemovedOn == null || part.RemovedOn > on) && (part.AddedOn == null || part.AddedOn <= on)),
            ids, ct);
        var whole = ids.ToDictionary(id => id); // the item in whose dossier each part stands: what is above came first
        found.ForEach(part => whole[part.Id] = whole[part.ParentId!.Value]);
        var parts = found.OrderBy(part => part.SortKey, StringComparer.Ordinal).ToLookup(part => whole[part.Id]);
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId) && fact.On <= on && fact.VoidedAt == null)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        return [.. items.Select(item => new Asked(item, [.. parts[item.Id]], DaysOf(programme, item, [.. facts[item.Id]], day)))];
    }

    private Dossier Of(Asked asked, int no, Requirements requirements, ILookup<Guid, DossierPiece> pieces)
    {
        var (item, parts) = (asked.Item, asked.Parts);
        HashSet<Guid> here = [.. asked.Here];
        var above = parts.ToDictionary(part => part.Id, part => part.ParentId!.Value);
        // What proves a point proves the measure that it stands below.
        HashSet<Guid> Proved(DossierPiece piece)
        {
            HashSet<Guid> proved = [.. piece.Items];
            foreach (var used in piece.Items)
            {
                for (var part = used; above.TryGetValue(part, out var next) && next != item.Id; part = next)
                {
                    proved.Add(next);
                }
            }

            return proved;
        }

        var own = here.SelectMany(id => pieces[id]).DistinctBy(piece => piece.Piece.Id).ToList();
        var lines = DossierState.Of(
            requirements, item.TaskType, item.Id, [.. parts.Where(part => part.Kind is ItemKind.Measure).Select(part => part.Id)], here,
            own.ConvertAll(piece => new FiledPiece(piece.Piece.Id, piece.Piece.Details, piece.File.FileHash, Proved(piece), piece.SameAs is not null && piece.Shared is null)),
            asked.Days, day);
        return new(item, no, requirements, [item, .. parts], lines, own.ToDictionary(piece => piece.Piece.Id));
    }

    /// <summary>The days of an item by its facts up to a day.</summary>
    internal static ItemDays DaysOf(Programme programme, Item item, IReadOnlyList<ItemFact> facts, DateOnly day)
    {
        var since = facts.Skip(facts.ToList().FindLastIndex(fact => fact.Kind is FactKind.Reopened) + 1).ToList();
        var happened = new Dictionary<RequiredFrom, DateOnly>();
        foreach (var fact in since)
        {
            RequiredFrom? what = fact.Kind switch
            {
                FactKind.Completed => RequiredFrom.Completed,
                FactKind.Applied => RequiredFrom.Applied,
                FactKind.Accepted => RequiredFrom.Accepted,
                FactKind.NoticeOpened => RequiredFrom.NoticeOpened,
                FactKind.NoticeEnded => RequiredFrom.NoticeEnded,
                FactKind.SignedOff => RequiredFrom.SignedOff,
                FactKind.Closed => RequiredFrom.Closed,
                _ => null,
            };
            if (what is { } one)
            {
                happened.TryAdd(one, fact.On);
            }
        }

        var approved = programme.ApprovedOn <= day ? programme.ApprovedOn : null;
        var due = facts.LastOrDefault(fact => fact.Kind is FactKind.DeadlineChanged && fact.To is not null)?.To ?? item.DeadlineDate;
        return new(approved, due, facts.FirstOrDefault(fact => fact.Kind is FactKind.Started)?.On ?? approved, happened);
    }

    // The pieces of all items at once, by item, each with its newest file on the day, and whether that file came before.
    private async Task<ILookup<Guid, DossierPiece>> PiecesAsync(Guid[] items, bool statesOnly, CancellationToken ct)
    {
        // By ids: asked in one question for what its items' uses name, SQLite looks at every piece that there is.
        var used = await db.PieceUses().Where(use => EF.Parameter(items).Contains(use.ItemId)).Select(use => use.PieceId).Distinct().ToArrayAsync(ct);
        var pieces = await db.PiecesAmong(used).AsNoTracking().Where(piece => piece.AddedAt < end && (piece.WithdrawnAt == null || piece.WithdrawnAt >= end)).ToListAsync(ct);
        var ids = pieces.Select(piece => piece.Id).ToArray();
        var uses = (await db.PieceUses().Where(use => EF.Parameter(ids).Contains(use.PieceId)).Select(use => new { use.PieceId, use.ItemId }).ToListAsync(ct)).ToLookup(use => use.PieceId, use => use.ItemId);
        var versions = await db.PieceVersions().AsNoTracking().Where(version => EF.Parameter(ids).Contains(version.PieceId) && version.AddedAt < end).ToListAsync(ct);
        var files = versions.GroupBy(version => version.PieceId).ToDictionary(group => group.Key, group => group.MaxBy(version => version.No)!);
        var hashes = files.Values.Select(file => file.FileHash).Distinct().ToArray();
        var earliest = await EarliestAsync(versions, ids, ct);
        var shared = (await db.SharedFiles().AsNoTracking()
                .Where(one => EF.Parameter(ids).Contains(one.PieceId) && one.At < end && (one.TakenBackAt == null || one.TakenBackAt >= end)).ToListAsync(ct))
            .ToLookup(one => (one.PieceId, one.Hash));
        var shown = statesOnly ? [] : hashes;
        var checks = shown.Length == 0 ? [] : await db.FileChecks().AsNoTracking().Where(check => EF.Parameter(shown).Contains(check.Hash)).ToDictionaryAsync(check => check.Hash, ct);
        var previews = shown.Length == 0 ? [] : await db.Previews().AsNoTracking().Where(preview => EF.Parameter(shown).Contains(preview.Hash)).ToDictionaryAsync(preview => preview.Hash, ct);
        var read =
            from piece in pieces
            where files.ContainsKey(piece.Id)
            let file = files[piece.Id]
            let first = earliest.GetValueOrDefault(file.FileHash, piece.Id)
            select new DossierPiece(
                piece, file, [.. uses[piece.Id]], first == piece.Id ? null : first, shared[(piece.Id, file.FileHash)].FirstOrDefault(), checks.GetValueOrDefault(file.FileHash),
                previews.GetValueOrDefault(file.FileHash));
        return read.SelectMany(piece => piece.Items, (piece, item) => (item, piece)).ToLookup(one => one.item, one => one.piece);
    }

    // Of all standing pieces that have or had the file, the one that had it first, whoever may read that one: a file that was replaced proves nothing a second time either.
    private async Task<Dictionary<string, Guid>> EarliestAsync(List<PieceVersion> own, Guid[] pieces, CancellationToken ct)
    {
        // Few files stand twice: asked for so, only those come.
        var others = await (
            from version in db.PieceVersions()
            where EF.Parameter(pieces).Contains(version.PieceId) && version.AddedAt < end
            join other in db.PieceVersions() on version.FileHash equals other.FileHash
            where other.PieceId != version.PieceId && other.AddedAt < end
            select new { other.FileHash, other.AddedAt, other.Id, other.PieceId }).Distinct().ToListAsync(ct);
        var standing = pieces.ToHashSet();
        if (others.Select(one => one.PieceId).Where(piece => !standing.Contains(piece)).Distinct().ToArray() is { Length: > 0 } unknown)
        {
            standing.UnionWith(await db.PiecesAmong(unknown).Where(piece => piece.AddedAt < end && (piece.WithdrawnAt == null || piece.WithdrawnAt >= end)).Select(piece => piece.Id).ToListAsync(ct));
        }

        return own.Select(one => new { one.FileHash, one.AddedAt, one.Id, one.PieceId }).Concat(others.Where(one => standing.Contains(one.PieceId)))
            .GroupBy(one => one.FileHash).ToDictionary(group => group.Key, group => group.OrderBy(one => one.AddedAt).ThenBy(one => one.Id).First().PieceId);
    }
}
