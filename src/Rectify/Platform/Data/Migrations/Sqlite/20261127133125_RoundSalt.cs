using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RoundSalt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "DispatchRound" ADD COLUMN "Salt" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_DispatchRound_Salt" CHECK (length("Salt") <= 22)""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "DispatchRound" DROP COLUMN "Salt" """);
        }
    }
}
