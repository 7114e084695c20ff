using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "SubmittedAt",
                table: "UnitReturn",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "ReturnLine",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Measures",
                table: "ReturnLine",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "Reckoning",
                table: "Item",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "FrozenLine",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "DueAt",
                table: "DispatchRound",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "DueTime",
                table: "DispatchCycle",
                type: "TEXT",
                nullable: false,
                defaultValue: new TimeOnly(18, 0, 0));

            migrationBuilder.CreateTable(
                name: "Bulletin",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Foreword = table.Column<string>(type: "TEXT", nullable: false),
                    Requirements = table.Column<string>(type: "TEXT", nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Send = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Distribute = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Copies = table.Column<int>(type: "INTEGER", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: true),
                    No = table.Column<int>(type: "INTEGER", nullable: true),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IssuedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    IssuedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    ContentHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    WithdrawnBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bulletin", x => x.Id);
                    table.CheckConstraint("CK_Bulletin_ContentHash", "length(\"ContentHash\") <= 64");
                    table.CheckConstraint("CK_Bulletin_Distribute", "length(\"Distribute\") <= 500");
                    table.CheckConstraint("CK_Bulletin_IssuedBy", "length(\"IssuedBy\") <= 80");
                    table.CheckConstraint("CK_Bulletin_Report", "length(\"Report\") <= 500");
                    table.CheckConstraint("CK_Bulletin_Send", "length(\"Send\") <= 500");
                    table.CheckConstraint("CK_Bulletin_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_Bulletin_Title", "length(\"Title\") <= 100");
                    table.CheckConstraint("CK_Bulletin_WithdrawnBecause", "length(\"WithdrawnBecause\") <= 500");
                    table.CheckConstraint("CK_Bulletin_WithdrawnBy", "length(\"WithdrawnBy\") <= 80");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Issuer = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PerYear = table.Column<bool>(type: "INTEGER", nullable: false),
                    FirstNo = table.Column<int>(type: "INTEGER", nullable: false),
                    Report = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Send = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Distribute = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Copies = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinSeries", x => x.Id);
                    table.CheckConstraint("CK_BulletinSeries_Distribute", "length(\"Distribute\") <= 500");
                    table.CheckConstraint("CK_BulletinSeries_Issuer", "length(\"Issuer\") <= 100");
                    table.CheckConstraint("CK_BulletinSeries_Mark", "length(\"Mark\") <= 30");
                    table.CheckConstraint("CK_BulletinSeries_Report", "length(\"Report\") <= 500");
                    table.CheckConstraint("CK_BulletinSeries_Send", "length(\"Send\") <= 500");
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
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Lines = table.Column<string>(type: "TEXT", maxLength: 1300, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineReasons", x => x.ProgrammeId);
                    table.CheckConstraint("CK_DeadlineReasons_Lines", "length(\"Lines\") <= 1300");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Explanation = table.Column<string>(type: "TEXT", nullable: false),
                    Approver = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DecidedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Document = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Remarks = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadlineRequest", x => x.Id);
                    table.CheckConstraint("CK_DeadlineRequest_Approver", "length(\"Approver\") <= 100");
                    table.CheckConstraint("CK_DeadlineRequest_AskedBy", "length(\"AskedBy\") <= 80");
                    table.CheckConstraint("CK_DeadlineRequest_DecidedBy", "length(\"DecidedBy\") <= 80");
                    table.CheckConstraint("CK_DeadlineRequest_Document", "length(\"Document\") <= 200");
                    table.CheckConstraint("CK_DeadlineRequest_Reason", "length(\"Reason\") <= 60");
                    table.CheckConstraint("CK_DeadlineRequest_State", "length(\"State\") <= 40");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TaskId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    NumberText = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DeadlineText = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AspectNo = table.Column<int>(type: "INTEGER", nullable: true),
                    Aspect = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Measures = table.Column<string>(type: "TEXT", nullable: false),
                    Units = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Light = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenTask", x => x.Id);
                    table.CheckConstraint("CK_FrozenTask_Aspect", "length(\"Aspect\") <= 200");
                    table.CheckConstraint("CK_FrozenTask_DeadlineText", "length(\"DeadlineText\") <= 500");
                    table.CheckConstraint("CK_FrozenTask_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_FrozenTask_Light", "length(\"Light\") <= 40");
                    table.CheckConstraint("CK_FrozenTask_NumberText", "length(\"NumberText\") <= 100");
                    table.CheckConstraint("CK_FrozenTask_Reason", "length(\"Reason\") <= 400");
                    table.CheckConstraint("CK_FrozenTask_SortKey", "length(\"SortKey\") <= 60");
                    table.CheckConstraint("CK_FrozenTask_Status", "length(\"Status\") <= 40");
                    table.CheckConstraint("CK_FrozenTask_Title", "length(\"Title\") <= 200");
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
                    LineId = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LineDraft", x => new { x.LineId, x.By });
                    table.CheckConstraint("CK_LineDraft_By", "length(\"By\") <= 80");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClaimedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailMessage", x => x.Id);
                    table.CheckConstraint("CK_MailMessage_Error", "length(\"Error\") <= 100");
                    table.CheckConstraint("CK_MailMessage_Key", "length(\"Key\") <= 100");
                    table.CheckConstraint("CK_MailMessage_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_MailMessage_State", "length(\"State\") <= 40");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    MatterKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Matter = table.Column<Guid>(type: "TEXT", nullable: false),
                    Node = table.Column<int>(type: "INTEGER", nullable: false),
                    Due = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Occasion = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MailId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notice", x => x.Id);
                    table.CheckConstraint("CK_Notice_Key", "length(\"Key\") <= 100");
                    table.CheckConstraint("CK_Notice_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Notice_MatterKind", "length(\"MatterKind\") <= 40");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CodeUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CodeTries = table.Column<int>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Choices = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    FeedHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    FeedSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeSettings", x => x.Id);
                    table.CheckConstraint("CK_NoticeSettings_Address", "length(\"Address\") <= 254");
                    table.CheckConstraint("CK_NoticeSettings_Choices", "length(\"Choices\") <= 1000");
                    table.CheckConstraint("CK_NoticeSettings_CodeHash", "length(\"CodeHash\") <= 64");
                    table.CheckConstraint("CK_NoticeSettings_FeedHash", "length(\"FeedHash\") <= 64");
                    table.CheckConstraint("CK_NoticeSettings_Language", "length(\"Language\") <= 10");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Items = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Nodes = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Returns = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderRules", x => x.Id);
                    table.CheckConstraint("CK_ReminderRules_Items", "length(\"Items\") <= 500");
                    table.CheckConstraint("CK_ReminderRules_Nodes", "length(\"Nodes\") <= 500");
                    table.CheckConstraint("CK_ReminderRules_Returns", "length(\"Returns\") <= 500");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequirementSet", x => x.Id);
                    table.CheckConstraint("CK_RequirementSet_Reason", "length(\"Reason\") <= 500");
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
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoundCheck", x => x.RoundId);
                    table.CheckConstraint("CK_RoundCheck_Result", "length(\"Result\") <= 40");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    TakenBackAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SharedFile", x => x.Id);
                    table.CheckConstraint("CK_SharedFile_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_SharedFile_Reason", "length(\"Reason\") <= 500");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BulletinId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Ending = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sm3 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinFile", x => x.Id);
                    table.CheckConstraint("CK_BulletinFile_Ending", "length(\"Ending\") <= 10");
                    table.CheckConstraint("CK_BulletinFile_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_BulletinFile_Sm3", "length(\"Sm3\") <= 64");
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenFor = table.Column<Guid>(type: "TEXT", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FileNo = table.Column<int>(type: "INTEGER", nullable: false)
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
