using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rectify.Proof;

/// <summary>The value behind a field's commitment: what an act found and what it put there.</summary>
/// <param name="Disclosure">The text that the commitment hashes.</param>
/// <param name="Field">Record, id and field, such as <c>Item/…/Title</c>.</param>
/// <param name="Before">The value before; <see langword="null"/> if there was none.</param>
/// <param name="After">The value after; <see langword="null"/> if there is none any more.</param>
public sealed record FieldOpening(string Disclosure, string Field, string? Before, string? After)
{
    private const int Longest = 256 * 1024;
    private const int ShortestSalt = 16;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the entry carries of it; 43 characters of base64url.</summary>
    public string Commitment => Commitments.OfField(Disclosure);

    /// <summary>Writes the text that opens a commitment.</summary>
    /// <param name="salt">At least 16 random bytes.</param>
    public static FieldOpening Of(ReadOnlySpan<byte> salt, string field, string? before, string? after)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartArray();
            json.WriteStringValue(Base64Url.EncodeToString(salt));
            json.WriteStringValue(field);
            json.WriteStringValue(before);
            json.WriteStringValue(after);
            json.WriteEndArray();
        }

        return new(Base64Url.EncodeToString(buffer.WrittenSpan), field, before, after);
    }

    /// <summary>Reads the text that opens a commitment.</summary>
    /// <returns><see langword="null"/> if it is none, or its salt is shorter than 128 bits.</returns>
    public static FieldOpening? Read(string? disclosure)
    {
        if (disclosure is null || disclosure.Length > Longest || Strict.Base64Url(disclosure) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(bytes, new() { MaxDepth = 2 });
            return json.RootElement is { ValueKind: JsonValueKind.Array } array
                && array.EnumerateArray().Select(one => one.GetString()).ToList() is [{ } salt, { } field, var before, var after]
                && bytes is not [0xef, 0xbb, 0xbf, ..] && Strict.Base64Url(salt)?.Length >= ShortestSalt
                    ? new(disclosure, field, before, after)
                    : null;
        }
        catch (Exception no) when (no is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>What opens a file's commitment.</summary>
/// <param name="Salt">32 bytes.</param>
/// <param name="Sha256">32 bytes.</param>
/// <param name="Sm3">32 bytes.</param>
/// <param name="Name">What the file is called among the downloaded ones; for people only, nothing proves it.</param>
public sealed record FileOpening(byte[] Salt, byte[] Sha256, byte[] Sm3, string Name)
{
    /// <summary>What the entry carries of it; 43 characters of base64url.</summary>
    public string Commitment => Commitments.OfFile(Salt, Sha256, Sm3);
}

/// <summary>The openings of one entry that may be shown.</summary>
/// <param name="AllFields">All field commitments of the entry, where it carries one over many; else empty.</param>
/// <remarks>Source: docs/formats/closure.md, "openings.json".</remarks>
public sealed record Openings(IReadOnlyList<FieldOpening> Fields, IReadOnlyList<FileOpening> Files, IReadOnlyList<string> AllFields)
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int Longest = 16 * 1024 * 1024;

    private const int Deepest = 4;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads <c>openings.json</c>.</summary>
    /// <returns><see langword="null"/> if it is malformed or of a version that is not known.</returns>
    public static Openings? Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > Longest)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(file, new() { MaxDepth = Deepest, AllowDuplicateProperties = false });
            var root = json.RootElement;
            var known = root.EnumerateObject().All(member => member.Name is "v" or "fields" or "files" or "commitments");
            if (!known || root.GetProperty("v").GetInt32() != 1)
            {
                return null;
            }

            var fields = List(root, "fields").Select(one => FieldOpening.Read(one.GetString())).ToList();
            var files = List(root, "files").Select(ReadFile).ToList();
            var all = List(root, "commitments").Select(one => one.GetString()).ToList();
            return fields.Contains(null) || files.Contains(null) || !all.TrueForAll(Commitments.IsOne) ? null : new(fields!, files!, all!);
        }
        catch (Exception no) when (no is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The file <c>openings.json</c>, UTF-8. Source: docs/formats/closure.md, "openings.json".</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var json = new Utf8JsonWriter(file, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteStartArray("fields");
            foreach (var field in Fields)
            {
                json.WriteStringValue(field.Disclosure);
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var one in Files)
            {
                json.WriteStartObject();
                json.WriteString("name", one.Name);
                json.WriteString("salt", Base64Url.EncodeToString(one.Salt));
                json.WriteString(Digests.Sha256.Id, Convert.ToHexStringLower(one.Sha256));
                json.WriteString(Digests.Sm3.Id, Convert.ToHexStringLower(one.Sm3));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (AllFields.Count > 0)
            {
                json.WriteStartArray("commitments");
                foreach (var one in AllFields)
                {
                    json.WriteStringValue(one);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return file.ToArray();
    }

    /// <summary>Whether the entry committed to this value.</summary>
    public bool Opens(FieldOpening field, JournalLeaf leaf) => CommittedFields(leaf).Contains(field.Commitment);

    /// <summary>Whether the entry committed to this file.</summary>
    public static bool Opens(FileOpening file, JournalLeaf leaf) => leaf.Files.Contains(file.Commitment);

    private IReadOnlyList<string> CommittedFields(JournalLeaf leaf) =>
        leaf.FieldCount is not { } count ? leaf.Fields
        : AllFields.Count == count && Commitments.OfMany(AllFields) == leaf.Fields[0] ? AllFields
        : [];

    private static JsonElement.ArrayEnumerator List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static FileOpening? ReadFile(JsonElement file)
    {
        var (name, salt) = (file.GetProperty("name").GetString(), Strict.Base64Url(file.GetProperty("salt").GetString()));
        var (sha256, sm3) = (Hash(file, Digests.Sha256), Hash(file, Digests.Sm3));
        return name is { Length: > 0 } && salt?.Length == Commitments.FileSaltSize && sha256 is not null && sm3 is not null && file.EnumerateObject().Count() == 4
            ? new(salt, sha256, sm3, name)
            : null;
    }

    private static byte[]? Hash(JsonElement file, IDigest digest)
    {
        var text = file.GetProperty(digest.Id).GetString();
        return text?.Length == digest.Size * 2 && text.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(text) : null;
    }
}
