using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rectify.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailMessage");

            migrationBuilder.DropTable(
                name: "Notice");

            migrationBuilder.DropTable(
                name: "NoticeSettings");

            migrationBuilder.DropTable(
                name: "ReminderRules");
        }
    }
}
