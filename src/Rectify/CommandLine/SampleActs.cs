using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>The clock of the sample's story: it stands where the act that is played stands.</summary>
internal sealed class SampleClock(TimeZoneInfo zone, DateTimeOffset now) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => zone;

    // Without an offset: local time is reckoned from its digits.
    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}

/// <summary>An act of the story.</summary>
/// <param name="At">When it was done, by the region's legal time.</param>
/// <param name="Chain">Acts of one chain are played one after another; different chains touch different records.</param>
/// <param name="Also">A second chain of the act, as that of everything that is given the next number.</param>
internal sealed record SampleAct(DateTime At, string Chain, Func<SampleScope, CancellationToken, Task> Do, string? Also = null);

/// <summary>The product's commands for one act, by the story's clock.</summary>
internal sealed class SampleScope(IServiceProvider services, SampleClock clock)
{
    public Db Db { get; } = services.GetRequiredService<Db>();

    public DateOnly Today => clock.Today;

    public TimeProvider Clock => clock;

    public JournalWriter Journal => services.GetRequiredService<JournalWriter>();

    /// <summary>A command that asks the clock itself.</summary>
    /// <param name="parts">What it takes besides, where that asks the clock too.</param>
    public T Get<T>(params object[] parts) => ActivatorUtilities.CreateInstance<T>(services, [clock, .. parts]);

    public RecordFacts RecordFacts => new(Db, Journal, Get<PlaceFacts>(), services.GetServices<IFactOwner>());

    public SetQuantity SetQuantity => new(Get<ChangeItem>());
}

/// <summary>Plays acts in the order of their time, several at once where they touch different records.</summary>
internal sealed class SampleStage(IServiceScopeFactory scopes, TimeZoneInfo zone)
{
    private const int AtOnce = 4;

    private const int Tries = 6;

    public async Task PlayAsync(IEnumerable<SampleAct> acts, CancellationToken ct)
    {
        var order = acts.OrderBy(act => act.At).ToList();
        var done = order.ConvertAll(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var (before, last) = (new Task[order.Count], new Dictionary<string, Task>());
        foreach (var (i, act) in order.Index())
        {
            var chains = act.Also is { } also ? new[] { act.Chain, also } : [act.Chain];
            before[i] = Task.WhenAll(chains.Select(chain => last.GetValueOrDefault(chain, Task.CompletedTask)));
            foreach (var chain in chains)
            {
                last[chain] = done[i].Task;
            }
        }

        // Earlier acts are taken up first, so whoever waits for one waits for an act that is being played.
        await Parallel.ForEachAsync(Enumerable.Range(0, order.Count), new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = AtOnce }, async (i, token) =>
        {
            await before[i].WaitAsync(token);
            await PlayAsync(order[i], token);
            done[i].SetResult();
        });
    }

    public Task PlayAsync(DateTime at, Func<SampleScope, CancellationToken, Task> act, CancellationToken ct) => PlayAsync(new SampleAct(at, "", act), ct);

    // A scope for each act, as for each request: the change tracker stays small.
    private async Task PlayAsync(SampleAct act, CancellationToken ct)
    {
        for (var left = Tries; ; left--)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await act.Do(new(scope.ServiceProvider, new(zone, new(act.At, zone.GetUtcOffset(act.At)))), ct);
                return;
            }
            catch (Refusal met) when (met.Status is StatusCodes.Status409Conflict && left > 1)
            {
                // Two returns touched one task in the same moment: as people do, look again.
            }
        }
    }
}
