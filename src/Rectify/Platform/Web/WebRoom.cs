using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.WebEncoders;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Pages;
using Rectify.Platform.Text;

namespace Rectify.Platform.Web;

/// <summary>Pages and what stands around them: frame, components, texts, headers, errors, static files.</summary>
internal static class WebRoom
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        // A program that was built but not published finds its static files through the build's list.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Services.AddWeb();
        builder.Services.AddProxies(builder.Configuration);
    }

    public static void AddWeb(this IServiceCollection services)
    {
        services.AddText();
        services.AddScoped<PageFrame>();
        services.AddCascadingValue(provider => provider.GetRequiredService<PageFrame>());
        services.AddNav(NavPlace.Foot, "keys", "/keys", 90);
        services.AddExceptionHandler<PageFaults>();
        services.AddHealthChecks();
        services.AddRateLimiter(_ => { }); // rooms add their limits
        services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true); // frame-ancestors says it

        // Chinese as it is: entities would treble every page.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All));
        services.ConfigureHttpJsonOptions(json => BodyRules.Demand(json.SerializerOptions));

        services.AddOutputCache(options => options.AddPolicy(UnchangedPages.Policy, new UnchangedPages()));
        services.AddResponseCompression(options =>
        {
            // Antiforgery tokens, the only secret in a page, are masked anew for each answer, so its length tells nothing of them.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
        });
    }

    /// <summary>Everything between the socket and the endpoints, in order.</summary>
    public static void UseWeb(this WebApplication app)
    {
        app.UseProxies();
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseWhen(IsApi, api => api.UseStatusCodePages());
        app.UseWhen(IsPublic, pages => pages.UseStatusCodePagesWithReExecute("/error/public/{0}", createScopeForStatusCodePages: true));
        app.UseWhen(http => !IsApi(http) && !IsPublic(http), pages => pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true));
        app.UseExceptionHandler();
        app.Use(AskForErrorPageByGet);
        app.UseRouting();
        app.Use(RefuseTooLarge);
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMustChangePassword();
        app.Use(ReadFormAsync);
        app.UseAntiforgery();
        app.UseOutputCache();
        app.Use(FillFrameAsync);
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health", new() { ResponseWriter = SayHealthAsync }).AllowAnonymous();
        app.MapGet("/health/live", () => Results.Text("ok\n")).AllowAnonymous().ExcludeFromDescription(); // up, whatever the checks say
        app.MapText();
        app.MapIdentity();
        app.MapRazorComponents<App>();
    }

    // The status alone on the first line, and below it which check is not well. Anybody reads this: codes, and nothing of folders and names.
    private static Task SayHealthAsync(HttpContext http, HealthReport report) => http.Response.WriteAsync(string.Join('\n', [
        $"{report.Status}",
        .. from entry in report.Entries where entry.Value.Status is not HealthStatus.Healthy
           orderby entry.Key
           select entry.Value.Data.TryGetValue("code", out var code) ? $"{entry.Key}: {code}" : entry.Key,
    ]));

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static bool IsPublic(HttpContext http) => http.Request.Path.StartsWithSegments("/public", StringComparison.OrdinalIgnoreCase);

    // The same request, asked again for the page that says what went wrong.
    private static bool IsErrorPage(HttpContext http) => http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    // A form that failed is posted again to the error page, which has no form.
    private static Task AskForErrorPageByGet(HttpContext http, RequestDelegate next)
    {
        if (IsErrorPage(http))
        {
            http.Request.Method = HttpMethods.Get;
            if (http.Request.Path.StartsWithSegments("/error/public"))
            {
                http.Request.QueryString = new(http.Features.GetRequiredFeature<IStatusCodeReExecuteFeature>().OriginalQueryString); // the language stands in it
            }
        }

        return next(http);
    }

    // Before anything of it is read: whoever sends 200 MB learns at once that it is too much.
    private static Task RefuseTooLarge(HttpContext http, RequestDelegate next) =>
        !IsErrorPage(http) && Limit(http) is { } limit && http.Request.ContentLength > limit
            ? throw Refusal.TooLarge(limit / 1_048_576)
            : next(http);

    // Whoever does not say how much it is learns it when the limit is reached. Whatever reads a form first would take the fault for
    // a broken form and say so; read here, after the reader is known, it gets the same answer as a size that was stated.
    private static async Task ReadFormAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsErrorPage(http) && http.GetEndpoint() is not null && http.Request.HasFormContentType)
        {
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode is StatusCodes.Status413PayloadTooLarge)
            {
                throw Refusal.TooLarge((Limit(http) ?? 0) / 1_048_576);
            }
            catch (Exception broken) when (broken is IOException or InvalidDataException)
            {
                // Kept by the request and thrown again where the form is used: that place knows the answer.
            }
        }

        await next(http);
    }

    /// <summary>The largest body that the endpoint takes, in bytes: its own limit or the server's.</summary>
    private static long? Limit(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize
        ?? http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static async Task FillFrameAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page)
        {
            var services = http.RequestServices;
            var frame = services.GetRequiredService<PageFrame>();
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var outer = http.Features.Get<IStatusCodeReExecuteFeature>();
            frame.Address = outer is null
                ? $"{http.Request.Path}{http.Request.QueryString}"
                : $"{outer.OriginalPath}{outer.OriginalQueryString}";
            frame.Today = DateOnly.FromDateTime(services.GetRequiredService<Words>().Local(now).DateTime);
            frame.AsOf = DateOnly.TryParseExact(
                http.Request.Query["on"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : frame.Today;
            frame.Halted = services.GetService<JournalHalt>()?.Why?.Code;
            frame.ShowsNow = http.GetEndpoint()?.Metadata.GetMetadata<ShowsNowAttribute>() is not null;

            // A room that cannot answer must not also break the page that says so.
            if (outer is null || http.Response.StatusCode < 500)
            {
                if (page.Type.GetCustomAttribute<LayoutAttribute>()?.LayoutType == typeof(PublicLayout))
                {
                    await PublicFrame.FillAsync(http);
                }

                foreach (var room in services.GetServices<IFillFrame>())
                {
                    await room.FillAsync(frame, http.User, http.RequestAborted);
                }
            }
        }

        await next(http);
    }
}
