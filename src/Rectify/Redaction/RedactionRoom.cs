using System.Security.Claims;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Web;

namespace Rectify.Redaction;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class RedactionRoom
{
    public static void AddRedaction(this IServiceCollection services)
    {
        services.AddScoped<KeptValues>();
        services.AddScoped<RedactValue>();
        services.AddScoped<RedactOneFile>();
        services.AddScoped<IFillFrame, HideRedaction>();
        services.AddNav(NavPlace.Person, "redaction", "/admin/redaction", 30);
    }

    /// <exception cref="Refusal">403: no duty that reaches every unit includes it. A history holds what people of many units wrote.</exception>
    public static void DemandRedaction(this Access by)
    {
        if (!by.IsEverywhere(Right.Redact))
        {
            throw Refusal.NotAllowed("access.denied", "Your duties do not include this.");
        }
    }

    private sealed class HideRedaction(Db db, TimeProvider clock) : IFillFrame
    {
        public async ValueTask FillAsync(PageFrame frame, ClaimsPrincipal user, CancellationToken ct)
        {
            if (user.Identity is { IsAuthenticated: true } && !(await Reader.AccessOf(db, Actor.From(user), clock.Today, ct)).IsEverywhere(Right.Redact))
            {
                frame.Absent.Add("redaction");
            }
        }
    }
}
