using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>The way from an item to its schedule, with the number of its activities; also for whoever may plan one.</summary>
internal sealed class ScheduleLink(Db db) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct)
    {
        if (item.Kind is ItemKind.Finding)
        {
            return null;
        }

        var version = await db.SchedulesFor(reader, Right.Read).Where(one => one.ItemId == item.Id)
            .Join(db.ScheduleVersions(), one => one.Id, version => version.ScheduleId, (_, version) => version)
            .Where(version => version.On <= day).OrderByDescending(version => version.No).AsNoTracking().FirstOrDefaultAsync(ct);
        return version is not null || await SetSchedule.MayAsync(db, item, reader, ct) ? new("schedule.link", version?.Plan.Activities.Count ?? 0, $"/items/{item.Id}/schedule") : null;
    }
}

/// <summary>What was done to an item's schedule, for the item's history.</summary>
internal sealed class ScheduleNews(Db db) : IItemNews
{
    public async Task<(IReadOnlyList<HistoryEntry> Entries, int Total)> OfAsync(Item item, Access reader, int most, Words words, CancellationToken ct)
    {
        var subject = await db.SchedulesFor(reader, Right.Read).Where(one => one.ItemId == item.Id).Select(one => one.Id).FirstOrDefaultAsync(ct);
        var about = db.Journal.AsNoTracking().Where(row => row.Subject == subject);
        var rows = await about.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most).Select(row => new { row.At, row.Kind, row.By, row.Index }).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, rows.Select(row => row.By).Distinct(), ct);
        return (
            [
                .. from row in rows
                   let who = people.GetValueOrDefault(row.By.Id)
                   select new HistoryEntry(row.At, words[$"schedule.act.{row.Kind}"], who.Name is { Length: > 0 } name ? name : words["history.records"], who.Unit, row.Index + 1, []),
            ],
            await about.CountAsync(ct));
    }
}
