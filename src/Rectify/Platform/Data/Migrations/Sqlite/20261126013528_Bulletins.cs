using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Bulletins : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "IX_FrozenTask_RoundId_ItemId",
                table: "FrozenTask",
                columns: new[] { "RoundId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FrozenTask_RoundId_SortKey",
                table: "FrozenTask",
                columns: new[] { "RoundId", "SortKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BulletinFile");

            migrationBuilder.DropTable(
                name: "BulletinSeries");

            migrationBuilder.DropTable(
                name: "FrozenTask");

            migrationBuilder.DropTable(
                name: "Bulletin");
        }
    }
}
