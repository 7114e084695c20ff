using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Rectify.Platform.Files;

namespace Rectify.Platform.Journal;

/// <summary>Encrypts openings with keys that stand in files beside the database, <c>keys/openings-xx.key</c>.</summary>
/// <remarks>
/// AES-256-GCM. Subjects share 256 keys, chosen by the last byte of their id. Whoever has the database, its log or a copy of it alone reads no value, and what those
/// hold of a value can be read by nobody once its key is destroyed: see <see cref="DestroyOpeningKeys"/>. Servers of one database share the folder.
/// A file has a line for each key: its id, the key, and the moment (Unix milliseconds) since which it is replaced, all but the first line. The first is in use.
/// </remarks>
internal sealed class OpeningKeys(IOptions<DataOptions> data)
{
    private const byte Sealed = 1; // JSON begins with another byte

    /// <summary>What an encrypted body begins with.</summary>
    internal static readonly byte[] FirstByte = [Sealed];

    private const int IdBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Head = 1 + IdBytes + NonceBytes + TagBytes;

    private readonly ConcurrentDictionary<string, (DateTime Read, Key[] Keys)> known = new(StringComparer.Ordinal);

    /// <param name="Id">The first eight bytes of the key's SHA-256.</param>
    /// <param name="Replaced">Since when another one is in use; <see langword="null"/> for that one.</param>
    private sealed record Key(byte[] Id, byte[] Secret, long? Replaced);

    private string Folder => Path.Combine(Path.GetFullPath(data.Value.Folder), "keys");

    /// <summary>What stands in the row's body: the key's id, a nonce, a tag and the ciphertext, bound to the row.</summary>
    public byte[] Seal(Guid entry, Guid subject, ReadOnlySpan<byte> json)
    {
        var path = PathOf(subject);
        var key = (Keys(path) is { Length: > 0 } keys ? keys : Make(path))[0];
        var body = new byte[Head + json.Length];
        body[0] = Sealed;
        key.Id.CopyTo(body, 1);
        var nonce = body.AsSpan(1 + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Secret, TagBytes);
        aes.Encrypt(nonce, json, body.AsSpan(Head), body.AsSpan(1 + IdBytes + NonceBytes, TagBytes), Bound(entry, subject));
        return body;
    }

    /// <returns>The JSON; <see langword="null"/> if its key is not there any more. Rows of older versions of the product are not encrypted and come as they are.</returns>
    /// <exception cref="CryptographicException">The row was altered, or stands in another's place.</exception>
    public byte[]? Open(Guid entry, Guid subject, byte[] body)
    {
        if (body.Length == 0 || body[0] != Sealed)
        {
            return body;
        }

        var path = PathOf(subject);
        if ((Find(Keys(path)) ?? Find(Read(path))) is not { } key) // what is known may be as old as the clock of the disk is coarse
        {
            return null;
        }

        var json = new byte[body.Length - Head];
        using var aes = new AesGcm(key.Secret, TagBytes);
        aes.Decrypt(body.AsSpan(1 + IdBytes, NonceBytes), body.AsSpan(Head), body.AsSpan(1 + IdBytes + NonceBytes, TagBytes), json, Bound(entry, subject));
        return json;

        Key? Find(Key[] keys) => Array.Find(keys, key => key.Id.AsSpan().SequenceEqual(body.AsSpan(1, IdBytes)));
    }

    /// <summary>Puts a new key in use for the subject and those that share its key. The old one goes once nothing is encrypted with it.</summary>
    public void Replace(Guid subject, DateTimeOffset now)
    {
        using var hold = Hold();
        var path = PathOf(subject);
        var at = now.ToUnixTimeMilliseconds();
        Write(path, [New(), .. Read(path).Select(key => key with { Replaced = key.Replaced ?? at })]);
    }

    /// <summary>Keys that were replaced at a moment or before it: file and id.</summary>
    public IEnumerable<(string Path, byte[] Id)> Replaced(DateTimeOffset until) =>
        from path in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "openings-??.key") : []
        from key in Keys(path)
        where key.Replaced <= until.ToUnixTimeMilliseconds()
        select (path, key.Id);

    /// <summary>Destroys a key that was replaced.</summary>
    public void Destroy(string path, byte[] id)
    {
        using var hold = Hold();
        Write(path, [.. Read(path).Where(key => key.Replaced is null || !key.Id.AsSpan().SequenceEqual(id))]);
    }

    private string PathOf(Guid subject)
    {
        Span<byte> bytes = stackalloc byte[16];
        subject.TryWriteBytes(bytes, bigEndian: true, out _);
        return Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"openings-{bytes[^1]:x2}.key"));
    }

    private static byte[] Bound(Guid entry, Guid subject) => [.. entry.ToByteArray(bigEndian: true), .. subject.ToByteArray(bigEndian: true)];

    private Key[] Keys(string path)
    {
        var written = File.GetLastWriteTimeUtc(path); // of a file that is not there: the year 1601
        if (!known.TryGetValue(path, out var read) || read.Read != written)
        {
            known[path] = read = (written, Read(path));
        }

        return read.Keys;
    }

    private Key[] Make(string path)
    {
        using var hold = Hold();
        if (Read(path) is not { Length: > 0 } keys) // another server may have been first
        {
            Write(path, keys = [New()]);
        }

        return keys;
    }

    private static Key New()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return new(SHA256.HashData(secret)[..IdBytes], secret, null);
    }

    private static Key[] Read(string path) => !File.Exists(path) ? [] :
    [
        .. File.ReadAllLines(path).Select(line => line.Split(' ')).Select(parts => new Key(
            Convert.FromHexString(parts[0]), Convert.FromHexString(parts[1]), parts.Length > 2 ? long.Parse(parts[2], CultureInfo.InvariantCulture) : null)),
    ];

    // On disk before anything is encrypted with it, and whole or not at all.
    private void Write(string path, Key[] keys)
    {
        var part = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(part, options))
        {
            using var lines = new StreamWriter(file, leaveOpen: true) { NewLine = "\n" };
            foreach (var key in keys)
            {
                lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(key.Id)} {Convert.ToHexStringLower(key.Secret)} {key.Replaced}").TrimEnd());
            }

            lines.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        known.TryRemove(path, out _);
    }

    // One server or command at a time makes, replaces or destroys a key.
    private FileStream Hold()
    {
        Directory.CreateDirectory(Folder);
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new(Path.Combine(Folder, "openings.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 200)
            {
                Thread.Sleep(10);
            }
        }
    }
}
