using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Platform.Data;

namespace Rectify.Publishing;

/// <summary>Degraded while the journal is not published, or was found to be another one than it should be.</summary>
internal sealed class JournalHealth(Db db, PublisherState state) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (state.Refused is { } refused)
        {
            return HealthCheckResult.Degraded($"The journal is not published: {refused.Message}", data: Code(refused.Code));
        }

        return await db.JournalChecks().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { Finding: not (JournalFinding.Whole or JournalFinding.Mended) } found
            ? HealthCheckResult.Degraded($"The published journal: {found.Finding} {found.Place}", data: Code(found.Finding))
            : HealthCheckResult.Healthy();
    }

    // What anybody may know who asks for /health: the message names folders.
    private static Dictionary<string, object> Code(object code) => new() { ["code"] = code };
}
