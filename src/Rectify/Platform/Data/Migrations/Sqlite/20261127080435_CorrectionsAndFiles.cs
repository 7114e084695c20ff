using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CorrectionsAndFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Corrections",
                table: "UnitReturn",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateOnly>(
                name: "PlanApprovedOn",
                table: "PublicProgramme",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PlanNo",
                table: "PublicProgramme",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PlanOriginal",
                table: "PublicProgramme",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PlanWithheld",
                table: "PublicProgramme",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "ByAcceptor",
                table: "PublicNotice",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("""ALTER TABLE "PublicNotice" ADD COLUMN "ObjectionClock" TEXT NOT NULL DEFAULT 'Suspends' CONSTRAINT "CK_PublicNotice_ObjectionClock" CHECK (length("ObjectionClock") <= 40)""");

            migrationBuilder.Sql("""ALTER TABLE "PublicNotice" ADD COLUMN "Receivers" TEXT NOT NULL DEFAULT '[]' CONSTRAINT "CK_PublicNotice_Receivers" CHECK (length("Receivers") <= 1000)""");

            migrationBuilder.AddColumn<string>(
                name: "Seal",
                table: "FrozenLine",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "UnitDesk",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Receiver = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitDesk", x => x.Id);
                    table.CheckConstraint("CK_UnitDesk_Address", "length(\"Address\") <= 200");
                    table.CheckConstraint("CK_UnitDesk_Email", "length(\"Email\") <= 100");
                    table.CheckConstraint("CK_UnitDesk_Phone", "length(\"Phone\") <= 100");
                    table.CheckConstraint("CK_UnitDesk_Receiver", "length(\"Receiver\") <= 100");
                    table.ForeignKey(
                        name: "FK_UnitDesk_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UnitDesk_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnitDesk_ProgrammeId_UnitId",
                table: "UnitDesk",
                columns: new[] { "ProgrammeId", "UnitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitDesk_UnitId",
                table: "UnitDesk",
                column: "UnitId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnitDesk");

            migrationBuilder.DropColumn(
                name: "Corrections",
                table: "UnitReturn");

            migrationBuilder.DropColumn(
                name: "PlanApprovedOn",
                table: "PublicProgramme");

            migrationBuilder.DropColumn(
                name: "PlanNo",
                table: "PublicProgramme");

            migrationBuilder.DropColumn(
                name: "PlanOriginal",
                table: "PublicProgramme");

            migrationBuilder.DropColumn(
                name: "PlanWithheld",
                table: "PublicProgramme");

            migrationBuilder.DropColumn(
                name: "ByAcceptor",
                table: "PublicNotice");

            migrationBuilder.Sql("""ALTER TABLE "PublicNotice" DROP COLUMN "ObjectionClock" """);

            migrationBuilder.Sql("""ALTER TABLE "PublicNotice" DROP COLUMN "Receivers" """);

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "FrozenLine");
        }
    }
}
