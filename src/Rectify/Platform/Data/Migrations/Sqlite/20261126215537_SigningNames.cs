using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SigningNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "Unit" ADD COLUMN "SigningName" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_Unit_SigningName" CHECK (length("SigningName") <= 100)""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "Unit" DROP COLUMN "SigningName" """);
        }
    }
}
