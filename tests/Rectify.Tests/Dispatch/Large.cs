using Microsoft.Extensions.DependencyInjection;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Many units with many tasks each.</summary>
internal static class Large
{
    public static Task AddUnitsAsync(World world, Reporting r, int units, int items) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        var tree = new ItemTree();
        foreach (var n in Enumerable.Range(0, units))
        {
            var unit = Unit.Create(new($"L{n}", $"Unit L{n}", UnitKind.Other), r.Units["R"]);
            db.Add(unit);
            foreach (var i in Enumerable.Range(0, items))
            {
                var item = Item.Create(r.Programme.Id, null, ItemKind.Task, 100 + (n * items) + i, new($"{n}.{i}", null, $"Task {i} of unit {n}."));
                tree.Items.Add(item);
                tree.Units.Add(new() { ItemId = item.Id, UnitId = unit.Id, Text = unit.Name, Role = DraftRole.Lead, Order = 0 });
            }
        }

        db.AddRange(tree.Items);
        db.AddRange(tree.Units);
        await ItemDerivation.RefreshAsync(db, r.Programme, tree, isNew: true, Ct);
        await services.GetRequiredService<JournalWriter>().CommitAsync(
            new ProgrammeChanged { Subject = r.Programme.Id, By = Setup, At = world.Clock.GetUtcNow(), Code = "r1" }, Ct);
    });
}
