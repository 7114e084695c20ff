using Microsoft.AspNetCore.Components;

namespace Rectify.Plans.Pages;

/// <summary>A part of a plan's page that does something.</summary>
public abstract class PlanPart : ComponentBase
{
    /// <summary>The programme's code.</summary>
    [Parameter, EditorRequired] public required string Code { get; set; }

    [CascadingParameter] public required HttpContext Http { get; set; }

    [Inject] public required TimeProvider Clock { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }
}
