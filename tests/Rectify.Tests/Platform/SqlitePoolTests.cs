using Microsoft.Data.Sqlite;

namespace Rectify.Tests.Platform;

/// <summary>The driver's pool of connections: what acts stand on when each has its own transaction.</summary>
public class SqlitePoolTests
{
    private const int Callers = 16;

    private const int Waves = 3_000;

    /// <summary>
    /// The driver at 10.0.12 lent one connection to two callers now and then: an act would have been committed, or taken
    /// back, with another's. Source: https://github.com/dotnet/efcore/issues/39008.
    /// </summary>
    [Fact]
    public void No_two_callers_are_lent_one_connection()
    {
        var path = Path.Combine(Path.GetTempPath(), $"t{Guid.CreateVersion7():N}.db");
        var held = new SqliteConnection[Callers];
        var shared = 0;
        using var wave = new Barrier(Callers, _ => SqliteConnection.ClearPool(new($"Data Source={path}")));
        using var all = new Barrier(Callers, _ => shared += Callers - held.Select(one => one.Handle!.DangerousGetHandle()).Distinct().Count());
        var callers = Enumerable.Range(0, Callers).Select(i => new Thread(() =>
        {
            for (var n = 0; n < Waves; n++)
            {
                wave.SignalAndWait();
                held[i] = new($"Data Source={path}");
                held[i].Open();
                all.SignalAndWait();
                held[i].Close();
            }
        })).ToList();
        callers.ForEach(one => one.Start());
        callers.ForEach(one => one.Join());

        Assert.Equal(0, shared);
        SqliteConnection.ClearPool(new($"Data Source={path}"));
        File.Delete(path);
    }
}
