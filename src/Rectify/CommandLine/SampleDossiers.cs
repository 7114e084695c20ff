using Microsoft.EntityFrameworkCore;
using Rectify.Dossiers;
using Rectify.Organisation;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>What the sample's dossiers have to hold before an application: dossiers.json.</summary>
/// <param name="Types">What the types of task are called, by kind of work.</param>
internal sealed record SampleDossierRules(DateOnly SetOn, string Reason, IReadOnlyDictionary<string, string> Types, IReadOnlyList<SampleRequirement> Requirements)
{
    public Requirements Set => new(
        UsualRequirements.Set.Folders,
        [
            .. from asked in Requirements
               let usual = UsualRequirements.Set.List.Single(one => one.Key == asked.Key)
               let here = usual with { ValidMonths = asked.ValidMonths ?? usual.ValidMonths, Title = asked.Title ?? usual.Title }
               from family in asked.Families.DefaultIfEmpty()
               select family is null ? here : here with { Key = asked.Families.Count == 1 ? usual.Key : $"{usual.Key}-{family}", TaskType = Types[family] },
        ]);
}

/// <summary>One of the usual requirements, and of which kinds of work it is asked.</summary>
/// <param name="Families">None for all.</param>
internal sealed record SampleRequirement(string Key, IReadOnlyList<string> Families, int? ValidMonths, string? Title);

/// <summary>Says of the sample's tasks of what type they are, and what their dossiers have to hold.</summary>
internal sealed class SampleDossiers(SampleFiles files, SampleCast cast, IReadOnlyList<SampleTaskPlay> tasks)
{
    private SampleDossierRules Rules => files.Dossiers;

    /// <summary>Gives the tasks their types, where they have none yet.</summary>
    public IEnumerable<SampleAct> Types(DateTime at) =>
        from task in tasks
        where task.Item.TaskType.Length == 0
        select new SampleAct(at, task.Chain, async (scope, ct) =>
        {
            var version = await scope.Db.ItemsFor(cast.Office, Right.Plan).Where(item => item.Id == task.Item.Id).Select(item => item.Version).SingleAsync(ct);
            await new ChangeTaskType(scope.Get<ChangeItem>()).RunAsync(task.Item.Id, version, Rules.Types[files.Phrases.FamilyOf(task.Task.TaskType)], cast.Office, ct);
        });

    /// <summary>The programme's own requirements.</summary>
    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until)
    {
        if (Rules.SetOn > after && Rules.SetOn <= until)
        {
            yield return new(SampleTaskPlay.At(Rules.SetOn, 9), "dossiers", async (scope, ct) =>
            {
                if (!await scope.Db.RequirementSetsFor(cast.Office).AnyAsync(ct))
                {
                    await scope.Get<ChangeRequirements>().RunAsync(files.Plan.Programme.Id, Rules.Set, Rules.Reason, 0, cast.Office, ct);
                }
            });
        }
    }
}
