using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Platform.Files;

/// <summary>Ends uploads whose time is over, and takes away files that came by one and that nothing uses.</summary>
/// <remarks>A file that stood in the store before, or was put there again since, is left: someone else may rely on it.</remarks>
internal sealed class SweepUploads(Db db, JournalWriter journal, FileStore files, TimeProvider clock) : IJob
{
    private const int Batch = 100;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var over = await db.UploadsUntil(clock.NowMs).OrderBy(upload => upload.ExpiresAt).Take(Batch).ToListAsync(ct);
        foreach (var upload in over)
        {
            files.RemovePart(upload.Id);
            if (upload is { FileHash.Length: > 0, StoodBefore: false } && !await db.UsesFileAsync(upload.FileHash, upload.Id, ct))
            {
                files.Remove(upload.FileHash, upload.ExpiresAt);
            }

            db.Remove(upload);
        }

        if (over.Count > 0)
        {
            await journal.SaveBookkeepingAsync(ct);
        }

        return over.Count;
    }
}

internal static class FilesRegistration
{
    /// <summary>The store of files and the uploads into it.</summary>
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileStore>();
        services.AddSingleton<UploadHashes>();
        services.AddScoped<Uploads>();
        services.AddJob<SweepUploads>();
    }
}
