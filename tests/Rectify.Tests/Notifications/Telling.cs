using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>What tests ask and do about notices.</summary>
internal static class Telling
{
    /// <summary>Numbers the journal and follows it to its end, as the server does.</summary>
    public static async Task FollowAsync(this World world)
    {
        while (await world.InAsync((NumberEntries number) => number.RunAsync(Ct)) > 0)
        {
        }

        await world.InAsync((FollowJournal follow) => follow.RunAsync(Ct));
    }

    /// <summary>The daily look.</summary>
    public static Task RemindAsync(this World world) => world.InAsync((RemindDue remind) => remind.RunAsync(Ct));

    public static Task<Access> AccessAsync(this World world, Access who) =>
        world.InAsync((Db db) => Reader.AccessOf(db, who.Actor, world.Clock.Today, Ct));

    /// <summary>Where what waits and is of a kind leads, whoever it is told.</summary>
    public static Task<List<string>> LinksAsync(this World world, NoticeKind kind) => world.InAsync(async (Db db) =>
        (await db.AllNotices().AsNoTracking().Where(notice => notice.SettledAt == null && notice.Kind == kind).ToListAsync(Ct)).Select(NoticeLines.Href).Distinct().ToList());

    /// <summary>The kinds that stand in someone's inbox, sorted.</summary>
    public static async Task<NoticeKind[]> TodoAsync(this World world, Reporting reporting, string who)
    {
        var reader = await world.AccessAsync(reporting.People[who]);
        return await world.InAsync(async (Db db) =>
            (await db.NoticesFor(reader).Where(notice => notice.SettledAt == null).Select(notice => notice.Kind).ToListAsync(Ct)).Order().ToArray());
    }

    /// <inheritdoc cref="TodoAsync(World, Reporting, string)" />
    public static async Task<NoticeKind[]> TodoAsync(this World world, Access who)
    {
        var reader = await world.AccessAsync(who);
        return await world.InAsync(async (Db db) => (await db.NoticesFor(reader).Where(notice => notice.SettledAt == null).Select(notice => notice.Kind).ToListAsync(Ct)).Order().ToArray());
    }

    /// <summary>All that was ever told, without ids and times: what replaying must not change.</summary>
    public static Task<List<string>> EverythingAsync(this World world) => world.InAsync(async (Db db) =>
        (await db.AllNotices().AsNoTracking().ToListAsync(Ct)).Select(notice => $"{notice.AccountId:N} {notice.Kind} {notice.Key} {notice.SettledAt is null}").Order(StringComparer.Ordinal).ToList());

    /// <summary>Lets follow the journal from its beginning once more.</summary>
    public static Task ForgetCursorAsync(this World world) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        foreach (var cursor in await db.Cursors().Where(one => one.Job == FollowJournal.CursorName || one.Job == RemindDue.CursorName).ToListAsync(Ct))
        {
            cursor.Next = 0;
        }

        await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
    });
}
