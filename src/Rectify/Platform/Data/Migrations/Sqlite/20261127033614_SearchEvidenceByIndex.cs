using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SearchEvidenceByIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse");

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_On_PieceId_AddedAt_Words",
                table: "PieceUse",
                columns: new[] { "ItemId", "On", "PieceId", "AddedAt", "Words" },
                descending: new[] { false, true, false, false, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_On_PieceId_AddedAt_Words",
                table: "PieceUse");

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "On", "PieceId" },
                descending: new[] { false, true, false });
        }
    }
}
