using Microsoft.AspNetCore.Antiforgery;

namespace Rectify.Platform.Text;

internal static class TextRoom
{
    /// <summary>A year: a browser forgets no sooner what its reader chose.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary><see cref="Words"/> in the language of the request; outside a request, in the default language.</summary>
    public static void AddText(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider => Words.In(
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } http ? Language.Of(http.Request) : Language.Default));
    }

    /// <summary><c>POST /language</c> with <c>lang</c> and <c>back</c>, a path on this site.</summary>
    public static void MapText(this IEndpointRouteBuilder app) =>
        app.MapPost("/language", SwitchAsync).ExcludeFromDescription().AllowAnonymous();

    private static async Task<IResult> SwitchAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Language.Find(form["lang"]) is not { } language)
        {
            return TypedResults.BadRequest();
        }

        http.Response.Cookies.Append(Language.Cookie, language.Tag, new()
        {
            MaxAge = Remembered,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
        return TypedResults.LocalRedirect(IsPath(form["back"]) ? $"~{form["back"]}" : "~/");
    }

    // "//host" and "/\host" leave the site.
    private static bool IsPath(string? back) => back is ['/'] or ['/', not ('/' or '\\'), ..] && !back.Any(char.IsControl);
}
