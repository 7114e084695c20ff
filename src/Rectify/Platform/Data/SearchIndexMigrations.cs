using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Rectify.Platform.Data;

// The full-text index is what the two databases do differently; the model does not know it.

[DbContext(typeof(SqliteDb))]
[Migration("20261125235900_SearchIndex")]
internal sealed class SqliteSearchIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Grams", content='SearchTexts', content_rowid='Id', tokenize="unicode61 remove_diacritics 0");
        CREATE TRIGGER "SearchTexts_added" AFTER INSERT ON "SearchTexts" BEGIN
          INSERT INTO "SearchIndex"(rowid, "Grams") VALUES (new."Id", new."Grams");
        END;
        CREATE TRIGGER "SearchTexts_removed" AFTER DELETE ON "SearchTexts" BEGIN
          INSERT INTO "SearchIndex"("SearchIndex", rowid, "Grams") VALUES ('delete', old."Id", old."Grams");
        END;
        INSERT INTO "SearchIndex"("SearchIndex") VALUES ('rebuild');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP TRIGGER "SearchTexts_added"; DROP TRIGGER "SearchTexts_removed"; DROP TABLE "SearchIndex";
        """);
}

[DbContext(typeof(PostgresDb))]
[Migration("20261125235900_SearchIndex")]
internal sealed class PostgresSearchIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE "SearchTexts" ADD COLUMN "Vector" tsvector GENERATED ALWAYS AS (to_tsvector('simple', "Grams")) STORED;
        CREATE INDEX "IX_SearchTexts_Vector" ON "SearchTexts" USING gin ("Vector");
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE "SearchTexts" DROP COLUMN "Vector";
        """);
}
