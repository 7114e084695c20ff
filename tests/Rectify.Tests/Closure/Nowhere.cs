using Rectify.Closure;
using Rectify.Platform.Text;

namespace Rectify.Tests.Closure;

/// <summary>A site that publishes nothing.</summary>
/// <param name="checkedAt">Where every item's closing is checked all the same, if anywhere.</param>
internal sealed class Nowhere(string? checkedAt = null) : IPublicPlace
{
    public Task<IReadOnlyList<PublicPlace>> OfAsync(IReadOnlyCollection<Guid> items, CancellationToken ct) => Task.FromResult<IReadOnlyList<PublicPlace>>([]);

    public Task<IReadOnlyList<PublicPlace>> SayingAsync(IReadOnlyCollection<Guid> items, IReadOnlyList<Mask> masks, CancellationToken ct) => OfAsync(items, ct);

    public Task<string?> CheckedAtAsync(Guid item, CancellationToken ct) => Task.FromResult(checkedAt);

    public Task<string> HotlineAsync(Guid programme, CancellationToken ct) => Task.FromResult("");
}
