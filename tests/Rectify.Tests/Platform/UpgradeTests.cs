using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform;

/// <summary>A database of the first version, with rows in it, becomes one of today.</summary>
public sealed partial class UpgradeTests
{
    [GeneratedRegex("""^ALTER TABLE ("\w+") ADD COLUMN ("\w+")""")]
    private static partial Regex AddedColumn();

    [GeneratedRegex("""^ALTER TABLE ("\w+") DROP COLUMN ("\w+")""")]
    private static partial Regex DroppedColumn();

    [Theory, EveryDatabase]
    public async Task Rows_of_the_first_version_stay_as_they_were_and_work_goes_on(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await EvidenceTests.AddAsync(world, r.People["c1"], "a photo"u8.ToArray(), new("Photo", Rectify.Evidence.PieceKind.Photo), r.Tasks[0].Id);
        var (february, march) = (await r.OpenAsync(world, new(2026, 2, 28)), await r.OpenAsync(world, new(2026, 3, 31)));
        await r.ReportAsync(world, february, "C1", 20);
        await r.CloseAsync(world, february);
        await r.FillAsync(world, march, "C1", 35);
        await r.SubmitAsync(world, march, "C1");
        await r.FillAsync(world, march, "C2", 10);

        await SignAsFirstAsync(world, database, february);
        await TakeBackAsync(world);
        await SqlAsync(world, "DELETE FROM \"Journal\" WHERE \"Kind\" = 'dispatch.tasks-frozen'"); // the first version wrote none
        var columns = await ColumnsAsync(world, database);
        var before = await RowsAsync(world, columns);
        Assert.Contains(before, row => row.StartsWith("ReturnLine ", StringComparison.Ordinal));
        Assert.DoesNotContain(columns, one => one.Table is "FrozenTask" or "Notice" || one is { Table: "ReturnLine", Column: "Evidence" });
        await world.InAsync((Db db) => db.Database.MigrateAsync(Ct));

        Assert.Equal(before.Order(StringComparer.Ordinal), (await RowsAsync(world, columns)).Order(StringComparer.Ordinal));
        await world.InAsync(async (Db db) =>
        {
            Assert.All(await db.RoundsFor(Office.Room).ToListAsync(Ct), round => Assert.Null(round.DueAt)); // they were due by the end of a day
            Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, february, Ct));
            var c1 = await ReturnView.ReadAsync(db, r.Office, (await db.ReturnsFor(Office.Room).SingleAsync(one => one.RoundId == march && one.UnitId == r.Units["C1"].Id, Ct)).Id, world.Clock.Today, Ct);
            Assert.Equal((ReturnState.Submitted, false), (c1.Return.State, await DatedReturn.Of(db.ReturnsFor(Office.Room), db.RoundsFor(Office.Room)).Where(dated => dated.One.Id == c1.Return.Id).Select(dated => dated.Late).SingleAsync(Ct)));
            Assert.All(c1.Lines, line => Assert.Empty(line.Stated.Evidence));
            var (piece, use) = (await db.PiecesFor(r.Office).SingleAsync(Ct), await db.PieceUses().SingleAsync(Ct));
            Assert.Equal(
                (PieceQuery.Undated, piece.Kind, piece.UnitId, "Photo", "photo\n\n\n", piece.AddedAt, piece.WithdrawnAt),
                (use.On, use.Kind, use.UnitId, use.Title, use.Words, use.AddedAt, use.WithdrawnAt));
        });
        await r.DecideAsync(world, march, "C1", ReturnAct.PassUp, "p1");
        await r.DecideAsync(world, march, "C1", ReturnAct.Accept, "office");
        await r.SubmitAsync(world, march, "C2");
        await r.CloseAsync(world, march);
        await world.InAsync(async (Db db) => Assert.Equal(FrozenResult.Intact, await CheckFrozen.ReadAsync(db, march, Ct)));
    }

    // The first version's closing covered figures and states, no words.
    private static async Task SignAsFirstAsync(World world, string database, Guid round)
    {
        var (now, first) = await world.InAsync(async (Db db) =>
        {
            var lines = await db.FrozenLines().AsNoTracking().Where(line => line.RoundId == round).ToListAsync(Ct);
            var figures = await db.FrozenFigures().AsNoTracking().Where(figure => figure.RoundId == round).ToListAsync(Ct);
            var salt = await db.RoundsFor(Office.Room).Where(one => one.Id == round).Select(one => one.Salt).SingleAsync(Ct);
            return (CloseRound.Digest(salt, lines, figures, []), CloseRound.Digest("", lines.Select(line => line.ToText().Split(" says ")[0]).Concat(figures.Select(figure => figure.ToText()))));
        });
        await SqlAsync(world, database == "sqlite"
            ? $"UPDATE \"Journal\" SET \"Body\" = CAST(replace(CAST(\"Body\" AS TEXT), '{now}', '{first}') AS BLOB) WHERE \"Kind\" = 'dispatch.round-closed'"
            : $"UPDATE \"Journal\" SET \"Body\" = convert_to(replace(convert_from(\"Body\", 'UTF8'), '{now}', '{first}'), 'UTF8') WHERE \"Kind\" = 'dispatch.round-closed'");
    }

    // What later migrations added is taken away. Their own way down rebuilds tables in SQLite, for which the first version's last migration keeps no model.
    private static Task TakeBackAsync(World world) => world.InAsync(async (Db db) =>
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        foreach (var (id, type) in migrations.Migrations.OrderByDescending(one => one.Key, StringComparer.Ordinal).TakeWhile(one => !one.Key.EndsWith("_SearchIndex", StringComparison.Ordinal)))
        {
            var migration = migrations.CreateMigration(type, db.Database.ProviderName!);
            foreach (var operation in migration.UpOperations.Reverse())
            {
                var sql = operation switch
                {
                    CreateTableOperation table => $"DROP TABLE \"{table.Name}\"",
                    AddColumnOperation column => $"ALTER TABLE \"{column.Table}\" DROP COLUMN \"{column.Name}\"",
                    DropIndexOperation index => Index(migration.DownOperations.OfType<CreateIndexOperation>().Single(one => one.Name == index.Name)),
                    CreateIndexOperation index => $"DROP INDEX \"{index.Name}\"",
                    SqlOperation added when AddedColumn().Match(added.Sql) is { Success: true } column => $"ALTER TABLE {column.Groups[1]} DROP COLUMN {column.Groups[2]}",
                    DropColumnOperation column => Empty($"\"{column.Table}\"", $"\"{column.Name}\""),
                    SqlOperation dropped when DroppedColumn().Match(dropped.Sql) is { Success: true } column => Empty(column.Groups[1].Value, column.Groups[2].Value),
                    SqlOperation => "SELECT 1", // fills columns that go
                    _ => throw new NotSupportedException($"{operation} has to be taken back here too."),
                };
                await db.Database.ExecuteSqlRawAsync(sql, Ct);
            }

            await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = {id}", Ct);
        }
    });

    // A column that some version had and a later one dropped: it goes with the version that added it.
    private static string Empty(string table, string column) => $"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''";

    private static string Index(CreateIndexOperation index) => $"CREATE INDEX \"{index.Name}\" ON \"{index.Table}\" ({string.Join(", ", index.Columns.Select(column => $"\"{column}\""))})";

    private static Task SqlAsync(World world, string sql) => world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync(sql, Ct));

    // Each table's columns.
    private static Task<List<(string Table, string Column)>> ColumnsAsync(World world, string database) => ReadAsync(
        world,
        database == "sqlite"
            ? "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'SearchIndex%'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'",
        reader => (reader.GetString(0), reader.GetString(1)));

    // Each row as its table and its values in these columns.
    private static async Task<List<string>> RowsAsync(World world, List<(string Table, string Column)> columns)
    {
        var rows = new List<string>();
        foreach (var table in columns.Where(one => !one.Table.StartsWith("__", StringComparison.Ordinal)).GroupBy(one => one.Table, one => one.Column))
        {
            var names = string.Join(", ", table.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""));
            rows.AddRange(await ReadAsync(world, $"SELECT {names} FROM \"{table.Key}\"", reader =>
                $"{table.Key} {string.Join(';', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i))))}"));
        }

        return rows;
    }

    private static Task<List<T>> ReadAsync<T>(World world, string sql, Func<DbDataReader, T> row) => world.InAsync(async (Db db) =>
    {
        await db.Database.OpenConnectionAsync(Ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    });

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
