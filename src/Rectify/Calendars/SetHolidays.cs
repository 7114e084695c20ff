using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Calendars;

/// <summary>Enters the holidays of a year, once for the whole product, and moves the days of open work with them.</summary>
/// <remarks>The days of all rooms move in the same transaction: nobody sees half of it.</remarks>
internal sealed class SetHolidays(Db db, JournalWriter journal, TimeProvider clock, IEnumerable<ICountWorkingDays> rooms)
{
    /// <summary>Whether someone enters holidays: the office at the top of the tree of units, for they hold for all below.</summary>
    public static bool May(Access by) => by.IsEverywhere(Right.Plan);

    /// <param name="text">As <see cref="AnnouncedYear.Read"/> takes it; empty to take back what was entered.</param>
    /// <param name="version">The version that the person saw; 0 where there was none.</param>
    /// <returns>What moved.</returns>
    /// <exception cref="Refusal">403: no office at the top. 409: changed meanwhile, or nothing differs. 422: a line that cannot be read.</exception>
    public async Task<IReadOnlyList<MovedDay>> RunAsync(int year, string text, int version, Access by, CancellationToken ct)
    {
        var (announced, moved) = await ChangeAsync(year, text, version, by, ct);

        await journal.CommitAsync(
            new HolidaysSet { Subject = announced.Id, By = by.Actor, At = clock.NowMs, Year = year, Days = announced.Days.Length == 0 ? 0 : announced.Days.Split('\n').Length },
            [.. moved.Select(one => one.Fact).OfType<Fact>()], ct);
        return moved;
    }

    /// <summary>What would move. Saves nothing.</summary>
    /// <inheritdoc cref="RunAsync" />
    public async Task<IReadOnlyList<MovedDay>> PreviewAsync(int year, string text, int version, Access by, CancellationToken ct)
    {
        try
        {
            return (await ChangeAsync(year, text, version, by, ct)).Moved;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<(AnnouncedYear Announced, IReadOnlyList<MovedDay> Moved)> ChangeAsync(int year, string text, int version, Access by, CancellationToken ct)
    {
        if (!May(by))
        {
            throw Refusal.NotAllowed("calendar.office", "Holidays hold for everyone: the office at the top of the units enters them.");
        }

        var days = AnnouncedYear.Read(year, text);
        var known = await db.AnnouncedYears().ToListAsync(ct);
        var before = Calendar(known);
        var announced = known.Find(one => one.Year == year);
        if (announced is null)
        {
            known.Add(announced = db.Add(AnnouncedYear.Create(year)).Entity);
        }

        announced.Change(days, version);
        var after = Calendar(known);
        var moved = new List<MovedDay>();
        foreach (var room in rooms)
        {
            moved.AddRange(await room.RecountAsync(before, after, by.Actor, ct));
        }

        return (announced, [.. moved.OrderBy(one => one.Fact is null).DistinctBy(one => (one.Subject, one.Kind)).OrderBy(one => one.Kind).ThenBy(one => one.After)]);
    }

    private static WorkingCalendar Calendar(IEnumerable<AnnouncedYear> years) =>
        CalendarTables.Calendar([.. years.Where(one => one.Days.Length > 0).OrderBy(one => one.Year).Select(one => one.Days)]);
}

/// <summary>The holidays of a year were entered, corrected or taken back.</summary>
public sealed record HolidaysSet : Fact
{
    public override string Kind => "calendar.holidays-set";

    public required int Year { get; init; }

    /// <summary>How many days were named; the openings hold them.</summary>
    public required int Days { get; init; }
}
