using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "MovedTo",
                table: "ClosureNotice",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ObjectionDesk",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mark = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Receiver = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Phone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Email = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Channel = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Online = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectionDesk", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ObjectionDesk_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublicNotice",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Year = table.Column<int>(type: "integer", nullable: true),
                    No = table.Column<int>(type: "integer", nullable: true),
                    From = table.Column<DateOnly>(type: "date", nullable: true),
                    To = table.Column<DateOnly>(type: "date", nullable: true),
                    EndsOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Days = table.Column<int>(type: "integer", nullable: false),
                    Working = table.Column<bool>(type: "boolean", nullable: false),
                    Channel = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    ClosureNoticeId = table.Column<Guid>(type: "uuid", nullable: true),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: true),
                    PublishedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicNotice", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PublicNotice_ClosureNotice_ClosureNoticeId",
                        column: x => x.ClosureNoticeId,
                        principalTable: "ClosureNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PublicNotice_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PublicNotice_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NoticePart",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClosureId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    Done = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C"),
                    Result = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C"),
                    Next = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticePart", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NoticePart_ItemClosure_ClosureId",
                        column: x => x.ClosureId,
                        principalTable: "ItemClosure",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NoticePart_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NoticePart_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "NoticePiece",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    PieceId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticePiece", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NoticePiece_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NoticePiece_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Objection",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicId = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClosureId = table.Column<Guid>(type: "uuid", nullable: true),
                    No = table.Column<int>(type: "integer", nullable: false),
                    Means = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    DatedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    InTime = table.Column<bool>(type: "boolean", nullable: false),
                    Sealed = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    CodeHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    FormKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    Reasons = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    Answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    SendsBack = table.Column<bool>(type: "boolean", nullable: false),
                    SettledOn = table.Column<DateOnly>(type: "date", nullable: true),
                    SettledAt = table.Column<long>(type: "bigint", nullable: true),
                    SettledBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Objection", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Objection_ItemClosure_ClosureId",
                        column: x => x.ClosureId,
                        principalTable: "ItemClosure",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Objection_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Overruling",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClosureId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    By = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Overruling", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Overruling_ItemClosure_ClosureId",
                        column: x => x.ClosureId,
                        principalTable: "ItemClosure",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Overruling_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ObjectionFile",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ObjectionId = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Sm3 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Salt = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectionFile", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ObjectionFile_Objection_ObjectionId",
                        column: x => x.ObjectionId,
                        principalTable: "Objection",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ObjectionFile_PublicNotice_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "PublicNotice",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NoticePart_ClosureId",
                table: "NoticePart",
                column: "ClosureId");

            migrationBuilder.CreateIndex(
                name: "IX_NoticePart_ItemId",
                table: "NoticePart",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_NoticePart_NoticeId_ClosureId",
                table: "NoticePart",
                columns: new[] { "NoticeId", "ClosureId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NoticePiece_NoticeId_PieceId",
                table: "NoticePiece",
                columns: new[] { "NoticeId", "PieceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NoticePiece_PieceId",
                table: "NoticePiece",
                column: "PieceId");

            migrationBuilder.CreateIndex(
                name: "IX_Objection_ClosureId",
                table: "Objection",
                column: "ClosureId");

            migrationBuilder.CreateIndex(
                name: "IX_Objection_CodeHash",
                table: "Objection",
                column: "CodeHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Objection_FormKey",
                table: "Objection",
                column: "FormKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Objection_NoticeId_No",
                table: "Objection",
                columns: new[] { "NoticeId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ObjectionDesk_ProgrammeId",
                table: "ObjectionDesk",
                column: "ProgrammeId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ObjectionFile_FileHash",
                table: "ObjectionFile",
                column: "FileHash");

            migrationBuilder.CreateIndex(
                name: "IX_ObjectionFile_NoticeId",
                table: "ObjectionFile",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_ObjectionFile_ObjectionId",
                table: "ObjectionFile",
                column: "ObjectionId");

            migrationBuilder.CreateIndex(
                name: "IX_Overruling_ClosureId",
                table: "Overruling",
                column: "ClosureId");

            migrationBuilder.CreateIndex(
                name: "IX_Overruling_NoticeId",
                table: "Overruling",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_PublicNotice_ClosureNoticeId",
                table: "PublicNotice",
                column: "ClosureNoticeId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicNotice_ProgrammeId_Year_No",
                table: "PublicNotice",
                columns: new[] { "ProgrammeId", "Year", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicNotice_PublicId",
                table: "PublicNotice",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicNotice_State_EndsOn",
                table: "PublicNotice",
                columns: new[] { "State", "EndsOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PublicNotice_UnitId",
                table: "PublicNotice",
                column: "UnitId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "NoticePart");

            migrationBuilder.DropTable(
                name: "NoticePiece");

            migrationBuilder.DropTable(
                name: "ObjectionDesk");

            migrationBuilder.DropTable(
                name: "ObjectionFile");

            migrationBuilder.DropTable(
                name: "Overruling");

            migrationBuilder.DropTable(
                name: "Objection");

            migrationBuilder.DropTable(
                name: "PublicNotice");

            migrationBuilder.DropColumn(
                name: "MovedTo",
                table: "ClosureNotice");
        }
    }
}
