using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Consistency;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Notices;

/// <summary>Holds a closing against the rules of consistency as its notice would be, before one is written too, and lists what was objected.</summary>
internal sealed class ClosureReviews(Db db, TimeProvider clock, Words words) : IClosureReview
{
    public async Task<ClosureReview> OfAsync(ClosureCase one, Access reader, CancellationToken ct)
    {
        var id = one.Closure.Id;
        var notice = await db.NoticesFor(reader).AsNoTracking().Where(known => known.State != NoticeState.Dropped && db.NoticeParts().Any(part => part.NoticeId == known.Id && part.ClosureId == id))
            .OrderByDescending(known => known.Id).FirstOrDefaultAsync(ct);
        var rules = one.Closure.State is ClosureState.Drafting or ClosureState.Withdrawn || one.Declaration.Report.Length == 0 ? [] : await RulesAsync(one, notice, ct);
        var told = db.PublishedNotices().Where(known => db.NoticeParts().Any(part => part.NoticeId == known.Id && part.ClosureId == id));
        var objections = await db.Objections().AsNoTracking().Where(known => told.Any(of => of.Id == known.NoticeId) && (known.ClosureId == null || known.ClosureId == id))
            .OrderBy(known => known.ReceivedAt).ThenBy(known => known.No).ToListAsync(ct);
        var mine = notice is not null && NoticeWork.IsOfficeOf(reader, notice, one.Programme.RegionId);
        return new(
            rules, notice is null ? null : $"/notices/{notice.Id}", notice is { IsPublic: true } || await told.AnyAsync(ct), objections.Count, objections.Count(known => known.IsOpen),
            mine ? [.. objections.Select(known => new ReviewedObjection(Line(known), $"/objections/{known.Id}"))] : []);
    }

    private async Task<List<ReviewedRule>> RulesAsync(ClosureCase one, PublicNotice? notice, CancellationToken ct)
    {
        var id = one.Closure.Id;
        var about = notice ?? PublicNotice.Create(one.Programme.Id, one.Unit.Id, NoticeText.Title([one]));
        var part = notice is null ? null : await db.NoticeParts().AsNoTracking().SingleAsync(known => known.NoticeId == notice.Id && known.ClosureId == id, ct);
        if (part is null)
        {
            part = new() { NoticeId = about.Id, ClosureId = id, ItemId = one.Item.Id, No = 1 };
            part.Write(NoticeText.Of(one));
        }

        var doubts = await new NoticeStatement(db, clock).DoubtsAsync(about, [part], [one], about.From ?? clock.Today, ct, about.PublishedOn);
        var people = await ItemHistory.PeopleAsync(db, doubts.Select(doubt => doubt.Overruled?.By).OfType<Actor>().Distinct(), ct);
        var none = NoticeWork.NoticeStep(one) is null;
        return
        [
            .. doubts.Select(doubt => new ReviewedRule(
                doubt.Overruled is null ? RuleStanding.Contradicts : RuleStanding.Explained, words.Rule(doubt.Found.Rule), words.Why(doubt.Found),
                doubt.Overruled is { } why ? words["notice.overruled", people.GetValueOrDefault(why.By.Id).Name ?? words["history.records"], why.At, why.Reason] : "")).OrderBy(rule => rule.Standing),
            .. Enum.GetValues<ConsistencyRule>().Where(rule => !doubts.Exists(doubt => doubt.Found.Rule == rule) && !(none && rule is ConsistencyRule.NoticeDays or ConsistencyRule.Backdated))
                .Select(rule => new ReviewedRule(RuleStanding.Agrees, words[$"consistency.topic.{rule}"], "", "")),
        ];
    }

    private string Line(Objection one) => string.Join(
        words["dossier.join"],
        new[]
        {
            words["objection.no", one.No], words[$"objection.kind.{one.Kind}"], words[$"objection.means.{one.Means}"], words["objection.days", one.DatedOn, one.ReceivedOn], one.InTime ? "" : words["objection.late"],
            one.Outcome is { } outcome ? words[$"objection.outcome.{outcome}"] : words["objection.waits"],
        }.Where(text => text.Length > 0));
}
