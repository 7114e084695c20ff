using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Returns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "SentBack",
                table: "UnitReturn",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "SubmittedAt",
                table: "UnitReturn",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "ReturnLine",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Measures",
                table: "ReturnLine",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "FrozenLine",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "DueAt",
                table: "DispatchRound",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "DueTime",
                table: "DispatchCycle",
                type: "time without time zone",
                nullable: false,
                defaultValue: new TimeOnly(18, 0, 0));

            migrationBuilder.CreateTable(
                name: "DeadlineReasons",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Lines = table.Column<string>(type: "character varying(1300)", maxLength: 1300, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineReasons", x => x.ProgrammeId);
                    table.ForeignKey(
                        name: "FK_DeadlineReasons_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeadlineRequest",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    Explanation = table.Column<string>(type: "text", nullable: false),
                    Approver = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    AskedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    DecidedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DecidedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    Document = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Remarks = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineRequest", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeadlineRequest_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeadlineRequest_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeadlineRequest_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LineDraft",
                columns: table => new
                {
                    LineId = table.Column<Guid>(type: "uuid", nullable: false),
                    By = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Fields = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LineDraft", x => new { x.LineId, x.By });
                    table.ForeignKey(
                        name: "FK_LineDraft_ReturnLine_LineId",
                        column: x => x.LineId,
                        principalTable: "ReturnLine",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RoundCheck",
                columns: table => new
                {
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: false),
                    Result = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    FailedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoundCheck", x => x.RoundId);
                    table.ForeignKey(
                        name: "FK_RoundCheck_DispatchRound_RoundId",
                        column: x => x.RoundId,
                        principalTable: "DispatchRound",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeadlineMove",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    OpenFor = table.Column<Guid>(type: "uuid", nullable: true),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Order = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineMove", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeadlineMove_DeadlineRequest_RequestId",
                        column: x => x.RequestId,
                        principalTable: "DeadlineRequest",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeadlineMove_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeadlineProof",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestId = table.Column<Guid>(type: "uuid", nullable: false),
                    PieceId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileNo = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineProof", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeadlineProof_DeadlineRequest_RequestId",
                        column: x => x.RequestId,
                        principalTable: "DeadlineRequest",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeadlineProof_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineMove_ItemId",
                table: "DeadlineMove",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineMove_OpenFor",
                table: "DeadlineMove",
                column: "OpenFor",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineMove_RequestId_ItemId",
                table: "DeadlineMove",
                columns: new[] { "RequestId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineProof_PieceId",
                table: "DeadlineProof",
                column: "PieceId");

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineProof_RequestId_PieceId",
                table: "DeadlineProof",
                columns: new[] { "RequestId", "PieceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineRequest_ItemId",
                table: "DeadlineRequest",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineRequest_ProgrammeId_State_AskedAt",
                table: "DeadlineRequest",
                columns: new[] { "ProgrammeId", "State", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_DeadlineRequest_UnitId",
                table: "DeadlineRequest",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_RoundCheck_Result",
                table: "RoundCheck",
                column: "Result");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeadlineMove");

            migrationBuilder.DropTable(
                name: "DeadlineProof");

            migrationBuilder.DropTable(
                name: "DeadlineReasons");

            migrationBuilder.DropTable(
                name: "LineDraft");

            migrationBuilder.DropTable(
                name: "RoundCheck");

            migrationBuilder.DropTable(
                name: "DeadlineRequest");

            migrationBuilder.DropColumn(
                name: "SentBack",
                table: "UnitReturn");

            migrationBuilder.DropColumn(
                name: "SubmittedAt",
                table: "UnitReturn");

            migrationBuilder.DropColumn(
                name: "Evidence",
                table: "ReturnLine");

            migrationBuilder.DropColumn(
                name: "Measures",
                table: "ReturnLine");

            migrationBuilder.DropColumn(
                name: "Evidence",
                table: "FrozenLine");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "DispatchRound");

            migrationBuilder.DropColumn(
                name: "DueTime",
                table: "DispatchCycle");
        }
    }
}
