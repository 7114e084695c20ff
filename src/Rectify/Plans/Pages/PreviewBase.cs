using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;

namespace Rectify.Plans.Pages;

/// <summary>What the pages of one preview have in common. Only whoever handed the document in finds it.</summary>
public abstract class PreviewBase : PlanPageBase
{
    [Parameter] public Guid Id { get; set; }

    /// <summary>The preview; <see langword="null"/> until it is loaded.</summary>
    protected ImportDraft? Preview { get; private set; }

    /// <summary>The address of this preview, and of what lies below it.</summary>
    protected string Here(string below = "") => At($"/import/{Id}{below}");

    /// <summary>The fields of an item that have a doubt, by path.</summary>
    protected static IReadOnlySet<string> Paths(DraftItem item) => item.Doubts.Select(doubt => DoubtPlace.Row(doubt.Field)).ToHashSet();

    /// <exception cref="Refusal">404: no such preview of theirs in this programme.</exception>
    protected async Task OpenPreviewAsync(Guid id)
    {
        await OpenAsync(Right.Plan);
        Preview = await Db.ImportDraftsFor(Access).AsNoTracking().SingleOrDefaultAsync(draft => draft.Id == id && draft.ProgrammeId == Programme.Id, Ct)
            ?? throw Refusal.NotFound("import", id);
    }
}

/// <summary>Where on the page a doubt belongs: its field, or the measure that has the field.</summary>
internal static class DoubtPlace
{
    public static string Row(string field) => field switch
    {
        "units" or "measures" or "others" or "notice" => field,
        _ when field.StartsWith("measures[", StringComparison.Ordinal) => field[..(field.IndexOf(']', StringComparison.Ordinal) + 1)],
        _ => field,
    };

    /// <summary>A path as an id of the page: <c>units[1]</c> becomes <c>f-units-1</c>.</summary>
    public static string Id(string path) => "f-" + path.Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
