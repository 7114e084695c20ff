using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LookBacks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CheckRules",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Months = table.Column<int>(type: "INTEGER", nullable: false),
                    Types = table.Column<string>(type: "TEXT", maxLength: 1800, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CheckRules", x => x.ProgrammeId);
                    table.CheckConstraint("CK_CheckRules_Types", "length(\"Types\") <= 1800");
                    table.ForeignKey(
                        name: "FK_CheckRules_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LookBackPlan",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Draws = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookBackPlan", x => x.Id);
                    table.CheckConstraint("CK_LookBackPlan_MadeBy", "length(\"MadeBy\") <= 80");
                    table.CheckConstraint("CK_LookBackPlan_Title", "length(\"Title\") <= 200");
                    table.ForeignKey(
                        name: "FK_LookBackPlan_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LookBackDraw",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Parts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Each = table.Column<int>(type: "INTEGER", nullable: false),
                    List = table.Column<string>(type: "TEXT", nullable: false),
                    ListHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Candidates = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    SeedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Commitment = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Person = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ListedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ListedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Seed = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DrawnBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    VoidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    VoidedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    VoidedBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    LivePlan = table.Column<Guid>(type: "TEXT", nullable: true),
                    LiveList = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookBackDraw", x => x.Id);
                    table.CheckConstraint("CK_LookBackDraw_Commitment", "length(\"Commitment\") <= 64");
                    table.CheckConstraint("CK_LookBackDraw_DrawnBy", "length(\"DrawnBy\") <= 80");
                    table.CheckConstraint("CK_LookBackDraw_ListedBy", "length(\"ListedBy\") <= 80");
                    table.CheckConstraint("CK_LookBackDraw_ListHash", "length(\"ListHash\") <= 64");
                    table.CheckConstraint("CK_LookBackDraw_LiveList", "length(\"LiveList\") <= 100");
                    table.CheckConstraint("CK_LookBackDraw_Parts", "length(\"Parts\") <= 40");
                    table.CheckConstraint("CK_LookBackDraw_Person", "length(\"Person\") <= 100");
                    table.CheckConstraint("CK_LookBackDraw_Seed", "length(\"Seed\") <= 200");
                    table.CheckConstraint("CK_LookBackDraw_Source", "length(\"Source\") <= 300");
                    table.CheckConstraint("CK_LookBackDraw_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_LookBackDraw_VoidedBecause", "length(\"VoidedBecause\") <= 500");
                    table.CheckConstraint("CK_LookBackDraw_VoidedBy", "length(\"VoidedBy\") <= 80");
                    table.ForeignKey(
                        name: "FK_LookBackDraw_LookBackPlan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "LookBackPlan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LookBackDraw_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Check",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DrawId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Person = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Opinion = table.Column<string>(type: "TEXT", nullable: false),
                    HandedInBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    HandedInAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Found = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Remarks = table.Column<string>(type: "TEXT", nullable: false),
                    ReviewedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    ReviewedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Returns = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Check", x => x.Id);
                    table.CheckConstraint("CK_Check_Found", "length(\"Found\") <= 40");
                    table.CheckConstraint("CK_Check_HandedInBy", "length(\"HandedInBy\") <= 80");
                    table.CheckConstraint("CK_Check_Key", "length(\"Key\") <= 100");
                    table.CheckConstraint("CK_Check_Origin", "length(\"Origin\") <= 40");
                    table.CheckConstraint("CK_Check_Person", "length(\"Person\") <= 100");
                    table.CheckConstraint("CK_Check_Place", "length(\"Place\") <= 200");
                    table.CheckConstraint("CK_Check_Result", "length(\"Result\") <= 40");
                    table.CheckConstraint("CK_Check_ReviewedBy", "length(\"ReviewedBy\") <= 80");
                    table.CheckConstraint("CK_Check_State", "length(\"State\") <= 40");
                    table.ForeignKey(
                        name: "FK_Check_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Check_LookBackDraw_DrawId",
                        column: x => x.DrawId,
                        principalTable: "LookBackDraw",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Check_LookBackPlan_PlanId",
                        column: x => x.PlanId,
                        principalTable: "LookBackPlan",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Check_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Check_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CheckProof",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CheckId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileNo = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CheckProof", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CheckProof_Check_CheckId",
                        column: x => x.CheckId,
                        principalTable: "Check",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CheckProof_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Rebound",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FactId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CheckId = table.Column<Guid>(type: "TEXT", nullable: true),
                    StatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StatedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rebound", x => x.Id);
                    table.CheckConstraint("CK_Rebound_Reference", "length(\"Reference\") <= 200");
                    table.CheckConstraint("CK_Rebound_Source", "length(\"Source\") <= 40");
                    table.CheckConstraint("CK_Rebound_StatedBy", "length(\"StatedBy\") <= 80");
                    table.ForeignKey(
                        name: "FK_Rebound_Check_CheckId",
                        column: x => x.CheckId,
                        principalTable: "Check",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Rebound_ItemFact_FactId",
                        column: x => x.FactId,
                        principalTable: "ItemFact",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Rebound_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Check_DrawId",
                table: "Check",
                column: "DrawId");

            migrationBuilder.CreateIndex(
                name: "IX_Check_ItemId_Origin_DueOn",
                table: "Check",
                columns: new[] { "ItemId", "Origin", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Check_Key",
                table: "Check",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Check_PlanId",
                table: "Check",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_Check_ProgrammeId_State_DueOn",
                table: "Check",
                columns: new[] { "ProgrammeId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Check_UnitId",
                table: "Check",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_CheckProof_CheckId_PieceId",
                table: "CheckProof",
                columns: new[] { "CheckId", "PieceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CheckProof_PieceId",
                table: "CheckProof",
                column: "PieceId");

            migrationBuilder.CreateIndex(
                name: "IX_LookBackDraw_LiveList",
                table: "LookBackDraw",
                column: "LiveList",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LookBackDraw_LivePlan",
                table: "LookBackDraw",
                column: "LivePlan",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LookBackDraw_PlanId_No",
                table: "LookBackDraw",
                columns: new[] { "PlanId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LookBackDraw_UnitId",
                table: "LookBackDraw",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_LookBackPlan_ProgrammeId_From",
                table: "LookBackPlan",
                columns: new[] { "ProgrammeId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Rebound_CheckId",
                table: "Rebound",
                column: "CheckId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rebound_FactId",
                table: "Rebound",
                column: "FactId");

            migrationBuilder.CreateIndex(
                name: "IX_Rebound_ItemId",
                table: "Rebound",
                column: "ItemId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CheckProof");

            migrationBuilder.DropTable(
                name: "CheckRules");

            migrationBuilder.DropTable(
                name: "Rebound");

            migrationBuilder.DropTable(
                name: "Check");

            migrationBuilder.DropTable(
                name: "LookBackDraw");

            migrationBuilder.DropTable(
                name: "LookBackPlan");
        }
    }
}
