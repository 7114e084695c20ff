using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;

namespace Rectify.Workbooks;

/// <summary>A unit's return goes out as a workbook and comes back filled in: shown first, then confirmed as one act.</summary>
internal sealed class TakeWorkbook(Db db, SaveLines save, Uploads uploads, FileStore files, TimeProvider clock)
{
    /// <summary>The workbook of a return as it stands now.</summary>
    /// <exception cref="Refusal">404: no such return, or another unit's. 409: submitted, accepted or closed.</exception>
    public async Task<(string FileName, byte[] File)> MakeAsync(Guid id, Words words, Access by, CancellationToken ct)
    {
        var view = await ViewAsync(id, by, ct);
        view.Round.DemandOpen();
        view.Return.DemandWritable();
        var book = ReturnBook.Of(view, words);
        return ($"{book.Title}-{view.Unit}.xlsx", BookWriter.Write(book, clock.NowMs));
    }

    /// <summary>Keeps a workbook that came back for as long as an upload is kept, so that it can be looked at and confirmed.</summary>
    /// <remarks>Nothing is kept of a file that cannot be read.</remarks>
    /// <exception cref="Refusal">As <see cref="PreviewAsync"/>; 422 also: no workbook, too large, damaged, with macros.</exception>
    public async Task<Guid> KeepAsync(Guid id, Stream content, string fileName, Access by, CancellationToken ct)
    {
        await ViewAsync(id, by, ct); // before anything of a stranger's file is read
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > FilledBook.LargestFile)
            {
                break; // the reader below says so
            }
        }

        bytes.Position = 0;
        await ReckonAsync(id, FilledBook.Read(bytes, fileName, ct), by, ct);
        bytes.Position = 0;
        return (await uploads.ReceiveAsync(bytes, bytes.Length, fileName, by.Actor, ct)).Id;
    }

    /// <summary>What confirming a kept workbook would do now. Saves nothing.</summary>
    /// <exception cref="Refusal">
    /// 404: no such return or upload of theirs. 409: the workbook of another return, or this one was submitted or closed meanwhile. 422: not a workbook of ours.
    /// </exception>
    public async Task<WorkbookPreview> PreviewAsync(Guid id, Guid upload, Access by, CancellationToken ct)
    {
        await ViewAsync(id, by, ct);
        var kept = await uploads.CompleteAsync(upload, by.Actor, ct);
        await using var content = files.Open(kept.FileHash);
        var filled = FilledBook.Read(content, kept.FileName, ct);
        var (view, reckoning) = await ReckonAsync(id, filled, by, ct);
        var stale = await LineHistory.SinceAsync(db, id, reckoning.Stale, ct);
        return new WorkbookPreview
        {
            View = view,
            FileName = kept.FileName,
            Upload = upload,
            Document = new(kept.FileHash, kept.Sm3, kept.Length),
            Made = filled.Memory.Made,
            Errors = reckoning.Errors,
            Notices = reckoning.Notices,
            Lines = reckoning.Lines,
            Stale =
            [
                .. from line in view.Lines
                   let moved = reckoning.Moved.Where(one => one.Line == line).Select(one => one.Change).ToList()
                   where moved.Count > 0 || reckoning.Stale.Exists(one => one.Line == line)
                   select new StaleLine(line, [.. stale[line.Row.Id]], moved),
            ],
        }.Sealed();
    }

    /// <summary>Takes a kept workbook over, as one act: every line in it, or nothing.</summary>
    /// <param name="seal">The seal of the preview that the person saw.</param>
    /// <exception cref="Refusal">
    /// As <see cref="PreviewAsync"/>. 409: lines changed since the workbook was made, or since the preview, or there is nothing to take over. 422: cells with errors.
    /// </exception>
    public async Task<WorkbookPreview> RunAsync(Guid id, Guid upload, string seal, Access by, CancellationToken ct)
    {
        var preview = await PreviewAsync(id, upload, by, ct);
        if (preview.Errors is [var first, ..])
        {
            throw Refusal.Invalid(
                "workbook.errors", $"{preview.Errors.Count} cells cannot be taken over, the first is {first.Sheet}!{first.Cell} ({first.Code}). Nothing was saved.",
                preview.Errors.Count, $"{first.Sheet}!{first.Cell}");
        }

        if (preview.Stale is [var stale, ..])
        {
            throw Refusal.Conflict(
                "workbook.stale", $"{preview.Stale.Count} items changed since the workbook was downloaded, the first is no. {stale.Line.Row.No}. Download it again.",
                preview.Stale.Count, stale.Line.Row.No);
        }

        if (preview.Lines.Count == 0)
        {
            throw Refusal.Conflict("workbook.same", "The workbook says what stands already. Nothing was saved.");
        }

        if (seal != preview.Seal)
        {
            throw Refusal.Conflict("workbook.moved-on", "Something changed since this preview. Look at it again.");
        }

        await save.RunAsync(id, [.. preview.Lines.Select(line => new SaveLines.Line(line.Line.Row.Id, line.Line.Row.Version, line.Stated))], preview.Document, by, ct);
        return preview;
    }

    private async Task<(ReturnView View, BookReckoning Reckoning)> ReckonAsync(Guid id, FilledBook filled, Access by, CancellationToken ct)
    {
        var view = await ViewAsync(id, by, ct);
        if (filled.Memory.Return != id)
        {
            // Whoever may not read the other return learns nothing of it.
            var other = await db.ReturnsFor(by).AsNoTracking().Where(one => one.Id == filled.Memory.Return)
                .Join(db.RoundsFor(Office.Room), one => one.RoundId, round => round.Id, (one, round) => new { one, round })
                .Join(db.Units(), pair => pair.one.UnitId, unit => unit.Id, (pair, unit) => new { pair.round, unit.ShortName }).FirstOrDefaultAsync(ct)
                ?? throw Refusal.NotFound("return", filled.Memory.Return);
            var words = Words.In(filled.Memory.Language);
            throw Refusal.Conflict("workbook.other", $"This is the workbook of {other.ShortName}, {words.Title(other.round)}.", other.ShortName, words.Title(other.round));
        }

        if (view.Round.State is RoundState.Closed && view.Round.ClosedAt is { } closed)
        {
            throw Refusal.Conflict("workbook.closed", $"The round was closed on {closed:u}. Nothing is taken over any more.", closed);
        }

        view.Round.DemandOpen();
        if (!ReturnFlow.IsWritable(view.Return.State) && view.Steps is [var step, ..])
        {
            throw Refusal.Conflict(
                "workbook.submitted", $"{step.Who}, {step.Unit}: {step.Act} on {step.At:u}. Nothing is taken over unless the return is sent back.",
                step.Who, step.At, new Phrase($"return.act.{step.Act}"), step.Unit);
        }

        view.Return.DemandWritable();
        return (view, new BookReckoning(ReturnBook.Of(view, Words.In(filled.Memory.Language)), filled, clock.Today));
    }

    /// <summary>Only the unit itself has a workbook of its return, not those above it.</summary>
    /// <exception cref="Refusal">404: no such return, or another unit's.</exception>
    public async Task<ReturnView> ViewAsync(Guid id, Access by, CancellationToken ct) =>
        await db.ReturnsToWriteFor(by).AnyAsync(one => one.Id == id, ct)
            ? await ReturnView.ReadAsync(db, by, id, clock.Today, ct)
            : throw Refusal.NotFound("return", id);
}
