using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "PieceUse",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Names",
                table: "PieceUse",
                type: "character varying(602)",
                maxLength: 602,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Title",
                table: "PieceUse",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "UnitId",
                table: "PieceUse",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<long>(
                name: "WithdrawnAt",
                table: "PieceUse",
                type: "bigint",
                nullable: true);

            // What pieces say stands beside what they prove from now on: also of those that are there.
            migrationBuilder.Sql("""
                UPDATE "PieceUse" SET "On" = COALESCE(p."EffectiveOn", DATE '-infinity'), "Kind" = p."Kind", "UnitId" = p."UnitId", "Title" = p."Title",
                    "Names" = p."Issuer" || chr(10) || p."Number" || chr(10) || p."Place", "AddedAt" = p."AddedAt", "WithdrawnAt" = p."WithdrawnAt"
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
