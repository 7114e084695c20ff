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

    /// <summary>UTF-8 JSON: an array of <c>[salt, record, record id, field, before, after]</c>, in the order of the change. See docs/formats/journal.md.</summary>
    public required byte[] Body { get; set; }

    /// <param name="openings">At least one; all of one entry and one subject.</param>
    internal static OpeningRow Of(IReadOnlyList<Opening> openings)
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

            json.WriteEndArray();
        }

        return new() { EntryId = openings[0].EntryId, Subject = openings[0].Subject, Body = buffer.WrittenSpan.ToArray() };
    }

    public IEnumerable<Opening> Openings()
    {
        using var all = JsonDocument.Parse(Body);
        foreach (var one in all.RootElement.EnumerateArray())
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
}
