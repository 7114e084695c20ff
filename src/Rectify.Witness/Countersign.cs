using System.Collections.Concurrent;
using Rectify.Proof;

namespace Rectify.Witness;

/// <summary>Countersigns checkpoints: each journal's one after another, and never two histories.</summary>
/// <remarks>Source: C2SP tlog-witness, "add-checkpoint". Safe for use by many requests at once.</remarks>
internal sealed partial class Countersign(WitnessPolicy policy, INoteSigner signer, WitnessState state, TimeProvider clock, ILogger<Countersign> log)
{
    private readonly ConcurrentDictionary<string, Journal> journals = new(StringComparer.Ordinal);

    /// <summary>Reads what was countersigned before, so that a damaged state shows at start.</summary>
    /// <exception cref="InvalidDataException">A file is not what this witness wrote.</exception>
    public void Load()
    {
        foreach (var origin in policy.Logs.Select(one => one.Key.Name).Distinct(StringComparer.Ordinal))
        {
            journals[origin] = new() { Last = state.Last(origin, signer.Key) };
        }
    }

    /// <summary>Answers one request.</summary>
    /// <returns>The status, and for 200 the signature line.</returns>
    /// <exception cref="IOException">The disk failed: nothing was given out, and the state before stands.</exception>
    public async Task<WitnessAnswer> RunAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (AddCheckpoint.Read(body.Span, out var wrong) is not { } request)
        {
            return new(400, wrong);
        }

        if (WitnessRules.Refuses(request, policy.Logs.Select(one => one.Key)) is { } refusal)
        {
            return refusal;
        }

        // From the comparison to the disk nobody else comes in: else a slower request would put an older size over a newer one.
        var journal = journals[request.Checkpoint.Origin];
        await journal.Turn.WaitAsync(ct);
        try
        {
            var answer = WitnessRules.Follows(request, journal.Last is { } last ? Checkpoint.Read(last.Text) : null);
            if (answer.Status != 200)
            {
                if (answer.Status == 422)
                {
                    NotConsistent(log, request.Note.ToString());
                }

                return answer;
            }

            // Only this line is kept and served: others' lines under it are not ours to vouch for. The journal's own stays, it shows who said so.
            var own = request.Note.Check(policy.Logs.Select(one => one.Key).Where(key => key.Name == request.Checkpoint.Origin))!;
            var line = SignedNote.Sign(request.Note.Text, Now(journal.Last), signer).Signatures[0];
            var kept = request.Note.Only([.. own.Select(good => good.Signature), line]);
            state.Keep(request.Checkpoint.Origin, kept);
            journal.Last = kept;
            return new(200, line.Line);
        }
        finally
        {
            journal.Turn.Release();
        }
    }

    // A line says that at its time this was the longest tree. By a clock that was set back, an earlier time would belong to a longer one, and the two would contradict each other.
    private DateTimeOffset Now(SignedNote? last)
    {
        var now = clock.GetUtcNow();
        return last?.Check([signer.Key]) is [{ At: { } before }] && before > now ? before : now;
    }

    /// <summary>What was countersigned last, by the name of <see cref="WitnessState.NameOf"/>.</summary>
    public SignedNote? Last(string name) =>
        journals.Where(one => WitnessState.NameOf(one.Key) == name).Select(one => one.Value.Last).FirstOrDefault();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A signed checkpoint does not follow the one before. Keep this, it may show a forged journal:\n{Note}")]
    private static partial void NotConsistent(ILogger log, string note);

    private sealed class Journal
    {
        private volatile SignedNote? last;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public SignedNote? Last
        {
            get => last;
            set => last = value;
        }
    }
}
