using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Rectify.Platform.Files;

/// <summary>Where the product keeps what is no row; under <c>Data</c> in the configuration.</summary>
public sealed class DataOptions
{
    /// <summary>The data folder; <c>data</c> unless set.</summary>
    public string Folder { get; set; } = "data";
}

/// <summary>Keeps original files by their content: the name is the SHA-256, so one file is kept once and none can be exchanged.</summary>
public sealed class FileStore(IOptions<DataOptions> options)
{
    private string Root => Path.Combine(Path.GetFullPath(options.Value.Folder), "files");

    /// <summary>Writes the file and returns its SHA-256 in 64 small hexadecimal digits. The file is on disk before this returns.</summary>
    /// <exception cref="Refusal">422: more than <paramref name="limit"/> bytes.</exception>
    public async Task<string> KeepAsync(Stream content, long limit, CancellationToken ct)
    {
        Directory.CreateDirectory(Root);
        var temporary = Path.Combine(Root, $".{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.part");
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                long size = 0;
                for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
                {
                    if ((size += read) > limit)
                    {
                        throw Refusal.Invalid("file.too-large", $"The file is larger than {limit / 1_048_576} MiB.");
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                file.Flush(flushToDisk: true);
            }

            var name = Convert.ToHexStringLower(hash.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.Move(temporary, PathOf(name), overwrite: true); // same name, same bytes
            return name;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(temporary);
        }
    }

    /// <summary>Opens a kept file for reading.</summary>
    /// <exception cref="Refusal">404: no such file.</exception>
    public Stream Open(string hash) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) && File.Exists(PathOf(hash))
            ? File.OpenRead(PathOf(hash))
            : throw Refusal.NotFound("file", hash);

    /// <summary>The SHA-256 of every kept file, in no order. Files that come meanwhile may be in it or not.</summary>
    public IEnumerable<string> All() =>
        from folder in Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : []
        from file in Directory.EnumerateFiles(folder)
        let name = Path.GetFileName(file)
        where name.Length == 64 && name.All(char.IsAsciiHexDigitLower)
        select name;

    private string PathOf(string hash) => Path.Combine(Root, hash[..2], hash);
}
