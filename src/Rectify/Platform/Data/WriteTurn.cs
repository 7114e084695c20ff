using System.Collections.Concurrent;

namespace Rectify.Platform.Data;

/// <summary>Lets the writers of one SQLite file stand in a queue.</summary>
/// <remarks>
/// A SQLite file has one writer at a time. SQLite itself lets the others sleep and look again, longer each time, so that some wait
/// for seconds while the file is free; here whoever came first is next. Other processes still wait as SQLite lets them.
/// </remarks>
internal static class WriteTurn
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    /// <param name="file">Whatever names the file in this process, such as its connection string.</param>
    /// <returns>The turn; it ends when it is disposed.</returns>
    public static async Task<IDisposable> TakeAsync(string file, CancellationToken ct)
    {
        var queue = Files.GetOrAdd(file, _ => new(1, 1));
        await queue.WaitAsync(ct);
        return new Turn(queue);
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        private bool over;

        public void Dispose()
        {
            if (!over)
            {
                over = true;
                queue.Release();
            }
        }
    }
}
