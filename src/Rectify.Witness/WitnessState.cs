using System.Security.Cryptography;
using System.Text;
using Rectify.Proof;

namespace Rectify.Witness;

/// <summary>What was countersigned last for each journal: one file each, in a folder that one process holds.</summary>
/// <remarks>
/// A file is the checkpoint with this witness's line under it, and is checked when it is read: a state that was damaged or put back by hand
/// stops the program rather than letting it countersign a second history. What no file shows is an older state put back whole: restore it never.
/// </remarks>
internal sealed class WitnessState : IDisposable
{
    private readonly string folder;
    private readonly WitnessDisk disk;
    private readonly FileStream held;

    private WitnessState(string folder, WitnessDisk disk, FileStream held) => (this.folder, this.disk, this.held) = (folder, disk, held);

    /// <summary>Takes hold of the folder; makes it if there is none.</summary>
    /// <exception cref="IOException">Another process holds it, or it cannot be written.</exception>
    public static WitnessState Open(string folder, WitnessDisk disk)
    {
        Directory.CreateDirectory(folder);
        return new(folder, disk, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>How the file of a journal is called, and its address: hexadecimal SHA-256 of the origin.</summary>
    public static string NameOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <summary>The checkpoint countersigned last, with this witness's line.</summary>
    /// <returns><see langword="null"/> if there was none.</returns>
    /// <exception cref="InvalidDataException">The file is not what this witness wrote.</exception>
    public SignedNote? Last(string origin, NoteKey witness)
    {
        var path = PathOf(origin);
        if (!File.Exists(path))
        {
            return null;
        }

        return SignedNote.Read(File.ReadAllBytes(path)) is { } note
            && note.Check([witness]) is { Count: 1 }
            && Checkpoint.Read(note.Text)?.Origin == origin
                ? note
                : throw new InvalidDataException($"{path} is not a checkpoint of {origin} that {witness.Name} countersigned.");
    }

    /// <summary>Keeps a checkpoint in the place of the one before. When this returns, it outlives a crash and a power cut.</summary>
    /// <exception cref="IOException">It may or may not be kept: the caller must not give out the signature.</exception>
    public void Keep(string origin, SignedNote note)
    {
        var path = PathOf(origin);
        disk.WriteThrough(path + ".new", note.ToBytes());
        disk.Replace(path, path + ".new");
        disk.SyncFolder(folder);
    }

    public void Dispose() => held.Dispose();

    private string PathOf(string origin) => Path.Combine(folder, NameOf(origin));
}
