namespace Rectify.Platform.Web;

/// <summary>Headers of every answer that keep a browser from doing more with it than we meant.</summary>
internal static class SecurityHeaders
{
    /// <summary>No inline script or style, nothing from elsewhere; <c>data:</c> for the arrows and ticks in Bootstrap's own CSS.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // At the last moment: answering an exception clears what was set before.
        http.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            return Task.CompletedTask;
        }, http);
        return next(http);
    });
}
