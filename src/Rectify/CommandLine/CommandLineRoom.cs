using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;

namespace Rectify.CommandLine;

/// <summary>What the operator's commands do with the product's own services.</summary>
internal static class CommandLineRoom
{
    public static void AddCommandLine(this IServiceCollection services) => services
        .AddScoped<LoadSample>()
        .AddScoped<BackUp>()
        .AddScoped<Restore>();

    /// <summary>Creates the database or brings it to this version's shape.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if ((await db.Database.GetPendingMigrationsAsync(ct)).Any()) // migrating compares two models first: a tenth of a start
        {
            await db.Database.MigrateAsync(ct);
        }

        await db.CountRowsAsync(ct);
    }

    /// <summary>Loads the sample programme if the database has no unit yet.</summary>
    /// <returns>The sample sign-ins, one a line, if the sample stands in the database.</returns>
    public static async Task<IReadOnlyList<string>> LoadSampleAsync(
        this IServiceProvider services, string folder, TextWriter progress, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LoadSample>().RunAsync(folder, progress, ct);
    }

    /// <summary>The first unit, and the first account with the roles that set up everything else.</summary>
    /// <returns>The account's one-time password.</returns>
    /// <exception cref="Refusal">409: the database has units already. 422: a name or code that cannot be.</exception>
    public static async Task<string> SetUpAsync(
        this IServiceProvider services, string code, string unitName, string personName, string user, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        var (me, system) = (Actor.System("setup"), Access.OfSystem(Actor.System("setup")));
        if (await db.Units().AnyAsync(ct))
        {
            throw Refusal.Conflict("setup.done", "The database has units and accounts already. Ask whoever administers it for an account.");
        }

        var unit = await scope.ServiceProvider.GetRequiredService<CreateUnit>().RunAsync(new UnitDetails(code, unitName, UnitKind.Region), null, system, ct);
        var person = await scope.ServiceProvider.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, personName, ""), system, ct);
        var (account, password) = await scope.ServiceProvider.GetRequiredService<CreateAccount>().RunAsync(person.Id, user, me, ct);
        foreach (var role in new[] { Role.Administrator, Role.Office })
        {
            await scope.ServiceProvider.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, unit.Id, clock.Today, null, me, ct);
        }

        return password;
    }

    /// <summary>Copies the database and the originals into a new folder, while the product runs.</summary>
    /// <exception cref="Refusal">409: the folder exists. 422: no database, or PostgreSQL's tools are missing or refuse.</exception>
    public static async Task<BackUp.Done> BackUpAsync(this IServiceProvider services, string target, bool withKeys, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BackUp>().RunAsync(target, withKeys, ct);
    }

    /// <summary>Puts a backup into an empty data folder and, for PostgreSQL, an empty database.</summary>
    /// <exception cref="Refusal">409: something is there already. 422: no backup that is whole and fits.</exception>
    public static async Task<BackupNote> RestoreAsync(this IServiceProvider services, string source, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Restore>().RunAsync(source, ct);
    }

    /// <summary>Imports a plan and confirms it as the programme's next version, by someone with an account.</summary>
    /// <exception cref="Refusal">404: no such account or programme. 422: a document that cannot be read.</exception>
    public static async Task<string> ImportAsync(
        this IServiceProvider services, string programme, FileInfo file, string? user, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        var account = await db.Accounts().SingleOrDefaultAsync(a => a.UserName == user, ct) ?? throw Refusal.NotFound("account", user ?? "");
        var by = await Reader.AccessOf(db, account.Actor, clock.Today, ct);
        await using var content = file.OpenRead();
        var preview = await scope.ServiceProvider.GetRequiredService<StartImport>().RunAsync(programme, content, file.Name, by, ct);
        var no = await scope.ServiceProvider.GetRequiredService<ConfirmImport>().RunAsync(preview, [], keepAliases: false, by, ct);
        return $"{programme}: version {no}";
    }
}
