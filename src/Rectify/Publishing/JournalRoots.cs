using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>The journal's entries in the order of their numbers, as the database holds them.</summary>
internal static class JournalRoots
{
    /// <summary>Entries read in one query.</summary>
    public const int Batch = 4_096;

    extension(Db db)
    {
        /// <summary>How many entries have their number.</summary>
        public async Task<long> NumberedAsync(CancellationToken ct) => await db.Journal.MaxAsync(row => row.Index, ct) + 1 ?? 0;

        /// <summary>The entries from a place on, at most <see cref="Batch"/>.</summary>
        /// <exception cref="InvalidDataException">A number is missing.</exception>
        public async Task<List<byte[]>> BodiesAsync(long from, CancellationToken ct)
        {
            var rows = await db.Journal.AsNoTracking().Where(row => row.Index >= from).OrderBy(row => row.Index)
                .Take(Batch).Select(row => new { row.Index, row.Body }).ToListAsync(ct);
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i].Index != from + i)
                {
                    throw new InvalidDataException($"The journal has no entry {from + i}, but a later one.");
                }
            }

            return [.. rows.Select(row => row.Body)];
        }

        /// <summary>The root over the first entries, computed from all of them.</summary>
        public async Task<byte[]> RootAsync(long size, CancellationToken ct)
        {
            var edge = new RightEdge();
            while (edge.Size < size)
            {
                var bodies = await db.BodiesAsync(edge.Size, ct);
                if (bodies.Count == 0)
                {
                    throw new InvalidDataException($"The journal has {edge.Size} entries, not {size}.");
                }

                foreach (var body in bodies.Take((int)Math.Min(bodies.Count, size - edge.Size)))
                {
                    edge.Append(Merkle.Leaf(body));
                }
            }

            return edge.Root();
        }
    }
}
