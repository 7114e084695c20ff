using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rectify.Bulletins;
using Rectify.Calendars;
using Rectify.Closure;
using Rectify.Deadlines;
using Rectify.Dispatch;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Schedule;
using Rectify.Tasks;
using Rectify.Workbooks;

namespace Rectify.Tests;

/// <summary>A product with an empty, migrated database of its own and a clock that the test moves.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"rectify-{Guid.CreateVersion7():N}");

    private World(string connection, DateTimeOffset? now = null, bool logged = false)
    {
        Connection = connection;
        Clock = new(now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var collection = new ServiceCollection();
        collection.AddLogging(logging =>
        {
            if (logged)
            {
                logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Log(Logged));
            }
        });
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddDatabase(connection);
        collection.ConfigureDbContext<SqliteDb>(options => DemandOrder(options.AddInterceptors(Faults)));
        collection.ConfigureDbContext<PostgresDb>(options => DemandOrder(options.AddInterceptors(Faults)));
        collection.AddScoped(_ => Halt);
        collection.AddScoped<JournalWriter>();
        collection.AddScoped<NumberEntries>();
        collection.AddScoped<IGuardNumbers>(services => Guard?.Invoke(services) ?? new NoGuard());
        collection.AddText();
        collection.Configure<DataOptions>(data => data.Folder = folder);
        collection.AddFiles();
        collection.AddSingleton<Disk>(Disk);
        collection.AddAccounts();
        collection.Configure<PasswordHasherOptions>(passwords => passwords.IterationCount = 1_000); // half of a test's work otherwise
        collection.AddOrganisation();
        collection.AddCalendars();
        collection.AddTasks();
        collection.AddPlans();
        collection.AddDispatch();
        collection.AddBulletins();
        collection.AddEvidence();
        collection.AddDeadlines();
        collection.AddWorkbooks();
        collection.AddDossiers();
        collection.AddProcedures();
        collection.AddClosure();
        collection.AddNotices();
        collection.AddLookBacks();
        collection.AddSchedule();
        collection.AddPortal();
        collection.AddNotifications();
        collection.AddSingleton<TimeProvider>(Clock);
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    private sealed class NoGuard : IGuardNumbers
    {
        public Task CheckNumbersAsync(CancellationToken ct) => Task.CompletedTask;
    }

    // The first rows of a list without an order are other ones each time.
    private static void DemandOrder(DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning));

    /// <summary>The connection string of its database.</summary>
    public string Connection { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>Whether the process still adds to the journal; a new one stands for a restart.</summary>
    public JournalHalt Halt { get; set; } = new();

    /// <summary>Asked where numbers went lost, as what publishes does in the product.</summary>
    internal Func<IServiceProvider, IGuardNumbers>? Guard { get; set; }

    /// <summary>What was logged, at every level.</summary>
    internal ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>Fails at a write when the test says so.</summary>
    internal DbFaults Faults { get; } = new();

    /// <summary>Full when the test says so.</summary>
    public SmallDisk Disk { get; } = new();

    /// <summary>The data folder.</summary>
    public string Folder => folder;

    /// <param name="now">Where its clock stands; 2 March 2026 unless said.</param>
    /// <param name="logged">Whether <see cref="Logged"/> fills.</param>
    public static async Task<World> CreateAsync(string database, DateTimeOffset? now = null, bool logged = false) =>
        new(database is "sqlite" ? await EmptyDatabase.SqliteAsync() : await EmptyDatabase.PostgresAsync(), now, logged);

    /// <summary>A world on a database that is there.</summary>
    internal static World On(string connection, bool logged = false) => new(connection, logged: logged);

    /// <summary>Does one thing in a scope of its own, as one request would.</summary>
    public async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <inheritdoc cref="InAsync{TService}" />
    public async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await InAsync((Db db) => db.Database.EnsureDeletedAsync());
        await services.DisposeAsync();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>Keeps what is logged.</summary>
internal sealed class Log(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

/// <summary>A disk that has no more room after so many bytes.</summary>
public sealed class SmallDisk : Disk
{
    /// <summary>Bytes that can still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>A file that takes what is written instead; <c>/dev/full</c> is a disk without room, by the kernel's own word.</summary>
    public string? Instead { get; set; }

    public override long Free(string folder) => Room;

    public override Stream OpenForWriting(string path) => new Limited(base.OpenForWriting(path), this);

    public override void Sync(Stream file) => base.Sync(((Limited)file).Inner);

    private sealed class Limited(Stream inner, SmallDisk disk) : Stream
    {
        public Stream Inner => inner;

        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // As a real disk does: what fits is written, the rest is not.
            var fits = (int)Math.Min(disk.Room, buffer.Length);
            if (disk.Instead is { } file)
            {
                await using var other = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
                await other.WriteAsync(buffer, cancellationToken);
            }

            await inner.WriteAsync(buffer[..fits], cancellationToken);
            disk.Room -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device", 28);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush() => inner.Flush();

        public override void SetLength(long value) => inner.SetLength(value);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
