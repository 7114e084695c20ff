using System.Globalization;
using System.Text.Json;

namespace Rectify.Proof;

/// <summary>One entry of the journal as its bytes say it. The bytes themselves stay the truth: what is read here is never written again.</summary>
/// <remarks>
/// Source: docs/formats/journal.md, "Entry". Members are in that order and no others; what is not known is refused. White space between tokens is not
/// looked for: the hash covers it.
/// </remarks>
public sealed class JournalLeaf
{
    private const int Deepest = 32;
    private const int IdSize = 16;
    private const int LongestName = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    private JournalLeaf(byte[] hash) => Hash = hash;

    /// <summary>The leaf hash over the exact bytes; 32 bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>What happened, such as <c>item.fact-recorded</c>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The entry's own public id; 22 characters.</summary>
    public string Id { get; private init; } = "";

    /// <summary>The public id of what it is about; 22 characters.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Place in its subject's chain, from 1.</summary>
    public int Number { get; private init; }

    /// <summary>The leaf hash of the entry before in the chain; <see langword="null"/> for the first.</summary>
    public byte[]? Previous { get; private init; }

    /// <summary>When, as the operator wrote it; UTC, whole milliseconds.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Who acted: an id that means nothing outside, or <c>system:</c> and a job's name.</summary>
    public string By { get; private init; } = "";

    /// <summary>The id of the act's first entry, where an act wrote several.</summary>
    public string? Cause { get; private init; }

    /// <summary>The fact's own members, as JSON.</summary>
    public string Data { get; private init; } = "";

    /// <summary>Commitments to files, 43 characters each, in the order of the act.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Commitments to fields, 43 characters each; a single one over all of them where <see cref="FieldCount"/> is set.</summary>
    public IReadOnlyList<string> Fields { get; private init; } = [];

    /// <summary>How many fields the one commitment in <see cref="Fields"/> stands for; <see langword="null"/> where each has its own.</summary>
    public int? FieldCount { get; private init; }

    /// <summary>Reads the bytes of an entry.</summary>
    /// <returns><see langword="null"/> if they are not an entry of version 1, or name a hash that is not known.</returns>
    public static JournalLeaf? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > EntryBundle.LongestEntry)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, Options);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, Merkle.Leaf(bytes.Span)) : null;
        }
        catch (Exception no) when (no is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JournalLeaf? Read(JsonElement root, byte[] hash)
    {
        var members = new Members(root);
        var version = members.Take("v");
        var (type, id, subject) = (members.Take("type"), members.Take("id"), members.Take("subject"));
        var (number, previous, at, by) = (members.Take("n"), members.Take("prev"), members.Take("ts"), members.Take("by"));
        var cause = members.Take("cause");
        var (digests, data, files) = (members.Take("alg"), members.Take("data"), members.Take("files"));
        var (count, fields) = (members.Take("sdn"), members.Take("sd"));

        if (!members.AreAllTaken || version?.GetInt32() != 1 || data is not { ValueKind: JsonValueKind.Object }
            || type?.GetString() is not { Length: > 0 and <= LongestName } kind || by?.GetString() is not { Length: > 0 and <= LongestName } actor
            || id?.GetString() is not { } own || !IsId(own) || subject?.GetString() is not { } about || !IsId(about)
            || number?.GetInt32() is not (> 0 and var n) || previous?.GetString() is not { } before || !IsPrevious(before, n)
            || !DateTimeOffset.TryParseExact(at?.GetString(), "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            || (cause is not null && !IsId(cause.Value.GetString()))
            || !AreCommitments(files) || !AreCommitments(fields) || !AreKnown(digests, files is not null)
            || (count is not null && (fields?.GetArrayLength() != 1 || count.Value.GetInt32() < 1)))
        {
            return null;
        }

        return new(hash)
        {
            Type = kind,
            Id = own,
            Subject = about,
            Number = n,
            Previous = before is "" ? null : Strict.Base64Url(before),
            At = time,
            By = actor,
            Cause = cause?.GetString(),
            Data = data.Value.GetRawText(),
            Files = Texts(files),
            Fields = Texts(fields),
            FieldCount = count?.GetInt32(),
        };
    }

    private static bool IsId(string? text) => Strict.Base64Url(text)?.Length == IdSize;

    private static bool IsPrevious(string text, int number) =>
        number == 1 ? text is "" : Strict.Base64Url(text)?.Length == Merkle.HashSize;

    private static bool AreCommitments(JsonElement? list) =>
        list is null || (list.Value.GetArrayLength() > 0 && list.Value.EnumerateArray().All(one => Commitments.IsOne(one.GetString())));

    private static bool AreKnown(JsonElement? digests, bool withFiles) =>
        digests is { ValueKind: JsonValueKind.Array } list
        && list.EnumerateArray().Select(one => one.GetString()).SequenceEqual(withFiles ? [Digests.Sha256.Id, Digests.Sm3.Id] : [Digests.Sha256.Id]);

    private static string[] Texts(JsonElement? list) => list is null ? [] : [.. list.Value.EnumerateArray().Select(one => one.GetString()!)];

    // Members in the order in which they have to stand.
    private ref struct Members(JsonElement root)
    {
        private readonly List<JsonProperty> all = [.. root.EnumerateObject()];
        private int next;

        public readonly bool AreAllTaken => next == all.Count;

        public JsonElement? Take(string name) => next < all.Count && all[next].NameEquals(name) ? all[next++].Value : null;
    }
}
