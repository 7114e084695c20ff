using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>The running product, whose entries get no numbers: acts stop before the journal grows without end, and go on by themselves.</summary>
public sealed class BacklogTests
{
    private const int Key = 4712;

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task Where_numbering_fails_or_waits_for_ever_acts_are_refused_until_it_goes_on(string database, bool waits)
    {
        var connection = database is "sqlite" ? await EmptyDatabase.SqliteAsync() : await EmptyDatabase.PostgresAsync();
        await using var served = await ServedProduct.StartAsync($"ConnectionStrings:Db={connection}");
        await using var holder = waits ? new NpgsqlConnection($"{connection};Pooling=False") : null;
        if (holder is not null)
        {
            await holder.OpenAsync(Ct);
            await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({Key})", holder);
            await hold.ExecuteNonQueryAsync(Ct);
        }

        await served.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            await db.Database.ExecuteSqlRawAsync(Stop(database, waits), Ct);
            await db.Database.ExecuteSqlRawAsync(Many(database), Ct);
        });
        Assert.Equal(("journal.busy", 503), await UntilAsync(served, no => no is not null) is { } no ? (no.Code, no.Status) : default);

        // The rows of nobody go, and numbering goes on.
        await served.InAsync(services => services.GetRequiredService<Db>().Database.ExecuteSqlRawAsync("""DELETE FROM "Journal" WHERE "Kind" = 'test.noted'""", Ct));
        await (holder?.CloseAsync() ?? Task.CompletedTask);
        await served.InAsync(services => services.GetRequiredService<Db>().Database.ExecuteSqlRawAsync(database is "sqlite" ? "DROP TRIGGER hold" : "DROP TRIGGER hold ON \"Journal\"", Ct));
        Assert.Null(await UntilAsync(served, no => no is null));
    }

    // Acts until one is answered so.
    private static async Task<Refusal?> UntilAsync(ServedProduct served, Func<Refusal?, bool> so)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            Refusal? refused = null;
            await served.InAsync(async services =>
            {
                var region = await services.GetRequiredService<Db>().Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
                try
                {
                    await services.GetRequiredService<CreatePerson>().RunAsync(new(null, region.Id, "Somebody"), Access.OfSystem(Setup), Ct);
                }
                catch (Refusal no)
                {
                    refused = no;
                }
            });
            if (so(refused))
            {
                return refused;
            }

            await Task.Delay(200, Ct);
        }

        throw new TimeoutException("No act was answered so in two minutes.");
    }

    private static string Stop(string database, bool waits) => database is "sqlite"
        ? """CREATE TRIGGER hold BEFORE UPDATE OF "Index" ON "Journal" BEGIN SELECT RAISE(ABORT, 'not now'); END"""
        : $"""
           CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {(waits ? $"PERFORM pg_advisory_xact_lock({Key}); RETURN NEW" : "RAISE EXCEPTION 'not now'")}; END $$;
           CREATE TRIGGER hold BEFORE UPDATE ON "Journal" FOR EACH ROW EXECUTE FUNCTION hold();
           """;

    private static string Many(string database)
    {
        var (series, id) = database is "sqlite"
            ? ("WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 66000)", "hex(randomblob(16))")
            : ("WITH s AS (SELECT generate_series(1, 66000) AS n)", "gen_random_uuid()");
        return $"""
            {series} INSERT INTO "Journal" ("EntryId", "Kind", "Subject", "N", "Act", "By", "At", "Body")
            SELECT {id}, 'test.noted', {id}, 1, {id}, 'x', 0, {(database is "sqlite" ? "x'00'" : "'\\x00'::bytea")} FROM s
            """;
    }
}
