using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Web;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Portal;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class PortalRoom
{
    public const string ReportLimit = "public-reports";

    /// <summary>Reports that one address may send in a window; an office shares one address.</summary>
    private const int Reports = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static void AddPortal(this IServiceCollection services)
    {
        var pages = new PublicPages(); // one for each product: it knows that product's database
        services.AddSingleton(pages);
        services.AddScoped<PublicSite>();
        services.AddScoped<PublicProof>();
        services.AddScoped<SetPublicProgramme>();
        services.AddScoped<PublishItem>();
        services.AddScoped<WithdrawPublication>();
        services.AddScoped<MaskPicture>();
        services.AddScoped<IForgetFiles, ForgetPictures>();
        services.AddScoped<ReportError>();
        services.AddScoped<AnswerErrorReport>();
        services.AddScoped<IItemLink, PortalLink>();
        services.AddScoped<IStepGate, PublishGate>();
        services.AddScoped<IPublicPlace, PublicPlaces>();
        services.AddScoped<IFillPublicFrame, FillPublicFrame>();
        services.AddNav(NavPlace.Main, "public", "/p/{programme}/public", 70);
        services.AddOutputCache(options => options.AddPolicy(PublicPages.Policy, pages));
        services.AddRateLimiter(limits => limits.AddPolicy(ReportLimit, http => HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "-", _ => new FixedWindowRateLimiterOptions { PermitLimit = Reports, Window = Window })
            : RateLimitPartition.GetNoLimiter("-")));
    }

    /// <summary>Tags public answers. Stands behind the cache, so that what is kept has its tag.</summary>
    public static void UsePortal(this IApplicationBuilder app) => app.Use(PublicPages.TagAsync);

    public static void MapPortal(this IEndpointRouteBuilder app)
    {
        PortalEndpoints.Map(app);
        app.MapPublic(app.ServiceProvider.GetRequiredService<PublicPages>());
    }
}

/// <summary>What is public of an item, as a link on its page.</summary>
internal sealed class PortalLink(Db db) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct)
    {
        if (item.Kind is not (ItemKind.Task or ItemKind.SubTask)
            || await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleOrDefaultAsync(one => one.Id == item.ProgrammeId, ct) is not { } programme || !SetProcedure.IsOffice(programme, reader))
        {
            return null;
        }

        var no = await db.PublicationsFor(reader).Where(one => one.ItemId == item.Id && one.State == PublicationState.Published).Select(one => one.No).SingleOrDefaultAsync(ct);
        return new(no > 0 ? "portal.link" : "portal.link.none", no, $"/items/{item.Id}/publication");
    }
}
