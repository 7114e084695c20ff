using System.Globalization;
using Rectify.Platform;

namespace Rectify.LookBacks;

/// <summary>How often items with lasting duties are checked after their closing (核查周期): configuration of the programme. Without it every three months.</summary>
public sealed class CheckRules
{
    /// <summary>A quarter. This product's own default: no published rule names a period.</summary>
    public const int UsualMonths = 3;

    private CheckRules() { } // for EF Core

    public Guid ProgrammeId { get; private init; }

    /// <summary>Months from one check to the next; 1 to 24.</summary>
    public int Months { get; private set; } = UsualMonths;

    /// <summary>Types of tasks with a period of their own: a line <c>type=months</c> for each.</summary>
    public string Types { get; private set; } = "";

    public int Version { get; private set; }

    internal static CheckRules Of(Guid programme) => new() { ProgrammeId = programme };

    public IReadOnlyDictionary<string, int> ByType => Types.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('='))
        .ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The period of a type of task.</summary>
    public int MonthsOf(string taskType) => ByType.TryGetValue(taskType, out var months) ? months : Months;

    /// <summary>The last day of the period that a day lies in, counted in whole periods from the closing; the day itself if it is one.</summary>
    public static DateOnly DueAt(DateOnly since, int months, DateOnly today)
    {
        var periods = Math.Max(1, (((today.Year - since.Year) * 12) + today.Month - since.Month) / months);
        while (since.AddMonths(periods * months) < today)
        {
            periods++;
        }

        return since.AddMonths(periods * months);
    }

    /// <summary>The last days of all periods after one and up to another.</summary>
    public static IEnumerable<DateOnly> DueBetween(DateOnly since, int months, DateOnly after, DateOnly until)
    {
        for (var periods = 1; since.AddMonths(periods * months) is var due && due <= until; periods++)
        {
            if (due > after)
            {
                yield return due;
            }
        }
    }

    /// <exception cref="Refusal">422: a period outside 1 to 24 months, a type that is empty, too long or named twice, or more than 40 types.</exception>
    internal void Change(int months, IReadOnlyList<(string Type, int Months)> types)
    {
        List<(string Type, int Months)> clean = [.. types.Select(one => (one.Type.Trim(), one.Months))];
        if (months is < 1 or > 24 || clean.Exists(one => one.Months is < 1 or > 24))
        {
            throw Refusal.Invalid("check-rules.months", "A period has 1 to 24 months.");
        }

        if (clean.Count > 40 || clean.Exists(one => one.Type.Length is 0 or > 40 || one.Type.AsSpan().ContainsAny('=', '\n', '\r')) || clean.DistinctBy(one => one.Type).Count() != clean.Count)
        {
            throw Refusal.Invalid("check-rules.types", "Name each type of task once, at most 40 of them.");
        }

        (Months, Types) = (months, string.Join('\n', clean.OrderBy(one => one.Type, StringComparer.Ordinal).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Type}={one.Months}"))));
        Version++;
    }
}
