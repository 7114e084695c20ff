namespace Rectify.Platform.Web;

/// <summary>One changed field of a record, before and after; <see langword="null"/> where there was nothing.</summary>
public sealed record Change(string Field, string? Old, string? New);

/// <summary>One line of a record's history.</summary>
/// <param name="Act">In plain words: 退回3月调度填报.</param>
/// <param name="Who">The person's name; never "system".</param>
/// <param name="Number">The entry's number in the register, counted from 1, once it has one.</param>
/// <param name="Remark">What was said about it.</param>
public sealed record HistoryEntry(
    DateTimeOffset At, string Act, string Who, string? Unit, long? Number, IReadOnlyList<Change> Changes, string? Remark = null);

/// <summary>An applied filter. <paramref name="Without"/> is the same list without it.</summary>
public sealed record Chip(string Label, string Without);

/// <summary>A place above this page; the last one, the page itself, has no <paramref name="Href"/>.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>The colour of a message: done, to know, to watch, not done.</summary>
public enum NoteKind { Ok, Info, Warn, Stop }
