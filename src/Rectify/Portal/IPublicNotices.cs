namespace Rectify.Portal;

/// <summary>A notice that is open for objections, as the public site lists it.</summary>
/// <param name="Code">The programme's code.</param>
/// <param name="Href">A path on this site.</param>
/// <param name="To">The last day.</param>
/// <param name="Left">Days left, today included, as the notice counts them.</param>
/// <param name="Working">Whether those are working days.</param>
public sealed record PublicNotice(string Code, string Title, string Href, DateOnly From, DateOnly To, int Left, bool Working);

/// <summary>Fills the list of open notices on the public site. The room that has notices registers its own.</summary>
public interface IPublicNotices
{
    /// <summary>What is open on the day, of programmes that are public; the first to end comes first.</summary>
    /// <param name="code">One programme's notices alone; <see langword="null"/> for all.</param>
    Task<IReadOnlyList<PublicNotice>> OpenAsync(string? code, DateOnly today, CancellationToken ct);
}
