using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Platform.Web;

/// <summary>Answers a page that was just rendered again, to the same session, as long as nothing at all has changed.</summary>
/// <remarks>
/// Whatever is saved here changes <see cref="Db.Saves"/>, and an act on another server the newest journal entry. What another server
/// keeps without an entry, such as a saved view, is seen after <see cref="Seconds"/>. Only pages that ask for it by
/// <c>[OutputCache(PolicyName = UnchangedPages.Policy)]</c>.
/// </remarks>
internal sealed class UnchangedPages : IOutputCachePolicy
{
    public const string Policy = "unchanged";

    /// <summary>Longest time for which a page is kept.</summary>
    private const int Seconds = 5;

    // A compiled query holds for one kind of database.
    private static readonly ConcurrentDictionary<Type, Func<Db, Task<long?>>> NewestEntry = [];

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) || Sessions.Of(http.User) is not { } session)
        {
            return;
        }

        var services = http.RequestServices;
        var words = services.GetRequiredService<Words>();
        var db = services.GetRequiredService<Db>();
        var saves = db.Saves; // before the newest entry is read: an act in between makes the key old, never the page
        var newest = await NewestEntry.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery((Db of) => of.Journal.Max(row => (long?)row.Id)))(db);
        var today = DateOnly.FromDateTime(words.Local(services.GetRequiredService<TimeProvider>().GetUtcNow()).DateTime);

        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (true, true, true, true);
        context.ResponseExpirationTimeSpan = TimeSpan.FromSeconds(Seconds);
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.CacheKeyPrefix = string.Create(
            CultureInfo.InvariantCulture, $"{session:N} {words.Language.Tag} {today:yyyyMMdd} {saves} {newest} {services.GetRequiredService<JournalHalt>().Why?.Code}");
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var answer = context.HttpContext.Response;
        context.AllowCacheStorage &= answer.StatusCode == StatusCodes.Status200OK && answer.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }
}
