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
            migrationBuilder.AddColumn<DateOnly>(
                name: "On",
                table: "PieceUse",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

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
                name: "BulletinCheck",
                columns: table => new
                {
                    BulletinId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinCheck", x => x.BulletinId);
                    table.CheckConstraint("CK_BulletinCheck_Result", "length(\"Result\") <= 40");
                    table.ForeignKey(
                        name: "FK_BulletinCheck_Bulletin_BulletinId",
                        column: x => x.BulletinId,
                        principalTable: "Bulletin",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MovedTo = table.Column<DateOnly>(type: "TEXT", nullable: true)
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
                name: "JournalChecks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Finding = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalChecks", x => x.Id);
                    table.CheckConstraint("CK_JournalChecks_Finding", "length(\"Finding\") <= 40");
                    table.CheckConstraint("CK_JournalChecks_Place", "length(\"Place\") <= 200");
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
                name: "SignedCheckpoints",
                columns: table => new
                {
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Note = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    IsWitnessed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Stamped = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Stamp = table.Column<byte[]>(type: "BLOB", nullable: true),
                    StampedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignedCheckpoints", x => x.Size);
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
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "On", "PieceId" },
                descending: new[] { false, true, false });

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
                name: "IX_BulletinCheck_Result",
                table: "BulletinCheck",
                column: "Result");

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
                name: "IX_ProcedureVersion_ProgrammeId_No",
                table: "ProcedureVersion",
                columns: new[] { "ProgrammeId", "No" },
                unique: true);

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
                name: "AcceptanceDay");

            migrationBuilder.DropTable(
                name: "BulletinCheck");

            migrationBuilder.DropTable(
                name: "CheckProof");

            migrationBuilder.DropTable(
                name: "CheckRules");

            migrationBuilder.DropTable(
                name: "ClosureAct");

            migrationBuilder.DropTable(
                name: "JournalChecks");

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
                name: "ProcedureVersion");

            migrationBuilder.DropTable(
                name: "Rebound");

            migrationBuilder.DropTable(
                name: "SignedCheckpoints");

            migrationBuilder.DropTable(
                name: "Objection");

            migrationBuilder.DropTable(
                name: "Check");

            migrationBuilder.DropTable(
                name: "ItemClosure");

            migrationBuilder.DropTable(
                name: "PublicNotice");

            migrationBuilder.DropTable(
                name: "LookBackDraw");

            migrationBuilder.DropTable(
                name: "ClosureNotice");

            migrationBuilder.DropTable(
                name: "LookBackPlan");

            migrationBuilder.DropIndex(
                name: "IX_PieceUse_ItemId_On_PieceId",
                table: "PieceUse");

            migrationBuilder.DropColumn(
                name: "On",
                table: "PieceUse");
        }
    }
}
