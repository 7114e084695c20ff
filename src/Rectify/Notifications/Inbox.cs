using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Notifications;

/// <summary>Which part of the inbox: what is to be done, news, or what is settled.</summary>
public enum InboxPart
{
    /// <summary>待办, the first due first.</summary>
    Todo,

    /// <summary>消息, the newest first.</summary>
    News,

    /// <summary>已办, the newest first.</summary>
    Done,
}

/// <summary>What one person was told, as far as they may see it today.</summary>
public static class Inbox
{
    public const int PageSize = 50;

    private static readonly DateOnly Never = DateOnly.MaxValue;

    /// <summary>Counts go no further than this.</summary>
    private const int MostCounted = 1_000;

    /// <param name="Next">What to give as <c>after</c> for the next page; <see langword="null"/> on the last.</param>
    public sealed record Page(IReadOnlyList<NoticeLine> Lines, string? Next);

    public static async Task<Page> PageAsync(Db db, Access reader, InboxPart part, NoticeKind? kind, string? after, Words words, DateOnly today, CancellationToken ct)
    {
        var rows = Of(db, reader, part).AsNoTracking().Where(notice => kind == null || notice.Kind == kind);
        if (Place.Parse(after) is { } place)
        {
            var (due, id) = (place.Due, place.Id);
            rows = part is InboxPart.Todo
                ? rows.Where(notice => (notice.Due ?? Never) > due || ((notice.Due ?? Never) == due && notice.Id.CompareTo(id) > 0))
                : rows.Where(notice => notice.Id.CompareTo(id) < 0);
        }

        rows = part is InboxPart.Todo ? rows.OrderBy(notice => notice.Due ?? Never).ThenBy(notice => notice.Id) : rows.OrderByDescending(notice => notice.Id);
        var found = await rows.Take(PageSize + 1).ToListAsync(ct);
        var shown = found.Take(PageSize).ToList();
        return new(
            await NoticeLines.ReadAsync(db, reader, shown, words, today, ct),
            found.Count > PageSize ? new Place(shown[^1].Due ?? Never, shown[^1].Id).ToString() : null);
    }

    /// <summary>How many there are, up to 1,000.</summary>
    public static Task<int> CountAsync(Db db, Access reader, InboxPart part, CancellationToken ct) => Of(db, reader, part).OrderBy(notice => notice.Id).Take(MostCounted).CountAsync(ct);

    private static IQueryable<Notice> Of(Db db, Access reader, InboxPart part) => part switch
    {
        InboxPart.Todo => db.NoticesFor(reader).Where(notice => notice.SettledAt == null && !Notice.News.Contains(notice.Kind)),
        InboxPart.News => db.NoticesFor(reader).Where(notice => notice.SettledAt == null && Notice.News.Contains(notice.Kind)),
        InboxPart.Done => db.NoticesFor(reader).Where(notice => notice.SettledAt != null),
    };

    private sealed record Place(DateOnly Due, Guid Id)
    {
        public static Place? Parse(string? text) => text?.Split('~') is [var due, var id]
            && DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && Guid.TryParseExact(id, "N", out var one) ? new(day, one) : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Due:yyyy-MM-dd}~{Id:N}");
    }
}

/// <summary>Marks notices as read. News is settled with it.</summary>
public sealed class ReadNotices(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <returns>Where the notice leads.</returns>
    /// <exception cref="Refusal">404: no such notice, another person's, or about what they may no longer see.</exception>
    public async Task<string> OneAsync(Guid id, Access by, CancellationToken ct)
    {
        var notice = await db.NoticesFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("notice", id);
        if (notice.ReadAt is null)
        {
            notice.Read(clock.NowMs);
            await SaveAsync(ct);
        }

        return NoticeLines.Href(notice);
    }

    /// <summary>All that is unread and not settled.</summary>
    public async Task AllAsync(Access by, CancellationToken ct)
    {
        foreach (var notice in await db.NoticesFor(by).Where(one => one.SettledAt == null && one.ReadAt == null).ToListAsync(ct))
        {
            notice.Read(clock.NowMs);
        }

        await SaveAsync(ct);
    }

    // Settled in the same moment: nothing is lost by its staying unread.
    private async Task SaveAsync(CancellationToken ct)
    {
        try
        {
            await journal.SaveBookkeepingAsync(ct);
        }
        catch (Refusal stale) when (stale.Status is StatusCodes.Status409Conflict)
        {
            db.ChangeTracker.Clear();
        }
    }
}
