using System.Net;
using System.Net.Sockets;

namespace Rectify.Browser;

/// <summary>A line between browser and server that breaks on purpose: real connections, really reset.</summary>
internal sealed class CuttingLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri server;
    private readonly Queue<long> cuts;
    private readonly Task listening;
    private readonly List<Socket> open = [];
    private long sent;

    /// <param name="cuts">After how many bytes from the browser the line breaks, all connections with it; in rising order.</param>
    public CuttingLine(Uri server, params long[] cuts)
    {
        (this.server, this.cuts) = (server, new(cuts));
        listener.Start();
        listening = ListenAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>How often it broke so far.</summary>
    public int Breaks { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        Break();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var browser = await listener.AcceptSocketAsync(stop.Token);
                _ = CarryAsync(browser);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task CarryAsync(Socket browser)
    {
        var beyond = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await beyond.ConnectAsync(IPAddress.Loopback, server.Port, stop.Token);
            lock (open)
            {
                open.AddRange([browser, beyond]);
            }

            await Task.WhenAny(PassAsync(browser, beyond, counts: true), PassAsync(beyond, browser, counts: false));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // what was cut is tried again by the browser
        }
        finally
        {
            lock (open)
            {
                open.Remove(browser);
                open.Remove(beyond);
            }

            browser.Dispose();
            beyond.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool counts)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReceiveAsync(buffer, SocketFlags.None, stop.Token)) > 0;)
        {
            for (var at = 0; at < read;)
            {
                at += await to.SendAsync(buffer.AsMemory(at, read - at), SocketFlags.None, stop.Token);
            }

            if (counts)
            {
                Count(read);
            }
        }
    }

    private void Count(int bytes)
    {
        lock (cuts)
        {
            sent += bytes;
            if (!cuts.TryPeek(out var next) || sent < next)
            {
                return;
            }

            cuts.Dequeue();
            Breaks++;
        }

        Break();
    }

    private void Break()
    {
        lock (open)
        {
            foreach (var socket in open)
            {
                socket.Close(0); // a reset, as when a line goes; nothing where it was closed already
            }

            open.Clear();
        }
    }
}
