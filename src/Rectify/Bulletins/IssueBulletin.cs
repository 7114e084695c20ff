using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Bulletins;

/// <summary>Issues a bulletin: gives it the next number, keeps it word for word, and its Word file and PDF by content.</summary>
/// <remarks>
/// The number is one more than the highest given so far, and a unique index lets only one take it: whoever comes second takes the next.
/// It is given in the transaction that saves the bulletin, so whatever fails before that leaves no gap. The files are on disk first; those
/// of an issue that failed stay there without a name that anyone knows.
/// </remarks>
public sealed class IssueBulletin(Db db, JournalWriter journal, FileStore files, TimeProvider clock)
{
    /// <summary>How often the next number is tried for before it is given up.</summary>
    private const int Tries = 40;

    private const long LargestFile = 64 * 1024 * 1024;

    /// <returns>Year (0 where numbers run on) and number.</returns>
    /// <exception cref="Refusal">
    /// 404: no such bulletin. 403: another office's. 409: the round is not closed, the bulletin was issued already or changed meanwhile, or no font is installed.
    /// 507: the disk is full.
    /// </exception>
    public async Task<(int Year, int No)> RunAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        for (var tried = 1; ; tried++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await TryAsync(id, version, by, ct);
            }
            catch (Refusal lost) when (lost.Code == "taken" && tried < Tries)
            {
                // Another bulletin took the number in the same moment.
            }
        }
    }

    private async Task<(int Year, int No)> TryAsync(Guid id, int version, Access by, CancellationToken ct)
    {
        var bulletin = await BulletinView.ForOfficeAsync(db, id, by, ct);
        bulletin.DemandDraft(version);
        var record = await RoundRecord.ReadAsync(db, bulletin.RoundId, clock.Today, ct);
        if (record.Round.State is not RoundState.Closed)
        {
            throw Refusal.Conflict("bulletin.round-open", "The round is not closed: its figures can still change.");
        }

        var (series, today, words) = (await SetSeries.OfAsync(db, record.Programme, ct), clock.Today, Words.In(Language.Default));
        var year = series.YearOf(today);
        var no = await NextAsync(record.Programme.Id, series, year, ct);
        var content = BulletinText.Of(
            record, BulletinFigures.Of(record), bulletin.Written, series.Details, BulletinText.Issue(year, no, words), today, words, links: false);
        var now = clock.NowMs;
        BulletinFile[] kept = [await KeepAsync(id, content, now, "docx", ct), await KeepAsync(id, content, now, "pdf", ct)];
        var json = (content with { Salt = HashSalt.New() }).ToJson();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

        var issued = bulletin.Issue(version, year, no, today, json, hash, kept, by.Actor, now);
        db.AddRange(kept);

        await journal.CommitAsync(issued, ct);
        return (year, no);
    }

    private async Task<int> NextAsync(Guid programme, BulletinSeries series, int year, CancellationToken ct)
    {
        var given = db.BulletinsFor(Office.Room).Where(bulletin => bulletin.ProgrammeId == programme && bulletin.No != null);
        return await given.Where(bulletin => bulletin.Year == year).MaxAsync(bulletin => bulletin.No, ct) + 1
            ?? (await given.AnyAsync(ct) ? 1 : series.FirstNo); // the first number is for the first bulletin alone: a new year begins with 1
    }

    private async Task<BulletinFile> KeepAsync(Guid bulletin, BulletinContent content, DateTimeOffset made, string ending, CancellationToken ct)
    {
        var bytes = BulletinPaper.Write(content, made, ending, ct);
        using var hash = new RunningHash();
        hash.Append(bytes);
        var kept = hash.Finish();
        using var file = new MemoryStream(bytes);
        await files.KeepAsync(file, LargestFile, ct);
        return new()
        {
            BulletinId = bulletin,
            Ending = ending,
            FileHash = kept.Sha256,
            Sm3 = kept.Sm3,
            Size = kept.Size,
        };
    }
}
