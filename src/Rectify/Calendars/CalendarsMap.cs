using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Calendars;

internal sealed class AnnouncedYearMap : IEntityTypeConfiguration<AnnouncedYear>
{
    public void Configure(EntityTypeBuilder<AnnouncedYear> year)
    {
        year.Property(y => y.Id).ValueGeneratedNever();
        year.Property(y => y.Days).HasMaxLength(2_000); // AnnouncedYear.MostDays lines
        year.Property(y => y.Version).IsConcurrencyToken();
        year.HasIndex(y => y.Year).IsUnique();
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its table.</summary>
internal static class CalendarTables
{
    // Calendars by what was announced, so that all who read the same one share it and what is computed from it.
    private static readonly ConcurrentDictionary<string, WorkingCalendar> Known = new(StringComparer.Ordinal);

    extension(Db db)
    {
        /// <summary>The working days of the product as they are known now (工作日历): everything that counts working days takes it here.</summary>
        public async Task<WorkingCalendar> CalendarAsync(CancellationToken ct) =>
            Calendar(await db.Set<AnnouncedYear>().Where(one => one.Days != "").OrderBy(one => one.Year).Select(one => one.Days).ToListAsync(ct));

        public IQueryable<AnnouncedYear> AnnouncedYears() => db.Set<AnnouncedYear>();
    }

    /// <param name="announced">Days of years, the earliest first.</param>
    internal static WorkingCalendar Calendar(IReadOnlyCollection<string> announced)
    {
        if (announced.Count == 0)
        {
            return WorkingCalendar.StateCouncil;
        }

        if (Known.Count > 100)
        {
            Known.Clear();
        }

        return Known.GetOrAdd(string.Join('\n', announced), _ => announced.Aggregate(WorkingCalendar.StateCouncil, (calendar, days) => calendar.With(days)));
    }
}
