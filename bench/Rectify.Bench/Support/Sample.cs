using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Bench;

/// <summary>The sample programme of 94 tasks, by the product's own acts.</summary>
internal static class Sample
{
    public static readonly Access Everything = Access.OfSystem(Actor.System("bench"));

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    public static string Plan { get; } = Path.Combine(Root, "samples", "yunling", "整改方案.docx");

    /// <returns>The unit at the top.</returns>
    public static async Task<Unit> OrganisationAsync(Bed bed)
    {
        await bed.InAsync(async (ImportOrganisation import) =>
        {
            await using var file = File.OpenRead(Path.Combine(Root, "samples", "yunling", "机构人员.xlsx"));
            var kept = await import.KeepAsync(file, Everything, default);
            await import.RunAsync(kept, "units.xlsx", seal: null, Everything, default);
        });
        return await bed.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(unit => unit.ParentId == null));
    }

    public static Task<Guid> ProgrammeAsync(Bed bed, string code, Unit region) => bed.InAsync((CreateProgramme create) =>
        create.RunAsync(code, new("云岭自治区整改方案", region.Id), [], [], Everything, default));

    public static async Task ImportAsync(Bed bed, string programme)
    {
        var preview = await bed.InAsync(async (StartImport start) =>
        {
            await using var file = File.OpenRead(Plan);
            return await start.RunAsync(programme, file, Path.GetFileName(Plan), Everything, default);
        });
        await bed.InAsync((ConfirmImport confirm) => confirm.RunAsync(
            preview, [new(PlanStep.Report, new(2018, 5, 1)), new(PlanStep.Approve, new(2018, 5, 25)), new(PlanStep.Publish, new(2018, 6, 1))],
            keepAliases: false, Everything, default));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rectify.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks run from within the repository.");
        }

        return folder.FullName;
    }
}
