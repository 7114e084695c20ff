using Microsoft.AspNetCore.Components;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.Plans.Pages;

/// <summary>What the pages of a programme's plan have in common: the programme in the address, and what the reader may do.</summary>
public abstract class PlanPageBase : ComponentBase
{
    /// <summary>The programme's code.</summary>
    [Parameter] public string Code { get; set; } = "";

    [CascadingParameter] public required HttpContext Http { get; set; }

    [CascadingParameter] public required PageFrame Frame { get; set; }

    [Inject] public required Db Db { get; set; }

    [Inject] public required TimeProvider Clock { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required Words Texts { get; set; }

    protected Access Access { get; private set; } = null!;

    protected Programme Programme { get; private set; } = null!;

    protected CancellationToken Ct => Http.RequestAborted;

    /// <summary>The address of the plan, and of what lies below it.</summary>
    protected string At(string below = "") => $"/p/{Code}/plan{below}";

    protected IReadOnlyList<Crumb> Path(params ReadOnlySpan<Crumb> below) => [new(Texts["plan.title"], At()), .. below];

    /// <summary>Finds out who reads and which programme it is.</summary>
    /// <exception cref="Refusal">403: no such right. 404: no such programme for this reader.</exception>
    protected async Task OpenAsync(Right right)
    {
        Access = await Reader.AccessOf(Db, Actor.From(Http.User), Clock.Today, Ct);
        Access.Demand(right);
        Programme = await PlanQueries.ProgrammeAsync(Db, Code, Access, right, Ct);
        if (Frame.Programme?.Key != Code)
        {
            Frame.Programme = new(Code, Programme.ShortName, $"/p/{Code}");
            Frame.Show();
        }
    }
}
