using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Wall;

/// <summary>Tells open walls that something of their programme changed. Asks the database once for all of them, and not at all while nobody listens.</summary>
/// <remarks>
/// What is told is the place in the register of the last entry that may concern the programme, and the day: at midnight every figure of "today" is another
/// one. Places are given in order, a moment after the act and on one server at a time, so whoever knows a place misses nothing before it, on any server.
/// </remarks>
internal sealed partial class WallWatch(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life, ILogger<WallWatch> log) : BackgroundService
{
    public const string Changed = "changed", Alive = "alive";

    /// <summary>How often the database is asked. An act is on the wall within about twice this.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Something is said at least so often, so that both ends notice a line that was cut.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A listener that was cut off asks again after so long.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>A stream ends after so long. The browser opens it again, and is asked again who it is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Up to so many new entries are looked at one by one; more concern everybody.</summary>
    private const int MostLookedAt = 500;

    private static readonly Access Room = Access.OfSystem(Actor.System("wall"));

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock state = new();
    private readonly Dictionary<Guid, long> ofProgramme = [];
    private TaskCompletionSource pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long ofAll;
    private long newest = -1;
    private DateTimeOffset said;
    private int listeners;

    /// <summary>How many walls are listening.</summary>
    public int Listeners => Volatile.Read(ref listeners);

    /// <summary>The place of the register's last entry; -1 in an empty one.</summary>
    public async Task<long> NewestAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await NewestAsync(scope.ServiceProvider.GetRequiredService<Db>(), ct);
    }

    /// <summary>"changed" when something may be new since what the listener saw, else "alive" now and then. Ends by itself after <see cref="Longest"/> and when the server stops.</summary>
    /// <param name="seen">What the listener knows already: an event's id or a wall's mark; <see langword="null"/> for nothing.</param>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync(Guid programme, string? seen, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
        var until = clock.GetUtcNow() + Longest;
        Interlocked.Increment(ref listeners);
        try
        {
            await LookAsync(ct);
            for (var known = Read(seen); ;)
            {
                var next = Pulse; // before the mark is read: what comes in between wakes us at once
                var mark = MarkOf(programme);
                yield return new($"{clock.GetUtcNow():O}", mark.IsNewsFor(known) ? Changed : Alive) { EventId = mark.ToString(), ReconnectionInterval = Retry };
                known = mark;
                if (clock.GetUtcNow() >= until || !await WokenAsync(next, ends.Token))
                {
                    yield break;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref listeners);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Listeners == 0)
            {
                continue;
            }

            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                NotAsked(failure); // walls keep what they have and say since when; the next time is soon
            }
        }
    }

    private static async Task<bool> WokenAsync(Task pulse, CancellationToken ct)
    {
        try
        {
            await pulse.WaitAsync(ct);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false; // left, or the server stops: the end of a stream is no fault
        }
    }

    private static async Task<long> NewestAsync(Db db, CancellationToken ct) => await db.Journal.MaxAsync(row => row.Index, ct) ?? -1;

    private async Task LookAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Db>();
            var (last, before) = (await NewestAsync(db, ct), newest);
            var touched = last > before && before >= 0 ? await TouchedAsync(db, before, last, ct) : null;
            lock (state)
            {
                if (before < 0)
                {
                    ofAll = last; // whatever came before this server began: whoever saw less has to look
                }
                else if (last > before)
                {
                    foreach (var programme in touched ?? [])
                    {
                        ofProgramme[programme] = last;
                    }

                    ofAll = touched is null ? last : ofAll;
                }

                newest = last;
            }

            if (last > before || clock.GetUtcNow() - said >= Heartbeat)
            {
                said = clock.GetUtcNow();
                Interlocked.Exchange(ref pulse, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    // The programmes that new entries are about; null where an entry is about something else, which may concern any of them.
    private static async Task<IReadOnlyCollection<Guid>?> TouchedAsync(Db db, long after, long last, CancellationToken ct)
    {
        if (last - after > MostLookedAt)
        {
            return null;
        }

        var subjects = await db.Journal.Where(row => row.Index > after && row.Index <= last && !row.Kind.StartsWith("account.")).Select(row => row.Subject).Distinct().ToArrayAsync(ct);
        var items = await db.ItemsFor(Room, Right.Read).Where(item => EF.Parameter(subjects).Contains(item.Id)).Select(item => new { item.Id, item.ProgrammeId }).ToListAsync(ct);
        var programmes = await db.ProgrammesFor(Room, Right.Read).Where(programme => EF.Parameter(subjects).Contains(programme.Id)).Select(programme => programme.Id).ToListAsync(ct);
        return items.Count + programmes.Count < subjects.Length ? null : [.. items.Select(item => item.ProgrammeId), .. programmes];
    }

    private Task Pulse => Volatile.Read(ref pulse).Task;

    private Mark MarkOf(Guid programme)
    {
        lock (state)
        {
            return new(Math.Max(ofAll, ofProgramme.GetValueOrDefault(programme, -1)), clock.Today);
        }
    }

    private static Mark? Read(string? seen) => seen?.Split('@') is [var place, var day]
        && long.TryParse(place, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && DateOnly.TryParseExact(day, "yyyy-MM-dd", out var on)
        ? new(index, on)
        : null;

    /// <summary>Up to where somebody has seen a programme.</summary>
    /// <param name="Place">Of an entry in the register.</param>
    /// <param name="Day">The legal day.</param>
    internal sealed record Mark(long Place, DateOnly Day)
    {
        public bool IsNewsFor(Mark? known) => known is null || Place > known.Place || Day != known.Day;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}@{Day:yyyy-MM-dd}");
    }

    [LoggerMessage(LogLevel.Warning, "Could not ask what changed for the walls that are open")]
    private partial void NotAsked(Exception failure);
}
