using System.Diagnostics;
using System.Globalization;

namespace Rectify.Evidence;

/// <summary>Runs a program of the machine on a stranger's file, within limits of time and memory.</summary>
internal static class OtherProgram
{
    /// <returns>Its path, or <see langword="null"/> where it is not installed.</returns>
    public static string? Find(params string[] names) => (
        from name in names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let path = Path.Combine(folder, name)
        where OperatingSystem.IsLinux() && File.Exists(path)
        select path).FirstOrDefault();

    /// <param name="home">The only folder that it takes for its own.</param>
    /// <returns><see langword="true"/> if it ended by itself and well; <see langword="null"/> if its time ran out.</returns>
    public static async Task<bool?> RunAsync(string program, IEnumerable<string> arguments, string home, int seconds, int memoryMiB, CancellationToken ct)
    {
        // The shell sets the limits for itself and then becomes the program.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = home, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] all =
        [
            "-c", "ulimit -v \"$1\" && ulimit -t \"$2\" && shift 2 && exec \"$@\"", "sh",
            (memoryMiB * 1024L).ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture), program, .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        var path = start.Environment["PATH"];
        start.Environment.Clear(); // connection strings and keys are none of its business
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = home;
        start.Environment["TMPDIR"] = home;
        start.Environment["LANG"] = "C.UTF-8";

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            // What it says is of no use and must not fill its pipe.
            var said = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit.Token), process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token));
            await process.WaitForExitAsync(limit.Token);
            await said;
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }
}
