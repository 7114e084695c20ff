using Microsoft.AspNetCore.Components;
using Rectify.Closure;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Notices.Pages;

/// <summary>What the pages of one notice have in common: who reads, and the notice.</summary>
public abstract class NoticePageBase : ComponentBase
{
    [Parameter] public Guid Id { get; set; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [CascadingParameter] public required PageFrame Frame { get; set; }

    [Inject] public required Db Db { get; set; }

    [Inject] public required TimeProvider Clock { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    internal FormErrors Errors { get; } = new();

    internal Access Reading { get; private set; } = null!;

    internal NoticeView? View { get; private set; }

    internal CancellationToken Ct => Http.RequestAborted;

    internal int Version => int.TryParse(Posted("version"), out var version) ? version : -1;

    internal string? Posted(string field) => Http.Request.HasFormContentType ? Http.Request.Form[field].ToString() : null;

    /// <param name="from">Of a draft, the first day that would be announced.</param>
    internal async Task OpenAsync(Guid id, DateOnly? from = null)
    {
        Reading = await Reader.AccessOf(Db, Actor.From(Http.User), Clock.Today, Ct);
        View = await NoticeView.ReadAsync(Db, Http.RequestServices.GetRequiredService<NoticeWork>(), Clock, Reading, id, Ct, from);
        Frame.Programme = new(View.Programme.Code, View.Programme.ShortName, $"/p/{View.Programme.Code}");
        Frame.Show();
    }

    /// <summary>Whether the password beside what is signed is theirs; if not, says so at its field.</summary>
    internal async Task<bool> ProvenAsync(Words words, ProveSigner prove)
    {
        try
        {
            await prove.RunAsync(Posted("password"), Reading, Ct);
            return true;
        }
        catch (Refusal no) when (no.Status is 409 or 422)
        {
            Db.ChangeTracker.Clear();
            Errors.Add("password", words.Of(no));
            return false;
        }
    }

    /// <summary>Does what a form asks and goes on, or shows why not beside a field.</summary>
    internal async Task TryAsync(Words words, string field, Func<Task> act, string then)
    {
        try
        {
            await act();
        }
        catch (Refusal no) when (no.Status is 403 or 409 or 422)
        {
            Db.ChangeTracker.Clear();
            Errors.Add(no.Code is "mask.many" or "mask.unused" ? MaskFields.FieldOf(no, MaskFields.Read(Http.Request.Form)) : field, words.Of(no));
            return;
        }

        Navigation.NavigateTo(then);
    }
}
