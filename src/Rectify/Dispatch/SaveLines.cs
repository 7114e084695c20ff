using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Saves several lines of one return as one act: all of them or none.</summary>
public sealed class SaveLines(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Version">The line's version that the person saw.</param>
    public sealed record Line(Guid Id, int Version, StatedLine Stated);

    /// <param name="lines">At least one, each of this return.</param>
    /// <param name="document">The file that they come from; <see langword="null"/> when there is none.</param>
    /// <exception cref="Refusal">As <see cref="SaveLine"/>; nothing is saved then.</exception>
    public async Task RunAsync(Guid id, IReadOnlyCollection<Line> lines, KeptFile? document, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var rows = await db.ReturnLines().Where(line => line.ReturnId == id).ToDictionaryAsync(line => line.Id, ct);

        await LineSaving.TakeAsync(
            db, whole, [.. lines.Select(line => (rows.GetValueOrDefault(line.Id) ?? throw Refusal.NotFound("line", line.Id), line.Version, line.Stated))], by, clock, ct);

        await journal.CommitAsync(
            new ReturnLinesSaved { Subject = id, By = by.Actor, At = clock.NowMs, Count = lines.Count, Files = document is { } file ? [JournalFile.Of(file.Sha256, file.Sm3)] : [] }, ct);
    }
}
