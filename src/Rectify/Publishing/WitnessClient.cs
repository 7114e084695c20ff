using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>What a witness said.</summary>
/// <param name="Line">Its signature line, checked; <see langword="null"/> if it gave none.</param>
/// <param name="Size">The size that it countersigned last, if it said so.</param>
/// <param name="Why">Why it gave none, one line.</param>
internal sealed record WitnessSaid(NoteSignature? Line, long? Size, string Why);

/// <summary>Talks with witnesses. Source: C2SP tlog-witness.</summary>
internal sealed class WitnessClient : IDisposable
{
    private const int LongestAnswer = 300 * 1024;

    private readonly HttpClient http;

    public WitnessClient(IOptions<PublishingOptions> options) => http = new()
    {
        Timeout = TimeSpan.FromSeconds(options.Value.AnswerSeconds),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>Asks for a countersignature under a checkpoint that follows the one of <paramref name="old"/> entries.</summary>
    public async Task<WitnessSaid> AskAsync(TrustedWitness witness, long old, IReadOnlyList<byte[]> path, SignedNote note, Checkpoint checkpoint, CancellationToken ct)
    {
        try
        {
            using var body = new ByteArrayContent(new AddCheckpoint(old, path, note, checkpoint).ToBytes());
            using var answer = await http.PostAsync(new Uri($"{witness.Url!.TrimEnd('/')}/add-checkpoint"), body, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Line(witness, note, text) is { } line ? new(line, checkpoint.Size, "") : new(null, null, "its signature is not right"),
                HttpStatusCode.Conflict when long.TryParse(text.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) => new(null, size, "409"),
                _ => new(null, null, $"{(int)answer.StatusCode} {text.Trim()}"),
            };
        }
        catch (Exception no) when (IsSilence(no, ct))
        {
            return new(null, null, no.Message);
        }
    }

    /// <summary>The checkpoint of this journal that a witness countersigned last.</summary>
    /// <returns><see langword="null"/> if it does not answer, has none, or gives one that is not signed by both.</returns>
    public async Task<Checkpoint?> LastAsync(TrustedWitness witness, JournalKeys keys, CancellationToken ct)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys.Origin)));
        try
        {
            var note = SignedNote.Read(await http.GetByteArrayAsync(new Uri($"{witness.Url!.TrimEnd('/')}/{name}/checkpoint"), ct));
            return note?.Check([witness.Key]) is { Count: 1 } && note.Check(keys.Keys) is { Count: > 0 } && Checkpoint.Read(note.Text) is { } checkpoint && checkpoint.Origin == keys.Origin
                ? checkpoint
                : null;
        }
        catch (Exception no) when (IsSilence(no, ct))
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private static NoteSignature? Line(TrustedWitness witness, SignedNote note, string text) =>
        SignedNote.ReadSignatures(text)?.FirstOrDefault(line => line.Name == witness.Key.Name && line.KeyId == witness.Key.Id) is { } line
        && note.With(line).Check([witness.Key]) is { Count: 1 }
            ? line
            : null;

    private static bool IsSilence(Exception no, CancellationToken ct) =>
        no is HttpRequestException or UriFormatException || (no is TaskCanceledException && !ct.IsCancellationRequested);
}
