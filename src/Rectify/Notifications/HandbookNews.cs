using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>A manual that was being made is ready: news for whoever ordered it.</summary>
internal sealed class HandbookNews(Reckoning reckoning, JournalWriter journal) : IHandbookNews
{
    public async Task MadeAsync(Guid job, Actor by, CancellationToken ct)
    {
        if (Guid.TryParseExact(by.Id, "N", out var account))
        {
            await reckoning.HandbookAsync(job, account, ct);
            await reckoning.MailAsync(ct);
            await journal.SaveBookkeepingAsync(ct);
        }
    }
}
