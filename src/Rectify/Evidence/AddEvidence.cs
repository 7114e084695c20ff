using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Evidence;

/// <summary>Hands in a piece of evidence: a file that has arrived, what it is, and which items it proves.</summary>
internal sealed class AddEvidence(Db db, JournalWriter journal, Uploads uploads, FileStore files, TimeProvider clock)
{
    /// <summary>Items that one piece can prove.</summary>
    public const int MostItems = 50;

    /// <param name="items">Of one programme; at least one.</param>
    /// <param name="upload">One's own, complete. It ends with this: the file is the piece's then.</param>
    /// <exception cref="Refusal">
    /// 403: none of their units is responsible. 404: no such item or upload for them. 409: the file has not arrived whole. 422: a program, or details that cannot be.
    /// </exception>
    public async Task<Guid> RunAsync(IReadOnlyCollection<Guid> items, PieceDetails details, Guid upload, Access by, CancellationToken ct)
    {
        var (proves, unit) = await ProvesAsync(db, items, by, ct);
        var arrived = await uploads.CompleteAsync(upload, by.Actor, ct);
        var piece = Piece.Create(proves[0].ProgrammeId, unit, details, clock.NowMs, clock.Today);
        var version = await VersionAsync(piece, "", arrived, files, by, clock.NowMs, ct);
        db.Add(piece);
        db.Add(version);
        db.AddRange(proves.Select(item => new PieceUse { PieceId = piece.Id, ItemId = item.Id, On = piece.EffectiveOn ?? PieceQuery.Undated }));
        db.Remove(arrived);
        await journal.CommitAsync(
            new EvidenceAdded
            {
                Subject = piece.Id,
                By = by.Actor,
                At = clock.NowMs,
                Piece = JournalBytes.Text(piece.PublicId),
                PieceKind = piece.Kind,
                EffectiveOn = piece.EffectiveOn,
                Items = [.. proves.Select(item => JournalBytes.Text(item.PublicId))],
                Files = [new(version.FileHash, version.Sm3, version.Salt)],
            },
            ct);
        return piece.Id;
    }

    /// <summary>The items, each of which one of their own units is responsible for, and that unit for the first.</summary>
    internal static async Task<(List<Item> Items, Guid Unit)> ProvesAsync(Db db, IReadOnlyCollection<Guid> ids, Access by, CancellationToken ct)
    {
        if (ids.Count is 0 or > MostItems)
        {
            throw Refusal.Invalid("evidence.items", $"A piece of evidence proves 1 to {MostItems} items.", MostItems);
        }

        var found = await db.ItemsFor(by, Right.Report).Where(item => ids.Contains(item.Id) && item.RemovedOn == null).ToDictionaryAsync(item => item.Id, ct);
        var items = ids.Distinct().Select(id => found.GetValueOrDefault(id) ?? throw Refusal.NotFound("item", id)).ToList();
        if (items.Exists(item => item.ProgrammeId != items[0].ProgrammeId))
        {
            throw Refusal.Invalid("evidence.programmes", "The items belong to one programme.");
        }

        Guid? unit = null;
        foreach (var item in items)
        {
            unit ??= await UnitForAsync(db, item, by, ct);
            if (item != items[0])
            {
                await UnitForAsync(db, item, by, ct);
            }
        }

        return (items, unit!.Value);
    }

    /// <summary>Whether one of their own units may hand in evidence for the item.</summary>
    internal static async Task<bool> MayAsync(Db db, Guid id, Access by, CancellationToken ct) =>
        await db.ItemsFor(by, Right.Report).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id && item.RemovedOn == null, ct) is { } item
        && await OwnAsync(db, item, by, ct) is not null;

    private static async Task<Guid> UnitForAsync(Db db, Item item, Access by, CancellationToken ct) =>
        await OwnAsync(db, item, by, ct)
            ?? throw Refusal.NotAllowed("evidence.not-responsible", "Evidence is handed in by the units that are responsible for the item.");

    // The own unit nearest to one that leads, does or helps with the item, a part of it or what it is part of.
    private static async Task<Guid?> OwnAsync(Db db, Item item, Access by, CancellationToken ct)
    {
        var ids = await db.ItemsFor(Access.OfSystem(Actor.System(nameof(AddEvidence))), Right.Read)
            .Where(part => part.ParentId == item.Id).Select(part => part.Id).ToListAsync(ct);
        for (var next = (Guid?)item.Id; next is { } id;)
        {
            ids.Add(id);
            next = await db.ItemsFor(Access.OfSystem(Actor.System(nameof(AddEvidence))), Right.Read)
                .Where(above => above.Id == id).Select(above => above.ParentId).SingleOrDefaultAsync(ct);
        }

        var paths = await db.ItemUnits()
            .Where(part => ids.Contains(part.ItemId) && (part.Role == DraftRole.Lead || part.Role == DraftRole.Responsible || part.Role == DraftRole.Cooperate))
            .Join(db.Units(), part => part.UnitId, unit => unit.Id, (_, unit) => unit.Path).ToListAsync(ct);
        var own = by.OwnUnits(Right.Report);
        var units = await db.Units().Where(unit => own.Contains(unit.Id)).Select(unit => new { unit.Id, unit.Path, Top = unit.ParentId == null }).ToListAsync(ct);
        return units.Where(unit => unit.Top || paths.Exists(path => path.StartsWith(unit.Path, StringComparison.Ordinal)))
            .OrderByDescending(unit => unit.Path.Length).Select(unit => (Guid?)unit.Id).FirstOrDefault();
    }

    /// <summary>The piece's next file: what it is, and what it says of itself.</summary>
    internal static async Task<PieceVersion> VersionAsync(
        Piece piece, string reason, Upload arrived, FileStore files, Access by, DateTimeOffset now, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var content = files.Open(arrived.FileHash);
        var type = FileTypes.Of(content);
        if (type.Family is FileFamily.Program)
        {
            throw Refusal.Invalid("evidence.program", $"{arrived.FileName} is a program, not evidence.", arrived.FileName);
        }

        var picture = type.Family is FileFamily.Image || type.Name is "heic" or "tiff" ? PictureFacts.Read(content) : PictureFacts.None;
        return new()
        {
            PieceId = piece.Id,
            No = piece.NextVersion(reason),
            FileHash = arrived.FileHash,
            Sm3 = arrived.Sm3,
            Size = arrived.Length,
            FileName = arrived.FileName,
            Type = type.Name,
            Salt = RandomNumberGenerator.GetBytes(32),
            Reason = reason.Trim(),
            AddedAt = now,
            AddedBy = by.Actor,
            TakenAt = picture.TakenAt,
            TakenLatitude = picture.Spot?.Latitude,
            TakenLongitude = picture.Spot?.Longitude,
            TakenWith = picture.With,
        };
    }
}
