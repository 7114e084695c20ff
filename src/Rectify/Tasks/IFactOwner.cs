using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A later room whose acts state certain facts, so that nobody records them by hand beside it: closing by steps. Each room registers its own.</summary>
public interface IFactOwner
{
    /// <summary>Whether the fact may not be recorded or withdrawn by hand now.</summary>
    Task<bool> OwnsAsync(Item item, StatedFact fact, Access by, CancellationToken ct);

    /// <summary>What follows in the room from a fact's withdrawal, for that act to commit. The fact is withdrawn already, and nothing is saved yet.</summary>
    Task<IReadOnlyList<Fact>> WithdrawnAsync(Item item, ItemFact fact, Actor by, CancellationToken ct) => Task.FromResult<IReadOnlyList<Fact>>([]);

    /// <summary>The kinds that are not recorded by hand today.</summary>
    Task<IReadOnlySet<FactKind>> OwnedAsync(Item item, CancellationToken ct);
}

internal static class FactOwners
{
    extension(IEnumerable<IFactOwner> owners)
    {
        /// <exception cref="Refusal">409: a step of closing states this.</exception>
        public async Task DemandFreeAsync(Item item, IEnumerable<StatedFact> stated, Access by, CancellationToken ct)
        {
            foreach (var fact in stated)
            {
                foreach (var owner in owners)
                {
                    if (await owner.OwnsAsync(item, fact, by, ct))
                    {
                        throw Refusal.Conflict("fact.by-steps", "This programme closes by steps: the step that this belongs to states it.");
                    }
                }
            }
        }
    }
}
