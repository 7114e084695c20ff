using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>One field that an act changed, with the salt that opens its commitment. Destroying it redacts the value.</summary>
public sealed record Opening
{
    /// <summary>The <see cref="JournalRow.EntryId"/>.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Whose history shows it: the item, unit, account or programme.</summary>
    public required Guid Subject { get; init; }

    /// <summary>The kind of record, such as <c>Item</c> or <c>ItemUnit</c>.</summary>
    public required string Record { get; init; }

    public required string RecordId { get; init; }

    public required string Field { get; init; }

    /// <summary>Value before as text; <see langword="null"/> if there was none.</summary>
    public string? Before { get; init; }

    /// <summary>Value after as text; <see langword="null"/> if there is none.</summary>
    public string? After { get; init; }

    /// <summary>16 random bytes.</summary>
    public required byte[] Salt { get; init; }
}

/// <summary>The openings of one entry that belong to one subject, as the database holds them.</summary>
/// <remarks>One row for all of them: a plan of ten thousand tasks opens half a million fields.</remarks>
public sealed class OpeningRow : IBulkRow
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JournalBytes.Encoder };

    public long Id { get; private init; }

    /// <summary>The <see cref="JournalRow.EntryId"/>.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Whose history shows them.</summary>
    public required Guid Subject { get; init; }

    /// <summary>
    /// Encrypted by <see cref="OpeningKeys"/>. UTF-8 JSON: an array of <c>[salt, record, record id, field, before, after]</c>, in the order of the change; <c>[commitment]</c> in the place of one
    /// that was destroyed; <c>[salt, sha256, sm3]</c> for a file, <c>["file", commitment]</c> in the place of one that was destroyed. See docs/formats/journal.md.
    /// </summary>
    public required byte[] Body { get; set; }

    /// <param name="openings">All of the entry that belong to the subject.</param>
    /// <param name="files">The files that the entry put in, if it is about the subject.</param>
    internal static OpeningRow Of(Guid entry, Guid subject, IReadOnlyList<Opening> openings, IReadOnlyList<JournalFile> files, OpeningKeys keys) =>
        new() { EntryId = entry, Subject = subject, Body = keys.Seal(entry, subject, Write(openings, [], files, [])) };

    /// <summary>Destroys the openings that are meant, and keeps their commitments.</summary>
    /// <returns>Those commitments.</returns>
    internal IReadOnlyList<string> Redact(Func<Opening, bool> isMeant, OpeningKeys keys)
    {
        var all = Openings(keys).ToList();
        string[] destroyed = [.. all.Where(isMeant).Select(JournalBytes.Commitment)];
        if (destroyed.Length > 0)
        {
            Body = keys.Seal(EntryId, Subject, Write(all.Where(one => !isMeant(one)), [.. Destroyed(keys), .. destroyed], Files(keys), DestroyedFiles(keys)));
        }

        return destroyed;
    }

    /// <summary>Destroys what opens the commitments to a file, and keeps these.</summary>
    /// <returns>Those commitments.</returns>
    internal IReadOnlyList<string> RedactFile(string sha256, OpeningKeys keys)
    {
        var all = Files(keys).ToList();
        string[] destroyed = [.. all.Where(file => file.Sha256 == sha256).Select(JournalBytes.Commitment)];
        if (destroyed.Length > 0)
        {
            Body = keys.Seal(EntryId, Subject, Write(Openings(keys), Destroyed(keys), all.Where(file => file.Sha256 != sha256), [.. DestroyedFiles(keys), .. destroyed]));
        }

        return destroyed;
    }

    /// <summary>Takes in a file that a version before kept elsewhere.</summary>
    internal void Add(JournalFile file, OpeningKeys keys) =>
        Body = keys.Seal(EntryId, Subject, Write(Openings(keys), Destroyed(keys), [.. Files(keys), file], DestroyedFiles(keys)));

    /// <summary>What opens the entry's commitments to files; none if the key is not there.</summary>
    internal IReadOnlyList<JournalFile> Files(OpeningKeys keys)
    {
        using var all = Read(keys);
        return
        [
            .. all.RootElement.EnumerateArray().Where(one => one.GetArrayLength() == 3)
                .Select(one => new JournalFile(one[1].GetString()!, one[2].GetString()!, Base64Url.DecodeFromChars(one[0].GetString()))),
        ];
    }

    /// <summary>The commitments to files whose openings were destroyed.</summary>
    internal IReadOnlyList<string> DestroyedFiles(OpeningKeys keys)
    {
        using var all = Read(keys);
        return [.. all.RootElement.EnumerateArray().Where(one => one.GetArrayLength() == 2).Select(one => one[1].GetString()!)];
    }

    /// <summary>The commitments to fields whose openings were destroyed.</summary>
    internal IReadOnlyList<string> Destroyed(OpeningKeys keys)
    {
        using var all = Read(keys);
        return [.. all.RootElement.EnumerateArray().Where(one => one.GetArrayLength() == 1).Select(one => one[0].GetString()!)];
    }

    /// <summary>Encrypts it with the key that is in use now.</summary>
    internal void SealAgain(OpeningKeys keys)
    {
        if (keys.Open(EntryId, Subject, Body) is { } json)
        {
            Body = keys.Seal(EntryId, Subject, json);
        }
    }

    /// <summary>The openings that are there; none if the key is not.</summary>
    internal IEnumerable<Opening> Openings(OpeningKeys keys)
    {
        using var all = Read(keys);
        foreach (var one in all.RootElement.EnumerateArray().Where(one => one.GetArrayLength() == 6))
        {
            yield return new Opening
            {
                EntryId = EntryId,
                Subject = Subject,
                Salt = Base64Url.DecodeFromChars(one[0].GetString()),
                Record = one[1].GetString()!,
                RecordId = one[2].GetString()!,
                Field = one[3].GetString()!,
                Before = one[4].GetString(),
                After = one[5].GetString(),
            };
        }
    }

    private JsonDocument Read(OpeningKeys keys) => JsonDocument.Parse(keys.Open(EntryId, Subject, Body) ?? "[]"u8.ToArray());

    private static byte[] Write(IEnumerable<Opening> openings, IEnumerable<string> destroyed, IEnumerable<JournalFile> files, IEnumerable<string> destroyedFiles)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartArray();
            foreach (var opening in openings)
            {
                json.WriteStartArray();
                json.WriteStringValue(Base64Url.EncodeToString(opening.Salt));
                json.WriteStringValue(opening.Record);
                json.WriteStringValue(opening.RecordId);
                json.WriteStringValue(opening.Field);
                json.WriteStringValue(opening.Before);
                json.WriteStringValue(opening.After);
                json.WriteEndArray();
            }

            foreach (var commitment in destroyed)
            {
                json.WriteStartArray();
                json.WriteStringValue(commitment);
                json.WriteEndArray();
            }

            foreach (var file in files)
            {
                json.WriteStartArray();
                json.WriteStringValue(Base64Url.EncodeToString(file.Salt));
                json.WriteStringValue(file.Sha256);
                json.WriteStringValue(file.Sm3);
                json.WriteEndArray();
            }

            foreach (var commitment in destroyedFiles)
            {
                json.WriteStartArray();
                json.WriteStringValue("file");
                json.WriteStringValue(commitment);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
