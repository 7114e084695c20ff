using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Notices;

/// <summary>A file as it arrives with an objection. Its name is not kept: it may tell who sent it.</summary>
public sealed record ObjectionUpload(Stream Content, long Size);

/// <summary>Takes an objection: from anybody on the public page, or entered by the office that received it. If it is in time, the notice's clock stops.</summary>
internal sealed class ReceiveObjection(Db db, JournalWriter journal, FileStore files, NoticeWork work, ObjectorSeal seal)
{
    public const int MostFiles = 5;

    /// <summary>In MiB.</summary>
    public const int LargestMiB = 20;

    /// <summary>Bytes of a whole form.</summary>
    public const long LargestForm = (MostFiles * LargestMiB + 1L) * 1_048_576;

    private const int Tries = 20;

    /// <param name="key">Of the form: sent twice, it makes one objection.</param>
    /// <returns>The receipt code, which is kept nowhere.</returns>
    /// <exception cref="Refusal">404: no such notice. 409: it takes no objections online now, or this form was sent before. 422: a text, a name or a file that cannot be.</exception>
    public async Task<string> OnlineAsync(Guid publicId, ObjectionForm form, IReadOnlyList<ObjectionUpload> uploads, Guid key, CancellationToken ct)
    {
        var notice = await db.PublishedNotices().AsNoTracking().SingleOrDefaultAsync(one => one.PublicId == publicId, ct) ?? throw Refusal.NotFound("public-notice", publicId);
        if (!IsOpenOnline(notice, await db.ObjectionDesks().AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == notice.ProgrammeId, ct), work.Today))
        {
            throw Refusal.Conflict("objection.closed", "This notice takes no objections here now.");
        }

        if (form.Name.Trim().Length == 0 || form.Contact.Trim().Length == 0)
        {
            throw Refusal.Invalid("objection.name", "Give your name, and where you can be reached.");
        }

        return await RunAsync(notice.Id, form with { Means = ObjectionMeans.Online, DatedOn = null }, work.Today, uploads, key, Actor.System("public"), ct);
    }

    public static bool IsOpenOnline(PublicNotice notice, ObjectionDesk? desk, DateOnly today) => desk is { Online: true } && notice.IsRunning && (notice.EndsOn is not { } last || last >= today);

    /// <param name="received">The day on which the office had it.</param>
    /// <returns>The receipt code, to be handed on.</returns>
    /// <exception cref="Refusal">404: no such notice. 403: another office's. 409: the notice has not gone out. 422: a text, a day or a file that cannot be.</exception>
    public async Task<string> ByOfficeAsync(Guid id, ObjectionForm form, DateOnly received, IReadOnlyList<ObjectionUpload> uploads, Guid key, Access by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(by).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is { } named && NoticeWork.Receives(by, named) ? named : (await work.ForOfficeAsync(id, by, ct)).Notice;
        if (!notice.IsPublic)
        {
            throw Refusal.Conflict("notice.not-published", "This notice has not gone out.");
        }

        if (form.Means is ObjectionMeans.Online)
        {
            throw Refusal.Malformed("Objections online come by the public page.");
        }

        if (received > work.Today || received < notice.From || form.DatedOn is not { } dated || dated > received)
        {
            throw Refusal.Invalid("objection.dates", $"It was received between {notice.From:yyyy-MM-dd} and today, and sent no later than that.", notice.From);
        }

        return await RunAsync(id, form, received, uploads, key, by.Actor, ct);
    }

    private async Task<string> RunAsync(Guid id, ObjectionForm form, DateOnly received, IReadOnlyList<ObjectionUpload> uploads, Guid key, Actor by, CancellationToken ct)
    {
        if (uploads.Count > MostFiles || uploads.Any(upload => upload.Size > LargestMiB * 1_048_576L))
        {
            throw Refusal.Invalid("objection.files", $"At most {MostFiles} files of at most {LargestMiB} MiB each.", MostFiles, LargestMiB);
        }

        if (form.Name.Trim().Length > 50 || form.Contact.Trim().Length > 100)
        {
            throw Refusal.Invalid("objection.name-long", "A name has at most 50 characters, a contact 100.");
        }

        if (form.Text.Trim().Length is 0 or > 4_000 || form.Place.Trim().Length > 200)
        {
            throw Refusal.Invalid("objection.text", "Say in 1 to 4,000 characters what is wrong; the place has at most 200."); // before a file is kept
        }

        foreach (var upload in uploads)
        {
            if (!IsTaken(FileTypes.Of(upload.Content)))
            {
                throw Refusal.Invalid("objection.file-type", "Pictures, films, PDF and office documents are taken.");
            }
        }

        var kept = new List<(KeptFile File, string Type)>();
        foreach (var upload in uploads)
        {
            kept.Add(await KeepAsync(upload, ct));
        }

        var hashes = kept.ConvertAll(one => one.File.Sha256);
        if (await db.FileChecks().AnyAsync(check => hashes.Contains(check.Hash) && check.Result == FileCheckResult.Destroyed, ct))
        {
            throw Refusal.Conflict("evidence.destroyed", "This very file was destroyed by decision and is not taken again.");
        }

        for (var tried = 1; ; tried++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await TryAsync(id, form, received, kept, key, by, ct);
            }
            catch (Refusal lost) when (lost.Code is "taken" or "stale" && tried < Tries)
            {
                // Another objection to the same notice came in the same moment.
                if (await db.Objections().AnyAsync(one => one.FormKey == key, ct))
                {
                    throw Sent();
                }
            }
        }
    }

    private static Refusal Sent() => Refusal.Conflict("objection.sent", "This form was sent already.");

    private async Task<string> TryAsync(Guid id, ObjectionForm form, DateOnly received, List<(KeptFile File, string Type)> kept, Guid key, Actor by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(NoticeWork.Room).SingleAsync(one => one.Id == id, ct);
        var before = await db.Objections().Where(one => one.NoticeId == id).ToListAsync(ct);
        if (before.Exists(one => one.FormKey == key))
        {
            throw Sent();
        }

        var (_, cases) = await work.CasesAsync(notice, ct);
        if (form.Closure is { } about && !cases.Exists(one => one.Closure.Id == about))
        {
            throw Refusal.Malformed("The notice does not tell of that item.");
        }

        var dated = form.DatedOn ?? received;
        var inTime = dated >= notice.From && (notice.EndsOn is not { } last || dated <= last) && notice.State is not NoticeState.Stopped;
        var code = ReceiptCode.Make();
        var objection = db.Add(Objection.Create(notice, before.Count + 1, form, received, inTime, seal.Close(form.Name.Trim(), form.Contact.Trim()), code, key, work.Now)).Entity;
        db.AddRange(kept.Select(one => new ObjectionFile
        {
            ObjectionId = objection.Id,
            NoticeId = id,
            FileHash = one.File.Sha256,
            Sm3 = one.File.Sm3,
            Size = one.File.Size,
            Type = one.Type,
        }));
        await work.ReckonAsync(notice, [.. before, objection], ct);
        var concerned = cases.Where(one => NoticeWork.IsIn(one.Closure, notice) && (form.Closure is null || one.Closure.Id == form.Closure)).Select(one => one.Item.Id);
        var facts = inTime ? await work.PlaceAsync(concerned, FactKind.Objected, received, FactKind.NoticeOpened, by, ct) : [];

        await journal.CommitAsync(
            new ObjectionReceived
            {
                Subject = id,
                By = by,
                At = work.Now,
                Notice = JournalBytes.Text(notice.PublicId),
                Objection = JournalBytes.Text(objection.PublicId),
                Means = objection.Means,
                DatedOn = objection.DatedOn,
                ReceivedOn = received,
                InTime = inTime,
                Files = [.. kept.Select(one => JournalFile.Of(one.File.Sha256, one.File.Sm3))],
            },
            [.. facts], ct);
        return code;
    }

    private async Task<(KeptFile File, string Type)> KeepAsync(ObjectionUpload upload, CancellationToken ct)
    {
        var type = FileTypes.Of(upload.Content);
        using var hash = new RunningHash();
        upload.Content.Position = 0;
        await hash.AppendAsync(upload.Content, long.MaxValue, ct);
        upload.Content.Position = 0;
        await files.KeepAsync(upload.Content, LargestMiB * 1_048_576L, ct);
        return (hash.Finish(), type.Name);
    }

    private static bool IsTaken(FileType type) => type.Family is FileFamily.Image or FileFamily.Pdf or FileFamily.Office || type.Name is "heic" or "tiff" or "mp4" or "audio" or "ofd";
}

/// <summary>Name and contact of whoever objected.</summary>
public sealed record Objector(string Name, string Contact);

/// <summary>Encrypts who objected with the product's keys, which stand beside the database and not in it.</summary>
internal sealed class ObjectorSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("rectify/objector");

    public string Close(string name, string contact) => name.Length + contact.Length == 0 ? "" : protector.Protect(JsonSerializer.Serialize(new Objector(name, contact)));

    /// <returns>Empty where nobody was named; <see langword="null"/> where the key is lost.</returns>
    public Objector? Open(string @sealed)
    {
        try
        {
            return @sealed.Length == 0 ? new("", "") : JsonSerializer.Deserialize<Objector>(protector.Unprotect(@sealed));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Shows the office who objected. That it looked stands in the journal before it sees anything.</summary>
internal sealed class ReadObjector(Db db, JournalWriter journal, NoticeWork work, ObjectorSeal seal)
{
    /// <exception cref="Refusal">404: no such objection. 403: another office's. 409: the key is lost.</exception>
    public async Task<Objector> RunAsync(Guid id, Access by, CancellationToken ct)
    {
        var objection = await db.Objections().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("objection", id);
        var (notice, _) = await work.ForOfficeAsync(objection.NoticeId, by, ct);
        await journal.CommitAsync(
            new ObjectorRead { Subject = notice.Id, By = by.Actor, At = work.Now, Notice = JournalBytes.Text(notice.PublicId), Objection = JournalBytes.Text(objection.PublicId) }, ct);
        return seal.Open(objection.Sealed) ?? throw Refusal.Conflict("objection.key-lost", "The key that name and contact were encrypted with is not there.");
    }
}
