using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

/// <summary>The files of issued bulletins, to be checked.</summary>
internal sealed class BulletinFiles(Db db) : IKeepFiles
{
    public IQueryable<RecordedFile> Files => db.BulletinFiles().Select(file => new RecordedFile { Hash = file.FileHash, Sm3 = file.Sm3 });

    public async Task<IReadOnlyList<Fact>> FoundAsync(string hash, string result, Actor by, DateTimeOffset at, CancellationToken ct) =>
    [
        .. (await db.BulletinFiles().AsNoTracking().Where(file => file.FileHash == hash).OrderBy(file => file.Id).ToListAsync(ct))
            .Select(file => new BulletinFileChecked { Subject = file.BulletinId, By = by, At = at, File = file.Ending, Result = result }),
    ];

    public async Task<IReadOnlyList<(string Hash, string Title, string Href)>> PlacesAsync(IReadOnlyCollection<string> hashes, CancellationToken ct) =>
    [
        .. (await db.BulletinFiles().Where(file => hashes.Contains(file.FileHash))
            .Join(db.BulletinsFor(Office.Room), file => file.BulletinId, bulletin => bulletin.Id, (file, bulletin) => new { file.FileHash, file.Ending, bulletin.Title, bulletin.Id }).ToListAsync(ct))
            .Select(one => (one.FileHash, $"{one.Title} ({one.Ending})", $"/bulletins/{one.Id}")),
    ];
}
