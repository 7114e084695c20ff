using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "On",
                table: "PieceUse",
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.CreateTable(
                name: "BulletinCheck",
                columns: table => new
                {
                    BulletinId = table.Column<Guid>(type: "uuid", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: false),
                    Result = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    FailedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinCheck", x => x.BulletinId);
                    table.ForeignKey(
                        name: "FK_BulletinCheck_Bulletin_BulletinId",
                        column: x => x.BulletinId,
                        principalTable: "Bulletin",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "On", "PieceId" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_BulletinCheck_Result",
                table: "BulletinCheck",
                column: "Result");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BulletinCheck");

            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "On",
                table: "PieceUse");
        }
    }
}
