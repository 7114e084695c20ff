using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NoticesWithhold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "Unit" ADD COLUMN "SigningName" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_Unit_SigningName" CHECK (length("SigningName") <= 100)""");

            migrationBuilder.AddColumn<long>(
                name: "MaskedAt",
                table: "PublicNotice",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Withheld",
                table: "PublicNotice",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.Sql("""ALTER TABLE "Overruling" ADD COLUMN "Said" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_Overruling_Said" CHECK (length("Said") <= 1000)""");

            migrationBuilder.Sql("""ALTER TABLE "ClosureNotice" ADD COLUMN "Number" TEXT NOT NULL DEFAULT '' CONSTRAINT "CK_ClosureNotice_Number" CHECK (length("Number") <= 60)""");

            migrationBuilder.CreateTable(
                name: "NoticeMasking",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeMasking", x => x.Id);
                    table.CheckConstraint("CK_NoticeMasking_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_NoticeMasking_Hash", "length(\"Hash\") <= 64");
                    table.ForeignKey(
                        name: "FK_NoticeMasking_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NoticeMasking_NoticeId",
                table: "NoticeMasking",
                column: "NoticeId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "NoticeMasking");

            migrationBuilder.Sql("""ALTER TABLE "Unit" DROP COLUMN "SigningName" """);

            migrationBuilder.DropColumn(
                name: "MaskedAt",
                table: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "Withheld",
                table: "PublicNotice");

            migrationBuilder.Sql("""ALTER TABLE "Overruling" DROP COLUMN "Said" """);

            migrationBuilder.Sql("""ALTER TABLE "ClosureNotice" DROP COLUMN "Number" """);
        }
    }
}
