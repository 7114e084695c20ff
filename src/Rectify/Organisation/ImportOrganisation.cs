using Rectify.Organisation.Import;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Organisation;

/// <summary>Takes units and people over from a workbook: shown first, then confirmed as one act.</summary>
/// <remarks>A row means the unit or person with its code, and without one the unit of its name or the person of its name in the unit.</remarks>
public sealed class ImportOrganisation(Db db, JournalWriter journal, FileStore files, TimeProvider clock)
{
    /// <summary>Largest workbook; ten thousand rows have less than one MiB.</summary>
    public const long LargestFile = 16 * 1_048_576;

    /// <summary>Keeps the workbook, so that it can be looked at and confirmed; returns its SHA-256.</summary>
    /// <exception cref="Refusal">403: may not organise. 422: too large.</exception>
    public async Task<string> KeepAsync(Stream content, Access by, CancellationToken ct)
    {
        by.Demand(Right.Organise);
        return await files.KeepAsync(content, LargestFile, ct);
    }

    /// <summary>What confirming a kept workbook would do now. Saves nothing.</summary>
    /// <exception cref="Refusal">403: may not organise. 404: no such file. 422: no workbook, or none with units or people.</exception>
    public async Task<ImportPreview> PreviewAsync(string document, string fileName, Access by, CancellationToken ct)
    {
        var plan = await ReckonAsync(document, fileName, by, ct);
        db.ChangeTracker.Clear();
        return plan.Preview(fileName, document);
    }

    /// <summary>Carries a kept workbook out, as one act: everything in it, or nothing.</summary>
    /// <param name="seal">The seal of the preview that the person saw; <see langword="null"/> for whoever needs none.</param>
    /// <exception cref="Refusal">
    /// As <see cref="PreviewAsync"/>; 409: the units or people changed since the preview, or there is nothing to take over.
    /// 422: cells with errors.
    /// </exception>
    public async Task<ImportPreview> RunAsync(string document, string fileName, string? seal, Access by, CancellationToken ct)
    {
        var plan = await ReckonAsync(document, fileName, by, ct);
        var preview = plan.Preview(fileName, document);
        if (preview.Errors is [var first, ..])
        {
            throw Refusal.Invalid(
                "organisation.errors", $"{preview.Errors.Count} cells cannot be taken over, the first is {first.Sheet}!{first.Cell} ({first.Code}). Nothing was saved.");
        }

        if (seal is not null && seal != preview.Seal)
        {
            throw Refusal.Conflict("organisation.moved-on", "Units or people changed since this preview. Look at it again.");
        }

        if (preview.Count(Fate.Added) + preview.Count(Fate.Changed) == 0)
        {
            throw Refusal.Conflict("organisation.same", "The workbook says what stands already. Nothing was saved.");
        }

        db.AddRange(plan.CarryOut());
        await using var content = files.Open(document);
        using var hashes = new RunningHash();
        await hashes.AppendAsync(content, long.MaxValue, ct);
        await journal.CommitAsync(
            new OrganisationImported
            {
                Subject = OrganisationImported.Organisation,
                By = by.Actor,
                At = clock.NowMs,
                Files = [JournalFile.Of(document, hashes.Finish().Sm3)],
                UnitsAdded = Of(preview.Units, Fate.Added),
                UnitsChanged = Of(preview.Units, Fate.Changed),
                PeopleAdded = Of(preview.People, Fate.Added),
                PeopleChanged = Of(preview.People, Fate.Changed),
            },
            ct);
        return preview;
    }

    /// <summary>The operator's command <c>rectify organisation import FILE</c>: writes what was done or what is wrong.</summary>
    /// <param name="dry">Only look: nothing is saved.</param>
    /// <returns>0 if it was taken over or could be, 1 if cells have errors, or the file is refused.</returns>
    internal static async Task<int> FromCommandLineAsync(
        IServiceProvider services, string file, bool dry, TextWriter output, CancellationToken ct)
    {
        var (import, words) = (services.GetRequiredService<ImportOrganisation>(), services.GetRequiredService<Words>());
        var by = Access.OfSystem(Actor.System("organisation-import"));
        try
        {
            await using var content = File.OpenRead(file);
            var (name, document) = (Path.GetFileName(file), await import.KeepAsync(content, by, ct));
            var preview = await import.PreviewAsync(document, name, by, ct);
            foreach (var error in preview.Errors)
            {
                await output.WriteLineAsync($"{error.Sheet}!{error.Cell}: {ImportTexts.Of(words, error)}");
            }

            if (preview.Errors.Count == 0 && !dry && preview.Count(Fate.Added) + preview.Count(Fate.Changed) > 0)
            {
                await import.RunAsync(document, name, preview.Seal, by, ct);
            }

            await output.WriteLineAsync(ImportTexts.Sum(words, preview));
            return preview.Errors.Count == 0 ? 0 : 1;
        }
        catch (Refusal no)
        {
            await output.WriteLineAsync(words.Of(no));
            return 1;
        }
    }

    private async Task<ImportPlan> ReckonAsync(string document, string fileName, Access by, CancellationToken ct)
    {
        var reach = await Reach.OfAsync(db, by, ct);
        await using var content = files.Open(document);
        return await ImportReckoning.RunAsync(db, OrganisationSheets.Read(content, fileName, ct), reach, ct);
    }

    private static int Of(IReadOnlyList<ImportedRow> rows, Fate fate) => rows.Count(row => row.Fate == fate);
}
