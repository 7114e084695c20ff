using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Tasks;

/// <summary>Another deadline as a decision on a request brings it in, for tests that are about what follows from it.</summary>
internal static class Decided
{
    public static Task MoveDeadlineAsync(World world, Guid item, DateOnly on, DateOnly to, Access by, string note = "", string document = "No. 1") =>
        world.InAsync(async (IServiceProvider services) =>
        {
            var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(item, [new StatedFact(FactKind.DeadlineChanged, on, To: to, Note: note, Document: document)])], by, by.Actor, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], [.. placed.Skip(1)], Ct);
        });
}
