using Microsoft.AspNetCore.Components;
using Rectify.Platform.Web;

namespace Rectify.Portal.Pages;

/// <summary>What every public page has: the open programme of its address, and links that keep the language asked for.</summary>
public abstract class PublicPageBase : ComponentBase
{
    [CascadingParameter] public required HttpContext Http { get; set; }

    [Inject] public required PublicSite Site { get; set; }

    protected string At(string href) => PublicAddress.At(Http, href);

    protected PublicQuery Asked => PublicQuery.Read(Http.Request.Query);
}
