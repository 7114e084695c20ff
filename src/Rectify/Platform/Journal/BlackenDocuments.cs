using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Rectify.Platform.Data;

namespace Rectify.Platform.Journal;

/// <summary>Finds a value in all that the database holds in the clear, and blackens it in documents. Reads whole tables: rare work.</summary>
public sealed class BlackenDocuments(Db db, IEnumerable<IFollowBlackening> rooms)
{
    private static readonly MethodInfo Rows = typeof(BlackenDocuments).GetMethod(nameof(RowsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>A column in which a value stands, alone or within a longer text.</summary>
    /// <param name="Rows">In how many rows.</param>
    /// <param name="IsDocument">Whether it is of an <see cref="IKeptAsWritten"/>.</param>
    /// <param name="IsDerived">Whether it is made of other records, and follows them.</param>
    /// <param name="Excerpt">Of one of them, as people read it; empty where the value is a name within a document.</param>
    public sealed record Place(string Table, string Column, int Rows, bool IsDocument, bool IsDerived, string Excerpt)
    {
        /// <summary>Names it.</summary>
        public string Key => $"{Table}.{Column}";
    }

    /// <summary>A field in which something was blackened.</summary>
    internal sealed record Field(string Record, string RecordId, string Name);

    /// <summary>Every column of text in which the value stands, in whichever spelling of JSON.</summary>
    public static async Task<List<Place>> FindAsync(Db db, string value, CancellationToken ct)
    {
        var found = new List<Place>();
        foreach (var property in db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.ClrType == typeof(string)))
        {
            var (table, column) = (property.DeclaringType.GetTableName()!, property.GetColumnName());
            var (where, forms) = Where(column, value);
#pragma warning disable EF1002 // tables and columns of our own model
            var rows = await db.Database.SqlQueryRaw<int>($"""SELECT CAST(count(*) AS integer) AS "Value" FROM "{table}" WHERE {where}""", forms).SingleAsync(ct);
            if (rows > 0)
            {
                var some = await db.Database.SqlQueryRaw<string>($"""SELECT "{column}" AS "Value" FROM "{table}" WHERE {where} LIMIT 1""", forms).ToListAsync(ct);
                found.Add(new(table, column, rows, IsOfDocument(property), !IsOfDocument(property) && property.DeclaringType.ClrType.IsAssignableTo(typeof(IBookkeeping)), some.Count > 0 ? Excerpt(some[0], value) : ""));
            }
#pragma warning restore EF1002
        }

        return found;
    }

    /// <summary>Blackens the value in the columns that are named, in the context's memory: whoever asked saves it.</summary>
    /// <param name="places">Each a <see cref="Place.Key"/>.</param>
    /// <returns>The fields, and what the documents say now.</returns>
    /// <exception cref="Refusal">409: a document is not what the journal says. 422: a place that is no document, or a value of one character.</exception>
    internal async Task<(List<Field> Fields, List<DocumentSeal> Seals)> RunAsync(string value, IReadOnlyCollection<string> places, CancellationToken ct)
    {
        var (fields, records) = (new List<Field>(), new HashSet<object>());
        foreach (var place in places.Distinct())
        {
            var property = db.Model.GetEntityTypes().SelectMany(type => type.GetProperties())
                .FirstOrDefault(one => one.ClrType == typeof(string) && IsOfDocument(one) && $"{one.DeclaringType.GetTableName()}.{one.GetColumnName()}" == place);
            if (property is null || value.Length < Blackening.Shortest)
            {
                throw Refusal.Invalid("redaction.place", $"{place} is not blackened: it is no document, or the value has one character.", place);
            }

            foreach (var row in await (Task<List<object>>)Rows.MakeGenericMethod(property.DeclaringType.ClrType).Invoke(null, [db, property, value, ct])!)
            {
                var field = db.Entry(row).Property(property.Name);
                if (field.CurrentValue is string text && Blackening.Of(text, value) is var left && !ReferenceEquals(left, text))
                {
                    field.CurrentValue = left;
                    fields.Add(new(property.DeclaringType.ClrType.Name, FieldChanges.Key(field.EntityEntry), property.Name));
                    records.Add(row);
                }
            }
        }

        await RaiseAsync(records, ct);
        var seals = new List<DocumentSeal>();
        foreach (var room in records.Count > 0 ? rooms : [])
        {
            seals.AddRange(await room.FollowAsync(records, ct));
        }

        return (fields, seals);
    }

    // Whoever has a form open from before must not save what stood there back, and what is kept in memory by version has to be read anew.
    private async Task RaiseAsync(IEnumerable<object> records, CancellationToken ct)
    {
        var raised = new HashSet<object>();
        foreach (var record in records)
        {
            var entry = db.Entry(record);
            if (VersionOf(entry.Metadata) is null && record is IPartOf part
                && entry.Metadata.GetForeignKeys().FirstOrDefault(key => VersionOf(key.PrincipalEntityType) is not null && part.Whole.Equals(entry.Property(key.Properties[0]).CurrentValue)) is { } of
                && await db.FindAsync(of.PrincipalEntityType.ClrType, [part.Whole], ct) is { } whole)
            {
                entry = db.Entry(whole); // a part goes by the version of what it is part of
            }

            if (VersionOf(entry.Metadata) is { } version && raised.Add(entry.Entity))
            {
                var field = entry.Property(version);
                field.CurrentValue = (int)field.CurrentValue! + 1;
            }
        }
    }

    private static IProperty? VersionOf(IEntityType type) => type.FindProperty("Version") is { IsConcurrencyToken: true } version && version.ClrType == typeof(int) ? version : null;

    // A reason that was once given is corrected on no page, of whatever record.
    private static bool IsOfDocument(IProperty property) => property.DeclaringType.ClrType.IsAssignableTo(typeof(IKeptAsWritten)) || property.Name.EndsWith("Because", StringComparison.Ordinal);

    private static async Task<List<object>> RowsAsync<T>(Db db, IProperty property, string value, CancellationToken ct) where T : class
    {
        var (where, forms) = Where(property.GetColumnName(), value);
        return [.. await db.RowsWhere<T>(where, forms).ToListAsync(ct)];
    }

    // Not LIKE: SQLite takes no pattern of more than 50,000 bytes, and a whole opinion can be the value.
    private static (string Where, object[] Forms) Where(string column, string value)
    {
        var forms = Blackening.FormsOf(value).Cast<object>().ToArray();
        return (string.Join(" OR ", forms.Select((_, i) => $"replace(\"{column}\", {{{i}}}, '') <> \"{column}\"")), forms);
    }

    // As people read it: a document of JSON escapes what it says.
    private static string Excerpt(string column, string value)
    {
        const int Around = 20;
        var text = Blackening.TextsOf(column).FirstOrDefault(said => said.Contains(value, StringComparison.OrdinalIgnoreCase)) ?? "";
        var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        var (from, to) = (Math.Max(0, at - Around), Math.Min(text.Length, at + value.Length + Around));
        from -= from > 0 && char.IsLowSurrogate(text[from]) ? 1 : 0; // no half of a rare character
        to += to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
        return $"{(from > 0 ? "…" : "")}{text[from..to]}{(to < text.Length ? "…" : "")}";
    }
}
