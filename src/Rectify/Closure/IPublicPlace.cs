using Rectify.Platform.Text;

namespace Rectify.Closure;

/// <summary>Where the whole world reads of items: the public site says so, for papers and notices of earlier rooms.</summary>
public interface IPublicPlace
{
    /// <returns>What is published of the items, in the plan's order; those of which nothing is fall out.</returns>
    Task<IReadOnlyList<PublicPlace>> OfAsync(IReadOnlyCollection<Guid> items, CancellationToken ct);

    /// <returns>Those whose published words, remarks among them, hold a passage that is withheld elsewhere.</returns>
    Task<IReadOnlyList<PublicPlace>> SayingAsync(IReadOnlyCollection<Guid> items, IReadOnlyList<Mask> masks, CancellationToken ct);

    /// <summary>The address, a path on this site, that checks the published closing of an item and brings key and fingerprint along.</summary>
    /// <returns><see langword="null"/> where none is published, or the published journal does not hold it yet.</returns>
    Task<string?> CheckedAtAsync(Guid item, CancellationToken ct);

    /// <returns>The telephone number for reports that a programme's public pages give; empty for none.</returns>
    Task<string> HotlineAsync(Guid programme, CancellationToken ct);
}

/// <param name="Title">Number and title as published, masked.</param>
/// <param name="Href">A path on this site.</param>
/// <param name="Closed">Whether it is published as closed where the journal is published too, so that the closing can be checked.</param>
/// <param name="Pictures">How many pictures before and after it shows.</param>
public sealed record PublicPlace(string Title, string Href, bool Closed, int Pictures = 0);
