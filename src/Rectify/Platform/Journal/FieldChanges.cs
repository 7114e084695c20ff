using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Rectify.Platform.Journal;

/// <summary>A record whose changes belong to the history of something larger: a unit of an item, an alias of a unit.</summary>
public interface IPartOf
{
    /// <summary>Whose history shows a change of this record.</summary>
    Guid Whole { get; }
}

/// <summary>One field that is about to change.</summary>
internal sealed record FieldChange(Guid Subject, string Record, string RecordId, string Field, string? Before, string? After)
{
    public Opening ToOpening(Guid entry) => new()
    {
        EntryId = entry,
        Subject = Subject,
        Record = Record,
        RecordId = RecordId,
        Field = Field,
        Before = Before,
        After = After,
        Salt = RandomNumberGenerator.GetBytes(16),
    };
}

/// <summary>Reads off the change tracker what an act changes, so that no field can change without its trace.</summary>
internal static class FieldChanges
{
    /// <summary>Marks a field that counts or caches and proves nothing (a failed-sign-in counter).</summary>
    public const string Bookkeeping = "Rectify:Bookkeeping";

    /// <summary>Marks a field whose values are never kept (a password's hash): the history says only that it changed.</summary>
    public const string Secret = "Rectify:Secret";

    /// <summary>What the history says in the place of a value that it does not keep.</summary>
    public const string NeverKept = "•••";

    /// <param name="owner">The subject of changes to records that are part of nothing and have no Guid of their own.</param>
    /// <param name="hidesBefore">Whether the act takes values out of records for good: the history must not keep what stood there.</param>
    public static IEnumerable<FieldChange> Of(ChangeTracker tracker, Guid owner, bool hidesBefore = false)
    {
        var wholes = tracker.Entries<IPartOf>()
            .Where(entry => entry.Metadata.FindPrimaryKey()!.Properties is [{ ClrType: var type }] && type == typeof(Guid))
            .ToDictionary(entry => (Guid)entry.Property(entry.Metadata.FindPrimaryKey()!.Properties[0].Name).CurrentValue!, entry => entry.Entity.Whole);
        return Of(tracker, owner, wholes, hidesBefore);
    }

    /// <summary>What a field holds now, as the history shows it; <see langword="null"/> if there is no such field.</summary>
    public static string? Now(EntityEntry record, string field) =>
        record.Metadata.FindProperty(field) is { } property ? Value(property, record.Property(property.Name).CurrentValue) : null;

    private static IEnumerable<FieldChange> Of(ChangeTracker tracker, Guid owner, Dictionary<Guid, Guid> wholes, bool hidesBefore) =>
        from entry in tracker.Entries()
        where entry.Entity is not (Data.IBookkeeping or JournalRow or OpeningRow)
        where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        let key = Key(entry)
        let subject = Whole(Subject(entry, owner), wholes)
        from property in entry.Properties
        where Matters(entry, property)
        select new FieldChange(
            subject, entry.Metadata.ClrType.Name, key, property.Metadata.Name,
            entry.State is EntityState.Added ? null : hidesBefore ? NeverKept : Value(property.Metadata, property.OriginalValue),
            entry.State is EntityState.Deleted ? null : Value(property.Metadata, property.CurrentValue));

    private static bool Matters(EntityEntry entry, PropertyEntry property) =>
        !property.Metadata.IsPrimaryKey()
        && property.Metadata.FindAnnotation(Bookkeeping) is null
        && entry.State switch
        {
            EntityState.Added => property.CurrentValue is not (null or "" or false),
            EntityState.Deleted => property.OriginalValue is not (null or "" or false),
            _ => property.IsModified && !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue),
        };

    private static Guid Subject(EntityEntry entry, Guid owner) =>
        entry.Entity is IPartOf part ? part.Whole
            : entry.Metadata.FindPrimaryKey()!.Properties is [{ ClrType: var type } key] && type == typeof(Guid)
                ? (Guid)entry.Property(key.Name).CurrentValue!
                : owner;

    // A unit of a measure belongs to the measure, and the measure to its task.
    private static Guid Whole(Guid subject, Dictionary<Guid, Guid> wholes)
    {
        while (wholes.TryGetValue(subject, out var whole) && whole != subject)
        {
            subject = whole;
        }

        return subject;
    }

    internal static string Key(EntityEntry entry) => string.Join(
        '.', entry.Metadata.FindPrimaryKey()!.Properties.Select(key => Text(entry.Property(key.Name).CurrentValue)));

    private static string? Value(IProperty property, object? value) =>
        value is null ? null : property.FindAnnotation(Secret) is null ? Text(value) : NeverKept;

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

internal static class FieldChangeMarks
{
    extension<T>(Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<T> property)
    {
        public Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<T> IsBookkeeping() =>
            property.HasAnnotation(FieldChanges.Bookkeeping, true);

        public Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder<T> IsSecret() =>
            property.HasAnnotation(FieldChanges.Secret, true);
    }
}
