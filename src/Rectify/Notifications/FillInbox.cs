using System.Security.Claims;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Web;

namespace Rectify.Notifications;

/// <summary>Counts in the bar what waits for the reader, and leaves out links that their duties do not include.</summary>
internal sealed class FillInbox(Db db, TimeProvider clock) : IFillFrame
{
    public async ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
    {
        if (user.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        var reader = await Reader.AccessOf(db, Actor.From(user), clock.Today, ct);
        frame.Todo = await Inbox.CountAsync(db, reader, InboxPart.Todo, ct);
        if (!reader.IsEverywhere(Right.Organise))
        {
            frame.Absent.Add("mail");
        }

        if (!reader.Has(Right.Plan))
        {
            frame.Absent.Add("reminders");
        }
    }
}
