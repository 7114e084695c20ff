using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;

namespace Rectify.Bench;

/// <summary>A backlog of entries is numbered and published into a folder, with every flush to the disk; and what an entry takes on the disk.</summary>
internal static class PublishBench
{
    private const int BodySize = 500;

    public static async Task RunAsync(int entries)
    {
        await using (var sqlite = await Bed.SqliteAsync())
        {
            await RunAsync(sqlite, entries);
        }

        await using var postgres = await Bed.PostgresAsync();
        await RunAsync(postgres, entries);
    }

    private static async Task RunAsync(Bed bed, int entries)
    {
        var empty = await SizeAsync(bed);
        await bed.SqlAsync(Fill(bed.Name, entries));
        var filled = await SizeAsync(bed);
        var numbering = await TimeAsync(() => bed.InAsync((NumberEntries number) => number.RunAsync(default)));

        var target = Path.Combine(bed.Folder, "journal");
        var publishing = await TimeAsync(() => PublishAsync(bed, target));
        var (count, bytes) = Disk(target);

        // All of it through the disk once, in files as large: no publisher can be faster.
        var copying = await TimeAsync(() => CopyAsync(target, Path.Combine(bed.Folder, "copy")));
        Report.Row($"a backlog of {entries.ToString("#,0", CultureInfo.InvariantCulture)} entries, {bed.Name}: numbered", Report.PerSecond(entries / numbering.TotalSeconds), "≥ 30,000/s");
        Report.Row($"the same: published, each file flushed", Report.PerSecond(entries / publishing.TotalSeconds), "≥ 30,000/s",
            $"{count} files copied with a flush each: {Report.PerSecond(entries / copying.TotalSeconds)}; ratio {Report.Percent(copying.TotalSeconds, publishing.TotalSeconds)}");
        Report.Row($"storage of an entry of {BodySize} bytes, {bed.Name}",
            $"{(filled - empty) / (double)entries:0} B in the database, {(bytes - (double)entries * BodySize) / entries:0.0} B published beside its own {BodySize}");
    }

    private static Task<int> PublishAsync(Bed bed, string target) => bed.InAsync((IServiceProvider services) =>
    {
        var (db, options, store) = (services.GetRequiredService<Db>(), Options.Create(new PublishingOptions()), new FolderStore(target, new Disk()));
        var keys = JournalKeys.Of([NoteSigner.Generate("bench.example.org/journal", NoteAlgorithms.Ed25519)], null);
        var check = new CheckPublished(db, store, keys, new WitnessClient(options), NullLogger<CheckPublished>.Instance);
        return new PublishJournal(
            db, services.GetRequiredService<JournalWriter>(), store, keys, new PublisherState(new()), check, options, TimeProvider.System, NullLogger<PublishJournal>.Instance).RunAsync(default);
    });

    private static async Task CopyAsync(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
            await copy.WriteAsync(await File.ReadAllBytesAsync(file));
            copy.Flush(flushToDisk: true);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed;
    }

    private static (int Count, long Bytes) Disk(string folder)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        return (files.Length, files.Sum(file => new FileInfo(file).Length));
    }

    private static async Task<long> SizeAsync(Bed bed) => Convert.ToInt64(
        await bed.SqlAsync(bed.Name == "SQLite"
            ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            : "SELECT pg_total_relation_size('\"Journal\"')"),
        CultureInfo.InvariantCulture);

    // Random bytes as long as an entry: what is in them matters to nobody here.
    private static string Fill(string name, int entries)
    {
        var (series, id, body) = name == "SQLite"
            ? ($"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {entries})", "hex(randomblob(16))", $"randomblob({BodySize})")
            : ($"WITH s AS (SELECT generate_series(1, {entries}) AS n)", "gen_random_uuid()", $"decode(repeat(md5(n::text), {(BodySize / 16) + 1}), 'hex')");
        return $"""
            {series} INSERT INTO "Journal" ("EntryId", "Kind", "Subject", "N", "Act", "By", "At", "Body")
            SELECT {id}, 'bench.noted', {id}, 1, {id}, 'bench', 0, {(name == "SQLite" ? body : $"substring({body} from 1 for {BodySize})")} FROM s
            """;
    }
}
