using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Schedule;

internal sealed class ItemScheduleMap : IEntityTypeConfiguration<ItemSchedule>
{
    public void Configure(EntityTypeBuilder<ItemSchedule> schedule)
    {
        schedule.Property(s => s.Id).ValueGeneratedNever();
        schedule.Property(s => s.Version).IsConcurrencyToken();
        schedule.HasIndex(s => s.ItemId).IsUnique(); // of two first plans at once one is refused
        schedule.HasIndex(s => s.ProgrammeId);
        schedule.HasOne<Programme>().WithMany().HasForeignKey(s => s.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        schedule.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduleVersionMap : IEntityTypeConfiguration<ScheduleVersion>
{
    public void Configure(EntityTypeBuilder<ScheduleVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Reason).HasMaxLength(200);
        version.Property(v => v.MadeBy).IsBookkeeping(); // the entry says who
        version.Ignore(v => v.Plan);
        version.Ignore(v => v.PlannedDates);
        version.HasIndex(v => new { v.ScheduleId, v.No }).IsUnique();
        version.HasOne<ItemSchedule>().WithMany().HasForeignKey(v => v.ScheduleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduleCalendarMap : IEntityTypeConfiguration<ScheduleCalendar>
{
    public void Configure(EntityTypeBuilder<ScheduleCalendar> calendar)
    {
        calendar.Property(c => c.Id).ValueGeneratedNever();
        calendar.Property(c => c.Seasons).HasMaxLength(500);
        calendar.Property(c => c.Stops).HasMaxLength(2_000);
        calendar.Property(c => c.Version).IsConcurrencyToken();
        calendar.HasIndex(c => new { c.ProgrammeId, c.UnitId }).IsUnique();
        calendar.HasOne<Programme>().WithMany().HasForeignKey(c => c.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        calendar.HasOne<Unit>().WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class ScheduleTables
{
    extension(Db db)
    {
        /// <summary>Schedules of items on which someone has a right.</summary>
        public IQueryable<ItemSchedule> SchedulesFor(Access who, Right right)
        {
            var items = db.ItemsFor(who, right);
            return db.Set<ItemSchedule>().Where(schedule => items.Any(item => item.Id == schedule.ItemId));
        }

        /// <summary>Calendars of programmes that someone may read.</summary>
        public IQueryable<ScheduleCalendar> ScheduleCalendarsFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<ScheduleCalendar>().Where(calendar => programmes.Any(programme => programme.Id == calendar.ProgrammeId));
        }

        // Parts of schedules. The caller holds schedules from the door above, or joins with it.

        public IQueryable<ScheduleVersion> ScheduleVersions() => db.Set<ScheduleVersion>();
    }
}
