using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>The public site of the sample: public.json.</summary>
/// <param name="Remark">Said of the first publication.</param>
/// <param name="Correction">Said where a task went on afterwards.</param>
/// <param name="Pictured">Tasks of which photos are shown.</param>
internal sealed record SampleSite(DateOnly OpenedOn, string Title, string Host, string Hotline, string Remark, string Correction, IReadOnlyList<int> Pictured);

/// <summary>What the sample's office shows to the public after its first year: the plan, every task, and photos of some.</summary>
internal sealed class SamplePublic(SampleFiles files, SampleCast cast, IReadOnlyList<SampleTaskPlay> tasks)
{
    private static readonly Words Texts = Words.In(Language.Default);

    // Photos only where some were made for the public.
    private static readonly PublicField[] Fields = [.. Enum.GetValues<PublicField>().Except([PublicField.FollowUp])];

    /// <summary>The site as the office opens it; everything recorded until the day before is played by then.</summary>
    public SampleAct Opening => new(SampleTaskPlay.At(files.Site.OpenedOn, 9), "public", OpenAsync);

    /// <summary>Every task as it stands on the day of the opening, and once more after its last act where it went on afterwards.</summary>
    public IEnumerable<SampleAct> Until(DateOnly after, DateOnly until) =>
        from task in tasks
        from act in Of(task)
        where DateOnly.FromDateTime(act.At) > after && DateOnly.FromDateTime(act.At) <= until
        select act;

    private IEnumerable<SampleAct> Of(SampleTaskPlay task)
    {
        yield return new(SampleTaskPlay.At(files.Site.OpenedOn, 9, 30 + (task.Task.Number % 30)), task.Chain, (scope, ct) => PublishAsync(scope, task, ct));
        if (task.Told.LastOn is var last && last >= files.Site.OpenedOn)
        {
            yield return new(SampleTaskPlay.At(last.AddDays(1), 20), task.Chain, (scope, ct) => CorrectAsync(scope, task, ct));
        }
    }

    private async Task OpenAsync(SampleScope scope, CancellationToken ct)
    {
        var told = files.Site;
        var programme = files.Plan.Programme.Id;
        if (!await scope.Db.PublicProgrammesFor(cast.Office).AnyAsync(one => one.Code == programme, ct))
        {
            var plan = await File.ReadAllTextAsync(Path.Combine(files.Folder, "data", "preface.txt"), ct);
            plan = plan.Replace("{tasks}", $"{tasks.Count}", StringComparison.Ordinal).Replace("{measures}", $"{tasks.Sum(task => task.Measures.Count)}", StringComparison.Ordinal);
            var id = await scope.Db.ProgrammesFor(cast.Office, Right.Read).Where(one => one.Code == programme).Select(one => one.Id).SingleAsync(ct);
            var approved = await SetPublicProgramme.PlansAsync(scope.Db, id, ct);
            await scope.Get<SetPublicProgramme>().RunAsync(
                programme, new(true, told.Title, told.Host, told.Hotline, plan, PublicSettings.UsualLicence, PublicSettings.UsualLicenceUrl) { PlanNo = approved.Count > 0 ? approved[0].No : null }, 0, cast.Office, ct);
        }
    }

    private async Task PublishAsync(SampleScope scope, SampleTaskPlay task, CancellationToken ct)
    {
        var item = task.Item.Id;
        if (await scope.Db.PublicationsFor(cast.Office).AnyAsync(one => one.ItemId == item, ct))
        {
            return;
        }

        var pictures = files.Site.Pictured.Contains(task.Task.Number) ? await PicturesAsync(scope, item, ct) : [];
        var fields = pictures.Count > 0 ? Fields : [.. Fields.Except([PublicField.Pictures])];
        await PublishAsync(scope, item, new(task.Item.Title, fields, [], "", "", pictures, files.Site.Remark), ct);
    }

    /// <summary>What came after the first publication, told in one correction: with the closing, or once the last of it is done.</summary>
    public async Task CorrectAsync(SampleScope scope, SampleTaskPlay task, CancellationToken ct)
    {
        var known = await scope.Db.PublicationsFor(cast.Office).AsNoTracking().SingleAsync(one => one.ItemId == task.Item.Id, ct);
        if (known.No == 1)
        {
            var choice = await scope.Db.PublicationVersions().Where(one => one.PublicationId == known.Id).Select(one => one.Choice).SingleAsync(ct);
            await PublishAsync(scope, task.Item.Id, PublicationChoice.Read(choice) with { Remark = files.Site.Correction }, ct);
        }
    }

    private async Task PublishAsync(SampleScope scope, Guid item, PublicationChoice choice, CancellationToken ct)
    {
        var view = await PublicationDraft.ViewAsync(scope.Db, item, cast.Office, scope.Today, ct);
        choice = choice with { ClosingNumber = await PublicationDraft.ClosingNumberAsync(scope.Db, view, cast.Office, ct) };
        var draft = await PublicationDraft.MakeAsync(scope.Db, item, choice, cast.Office, scope.Today, ct);
        await scope.Get<PublishItem>().RunAsync(item, choice, draft.Hash, cast.Office, ct);
    }

    private async Task<List<Guid>> PicturesAsync(SampleScope scope, Guid item, CancellationToken ct)
    {
        var made = new List<Guid>();
        var photos = (await MaskPicture.PiecesOf(scope.Db, cast.Office, item).AsNoTracking().ToListAsync(ct)).Where(photo => FileTypes.Named(photo.File.Type).Family is FileFamily.Image).OrderBy(photo => photo.Piece.EffectiveOn).ToList();
        foreach (var photo in new[] { photos[0], photos[^1] }.Distinct())
        {
            var caption = $"{Texts.Date(photo.Piece.EffectiveOn!.Value)}{Texts["text.comma.clause"]}{photo.Piece.Place}";
            made.Add(await scope.Get<MaskPicture>().RunAsync(item, photo.Piece.Id, new(photo != photos[0], caption, photo.Piece.Title, [new(640, 720, 90, 110)]), cast.Office, ct));
        }

        return made;
    }
}
