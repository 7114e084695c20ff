using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EvidenceWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Names",
                table: "PieceUse");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "PieceUse",
                type: "character varying(803)",
                maxLength: 803,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.Sql("""
                UPDATE "PieceUse" SET "Words" = lower(p."Title" || chr(10) || p."Issuer" || chr(10) || p."Number" || chr(10) || p."Place")
                FROM "Piece" p WHERE p."Id" = "PieceUse"."PieceId"
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Words",
                table: "PieceUse");

            migrationBuilder.AddColumn<string>(
                name: "Names",
                table: "PieceUse",
                type: "character varying(602)",
                maxLength: 602,
                nullable: false,
                defaultValue: "",
                collation: "C");
        }
    }
}
