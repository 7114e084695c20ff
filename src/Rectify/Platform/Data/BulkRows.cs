using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Rectify.Platform.Data;

/// <summary>Marks rows that come in thousands with one act; <see cref="Db.AddInBulk"/> writes them past the change tracker.</summary>
public interface IBulkRow;

/// <summary>The columns of a table in which new rows are written many at a time, with the model's own conversions.</summary>
internal sealed class BulkTable
{
    private readonly List<(string Name, IProperty Property, RelationalTypeMapping Mapping)> columns;

    public BulkTable(IEntityType type)
    {
        Name = type.GetTableName()!;
        columns =
        [
            .. from property in type.GetProperties()
               where !(property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd) // the database numbers them
               select (property.GetColumnName(), property, property.GetRelationalTypeMapping()),
        ];
    }

    private string Name { get; }

    private string Columns => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    /// <summary>One prepared statement, run for each row.</summary>
    public async Task InsertAsync(DbConnection connection, DbTransaction transaction, IEnumerable<object> rows, CancellationToken ct)
    {
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO \"{Name}\" ({Columns}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        foreach (var (i, column) in columns.Index())
        {
            insert.Parameters.Add(column.Mapping.CreateParameter(insert, $"@p{i}", null, nullable: true));
        }

        foreach (var row in rows)
        {
            foreach (var (i, column) in columns.Index())
            {
                insert.Parameters[i].Value = Value(column, row) ?? DBNull.Value;
            }

            await insert.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>One COPY. Source: https://www.postgresql.org/docs/15/sql-copy.html.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IEnumerable<object> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{Name}\" ({Columns}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                await (Value(column, row) is { } value ? copy.WriteAsync(value, ct) : copy.WriteNullAsync(ct));
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static object? Value((string Name, IProperty Property, RelationalTypeMapping Mapping) column, object row) =>
        column.Property.GetGetter().GetClrValue(row) is not { } value ? null
            : column.Mapping.Converter is { } converter ? converter.ConvertToProvider(value)
            : value;
}
