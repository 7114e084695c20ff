using System.Net;
using System.Net.Sockets;

namespace Rectify;

/// <summary>Ports of this machine for servers that the tests start.</summary>
/// <remarks>Below those that the system gives to outgoing connections: a port found free there can be another's before the server listens.</remarks>
internal static class FreePorts
{
    /// <returns>The first of so many in a row that nobody listens at, in 10,000 to 19,999.</returns>
    public static int Next(int count = 1)
    {
        while (true)
        {
            var first = Random.Shared.Next(10_000, 20_000 - count);
            try
            {
                foreach (var one in Enumerable.Range(first, count))
                {
                    using var listener = new TcpListener(IPAddress.Loopback, one);
                    listener.Start();
                }

                return first;
            }
            catch (SocketException)
            {
                // Taken: others.
            }
        }
    }
}
