using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>Says which open schedules end on another day by other holidays. Nothing is stored of that: dates are computed when they are read, and versions keep those that they had.</summary>
internal sealed class RecountSchedules(Db db, TimeProvider clock) : ICountWorkingDays
{
    public async Task<IReadOnlyList<MovedDay>> RecountAsync(WorkingCalendar before, WorkingCalendar after, Actor by, CancellationToken ct)
    {
        var (words, today) = (Words.In(Language.Default), clock.Today);
        var moved = new List<MovedDay>();
        foreach (var programme in await db.SchedulesFor(ScheduleReading.Room, Right.Read).Select(one => one.ProgrammeId).Distinct().ToListAsync(ct))
        {
            var was = (await ScheduleReading.OfProgrammeAsync(db, ScheduleReading.Room, programme, today, ct, before)).ToDictionary(one => one.Item.Id, one => one.Dates.Finish);
            foreach (var one in await ScheduleReading.OfProgrammeAsync(db, ScheduleReading.Room, programme, today, ct, after))
            {
                if (one.IsOpen && was[one.Item.Id] is { } first && one.Dates.Finish is { } then && first != then)
                {
                    moved.Add(new(MovedKind.Schedule, one.Schedule.Id, words.Heading(one.Item), $"/items/{one.Item.Id}/schedule", first, then));
                }
            }
        }

        return moved;
    }
}
