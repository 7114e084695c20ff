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

    private static readonly DraftRole[] Responsible = [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate];

    /// <param name="items">Of one programme; at least one.</param>
    /// <param name="upload">One's own, complete. It ends with this: the file is the piece's then.</param>
    /// <exception cref="Refusal">
    /// 403: none of their units is responsible, accepts or supervises. 404: no such item or upload for them. 409: the file has not arrived whole. 422: a program, or details that cannot be.
    /// </exception>
    public async Task<Guid> RunAsync(IReadOnlyCollection<Guid> items, PieceDetails details, Guid upload, Access by, CancellationToken ct)
    {
        var (proves, hand) = await ProvesAsync(db, items, by, ct);
        var arrived = await uploads.CompleteAsync(upload, by.Actor, ct);
        var piece = Piece.Create(proves[0].ProgrammeId, hand.Unit, details, clock.NowMs, clock.Today, hand.Judges);
        var version = await VersionAsync(db, piece, "", arrived, files, by, clock.NowMs, ct);
        db.Add(piece);
        db.Add(version);
        db.AddRange(proves.Select(item => PieceUse.Of(piece, item.Id)));
        db.Remove(arrived);
        await PieceMarks.CommitAsync(
            db, journal,
            new EvidenceAdded
            {
                Subject = piece.Id,
                By = by.Actor,
                At = clock.NowMs,
                Piece = JournalBytes.Text(piece.PublicId),
                PieceKind = piece.Kind,
                EffectiveOn = piece.EffectiveOn,
                Items = [.. proves.Select(item => JournalBytes.Text(item.PublicId))],
                Files = [JournalFile.Of(version.FileHash, version.Sm3)],
            },
            [version.FileHash], ct);
        return piece.Id;
    }

    /// <summary>The items, each of which one of their own units answers for, accepts or supervises, and as whom they hand in for the first.</summary>
    internal static async Task<(List<Item> Items, Hand Hand)> ProvesAsync(Db db, IReadOnlyCollection<Guid> ids, Access by, CancellationToken ct)
    {
        if (ids.Count is 0 or > MostItems)
        {
            throw Refusal.Invalid("evidence.items", $"A piece of evidence proves 1 to {MostItems} items.", MostItems);
        }

        var found = await db.ItemsToProve(by).Where(item => ids.Contains(item.Id) && item.RemovedOn == null).ToDictionaryAsync(item => item.Id, ct);
        var items = ids.Distinct().Select(id => found.GetValueOrDefault(id) ?? throw Refusal.NotFound("item", id)).ToList();
        if (items.Exists(item => item.ProgrammeId != items[0].ProgrammeId))
        {
            throw Refusal.Invalid("evidence.programmes", "The items belong to one programme.");
        }

        var hand = await HandForAsync(db, items[0], by, ct);
        foreach (var item in items.Skip(1))
        {
            await HandForAsync(db, item, by, ct);
        }

        return (items, hand);
    }

    /// <summary>Whether one of their own units may hand in evidence for the item.</summary>
    internal static async Task<bool> MayAsync(Db db, Guid id, Access by, CancellationToken ct) =>
        await db.ItemsToProve(by).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id && item.RemovedOn == null, ct) is { } item
        && await HandAsync(db, item, by, ct) is not null;

    /// <summary>Whether one of their own units leads, does or helps with the item, or they are its office.</summary>
    internal static async Task<bool> AnswersAsync(Db db, Guid id, Access by, CancellationToken ct) =>
        await db.ItemsFor(by, Right.Report).AsNoTracking().SingleOrDefaultAsync(item => item.Id == id && item.RemovedOn == null, ct) is { } item
        && await ResponsibleAsync(db, await PartsAsync(db, item, ct), by, ct) is not null;

    private static async Task<Hand> HandForAsync(Db db, Item item, Access by, CancellationToken ct) =>
        await HandAsync(db, item, by, ct)
            ?? throw Refusal.NotAllowed("evidence.not-responsible", "Evidence is handed in by the units that are responsible for the item, that accept or supervise it.");

    // The own unit nearest to one that leads, does or helps with the item, a part of it or what it is part of; else the one that accepts or supervises it, which proves what it saw.
    private static async Task<Hand?> HandAsync(Db db, Item item, Access by, CancellationToken ct)
    {
        var parts = await PartsAsync(db, item, ct);
        return await ResponsibleAsync(db, parts, by, ct) is { } unit ? new(unit, false)
            : (await AcceptingAsync(db, item, parts, by, ct) ?? Supervising(parts, by)) is { } judge ? new(judge, true)
            : null;
    }

    private static async Task<Guid?> ResponsibleAsync(Db db, IReadOnlyList<Part> parts, Access by, CancellationToken ct)
    {
        var own = by.OwnUnits(Right.Report);
        var units = await db.Units().Where(unit => own.Contains(unit.Id)).Select(unit => new { unit.Id, unit.Path, Top = unit.ParentId == null }).ToListAsync(ct);
        return units.Where(unit => unit.Top || parts.Any(part => Responsible.Contains(part.Role) && part.Path.StartsWith(unit.Path, StringComparison.Ordinal)))
            .OrderByDescending(unit => unit.Path.Length).Select(unit => (Guid?)unit.Id).FirstOrDefault();
    }

    // Accepting units as the plan names them, of the item or the nearest above that names any; where none is named, whoever accepts there.
    private static async Task<Guid?> AcceptingAsync(Db db, Item item, IReadOnlyList<Part> parts, Access by, CancellationToken ct)
    {
        var held = by.HeldAs(Role.Acceptor);
        if (held.Count == 0)
        {
            return null;
        }

        var named = parts.Where(part => part is { Role: DraftRole.Accept, Above: >= 0 }).GroupBy(part => part.Above).MinBy(group => group.Key)?.Select(part => part.Path).ToList();
        return named is null && !await db.ItemsFor(by, Right.Accept).AnyAsync(one => one.Id == item.Id, ct) ? null
            : held.Where(duty => named is null || named.Exists(path => path.StartsWith(duty.Path, StringComparison.Ordinal)))
                .OrderByDescending(duty => duty.Path.Length).Select(duty => (Guid?)duty.Unit).FirstOrDefault();
    }

    private static Guid? Supervising(IReadOnlyList<Part> parts, Access by) => by.HeldAs(Role.Supervisor)
        .Where(duty => parts.Any(part => part.Role is not DraftRole.Accept && part.Path.StartsWith(duty.Path, StringComparison.Ordinal)))
        .OrderByDescending(duty => duty.Path.Length).Select(duty => (Guid?)duty.Unit).FirstOrDefault();

    // The units of the item, of its own parts and of all above it.
    private static async Task<List<Part>> PartsAsync(Db db, Item item, CancellationToken ct)
    {
        var room = Access.OfSystem(Actor.System(nameof(AddEvidence)));
        var places = (await db.ItemsFor(room, Right.Read).Where(part => part.ParentId == item.Id).Select(part => part.Id).ToListAsync(ct)).ToDictionary(id => id, _ => -1);
        for (var next = (Guid?)item.Id; next is { } id;)
        {
            places[id] = places.Count; // grows on the way up
            next = await db.ItemsFor(room, Right.Read).Where(above => above.Id == id).Select(above => above.ParentId).SingleOrDefaultAsync(ct);
        }

        var ids = places.Keys.ToArray();
        return
        [
            .. (await db.ItemUnits().Where(part => ids.Contains(part.ItemId) && part.UnitId != null)
                .Join(db.Units(), part => part.UnitId, unit => unit.Id, (part, unit) => new { part.ItemId, part.Role, unit.Path }).ToListAsync(ct))
                .Select(part => new Part(part.Role, part.Path, places[part.ItemId])),
        ];
    }

    /// <param name="Judges">Whether they accept or supervise it, and do not answer for it.</param>
    internal sealed record Hand(Guid Unit, bool Judges);

    /// <param name="Above">How far above the item, growing on the way up; -1 for its own parts.</param>
    private sealed record Part(DraftRole Role, string Path, int Above);

    /// <summary>The piece's next file: what it is, and what it says of itself.</summary>
    internal static async Task<PieceVersion> VersionAsync(
        Db db, Piece piece, string reason, Upload arrived, FileStore files, Access by, DateTimeOffset now, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (await db.FileChecks().AnyAsync(check => check.Hash == arrived.FileHash && check.Result == FileCheckResult.Destroyed, ct))
        {
            throw Refusal.Conflict("evidence.destroyed", "This very file was destroyed by decision and is not taken again.");
        }

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
