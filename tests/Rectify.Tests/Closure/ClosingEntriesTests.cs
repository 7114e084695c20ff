using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Publishing;
using Rectify.Tests.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>What is shown as closed stands in the published journal, and what stands there as closed is shown.</summary>
public sealed class ClosingEntriesTests
{
    [Theory, EveryDatabase]
    public async Task A_closing_without_its_entry_and_an_entry_without_its_closing_are_found(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database);
        var closing = await Closing.HaveAsync(published.World, Closing.Preset("plain"));
        await closing.HaveAtAsync(published.World, closing.Tasks[0].Id);
        await closing.HaveAtAsync(published.World, closing.Tasks[2].Id, "close"); // one step before: no closing yet
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(JournalFinding.Whole, await FindAsync());

        // Past the program, by whoever can write the database: a task called closed that nobody closed, a closing moved to another day, another signed content.
        var day = database is "sqlite" ? "date(\"On\", '+1 day')" : "\"On\" + 1";
        await SqlAsync("""CREATE TABLE "Kept" AS SELECT * FROM "ItemFact" WHERE "Kind" = 'Closed'""");
        await SqlAsync("""UPDATE "ItemFact" SET "ItemId" = (SELECT "Id" FROM "Item" WHERE "NumberText" = '第2项') WHERE "Kind" = 'Closed'""");
        Assert.Equal(JournalFinding.WithoutEntry, await FindAsync());
        await SqlAsync("""UPDATE "ItemFact" SET "ItemId" = (SELECT "ItemId" FROM "Kept") WHERE "Kind" = 'Closed'""");
        Assert.Equal(JournalFinding.Whole, await FindAsync());
        await SqlAsync($"""UPDATE "ItemFact" SET "On" = {day} WHERE "Kind" = 'Closed'""");
        Assert.Equal(JournalFinding.WithoutEntry, await FindAsync());
        await SqlAsync("""UPDATE "ItemFact" SET "On" = (SELECT "On" FROM "Kept") WHERE "Kind" = 'Closed'""");
        Assert.Equal(JournalFinding.Whole, await FindAsync());
        await SqlAsync("""UPDATE "ClosureAct" SET "Hash" = 'another' WHERE "StepKind" = 'Close'""");
        Assert.Equal(JournalFinding.WithoutEntry, await FindAsync());

        Task<JournalFinding> FindAsync() => published.World.InAsync(async (IServiceProvider services) =>
        {
            published.Rooms.Clear();
            published.Rooms.AddRange(services.GetServices<IStandForEntries>());
            return (await published.MonitorAsync())!.Finding;
        });
        Task SqlAsync(string sql) => published.World.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));
    }
}
