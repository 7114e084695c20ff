using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MimeKit;

namespace Rectify.Tests.Notifications;

/// <summary>A real SMTP server on the loopback, a process of its own; smtp_server.py says how it treats whom.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly Process process;
    private readonly BlockingCollection<JsonElement> events = [];
    private readonly List<JsonElement> seen = [];

    private SmtpServer(Process process) => this.process = process;

    public int Port { get; private set; }

    /// <summary>The mails that arrived whole, answered or not.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. Events("mail").Select(one => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(one.GetProperty("text").GetString()!))))];

    /// <param name="options">As smtp_server.py takes them.</param>
    public static SmtpServer Start(string[]? options = null, [CallerFilePath] string here = "")
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-Wignore");
        start.ArgumentList.Add(Path.Combine(Path.GetDirectoryName(here)!, "smtp_server.py"));
        foreach (var option in options ?? [])
        {
            start.ArgumentList.Add(option);
        }

        var server = new SmtpServer(new Process { StartInfo = start });
        server.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
            {
                server.events.Add(JsonDocument.Parse(text).RootElement);
            }
        };
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.Port = server.Wait("port").GetProperty("port").GetInt32();
        return server;
    }

    /// <summary>The next event of this name.</summary>
    public JsonElement Wait(string name)
    {
        while (events.TryTake(out var one, TimeSpan.FromSeconds(60)))
        {
            seen.Add(one);
            if (one.GetProperty("event").GetString() == name)
            {
                return one;
            }
        }

        throw new TimeoutException($"The SMTP server never said {name}.");
    }

    /// <summary>All events of this name so far: the server's answer to a line says that no earlier one is still on its way.</summary>
    public IReadOnlyList<JsonElement> Events(string name)
    {
        process.StandardInput.WriteLine();
        Wait("mark");
        return [.. seen.Where(one => one.GetProperty("event").GetString() == name)];
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
        events.Dispose();
    }
}
