using Microsoft.EntityFrameworkCore;
using Rectify.Calendars;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Notices;

/// <summary>A line of the public list of notices.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Href">Its page, a path on this site.</param>
/// <param name="Number">公示〔2026〕3号.</param>
/// <param name="EndsOn">The last day as it stands; <see langword="null"/> while the clock stands still.</param>
/// <param name="Left">Days that count and are still to come, today among them; 0 unless it runs.</param>
/// <param name="Working">Whether those are working days.</param>
/// <param name="ChangedAt">When it went out, or passages of it were last withheld.</param>
public sealed record NoticeInPublic(Guid Id, string Href, string Number, string Title, NoticeState State, DateOnly From, DateOnly? EndsOn, int Left, bool Working, DateTimeOffset PublishedAt, DateTimeOffset ChangedAt);

/// <summary>The notices that went out, as the whole world may list them.</summary>
internal static class NoticesInPublic
{
    /// <param name="programme">One programme's alone; <see langword="null"/> for all.</param>
    /// <param name="running">Those that run, the first to end first; or those that are over, the latest first.</param>
    public static async Task<IReadOnlyList<NoticeInPublic>> ReadAsync(Db db, Guid? programme, bool running, int most, DateOnly today, CancellationToken ct)
    {
        NoticeState[] states = running ? [NoticeState.Open, NoticeState.Suspended] : [NoticeState.Ended, NoticeState.Stopped];
        var found = db.PublishedNotices().AsNoTracking().Where(one => states.Contains(one.State) && (programme == null || one.ProgrammeId == programme));
        return await RowsAsync(db, (running ? found.OrderBy(one => one.EndsOn == null).ThenBy(one => one.EndsOn).ThenBy(one => one.Id) : found.OrderByDescending(one => one.From).ThenByDescending(one => one.Id)).Take(most), today, ct);
    }

    /// <summary>Those that tell of an item, the first that went out first. The caller knows that the item is public.</summary>
    public static Task<IReadOnlyList<NoticeInPublic>> OfItemAsync(Db db, Guid item, DateOnly today, CancellationToken ct) => RowsAsync(
        db, db.PublishedNotices().AsNoTracking().Where(one => db.NoticeParts().Any(part => part.NoticeId == one.Id && part.ItemId == item)).OrderBy(one => one.From).ThenBy(one => one.Id).Take(20), today, ct);

    /// <summary>Those that tell of an item and hold a passage that is withheld elsewhere.</summary>
    public static async Task<IReadOnlyList<NoticeInPublic>> SayingAsync(Db db, Guid item, IReadOnlyList<Mask> masks, DateOnly today, CancellationToken ct)
    {
        var masking = new Masking(masks);
        var saying = (await db.PublishedNotices().AsNoTracking().Where(one => db.NoticeParts().Any(part => part.NoticeId == one.Id && part.ItemId == item)).Select(one => new { one.Id, one.Content }).ToListAsync(ct))
            .Where(one => NoticeContent.Read(one.Content).Apply(masking).ToJson() != one.Content).Select(one => one.Id).ToArray();
        return await RowsAsync(db, db.PublishedNotices().AsNoTracking().Where(one => EF.Parameter(saying).Contains(one.Id)).OrderBy(one => one.From).ThenBy(one => one.Id), today, ct);
    }

    private static async Task<IReadOnlyList<NoticeInPublic>> RowsAsync(Db db, IQueryable<PublicNotice> found, DateOnly today, CancellationToken ct)
    {
        var notices = await found.ToListAsync(ct);
        var calendar = await db.CalendarAsync(ct);
        Guid[] ids = [.. notices.Select(one => one.Id)];
        var pauses = (await db.Objections().AsNoTracking().Where(one => ids.Contains(one.NoticeId) && one.InTime).Select(one => new { one.NoticeId, one.ReceivedOn, one.SettledOn }).ToListAsync(ct))
            .ToLookup(one => one.NoticeId, one => new Pause(one.ReceivedOn, one.SettledOn));
        return
        [
            .. notices.Select(one => new NoticeInPublic(
                one.PublicId, $"/public/notices/{one.PublicId}", NoticeContent.Read(one.Content).Number, one.Title, one.State, one.From!.Value, one.EndsOn,
                one.IsRunning ? Math.Max(0, NoticeClock.Of(one.From.Value, one.Stands, [.. pauses[one.Id]], calendar, one.ObjectionClock).Left(one.Days, today)) : 0, one.Working, one.PublishedAt!.Value, one.MaskedAt ?? one.PublishedAt!.Value)),
        ];
    }
}
