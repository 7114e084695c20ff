namespace Rectify.Dispatch;

/// <summary>A return with its round, and whether it came too late: the only place that says what that means.</summary>
internal sealed class DatedReturn
{
    public required UnitReturn One { get; init; }

    public required DispatchRound Round { get; init; }

    /// <summary>Whether it was submitted after the round was due: by the moment, or by the day where the round has no hour.</summary>
    public required bool Late { get; init; }

    public static IQueryable<DatedReturn> Of(IQueryable<UnitReturn> returns, IQueryable<DispatchRound> rounds) => returns.Join(rounds, one => one.RoundId, round => round.Id, (one, round) => new DatedReturn
    {
        One = one,
        Round = round,
        Late = one.SubmittedOn != null && (round.DueAt == null ? one.SubmittedOn > round.DueOn : one.SubmittedAt > round.DueAt),
    });
}
