using System.Runtime.InteropServices;
using System.Text;

namespace Rectify.Witness;

/// <summary>The few things a witness asks of its disk: where a test can let it fail.</summary>
internal class WitnessDisk
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux

    /// <summary>Writes a file anew and returns when the disk has its bytes.</summary>
    public virtual void WriteThrough(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

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

#pragma warning disable SYSLIB1054 // three calls without strings need no generated code
    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
#pragma warning restore SYSLIB1054
}
