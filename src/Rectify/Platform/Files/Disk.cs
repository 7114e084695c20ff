using System.Runtime.InteropServices;
using System.Text;

namespace Rectify.Platform.Files;

/// <summary>The few things the store asks of a disk: where a test can let it be full.</summary>
public class Disk
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux

    /// <summary>Opens a file for writing, for nobody else at the same time; makes it if there is none.</summary>
    /// <exception cref="IOException">Another writer has it open.</exception>
    public virtual Stream OpenForWriting(string path) => new FileStream(
        path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Bytes that can still be written where a folder lies.</summary>
    public virtual long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Returns when the disk has what was written.</summary>
    public virtual void Sync(Stream file) => (file as FileStream)?.Flush(flushToDisk: true);

    /// <summary>Puts a file in the place of another, whole or not at all.</summary>
    public virtual void Replace(string path, string by) => File.Move(by, path, overwrite: true);

    /// <summary>Returns when the disk has the folder's names: a renamed file is else lost with the power.</summary>
    public virtual void SyncFolder(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnlyDirectory);
        if (folder < 0)
        {
            throw new IOException($"{path} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        }

        var failed = Flush(folder) != 0;
        _ = Close(folder);
        if (failed)
        {
            throw new IOException($"{path} cannot be written to disk.");
        }
    }

    /// <summary>Whether a failure means that the disk has no room: ENOSPC, ERROR_DISK_FULL.</summary>
    public static bool IsFull(IOException failure) => failure.HResult is 28 or unchecked((int)0x80070070);

    /// <summary>Whether a file could not be opened because someone else writes to it: EWOULDBLOCK, ERROR_SHARING_VIOLATION.</summary>
    public static bool IsBusy(IOException failure) => failure.HResult is 11 or unchecked((int)0x80070020);

#pragma warning disable SYSLIB1054 // three calls without strings need no generated code
    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
#pragma warning restore SYSLIB1054
}
