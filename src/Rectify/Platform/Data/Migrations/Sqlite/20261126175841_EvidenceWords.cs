using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EvidenceWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // With its check, and each column by itself: otherwise SQLite would write the table anew, outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "PieceUse" DROP COLUMN "Names" """);

            migrationBuilder.Sql("""ALTER TABLE "PieceUse" ADD COLUMN "Words" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PieceUse_Words" CHECK (length("Words") <= 803)""");

            migrationBuilder.Sql("""
                UPDATE "PieceUse" SET "Words" = lower(p."Title" || char(10) || p."Issuer" || char(10) || p."Number" || char(10) || p."Place")
                FROM "Piece" p WHERE p."Id" = "PieceUse"."PieceId"
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "PieceUse" DROP COLUMN "Words" """);

            migrationBuilder.Sql("""ALTER TABLE "PieceUse" ADD COLUMN "Names" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_PieceUse_Names" CHECK (length("Names") <= 602)""");

            migrationBuilder.Sql("""
                UPDATE "PieceUse" SET "Names" = p."Issuer" || char(10) || p."Number" || char(10) || p."Place" FROM "Piece" p WHERE p."Id" = "PieceUse"."PieceId"
                """);
        }
    }
}
