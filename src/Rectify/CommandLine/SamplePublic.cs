using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.CommandLine;

/// <summary>What the sample's office shows to the public after its first year: the plan, every task, and photos of some.</summary>
internal sealed class SamplePublic(SampleFiles files, SampleCast cast, SampleStage stage, IReadOnlyList<SampleTaskPlay> tasks)
{
    private static readonly Words Texts = Words.In(Language.Default);

    // Photos only where some were made for the public.
    private static readonly PublicField[] Fields = [.. Enum.GetValues<PublicField>().Except([PublicField.FollowUp])];

    public async Task ShowAsync(CancellationToken ct)
    {
        var told = await SampleData.ReadAsync<SampleSite>(Path.Combine(files.Folder, "data", "public.json"), ct);
        await stage.PlayAsync(SampleTaskPlay.At(told.OpenedOn, 9), (scope, token) => OpenAsync(scope, told, token), ct);
        await stage.PlayAsync(
            tasks.Select(task => new SampleAct(SampleTaskPlay.At(told.OpenedOn, 10, task.Task.Number % 60), $"public{task.Task.Number}", (scope, token) => PublishAsync(scope, told, task, token))), ct);
    }

    private async Task OpenAsync(SampleScope scope, SampleSite told, CancellationToken ct)
    {
        var programme = files.Plan.Programme.Id;
        if (!await scope.Db.PublicProgrammesFor(cast.Office).AnyAsync(one => one.Code == programme, ct))
        {
            var plan = await File.ReadAllTextAsync(Path.Combine(files.Folder, "data", "preface.txt"), ct);
            plan = plan.Replace("{tasks}", $"{tasks.Count}", StringComparison.Ordinal).Replace("{measures}", $"{tasks.Sum(task => task.Measures.Count)}", StringComparison.Ordinal);
            await scope.Get<SetPublicProgramme>().RunAsync(programme, new(true, told.Title, told.Host, told.Hotline, plan, PublicSettings.UsualLicence, PublicSettings.UsualLicenceUrl), 0, cast.Office, ct);
        }
    }

    private async Task PublishAsync(SampleScope scope, SampleSite told, SampleTaskPlay task, CancellationToken ct)
    {
        var item = task.Item.Id;
        if (await scope.Db.PublicationsFor(cast.Office).AnyAsync(one => one.ItemId == item, ct))
        {
            return;
        }

        var pictures = told.Pictured.Contains(task.Task.Number) ? await PicturesAsync(scope, item, ct) : [];
        var number = await scope.Db.ItemFacts().Where(fact => fact.ItemId == item && fact.Document != "" && fact.Kind == FactKind.Closed).Select(fact => fact.Document).FirstOrDefaultAsync(ct);
        var choice = new PublicationChoice(task.Item.Title, pictures.Count > 0 ? Fields : [.. Fields.Except([PublicField.Pictures])], [], number ?? "", "", pictures, told.Remark);
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

    private sealed record SampleSite(DateOnly OpenedOn, string Title, string Host, string Hotline, string Remark, IReadOnlyList<int> Pictured);
}
