using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Closure;

internal sealed class ItemClosureMap : IEntityTypeConfiguration<ItemClosure>
{
    public void Configure(EntityTypeBuilder<ItemClosure> closure)
    {
        closure.Property(c => c.Id).ValueGeneratedNever();
        closure.Property(c => c.StepKey).HasMaxLength(40);
        closure.Property(c => c.Live).IsBookkeeping();
        closure.Property(c => c.Version).IsConcurrencyToken();
        closure.Ignore(c => c.Declaration);
        closure.Ignore(c => c.IsOpen);
        closure.HasIndex(c => c.PublicId).IsUnique();
        closure.HasIndex(c => new { c.ItemId, c.UnitId, c.Live }).IsUnique(); // of two who begin in the same moment, one is told so
        closure.HasIndex(c => new { c.ProgrammeId, c.State, c.StepSince, c.Id });
        closure.HasOne<Programme>().WithMany().HasForeignKey(c => c.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        closure.HasOne<Item>().WithMany().HasForeignKey(c => c.ItemId).OnDelete(DeleteBehavior.Restrict);
        closure.HasOne<Unit>().WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ClosureActMap : IEntityTypeConfiguration<ClosureAct>
{
    public void Configure(EntityTypeBuilder<ClosureAct> act)
    {
        act.Property(a => a.Id).ValueGeneratedNever();
        act.Property(a => a.StepKey).HasMaxLength(40);
        act.Property(a => a.Opinion).HasMaxLength(4_000);
        act.Property(a => a.Hash).HasMaxLength(64);
        act.Property(a => a.Content).IsBookkeeping(); // the entry carries its hash
        act.Property(a => a.By).IsBookkeeping(); // the entry says who
        act.Ignore(a => a.Statement);
        act.Ignore(a => a.Signs);
        act.HasIndex(a => new { a.ClosureId, a.No }).IsUnique();
        act.HasOne<ItemClosure>().WithMany().HasForeignKey(a => a.ClosureId).OnDelete(DeleteBehavior.Restrict);
        act.HasOne<Unit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
        act.HasOne<ClosureNotice>().WithMany().HasForeignKey(a => a.NoticeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ClosureNoticeMap : IEntityTypeConfiguration<ClosureNotice>
{
    public void Configure(EntityTypeBuilder<ClosureNotice> notice)
    {
        notice.Property(n => n.Id).ValueGeneratedNever();
        notice.Property(n => n.Channel).HasMaxLength(200);
        notice.Property(n => n.Number).HasMaxLength(60);
        notice.Ignore(n => n.Last);
        notice.HasIndex(n => new { n.ProgrammeId, n.No }).IsUnique();
        notice.HasOne<Programme>().WithMany().HasForeignKey(n => n.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AcceptanceDayMap : IEntityTypeConfiguration<AcceptanceDay>
{
    public void Configure(EntityTypeBuilder<AcceptanceDay> day)
    {
        day.Property(d => d.Id).ValueGeneratedNever();
        day.HasIndex(d => new { d.ProgrammeId, d.UnitId, d.Month }).IsUnique();
        day.HasOne<Programme>().WithMany().HasForeignKey(d => d.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        day.HasOne<Unit>().WithMany().HasForeignKey(d => d.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class ClosureTables
{
    extension(Db db)
    {
        /// <summary>The closures of items that someone may read.</summary>
        public IQueryable<ItemClosure> ClosuresFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<ItemClosure>().Where(closure => items.Any(item => item.Id == closure.ItemId));
        }

        // Parts of closures. The caller holds closures from the door above, or joins with it.

        public IQueryable<ClosureAct> ClosureActs() => db.Set<ClosureAct>();

        public IQueryable<ClosureNotice> ClosureNotices() => db.Set<ClosureNotice>();

        public IQueryable<AcceptanceDay> AcceptanceDays() => db.Set<AcceptanceDay>();
    }
}
