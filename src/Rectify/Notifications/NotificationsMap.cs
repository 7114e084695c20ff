using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Closure;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Notifications;

internal sealed class NoticeMap : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.Property(n => n.Id).ValueGeneratedNever();
        notice.Property(n => n.Key).HasMaxLength(100);
        notice.Property(n => n.Version).IsConcurrencyToken();
        notice.HasIndex(n => new { n.AccountId, n.Key }).IsUnique(); // told once, however often it is reckoned
        notice.HasIndex(n => new { n.AccountId, n.SettledAt, n.Id });
        notice.HasIndex(n => new { n.Matter, n.SettledAt });
        notice.HasIndex(n => n.MailId);
        notice.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NoticeSettingsMap : IEntityTypeConfiguration<NoticeSettings>
{
    public void Configure(EntityTypeBuilder<NoticeSettings> settings)
    {
        settings.Property(s => s.Id).ValueGeneratedNever();
        settings.Ignore(s => s.HasAddress);
        settings.Property(s => s.Address).HasMaxLength(254).IsSecret();
        settings.Property(s => s.CodeHash).HasMaxLength(64).IsBookkeeping();
        settings.Property(s => s.CodeUntil).IsBookkeeping();
        settings.Property(s => s.CodeTries).IsBookkeeping();
        settings.Property(s => s.Language).HasMaxLength(10);
        settings.Property(s => s.Choices).HasMaxLength(1_000);
        settings.Property(s => s.FeedHash).HasMaxLength(64).IsSecret();
        settings.Property(s => s.Version).IsConcurrencyToken().IsBookkeeping();
        settings.HasIndex(s => s.FeedHash).IsUnique();
        settings.HasOne<Account>().WithMany().HasForeignKey(s => s.Id).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReminderRulesMap : IEntityTypeConfiguration<ReminderRules>
{
    public void Configure(EntityTypeBuilder<ReminderRules> rules)
    {
        rules.Property(r => r.Id).ValueGeneratedNever();
        rules.Property(r => r.Items).HasMaxLength(500).HasConversion(rule => Text(rule), text => Rule(text));
        rules.Property(r => r.Nodes).HasMaxLength(500).HasConversion(rule => Text(rule), text => Rule(text));
        rules.Property(r => r.Returns).HasMaxLength(500).HasConversion(rule => Text(rule), text => Rule(text));
        rules.Property(r => r.Version).IsConcurrencyToken();
        rules.HasOne<Programme>().WithMany().HasForeignKey(r => r.Id).OnDelete(DeleteBehavior.Cascade);
    }

    private static string Text(ReminderRule rule) => JsonSerializer.Serialize(rule, JsonSerializerOptions.Web);

    private static ReminderRule Rule(string text) => JsonSerializer.Deserialize<ReminderRule>(text, JsonSerializerOptions.Web)!;
}

internal sealed class MailMessageMap : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> mail)
    {
        mail.Property(m => m.Id).ValueGeneratedNever();
        mail.Property(m => m.Key).HasMaxLength(100);
        mail.Property(m => m.Error).HasMaxLength(100);
        mail.Property(m => m.Version).IsConcurrencyToken();
        mail.HasIndex(m => m.Key).IsUnique();
        mail.HasIndex(m => new { m.State, m.NextAt });
        mail.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class NotificationsTables
{
    extension(Db db)
    {
        /// <summary>What one account was told, as far as its duties today still let it see the matter. Whoever lost the duty finds nothing.</summary>
        public IQueryable<Notice> NoticesFor(Access who)
        {
            if (!Guid.TryParseExact(who.Actor.Id, "N", out var account))
            {
                return db.Set<Notice>().Where(notice => false);
            }

            var (read, write) = (db.ReturnsFor(who), db.ReturnsToWriteFor(who));
            var (own, office, requests) = (db.ItemsFor(who, Right.Report), db.ItemsFor(who, Right.Plan), db.DeadlineRequestsFor(who));
            var (checks, handIn) = (db.ChecksFor(who), db.ChecksToHandInFor(who));
            var reviews = who.Has(Right.Plan) || who.Roles.Contains(Role.Supervisor);
            var closures = db.ClosuresFor(who);
            var (units, offices, organises) = (who.HeldAt(Right.Report), who.HeldAt(Right.Plan), who.Has(Right.Organise));
            return db.Set<Notice>().Where(notice => notice.AccountId == account && (
                notice.MatterKind == MatterKind.Handbook
                || (notice.MatterKind == MatterKind.Files && organises)
                || (notice.MatterKind == MatterKind.Return && notice.Kind != NoticeKind.ReturnToReview && write.Any(one => one.Id == notice.Matter))
                || (notice.Kind == NoticeKind.ReturnToReview && read.Any(one => one.Id == notice.Matter
                    && (notice.SettledAt != null || units.Contains(one.AtId) || offices.Contains(one.AtId))))
                || ((notice.Kind == NoticeKind.ItemDue || notice.Kind == NoticeKind.NodeDue) && own.Any(item => item.Id == notice.Matter))
                || (notice.MatterKind == MatterKind.Deadline && requests.Any(request => request.Id == notice.Matter
                    && (notice.Kind == NoticeKind.DeadlineDecided || office.Any(item => item.Id == request.ItemId))))
                || (notice.Kind == NoticeKind.CheckDue && handIn.Any(check => check.Id == notice.Matter))
                || (notice.Kind == NoticeKind.CheckToReview && reviews && checks.Any(check => check.Id == notice.Matter))
                || (notice.Kind == NoticeKind.ReboundToTakeUp && checks.Any(check => check.Id == notice.Matter && office.Any(item => item.Id == check.ItemId)))
                || (notice.MatterKind == MatterKind.Dossier && own.Any(item => item.Id == notice.Matter))
                || (notice.MatterKind == MatterKind.Closure && closures.Any(one => one.Id == notice.Matter))
                || (notice.Kind == NoticeKind.ItemOverdue && office.Any(item => item.Id == notice.Matter))));
        }

        /// <summary>All notices, for the jobs of the room.</summary>
        internal IQueryable<Notice> AllNotices() => db.Set<Notice>();

        /// <summary>How accounts are told. One's own, or for the jobs of the room.</summary>
        internal IQueryable<NoticeSettings> NoticeSettings() => db.Set<NoticeSettings>();

        /// <summary>The rules of programmes. The caller holds the programme from its door.</summary>
        internal IQueryable<ReminderRules> ReminderRules() => db.Set<ReminderRules>();

        /// <summary>The outbox. Its jobs, and administrators.</summary>
        internal IQueryable<MailMessage> Mails() => db.Set<MailMessage>();

        /// <summary>The accounts that hold a role at one of the very units on a day and may sign in.</summary>
        internal IQueryable<Holder> HoldersOf(Role role, IReadOnlyCollection<Guid> units, DateOnly today) =>
            db.Duties().Where(duty => units.Contains(duty.UnitId) && duty.Role == role && duty.From <= today && (duty.To == null || duty.To >= today))
                .Join(db.Accounts().Where(account => !account.Disabled), duty => duty.AccountId, account => account.Id, (duty, account) => new Holder(duty.UnitId, account.Id));

        /// <summary>The accounts that hold a right at one of the very units on a day and may sign in.</summary>
        internal IQueryable<Holder> HoldersOf(Right right, IReadOnlyCollection<Guid> units, DateOnly today)
        {
            var roles = RoleRights.With(right);
            return db.Duties().Where(duty => units.Contains(duty.UnitId) && roles.Contains(duty.Role) && duty.From <= today && (duty.To == null || duty.To >= today))
                .Join(db.Accounts().Where(account => !account.Disabled), duty => duty.AccountId, account => account.Id, (duty, account) => new Holder(duty.UnitId, account.Id));
        }

        /// <summary>The accounts that hold one of the roles at units of these codes on a day and may sign in.</summary>
        internal IQueryable<RoleHolder> HoldersAs(Role[] roles, string[] codes, DateOnly today) =>
            from duty in db.Duties()
            where roles.Contains(duty.Role) && duty.From <= today && (duty.To == null || duty.To >= today)
            join unit in db.Units().Where(unit => codes.Contains(unit.Code)) on duty.UnitId equals unit.Id
            join account in db.Accounts().Where(account => !account.Disabled) on duty.AccountId equals account.Id
            select new RoleHolder(duty.Role, unit.Id, unit.Path, unit.ParentId == null, account.Id);
    }
}

internal sealed record Holder(Guid Unit, Guid Account);

internal sealed record RoleHolder(Role Role, Guid Unit, string Path, bool Top, Guid Account);
