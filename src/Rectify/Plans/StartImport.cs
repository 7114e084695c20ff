using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Reading;
using Rectify.Tasks;

namespace Rectify.Plans;

/// <summary>Reads a document and keeps what was understood as a preview. Nothing of the programme changes.</summary>
public sealed class StartImport(Db db, JournalWriter journal, FileStore files, TimeProvider clock)
{
    /// <summary>Largest document; the reader's own limit.</summary>
    public const long LargestFile = 64 * 1_048_576;

    /// <summary>Largest request: the document and the little that a form has around it.</summary>
    public const long LargestRequest = LargestFile + 1_048_576;

    /// <exception cref="Refusal">
    /// 404: no such programme, or not theirs to plan. 422: a document that cannot be read, with the reason; or nothing in it is a task.
    /// </exception>
    public async Task<Guid> RunAsync(string programme, Stream content, string fileName, Access by, CancellationToken ct)
    {
        by.Demand(Right.Plan);
        var found = await db.ProgrammesFor(by, Right.Plan).AsNoTracking().SingleOrDefaultAsync(p => p.Code == programme, ct)
            ?? throw Refusal.NotFound("programme", programme);

        // Read first: of a document that is refused nothing stays, not even its bytes.
        await using var held = await SeekableAsync(content, ct);
        var began = Stopwatch.GetTimestamp();
        var document = DocumentReader.Read(held, fileName, ct: ct);
        var draft = PlanGrammar.Read(document);
        var took = Stopwatch.GetElapsedTime(began);
        if (draft.Items.Count == 0)
        {
            throw Refusal.Invalid("import.no-items", $"No task was found in {fileName}: no numbered item with a unit, a goal, a deadline or measures below it.", fileName);
        }

        held.Position = 0;
        using var hashes = new RunningHash();
        await hashes.AppendAsync(held, LargestFile, ct);
        held.Position = 0;
        var hash = await files.KeepAsync(held, LargestFile, ct);
        var names = await UnitNames.LoadAsync(db, ct);
        var preview = new ImportDraft
        {
            ProgrammeId = found.Id,
            By = by.Actor,
            FileName = fileName,
            FileHash = hash,
            Sm3 = hashes.Finish().Sm3,
            CreatedAt = clock.NowMs,
            ReadingMs = (int)took.TotalMilliseconds,
            Source = PlanPreview.Write(document),
            Draft = PlanPreview.Write(PlanPreview.WithUnknownUnits(draft, names, new Dictionary<string, Guid>())),
        };
        db.Add(preview);
        await journal.SaveBookkeepingAsync(ct);
        return preview.Id;
    }

    private static async Task<Stream> SeekableAsync(Stream content, CancellationToken ct)
    {
        if (content is { CanSeek: true, Position: 0 })
        {
            return content;
        }

        var held = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            held.Write(buffer, 0, read);
            if (held.Length > LargestFile)
            {
                throw Refusal.TooLarge(LargestFile / 1_048_576);
            }
        }

        held.Position = 0;
        return held;
    }
}

/// <summary>Corrects a preview: texts, deadlines, units, and which unit a spelling means.</summary>
public sealed class CorrectImport(Db db, JournalWriter journal)
{
    /// <param name="version">The version that the person saw.</param>
    /// <exception cref="Refusal">404: no such preview of theirs. 409: corrected meanwhile in another window.</exception>
    public async Task RunAsync(
        Guid id, int version, Func<PlanDraft, PlanDraft> correct, IReadOnlyDictionary<string, Guid> units, Access by, CancellationToken ct)
    {
        var preview = await db.ImportDraftsFor(by).SingleOrDefaultAsync(draft => draft.Id == id, ct)
            ?? throw Refusal.NotFound("import", id);
        if (preview.Version != version)
        {
            throw Refusal.Stale();
        }

        var chosen = PlanPreview.Units(preview);
        foreach (var (text, unit) in units)
        {
            chosen[text] = unit;
        }

        var names = await UnitNames.LoadAsync(db, ct);
        var corrected = PlanPreview.Judged(correct(PlanPreview.Draft(preview)));
        preview.Units = PlanPreview.Write(chosen);
        preview.Draft = PlanPreview.Write(PlanPreview.WithUnknownUnits(corrected, names, chosen));
        preview.Version++;
        await journal.SaveBookkeepingAsync(ct);
    }
}

/// <summary>Throws a preview away.</summary>
public sealed class DropImport(Db db, JournalWriter journal)
{
    /// <exception cref="Refusal">404: no such preview of theirs.</exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        db.Remove(await db.ImportDraftsFor(by).SingleOrDefaultAsync(draft => draft.Id == id, ct) ?? throw Refusal.NotFound("import", id));
        await journal.SaveBookkeepingAsync(ct);
    }
}
