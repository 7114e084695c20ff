using Rectify.Organisation;

namespace Rectify.Dispatch;

/// <summary>What evidence an item has to have on a day, as a later room judges it: the page of a return says it beside the field of evidence.</summary>
public interface IRequiredEvidence
{
    /// <returns>Whatever has to be there or will have to be; nothing where nothing is required.</returns>
    Task<IReadOnlyList<RequiredEvidence>> OfAsync(Guid item, Access reader, DateOnly day, CancellationToken ct);
}

/// <summary>One requirement for evidence.</summary>
/// <param name="Asks">What it asks besides the kind, as one line; empty if nothing.</param>
/// <param name="StateKey">A text of the resources: present, missing, expired, a duplicate, not yet due.</param>
/// <param name="Mark">The class of its mark without <c>st-</c>, and the icon.</param>
/// <param name="Wanted">Whether it has to be there by the day.</param>
/// <param name="DueOn">The day on which it has to be there, where that is known.</param>
public sealed record RequiredEvidence(string Title, string Asks, string StateKey, (string Class, string Icon) Mark, bool Wanted, bool Present, DateOnly? DueOn);
