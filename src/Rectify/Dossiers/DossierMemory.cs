using Microsoft.Extensions.Caching.Memory;

namespace Rectify.Dossiers;

/// <summary>How the requirements of one item stood.</summary>
/// <param name="Lines">Without their pieces.</param>
/// <param name="PieceCount">How many pieces stand in the dossier.</param>
internal sealed record JudgedDossier(IReadOnlyList<DossierLine> Lines, int PieceCount);

/// <summary>Remembers judgements: what was judged from the very same pieces, requirements, parts and days is not judged again.</summary>
/// <remarks>The key holds all that a judgement hangs on, so that nothing here is ever out of date; what is asked for no more goes.</remarks>
internal sealed class DossierMemory : IDisposable
{
    /// <summary>Lines kept at most, of some 150 bytes each.</summary>
    private const int Most = 200_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1); // the day is in the key

    private readonly MemoryCache judged = new(new MemoryCacheOptions { SizeLimit = Most });

    public JudgedDossier? Find(string key) => judged.Get<JudgedDossier>(key);

    public void Keep(string key, JudgedDossier dossier) =>
        judged.Set(key, dossier, new MemoryCacheEntryOptions { Size = dossier.Lines.Count + 1, AbsoluteExpirationRelativeToNow = Kept });

    public void Dispose() => judged.Dispose();
}
