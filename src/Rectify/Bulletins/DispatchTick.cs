using Rectify.Tasks.Timeline;

namespace Rectify.Bulletins;

/// <summary>The five check boxes of a dispatch table (完成进度). Source: the table that provincial offices issue, as published for 2023.</summary>
public enum DispatchTick
{
    /// <summary>已验收销号.</summary>
    Closed,

    /// <summary>已完成: declared complete, or further on the way to closing.</summary>
    Done,

    /// <summary>达到序时进度.</summary>
    OnSchedule,

    /// <summary>未达序时进度.</summary>
    BehindSchedule,

    /// <summary>尚未启动.</summary>
    NotStarted,
}

/// <summary>Which box a status ticks. The table's last column says the status in its own word wherever the box says less.</summary>
/// <remarks>The first two boxes hold exactly what the programme counts as done, so that ticks and shares agree.</remarks>
internal static class Ticks
{
    public static IReadOnlyList<DispatchTick> All { get; } = Enum.GetValues<DispatchTick>();

    extension(ItemStatus status)
    {
        public DispatchTick Tick => status switch
        {
            ItemStatus.Closed or ItemStatus.Standing => DispatchTick.Closed,
            ItemStatus.Done or ItemStatus.Accept or ItemStatus.Returned or ItemStatus.Notice or ItemStatus.Objected or ItemStatus.Signing
                or ItemStatus.Filed or ItemStatus.NotInvolved => DispatchTick.Done,
            ItemStatus.OnTrack or ItemStatus.Ahead or ItemStatus.Nearly or ItemStatus.Stage => DispatchTick.OnSchedule,
            ItemStatus.Behind or ItemStatus.Policy or ItemStatus.Overdue or ItemStatus.Reopened => DispatchTick.BehindSchedule,
            ItemStatus.NotStarted or ItemStatus.Draft => DispatchTick.NotStarted,
        };

        /// <summary>Whether the box says all there is to say.</summary>
        public bool IsWholeTick => status is ItemStatus.Closed or ItemStatus.Done or ItemStatus.OnTrack or ItemStatus.Behind or ItemStatus.NotStarted;

        public bool IsDone => status.Tick is DispatchTick.Closed or DispatchTick.Done;
    }
}
