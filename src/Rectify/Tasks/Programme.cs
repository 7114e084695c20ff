using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>Who inspected: the level decides who approves the plan.</summary>
public enum InspectionLevel { Central, Provincial, Municipal }

/// <summary>One round of inspection and all that a region does to put right what it found (督察整改).</summary>
public sealed class Programme
{
    private Programme() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Part of its address: 1 to 40 lower-case letters, digits and hyphens, unique.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The plan's full title.</summary>
    public string Name { get; private set; } = "";

    public string ShortName { get; private set; } = "";

    public InspectionLevel Level { get; private set; }

    /// <summary>As written: 第一轮.</summary>
    public string Round { get; private set; } = "";

    /// <summary>The inspection team.</summary>
    public string Team { get; private set; } = "";

    /// <summary>The unit whose region it is: the top of the programme's units.</summary>
    public Guid RegionId { get; private set; }

    /// <summary>First and last day on which the team was stationed.</summary>
    public DateOnly? StationedFrom { get; private set; }

    public DateOnly? StationedTo { get; private set; }

    /// <summary>The day the findings were given.</summary>
    public DateOnly? FeedbackOn { get; private set; }

    /// <summary>The body that approves the plan; it also approves a changed deadline.</summary>
    public string ApprovedBy { get; private set; } = "";

    /// <summary>The day the first plan was approved; <see langword="null"/> while it is drafted (方案报批中).</summary>
    public DateOnly? ApprovedOn { get; private set; }

    /// <summary>Margins of statuses and lights.</summary>
    public StatusRules Rules { get; private set; } = new();

    public int Version { get; private set; }

    /// <exception cref="Refusal">422: no name, or a code that cannot be part of an address.</exception>
    public static Programme Create(string code, ProgrammeDetails details)
    {
        if (code.Length is 0 or > 40 || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
        {
            throw Refusal.Invalid("programme.code", "A programme's code has 1 to 40 lower-case letters, digits and hyphens.");
        }

        var programme = new Programme { Code = code };
        programme.Take(details);
        return programme;
    }

    /// <exception cref="Refusal">422: no name.</exception>
    public void Change(ProgrammeDetails details)
    {
        Take(details);
        Version++;
    }

    /// <summary>Takes new margins; statuses and lights of all items are computed anew.</summary>
    /// <exception cref="Refusal">422: a margin out of its range, or red sooner than behind.</exception>
    public void Change(StatusRules rules)
    {
        if (rules.BehindPoints is < 0 or > 100 || rules.AheadPoints is < 1 or > 100 || rules.RedPoints is < 0 or > 100
            || rules.RedPoints < rules.BehindPoints)
        {
            throw Refusal.Invalid("programme.points", "Points go from 0 to 100, and red is not sooner than behind.");
        }

        if (rules.EarlyMilestoneDays is < 0 or > 3_660 || rules.RedAfterDays is < 0 or > 3_660 || rules.YellowDaysBeforeDue is < 0 or > 3_660
            || rules.CatchUpDays is < 1 or > 3_660)
        {
            throw Refusal.Invalid("programme.days", "Days go from 0 to 3,660; catching up takes at least one.");
        }

        Rules = rules;
        Version++;
    }

    /// <summary>The first plan was approved. Later versions do not move the date.</summary>
    internal void Approve(DateOnly on)
    {
        ApprovedOn ??= on;
        Version++;
    }

    private void Take(ProgrammeDetails details)
    {
        if (details.Name.Trim() is not { Length: > 0 and <= 200 } name)
        {
            throw Refusal.Invalid("programme.name", "A programme's name has 1 to 200 characters.");
        }

        (Name, Level, Round, Team) = (name, details.Level, details.Round.Trim(), details.Team.Trim());
        ShortName = details.ShortName.Trim() is { Length: > 0 } shortName ? shortName : name;
        (RegionId, ApprovedBy) = (details.RegionId, details.ApprovedBy.Trim());
        (StationedFrom, StationedTo, FeedbackOn) = (details.StationedFrom, details.StationedTo, details.FeedbackOn);
    }
}

/// <summary>What a person states of a programme.</summary>
public sealed record ProgrammeDetails(string Name, Guid RegionId)
{
    public string ShortName { get; init; } = "";

    public InspectionLevel Level { get; init; }

    public string Round { get; init; } = "";

    public string Team { get; init; } = "";

    public string ApprovedBy { get; init; } = "";

    public DateOnly? StationedFrom { get; init; }

    public DateOnly? StationedTo { get; init; }

    public DateOnly? FeedbackOn { get; init; }
}

/// <summary>What the aspects of a programme sort: what was found, what was advised, or the tasks of the plan.</summary>
public enum AspectKind { Finding, Advice, Task }

/// <summary>A heading under which findings, advice or tasks stand (方面).</summary>
public sealed class Aspect : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    public required AspectKind Kind { get; init; }

    /// <summary>Counted from 1 within its kind.</summary>
    public required int No { get; init; }

    public required string Name { get; set; }

    Guid IPartOf.Whole => ProgrammeId;
}
