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

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "PieceUse",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Names",
                table: "PieceUse",
                type: "TEXT",
                maxLength: 602,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Title",
                table: "PieceUse",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

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

            migrationBuilder.AddCheckConstraint(
                name: "CK_PieceUse_Kind",
                table: "PieceUse",
                sql: "length(\"Kind\") <= 40");

            migrationBuilder.AddCheckConstraint(
                name: "CK_PieceUse_Names",
                table: "PieceUse",
                sql: "length(\"Names\") <= 602");

            migrationBuilder.AddCheckConstraint(
                name: "CK_PieceUse_Title",
                table: "PieceUse",
                sql: "length(\"Title\") <= 200");
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
