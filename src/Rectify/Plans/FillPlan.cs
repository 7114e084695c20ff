using System.Security.Claims;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Web;

namespace Rectify.Plans;

/// <summary>Leaves the link to the plan out for whoever may not read all of the programme.</summary>
internal sealed class FillPlan(Db db, TimeProvider clock) : IFillFrame
{
    public async ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
    {
        if (frame.Programme is not null && user.Identity is { IsAuthenticated: true }
            && !(await Reader.AccessOf(db, Actor.From(user), clock.Today, ct)).IsEverywhere(Right.Read))
        {
            frame.Absent.Add("plan");
        }
    }
}
