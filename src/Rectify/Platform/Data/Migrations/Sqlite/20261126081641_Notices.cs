using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ObjectionDesk",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Receiver = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Phone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Online = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectionDesk", x => x.Id);
                    table.CheckConstraint("CK_ObjectionDesk_Address", "length(\"Address\") <= 200");
                    table.CheckConstraint("CK_ObjectionDesk_Channel", "length(\"Channel\") <= 200");
                    table.CheckConstraint("CK_ObjectionDesk_Email", "length(\"Email\") <= 100");
                    table.CheckConstraint("CK_ObjectionDesk_Mark", "length(\"Mark\") <= 20");
                    table.CheckConstraint("CK_ObjectionDesk_Phone", "length(\"Phone\") <= 100");
                    table.CheckConstraint("CK_ObjectionDesk_Receiver", "length(\"Receiver\") <= 100");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: true),
                    No = table.Column<int>(type: "INTEGER", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndsOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Working = table.Column<bool>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ClosureNoticeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PublishedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicNotice", x => x.Id);
                    table.CheckConstraint("CK_PublicNotice_Channel", "length(\"Channel\") <= 200");
                    table.CheckConstraint("CK_PublicNotice_ContentHash", "length(\"ContentHash\") <= 64");
                    table.CheckConstraint("CK_PublicNotice_PublishedBy", "length(\"PublishedBy\") <= 80");
                    table.CheckConstraint("CK_PublicNotice_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_PublicNotice_Title", "length(\"Title\") <= 200");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClosureId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false),
                    Next = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticePart", x => x.Id);
                    table.CheckConstraint("CK_NoticePart_Done", "length(\"Done\") <= 20000");
                    table.CheckConstraint("CK_NoticePart_Next", "length(\"Next\") <= 20000");
                    table.CheckConstraint("CK_NoticePart_Result", "length(\"Result\") <= 20000");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClosureId = table.Column<Guid>(type: "TEXT", nullable: true),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Means = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DatedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    InTime = table.Column<bool>(type: "INTEGER", nullable: false),
                    Sealed = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FormKey = table.Column<Guid>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Reasons = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    SendsBack = table.Column<bool>(type: "INTEGER", nullable: false),
                    SettledOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Objection", x => x.Id);
                    table.CheckConstraint("CK_Objection_Answer", "length(\"Answer\") <= 4000");
                    table.CheckConstraint("CK_Objection_CodeHash", "length(\"CodeHash\") <= 64");
                    table.CheckConstraint("CK_Objection_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Objection_Means", "length(\"Means\") <= 40");
                    table.CheckConstraint("CK_Objection_Outcome", "length(\"Outcome\") <= 40");
                    table.CheckConstraint("CK_Objection_Place", "length(\"Place\") <= 200");
                    table.CheckConstraint("CK_Objection_Reasons", "length(\"Reasons\") <= 4000");
                    table.CheckConstraint("CK_Objection_Sealed", "length(\"Sealed\") <= 2000");
                    table.CheckConstraint("CK_Objection_SettledBy", "length(\"SettledBy\") <= 80");
                    table.CheckConstraint("CK_Objection_Text", "length(\"Text\") <= 4000");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClosureId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Overruling", x => x.Id);
                    table.CheckConstraint("CK_Overruling_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_Overruling_Reason", "length(\"Reason\") <= 500");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ObjectionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NoticeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sm3 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ObjectionFile", x => x.Id);
                    table.CheckConstraint("CK_ObjectionFile_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_ObjectionFile_Sm3", "length(\"Sm3\") <= 64");
                    table.CheckConstraint("CK_ObjectionFile_Type", "length(\"Type\") <= 20");
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
