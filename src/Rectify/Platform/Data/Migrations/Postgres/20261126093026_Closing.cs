using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Postgres
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
                type: "date",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.CreateTable(
                name: "AcceptanceDay",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Month = table.Column<DateOnly>(type: "date", nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false)
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
                    BulletinId = table.Column<Guid>(type: "uuid", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: false),
                    Result = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    FailedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BulletinCheck", x => x.BulletinId);
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
                name: "ClosureNotice",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    To = table.Column<DateOnly>(type: "date", nullable: false),
                    Days = table.Column<int>(type: "integer", nullable: false),
                    Working = table.Column<bool>(type: "boolean", nullable: false),
                    Channel = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: false),
                    MovedTo = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosureNotice", x => x.Id);
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PublicId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Live = table.Column<int>(type: "integer", nullable: true),
                    ProcedureNo = table.Column<int>(type: "integer", nullable: false),
                    BeganAt = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    Returns = table.Column<int>(type: "integer", nullable: false),
                    StepNo = table.Column<int>(type: "integer", nullable: false),
                    StepKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    StepSince = table.Column<DateOnly>(type: "date", nullable: false),
                    StepDue = table.Column<DateOnly>(type: "date", nullable: true),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: true),
                    ClosedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Declared = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemClosure", x => x.Id);
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
                    Id = table.Column<int>(type: "integer", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Finding = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalChecks", x => x.Id);
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
                name: "ProcedureVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProcedureVersion", x => x.Id);
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
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", nullable: false),
                    Note = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    IsWitnessed = table.Column<bool>(type: "boolean", nullable: false),
                    Stamped = table.Column<byte[]>(type: "bytea", nullable: true),
                    Stamp = table.Column<byte[]>(type: "bytea", nullable: true),
                    StampedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignedCheckpoints", x => x.Size);
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
                name: "ClosureAct",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ClosureId = table.Column<Guid>(type: "uuid", nullable: false),
                    No = table.Column<int>(type: "integer", nullable: false),
                    Cycle = table.Column<int>(type: "integer", nullable: false),
                    Act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    StepKey = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    StepKind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    UnitId = table.Column<Guid>(type: "uuid", nullable: false),
                    Opinion = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, collation: "C"),
                    Stated = table.Column<string>(type: "text", nullable: false),
                    Effect = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: true),
                    Opening = table.Column<bool>(type: "boolean", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosureAct", x => x.Id);
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
