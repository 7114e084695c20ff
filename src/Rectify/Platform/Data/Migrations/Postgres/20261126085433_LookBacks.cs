using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
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
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Months = table.Column<int>(type: "integer", nullable: false),
                    Types = table.Column<string>(type: "character varying(1800)", maxLength: 1800, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CheckRules", x => x.ProgrammeId);
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    MadeBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    Draws = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookBackPlan", x => x.Id);
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    Parts = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Each = table.Column<int>(type: "integer", nullable: false),
                    List = table.Column<string>(type: "text", nullable: false),
                    ListHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Candidates = table.Column<int>(type: "integer", nullable: false),
                    Source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    SeedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Commitment = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    Person = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ListedAt = table.Column<long>(type: "bigint", nullable: false),
                    ListedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Seed = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    DrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    DrawnBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    VoidedAt = table.Column<long>(type: "bigint", nullable: true),
                    VoidedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    VoidedBecause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    LivePlan = table.Column<Guid>(type: "uuid", nullable: true),
                    LiveList = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LookBackDraw", x => x.Id);
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Origin = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: true),
                    DrawId = table.Column<Guid>(type: "uuid", nullable: true),
                    Person = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Since = table.Column<DateOnly>(type: "date", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Result = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    On = table.Column<DateOnly>(type: "date", nullable: true),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Opinion = table.Column<string>(type: "text", nullable: false),
                    HandedInBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    HandedInAt = table.Column<long>(type: "bigint", nullable: true),
                    Found = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    Remarks = table.Column<string>(type: "text", nullable: false),
                    ReviewedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    ReviewedAt = table.Column<long>(type: "bigint", nullable: true),
                    Returns = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Check", x => x.Id);
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CheckId = table.Column<Guid>(type: "uuid", nullable: false),
                    PieceId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileNo = table.Column<int>(type: "integer", nullable: false)
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    FactId = table.Column<Guid>(type: "uuid", nullable: false),
                    CheckId = table.Column<Guid>(type: "uuid", nullable: true),
                    StatedAt = table.Column<long>(type: "bigint", nullable: false),
                    StatedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rebound", x => x.Id);
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
