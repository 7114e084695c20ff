using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Dispatch;

/// <summary>How many returns there are and how far they have come. Counts what the reader may see, and nothing else.</summary>
/// <param name="All">应报.</param>
/// <param name="Came">已报: submitted at least once.</param>
/// <param name="Waiting">待审: with someone for review.</param>
/// <param name="Back">退回, not submitted again.</param>
/// <param name="Late">迟报: submitted after the round was due.</param>
/// <param name="Missing">未报: not submitted, and the round is past its due moment or closed.</param>
public sealed record ReturnCounts(int All, int Came, int Waiting, int Back, int Accepted, int Late, int Missing)
{
    public static ReturnCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);
}

/// <summary>The rounds of a programme, the newest first, with their counts.</summary>
public static class RoundList
{
    public const int PageSize = 50;

    public sealed record Row(DispatchRound Round, ReturnCounts Counts);

    /// <summary>A return that the reader's own unit has to hand in.</summary>
    public sealed record Own(Guid Id, DispatchRound Round, string Unit, ReturnState State, int Lines, int Filled);

    /// <summary>A return that lies with the reader for review.</summary>
    public sealed record Waiting(Guid Id, DispatchRound Round, string Unit, DateTimeOffset Since);

    /// <summary>A page of rounds. Those that end on one day stand on one page, so that it can be a little longer than <see cref="PageSize"/>.</summary>
    /// <param name="before">The last day of the last round of the page before; <see langword="null"/> for the first page.</param>
    public static async Task<List<Row>> PageAsync(Db db, Access reader, Guid programme, DateOnly? before, TimeProvider clock, CancellationToken ct)
    {
        var rounds = await db.RoundsFor(reader).AsNoTracking().Where(round => round.ProgrammeId == programme && (before == null || round.To < before))
            .OrderByDescending(round => round.To).Take(PageSize + Enum.GetValues<CycleKind>().Length - 1).ToListAsync(ct);
        rounds = [.. rounds.Where((round, i) => i < PageSize || round.To == rounds[PageSize - 1].To).OrderByDescending(round => round.To).ThenByDescending(round => round.Kind)];
        var counts = await CountAsync(db, reader, rounds, clock, ct);
        return [.. rounds.Select(round => new Row(round, counts.GetValueOrDefault(round.Id, ReturnCounts.None)))];
    }

    internal static async Task<Dictionary<Guid, ReturnCounts>> CountAsync(Db db, Access reader, IReadOnlyList<DispatchRound> rounds, TimeProvider clock, CancellationToken ct)
    {
        var ids = rounds.Select(round => round.Id).ToArray();
        var counts = await DatedReturn.Of(db.ReturnsFor(reader), db.RoundsFor(reader).Where(round => ids.Contains(round.Id)))
            .GroupBy(dated => dated.One.RoundId)
            .Select(group => new
            {
                group.Key,
                All = group.Count(),
                Came = group.Count(dated => dated.One.SubmittedOn != null),
                Waiting = group.Count(dated => dated.One.State == ReturnState.Submitted),
                Back = group.Count(dated => dated.One.State == ReturnState.Returned),
                Accepted = group.Count(dated => dated.One.State == ReturnState.Accepted),
                Late = group.Count(dated => dated.Late),
            })
            .ToDictionaryAsync(one => one.Key, ct);
        return rounds.Where(round => counts.ContainsKey(round.Id)).ToDictionary(round => round.Id, round =>
        {
            var one = counts[round.Id];
            return new ReturnCounts(one.All, one.Came, one.Waiting, one.Back, one.Accepted, one.Late, round.IsOver(clock.NowMs, clock.Today) ? one.All - one.Came : 0);
        });
    }

    /// <summary>What the reader has to write and to review in rounds that are open, the first due first.</summary>
    public static async Task<(List<Own> Own, List<Waiting> Waiting)> TodoAsync(Db db, Access reader, Guid programme, CancellationToken ct)
    {
        var open = db.RoundsFor(reader).AsNoTracking().Where(round => round.ProgrammeId == programme && round.State == RoundState.Open);
        var own = await db.ReturnsToWriteFor(reader).Join(open, one => one.RoundId, round => round.Id, (one, round) => new { one, round })
            .Join(db.Units(), pair => pair.one.UnitId, unit => unit.Id, (pair, unit) => new { pair.one, pair.round, unit.ShortName })
            .OrderBy(pair => pair.round.DueOn).ThenBy(pair => pair.one.Id).Take(PageSize).ToListAsync(ct);
        var waiting = await db.ReturnsToReviewFor(reader).Join(open, one => one.RoundId, round => round.Id, (one, round) => new { one, round })
            .Join(db.Units(), pair => pair.one.UnitId, unit => unit.Id, (pair, unit) => new { pair.one, pair.round, unit.ShortName })
            .OrderBy(pair => pair.one.Since).ThenBy(pair => pair.one.Id).Take(PageSize).ToListAsync(ct);
        return (
            [.. own.Select(pair => new Own(pair.one.Id, pair.round, pair.ShortName, pair.one.State, pair.one.Lines, pair.one.Filled))],
            [.. waiting.Select(pair => new Waiting(pair.one.Id, pair.round, pair.ShortName, pair.one.Since))]);
    }
}
