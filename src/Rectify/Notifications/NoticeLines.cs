using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Notifications;

/// <summary>A notice in words: what it is about, where it leads, what is to be known of it.</summary>
public sealed record NoticeLine(Notice Notice, string Title, string Detail, string Href);

/// <summary>Puts notices into words. The caller took them from the reader's own door.</summary>
internal static class NoticeLines
{
    public static async Task<List<NoticeLine>> ReadAsync(Db db, Access reader, IReadOnlyList<Notice> notices, Words words, DateOnly today, CancellationToken ct)
    {
        var returns = notices.Where(notice => notice.MatterKind is MatterKind.Return).Select(notice => notice.Matter).Distinct().ToArray();
        var items = notices.Where(notice => notice.MatterKind is MatterKind.Item or MatterKind.Dossier).Select(notice => notice.Matter).Distinct().ToArray();
        var ofReturns = (await db.ReturnsFor(reader).AsNoTracking().Where(one => returns.Contains(one.Id))
            .Join(db.RoundsFor(Access.OfSystem(Platform.Actor.System("notifications"))), one => one.RoundId, round => round.Id, (one, round) => new { one, round })
            .Join(db.Units(), pair => pair.one.UnitId, unit => unit.Id, (pair, unit) => new { pair.one.Id, pair.round, unit.ShortName }).ToListAsync(ct))
            .ToDictionary(one => one.Id, one => $"{one.ShortName} {words.Title(one.round)}");
        var ofItems = (await db.ItemsFor(reader, Right.Read).AsNoTracking().Where(item => items.Contains(item.Id)).Select(item => new { item.Id, item.NumberText, item.Title }).ToListAsync(ct))
            .ToDictionary(item => item.Id, item => $"{item.NumberText} {item.Title}".Trim());
        var requests = notices.Where(notice => notice.MatterKind is MatterKind.Deadline).Select(notice => notice.Matter).Distinct().ToArray();
        var ofRequests = (await db.DeadlineRequestsFor(reader).AsNoTracking().Where(request => requests.Contains(request.Id))
            .Join(db.ItemsFor(reader, Right.Read), request => request.ItemId, item => item.Id, (request, item) => new { request.Id, request.State, item.NumberText, item.Title }).ToListAsync(ct))
            .ToDictionary(one => one.Id, one => words[DeadlineFlow.IsOpen(one.State) ? "notices.deadline" : "notices.deadline.over", $"{one.NumberText} {one.Title}".Trim(), words[$"deadline.state.{one.State}"]]);
        var checks = notices.Where(notice => notice.MatterKind is MatterKind.Check).Select(notice => notice.Matter).Distinct().ToArray();
        var ofChecks = (await db.ChecksFor(reader).AsNoTracking().Where(check => checks.Contains(check.Id))
            .Join(db.ItemsFor(Access.OfSystem(Platform.Actor.System("notifications")), Right.Read), check => check.ItemId, item => item.Id, (check, item) => new { check.Id, item.NumberText, item.Title }).ToListAsync(ct))
            .ToDictionary(one => one.Id, one => words["notices.check", $"{one.NumberText} {one.Title}".Trim()]);
        var closures = notices.Where(notice => notice.MatterKind is MatterKind.Closure).Select(notice => notice.Matter).Distinct().ToArray();
        var ofClosures = closures.Length == 0 ? [] : await ClosuresAsync(db, reader, closures, words, ct);
        return
        [
            .. from notice in notices
               let title = notice.MatterKind switch
               {
                   MatterKind.Return => ofReturns.GetValueOrDefault(notice.Matter),
                   MatterKind.Item => ofItems.GetValueOrDefault(notice.Matter),
                   MatterKind.Dossier => ofItems.GetValueOrDefault(notice.Matter) is { } item ? words["notices.dossier", item] : null,
                   MatterKind.Deadline => ofRequests.GetValueOrDefault(notice.Matter),
                   MatterKind.Check => ofChecks.GetValueOrDefault(notice.Matter),
                   MatterKind.Closure => ofClosures.GetValueOrDefault(notice.Matter),
                   MatterKind.Handbook => words["notices.handbook"],
                   MatterKind.Files => words["notices.files"],
               }
               where title is not null
               select new NoticeLine(
                   notice, notice.Node > 0 ? words["notices.node", title, notice.Node.ToString(System.Globalization.CultureInfo.InvariantCulture)] : title, Days(notice, words, today), Href(notice)),
        ];
    }

    // The item, and the step that it stands at.
    private static async Task<Dictionary<Guid, string>> ClosuresAsync(Db db, Access reader, Guid[] ids, Words words, CancellationToken ct)
    {
        var found = await db.ClosuresFor(reader).AsNoTracking().Where(one => ids.Contains(one.Id))
            .Join(db.ItemsFor(reader, Right.Read), one => one.ItemId, item => item.Id, (one, item) => new { one.Id, one.ProgrammeId, one.ProcedureNo, one.StepKey, item.NumberText, item.Title }).ToListAsync(ct);
        var programmes = found.Select(one => one.ProgrammeId).Distinct().ToArray();
        var procedures = (await db.ProceduresFor(reader).AsNoTracking().Where(version => programmes.Contains(version.ProgrammeId)).ToListAsync(ct)).ToDictionary(version => (version.ProgrammeId, version.No), version => version.Procedure);
        return found.ToDictionary(one => one.Id, one =>
        {
            var title = $"{one.NumberText} {one.Title}".Trim();
            var step = procedures.GetValueOrDefault((one.ProgrammeId, one.ProcedureNo))?.Steps.FirstOrDefault(step => step.Key == one.StepKey);
            return step is null ? words["notices.closure.over", title] : words["notices.closure", title, words.Step(step)];
        });
    }

    public static string Href(Notice notice) => notice.Kind switch
    {
        NoticeKind.ReturnToFill or NoticeKind.ReturnBack or NoticeKind.ReturnDue or NoticeKind.ReturnAccepted => $"/returns/{notice.Matter}",
        NoticeKind.ReturnToReview => $"/returns/{notice.Matter}/review",
        NoticeKind.ItemDue or NoticeKind.NodeDue or NoticeKind.ItemOverdue => $"/items/{notice.Matter}",
        NoticeKind.DeadlineToDecide or NoticeKind.DeadlineDecided => $"/deadlines/{notice.Matter}",
        NoticeKind.CheckDue or NoticeKind.CheckToReview or NoticeKind.ReboundToTakeUp => $"/checks/{notice.Matter}",
        NoticeKind.ClosureToTake or NoticeKind.ClosureBack or NoticeKind.ClosureStale or NoticeKind.ClosureDue => $"/closures/{notice.Matter}",
        NoticeKind.ObjectionToAnswer => $"/objections/{Guid.Parse(notice.Key.Split(':')[1])}", // a closing that has ended says nothing of it
        NoticeKind.EvidenceAsked => $"/items/{notice.Matter}/dossier?which=lacking",
        NoticeKind.HandbookMade => $"/handbooks/{notice.Matter}",
        NoticeKind.FilesFailed => "/evidence/checks",
    };

    /// <summary>剩3天, 今天到期, 逾期2天; empty without a last day, and once it is settled.</summary>
    public static string Days(Notice notice, Words words, DateOnly today) => notice.Due is not { } due || notice.SettledAt is not null || Notice.News.Contains(notice.Kind) ? ""
        : due > today ? words["notices.left", due.DayNumber - today.DayNumber]
        : due == today ? words["notices.today"]
        : words["notices.over", today.DayNumber - due.DayNumber];
}
