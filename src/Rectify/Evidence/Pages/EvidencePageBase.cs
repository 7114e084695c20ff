using Microsoft.AspNetCore.Components;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Evidence.Pages;

/// <summary>What every page of evidence needs: who reads, which programme, which files came with the form.</summary>
public abstract class EvidencePageBase : ComponentBase
{
    /// <summary>Largest form with files in it, in bytes; larger files go by the resumable upload, which the page's script uses.</summary>
    public const long LargestForm = 100 * 1_048_576;

    [Inject] public required Db Db { get; set; }

    [Inject] public required TimeProvider Clock { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [CascadingParameter] public required PageFrame Frame { get; set; }

    protected CancellationToken Ct => Http.RequestAborted;

    protected Access Access { get; private set; } = null!;

    protected FormErrors Errors { get; } = new();

    protected async Task OpenAsync() => Access = await Reader.AccessOf(Db, Actor.From(Http.User), Clock.Today, Ct);

    protected void Show(Programme programme)
    {
        Frame.Programme = new(programme.Code, programme.ShortName, $"/p/{programme.Code}");
        Frame.Show();
    }

    /// <summary>A field of the posted form; empty where it is absent.</summary>
    protected string Posted(string field) => Http.Request.HasFormContentType ? Http.Request.Form[field].ToString() : "";

    /// <summary>The ids of a repeated field; what is no id is left out.</summary>
    protected List<Guid> PostedIds(string field) => !Http.Request.HasFormContentType ? []
        : [.. Http.Request.Form[field].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];

    /// <summary>Takes in the files that came with the form itself, without the script: each becomes an upload like any other.</summary>
    /// <exception cref="Refusal">413, 422 or 507: as <see cref="Uploads"/> says.</exception>
    internal async Task<List<Upload>> TakeFilesAsync(Uploads uploads)
    {
        var taken = new List<Upload>();
        foreach (var file in Http.Request.Form.Files.Where(file => file.FileName.Length > 0))
        {
            await using var content = file.OpenReadStream();
            taken.Add(await uploads.ReceiveAsync(content, file.Length, file.FileName, Access.Actor, Ct));
        }

        return taken;
    }
}
