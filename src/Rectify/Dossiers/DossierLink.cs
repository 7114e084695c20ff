using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>The way from a task to its dossier, with the number of requirements that lack something.</summary>
internal sealed class DossierLink(Db db, TimeProvider clock) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct) =>
        await new DossierReading(db, reader, day, clock) { StatesOnly = true }.ReadAsync(item.Id, ct) is { } read
            ? new(read.Dossier.IsWhole ? "dossier.link.whole" : "dossier.link", read.Dossier.Required - read.Dossier.Count(RequirementState.Present), $"/items/{item.Id}/dossier")
            : null;
}
