using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Rectify.Bench;

/// <summary>Writes many rows of one table as the model maps them, past the change tracker: a million rows are made, not recorded.</summary>
internal sealed class Bulk<T> where T : class
{
    private readonly IProperty[] columns;
    private readonly string table;

    public Bulk(DbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        // Numbers that the database gives are left to it.
        columns = [.. entity.GetProperties().Where(property => property.ValueGenerated is not ValueGenerated.OnAdd || property.ClrType == typeof(Guid))];
        table = $"\"{entity.GetTableName()}\"";
    }

    private string Names => string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));

    public async Task WriteAsync(DbConnection connection, IEnumerable<T> rows)
    {
        if (connection is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"COPY {table} ({Names}) FROM STDIN BINARY");
            copy.Timeout = TimeSpan.FromHours(1);
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var column in columns)
                {
                    await (Value(column, row) is { } value ? copy.WriteAsync(value) : copy.WriteNullAsync());
                }
            }

            await copy.CompleteAsync();
            return;
        }

        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} ({Names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        var parameters = columns.Select((_, i) =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            insert.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                parameters[i].Value = Value(columns[i], row) ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    private static object? Value(IProperty column, T row)
    {
        var value = column.GetGetter().GetClrValue(row);
        return value is not null && column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
