using Rectify.Closure;
using Rectify.Platform.Text;

namespace Rectify.Tests.Closure;

/// <summary>A site that publishes nothing.</summary>
internal sealed class Nowhere : IPublicPlace
{
    public Task<IReadOnlyList<PublicPlace>> OfAsync(IReadOnlyCollection<Guid> items, CancellationToken ct) => Task.FromResult<IReadOnlyList<PublicPlace>>([]);

    public Task<IReadOnlyList<PublicPlace>> SayingAsync(IReadOnlyCollection<Guid> items, IReadOnlyList<Mask> masks, CancellationToken ct) => OfAsync(items, ct);

    public Task<string?> CheckedAtAsync(Guid item, CancellationToken ct) => Task.FromResult<string?>(null);

    public Task<string> HotlineAsync(Guid programme, CancellationToken ct) => Task.FromResult("");
}
