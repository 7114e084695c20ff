using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dispatch;

/// <summary>Which returns of a round a page shows.</summary>
public enum ReturnFilter { All, Waiting, Back, Accepted, Late, Missing }

/// <summary>One round: its counts and the units with their returns, in the order of the tree of units.</summary>
public sealed record RoundView
{
    public const int PageSize = 200;

    /// <param name="Level">How deep the unit stands, 1 at the top.</param>
    /// <param name="With">With whom the return lies; the unit itself while it writes.</param>
    public sealed record Row(
        Guid Id, Guid UnitId, string Unit, string Path, int Level, ReturnState State, string With, bool AtOffice, DateTimeOffset Since, DateOnly? SubmittedOn,
        int Lines, int Filled)
    {
        /// <summary>The moment of the submission; <see langword="null"/> also where only the day is known.</summary>
        public DateTimeOffset? SubmittedAt { get; init; }

        public bool Late { get; init; }
    }

    public required DispatchRound Round { get; init; }

    public required Programme Programme { get; init; }

    public required ReturnCounts Counts { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <param name="after">The path of the last unit of the page before.</param>
    /// <exception cref="Refusal">404: no such round, or of a programme that is not theirs to read.</exception>
    public static async Task<RoundView> ReadAsync(Db db, Access reader, Guid id, ReturnFilter filter, string? after, TimeProvider clock, CancellationToken ct)
    {
        var round = await db.RoundsFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("round", id);
        var returns = DatedReturn.Of(db.ReturnsFor(reader).AsNoTracking(), db.RoundsFor(reader).Where(one => one.Id == id));
        var over = round.IsOver(clock.NowMs, clock.Today);
        returns = filter switch
        {
            ReturnFilter.All => returns,
            ReturnFilter.Waiting => returns.Where(dated => dated.One.State == ReturnState.Submitted),
            ReturnFilter.Back => returns.Where(dated => dated.One.State == ReturnState.Returned),
            ReturnFilter.Accepted => returns.Where(dated => dated.One.State == ReturnState.Accepted),
            ReturnFilter.Late => returns.Where(dated => dated.Late),
            ReturnFilter.Missing => returns.Where(dated => over && dated.One.SubmittedOn == null),
        };
        var rows = await returns
            .Join(db.Units(), dated => dated.One.UnitId, unit => unit.Id, (dated, unit) => new { one = dated.One, dated.Late, unit })
            .Join(db.Units(), pair => pair.one.AtId, at => at.Id, (pair, at) => new { pair.one, pair.Late, pair.unit, at })
            .Where(pair => after == null || string.Compare(pair.unit.Path, after) > 0)
            .OrderBy(pair => pair.unit.Path).Take(PageSize)
            .Select(pair => new
            {
                pair.one.Id,
                pair.Late,
                pair.one.UnitId,
                pair.unit.ShortName,
                pair.unit.Path,
                pair.one.State,
                With = pair.at.ShortName,
                pair.one.AtOffice,
                pair.one.Since,
                pair.one.SubmittedOn,
                pair.one.SubmittedAt,
                pair.one.Lines,
                pair.one.Filled,
            })
            .ToListAsync(ct);
        return new()
        {
            Round = round,
            Programme = await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(one => one.Id == round.ProgrammeId, ct),
            Counts = (await RoundList.CountAsync(db, reader, [round], clock, ct)).GetValueOrDefault(id, ReturnCounts.None),
            Rows =
            [
                .. rows.Select(row => new Row(
                    row.Id, row.UnitId, row.ShortName, row.Path, row.Path.Count(c => c == '/'), row.State, row.With, row.AtOffice, row.Since, row.SubmittedOn, row.Lines, row.Filled)
                {
                    SubmittedAt = row.SubmittedAt,
                    Late = row.Late,
                }),
            ],
        };
    }
}
