using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;

namespace Rectify.Closure;

/// <summary>Every step by which an item was closed has its entry in the journal, signed content included, and every such entry its step.</summary>
internal sealed class ClosedClosures(Db db) : IStandForEntries
{
    private static readonly string Close = JsonNamingPolicy.CamelCase.ConvertName(nameof(StepKind.Close)); // as facts are written

    private static readonly string Take = JsonNamingPolicy.CamelCase.ConvertName(nameof(ClosureActKind.Take));

    public string Kind => ClosureActDone.Name;

    public IEnumerable<string> Told(Guid subject, JsonElement data) =>
        data.GetProperty("stepKind").GetString() == Close && data.GetProperty("act").GetString() == Take
            ? [Said(subject, data.GetProperty("no").GetInt32(), data.TryGetProperty("signedHash", out var hash) ? hash.GetString() : "")]
            : [];

    public async Task<IReadOnlyCollection<string>> RecordsAsync(CancellationToken ct) =>
        [.. (await db.ClosureActs().AsNoTracking().Where(act => act.StepKind == StepKind.Close && act.Act == ClosureActKind.Take)
            .Select(act => new { act.ClosureId, act.No, act.Hash }).ToListAsync(ct)).Select(act => Said(act.ClosureId, act.No, act.Hash))];

    private static string Said(Guid closure, int no, string? hash) => $"{closure} {no} {hash}".TrimEnd();
}
