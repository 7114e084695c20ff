using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class HolidaysAndRedactions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_PieceId",
                table: "PieceUse");

            migrationBuilder.DropIndex(
                name: "IX_Journal_Act",
                table: "Journal");

            migrationBuilder.CreateTable(
                name: "AnnouncedYear",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Days = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnouncedYear", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Redactions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Subject = table.Column<Guid>(type: "uuid", nullable: false),
                    Ground = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Openings = table.Column<int>(type: "integer", nullable: false),
                    By = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Redactions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_PieceId_AddedAt_WithdrawnAt",
                table: "PieceUse",
                columns: new[] { "ItemId", "PieceId", "AddedAt", "WithdrawnAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Id",
                table: "Journal",
                column: "Id",
                filter: "\"Index\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AnnouncedYear_Year",
                table: "AnnouncedYear",
                column: "Year",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Redactions_At",
                table: "Redactions",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AnnouncedYear");

            migrationBuilder.DropTable(
                name: "Redactions");

            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_PieceId_AddedAt_WithdrawnAt",
                table: "PieceUse");

            migrationBuilder.DropIndex(
                name: "IX_Journal_Id",
                table: "Journal");

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "PieceId" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Act",
                table: "Journal",
                column: "Act");
        }
    }
}
