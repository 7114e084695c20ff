using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Rectify.Platform.Identity;

internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        app.MapPost("/signout", SignOutAsync).ExcludeFromDescription();
        app.MapPost("/signin/passkey", AskForPasskeyAsync)
            .AllowAnonymous().RequireRateLimiting(IdentityRoom.SignInLimit).ExcludeFromDescription();
        app.MapPost("/account/passkeys", AskForNewPasskeyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery, [FromServices] EndSession end, Actor by)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (Sessions.Of(http.User) is { } session)
        {
            await end.RunAsync(session, by, http.RequestAborted);
        }

        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("~/signin");
    }

    // Nobody is named: the device offers what it has for this site, so a stranger learns no names.
    private static async Task<IResult> AskForPasskeyAsync(
        HttpContext http, IAntiforgery antiforgery, [FromServices] IPasskeyHandler<Account> passkeys, [FromServices] StepCookie steps)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var asked = await passkeys.MakeRequestOptionsAsync(null!, http);
        steps.Give(http, HalfWay.PasskeySignIn, asked.AssertionState ?? "");
        return TypedResults.Content(asked.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> AskForNewPasskeyAsync(
        HttpContext http, IAntiforgery antiforgery, [FromServices] AddPasskey add, [FromServices] StepCookie steps, Actor by)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var (options, state) = await add.AskAsync(http, by, http.RequestAborted);
        steps.Give(http, HalfWay.PasskeyNew, state);
        return TypedResults.Content(options, "application/json");
    }
}
