using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Portal;

/// <summary>What an office chooses to publish of an item.</summary>
/// <param name="Title">The public title, 1 to 200 characters.</param>
/// <param name="ClosingNumber">销号编号 as 云销〔2018〕31号; at most 100 characters.</param>
/// <param name="FollowUp">What is checked after closing, at most 4,000 characters.</param>
/// <param name="Pictures">Ids of pictures made for the public, in the order in which they are shown.</param>
/// <param name="Remark">Said to everyone about this act, at most 500 characters; why, where it corrects an earlier one.</param>
public sealed record PublicationChoice(
    string Title, IReadOnlyList<PublicField> Fields, IReadOnlyList<Mask> Masks, string ClosingNumber, string FollowUp, IReadOnlyList<Guid> Pictures, string Remark)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <exception cref="Refusal">422: a text of the wrong length. 400: a field that there is not.</exception>
    internal PublicationChoice Checked()
    {
        var clean = this with
        {
            Title = Title.Trim(),
            Fields = [.. Fields.Distinct().Order()],
            ClosingNumber = ClosingNumber.Trim(),
            FollowUp = FollowUp.ReplaceLineEndings("\n").Trim(),
            Pictures = [.. Pictures.Distinct()],
            Remark = Remark.Trim(),
        };
        return clean.Fields.Any(field => !Enum.IsDefined(field)) ? throw Refusal.Malformed("There is no such field.")
            : clean.Title.Length is < 1 or > 200 ? throw Refusal.Invalid("portal.item-title", "A public title has 1 to 200 characters.")
            : clean.ClosingNumber.Length > 100 || clean.FollowUp.Length > 4_000 || clean.Remark.Length > 500
                ? throw Refusal.Invalid("portal.item-long", "A closing's number has at most 100 characters, what follows 4,000, a remark 500.")
            : clean;
    }

    internal string Write() => JsonSerializer.Serialize(this, Json);

    internal static PublicationChoice Read(string text) => JsonSerializer.Deserialize<PublicationChoice>(text, Json)!;
}

/// <summary>A snapshot as it would be published now, with what it rests on.</summary>
/// <param name="Snapshot">Masked already.</param>
/// <param name="Masks">How many passages were masked.</param>
internal sealed record PublicationDraft(ItemView View, PublicationChoice Choice, PublicSnapshot Snapshot, int Masks, IReadOnlyList<PublicPicture> Pictures)
{
    /// <summary>What whoever publishes says they have seen.</summary>
    public string Hash { get; } = PublicSnapshot.HashOf(Snapshot.Write());

    /// <exception cref="Refusal">404: no such item. 403: not their programme. 409: no task. 422: a choice that cannot be.</exception>
    public static async Task<PublicationDraft> MakeAsync(Db db, Guid id, PublicationChoice choice, Access by, DateOnly today, CancellationToken ct)
    {
        var clean = choice.Checked();
        var view = await ViewAsync(db, id, by, today, ct);
        var (item, has) = (view.Item, clean.Fields.ToHashSet());
        var all = await new ClosureReading(db).ReadAsync(
            await db.ClosuresFor(by).AsNoTracking()
                .Where(one => one.ItemId == id && ((one.Live != null && one.State != ClosureState.Drafting) || one.State == ClosureState.Superseded)).OrderBy(one => one.BeganAt).ToListAsync(ct), ct);
        var closings = all.FindAll(one => one.Closure.Live is not null);
        var pictures = await db.PublicPicturesFor(by).Where(picture => picture.ItemId == id).ToListAsync(ct);
        var shown = clean.Pictures.Select(wanted => pictures.Find(one => one.Id == wanted) ?? throw Refusal.NotFound("picture", wanted)).ToList();
        var units = await UnitsAsync(db, view, all, ct);

        var whole = new PublicSnapshot
        {
            Fields = clean.Fields,
            Number = item.NumberText,
            Title = clean.Title,
            Aspect = has.Contains(PublicField.Aspect) ? view.Aspect : "",
            Problem = has.Contains(PublicField.Problem) ? item.Text : "",
            Goal = has.Contains(PublicField.Goal) ? item.Goal : "",
            Measures = has.Contains(PublicField.Measures) ? [.. view.Measures.Select(measure => Measure(measure, closings))] : [],
            Units = has.Contains(PublicField.Units) ? units.Names : [],
            Deadline = has.Contains(PublicField.Deadline) ? item.DeadlineText : "",
            DueOn = has.Contains(PublicField.Deadline) ? view.DueOn : null,
            Status = has.Contains(PublicField.Status) ? view.Status.Mark : "",
            StatusOn = has.Contains(PublicField.Status) ? today : null,
            Goals = has.Contains(PublicField.GoalResults) ? [.. closings.SelectMany(one => one.Declaration.Goals).Select(goal => new PublicGoal(goal.Goal, goal.Result, goal.On))] : [],
            Result = has.Contains(PublicField.Result) ? Result(view, closings) : "",
            Steps = has.Contains(PublicField.Steps) ? Steps(view, all, has.Contains(PublicField.Units) ? units.ById : []) : [],
            ClosedOn = has.Contains(PublicField.Closing) ? ClosedOn(view, closings) : null,
            ClosingNumber = has.Contains(PublicField.Closing) ? clean.ClosingNumber : "",
            Pictures = has.Contains(PublicField.Pictures) ? [.. shown.Select(one => new PublicPhoto(one.Name, one.After, one.Caption, one.Alt, one.Width, one.Height))] : [],
            FollowUp = has.Contains(PublicField.FollowUp) ? clean.FollowUp : "",
            Checks = has.Contains(PublicField.FollowUp) && await ChecksAsync(db, id, by, ct) is { Count: > 0 } checks ? checks : null,
        };

        var masking = new Masking(clean.Masks);
        var masked = whole.With(masking.Apply);
        masking.DemandFound();

        // Everyone reads the remark too.
        return masking.Apply(clean.Remark) is not { Length: <= 500 } remark
            ? throw Refusal.Invalid("portal.remark", "Say in 1 to 500 characters what is corrected or why: everyone reads it.")
            : new(view, clean with { Remark = remark }, masked, masking.Masks.Count, has.Contains(PublicField.Pictures) ? shown : []);
    }

    /// <summary>The number of the document by which an item was closed, as its last closing or fact names it; empty where none does.</summary>
    public static async Task<string> ClosingNumberAsync(Db db, ItemView view, Access by, CancellationToken ct)
    {
        var item = view.Item.Id;
        var acts = await db.ClosureActs().AsNoTracking().Where(act => act.StepKind == StepKind.Close && db.ClosuresFor(by).Any(one => one.Id == act.ClosureId && one.ItemId == item && one.Live != null && one.ClosedOn != null))
            .OrderByDescending(act => act.At).ToListAsync(ct);
        return acts.Select(act => act.Statement.Document).FirstOrDefault(document => document.Length > 0)
            ?? view.Facts.LastOrDefault(fact => fact is { Kind: FactKind.Closed, VoidedAt: null })?.Document ?? "";
    }

    /// <summary>An item of a programme whose office someone acts for.</summary>
    /// <exception cref="Refusal">404: no such item. 403: not their programme. 409: no task.</exception>
    internal static async Task<ItemView> ViewAsync(Db db, Guid id, Access by, DateOnly today, CancellationToken ct)
    {
        var view = await ItemView.ReadAsync(db, by, id, today, ct) ?? throw Refusal.NotFound("item", id);
        return !SetProcedure.IsOffice(view.Programme, by) ? throw Refusal.NotAllowed("procedure.office", "Only the programme's own office does this.")
            : view.Item.Kind is not (ItemKind.Task or ItemKind.SubTask) ? throw Refusal.Conflict("portal.kind", "Tasks and sub-tasks are published, with their measures.")
            : view;
    }

    private static async Task<List<PublicCheck>> ChecksAsync(Db db, Guid item, Access by, CancellationToken ct) =>
        (await db.ChecksFor(by).AsNoTracking().Where(check => check.ItemId == item && check.State == CheckState.Done && check.On != null && check.Found != null)
            .OrderBy(check => check.On).ThenBy(check => check.Id).Select(check => new { check.On, check.Found }).ToListAsync(ct)).ConvertAll(check => new PublicCheck(check.On!.Value, check.Found!.Value.ToString()));

    private static PublicMeasure Measure(ItemView.Child measure, List<ClosureCase> closings)
    {
        var declared = closings.SelectMany(one => one.Declaration.Measures).FirstOrDefault(part => part.Item == measure.Item.Id);
        return new(
            measure.Item.NumberText, measure.Item.Text, declared?.Result ?? "", declared is null ? measure.Facts.LastOrDefault(fact => fact is { Kind: FactKind.Completed, VoidedAt: null })?.On : declared.On);
    }

    private static async Task<(List<string> Names, Dictionary<Guid, string> ById)> UnitsAsync(Db db, ItemView view, List<ClosureCase> closings, CancellationToken ct)
    {
        DraftRole[] answering = [DraftRole.Lead, DraftRole.Responsible, DraftRole.Cooperate];
        var parts = view.Units.Where(part => answering.Contains(part.Role)).OrderBy(part => Array.IndexOf(answering, part.Role)).ThenBy(part => part.Order).ToList();
        Guid[] ids = [.. parts.Select(part => part.UnitId).OfType<Guid>().Concat(closings.SelectMany(one => one.InForce).Select(act => act.UnitId)).Distinct()];
        var byId = await db.Units().Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.ShortName, ct);
        return ([.. parts.Select(part => part.UnitId is { } unit && byId.TryGetValue(unit, out var name) ? name : part.Text).Distinct()], byId);
    }

    // A closing that was taken up again stays told, with the day on which it was: nobody reads of the second alone.
    private static List<PublicStep> Steps(ItemView view, List<ClosureCase> closings, Dictionary<Guid, string> units)
    {
        // Facts that closings place stand among their acts already: those from before the first of them were stated by documents.
        var first = closings.Select(one => (DateTimeOffset?)one.Closure.BeganAt).Min() ?? DateTimeOffset.MaxValue;
        var told = view.Facts.Where(fact => fact.VoidedAt is null && Told.Contains(fact.Kind) && (fact.Kind is FactKind.Reopened || fact.RecordedAt < first))
            .Select(fact => (fact.On, At: fact.RecordedAt, Step: new PublicStep(fact.On, $"fact.kind.{fact.Kind}", "", "")));
        var taken =
            from one in closings
            from act in one.InForce
            let step = one.Way.FirstOrDefault(step => step.Key == act.StepKey)
            where step is not null && act.StepKind is not StepKind.Publish // that it is public its own history says
            select (act.On, act.At, Step: new PublicStep(act.On, act.Opening ? "public.step.opened" : $"procedure.kind.{act.StepKind}", act.Opening ? "" : step.Title, units.GetValueOrDefault(act.UnitId, "")));
        return [.. told.Concat(taken).OrderBy(one => one.On).ThenBy(one => one.At).Select(one => one.Step)];
    }

    private static string Result(ItemView view, List<ClosureCase> closings) => closings.Count > 0
        ? string.Join("\n\n", closings.Select(one => one.Declaration.Report).Where(text => text.Length > 0))
        : view.Facts.LastOrDefault(fact => fact is { Kind: FactKind.Completed, VoidedAt: null, Note.Length: > 0 })?.Note ?? "";

    private static readonly FactKind[] Told =
    [
        FactKind.Started, FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.NoticeOpened, FactKind.NoticeEnded, FactKind.SignedOff, FactKind.Filed, FactKind.Closed, FactKind.Reopened, FactKind.NotInvolved,
    ];

    // What was taken up again after its closing is not closed: the day stands among the steps.
    private static DateOnly? ClosedOn(ItemView view, List<ClosureCase> closings) => !PublicSite.ClosedMarks.Contains(view.Status.Mark) ? null
        : closings.Count > 0 ? (closings.TrueForAll(one => one.Closure.ClosedOn is not null) ? closings.Max(one => one.Closure.ClosedOn) : null)
        : view.Status is ItemStatus.Closed or ItemStatus.Standing ? view.Facts.LastOrDefault(fact => fact is { Kind: FactKind.Closed, VoidedAt: null })?.On : null;
}
