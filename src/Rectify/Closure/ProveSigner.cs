using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Closure;

/// <summary>Asks for the password again before a signature, so that nobody signs at a screen that another left open. Every door to a signature asks it first: pages and API alike.</summary>
internal sealed class ProveSigner(OwnAccount own, JournalWriter journal)
{
    /// <exception cref="Refusal">400: there is none. 422: the password is wrong, which counts towards the lock as at sign-in. 409: locked.</exception>
    public async Task RunAsync(string? password, Access by, CancellationToken ct)
    {
        await own.ProvenAsync(by.Actor, password ?? throw Refusal.Malformed("The password is missing: whoever signs types it again."), ct);
        await journal.SaveBookkeepingAsync(ct);
    }
}
