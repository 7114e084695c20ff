using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Closing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AcceptanceDay",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AcceptanceDay", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AcceptanceDay_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AcceptanceDay_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClosureNotice",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Working = table.Column<bool>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosureNotice", x => x.Id);
                    table.CheckConstraint("CK_ClosureNotice_Channel", "length(\"Channel\") <= 200");
                    table.ForeignKey(
                        name: "FK_ClosureNotice_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ItemClosure",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Live = table.Column<int>(type: "INTEGER", nullable: true),
                    ProcedureNo = table.Column<int>(type: "INTEGER", nullable: false),
                    BeganAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Cycle = table.Column<int>(type: "INTEGER", nullable: false),
                    Returns = table.Column<int>(type: "INTEGER", nullable: false),
                    StepNo = table.Column<int>(type: "INTEGER", nullable: false),
                    StepKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StepSince = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    StepDue = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Declared = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemClosure", x => x.Id);
                    table.CheckConstraint("CK_ItemClosure_Outcome", "length(\"Outcome\") <= 40");
                    table.CheckConstraint("CK_ItemClosure_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_ItemClosure_StepKey", "length(\"StepKey\") <= 40");
                    table.ForeignKey(
                        name: "FK_ItemClosure_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ItemClosure_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ItemClosure_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProcedureVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProcedureVersion", x => x.Id);
                    table.CheckConstraint("CK_ProcedureVersion_Reason", "length(\"Reason\") <= 500");
                    table.ForeignKey(
                        name: "FK_ProcedureVersion_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClosureAct",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClosureId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Cycle = table.Column<int>(type: "INTEGER", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StepKey = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StepKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Opinion = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Stated = table.Column<string>(type: "TEXT", nullable: false),
                    Effect = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Opening = table.Column<bool>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosureAct", x => x.Id);
                    table.CheckConstraint("CK_ClosureAct_Act", "length(\"Act\") <= 40");
                    table.CheckConstraint("CK_ClosureAct_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_ClosureAct_Effect", "length(\"Effect\") <= 40");
                    table.CheckConstraint("CK_ClosureAct_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_ClosureAct_Opinion", "length(\"Opinion\") <= 4000");
                    table.CheckConstraint("CK_ClosureAct_StepKey", "length(\"StepKey\") <= 40");
                    table.CheckConstraint("CK_ClosureAct_StepKind", "length(\"StepKind\") <= 40");
                    table.ForeignKey(
                        name: "FK_ClosureAct_ClosureNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "ClosureNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClosureAct_ItemClosure_ClosureId",
                        column: x => x.ClosureId,
                        principalTable: "ItemClosure",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClosureAct_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AcceptanceDay_ProgrammeId_UnitId_Month",
                table: "AcceptanceDay",
                columns: new[] { "ProgrammeId", "UnitId", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AcceptanceDay_UnitId",
                table: "AcceptanceDay",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_ClosureAct_ClosureId_No",
                table: "ClosureAct",
                columns: new[] { "ClosureId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClosureAct_NoticeId",
                table: "ClosureAct",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_ClosureAct_UnitId",
                table: "ClosureAct",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_ClosureNotice_ProgrammeId_No",
                table: "ClosureNotice",
                columns: new[] { "ProgrammeId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemClosure_ItemId_UnitId_Live",
                table: "ItemClosure",
                columns: new[] { "ItemId", "UnitId", "Live" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemClosure_ProgrammeId_State_StepSince_Id",
                table: "ItemClosure",
                columns: new[] { "ProgrammeId", "State", "StepSince", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ItemClosure_PublicId",
                table: "ItemClosure",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemClosure_UnitId",
                table: "ItemClosure",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_ProcedureVersion_ProgrammeId_No",
                table: "ProcedureVersion",
                columns: new[] { "ProgrammeId", "No" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AcceptanceDay");

            migrationBuilder.DropTable(
                name: "ClosureAct");

            migrationBuilder.DropTable(
                name: "ProcedureVersion");

            migrationBuilder.DropTable(
                name: "ClosureNotice");

            migrationBuilder.DropTable(
                name: "ItemClosure");
        }
    }
}
