using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Rectify.Reading;

/// <summary>The library's stream decoders, kept within the limits for unpacked bytes.</summary>
internal sealed class PdfFilters(Draft draft) : IFilterProvider
{
    private readonly IFilterProvider inner = DefaultFilterProvider.Instance;
    private long unpacked;

    /// <summary>Whether a stream went beyond the limits: the library may have swallowed the refusal as damage.</summary>
    public bool Exceeded => Interlocked.Read(ref unpacked) > draft.Limits.UnpackedBytes;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bounded(inner.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bounded(inner.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bounded(inner.GetAllFilters());

    private IReadOnlyList<IFilter> Bounded(IReadOnlyList<IFilter> filters) =>
        [.. filters.Select(filter => new BoundedFilter(filter, this))];

    private void Count(long bytes)
    {
        if (Interlocked.Add(ref unpacked, bytes) > draft.Limits.UnpackedBytes)
        {
            throw draft.No("reading.bomb");
        }
    }

    private sealed class BoundedFilter(IFilter filter, PdfFilters all) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            if (filter is FlateFilter)
            {
                Measure(input);
            }

            var output = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            all.Count(filter is FlateFilter ? 0 : output.Length);
            return output;
        }

        // Deflate can grow a thousandfold, so its output is counted before anything holds it.
        private void Measure(Memory<byte> input)
        {
            using var packed = new MemoryStream(input.ToArray(), writable: false);
            using var inflating = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[81_920];
            try
            {
                int count;
                while ((count = inflating.Read(buffer)) > 0)
                {
                    all.Count(count);
                }
            }
            catch (InvalidDataException)
            {
                // Damaged: the filter itself decides what it can save of it.
            }
        }
    }
}
