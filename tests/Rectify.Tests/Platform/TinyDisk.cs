using System.Diagnostics;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform;

/// <summary>A disk of a few kilobytes below a world's files: what is too much for it, the kernel refuses.</summary>
/// <remarks>A file system of its own where this process may mount one; elsewhere <c>/dev/full</c> stands behind every write, which the kernel refuses as well.</remarks>
internal sealed class TinyDisk : IAsyncDisposable
{
    private readonly World world;
    private readonly string folder;
    private readonly bool mounted;

    private TinyDisk(World world, string folder, bool mounted) => (this.world, this.folder, this.mounted) = (world, folder, mounted);

    /// <param name="kibibytes">Its room; pages of 4 KiB.</param>
    public static async Task<TinyDisk> BelowAsync(World world, int kibibytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder, "files")).FullName;
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", folder);
        world.Disk.Instead = mounted ? null : "/dev/full";
        return new(world, folder, mounted);
    }

    /// <summary>There is room from now on; what stands on the disk stays.</summary>
    public async Task MakeRoomAsync()
    {
        world.Disk.Instead = null;
        Assert.True(!mounted || await RunAsync("mount", "-o", "remount,size=64m", folder));
    }

    public async ValueTask DisposeAsync() => Assert.True(!mounted || await RunAsync("umount", folder));

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return process.ExitCode == 0;
    }
}
