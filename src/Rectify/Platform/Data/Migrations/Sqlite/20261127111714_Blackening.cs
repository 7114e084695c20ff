using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Blackening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Blackened",
                table: "Redactions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql("""ALTER TABLE "PlanVersion" ADD COLUMN "Sm3" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PlanVersion_Sm3" CHECK (length("Sm3") <= 64)""");

            migrationBuilder.Sql("""ALTER TABLE "ImportDraft" ADD COLUMN "Sm3" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_ImportDraft_Sm3" CHECK (length("Sm3") <= 64)""");

            migrationBuilder.CreateTable(
                name: "BlackenedDocuments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DocumentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BlackenedDocuments", x => x.Id);
                    table.CheckConstraint("CK_BlackenedDocuments_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_BlackenedDocuments_Part", "length(\"Part\") <= 20");
                });

            migrationBuilder.CreateIndex(
                name: "IX_BlackenedDocuments_DocumentId_Part",
                table: "BlackenedDocuments",
                columns: new[] { "DocumentId", "Part" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BlackenedDocuments");

            migrationBuilder.DropColumn(
                name: "Blackened",
                table: "Redactions");

            migrationBuilder.Sql("""ALTER TABLE "PlanVersion" DROP COLUMN "Sm3" """);

            migrationBuilder.Sql("""ALTER TABLE "ImportDraft" DROP COLUMN "Sm3" """);
        }
    }
}
