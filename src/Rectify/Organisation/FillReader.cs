using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Web;

namespace Rectify.Organisation;

/// <summary>Puts the reader's name and unit into the frame, and leaves out what the reader's duties do not include.</summary>
internal sealed class FillReader(Db db, TimeProvider clock) : IFillFrame
{
    public async ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
    {
        if (user.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        var reader = Actor.From(user);
        var unit = Guid.TryParseExact(reader.Id, "N", out var id)
            ? await (from account in db.Accounts()
                     where account.Id == id
                     join person in db.People() on account.PersonId equals person.Id
                     join at in db.Units() on person.UnitId equals at.Id
                     select at.ShortName).SingleOrDefaultAsync(ct)
            : null;
        frame.Reader = new(user.Identity.Name ?? "", unit);
        var access = await Reader.AccessOf(db, reader, clock.Today, ct);
        if (!access.Has(Right.Organise))
        {
            frame.Absent.Add("accounts");
        }
    }
}
