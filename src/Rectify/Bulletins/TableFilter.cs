using System.Globalization;
using Microsoft.Extensions.Primitives;
using Rectify.Dispatch;
using Rectify.Platform;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>Which tasks of a round are asked for.</summary>
public enum TableWhich
{
    All,

    /// <summary>Declared complete or further, closed ones among them.</summary>
    Done,
    Closed,
    OnSchedule,
    BehindSchedule,
    NotStarted,

    /// <summary>With a red light.</summary>
    Red,
}

/// <summary>Which rows of a dispatch table are shown, as its address says it. A bulletin's figure is the count of the rows that its filter leaves.</summary>
/// <param name="Unit">Tasks for which this unit answers, and its statements alone.</param>
/// <param name="Aspect">0 for tasks under none.</param>
/// <param name="TasksOnly">Whether parts of tasks are left out, as figures do.</param>
public sealed record TableFilter(TableWhich Which = TableWhich.All, Guid? Unit = null, int? Aspect = null, ItemStatus? Status = null, bool TasksOnly = false)
{
    /// <summary>Whether a task is shown.</summary>
    public bool Takes(FrozenTask task) =>
        (Unit is not { } unit || task.Answering.Any(one => one.Id == unit))
        && (Aspect is not { } aspect || (task.AspectNo ?? 0) == aspect)
        && (Status is null || task.Status == Status)
        && (!TasksOnly || task.Kind is ItemKind.Task)
        && Which switch
        {
            TableWhich.All => true,
            TableWhich.Done => task.Status.IsDone,
            TableWhich.Closed => task.Status.Tick is DispatchTick.Closed,
            TableWhich.OnSchedule => task.Status.IsOpenAt(DispatchTick.OnSchedule),
            TableWhich.BehindSchedule => task.Status.IsOpenAt(DispatchTick.BehindSchedule),
            TableWhich.NotStarted => task.Status.IsOpenAt(DispatchTick.NotStarted),
            TableWhich.Red => task.Light is Light.Red,
        };

    /// <summary>The address's query, with the question mark; empty for everything.</summary>
    public string Query
    {
        get
        {
            string[] parts =
            [
                .. Which is TableWhich.All ? [] : new[] { $"which={Which.ToString().ToLowerInvariant()}" },
                .. Unit is { } unit ? new[] { $"unit={unit}" } : [],
                .. Aspect is { } aspect ? new[] { string.Create(CultureInfo.InvariantCulture, $"aspect={aspect}") } : [],
                .. Status is { } status ? new[] { $"status={status.ToString().ToLowerInvariant()}" } : [],
                .. TasksOnly ? new[] { "level=task" } : [],
            ];
            return parts.Length == 0 ? "" : "?" + string.Join('&', parts);
        }
    }

    /// <exception cref="Refusal">400: a value that its name does not have.</exception>
    public static TableFilter Read(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var values = query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        string? One(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        static T Named<T>(string value) where T : struct, Enum =>
            !char.IsAsciiDigit(value[0]) && Enum.TryParse<T>(value, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : throw Bad(value);
        return new(
            One("which") is { } which ? Named<TableWhich>(which) : TableWhich.All,
            One("unit") is { } unit ? Guid.TryParse(unit, out var id) ? id : throw Bad(unit) : null,
            One("aspect") is { } aspect ? int.TryParse(aspect, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : throw Bad(aspect) : null,
            One("status") is { } status ? Named<ItemStatus>(status) : null,
            One("level") is { } level && (level == "task" ? true : throw Bad(level)));
    }

    private static Refusal Bad(string value) => Refusal.Malformed($"No such value here: {value}.");
}
