using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Dossiers;

/// <summary>Tells the page of a return what the dossier of its item requires.</summary>
internal sealed class RequiredEvidenceOfDossier(Db db, DossierMemory memory, TimeProvider clock, Words words) : IRequiredEvidence
{
    public async Task<IReadOnlyList<RequiredEvidence>> OfAsync(Guid item, Access reader, DateOnly day, CancellationToken ct) =>
        await new DossierReading(db, reader, day, clock).StatesAsync(memory, item, ct) is { } dossier
            ?
            [
                .. from line in dossier.Lines
                   orderby line.State is RequirementState.Present, line.State is RequirementState.NotYet, line.DueOn
                   let target = line.Target == item ? "" : dossier.Parts.FirstOrDefault(part => part.Id == line.Target) is { } part ? words.Short(part) : ""
                   select new RequiredEvidence(
                       target.Length > 0 ? words["dossier.required.of", line.Requirement.Title, target] : line.Requirement.Title, words.Asks(line.Requirement), $"dossier.state.{line.State}",
                       DossierWords.Mark(line.State), line.State is not RequirementState.NotYet, line.State is RequirementState.Present, line.DueOn),
            ]
            : [];
}
