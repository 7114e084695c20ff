using Rectify.Bulletins;
using Rectify.Calendars;
using Rectify.Charts;
using Rectify.Closure;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Forecast;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Platform.Web;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Publishing;
using Rectify.Redaction;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Wall;
using Rectify.Workbooks;

namespace Rectify.CommandLine;

/// <summary>The whole product: its rooms, and the order of the pipeline.</summary>
public static class Product
{
    /// <param name="args">Settings as <c>--Section:Key=value</c>, for the host.</param>
    /// <param name="data">The data folder: database, files, keys.</param>
    /// <param name="more">Services beside those of the rooms.</param>
    public static WebApplication Build(string[] args, string data, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Product).Assembly.GetName().Name, // whoever started it: the list of static files bears this name
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration["DataFolder"] = data;
        builder.Services.Configure<DataOptions>(options => options.Folder = data);

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.AddOrganisation();
        builder.Services.AddCalendars();
        builder.Services.AddTasks();
        builder.Services.AddPlans();
        builder.Services.AddDispatch();
        builder.Services.AddBulletins();
        builder.Services.AddEvidence();
        builder.Services.AddDeadlines();
        builder.Services.AddWorkbooks();
        builder.Services.AddDossiers();
        builder.Services.AddProcedures();
        builder.Services.AddClosure();
        builder.Services.AddNotices();
        builder.Services.AddLookBacks();
        builder.Services.AddSchedule();
        builder.Services.AddCharts();
        builder.Services.AddForecast();
        builder.Services.AddWall();
        builder.Services.AddRedaction();
        builder.Services.AddPortal();
        builder.Services.AddNotifications();
        builder.Services.AddPublishing(builder.Configuration);
        builder.Services.AddCommandLine();
        builder.Services.AddOpenApi();
        more?.Invoke(builder.Services);

        var app = builder.Build();

        app.UseWeb();
        app.UsePortal();

        app.MapOrganisation();
        app.MapCalendars();
        app.MapTasks();
        app.MapPlans();
        app.MapDispatch();
        app.MapBulletins();
        app.MapEvidence();
        app.MapDeadlines();
        app.MapWorkbooks();
        app.MapDossiers();
        app.MapProcedures();
        app.MapClosure();
        app.MapNotices();
        app.MapLookBacks();
        app.MapSchedule();
        app.MapCharts();
        app.MapForecast();
        app.MapWall();
        app.MapPortal();
        app.MapNotifications();
        app.MapPublishing();
        app.MapUploads();
        app.MapOpenApi();
        app.MapWeb();
        return app;
    }
}
