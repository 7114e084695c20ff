using Rectify.Platform.Journal;
using Rectify.Platform.Text;

namespace Rectify.Redaction;

internal static class RedactionWords
{
    /// <summary>A value of a history as people read it: of a JSON document what it says, without ids.</summary>
    public static string Said(string? value) => string.Join(" · ", Blackening.TextsOf(value ?? "").Where(text => !Guid.TryParse(text, out _))) is { Length: > 0 } said ? said : value ?? "";

    extension(Words words)
    {
        /// <summary>A field as the record's own history names it; where it names none, as the database does.</summary>
        public string FieldOf(KeptValues.Kept one) =>
            words.Has($"organisation.field.{one.Record}.{one.Field}") ? words[$"organisation.field.{one.Record}.{one.Field}"]
            : one.Record == "Item" && words.Has($"item.field.{one.Field}") ? words[$"item.field.{one.Field}"]
            : words.Has($"redaction.table.{one.Record}") ? $"{words[$"redaction.table.{one.Record}"]} ({one.Field})"
            : $"{one.Record}.{one.Field}";

        /// <summary>A table in the words of the field, and the column as the database names it.</summary>
        public string PlaceOf(BlackenDocuments.Place place) => words.Has($"redaction.table.{place.Table}") ? $"{words[$"redaction.table.{place.Table}"]} ({place.Column})" : place.Key;
    }
}
