using Rectify.Platform;

namespace Rectify.Tasks;

/// <summary>Tells whoever ordered a large manual that it is made: they may have gone on to something else. Each room registers its own.</summary>
internal interface IHandbookNews
{
    /// <param name="job">The job: its file is at <c>/handbooks/</c> and this.</param>
    Task MadeAsync(Guid job, Actor by, CancellationToken ct);
}
