using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>The five check boxes of a dispatch table (完成进度). Source: the table that provincial offices issue, as published for 2023.</summary>
public enum DispatchTick
{
    /// <summary>已验收销号.</summary>
    Closed,

    /// <summary>已完成: declared complete, or further on the way to closing, and not sent back since.</summary>
    Done,

    /// <summary>达到序时进度.</summary>
    OnSchedule,

    /// <summary>未达序时进度.</summary>
    BehindSchedule,

    /// <summary>尚未启动.</summary>
    NotStarted,
}

/// <summary>Which box a status ticks. The table's last column says the status in its own word wherever the box says less.</summary>
/// <remarks>
/// The first two boxes hold what the programme counts as done, save one status: what was sent back at acceptance (退回补正) stays declared complete and
/// counts in every share, but work is owed on it again, so its box is 未达序时进度: its light is yellow or red until it is put right, never green.
/// </remarks>
internal static class Ticks
{
    public static IReadOnlyList<DispatchTick> All { get; } = Enum.GetValues<DispatchTick>();

    extension(ItemStatus status)
    {
        public DispatchTick Tick => status switch
        {
            ItemStatus.Closed or ItemStatus.Standing => DispatchTick.Closed,
            ItemStatus.Done or ItemStatus.Accept or ItemStatus.Notice or ItemStatus.Objected or ItemStatus.Signing
                or ItemStatus.Filed or ItemStatus.NotInvolved => DispatchTick.Done,
            ItemStatus.OnTrack or ItemStatus.Ahead or ItemStatus.Nearly or ItemStatus.Stage => DispatchTick.OnSchedule,
            ItemStatus.Behind or ItemStatus.Policy or ItemStatus.Overdue or ItemStatus.Returned or ItemStatus.Reopened => DispatchTick.BehindSchedule,
            ItemStatus.NotStarted or ItemStatus.Draft => DispatchTick.NotStarted,
        };

        /// <summary>Whether the box says all there is to say.</summary>
        public bool IsWholeTick => status is ItemStatus.Closed or ItemStatus.Done or ItemStatus.OnTrack or ItemStatus.Behind or ItemStatus.NotStarted;

        /// <summary>Whether the programme counts it as done: <see cref="Overview.DoneStatuses"/>.</summary>
        public bool IsDone => Overview.DoneStatuses.Contains(status);

        /// <summary>Whether it ticks a box of those not done and counts there: the parts of a bulletin's sum take no task twice.</summary>
        public bool IsOpenAt(DispatchTick tick) => status.Tick == tick && !status.IsDone;
    }
}
