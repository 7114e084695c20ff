using System.Collections.Concurrent;
using Rectify.Consistency;

namespace Rectify.Notices;

/// <summary>What closings say, kept ready for being compared: a closing says the same as long as its version is the same, in whatever request.</summary>
internal static class OtherTexts
{
    /// <summary>Closings kept; beyond, all are read anew.</summary>
    private const int Most = 20_000;

    private static readonly ConcurrentDictionary<Guid, (int Version, string Where, IReadOnlyList<OtherText> Texts)> Known = new();

    /// <returns><see langword="null"/> for one that was not read yet, or was changed since.</returns>
    public static IReadOnlyList<OtherText>? Find(Guid closure, int version, string where) =>
        Known.TryGetValue(closure, out var known) && known.Version == version && known.Where == where ? known.Texts : null;

    /// <param name="where">As people name it, by numbers and names as they are now.</param>
    public static void Keep(Guid closure, int version, string where, IEnumerable<string> texts)
    {
        if (Known.Count >= Most)
        {
            Known.Clear();
        }

        Known[closure] = (version, where, [.. texts.Select(text => new OtherText(where, text)).Where(text => text.IsCompared)]);
    }
}
