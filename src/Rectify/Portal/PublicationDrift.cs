using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Portal;

/// <summary>A figure that was known otherwise on the day of publication.</summary>
/// <param name="On">The day for which both are told: that of the publication.</param>
/// <param name="Then">At the item's scale, as known when it was published; <see langword="null"/> where nothing was.</param>
/// <param name="Now">As known now.</param>
internal sealed record PublishedFigure(Item Item, DateOnly On, long? Then, long? Now);

/// <summary>In what a publication differs from what is known now. For its office alone: the public sees what was published until that is corrected.</summary>
/// <param name="Parts">Keys of the texts that name the parts.</param>
/// <param name="Refused">Why the last choice cannot be made again as it was, as where a masked passage stands no more.</param>
internal sealed record PublicationDrift(IReadOnlyList<string> Parts, IReadOnlyList<PublishedFigure> Figures, Refusal? Refused)
{
    public bool IsEmpty => Parts.Count + Figures.Count == 0 && Refused is null;

    /// <summary>Publications about whose item something was recorded since: the others cannot differ, but for a status that a day alone moves on, which was right on the day it names.</summary>
    public static IQueryable<Publication> Touched(Db db, IQueryable<Publication> publications, Access office) => publications.Where(one => one.State == PublicationState.Published && (
        db.Journal.Any(row => row.Subject == one.ItemId && row.At > one.ChangedAt)
        || db.ItemFacts().Any(fact => fact.ItemId == one.ItemId && (fact.RecordedAt > one.ChangedAt || fact.VoidedAt > one.ChangedAt))
        || db.ItemsFor(office, Right.Read).Any(part => part.ParentId == one.ItemId && (
            db.Journal.Any(row => row.Subject == part.Id && row.At > one.ChangedAt) || db.ItemFacts().Any(fact => fact.ItemId == part.Id && (fact.RecordedAt > one.ChangedAt || fact.VoidedAt > one.ChangedAt))))
        || db.ClosuresFor(office).Any(closing => closing.ItemId == one.ItemId && db.Journal.Any(row => row.Subject == closing.Id && row.At > one.ChangedAt))));

    /// <exception cref="Refusal">404: no such item. 403: not their programme.</exception>
    public static async Task<PublicationDrift> ReadAsync(Db db, Publication publication, PublicationChoice choice, Access office, DateOnly today, CancellationToken ct)
    {
        var figures = await FiguresAsync(db, publication, office, today, ct);
        try
        {
            var draft = await PublicationDraft.MakeAsync(db, publication.ItemId, choice, office, today, ct);
            return new(Differing(publication.Snapshot!, draft.Snapshot), figures, null);
        }
        catch (Refusal refused) when (refused.Status is 404 or 422)
        {
            return new([], figures, refused);
        }
    }

    /// <summary>What a correction says to everyone: which parts it corrects, and both figures. Empty where no figure differs and no part.</summary>
    public string Remark(Words words)
    {
        var figures = Figures.Select(one => words["portal.drift.remark.figure", Named(one.Item, words), one.On, Amount(one.Then, one.Item, words), Amount(one.Now, one.Item, words)]);
        var parts = Parts.Count == 0 ? [] : new[] { words["portal.drift.remark.parts", words.List(Parts.Select(part => words[part]))] };
        var remark = string.Join(" ", figures.Concat(parts));
        return remark.Length <= 500 ? remark : remark[..500];
    }

    public static string Named(Item item, Words words) => item.QuantityName.Length > 0 ? item.QuantityName : words.Heading(item);

    public static string Amount(long? value, Item item, Words words) => value is { } known ? words.Figure(ItemDerivation.AtScale(known, item.QuantityScale), item) : words["text.none"];

    private static List<string> Differing(PublicSnapshot was, PublicSnapshot now)
    {
        (string Key, object? Was, object? Now)[] parts =
        [
            ("items.title", (was.Number, was.Title).ToString(), (now.Number, now.Title).ToString()),
            (Key(PublicField.Aspect), was.Aspect, now.Aspect),
            (Key(PublicField.Problem), was.Problem, now.Problem),
            (Key(PublicField.Goal), was.Goal, now.Goal),
            (Key(PublicField.Measures), was.Measures, now.Measures),
            (Key(PublicField.Units), was.Units, now.Units),
            (Key(PublicField.Deadline), new object?[] { was.Deadline, was.DueOn }, new object?[] { now.Deadline, now.DueOn }),
            (Key(PublicField.Status), was.Status, now.Status),
            (Key(PublicField.GoalResults), was.Goals, now.Goals),
            (Key(PublicField.Result), was.Result, now.Result),
            (Key(PublicField.Steps), was.Steps, now.Steps),
            (Key(PublicField.Closing), new object?[] { was.ClosedOn, was.ClosingNumber }, new object?[] { now.ClosedOn, now.ClosingNumber }),
            (Key(PublicField.Pictures), was.Pictures, now.Pictures),
            (Key(PublicField.FollowUp), new object?[] { was.FollowUp, was.Checks }, new object?[] { now.FollowUp, now.Checks }),
        ];
        return [.. parts.Where(part => JsonSerializer.Serialize(part.Was) != JsonSerializer.Serialize(part.Now)).Select(part => part.Key)];

        static string Key(PublicField field) => string.Create(CultureInfo.InvariantCulture, $"public.field.{field}");
    }

    private static async Task<List<PublishedFigure>> FiguresAsync(Db db, Publication publication, Access office, DateOnly today, CancellationToken ct)
    {
        var day = publication.Changes[^1].On < today ? publication.Changes[^1].On : today;
        var items = await db.ItemsFor(office, Right.Read).AsNoTracking()
            .Where(item => (item.Id == publication.ItemId || item.ParentId == publication.ItemId) && item.QuantityTarget != null && item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync(ct);
        var ids = items.Select(item => item.Id).ToArray();
        var facts = (await db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(ids).Contains(fact.ItemId) && fact.Kind == FactKind.Measured && fact.On <= day)
            .OrderBy(fact => fact.On).ThenBy(fact => fact.Sequence).ToListAsync(ct)).ToLookup(fact => fact.ItemId);
        return
        [
            .. from item in items
               let then = facts[item.Id].LastOrDefault(fact => fact.RecordedAt <= publication.ChangedAt && !(fact.VoidedAt <= publication.ChangedAt))?.Value
               let now = facts[item.Id].LastOrDefault(fact => fact.VoidedAt is null)?.Value
               where then != now
               select new PublishedFigure(item, day, then, now),
        ];
    }
}
