using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ClosingSchedulesPublic : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "OfJudge",
                table: "Piece",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ItemSchedule",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    ApprovedNo = table.Column<int>(type: "INTEGER", nullable: true),
                    ApprovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemSchedule", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemSchedule_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ItemSchedule_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Publication",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SortKey = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Said = table.Column<string>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Aspect = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Folded = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Publication", x => x.Id);
                    table.CheckConstraint("CK_Publication_Aspect", "length(\"Aspect\") <= 400");
                    table.CheckConstraint("CK_Publication_Number", "length(\"Number\") <= 400");
                    table.CheckConstraint("CK_Publication_SortKey", "length(\"SortKey\") <= 60");
                    table.CheckConstraint("CK_Publication_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_Publication_Status", "length(\"Status\") <= 40");
                    table.CheckConstraint("CK_Publication_Title", "length(\"Title\") <= 600");
                    table.ForeignKey(
                        name: "FK_Publication_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Publication_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublicPicture",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PieceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    After = table.Column<bool>(type: "INTEGER", nullable: false),
                    Caption = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Alt = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Boxes = table.Column<int>(type: "INTEGER", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Shown = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicPicture", x => x.Id);
                    table.CheckConstraint("CK_PublicPicture_Alt", "length(\"Alt\") <= 200");
                    table.CheckConstraint("CK_PublicPicture_Caption", "length(\"Caption\") <= 200");
                    table.CheckConstraint("CK_PublicPicture_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_PublicPicture_Name", "length(\"Name\") <= 32");
                    table.ForeignKey(
                        name: "FK_PublicPicture_Item_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Item",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PublicPicture_Piece_PieceId",
                        column: x => x.PieceId,
                        principalTable: "Piece",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublicProgramme",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Hotline = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    PlanText = table.Column<string>(type: "TEXT", nullable: false),
                    Licence = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    LicenceUrl = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicProgramme", x => x.Id);
                    table.CheckConstraint("CK_PublicProgramme_Code", "length(\"Code\") <= 40");
                    table.CheckConstraint("CK_PublicProgramme_Host", "length(\"Host\") <= 200");
                    table.CheckConstraint("CK_PublicProgramme_Hotline", "length(\"Hotline\") <= 60");
                    table.CheckConstraint("CK_PublicProgramme_Licence", "length(\"Licence\") <= 100");
                    table.CheckConstraint("CK_PublicProgramme_LicenceUrl", "length(\"LicenceUrl\") <= 300");
                    table.CheckConstraint("CK_PublicProgramme_Title", "length(\"Title\") <= 200");
                    table.ForeignKey(
                        name: "FK_PublicProgramme_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScheduleCalendar",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EveryDay = table.Column<bool>(type: "INTEGER", nullable: false),
                    Seasons = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Stops = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Holidays = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleCalendar", x => x.Id);
                    table.CheckConstraint("CK_ScheduleCalendar_Seasons", "length(\"Seasons\") <= 500");
                    table.CheckConstraint("CK_ScheduleCalendar_Stops", "length(\"Stops\") <= 2000");
                    table.ForeignKey(
                        name: "FK_ScheduleCalendar_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ScheduleCalendar_Unit_UnitId",
                        column: x => x.UnitId,
                        principalTable: "Unit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScheduleVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ScheduleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Dates = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleVersion", x => x.Id);
                    table.CheckConstraint("CK_ScheduleVersion_MadeBy", "length(\"MadeBy\") <= 80");
                    table.CheckConstraint("CK_ScheduleVersion_Reason", "length(\"Reason\") <= 200");
                    table.ForeignKey(
                        name: "FK_ScheduleVersion_ItemSchedule_ScheduleId",
                        column: x => x.ScheduleId,
                        principalTable: "ItemSchedule",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ErrorReport",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Receipt = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Contact = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErrorReport", x => x.Id);
                    table.CheckConstraint("CK_ErrorReport_Answer", "length(\"Answer\") <= 2000");
                    table.CheckConstraint("CK_ErrorReport_Contact", "length(\"Contact\") <= 200");
                    table.CheckConstraint("CK_ErrorReport_Receipt", "length(\"Receipt\") <= 20");
                    table.CheckConstraint("CK_ErrorReport_State", "length(\"State\") <= 40");
                    table.CheckConstraint("CK_ErrorReport_Text", "length(\"Text\") <= 2000");
                    table.ForeignKey(
                        name: "FK_ErrorReport_Programme_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programme",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ErrorReport_Publication_PublicationId",
                        column: x => x.PublicationId,
                        principalTable: "Publication",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PublicationUnit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicationUnit", x => x.Id);
                    table.CheckConstraint("CK_PublicationUnit_Name", "length(\"Name\") <= 400");
                    table.ForeignKey(
                        name: "FK_PublicationUnit_Publication_PublicationId",
                        column: x => x.PublicationId,
                        principalTable: "Publication",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PublicationVersion",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Choice = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicationVersion", x => x.Id);
                    table.CheckConstraint("CK_PublicationVersion_Act", "length(\"Act\") <= 40");
                    table.CheckConstraint("CK_PublicationVersion_By", "length(\"By\") <= 80");
                    table.CheckConstraint("CK_PublicationVersion_Hash", "length(\"Hash\") <= 64");
                    table.CheckConstraint("CK_PublicationVersion_Remark", "length(\"Remark\") <= 500");
                    table.ForeignKey(
                        name: "FK_PublicationVersion_Publication_PublicationId",
                        column: x => x.PublicationId,
                        principalTable: "Publication",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ErrorReport_ProgrammeId_State_At_Id",
                table: "ErrorReport",
                columns: new[] { "ProgrammeId", "State", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ErrorReport_PublicationId",
                table: "ErrorReport",
                column: "PublicationId");

            migrationBuilder.CreateIndex(
                name: "IX_ErrorReport_Receipt",
                table: "ErrorReport",
                column: "Receipt",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemSchedule_ItemId",
                table: "ItemSchedule",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemSchedule_ProgrammeId",
                table: "ItemSchedule",
                column: "ProgrammeId");

            migrationBuilder.CreateIndex(
                name: "IX_Publication_ItemId",
                table: "Publication",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Publication_ProgrammeId_ClosedOn_Id",
                table: "Publication",
                columns: new[] { "ProgrammeId", "ClosedOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Publication_ProgrammeId_SortKey_Id",
                table: "Publication",
                columns: new[] { "ProgrammeId", "SortKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Publication_PublicId",
                table: "Publication",
                column: "PublicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicationUnit_PublicationId_Order",
                table: "PublicationUnit",
                columns: new[] { "PublicationId", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_PublicationVersion_PublicationId_No",
                table: "PublicationVersion",
                columns: new[] { "PublicationId", "No" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicPicture_ItemId",
                table: "PublicPicture",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_PublicPicture_Name",
                table: "PublicPicture",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicPicture_PieceId",
                table: "PublicPicture",
                column: "PieceId");

            migrationBuilder.CreateIndex(
                name: "IX_PublicProgramme_Code",
                table: "PublicProgramme",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PublicProgramme_ProgrammeId",
                table: "PublicProgramme",
                column: "ProgrammeId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleCalendar_ProgrammeId_UnitId",
                table: "ScheduleCalendar",
                columns: new[] { "ProgrammeId", "UnitId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleCalendar_UnitId",
                table: "ScheduleCalendar",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleVersion_ScheduleId_No",
                table: "ScheduleVersion",
                columns: new[] { "ScheduleId", "No" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ErrorReport");

            migrationBuilder.DropTable(
                name: "PublicationUnit");

            migrationBuilder.DropTable(
                name: "PublicationVersion");

            migrationBuilder.DropTable(
                name: "PublicPicture");

            migrationBuilder.DropTable(
                name: "PublicProgramme");

            migrationBuilder.DropTable(
                name: "ScheduleCalendar");

            migrationBuilder.DropTable(
                name: "ScheduleVersion");

            migrationBuilder.DropTable(
                name: "Publication");

            migrationBuilder.DropTable(
                name: "ItemSchedule");

            migrationBuilder.DropColumn(
                name: "OfJudge",
                table: "Piece");
        }
    }
}
