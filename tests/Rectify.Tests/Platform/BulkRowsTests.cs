using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Search;
using Rectify.Tests.Organisation;

namespace Rectify.Tests.Platform;

public sealed class BulkRowsTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    // Below a hundred rows they go with the others, above on a way of their own: both must write the same.
    [Theory, EveryDatabase]
    public async Task Many_rows_read_back_as_few_do(string database)
    {
        await using var world = await World.CreateAsync(database);
        Assert.Equal(await WrittenAsync(world, 7), (await WrittenAsync(world, 700))[..7]);
    }

    [Theory, EveryDatabase]
    public async Task Many_rows_are_found_by_the_index_of_words(string database)
    {
        await using var world = await World.CreateAsync(database);
        await WrittenAsync(world, 700);
        await world.InAsync(async (Db db) => Assert.Equal(700, await db.Matching("污水").CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Many_rows_that_one_of_them_forbids_leave_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(world, Guid.NewGuid(), 700, tooLong: true));
        await world.InAsync(async (Db db) => Assert.Equal((0, 0), (await db.SearchTexts.CountAsync(Ct), await db.Journal.CountAsync(Ct))));
    }

    private static async Task<List<string>> WrittenAsync(World world, int rows)
    {
        var subject = Guid.NewGuid();
        await WriteAsync(world, subject, rows);
        return await world.InAsync(async (Db db) =>
            (await db.SearchTexts.AsNoTracking().Where(text => text.Subject == subject).OrderBy(text => text.Id).ToListAsync(Ct))
                .ConvertAll(text => $"{text.Field} {text.Folded} {text.Grams}"));
    }

    private static Task WriteAsync(World world, Guid subject, int rows, bool tooLong = false) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = (Db)services.GetService(typeof(Db))!;
        db.AddInBulk(Enumerable.Range(0, rows).Select(i => new SearchText
        {
            Subject = subject,
            Part = Guid.NewGuid(),
            Field = tooLong && i == rows - 1 ? new string('x', 500) : $"f{i}",
            Folded = $"污水 {i} \"'\\\t",
            Grams = Bigrams.Tokens($"污水{i}"),
        }));
        await ((JournalWriter)services.GetService(typeof(JournalWriter))!).CommitAsync(
            new Marked { Subject = subject, By = People.Setup, At = world.Clock.NowMs }, Ct);
    });

    private sealed record Marked : Fact
    {
        public override string Kind => "test.marked";
    }
}
