using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rectify.Platform;

namespace Rectify.CommandLine;

/// <summary>What a backup says of itself, in <c>backup.json</c>.</summary>
/// <param name="Format">1.</param>
/// <param name="Database"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="LastMigration">The shape of its database; a program that does not know it is older.</param>
/// <param name="Originals">How many original files.</param>
/// <param name="Keys">Whether the keys of cookies are in it.</param>
internal sealed record BackupNote(int Format, string Database, DateTimeOffset TakenAt, string LastMigration, int Originals, bool Keys);

/// <summary>A folder with a backup: what is in it, and the SHA-256 of each file as <c>sha256sum -c SHA256SUMS</c> checks it.</summary>
internal static class BackupFolder
{
    public const string Note = "backup.json";
    public const string Sums = "SHA256SUMS";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // A link could lead out of the folder: it is not taken for a file, and so is missing.
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Makes a folder that only the operator may open, where the machine knows such rights.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes a new file and has it on disk before this returns.</summary>
    /// <returns>Its SHA-256 in 64 small hexadecimal digits.</returns>
    public static async Task<string> WriteAsync(Stream content, string path, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Says what is in the folder, once everything is.</summary>
    public static async Task FollowAsync(string folder, BackupNote note, CancellationToken ct)
    {
        using (var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(note, Json)))
        {
            await WriteAsync(json, Path.Combine(folder, Note), ct);
        }

        var sums = new StringBuilder();
        foreach (var name in Names(folder))
        {
            sums.Append(CultureInfo.InvariantCulture, $"{await HashAsync(folder, name, ct)}  {name}\n");
        }

        using var text = new MemoryStream(Encoding.UTF8.GetBytes(sums.ToString()));
        await WriteAsync(text, Path.Combine(folder, Sums), ct);
    }

    /// <summary>Reads a backup's note, once every file has proved to be the one that was written, and none to be missing or added.</summary>
    /// <returns>The note, and the files with their SHA-256.</returns>
    /// <exception cref="Refusal">422: this is no backup, or it is damaged; the sentence names the first file.</exception>
    public static async Task<(BackupNote Note, IReadOnlyDictionary<string, string> Files)> CheckAsync(string folder, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder, Sums)))
        {
            throw Refusal.Invalid("restore.no-backup", $"There is no whole backup in {folder}.", folder);
        }

        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, Sums), ct))
        {
            if (line.Split("  ", 2) is not [{ Length: 64 } hash, var name] || !stated.TryAdd(name, hash))
            {
                throw Damaged(Sums);
            }
        }

        var found = Names(folder).ToHashSet(StringComparer.Ordinal);
        if (found.Concat(stated.Keys).FirstOrDefault(name => !found.Contains(name) || !stated.ContainsKey(name)) is { } odd)
        {
            throw Damaged(odd);
        }

        foreach (var (name, hash) in stated)
        {
            if (await HashAsync(folder, name, ct) != hash)
            {
                throw Damaged(name);
            }
        }

        if (!stated.ContainsKey(Note))
        {
            throw Damaged(Note);
        }

        var note = JsonSerializer.Deserialize<BackupNote>(await File.ReadAllBytesAsync(Path.Combine(folder, Note), ct), Json);
        return note is { Format: 1 } ? (note, stated) : throw Refusal.Invalid("restore.newer", "The backup was made by a newer version of the program.");
    }

    /// <exception cref="Refusal">422, always.</exception>
    public static Refusal Damaged(string name) => Refusal.Invalid("restore.damaged", $"The backup is damaged: {name}.", name);

    // Relative, with slashes, in the order of their bytes.
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", All)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => name != Sums)
            .Order(StringComparer.Ordinal);

    private static async Task<string> HashAsync(string folder, string name, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(folder, name));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}
