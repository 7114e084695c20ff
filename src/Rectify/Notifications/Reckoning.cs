using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Calendars;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Notifications;

/// <summary>Finds out of matters who is to be told what now, tells what was not told yet and settles what is no longer so.</summary>
/// <remarks>
/// Reads the state as it is, never what led to it, so it may be asked as often as one likes and after any pause. Saves nothing: whoever
/// asks saves the rows together with how far they have read.
/// </remarks>
public sealed class Reckoning(Db db, TimeProvider clock, IOptions<MailOptions> mail)
{
    /// <summary>Matters looked at in one go.</summary>
    internal const int Batch = 300;

    private static readonly Access Room = Access.OfSystem(Actor.System("notifications"));

    private static readonly DraftRole[] Responsible = [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate];

    private static readonly DraftRole[] Leading = [DraftRole.Lead, DraftRole.Responsible];

    /// <summary>What waits for as long as the return stands where it stands.</summary>
    private static readonly NoticeKind[] Waiting = [NoticeKind.ReturnToFill, NoticeKind.ReturnBack, NoticeKind.ReturnToReview, NoticeKind.DeadlineToDecide, NoticeKind.CheckToReview, NoticeKind.ReboundToTakeUp, NoticeKind.ClosureToTake, NoticeKind.ClosureBack, NoticeKind.ClosureStale, NoticeKind.ObjectionToAnswer];

    /// <summary>The notices told and not saved yet.</summary>
    private readonly List<Notice> told = [];

    private readonly HashSet<(Guid Account, string Key)> toldKeys = [];

    /// <summary>Whom open returns concern: for whoever writes, for whoever reviews, and for the days around the due day.</summary>
    public async Task ReturnsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Distinct().Chunk(Batch))
        {
            var returns = await db.ReturnsFor(Room).AsNoTracking().Where(one => some.Contains(one.Id)).ToListAsync(ct);
            var roundIds = returns.Select(one => one.RoundId).Distinct().ToArray();
            var rounds = await db.RoundsFor(Room).AsNoTracking().Where(round => roundIds.Contains(round.Id)).ToDictionaryAsync(round => round.Id, ct);
            var steps = (await db.ReturnSteps().AsNoTracking().Where(step => some.Contains(step.ReturnId)).Select(step => new { step.Id, step.ReturnId, step.At }).ToListAsync(ct))
                .GroupBy(step => step.ReturnId).ToDictionary(group => group.Key, group => group.OrderBy(step => step.At).ThenBy(step => step.Id).Last().Id);
            var rules = await RulesAsync([.. returns.Select(one => one.ProgrammeId).Distinct()], ct);
            var units = returns.SelectMany(one => new[] { one.UnitId, one.AtId }).Distinct().ToArray();
            var (reporters, offices) = (await HoldersAsync(Right.Report, units, ct), await HoldersAsync(Right.Plan, units, ct));
            var calendar = await db.CalendarAsync(ct);
            List<Told> wanted = [];
            foreach (var one in returns)
            {
                var (round, step) = (rounds[one.RoundId], steps.GetValueOrDefault(one.Id));
                Told Tell(Guid account, NoticeKind kind, string key) => new(account, kind, MatterKind.Return, one.Id, key) { Due = round.DueOn };
                var open = round.State is RoundState.Open && !one.Closed;
                switch (one.State)
                {
                    case ReturnState.Draft or ReturnState.Returned when open:
                        var due = rules[one.ProgrammeId].Returns.OccasionAt(round.DueOn, clock.Today, calendar);
                        foreach (var account in reporters[one.UnitId])
                        {
                            wanted.Add(one.State is ReturnState.Draft ? Tell(account, NoticeKind.ReturnToFill, $"fill:{one.Id:N}") : Tell(account, NoticeKind.ReturnBack, $"back:{step:N}"));
                            if (due is { } occasion)
                            {
                                wanted.Add(Tell(account, NoticeKind.ReturnDue, $"due:{one.Id:N}:{Text(round.DueOn)}:{Text(occasion)}") with { Occasion = occasion });
                            }
                        }

                        break;
                    case ReturnState.Submitted when open:
                        wanted.AddRange((one.AtOffice ? offices : reporters)[one.AtId].Where(account => one.SubmittedBy?.Id != account.ToString("N"))
                            .Select(account => Tell(account, NoticeKind.ReturnToReview, $"review:{step:N}")));
                        break;
                    case ReturnState.Accepted:
                        wanted.AddRange(reporters[one.UnitId].Select(account => Tell(account, NoticeKind.ReturnAccepted, $"accepted:{step:N}")));
                        break;
                    case ReturnState.Draft or ReturnState.Returned or ReturnState.Submitted:
                        break; // the round is not open: nothing can be done
                }
            }

            await MergeAsync(MatterKind.Return, some, wanted, ct);
        }
    }

    /// <summary>Deadlines and nodes of items and of what stands in their chains.</summary>
    public async Task ItemsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Distinct().Chunk(Batch))
        {
            var today = clock.Today;
            var items = await db.ItemsFor(Room, Right.Read).AsNoTracking().Where(item => some.Contains(item.Id) || (item.ParentId != null && some.Contains(item.ParentId.Value)))
                .Select(item => new { item.Id, item.ParentId, item.ProgrammeId, item.Kind, item.DueOn, item.RemovedOn }).ToListAsync(ct);
            var all = items.Select(item => item.Id).ToArray();
            var known = items.Select(item => item.ParentId).OfType<Guid>().Concat(all).Distinct().ToArray();
            var open = (await db.StatusSpans().AsNoTracking().Where(span => known.Contains(span.ItemId) && span.From <= today && span.Until > today).Select(span => new { span.ItemId, span.Status }).ToListAsync(ct))
                .Where(span => span.Status.IsOpen).Select(span => span.ItemId).ToHashSet();
            var live = items.Where(item => item.Kind is not ItemKind.Finding && (item.RemovedOn is null || item.RemovedOn > today) && open.Contains(item.Id)
                && (item.Kind is not (ItemKind.Measure or ItemKind.Point) || item.ParentId is null || open.Contains(item.ParentId.Value))).ToList();
            var programmes = live.Select(item => item.ProgrammeId).Distinct().ToArray();
            var rules = await RulesAsync(programmes, ct);
            var regions = await db.ProgrammesFor(Room, Right.Read).Where(programme => programmes.Contains(programme.Id)).ToDictionaryAsync(programme => programme.Id, programme => programme.RegionId, ct);
            var parts = (await db.ItemUnits().AsNoTracking().Where(part => all.Contains(part.ItemId) && part.UnitId != null && Responsible.Contains(part.Role)).Select(part => new { part.ItemId, Unit = part.UnitId!.Value, part.Role }).ToListAsync(ct))
                .ToLookup(part => part.ItemId);
            var nodes = (await db.ItemMilestones().AsNoTracking().Where(node => all.Contains(node.ItemId)).Select(node => new { node.ItemId, node.No, node.Due }).ToListAsync(ct)).ToLookup(node => node.ItemId);
            var reached = (await db.ItemFacts().AsNoTracking().Where(fact => all.Contains(fact.ItemId) && fact.Kind == FactKind.MilestoneReached && fact.VoidedAt == null).Select(fact => new { fact.ItemId, fact.No }).ToListAsync(ct))
                .Select(fact => (fact.ItemId, fact.No)).ToHashSet();
            var (reporters, offices) = (
                await HoldersAsync(Right.Report, [.. parts.SelectMany(group => group).Select(part => part.Unit).Distinct()], ct), await HoldersAsync(Right.Plan, [.. regions.Values.Distinct()], ct));
            var calendar = await db.CalendarAsync(ct);
            List<Told> wanted = [];
            foreach (var item in live)
            {
                IEnumerable<Guid> Of(DraftRole[] roles) => parts[item.Id].Where(part => roles.Contains(part.Role)).SelectMany(part => reporters[part.Unit]).Distinct();
                if (item.DueOn is { } due && rules[item.ProgrammeId].Items.OccasionAt(due, today, calendar) is { } occasion)
                {
                    var key = $"{item.Id:N}:{Text(due)}:{Text(occasion)}";
                    wanted.AddRange(Of(Responsible).Select(account => new Told(account, NoticeKind.ItemDue, MatterKind.Item, item.Id, $"item:{key}") { Due = due, Occasion = occasion }));
                    if (due < today && item.Kind is ItemKind.Task)
                    {
                        wanted.AddRange(offices[regions[item.ProgrammeId]].Select(account => new Told(account, NoticeKind.ItemOverdue, MatterKind.Item, item.Id, $"late:{key}") { Due = due, Occasion = occasion }));
                    }
                }

                foreach (var node in nodes[item.Id].Where(node => !reached.Contains((item.Id, node.No))))
                {
                    if (rules[item.ProgrammeId].Nodes.OccasionAt(node.Due, today, calendar) is { } day)
                    {
                        wanted.AddRange(Of(Leading).Select(account => new Told(account, NoticeKind.NodeDue, MatterKind.Item, item.Id, $"node:{item.Id:N}:{node.No}:{Text(node.Due)}:{Text(day)}")
                        {
                            Node = node.No,
                            Due = node.Due,
                            Occasion = day,
                        }));
                    }
                }
            }

            await MergeAsync(MatterKind.Item, [.. some.Concat(all).Distinct()], wanted, ct);
        }
    }

    /// <summary>Whom requests for other deadlines concern: the office while they wait, whoever asked once they are decided.</summary>
    public async Task DeadlinesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Distinct().Chunk(Batch))
        {
            var requests = await db.DeadlineRequestsFor(Room).AsNoTracking().Where(request => some.Contains(request.Id))
                .Join(db.ProgrammesFor(Room, Right.Read), request => request.ProgrammeId, programme => programme.Id, (request, programme) => new { request, programme.RegionId }).ToListAsync(ct);
            var offices = await HoldersAsync(Right.Plan, [.. requests.Select(one => one.RegionId).Distinct()], ct);
            List<Told> wanted = [];
            foreach (var (request, region) in requests.Select(one => (one.request, one.RegionId)))
            {
                switch (request.State)
                {
                    case RequestState.Asked:
                        wanted.AddRange(offices[region].Where(account => request.AskedBy.Id != account.ToString("N"))
                            .Select(account => new Told(account, NoticeKind.DeadlineToDecide, MatterKind.Deadline, request.Id, $"deadline:{request.Id:N}")));
                        break;
                    case RequestState.Agreed or RequestState.Declined when Guid.TryParseExact(request.AskedBy.Id, "N", out var asker):
                        wanted.Add(new(asker, NoticeKind.DeadlineDecided, MatterKind.Deadline, request.Id, $"decided:{request.Id:N}"));
                        break;
                    case RequestState.Agreed or RequestState.Declined or RequestState.Withdrawn:
                        break; // a job asked, or nothing waits any more
                }
            }

            await MergeAsync(MatterKind.Deadline, some, wanted, ct);
        }
    }

    /// <summary>Whom checks after closing concern: the unit around the last day, the office and the supervisors beside it once it is handed in, the office while a rebound waits.</summary>
    public async Task ChecksAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Distinct().Chunk(Batch))
        {
            var today = clock.Today;
            var checks = await db.ChecksFor(Room).AsNoTracking().Where(check => some.Contains(check.Id))
                .Join(db.ProgrammesFor(Room, Right.Read), check => check.ProgrammeId, programme => programme.Id, (check, programme) => new { check, programme.RegionId }).ToListAsync(ct);
            var takenUp = await db.ReboundsFor(Room).Where(rebound => rebound.CheckId != null && some.Contains(rebound.CheckId.Value)).Select(rebound => rebound.CheckId!.Value).ToListAsync(ct);
            var rules = await RulesAsync([.. checks.Select(one => one.check.ProgrammeId).Distinct()], ct);
            Guid[] units = [.. checks.SelectMany(one => new[] { one.check.UnitId, one.RegionId }).Distinct()];
            var (reporters, offices) = (await HoldersAsync(Right.Report, units, ct), await HoldersAsync(Right.Plan, units, ct));
            var supervisors = (await db.HoldersOf(Role.Supervisor, units, today).ToListAsync(ct)).Distinct().ToLookup(holder => holder.Unit, holder => holder.Account);
            var calendar = await db.CalendarAsync(ct);
            List<Told> wanted = [];
            foreach (var (check, region) in checks.Select(one => (one.check, one.RegionId)))
            {
                switch (check.State)
                {
                    case CheckState.Open when rules[check.ProgrammeId].Items.OccasionAt(check.DueOn, today, calendar) is { } occasion:
                        wanted.AddRange(reporters[check.UnitId].Concat(supervisors[check.UnitId]).Distinct().Select(account =>
                            new Told(account, NoticeKind.CheckDue, MatterKind.Check, check.Id, $"check:{check.Id:N}:{Text(check.DueOn)}:{Text(occasion)}") { Due = check.DueOn, Occasion = occasion }));
                        break;
                    case CheckState.HandedIn:
                        wanted.AddRange(offices[region].Concat(supervisors[region]).Concat(supervisors[check.UnitId]).Distinct().Where(account => check.HandedInBy?.Id != account.ToString("N"))
                            .Select(account => new Told(account, NoticeKind.CheckToReview, MatterKind.Check, check.Id, $"checked:{check.Id:N}:{check.Returns}") { Due = check.DueOn }));
                        break;
                    case CheckState.Done when check.IsRebound && !takenUp.Contains(check.Id):
                        wanted.AddRange(offices[region].Select(account => new Told(account, NoticeKind.ReboundToTakeUp, MatterKind.Check, check.Id, $"rebound:{check.Id:N}")));
                        break;
                    case CheckState.Open or CheckState.Done or CheckState.Stopped:
                        break; // not near yet, or nothing waits any more
                }
            }

            await MergeAsync(MatterKind.Check, some, wanted, ct);
        }
    }

    /// <summary>Whom closings concern: whoever takes the next step, corrects or signs again, and the days around a step's time limit.</summary>
    public async Task ClosuresAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        foreach (var some in ids.Distinct().Chunk(Batch))
        {
            await MergeAsync(MatterKind.Closure, some, await new ClosureMatters(db, clock.Today).OfAsync(some, programmes => RulesAsync(programmes, ct), ct), ct);
        }
    }

    /// <summary>Whom reminders of what dossiers lack concern.</summary>
    public async Task DossiersAsync(IReadOnlyCollection<Guid> items, CancellationToken ct)
    {
        foreach (var some in items.Distinct().Chunk(Batch))
        {
            await MergeAsync(MatterKind.Dossier, some, await new DossierMatters(db, clock).OfAsync(some, ct), ct);
        }
    }

    /// <summary>A manual that is made, for whoever ordered it.</summary>
    public Task HandbookAsync(Guid job, Guid account, CancellationToken ct) =>
        MergeAsync(MatterKind.Handbook, [job], [new(account, NoticeKind.HandbookMade, MatterKind.Handbook, job, $"handbook:{job:N}")], ct);

    /// <summary>Kept files that are missing or altered, for whoever administers.</summary>
    public async Task FilesAsync(CancellationToken ct)
    {
        var failed = await db.FileChecks().AsNoTracking().Where(check => check.Result != FileCheckResult.Sound && check.Result != FileCheckResult.Destroyed).Select(check => check.FailedAt ?? check.CheckedAt).ToListAsync(ct);
        var roles = RoleRights.With(Right.Organise);
        List<Told> wanted = [];
        if (failed.Count > 0)
        {
            var today = clock.Today;
            var key = $"files:{failed.Max().ToUnixTimeMilliseconds()}"; // a further file that fails is a further occasion
            wanted.AddRange((await db.Duties().Where(duty => roles.Contains(duty.Role) && duty.From <= today && (duty.To == null || duty.To >= today))
                .Join(db.Accounts().Where(account => !account.Disabled), duty => duty.AccountId, account => account.Id, (_, account) => account.Id).Distinct().ToListAsync(ct))
                .Select(account => new Told(account, NoticeKind.FilesFailed, MatterKind.Files, Guid.Empty, key)));
        }

        await MergeAsync(MatterKind.Files, [Guid.Empty], wanted, ct);
    }

    /// <summary>Mails at once what its reader wants at once: one mail for each reader. Called after all is reckoned, before it is saved.</summary>
    public async Task MailAsync(CancellationToken ct)
    {
        if (told.Count > 0 && mail.Value.IsOn)
        {
            var accounts = told.Select(notice => notice.AccountId).Distinct().ToArray();
            var settings = await SettingsAsync(accounts, ct);
            foreach (var person in told.GroupBy(notice => notice.AccountId))
            {
                if (settings.GetValueOrDefault(person.Key) is not { HasAddress: true } wishes)
                {
                    continue;
                }

                var now = person.Where(notice => wishes.For(notice.Kind) is Delivery.AtOnce).ToList();
                if (now.Count > 0)
                {
                    var message = MailMessage.Create(person.Key, MailKind.AtOnce, $"now:{now[0].Id:N}", clock.NowMs);
                    db.Add(message);
                    now.ForEach(notice => notice.GoWith(message));
                }
            }
        }

        db.AddInBulk(told);
        told.Clear();
        toldKeys.Clear();
    }

    private async Task MergeAsync(MatterKind kind, Guid[] matters, List<Told> wanted, CancellationToken ct)
    {
        var settings = await SettingsAsync([.. wanted.Select(one => one.Account).Distinct()], ct);
        wanted = [.. wanted.Where(one => settings.GetValueOrDefault(one.Account)?.For(one.Kind) is not Delivery.None).DistinctBy(one => (one.Account, one.Key))];
        var keys = wanted.Select(one => one.Key).Distinct().ToArray();
        var notices = db.AllNotices().Where(notice => notice.MatterKind == kind && matters.Contains(notice.Matter));
        var open = await notices.Where(notice => notice.SettledAt == null).ToListAsync(ct);
        var have = (await notices.Where(notice => keys.Contains(notice.Key)).Select(notice => new { notice.AccountId, notice.Key }).ToListAsync(ct)).Select(one => (one.AccountId, one.Key)).ToHashSet();
        var settled = (await notices.Where(notice => notice.SettledAt != null && keys.Contains(notice.Key) && Waiting.Contains(notice.Kind)).ToListAsync(ct)).ToDictionary(notice => (notice.AccountId, notice.Key));
        var latest = (await notices.Where(notice => notice.Occasion != null).GroupBy(notice => new { notice.AccountId, notice.Kind, notice.Matter, notice.Node, notice.Due })
            .Select(group => new { group.Key, Last = group.Max(notice => notice.Occasion) }).ToListAsync(ct))
            .ToDictionary(one => (one.Key.AccountId, one.Key.Kind, one.Key.Matter, one.Key.Node, one.Key.Due), one => one.Last);
        var now = clock.NowMs;
        HashSet<(Guid, string)> stays = [];
        foreach (var one in wanted)
        {
            var last = one.Occasion is null ? null : latest.GetValueOrDefault((one.Account, one.Kind, one.Matter, one.Node, one.Due));
            if (last >= one.Occasion)
            {
                // Told already, or the clock was set back: what was told last stays.
                stays.UnionWith(open.Where(notice => (notice.AccountId, notice.Kind, notice.Matter, notice.Node, notice.Due) == (one.Account, one.Kind, one.Matter, one.Node, one.Due)
                    && notice.Occasion == last).Select(notice => (notice.AccountId, notice.Key)));
                continue;
            }

            stays.Add((one.Account, one.Key));
            if (settled.TryGetValue((one.Account, one.Key), out var again))
            {
                again.Reopen(); // the return was recalled, or the duty given back
            }
            else if (!have.Contains((one.Account, one.Key)) && toldKeys.Add((one.Account, one.Key)))
            {
                told.Add(Notice.Of(one, now));
            }
        }

        foreach (var notice in open.Where(notice => !stays.Contains((notice.AccountId, notice.Key))))
        {
            notice.Settle(now);
        }
    }

    private async Task<Dictionary<Guid, NoticeSettings>> SettingsAsync(Guid[] accounts, CancellationToken ct) => accounts.Length == 0 ? []
        : await db.NoticeSettings().AsNoTracking().Where(settings => accounts.Contains(settings.Id)).ToDictionaryAsync(settings => settings.Id, ct);

    private async Task<Dictionary<Guid, ReminderRules>> RulesAsync(Guid[] programmes, CancellationToken ct)
    {
        var own = await db.ReminderRules().AsNoTracking().Where(rules => programmes.Contains(rules.Id)).ToDictionaryAsync(rules => rules.Id, ct);
        return programmes.ToDictionary(programme => programme, programme => own.GetValueOrDefault(programme) ?? ReminderRules.Of(programme));
    }

    private async Task<ILookup<Guid, Guid>> HoldersAsync(Right right, Guid[] units, CancellationToken ct) =>
        (await db.HoldersOf(right, units, clock.Today).ToListAsync(ct)).Distinct().ToLookup(holder => holder.Unit, holder => holder.Account);

    private static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
