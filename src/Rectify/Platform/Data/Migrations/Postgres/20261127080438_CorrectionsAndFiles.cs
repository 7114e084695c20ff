using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
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
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateOnly>(
                name: "PlanApprovedOn",
                table: "PublicProgramme",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PlanNo",
                table: "PublicProgramme",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PlanOriginal",
                table: "PublicProgramme",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PlanWithheld",
                table: "PublicProgramme",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "ByAcceptor",
                table: "PublicNotice",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ObjectionClock",
                table: "PublicNotice",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Suspends",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Receivers",
                table: "PublicNotice",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "[]",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Seal",
                table: "FrozenLine",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "UnitDesk",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Receiver = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Phone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitDesk", x => x.Id);
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

            migrationBuilder.DropColumn(
                name: "ObjectionClock",
                table: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "Receivers",
                table: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "FrozenLine");
        }
    }
}
