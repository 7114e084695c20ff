using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Rectify.Platform.Web;

/// <summary>The proxies in front, whose word on where a request comes from is taken: <c>Proxies</c> in the configuration.</summary>
/// <remarks>
/// Addresses and networks, parted by commas or spaces: <c>10.0.0.5, 10.1.0.0/16</c>. None unless set. Anybody can send the headers;
/// they count only as far as the hops that passed them on are proxies of ours.
/// Source: https://learn.microsoft.com/aspnet/core/host-and-deploy/proxy-load-balancer.
/// </remarks>
internal static class Proxies
{
    private const string Setting = "Proxies";

    private static readonly char[] Parting = [',', ' ', ';'];

    /// <exception cref="Refusal">422: a word of the setting is no address and no network.</exception>
    public static void AddProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var (addresses, networks) = Parse(configuration[Setting] ?? "");
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.ForwardLimit = null; // every hop must be a known one, so the number of hops does not matter
            options.KnownProxies.Clear(); // loopback, by default: whoever has an account on the machine is no proxy
            options.KnownIPNetworks.Clear();
            addresses.ForEach(options.KnownProxies.Add);
            networks.ForEach(options.KnownIPNetworks.Add);
        });
    }

    public static void UseProxies(this WebApplication app)
    {
        if (!string.IsNullOrWhiteSpace(app.Configuration[Setting]))
        {
            app.UseForwardedHeaders();
        }
    }

    private static (List<IPAddress> Addresses, List<System.Net.IPNetwork> Networks) Parse(string setting)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (var word in setting.Split(Parting, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(word, out var address))
            {
                addresses.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(word, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw Refusal.Invalid("setting.proxies", $"Proxies: '{word}' is no address and no network.", word);
            }
        }

        return (addresses, networks);
    }
}
