using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>The way from a task to its dossier, with the number of requirements that lack something.</summary>
internal sealed class DossierLink(Db db, DossierMemory memory, TimeProvider clock) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct) =>
        await new DossierReading(db, reader, day, clock).StatesAsync(memory, item.Id, ct) is { } dossier
            ? new(dossier.IsWhole ? "dossier.link.whole" : "dossier.link", dossier.Required - dossier.Count(RequirementState.Present), $"/items/{item.Id}/dossier")
            : null;
}
