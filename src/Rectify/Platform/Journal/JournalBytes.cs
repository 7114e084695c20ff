using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rectify.Proof;

namespace Rectify.Platform.Journal;

/// <summary>Makes an entry's bytes and a field's commitment. Format: docs/formats/journal.md.</summary>
internal static class JournalBytes
{
    /// <summary>Above this many commitments an entry carries one hash over all of them.</summary>
    public const int MostCommitments = 800;

    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions Compact = new() { Encoder = Encoder };

    /// <summary>The bytes of one entry, and their leaf hash.</summary>
    public static (byte[] Body, byte[] Leaf) Entry(
        Fact fact, Guid id, int n, byte[]? previous, Guid? cause, IReadOnlyList<Opening> openings)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("type", fact.Kind);
            json.WriteString("id", Text(id));
            json.WriteString("subject", Text(fact.Subject));
            json.WriteNumber("n", n);
            json.WriteString("prev", previous is null ? "" : Base64Url.EncodeToString(previous));
            json.WriteString("ts", fact.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("by", fact.By.Id);
            if (cause is { } first)
            {
                json.WriteString("cause", Text(first));
            }

            json.WriteStartArray("alg");
            json.WriteStringValue("sha256");
            if (fact.Files.Count > 0)
            {
                json.WriteStringValue("sm3");
            }

            json.WriteEndArray();
            json.WritePropertyName("data");
            fact.WriteData(json);
            WriteFiles(json, fact.Files);
            WriteCommitments(json, openings);
            json.WriteEndObject();
        }

        var body = buffer.WrittenSpan.ToArray();
        return (body, Merkle.Leaf(body));
    }

    /// <summary>The salted commitment to one changed field; 43 characters.</summary>
    public static string Commitment(Opening opening)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartArray();
            json.WriteStringValue(Base64Url.EncodeToString(opening.Salt));
            json.WriteStringValue($"{opening.Record}/{opening.RecordId}/{opening.Field}");
            json.WriteStringValue(opening.Before);
            json.WriteStringValue(opening.After);
            json.WriteEndArray();
        }

        var disclosure = Base64Url.EncodeToUtf8(buffer.WrittenSpan);
        return Base64Url.EncodeToString(SHA256.HashData(disclosure));
    }

    /// <summary>The salted commitment to a file, by both of its hashes; 43 characters.</summary>
    public static string Commitment(JournalFile file) => Base64Url.EncodeToString(SHA256.HashData(
        [.. "zg-file-v1"u8, 0, .. file.Salt, .. Convert.FromHexString(file.Sha256), .. Convert.FromHexString(file.Sm3)]));

    /// <summary>An id as outsiders see it: 22 characters of base64url.</summary>
    public static string Text(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    /// <summary>The id that an entry names so.</summary>
    public static Guid Id(string text) => new(Base64Url.DecodeFromChars(text), bigEndian: true);

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<JournalFile> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStringValue(Commitment(file));
        }

        json.WriteEndArray();
    }

    private static void WriteCommitments(Utf8JsonWriter json, IReadOnlyList<Opening> openings)
    {
        if (openings.Count == 0)
        {
            return;
        }

        var sorted = openings.Select(Commitment).Order(StringComparer.Ordinal).ToList();
        if (sorted.Count > MostCommitments)
        {
            json.WriteNumber("sdn", sorted.Count);
            sorted = [Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', sorted))))];
        }

        json.WriteStartArray("sd");
        foreach (var commitment in sorted)
        {
            json.WriteStringValue(commitment);
        }

        json.WriteEndArray();
    }
}
