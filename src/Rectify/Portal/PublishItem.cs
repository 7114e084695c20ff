using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;

namespace Rectify.Portal;

/// <summary>Opens or closes what the public sees of a programme, and says how it is headed.</summary>
public sealed class SetPublicProgramme(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The version that the person saw; 0 where there is none.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile. 422: settings that cannot be.</exception>
    public async Task RunAsync(string code, PublicSettings settings, int version, Access by, CancellationToken ct)
    {
        var programme = await SetProcedure.ProgrammeAsync(db, code, by, ct);
        var open = await db.PublicProgrammesFor(by).SingleOrDefaultAsync(one => one.ProgrammeId == programme.Id, ct);
        if ((open?.Version ?? 0) != version)
        {
            throw Refusal.Stale();
        }

        var approved = settings.PlanText.Trim().Length == 0 ? null : await ApprovedAsync(db, programme.Id, settings.PlanNo, ct);
        open ??= db.Add(PublicProgramme.Create(programme.Id, programme.Code)).Entity;
        open.Take(settings, clock.NowMs, approved);

        await journal.CommitAsync(new PublicProgrammeSet { Subject = programme.Id, By = by.Actor, At = open.ChangedAt, Code = programme.Code, Open = open.IsOpen }, ct);
    }

    /// <summary>The approved versions of a programme's plan, the newest first.</summary>
    internal static async Task<IReadOnlyList<(int No, DateOnly ApprovedOn)>> PlansAsync(Db db, Guid programme, CancellationToken ct) =>
        [.. (await db.PlanVersionsFor(Access.OfSystem(Actor.System("portal")), Right.Read).Where(version => version.ProgrammeId == programme && version.ApprovedOn != null).OrderByDescending(version => version.No)
            .Select(version => new { version.No, version.ApprovedOn }).ToListAsync(ct)).Select(version => (version.No, version.ApprovedOn!.Value))];

    private static async Task<DateOnly?> ApprovedAsync(Db db, Guid programme, int? no, CancellationToken ct)
    {
        var approved = await PlansAsync(db, programme, ct);
        return approved.Any(version => version.No == no) ? approved.First(version => version.No == no).ApprovedOn
            : no is null && approved.Count == 0 ? null
            : throw Refusal.Invalid("portal.plan", "Say which approved version of the plan this text is.");
    }
}

/// <summary>Publishes an item, field by field, or corrects what was published.</summary>
public sealed class PublishItem(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="seen">The hash of the preview that the person saw: what is published is that and nothing else.</param>
    /// <returns>The number of the version.</returns>
    /// <exception cref="Refusal">404: no such item. 403: another office's. 409: differs from what was seen. 422: a choice that cannot be, or a correction without a remark.</exception>
    public async Task<int> RunAsync(Guid item, PublicationChoice choice, string seen, Access by, CancellationToken ct)
    {
        var draft = await PublicationDraft.MakeAsync(db, item, choice, by, clock.Today, ct);
        if (draft.Hash != seen)
        {
            throw Refusal.Conflict("portal.moved-on", "Something changed since this preview. Look at it again.");
        }

        var (view, now) = (draft.View, clock.NowMs);
        var publication = await db.PublicationsFor(by).SingleOrDefaultAsync(one => one.ItemId == item, ct);
        if (publication is not null && draft.Choice.Remark.Length == 0)
        {
            throw Refusal.Invalid("portal.remark", "Say in 1 to 500 characters what is corrected or why: everyone reads it.");
        }

        publication ??= db.Add(Publication.Create(view.Programme.Id, item, view.Item.PublicId, now)).Entity;
        var version = publication.Publish(draft.Snapshot, draft.Choice.Write(), new Masking(draft.Choice.Masks).Apply, view.Item.SortKey, draft.Choice.Remark, by.Actor, now, clock.Today);
        db.Add(version);
        db.RemoveRange(await db.PublicationUnits().Where(unit => unit.PublicationId == publication.Id).ToListAsync(ct));
        db.AddRange(draft.Snapshot.Units.Select((name, i) => new PublicationUnit { PublicationId = publication.Id, Name = name.Length <= 400 ? name : name[..400], Order = i }));
        foreach (var picture in await db.PublicPicturesFor(by).Where(picture => picture.ItemId == item).ToListAsync(ct))
        {
            picture.Show(draft.Pictures.Any(shown => shown.Id == picture.Id));
        }

        await journal.CommitAsync(
            new ItemPublished
            {
                Subject = item,
                By = by.Actor,
                At = now,
                Item = JournalBytes.Text(view.Item.PublicId),
                Act = version.Act,
                No = version.No,
                Hash = version.Hash,
                Fields = draft.Choice.Fields,
                Masks = draft.Masks,
            }, ct);
        return version.No;
    }
}

/// <summary>Takes back what was published of an item. That it was, and when, stays public.</summary>
public sealed class WithdrawPublication(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="remark">Why, said to everyone; 1 to 500 characters.</param>
    /// <exception cref="Refusal">404: not published, or not theirs to see. 403: another office's. 409: withdrawn already. 422: no remark.</exception>
    public async Task RunAsync(Guid item, string remark, Access by, CancellationToken ct)
    {
        var view = await PublicationDraft.ViewAsync(db, item, by, clock.Today, ct);
        var publication = await db.PublicationsFor(by).SingleOrDefaultAsync(one => one.ItemId == item, ct) ?? throw Refusal.NotFound("publication", item);
        var choice = await db.PublicationVersions().Where(one => one.PublicationId == publication.Id && one.Choice != "").OrderByDescending(one => one.No).Select(one => one.Choice).FirstAsync(ct);
        if (new Masking(PublicationChoice.Read(choice).Masks).Apply(remark.Trim()) is not { Length: > 0 and <= 500 } why)
        {
            throw Refusal.Invalid("portal.remark", "Say in 1 to 500 characters what is corrected or why: everyone reads it.");
        }

        var version = publication.Withdraw(why, by.Actor, clock.NowMs, clock.Today);
        db.Add(version);
        db.RemoveRange(await db.PublicationUnits().Where(unit => unit.PublicationId == publication.Id).ToListAsync(ct));
        foreach (var picture in await db.PublicPicturesFor(by).Where(picture => picture.ItemId == item && picture.Shown).ToListAsync(ct))
        {
            picture.Show(false);
        }

        await journal.CommitAsync(new ItemPublished { Subject = item, By = by.Actor, At = version.At, Item = JournalBytes.Text(view.Item.PublicId), Act = version.Act, No = version.No }, ct);
    }
}
