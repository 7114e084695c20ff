using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reporting : Migration
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

            migrationBuilder.AddColumn<int>(
                name: "Reckoning",
                table: "Item",
                type: "integer",
                nullable: false,
                defaultValue: 0);

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
                name: "Bulletin",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    Attempt = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Foreword = table.Column<string>(type: "text", nullable: false),
                    Requirements = table.Column<string>(type: "text", nullable: false),
                    Report = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Send = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Distribute = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Copies = table.Column<int>(type: "integer", nullable: false),
                    Year = table.Column<int>(type: "integer", nullable: true),
                    No = table.Column<int>(type: "integer", nullable: true),
                    IssuedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    IssuedAt = table.Column<long>(type: "bigint", nullable: true),
                    IssuedBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false),
                    ContentHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true, collation: "C"),
                    WithdrawnBecause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bulletin", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Bulletin_DispatchRound_RoundId",
                        column: x => x.RoundId,
                        principalTable: "DispatchRound",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Bulletin_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BulletinSeries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mark = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false, collation: "C"),
                    Issuer = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    PerYear = table.Column<bool>(type: "boolean", nullable: false),
                    FirstNo = table.Column<int>(type: "integer", nullable: false),
                    Report = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Send = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Distribute = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Copies = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinSeries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BulletinSeries_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "FrozenTask",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    TaskId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    SortKey = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    NumberText = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    DeadlineText = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    DueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    AspectNo = table.Column<int>(type: "integer", nullable: true),
                    Aspect = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    Measures = table.Column<string>(type: "text", nullable: false),
                    Units = table.Column<string>(type: "text", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Light = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenTask", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FrozenTask_DispatchRound_RoundId",
                        column: x => x.RoundId,
                        principalTable: "DispatchRound",
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
                name: "MailMessage",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    NextAt = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedAt = table.Column<long>(type: "bigint", nullable: true),
                    SentAt = table.Column<long>(type: "bigint", nullable: true),
                    Error = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailMessage", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MailMessage_Account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Notice",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    MatterKind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Matter = table.Column<Guid>(type: "uuid", nullable: false),
                    Node = table.Column<int>(type: "integer", nullable: false),
                    Due = table.Column<DateOnly>(type: "date", nullable: true),
                    Occasion = table.Column<DateOnly>(type: "date", nullable: true),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    ReadAt = table.Column<long>(type: "bigint", nullable: true),
                    SettledAt = table.Column<long>(type: "bigint", nullable: true),
                    MailId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notice", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notice_Account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NoticeSettings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    CodeHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    CodeUntil = table.Column<long>(type: "bigint", nullable: true),
                    CodeTries = table.Column<int>(type: "integer", nullable: false),
                    Language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    Choices = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    FeedHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    FeedSince = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeSettings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NoticeSettings_Account_Id",
                        column: x => x.Id,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReminderRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Items = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Nodes = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Returns = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReminderRules_Programme_Id",
                        column: x => x.Id,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RequirementSet",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequirementSet", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RequirementSet_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "SharedFile",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PieceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    TakenBackAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SharedFile", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SharedFile_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BulletinFile",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BulletinId = table.Column<Guid>(type: "uuid", nullable: false),
                    Ending = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    FileHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Sm3 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Salt = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinFile", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BulletinFile_Bulletin_BulletinId",
                        column: x => x.BulletinId,
                        principalTable: "Bulletin",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "IX_Bulletin_ProgrammeId_State_IssuedAt",
                table: "Bulletin",
                columns: new[] { "ProgrammeId", "State", "IssuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Bulletin_ProgrammeId_Year_No",
                table: "Bulletin",
                columns: new[] { "ProgrammeId", "Year", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bulletin_RoundId_Attempt",
                table: "Bulletin",
                columns: new[] { "RoundId", "Attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BulletinFile_BulletinId_Ending",
                table: "BulletinFile",
                columns: new[] { "BulletinId", "Ending" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BulletinFile_FileHash",
                table: "BulletinFile",
                column: "FileHash");

            migrationBuilder.CreateIndex(
                name: "IX_BulletinSeries_ProgrammeId",
                table: "BulletinSeries",
                column: "ProgrammeId",
                unique: true);

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
                name: "IX_FrozenTask_RoundId_ItemId",
                table: "FrozenTask",
                columns: new[] { "RoundId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FrozenTask_RoundId_SortKey",
                table: "FrozenTask",
                columns: new[] { "RoundId", "SortKey" });

            migrationBuilder.CreateIndex(
                name: "IX_MailMessage_AccountId",
                table: "MailMessage",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_MailMessage_Key",
                table: "MailMessage",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MailMessage_State_NextAt",
                table: "MailMessage",
                columns: new[] { "State", "NextAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Notice_AccountId_Key",
                table: "Notice",
                columns: new[] { "AccountId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notice_AccountId_SettledAt_Id",
                table: "Notice",
                columns: new[] { "AccountId", "SettledAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notice_MailId",
                table: "Notice",
                column: "MailId");

            migrationBuilder.CreateIndex(
                name: "IX_Notice_Matter_SettledAt",
                table: "Notice",
                columns: new[] { "Matter", "SettledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_NoticeSettings_FeedHash",
                table: "NoticeSettings",
                column: "FeedHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RequirementSet_ProgrammeId_No",
                table: "RequirementSet",
                columns: new[] { "ProgrammeId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RoundCheck_Result",
                table: "RoundCheck",
                column: "Result");

            migrationBuilder.CreateIndex(
                name: "IX_SharedFile_PieceId",
                table: "SharedFile",
                column: "PieceId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BulletinFile");

            migrationBuilder.DropTable(
                name: "BulletinSeries");

            migrationBuilder.DropTable(
                name: "DeadlineMove");

            migrationBuilder.DropTable(
                name: "DeadlineProof");

            migrationBuilder.DropTable(
                name: "DeadlineReasons");

            migrationBuilder.DropTable(
                name: "FrozenTask");

            migrationBuilder.DropTable(
                name: "LineDraft");

            migrationBuilder.DropTable(
                name: "MailMessage");

            migrationBuilder.DropTable(
                name: "Notice");

            migrationBuilder.DropTable(
                name: "NoticeSettings");

            migrationBuilder.DropTable(
                name: "ReminderRules");

            migrationBuilder.DropTable(
                name: "RequirementSet");

            migrationBuilder.DropTable(
                name: "RoundCheck");

            migrationBuilder.DropTable(
                name: "SharedFile");

            migrationBuilder.DropTable(
                name: "Bulletin");

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
                name: "Reckoning",
                table: "Item");

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
