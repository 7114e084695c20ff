using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Jobs;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>Has an outside authority state when a checkpoint existed; once a day unless set. Source: RFC 3161 §2.4, §3.4.</summary>
internal sealed class StampCheckpoint(
    Db db, JournalWriter journal, IPublishedStore store, StampClient client, PublisherState state, IOptions<PublishingOptions> options, TimeProvider clock) : IJob
{
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (string.IsNullOrEmpty(options.Value.TimeStamps.Url) || state.Refused is not null)
        {
            return 0;
        }

        await using var lead = await db.TryLeadAsync("stamp", ct);
        if (lead is null)
        {
            return 0;
        }

        // The last two steps of a round that was cut off are done again: the files follow from the row.
        var stamped = await db.SignedCheckpoints().AsNoTracking().Where(one => one.Stamp != null).OrderByDescending(one => one.Size).FirstOrDefaultAsync(ct);
        var next = await db.SignedCheckpoints().Where(one => one.IsWitnessed).OrderByDescending(one => one.Size).FirstOrDefaultAsync(ct);
        var now = clock.NowMs;
        var isDue = stamped?.StampedAt is not { } before || (now - before).Duration() >= TimeSpan.FromHours(options.Value.TimeStamps.EveryHours);
        if (next is null || next.Stamp is not null || !isDue)
        {
            if (stamped is not null && await store.ReadAsync(PublishedFiles.StampOf(stamped.Size), ct) is null)
            {
                await ShowAsync(stamped, ct);
            }

            return 0;
        }

        var (answer, at) = await client.AskAsync(next.Note, ct);
        (next.Stamped, next.Stamp, next.StampedAt) = (next.Note, answer, at);
        await journal.SaveBookkeepingAsync(ct);
        await ShowAsync(next, ct);
        return 1;
    }

    private Task ShowAsync(SignedCheckpoint stamped, CancellationToken ct) => store.WriteAsync(
        [(PublishedFiles.StampedOf(stamped.Size), stamped.Stamped!), (PublishedFiles.StampOf(stamped.Size), stamped.Stamp!)], ct);
}

/// <summary>Asks a time-stamp authority.</summary>
internal sealed class StampClient : IDisposable
{
    private readonly TimeStampOptions options;
    private readonly HttpClient http;

    public StampClient(IOptions<PublishingOptions> options)
    {
        this.options = options.Value.TimeStamps;
        http = new() { Timeout = TimeSpan.FromSeconds(options.Value.AnswerSeconds), MaxResponseContentBufferSize = TimeStamps.Longest };
    }

    /// <returns>The answer as it came, checked, and the time that it states.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or answers no.</exception>
    /// <exception cref="InvalidDataException">Its answer is not a time stamp of these bytes by an authority that is trusted.</exception>
    public async Task<(byte[] Answer, DateTimeOffset At)> AskAsync(byte[] data, CancellationToken ct)
    {
        var trusted = TrustedAuthorities.Read(await File.ReadAllBytesAsync(options.Authorities ?? "", ct)) ?? throw new InvalidDataException($"{options.Authorities} holds no certificate.");
        var nonce = RandomNumberGenerator.GetBytes(TimeStamps.NonceSize);
        using var question = new ByteArrayContent(TimeStamps.Request(data, Digests.Sha256, nonce)) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } };
        using var answer = await http.PostAsync(new Uri(options.Url!), question, ct);
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct);
        var result = TimeStamps.Check(bytes, data, trusted, nonce);
        return result is { Outcome: TimeStampOutcome.Good, At: { } at } ? (bytes, at) : throw new InvalidDataException($"The answer of {options.Url} is no good time stamp: {result.Outcome}.");
    }

    public void Dispose() => http.Dispose();
}
