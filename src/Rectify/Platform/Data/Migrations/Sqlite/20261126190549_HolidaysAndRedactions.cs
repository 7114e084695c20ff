using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Days = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnouncedYear", x => x.Id);
                    table.CheckConstraint("CK_AnnouncedYear_Days", "length(\"Days\") <= 2000");
                });

            migrationBuilder.CreateTable(
                name: "Redactions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    Ground = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Openings = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Redactions", x => x.Id);
                    table.CheckConstraint("CK_Redactions_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_Redactions_Ground", "length(\"Ground\") <= 40");
                    table.CheckConstraint("CK_Redactions_Reason", "length(\"Reason\") <= 500");
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
