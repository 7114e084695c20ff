using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Rectify.Tests;

/// <summary>Fails at the n-th write or commit of a database, before it is done or after.</summary>
internal sealed partial class DbFaults : DbCommandInterceptor, IDbTransactionInterceptor
{
    public const string Message = "The database failed.";

    private int left = int.MaxValue;
    private bool kept;

    public void Arm(int steps, bool afterwards) => (left, kept) = (steps, afterwards);

    public void Disarm() => left = int.MaxValue;

    /// <summary>Whether nothing failed since it was armed: all writes were fewer.</summary>
    public bool IsArmed => left is >= 0 and < int.MaxValue / 2;

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Before(result, Writes(command));

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => After(result, Writes(command));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        Before(result, Writes(command));

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) => After(result, Writes(command));

    public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Before(result, true);

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => await After(0, true);

    private ValueTask<T> Before<T>(T result, bool counts) => counts && !kept && left-- == 0 ? throw new IOException(Message) : ValueTask.FromResult(result);

    private ValueTask<T> After<T>(T result, bool counts) => counts && kept && left-- == 0 ? throw new IOException(Message) : ValueTask.FromResult(result);

    private static bool Writes(DbCommand command) => Written().IsMatch(command.CommandText);

    [GeneratedRegex("^\\s*(INSERT|UPDATE|DELETE|VACUUM)\\b|\\n(INSERT|UPDATE|DELETE)\\b")]
    private static partial Regex Written();
}
