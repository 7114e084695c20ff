using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Account",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    MustChangePassword = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastCodeStep = table.Column<long>(type: "INTEGER", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Account", x => x.Id);
                    table.CheckConstraint("CK_Account_ConcurrencyStamp", "length(\"ConcurrencyStamp\") <= 36");
                    table.CheckConstraint("CK_Account_DisplayName", "length(\"DisplayName\") <= 60");
                    table.CheckConstraint("CK_Account_NormalizedUserName", "length(\"NormalizedUserName\") <= 40");
                    table.CheckConstraint("CK_Account_PasswordHash", "length(\"PasswordHash\") <= 200");
                    table.CheckConstraint("CK_Account_SecurityStamp", "length(\"SecurityStamp\") <= 36");
                    table.CheckConstraint("CK_Account_UserName", "length(\"UserName\") <= 40");
                });

            migrationBuilder.CreateTable(
                name: "ChainHead",
                columns: table => new
                {
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    N = table.Column<int>(type: "INTEGER", nullable: false),
                    Leaf = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChainHead", x => x.Subject);
                });

            migrationBuilder.CreateTable(
                name: "Cursor",
                columns: table => new
                {
                    Job = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Cursor", x => x.Job);
                    table.CheckConstraint("CK_Cursor_Job", "length(\"Job\") <= 60");
                });

            migrationBuilder.CreateTable(
                name: "FileCheck",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileCheck", x => x.Hash);
                    table.CheckConstraint("CK_FileCheck_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_FileCheck_Result", "length(\"Result\") <= 40");
                });

            migrationBuilder.CreateTable(
                name: "ImportDraft",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    Draft = table.Column<string>(type: "TEXT", nullable: false),
                    Units = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadingMs = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportDraft", x => x.Id);
                    table.CheckConstraint("CK_ImportDraft_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_ImportDraft_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_ImportDraft_FileName", "length(\"FileName\") <= 200");
                });

            migrationBuilder.CreateTable(
                name: "Journal",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Index = table.Column<long>(type: "INTEGER", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    N = table.Column<int>(type: "INTEGER", nullable: false),
                    Act = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Journal", x => x.Id);
                    table.CheckConstraint("CK_Journal_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_Journal_Kind", "length(\"Kind\") <= 60");
                });

            migrationBuilder.CreateTable(
                name: "Openings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Openings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Preview",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Pages = table.Column<int>(type: "INTEGER", nullable: false),
                    Why = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Preview", x => x.Hash);
                    table.CheckConstraint("CK_Preview_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_Preview_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_Preview_Why", "length(\"Why\") <= 40");
                });

            migrationBuilder.CreateTable(
                name: "SearchTexts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    Part = table.Column<Guid>(type: "TEXT", nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Folded = table.Column<string>(type: "TEXT", nullable: false),
                    Grams = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchTexts", x => x.Id);
                    table.CheckConstraint("CK_SearchTexts_Field", "length(\"Field\") <= 20");
                });

            migrationBuilder.CreateTable(
                name: "Unit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ShortName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ParentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DivisionCode = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Path = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    Dissolved = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Unit", x => x.Id);
                    table.CheckConstraint("CK_Unit_Code", "length(\"Code\") <= 16");
                    table.CheckConstraint("CK_Unit_DivisionCode", "length(\"DivisionCode\") <= 12");
                    table.CheckConstraint("CK_Unit_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Unit_Name", "length(\"Name\") <= 100");
                    table.CheckConstraint("CK_Unit_Path", "length(\"Path\") <= 200");
                    table.CheckConstraint("CK_Unit_ShortName", "length(\"ShortName\") <= 100");
                    table.ForeignKey(
                        name: "FK_Unit_Unit_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Upload",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Offset = table.Column<long>(type: "INTEGER", nullable: false),
                    Metadata = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sm3 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StoodBefore = table.Column<bool>(type: "INTEGER", nullable: false),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Upload", x => x.Id);
                    table.CheckConstraint("CK_Upload_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_Upload_FileName", "length(\"FileName\") <= 200");
                    table.CheckConstraint("CK_Upload_Metadata", "length(\"Metadata\") <= 2000");
                    table.CheckConstraint("CK_Upload_Owner", "length(\"Owner\") <= 80");
                    table.CheckConstraint("CK_Upload_Sm3", "length(\"Sm3\") <= 64");
                });

            migrationBuilder.CreateTable(
                name: "AccountToken",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountToken", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.CheckConstraint("CK_AccountToken_LoginProvider", "length(\"LoginProvider\") <= 20");
                    table.CheckConstraint("CK_AccountToken_Name", "length(\"Name\") <= 20");
                    table.CheckConstraint("CK_AccountToken_Value", "length(\"Value\") <= 1000");
                    table.ForeignKey(
                        name: "FK_AccountToken_Account_UserId",
                        column: x => x.UserId,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Passkey",
                columns: table => new
                {
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1023, nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "BLOB", maxLength: 2048, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    Transports = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    IsUserVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackupEligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackedUp = table.Column<bool>(type: "INTEGER", nullable: false),
                    AttestationObject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClientDataJson = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Passkey", x => x.CredentialId);
                    table.CheckConstraint("CK_Passkey_Name", "length(\"Name\") <= 60");
                    table.CheckConstraint("CK_Passkey_Transports", "length(\"Transports\") <= 100");
                    table.ForeignKey(
                        name: "FK_Passkey_Account_UserId",
                        column: x => x.UserId,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SignInSession",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Device = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    Method = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignInSession", x => x.Id);
                    table.CheckConstraint("CK_SignInSession_Address", "length(\"Address\") <= 45");
                    table.CheckConstraint("CK_SignInSession_Device", "length(\"Device\") <= 60");
                    table.CheckConstraint("CK_SignInSession_Method", "length(\"Method\") <= 20");
                    table.ForeignKey(
                        name: "FK_SignInSession_Account_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Account",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Duty",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Duty", x => x.Id);
                    table.CheckConstraint("CK_Duty_Role", "length(\"Role\") <= 40");
                    table.ForeignKey(
                        name: "FK_Duty_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Person",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Post = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Person", x => x.Id);
                    table.CheckConstraint("CK_Person_Code", "length(\"Code\") <= 20");
                    table.CheckConstraint("CK_Person_Name", "length(\"Name\") <= 60");
                    table.CheckConstraint("CK_Person_Post", "length(\"Post\") <= 100");
                    table.ForeignKey(
                        name: "FK_Person_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Programme",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ShortName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Round = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Team = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    RegionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StationedFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    StationedTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    FeedbackOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ApprovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Rules = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Programme", x => x.Id);
                    table.CheckConstraint("CK_Programme_ApprovedBy", "length(\"ApprovedBy\") <= 100");
                    table.CheckConstraint("CK_Programme_Code", "length(\"Code\") <= 40");
                    table.CheckConstraint("CK_Programme_Level", "length(\"Level\") <= 40");
                    table.CheckConstraint("CK_Programme_Name", "length(\"Name\") <= 200");
                    table.CheckConstraint("CK_Programme_Round", "length(\"Round\") <= 40");
                    table.CheckConstraint("CK_Programme_Rules", "length(\"Rules\") <= 2000");
                    table.CheckConstraint("CK_Programme_ShortName", "length(\"ShortName\") <= 200");
                    table.CheckConstraint("CK_Programme_Team", "length(\"Team\") <= 100");
                    table.ForeignKey(
                        name: "FK_Programme_Unit_RegionId",
                        column: x => x.RegionId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UnitAlias",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitAlias", x => x.Id);
                    table.CheckConstraint("CK_UnitAlias_Key", "length(\"Key\") <= 100");
                    table.CheckConstraint("CK_UnitAlias_Text", "length(\"Text\") <= 100");
                    table.ForeignKey(
                        name: "FK_UnitAlias_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Aspect",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Aspect", x => x.Id);
                    table.CheckConstraint("CK_Aspect_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Aspect_Name", "length(\"Name\") <= 200");
                    table.ForeignKey(
                        name: "FK_Aspect_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DispatchCycle",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Opens = table.Column<int>(type: "INTEGER", nullable: false),
                    Due = table.Column<int>(type: "INTEGER", nullable: false),
                    Closes = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StartsOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Active = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DispatchCycle", x => x.Id);
                    table.CheckConstraint("CK_DispatchCycle_Count", "length(\"Count\") <= 40");
                    table.CheckConstraint("CK_DispatchCycle_Kind", "length(\"Kind\") <= 40");
                    table.ForeignKey(
                        name: "FK_DispatchCycle_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DispatchRound",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    OpensOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ClosesOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Expected = table.Column<int>(type: "INTEGER", nullable: false),
                    Made = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DispatchRound", x => x.Id);
                    table.CheckConstraint("CK_DispatchRound_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_DispatchRound_State", "length(\"State\") <= 40");
                    table.ForeignKey(
                        name: "FK_DispatchRound_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Item",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ParentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NumberText = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    NumberValue = table.Column<int>(type: "INTEGER", nullable: true),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    AspectNo = table.Column<int>(type: "INTEGER", nullable: true),
                    TaskType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Goal = table.Column<string>(type: "TEXT", nullable: false),
                    DeadlineText = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    DeadlineKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    DeadlineFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DeadlineDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DeadlineChanges = table.Column<int>(type: "INTEGER", nullable: false),
                    RecurrenceText = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    RecurrenceEvery = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Standing = table.Column<bool>(type: "INTEGER", nullable: false),
                    QuantityName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    QuantityUnit = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    QuantityScale = table.Column<int>(type: "INTEGER", nullable: false),
                    QuantityBaseline = table.Column<long>(type: "INTEGER", nullable: true),
                    QuantityTarget = table.Column<long>(type: "INTEGER", nullable: true),
                    AddedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    RemovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    RemovedBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Item", x => x.Id);
                    table.CheckConstraint("CK_Item_DeadlineKind", "length(\"DeadlineKind\") <= 40");
                    table.CheckConstraint("CK_Item_DeadlineText", "length(\"DeadlineText\") <= 500");
                    table.CheckConstraint("CK_Item_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Item_NumberText", "length(\"NumberText\") <= 100");
                    table.CheckConstraint("CK_Item_QuantityName", "length(\"QuantityName\") <= 100");
                    table.CheckConstraint("CK_Item_QuantityUnit", "length(\"QuantityUnit\") <= 40");
                    table.CheckConstraint("CK_Item_RecurrenceEvery", "length(\"RecurrenceEvery\") <= 20");
                    table.CheckConstraint("CK_Item_RecurrenceText", "length(\"RecurrenceText\") <= 200");
                    table.CheckConstraint("CK_Item_RemovedBecause", "length(\"RemovedBecause\") <= 500");
                    table.CheckConstraint("CK_Item_SortKey", "length(\"SortKey\") <= 60");
                    table.CheckConstraint("CK_Item_TaskType", "length(\"TaskType\") <= 40");
                    table.CheckConstraint("CK_Item_Title", "length(\"Title\") <= 200");
                    table.ForeignKey(
                        name: "FK_Item_Item_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Item_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Piece",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EffectiveOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Issuer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Latitude = table.Column<long>(type: "INTEGER", nullable: true),
                    Longitude = table.Column<long>(type: "INTEGER", nullable: true),
                    Datum = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    PeriodFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PeriodTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Newest = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Piece", x => x.Id);
                    table.CheckConstraint("CK_Piece_Datum", "length(\"Datum\") <= 40");
                    table.CheckConstraint("CK_Piece_Issuer", "length(\"Issuer\") <= 200");
                    table.CheckConstraint("CK_Piece_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_Piece_Number", "length(\"Number\") <= 200");
                    table.CheckConstraint("CK_Piece_Place", "length(\"Place\") <= 200");
                    table.CheckConstraint("CK_Piece_Title", "length(\"Title\") <= 200");
                    table.CheckConstraint("CK_Piece_WithdrawnBecause", "length(\"WithdrawnBecause\") <= 500");
                    table.ForeignKey(
                        name: "FK_Piece_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Piece_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PlanVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    ConfirmedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReportedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReportDocument = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ApprovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ApprovalDocument = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PublishedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PublicationDocument = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AppliedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanVersion", x => x.Id);
                    table.CheckConstraint("CK_PlanVersion_ApprovalDocument", "length(\"ApprovalDocument\") <= 200");
                    table.CheckConstraint("CK_PlanVersion_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_PlanVersion_FileName", "length(\"FileName\") <= 200");
                    table.CheckConstraint("CK_PlanVersion_PublicationDocument", "length(\"PublicationDocument\") <= 200");
                    table.CheckConstraint("CK_PlanVersion_ReportDocument", "length(\"ReportDocument\") <= 200");
                    table.CheckConstraint("CK_PlanVersion_Title", "length(\"Title\") <= 200");
                    table.ForeignKey(
                        name: "FK_PlanVersion_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SavedView",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedView", x => x.Id);
                    table.CheckConstraint("CK_SavedView_Name", "length(\"Name\") <= 20");
                    table.CheckConstraint("CK_SavedView_Owner", "length(\"Owner\") <= 80");
                    table.CheckConstraint("CK_SavedView_Query", "length(\"Query\") <= 1000");
                    table.ForeignKey(
                        name: "FK_SavedView_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UnitReturn",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AboveId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AtId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AtOffice = table.Column<bool>(type: "INTEGER", nullable: false),
                    SubmittedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SubmittedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    Lines = table.Column<int>(type: "INTEGER", nullable: false),
                    Filled = table.Column<int>(type: "INTEGER", nullable: false),
                    Closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnitReturn", x => x.Id);
                    table.CheckConstraint("CK_UnitReturn_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_UnitReturn_SubmittedBy", "length(\"SubmittedBy\") <= 80");
                    table.ForeignKey(
                        name: "FK_UnitReturn_DispatchRound_RoundId",
                        column: x => x.RoundId,
                        principalTable: "DispatchRound",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UnitReturn_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ItemFact",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: true),
                    Value = table.Column<long>(type: "INTEGER", nullable: true),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    Document = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    VoidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    VoidedBecause = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemFact", x => x.Id);
                    table.CheckConstraint("CK_ItemFact_Document", "length(\"Document\") <= 200");
                    table.CheckConstraint("CK_ItemFact_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_ItemFact_RecordedBy", "length(\"RecordedBy\") <= 80");
                    table.CheckConstraint("CK_ItemFact_VoidedBecause", "length(\"VoidedBecause\") <= 500");
                    table.ForeignKey(
                        name: "FK_ItemFact_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ItemMilestone",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Due = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemMilestone", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemMilestone_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ItemPerson",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Generic = table.Column<bool>(type: "INTEGER", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemPerson", x => x.Id);
                    table.CheckConstraint("CK_ItemPerson_Text", "length(\"Text\") <= 200");
                    table.ForeignKey(
                        name: "FK_ItemPerson_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ItemScope",
                columns: table => new
                {
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemScope", x => new { x.ItemId, x.UnitId });
                    table.CheckConstraint("CK_ItemScope_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_ItemScope_SortKey", "length(\"SortKey\") <= 60");
                    table.ForeignKey(
                        name: "FK_ItemScope_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ItemUnit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemUnit", x => x.Id);
                    table.CheckConstraint("CK_ItemUnit_Role", "length(\"Role\") <= 40");
                    table.CheckConstraint("CK_ItemUnit_Text", "length(\"Text\") <= 200");
                    table.ForeignKey(
                        name: "FK_ItemUnit_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ItemUnit_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StatusSpan",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Light = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusSpan", x => new { x.ItemId, x.From });
                    table.CheckConstraint("CK_StatusSpan_Kind", "length(\"Kind\") <= 40");
                    table.CheckConstraint("CK_StatusSpan_Light", "length(\"Light\") <= 40");
                    table.CheckConstraint("CK_StatusSpan_Reason", "length(\"Reason\") <= 400");
                    table.CheckConstraint("CK_StatusSpan_SortKey", "length(\"SortKey\") <= 60");
                    table.CheckConstraint("CK_StatusSpan_Status", "length(\"Status\") <= 40");
                    table.ForeignKey(
                        name: "FK_StatusSpan_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PieceUse",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PieceUse", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PieceUse_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PieceUse_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PieceVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    FileHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Sm3 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    TakenAt = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TakenLatitude = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenLongitude = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenWith = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PieceVersion", x => x.Id);
                    table.CheckConstraint("CK_PieceVersion_AddedBy", "length(\"AddedBy\") <= 80");
                    table.CheckConstraint("CK_PieceVersion_FileHash", "length(\"FileHash\") <= 64");
                    table.CheckConstraint("CK_PieceVersion_FileName", "length(\"FileName\") <= 200");
                    table.CheckConstraint("CK_PieceVersion_Reason", "length(\"Reason\") <= 500");
                    table.CheckConstraint("CK_PieceVersion_Sm3", "length(\"Sm3\") <= 64");
                    table.CheckConstraint("CK_PieceVersion_TakenAt", "length(\"TakenAt\") <= 40");
                    table.CheckConstraint("CK_PieceVersion_TakenWith", "length(\"TakenWith\") <= 200");
                    table.CheckConstraint("CK_PieceVersion_Type", "length(\"Type\") <= 40");
                    table.ForeignKey(
                        name: "FK_PieceVersion_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FrozenFigure",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReturnId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    QuantityId = table.Column<Guid>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Accepted = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsPercent = table.Column<bool>(type: "INTEGER", nullable: false),
                    Scale = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<long>(type: "INTEGER", nullable: false),
                    Corrects = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenFigure", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FrozenFigure_UnitReturn_ReturnId",
                        column: x => x.ReturnId,
                        principalTable: "UnitReturn",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FrozenLine",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReturnId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Return = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Filled = table.Column<bool>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Light = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenLine", x => x.Id);
                    table.CheckConstraint("CK_FrozenLine_Light", "length(\"Light\") <= 40");
                    table.CheckConstraint("CK_FrozenLine_Return", "length(\"Return\") <= 40");
                    table.CheckConstraint("CK_FrozenLine_Status", "length(\"Status\") <= 40");
                    table.ForeignKey(
                        name: "FK_FrozenLine_UnitReturn_ReturnId",
                        column: x => x.ReturnId,
                        principalTable: "UnitReturn",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReturnLine",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReturnId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Work = table.Column<string>(type: "TEXT", nullable: false),
                    Problems = table.Column<string>(type: "TEXT", nullable: false),
                    NextSteps = table.Column<string>(type: "TEXT", nullable: false),
                    Percent = table.Column<int>(type: "INTEGER", nullable: true),
                    PercentReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Figures = table.Column<string>(type: "TEXT", nullable: false),
                    Nodes = table.Column<string>(type: "TEXT", nullable: false),
                    Filled = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnLine", x => x.Id);
                    table.CheckConstraint("CK_ReturnLine_PercentReason", "length(\"PercentReason\") <= 500");
                    table.ForeignKey(
                        name: "FK_ReturnLine_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReturnLine_UnitReturn_ReturnId",
                        column: x => x.ReturnId,
                        principalTable: "UnitReturn",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReturnStep",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReturnId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnStep", x => x.Id);
                    table.CheckConstraint("CK_ReturnStep_Act", "length(\"Act\") <= 40");
                    table.CheckConstraint("CK_ReturnStep_By", "length(\"By\") <= 80");
                    table.ForeignKey(
                        name: "FK_ReturnStep_UnitReturn_ReturnId",
                        column: x => x.ReturnId,
                        principalTable: "UnitReturn",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Account_NormalizedUserName",
                table: "Account",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Account_PersonId",
                table: "Account",
                column: "PersonId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Aspect_ProgrammeId_Kind_No",
                table: "Aspect",
                columns: new[] { "ProgrammeId", "Kind", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DispatchCycle_ProgrammeId_Kind",
                table: "DispatchCycle",
                columns: new[] { "ProgrammeId", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DispatchRound_ProgrammeId_Kind_From",
                table: "DispatchRound",
                columns: new[] { "ProgrammeId", "Kind", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DispatchRound_ProgrammeId_Kind_No",
                table: "DispatchRound",
                columns: new[] { "ProgrammeId", "Kind", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DispatchRound_State",
                table: "DispatchRound",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Duty_AccountId",
                table: "Duty",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Duty_UnitId",
                table: "Duty",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_FileCheck_Result_CheckedAt",
                table: "FileCheck",
                columns: new[] { "Result", "CheckedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_FrozenFigure_QuantityId_On",
                table: "FrozenFigure",
                columns: new[] { "QuantityId", "On" });

            migrationBuilder.CreateIndex(
                name: "IX_FrozenFigure_ReturnId_QuantityId",
                table: "FrozenFigure",
                columns: new[] { "ReturnId", "QuantityId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FrozenFigure_RoundId_UnitId",
                table: "FrozenFigure",
                columns: new[] { "RoundId", "UnitId" });

            migrationBuilder.CreateIndex(
                name: "IX_FrozenLine_ReturnId_ItemId",
                table: "FrozenLine",
                columns: new[] { "ReturnId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FrozenLine_RoundId_UnitId",
                table: "FrozenLine",
                columns: new[] { "RoundId", "UnitId" });

            migrationBuilder.CreateIndex(
                name: "IX_ImportDraft_By",
                table: "ImportDraft",
                column: "By");

            migrationBuilder.CreateIndex(
                name: "IX_Item_ParentId",
                table: "Item",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Item_ProgrammeId_Kind_AspectNo_SortKey",
                table: "Item",
                columns: new[] { "ProgrammeId", "Kind", "AspectNo", "SortKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Item_ProgrammeId_Kind_DueOn_SortKey",
                table: "Item",
                columns: new[] { "ProgrammeId", "Kind", "DueOn", "SortKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Item_ProgrammeId_Kind_SortKey_Id_RemovedOn_AspectNo_DueOn_DeadlineDate_Standing",
                table: "Item",
                columns: new[] { "ProgrammeId", "Kind", "SortKey", "Id", "RemovedOn", "AspectNo", "DueOn", "DeadlineDate", "Standing" });

            migrationBuilder.CreateIndex(
                name: "IX_Item_PublicId",
                table: "Item",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemFact_ItemId_Sequence",
                table: "ItemFact",
                columns: new[] { "ItemId", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemMilestone_Due_ItemId",
                table: "ItemMilestone",
                columns: new[] { "Due", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_ItemMilestone_ItemId_No",
                table: "ItemMilestone",
                columns: new[] { "ItemId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemPerson_ItemId",
                table: "ItemPerson",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_ItemScope_UnitId_ProgrammeId_Kind_SortKey_ItemId",
                table: "ItemScope",
                columns: new[] { "UnitId", "ProgrammeId", "Kind", "SortKey", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_ItemUnit_ItemId_Order",
                table: "ItemUnit",
                columns: new[] { "ItemId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_ItemUnit_UnitId_Role_ItemId",
                table: "ItemUnit",
                columns: new[] { "UnitId", "Role", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Act",
                table: "Journal",
                column: "Act");

            migrationBuilder.CreateIndex(
                name: "IX_Journal_At",
                table: "Journal",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Journal_EntryId",
                table: "Journal",
                column: "EntryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Index",
                table: "Journal",
                column: "Index",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Journal_Subject_N",
                table: "Journal",
                columns: new[] { "Subject", "N" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Openings_EntryId",
                table: "Openings",
                column: "EntryId");

            migrationBuilder.CreateIndex(
                name: "IX_Openings_Subject",
                table: "Openings",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_Passkey_UserId",
                table: "Passkey",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Person_Code",
                table: "Person",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Person_UnitId_Name",
                table: "Person",
                columns: new[] { "UnitId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Piece_ProgrammeId",
                table: "Piece",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_Piece_PublicId",
                table: "Piece",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Piece_UnitId",
                table: "Piece",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_ItemId_PieceId",
                table: "PieceUse",
                columns: new[] { "ItemId", "PieceId" });

            migrationBuilder.CreateIndex(
                name: "IX_PieceUse_PieceId_ItemId",
                table: "PieceUse",
                columns: new[] { "PieceId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PieceVersion_FileHash",
                table: "PieceVersion",
                column: "FileHash");

            migrationBuilder.CreateIndex(
                name: "IX_PieceVersion_PieceId_No",
                table: "PieceVersion",
                columns: new[] { "PieceId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PlanVersion_ProgrammeId_No",
                table: "PlanVersion",
                columns: new[] { "ProgrammeId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Preview_State",
                table: "Preview",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Programme_Code",
                table: "Programme",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Programme_RegionId",
                table: "Programme",
                column: "RegionId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnLine_ItemId",
                table: "ReturnLine",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnLine_ReturnId_No",
                table: "ReturnLine",
                columns: new[] { "ReturnId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReturnStep_ReturnId_At",
                table: "ReturnStep",
                columns: new[] { "ReturnId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedView_Owner_ProgrammeId_Name",
                table: "SavedView",
                columns: new[] { "Owner", "ProgrammeId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedView_ProgrammeId",
                table: "SavedView",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_SearchTexts_Part",
                table: "SearchTexts",
                column: "Part");

            migrationBuilder.CreateIndex(
                name: "IX_SearchTexts_Subject",
                table: "SearchTexts",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_SignInSession_AccountId_StartedAt",
                table: "SignInSession",
                columns: new[] { "AccountId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SignInSession_EndedAt",
                table: "SignInSession",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_StatusSpan_ItemId_From_Until_Status_Light_ProgrammeId_Kind",
                table: "StatusSpan",
                columns: new[] { "ItemId", "From", "Until", "Status", "Light", "ProgrammeId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_StatusSpan_ProgrammeId_Kind_Light_SortKey_From_Until_ItemId",
                table: "StatusSpan",
                columns: new[] { "ProgrammeId", "Kind", "Light", "SortKey", "From", "Until", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_StatusSpan_ProgrammeId_Kind_Status_SortKey_From_Until_ItemId",
                table: "StatusSpan",
                columns: new[] { "ProgrammeId", "Kind", "Status", "SortKey", "From", "Until", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_Unit_Code",
                table: "Unit",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Unit_Name",
                table: "Unit",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Unit_ParentId",
                table: "Unit",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Unit_Path",
                table: "Unit",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitAlias_Key",
                table: "UnitAlias",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitAlias_UnitId",
                table: "UnitAlias",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_UnitReturn_AtId_State",
                table: "UnitReturn",
                columns: new[] { "AtId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_UnitReturn_RoundId_UnitId",
                table: "UnitReturn",
                columns: new[] { "RoundId", "UnitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnitReturn_UnitId_RoundId",
                table: "UnitReturn",
                columns: new[] { "UnitId", "RoundId" });

            migrationBuilder.CreateIndex(
                name: "IX_Upload_ExpiresAt",
                table: "Upload",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Upload_FileHash",
                table: "Upload",
                column: "FileHash");

            migrationBuilder.CreateIndex(
                name: "IX_Upload_Owner",
                table: "Upload",
                column: "Owner");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountToken");

            migrationBuilder.DropTable(
                name: "Aspect");

            migrationBuilder.DropTable(
                name: "ChainHead");

            migrationBuilder.DropTable(
                name: "Cursor");

            migrationBuilder.DropTable(
                name: "DispatchCycle");

            migrationBuilder.DropTable(
                name: "Duty");

            migrationBuilder.DropTable(
                name: "FileCheck");

            migrationBuilder.DropTable(
                name: "FrozenFigure");

            migrationBuilder.DropTable(
                name: "FrozenLine");

            migrationBuilder.DropTable(
                name: "ImportDraft");

            migrationBuilder.DropTable(
                name: "ItemFact");

            migrationBuilder.DropTable(
                name: "ItemMilestone");

            migrationBuilder.DropTable(
                name: "ItemPerson");

            migrationBuilder.DropTable(
                name: "ItemScope");

            migrationBuilder.DropTable(
                name: "ItemUnit");

            migrationBuilder.DropTable(
                name: "Journal");

            migrationBuilder.DropTable(
                name: "Openings");

            migrationBuilder.DropTable(
                name: "Passkey");

            migrationBuilder.DropTable(
                name: "Person");

            migrationBuilder.DropTable(
                name: "PieceUse");

            migrationBuilder.DropTable(
                name: "PieceVersion");

            migrationBuilder.DropTable(
                name: "PlanVersion");

            migrationBuilder.DropTable(
                name: "Preview");

            migrationBuilder.DropTable(
                name: "ReturnLine");

            migrationBuilder.DropTable(
                name: "ReturnStep");

            migrationBuilder.DropTable(
                name: "SavedView");

            migrationBuilder.DropTable(
                name: "SearchTexts");

            migrationBuilder.DropTable(
                name: "SignInSession");

            migrationBuilder.DropTable(
                name: "StatusSpan");

            migrationBuilder.DropTable(
                name: "UnitAlias");

            migrationBuilder.DropTable(
                name: "Upload");

            migrationBuilder.DropTable(
                name: "Piece");

            migrationBuilder.DropTable(
                name: "UnitReturn");

            migrationBuilder.DropTable(
                name: "Account");

            migrationBuilder.DropTable(
                name: "Item");

            migrationBuilder.DropTable(
                name: "DispatchRound");

            migrationBuilder.DropTable(
                name: "Programme");

            migrationBuilder.DropTable(
                name: "Unit");
        }
    }
}
