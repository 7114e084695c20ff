using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class NoticesWithhold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SigningName",
                table: "Unit",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "MaskedAt",
                table: "PublicNotice",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Withheld",
                table: "PublicNotice",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Said",
                table: "Overruling",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Number",
                table: "ClosureNotice",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "NoticeMasking",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeMasking", x => x.Id);
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

            migrationBuilder.DropColumn(
                name: "SigningName",
                table: "Unit");

            migrationBuilder.DropColumn(
                name: "MaskedAt",
                table: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "Withheld",
                table: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "Said",
                table: "Overruling");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "ClosureNotice");
        }
    }
}
