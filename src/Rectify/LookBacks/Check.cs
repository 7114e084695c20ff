using System.Globalization;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.LookBacks;

/// <summary>What whoever checked on site reports.</summary>
/// <param name="On">The day of the check; none where it was not done.</param>
/// <param name="Place">At most 200 characters; needed where it was done.</param>
/// <param name="Opinion">What was found, or why it was not checked; 1 to 4,000 characters.</param>
/// <param name="Proofs">Pieces of evidence of the item.</param>
public sealed record CheckReport(CheckResult Result, DateOnly? On, string Place, string Opinion, IReadOnlyList<Guid> Proofs);

/// <summary>One look at a closed item after its closing: by rule (持续巩固核查) or by a plan (回头看). One for each item and period, or item and plan.</summary>
public sealed class Check : IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    public required Guid ItemId { get; init; }

    /// <summary>The unit that checks and hands in.</summary>
    public required Guid UnitId { get; init; }

    public required CheckOrigin Origin { get; init; }

    /// <summary>The plan, for <see cref="CheckOrigin.Plan"/>.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>The draw that chose it; <see langword="null"/> if it was chosen by hand.</summary>
    public Guid? DrawId { get; init; }

    /// <summary>Who is to check, as the office wrote it; empty if it said nobody.</summary>
    public string Person { get; init; } = "";

    /// <summary>The day of the closing that it looks back on.</summary>
    public required DateOnly Since { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Unique: item, closing and last day, or plan and item. However often the job runs, a period has one check.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public CheckState State { get; private set; }

    /// <summary>What the unit found; <see langword="null"/> before it handed in.</summary>
    public CheckResult? Result { get; private set; }

    public DateOnly? On { get; private set; }

    public string Place { get; private set; } = "";

    public string Opinion { get; private set; } = "";

    public Actor? HandedInBy { get; private set; }

    public DateTimeOffset? HandedInAt { get; private set; }

    /// <summary>What the supervisor or the office found: this one counts. <see langword="null"/> before.</summary>
    public CheckResult? Found { get; private set; }

    /// <summary>The reviewer's remarks, or why it was sent back or stopped.</summary>
    public string Remarks { get; private set; } = "";

    public Actor? ReviewedBy { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>How often it was sent back.</summary>
    public int Returns { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whether it confirmed that the problem came back.</summary>
    public bool IsRebound => State is CheckState.Done && Found is CheckResult.CameBack;

    public static string KeyOf(Guid item, DateOnly since, DateOnly due) => string.Create(CultureInfo.InvariantCulture, $"s:{item:N}:{since:yyyyMMdd}:{due:yyyyMMdd}");

    public static string KeyOf(Guid plan, Guid item) => $"p:{plan:N}:{item:N}";

    /// <exception cref="Refusal">409: not open, or changed since it was seen. 422: a text that is missing or too long, a day that cannot be.</exception>
    internal CheckHandedIn HandIn(CheckReport report, int version, Actor by, DateOnly today, DateTimeOffset now)
    {
        var to = After(CheckStep.HandIn, version);
        var (place, opinion) = (report.Place.Trim(), report.Opinion.Trim());
        var done = report.Result is not CheckResult.NotDone;
        if (done && (report.On is not { } on || on > today || on < Since))
        {
            throw Refusal.Invalid("check.day", $"Give the day of the check, from {Since:yyyy-MM-dd} to today.", Since);
        }

        if (place.Length > 200 || (done && place.Length == 0))
        {
            throw Refusal.Invalid("check.place", "Say in 1 to 200 characters where it was checked.");
        }

        if (opinion.Length is < 1 or > 4_000)
        {
            throw Refusal.Invalid("check.opinion", "Say in 1 to 4,000 characters what was found, or why it was not checked.");
        }

        (State, Result, On, Place, Opinion, HandedInBy, HandedInAt) = (to, report.Result, done ? report.On : null, place, opinion, by, now);
        (Remarks, ReviewedBy, ReviewedAt) = ("", null, null);
        Version++;
        return new() { Subject = Id, By = by, At = now, Result = report.Result, On = On };
    }

    /// <exception cref="Refusal">409: not handed in, or changed since it was seen. 403: one's own. 422: no remarks.</exception>
    internal CheckSentBack SendBack(string remarks, int version, Actor by, DateTimeOffset now)
    {
        var to = After(CheckStep.SendBack, version);
        Review(to, remarks, needed: true, by, now);
        Returns++;
        return new() { Subject = Id, By = by, At = now };
    }

    /// <param name="found">What counts; where it differs from what was handed in, the remarks say why.</param>
    /// <exception cref="Refusal">409: not handed in, or changed since it was seen. 403: one's own. 422: no remarks.</exception>
    internal CheckConfirmed Confirm(CheckResult found, string remarks, int version, Actor by, DateTimeOffset now)
    {
        var to = After(CheckStep.Confirm, version);
        Review(to, remarks, needed: found != Result, by, now);
        Found = found;
        return new() { Subject = Id, By = by, At = now, Found = found };
    }

    internal CheckStopped Stop(string because, Actor by, DateTimeOffset now)
    {
        State = After(CheckStep.Stop, Version);
        Remarks = because;
        Version++;
        return new() { Subject = Id, By = by, At = now };
    }

    private void Review(CheckState to, string remarks, bool needed, Actor by, DateTimeOffset now)
    {
        if (by == HandedInBy)
        {
            throw Refusal.NotAllowed("check.own", "You handed this check in: someone else has to look at it.");
        }

        if (remarks.Trim() is not { Length: <= 2_000 } said || (needed && said.Length == 0))
        {
            throw Refusal.Invalid("check.remarks", "Say in 1 to 2,000 characters why it is sent back, or why you found something else.");
        }

        (State, Remarks, ReviewedBy, ReviewedAt) = (to, said, by, now);
        Version++;
    }

    private CheckState After(CheckStep step, int version) =>
        CheckFlow.Next(State, step) is not { } to ? throw Refusal.Conflict("check.step", "The check does not stand there any more. Load it again.")
        : version != Version ? throw Refusal.Stale()
        : to;
}

/// <summary>One piece of evidence of a check, with the file that was the newest when it was handed in.</summary>
public sealed class CheckProof : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid CheckId { get; init; }

    public required Guid PieceId { get; init; }

    /// <summary>Number of the file, counted from 1.</summary>
    public required int FileNo { get; init; }

    Guid IPartOf.Whole => CheckId;
}
