using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EvidenceInOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AddedAt",
                table: "PieceUse",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Each with its check: added afterwards, SQLite would write the table anew, outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "PieceUse" ADD COLUMN "Kind" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PieceUse_Kind" CHECK (length("Kind") <= 40)""");

            migrationBuilder.Sql("""ALTER TABLE "PieceUse" ADD COLUMN "Names" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PieceUse_Names" CHECK (length("Names") <= 602)""");

            migrationBuilder.Sql("""ALTER TABLE "PieceUse" ADD COLUMN "Title" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PieceUse_Title" CHECK (length("Title") <= 200)""");

            migrationBuilder.AddColumn<Guid>(
                name: "UnitId",
                table: "PieceUse",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<long>(
                name: "WithdrawnAt",
                table: "PieceUse",
                type: "INTEGER",
                nullable: true);

            // What pieces say stands beside what they prove from now on: also of those that are there.
            migrationBuilder.Sql("""
                UPDATE "PieceUse" SET "On" = COALESCE(p."EffectiveOn", '0001-01-01'), "Kind" = p."Kind", "UnitId" = p."UnitId", "Title" = p."Title",
                    "Names" = p."Issuer" || char(10) || p."Number" || char(10) || p."Place", "AddedAt" = p."AddedAt", "WithdrawnAt" = p."WithdrawnAt"
                FROM "Piece" p WHERE p."Id" = "PieceUse"."PieceId"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_Title_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "Title", "PieceId" });

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_UnitId_On_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "UnitId", "On", "PieceId" },
                descending: new[] { false, false, true, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_Title_PieceId",
                table: "PieceUse");

            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_UnitId_On_PieceId",
                table: "PieceUse");

            migrationBuilder.DropCheckConstraint(
                name: "CK_PieceUse_Kind",
                table: "PieceUse");

            migrationBuilder.DropCheckConstraint(
                name: "CK_PieceUse_Names",
                table: "PieceUse");

            migrationBuilder.DropCheckConstraint(
                name: "CK_PieceUse_Title",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "AddedAt",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "Names",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "Title",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "UnitId",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "WithdrawnAt",
                table: "PieceUse");
        }
    }
}
