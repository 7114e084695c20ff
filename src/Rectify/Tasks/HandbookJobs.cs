using System.Collections.Concurrent;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;

namespace Rectify.Tasks;

/// <summary>Which paper is wanted, of what and of which day.</summary>
/// <param name="Item">The task, or <see langword="null"/> for a unit's.</param>
internal sealed record HandbookOrder(Guid? Item, Guid? Unit, string Programme, DateOnly On, bool Pdf, Language Language, string By);

/// <summary>Large manuals being made, for whoever ordered them; kept in memory for a quarter of an hour.</summary>
/// <remarks>Another node does not know them: the page then leads back to the manual, where it is ordered anew.</remarks>
internal sealed partial class HandbookJobs(IServiceScopeFactory scopes, TimeProvider clock, ILogger<HandbookJobs> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Making> all = [];

    /// <summary>A manual that is being made, or was.</summary>
    internal sealed class Making
    {
        public required Guid Id { get; init; }

        public required Actor By { get; init; }

        public required HandbookOrder Order { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        /// <summary>Percent.</summary>
        public int Done { get; set; }

        public byte[]? File { get; set; }

        public Refusal? Refusal { get; set; }

        public bool Failed { get; set; }
    }

    /// <summary>Begins; at most one a person at a time: the same order again is the same job.</summary>
    public Making Start(HandbookOrder order, Access by)
    {
        foreach (var old in all.Values.Where(job => clock.GetUtcNow() - job.StartedAt > Kept))
        {
            all.TryRemove(old.Id, out _);
        }

        if (all.Values.FirstOrDefault(job => job.By == by.Actor && job.File is null && !job.Failed && job.Refusal is null) is { } running && running.Order == order)
        {
            return running;
        }

        var making = new Making { Id = Guid.CreateVersion7(), By = by.Actor, Order = order, StartedAt = clock.GetUtcNow() };
        all[making.Id] = making;
        _ = Task.Run(() => MakeAsync(making, by));
        return making;
    }

    /// <returns><see langword="null"/> if there is none, or it is someone else's.</returns>
    public Making? Find(Guid id, Actor by) => all.TryGetValue(id, out var job) && job.By == by ? job : null;

    private async Task MakeAsync(Making making, Access by)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var file = await HandbookFile.MakeAsync(
                scope.ServiceProvider.GetRequiredService<Db>(), by, making.Order, clock, new Percent(making), CancellationToken.None);
            making.File = file;
            foreach (var news in scope.ServiceProvider.GetServices<IHandbookNews>())
            {
                await news.MadeAsync(making.Id, by.Actor, CancellationToken.None);
            }
        }
        catch (Refusal no)
        {
            making.Refusal = no;
        }
        catch (Exception bug)
        {
            making.Failed = making.File is null; // what is made can be fetched, whether or not anybody could be told
            Failed(bug);
        }
    }

    [LoggerMessage(LogLevel.Error, "A hand-over manual could not be made, or nobody told of it")]
    private partial void Failed(Exception bug);

    private sealed class Percent(Making making) : IProgress<int>
    {
        public void Report(int value) => making.Done = value;
    }
}

/// <summary>Makes the file that was ordered.</summary>
internal static class HandbookFile
{
    /// <exception cref="Refusal">404: nothing to read. 409: no font.</exception>
    public static async Task<byte[]> MakeAsync(
        Db db, Access by, HandbookOrder order, TimeProvider clock, IProgress<int>? progress, CancellationToken ct)
    {
        var book = (order.Item is { } item
            ? await Handbook.OfItemAsync(db, by, item, order.On, clock, ct)
            : await Handbook.OfUnitAsync(db, by, order.Unit!.Value, order.Programme, order.On, clock, ct)) ?? throw Refusal.NotFound("handbook", order.Item ?? order.Unit ?? Guid.Empty);
        progress?.Report(10);
        var paper = HandbookPaper.Of(book, Words.In(order.Language), order.By, clock.GetUtcNow());
        using var file = new MemoryStream();
        if (order.Pdf)
        {
            PdfWriter.Write(paper, file, progress, ct);
        }
        else
        {
            DocxWriter.Write(paper, file);
        }

        return file.ToArray();
    }
}
