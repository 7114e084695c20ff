using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.LookBacks;

/// <param name="Title">1 to 200 characters.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day, and the last day of its checks unless they are given another.</param>
/// <param name="Note">What it is about; at most 2,000 characters.</param>
public sealed record PlanDetails(string Title, DateOnly From, DateOnly To, string Note = "");

/// <summary>A plan of looking back (回头看计划): closed items that are checked again within a period, chosen by hand or by lot.</summary>
public sealed class LookBackPlan : IKeptAsWritten
{
    private LookBackPlan() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    public required string Title { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required string Note { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required Actor MadeBy { get; init; }

    /// <summary>How many draws it has had, the voided among them.</summary>
    public int Draws { get; private set; }

    public int Version { get; private set; }

    /// <exception cref="Refusal">422: a title or note that cannot be, or a period that ends before it begins.</exception>
    internal static LookBackPlan Create(Guid programme, PlanDetails details, Actor by, DateTimeOffset now)
    {
        var (title, note) = (details.Title.Trim(), details.Note.Trim());
        return title.Length is < 1 or > 200 || note.Length > 2_000 ? throw Refusal.Invalid("lookback.title", "A plan has a title of 1 to 200 characters, and a note of at most 2,000.")
            : details.To < details.From || details.To.DayNumber - details.From.DayNumber > 1_100 ? throw Refusal.Invalid("lookback.period", "A plan's period ends after it begins, and has at most three years.")
            : new() { ProgrammeId = programme, Title = title, From = details.From, To = details.To, Note = note, MadeAt = now, MadeBy = by };
    }

    /// <summary>The number of its next draw, counted from 1.</summary>
    internal int NextDraw()
    {
        Version++;
        return ++Draws;
    }
}
