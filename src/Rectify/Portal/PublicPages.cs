using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Portal;

/// <summary>Keeps public answers and gives them again to everyone until anything is saved here, at most some seconds.</summary>
/// <remarks>
/// Asks the database nothing: an act on this server changes <see cref="Db.SavesOf"/>, one on another is seen after <see cref="Seconds"/>.
/// Decision 14 says why pages are kept; here the reader does not matter, only the language.
/// </remarks>
internal sealed class PublicPages : IOutputCachePolicy
{
    public const string Policy = PublicAddress.Kept;

    /// <summary>Longest time for which an answer is kept here.</summary>
    private const int Seconds = 5;

    /// <summary>For browsers and what stands between: half a minute, then asked again with the tag.</summary>
    private const string Shared = "public, max-age=30, must-revalidate";

    private string? database;

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            var services = http.RequestServices;
            database ??= services.GetRequiredService<Db>().Database.GetConnectionString() ?? "";
            var clock = services.GetRequiredService<TimeProvider>();
            (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (true, true, true, true);
            context.ResponseExpirationTimeSpan = TimeSpan.FromSeconds(Seconds);
            context.CacheVaryByRules.QueryKeys = PublicAddress.Asked;
            context.CacheVaryByRules.CacheKeyPrefix = string.Create(
                CultureInfo.InvariantCulture, $"public {Language.Of(http.Request).Tag} {clock.GetLocalNow():yyyyMMdd} {Db.SavesOf(database)}");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var answer = context.HttpContext.Response;
        context.AllowCacheStorage &= answer.StatusCode == StatusCodes.Status200OK && answer.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives each public answer a tag made of its bytes, so that whoever has it already is told so.</summary>
    public static async Task TagAsync(HttpContext http, RequestDelegate next)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (!http.Request.Path.StartsWithSegments("/public") || metadata?.GetMetadata<OutputCacheAttribute>()?.PolicyName is not Policy && metadata?.GetMetadata<PublicPages>() is null)
        {
            await next(http);
            return;
        }

        var outer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var kept = new MemoryStream();
        http.Features[typeof(IHttpResponseBodyFeature)] = new StreamResponseBodyFeature(kept);
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features[typeof(IHttpResponseBodyFeature)] = outer;
        }

        var answer = http.Response;
        if (answer.StatusCode == StatusCodes.Status200OK && answer.Headers.SetCookie.Count == 0)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(kept.GetBuffer().AsSpan(0, (int)kept.Length)).AsSpan(0, 16))}\"";
            (answer.Headers.ETag, answer.Headers.CacheControl, answer.Headers.Vary) = (tag, Shared, "Accept-Language, Cookie");
            answer.Headers.Remove(HeaderNames.Pragma);
            if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == tag || known.Tag == "*"))
            {
                answer.StatusCode = StatusCodes.Status304NotModified;
                answer.ContentLength = null;
                answer.Headers.Remove(HeaderNames.ContentType);
                return;
            }
        }

        kept.Position = 0;
        await kept.CopyToAsync(outer.Stream, http.RequestAborted);
    }
}
