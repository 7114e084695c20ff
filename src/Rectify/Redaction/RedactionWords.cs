using Rectify.Platform.Text;

namespace Rectify.Redaction;

internal static class RedactionWords
{
    extension(Words words)
    {
        /// <summary>A field as the record's own history names it; where it names none, as the database does.</summary>
        public string FieldOf(KeptValues.Kept one) =>
            words.Has($"organisation.field.{one.Record}.{one.Field}") ? words[$"organisation.field.{one.Record}.{one.Field}"]
            : one.Record == "Item" && words.Has($"item.field.{one.Field}") ? words[$"item.field.{one.Field}"]
            : $"{one.Record}.{one.Field}";
    }
}
