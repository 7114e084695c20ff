using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rectify.Browser;

/// <summary>The built program, run as a user runs it: its own process, its own data folder with the sample programme.</summary>
internal sealed class Server : IAsyncDisposable
{
    // Restoring a database and importing the sample on a machine that builds at the same time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    // The sample is loaded once for a run. Each server has a copy of what a program that was killed after loading left.
    private static readonly Lazy<Task<string>> Loaded = new(async () =>
    {
        var server = new Server(NewFolder(), new($"http://127.0.0.1:{FreePorts.Next()}"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(server.data, recursive: true);
        await server.RunAsync();
        await server.KillAsync();
        return server.data;
    });

    private readonly string data;
    private readonly StringBuilder said = new();
    private Process process = null!;
    private string? published;

    private Server(string data, Uri address) => (this.data, Address) = (data, address);

    public Uri Address { get; }

    /// <exception cref="InvalidOperationException">The program ended, or did not answer in time; with what it wrote.</exception>
    /// <param name="publishing">Whether it publishes its journal into its data folder, as an operator sets it up.</param>
    public static async Task<Server> StartAsync(bool publishing = false)
    {
        var sample = await Loaded.Value;
        var server = new Server(NewFolder(), new($"http://127.0.0.1:{FreePorts.Next()}"));
        try
        {
            foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(server.data, Path.GetRelativePath(sample, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            if (publishing)
            {
                server.published = Path.Combine(server.data, "published");
                using var key = Process.Start(new ProcessStartInfo(Program, ["journal", "key", "--origin", "register.example.org", "--data", server.data]) { RedirectStandardOutput = true })!;
                await key.WaitForExitAsync();
            }

            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync(); // nothing is left running
            throw;
        }
    }

    /// <summary>Its data folder.</summary>
    public string Data => data;

    /// <summary>Memory of the process in bytes: the most that it had so far.</summary>
    public long MostMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Kills the process as kill -9 does, whatever it is doing. Its data stay.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Starts the program; again after <see cref="KillAsync"/>, on the same data and the same port.</summary>
    public async Task RunAsync()
    {
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "serve", "--data", data, "--urls", Address.ToString().TrimEnd('/'), "--sample", SampleFolder() })
        {
            start.ArgumentList.Add(argument);
        }

        // Tests say themselves when a notice ends. By itself the server would do it at some moment of theirs.
        start.Environment["Jobs__EndNotices"] = "1.00:00:00";
        if (published is not null)
        {
            start.Environment["Publishing__Folder"] = published;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rectify.exe" : "rectify");

    private static string NewFolder() => Directory.CreateTempSubdirectory("rectify-browser-").FullName;

    private static string SampleFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, "../../../samples/yunling"));

    private async Task WaitAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(200))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{Said}");
            }

            try
            {
                if ((await client.GetAsync("/health")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }

        throw new InvalidOperationException($"The program did not answer within {Patience}:\n{Said}");
    }

    private string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said)
        {
            said.AppendLine(line.Data);
        }
    }
}
