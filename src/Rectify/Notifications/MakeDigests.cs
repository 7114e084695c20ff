using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;

namespace Rectify.Notifications;

/// <summary>Once a day makes one mail for each person of all that no mail told them yet.</summary>
/// <remarks>A digest is named by account and day, so a second one of a day cannot be; a day slept over is made good by the next digest.</remarks>
internal sealed class MakeDigests(Db db, JournalWriter journal, IOptions<MailOptions> options, TimeProvider clock) : IJob
{
    private const int Batch = 200;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!options.Value.IsOn || clock.GetLocalNow().Hour < options.Value.DigestHour)
        {
            return 0;
        }

        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            db.ChangeTracker.Clear();
            var people = await db.NoticeSettings().AsNoTracking().Where(settings => settings.ConfirmedAt != null && settings.Id.CompareTo(last) > 0)
                .OrderBy(settings => settings.Id).Take(Batch).ToListAsync(ct);
            if (people.Count == 0)
            {
                return count;
            }

            last = people[^1].Id;
            try
            {
                count += await MakeAsync(people, ct);
            }
            catch (Refusal first) when (first.Status is StatusCodes.Status409Conflict)
            {
                continue; // another server made them, or a notice was read in this moment; the next run looks again
            }
        }
    }

    private async Task<int> MakeAsync(List<NoticeSettings> people, CancellationToken ct)
    {
        var day = clock.Today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var keys = people.ToDictionary(person => person.Id, person => $"digest:{person.Id:N}:{day}");
        var (ids, names) = (keys.Keys.ToArray(), keys.Values.ToArray());
        var made = (await db.Mails().Where(mail => names.Contains(mail.Key)).Select(mail => mail.Key).ToListAsync(ct)).ToHashSet();
        var open = (await db.AllNotices().Where(notice => ids.Contains(notice.AccountId) && notice.SettledAt == null && notice.MailId == null && notice.ReadAt == null).ToListAsync(ct))
            .ToLookup(notice => notice.AccountId);
        var count = 0;
        foreach (var person in people.Where(person => person.HasAddress && !made.Contains(keys[person.Id])))
        {
            var rows = open[person.Id].Where(notice => person.For(notice.Kind) is Delivery.Digest or Delivery.AtOnce).ToList();
            if (rows.Count > 0)
            {
                var mail = MailMessage.Create(person.Id, MailKind.Digest, keys[person.Id], clock.NowMs);
                db.Add(mail);
                rows.ForEach(notice => notice.GoWith(mail));
                count++;
            }
        }

        if (count > 0)
        {
            await journal.SaveBookkeepingAsync(ct);
        }

        return count;
    }
}
